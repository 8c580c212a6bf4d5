"""Few learners, few answers, few clauses: counts and no statistics, on the page and in the tables alike."""

from __future__ import annotations

import re

import pytest

from course.classroom.report import class_figures
from course.classroom.report.class_figures import Signals, of_one
from course.measures import Figure, mean_share
from course.reports.class_report import Agreed, ClassFigures, ItemFigures, Sureness, monday
from course.reports.class_report.drawing import share_cell
from course.reports.class_report.page import report_page
from course.reports.class_report.tables import tables
from tests.class_of_twelve import LEARNERS, catalogue_of, class_of, speaker_of
from tests.test_class_report import Outline, answers

STATISTICS = ("share", "mean_share", "low", "high", "value", "entropy_bits", "d_prime", "criterion", "before", "after", "share_before", "share_after", "item_rest_r", "upper_third", "lower_third")


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A class of five in which every section has something to show."""
    catalogue = catalogue_of(tmp_path_factory.mktemp("content"))
    return class_figures(class_of(tmp_path_factory.mktemp("class"), catalogue, answers(speaker_of(catalogue)), learners=LEARNERS[:5]))


def test_the_tables_of_a_small_class_count_and_do_no_statistics(few):
    found = {table.name: [dict(zip(table.header, row, strict=True)) for row in table.rows] for table in tables(few)}
    told = [(name, column, row[column]) for name, rows in found.items() for row in rows for column in STATISTICS if row.get(column)]
    assert told == []
    assert all(found[name] for name in ("readings", "items", "options", "readers", "confidence", "talking", "growth")), "there was something to leave out"
    assert found["readings"][0]["count"] and found["confidence"][0]["n"] and found["readers"][0]["hits"]
    assert {row["why_not"] for name in ("confidence", "readers") for row in found[name]} - {"nothing was answered"} == {"fewer than 10 learners"}


def test_no_footnote_of_a_small_class_explains_an_interval_that_is_not_there(few):
    assert not re.search(r"interval(?!s of so few)|Wilson|bootstrap|95.%", Outline(report_page(few)).words, re.IGNORECASE)


def test_in_a_large_class_a_share_of_a_few_answers_stays_out_of_the_tables():
    item = ItemFigures("a", "01", "?", "pick", 4, 2, 0, Figure(0.5, 4, low=0.2, high=0.8), Figure(None, 4, "fewer than 10 learners"))
    rows = (Sureness("All", "sure", Figure(0.5, 40, low=0.4, high=0.6), 20), Sureness("All", "guessing", Figure(0.5, 4, low=0.1, high=0.9), 2))
    found = {table.name: table.rows for table in tables(ClassFigures(40, items=(item,), sureness=rows))}
    assert found["confidence"] == (("All", "sure", "20", "0.5", "0.4", "0.6", "40", ""), ("All", "guessing", "2", "", "", "", "4", "fewer than 10 answers"))
    assert found["items"][0][8:11] == ("", "", "")


def test_a_reader_has_a_d_prime_only_on_ten_clauses_of_each_kind():
    one = of_one("ann", Signals(8, 8, 2, 24))
    assert (one.hits, one.d_prime.value, one.criterion.value, one.d_prime.why) == (8, None, None, "fewer than 10 clauses of each kind")
    assert of_one("ann", Signals(8, 10, 2, 24)).d_prime.value > 1


def test_shares_that_are_all_alike_have_no_interval_and_the_table_says_why():
    figure = mean_share([0.75] * 12)
    assert (figure.value, figure.low, figure.high) == (0.75, None, None)
    assert "all alike" in share_cell(figure) and "reach" not in share_cell(figure)
    assert mean_share([0.1 + 0.2] * 11 + [0.3]).low is None, "a difference of rounding is none"


@pytest.mark.parametrize(("alpha", "begins"), [
    (0.09, "the class agrees hardly more than by chance (Krippendorff’s alpha 0.09; 1 is one mind, 0 is chance)."),
    (0.5, "the class agrees only in part (Krippendorff’s alpha 0.50"), (0.7, "the class agrees, though not everywhere (Krippendorff’s alpha 0.70"),
])  # fmt: skip
def test_monday_speaks_of_agreement_in_words_and_gives_the_figure_after(alpha, begins):
    told = monday.about_agreement(ClassFigures(40, agreed=(Agreed("owner-01", "01", "T", 40, 8, 1, Figure(alpha, 300)),)))
    assert told.startswith(f"Let pairs compare their labels of owner-01, where {begins}")
