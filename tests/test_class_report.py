"""The report of a class as a page, as tables and in a notebook: what it says, what it keeps back, and nothing in it that acts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from course.classroom.hand_marks import GradingError
from course.classroom.report import ClassReport, class_figures, write_report
from course.classroom.report.opening import report_of
from course.cli import main
from course.measures import Figure, wilson
from course.reports.class_report import ClassFigures, Grown, ItemFigures, SureAndWrong, Sureness, charts, monday
from course.reports.class_report.page import SECTIONS, report_page, report_piece
from course.reports.class_report.svg import inline
from course.reports.class_report.tables import tables
from course.reports.class_report.words import told_criterion
from tests.class_of_twelve import FACT, LEARNERS, OURS, THEIRS, catalogue_of, class_of, speaker_of
from tests.hand_ins import read_table

ROOT = Path(__file__).resolve().parent.parent
VOID = ("meta", "br", "hr")
HOSTILE = '<img src=x onerror="alert(1)">\u202e=HYPERLINK("x")'
NOTHING = Figure(None, 0, "nobody answered")


class Outline(HTMLParser):
    """The elements of a page in order; it fails where one is not closed."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, name, attributes):
        self.seen.append((name, dict(attributes)))
        if name not in VOID:
            self.open.append(name)

    def handle_endtag(self, name):
        assert self.open.pop() == name

    def handle_data(self, words):
        if "style" not in self.open:
            self.text.append(words)

    @property
    def words(self) -> str:
        return " ".join("".join(f"{part} " for part in self.text).split())


def answers(say):
    """Answers of every kind, so that every section of a report has something to show."""
    def says(place):
        yield say("fence-label", {"f1": FACT, "f2": THEIRS if place % 2 else OURS, "f3": OURS}, kind="submitted")
        yield say("fence-mark", [{"label": "source", "unit": "f2", "start": 18, "end": 26}], kind="submitted")
        yield say("fence-pick", ["f3" if place % 3 else "f1"], minute=1, kind="submitted")
        yield say("fence-pick", ["f3"], minute=2, kind="submitted", round="talk")
        yield say("gate-pick", ["b" if place < 4 else "a"], confidence="sure" if place % 2 else "guessing")
        yield say("gate-two", ["a" if place < 6 else "b"])
        yield say("gate-read", {"g1": FACT, "g2": OURS if place > 2 else FACT, "g3": FACT, "g4": OURS})
        yield say("form-a" if place % 2 else "form-b", ["no"])
        yield say("last-b" if place % 2 else "last-a", ["yes"])
    return says


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return catalogue_of(tmp_path_factory.mktemp("content"))


@pytest.fixture(scope="module")
def classroom(catalogue, tmp_path_factory):
    """A class of twelve in which every section has something to show."""
    return class_of(tmp_path_factory.mktemp("class"), catalogue, answers(speaker_of(catalogue)))


@pytest.fixture(scope="module")
def figures(classroom):
    return class_figures(classroom)


# the page


def test_the_page_is_whole_and_its_policy_allows_one_style_and_nothing_else(figures):
    outline = Outline(report_page(figures))
    names = [name for name, _ in outline.seen]
    assert not {"script", "link", "img", "iframe", "object", "form", "foreignObject"} & set(names)
    assert names.count("style") == 1
    assert not any(key.startswith("on") or key == "style" for _, attributes in outline.seen for key in attributes)
    assert all(value.startswith("#") for name, attributes in outline.seen for key, value in attributes.items() if key in ("href", "src"))
    assert any("default-src 'none'" in (attributes.get("content") or "") for name, attributes in outline.seen if name == "meta")


def test_ids_of_the_page_are_each_used_once_and_whatever_points_to_one_finds_it(figures):
    outline = Outline(report_page(figures))
    ids = [attributes["id"] for _, attributes in outline.seen if "id" in attributes]
    assert len(set(ids)) == len(ids)
    pointed = {value[1:] for _, attributes in outline.seen for key, value in attributes.items() if key == "href"}
    pointed |= {found for _, attributes in outline.seen for value in attributes.values() for found in re.findall(r"url\(#(.*?)\)", value or "")}
    assert pointed <= set(ids) and "hatch-lines" in pointed


def test_headings_are_in_order_and_every_section_says_what_to_do_on_monday(figures):
    page = report_page(figures)
    outline = Outline(page)
    levels = [int(name[1]) for name, _ in outline.seen if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert page.count('class="monday-label"') == len(SECTIONS) - 1
    for section in SECTIONS:
        assert not section.monday or section.monday(figures) in outline.words


def test_no_learner_is_on_the_page_by_id_or_by_name_unless_the_instructor_asks(classroom, figures):
    page = report_page(figures)
    assert not re.search(r"learner-\d\d|Name of", page)
    named = report_page(class_figures(classroom, names=True))
    assert named.count("Name of learner-01") > 1
    assert ("don’t project it" in named, "don’t project it" in page) == (True, False)


def test_a_learners_name_that_would_like_to_act_is_words(tmp_path, catalogue):
    from html import escape

    roster = "learner,name,section\n" + "".join(f'{learner},"{HOSTILE.replace(chr(34), chr(34) * 2)}","{"<b>" + learner}"\n' for learner in LEARNERS)
    classroom = class_of(tmp_path, catalogue, answers(speaker_of(catalogue)), roster=roster)
    report = report_of(classroom, names=True)
    page = report_page(report.figures)
    assert "<img" not in page and "\u202e" not in page and "<b>" not in page
    assert escape("<img src=x onerror=") in page
    assert "<img" not in report._repr_html_() + report.items()._repr_html_() + report.agreement()._repr_html_()


PRINTS_THE_PAGE = """
import sys
from course.classroom import load_catalogue, open_class
from course.classroom.report import class_figures
from course.reports.class_report.page import report_page
data, handins, roster = sys.argv[1:]
sys.stdout.buffer.write(report_page(class_figures(open_class(handins, roster, catalogue=load_catalogue(data), progress=False))).encode())
"""


def test_two_runs_write_the_same_page(tmp_path):
    """Sets are in another order in each process, and two renderings in one process would not show it."""
    catalogue = catalogue_of(tmp_path)
    class_of(tmp_path, catalogue, answers(speaker_of(catalogue)))
    run = [sys.executable, "-c", PRINTS_THE_PAGE, *(str(tmp_path / name) for name in ("data", "handins", "roster.csv"))]
    first, second = (subprocess.run(run, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}).stdout for seed in "12")
    assert first == second and b"All forms together" in first


def test_colour_is_never_alone(figures):
    page = report_page(figures)
    pieces = re.findall(r'<svg class="bar".*?</svg>', page, re.DOTALL)
    assert pieces and all('aria-label="' in one and 'class="letter"' in one for one in pieces)
    assert re.search(r'<span class="chip">f2 · (E|Sj) 50\u00a0%</span>', page)
    assert "A source’s judgement 50\u00a0% (6)" in page


def test_every_chart_tells_its_numbers_in_words(figures):
    told = dict(re.findall(r'<figure class="drawn"><div.*?><svg[^>]*aria-label="([^"]*)"[^>]*>(.*?)</svg>', report_page(figures), re.DOTALL))
    assert len(told) == 2, "in a class of twelve no confidence was stated ten times"
    items, growth = told
    assert "gate-pick: 67\u00a0%, −0.44" in items
    assert "All forms together: 50\u00a0% before, 100\u00a0% after, gain 50.0" in growth


def test_the_invented_class_has_all_three_charts_and_its_clauses_in_bits():
    from course.classroom import open_class
    from course.content import find_data

    data = find_data() / "example_class"
    page = report_page(class_figures(open_class(data, data / "roster.csv", progress=False)))
    assert page.count('<figure class="drawn">') == 3
    assert len(re.findall(r'class="card"', page)) == 3 and re.search(r"\d\.\d bits", page)
    assert "learner-0" not in page and "@" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def test_without_matplotlib_the_page_has_its_tables_and_says_what_to_install(figures, monkeypatch):
    monkeypatch.setattr(charts, "drawing_is_here", lambda: False)
    page = report_page(figures)
    assert "<figure" not in page and charts.NOT_INSTALLED in Outline(page).words
    assert "From first test to last, shares of the points" in page


def test_a_small_class_is_told_so_and_gets_no_share(tmp_path, catalogue):
    few = class_figures(class_of(tmp_path, catalogue, answers(speaker_of(catalogue)), learners=LEARNERS[:5]))
    words = Outline(report_page(few)).words
    assert "Fewer than 10 learners have handed in" in words
    assert not re.search(r"\d\u00a0?%", re.sub(r"95.%", "", words)), "no share of so few"
    assert "f2 · Sj 2 of 5" in words or "f2 · E 3 of 5" in words


def test_a_class_without_answers_is_no_error():
    words = Outline(report_page(ClassFigures(0))).words
    assert "Nobody has labelled a clause yet" in words and "Nobody has handed in anything yet." in words


# what to do on Monday


ALIKE = "all gains are equal: no interval can be drawn"


def growing(low: float | None, value: float, high: float | None) -> ClassFigures:
    figure = Figure(value, 40, low=low, high=high) if low is not None else Figure(value, 40, ALIKE)
    return ClassFigures(40, grown=(Grown("All forms together", 40, 0.5, 0.5 + value, figure),))


@pytest.mark.parametrize(
    ("figures", "begins"),
    [(growing(0.02, 0.1, 0.2), "Tell the class that it has grown, by 10 points"), (growing(-0.2, -0.1, -0.02), "The class did less well in the last test"),
     (growing(-0.1, 0.01, 0.1), "First test and last can’t be told apart"), (growing(None, 0.1, None), "All 40 learners who did both tests gained the same, 10 points in a hundred: no"), (ClassFigures(40), "Nobody has done both tests yet")],
)
def test_growth_is_told_by_its_interval(figures, begins):
    assert monday.about_growth(figures).startswith(begins)


def test_gains_that_are_all_equal_have_no_interval_on_the_page_in_the_chart_and_in_the_table():
    page = report_page(growing(None, 0.1, None))
    assert f'<span class="why-not">{ALIKE}</span>' in page and f"gain 10.0 ({ALIKE})" in page
    assert "bootstrap" not in page, "an interval that is not there was not drawn by anything"
    (growth,) = (table for table in tables(growing(None, 0.1, None)) if table.name == "growth")
    assert growth.rows[0][-5:] == ("0.1", "", "", "40", ALIKE)


def sure(right: float, guessed: float) -> ClassFigures:
    rows = (Sureness("All", "guessing", Figure(guessed, 40), 0), Sureness("All", "sure", Figure(right, 40), 0))
    return ClassFigures(40, sureness=rows, sure_and_wrong=(SureAndWrong("tilt-01", "So it is.", 7, 9),))


@pytest.mark.parametrize("n", [10, 11, 62])
def test_a_class_that_is_sure_and_always_right_has_its_chart(n):
    everyone = (Sureness("All", "guessing", wilson(0, n), 0), Sureness("All", "sure", wilson(n, n), n))
    assert "All, sure: 100\u00a0% of" in report_page(ClassFigures(40, sureness=everyone))


def test_confidence_is_told_by_what_sets_sure_and_guessing_apart():
    assert monday.about_confidence(sure(0.6, 0.58)).startswith("Being sure says little in this class")
    assert monday.about_confidence(sure(0.9, 0.4)).startswith("Being sure means something here")
    assert monday.about_confidence(sure(0.9, 0.4)).endswith("Begin with what 7 were sure of and had wrong, in tilt-01.")


def test_questions_with_a_warning_are_named_first():
    quiet, loud = (ItemFigures(name, "01", "?", "pick", 20, 9, 0, Figure(0.45, 20), NOTHING, warnings=told) for name, told in (("calm-01", ()), ("odd-01", ("Look.",))))
    assert monday.about_items(ClassFigures(20, items=(quiet, loud))).startswith("Look at odd-01 before you hand anything back")
    assert monday.about_items(ClassFigures(20, items=(quiet,))).startswith("Nothing looks wrong with a question; go through calm-01")
    assert monday.about_items(ClassFigures(20, items=(quiet,), clauses=(loud,))).startswith("Look at odd-01"), "a clause of a test is an item as well"


def test_a_lean_is_told_in_words():
    assert [told_criterion(value) for value in (-0.4, 0.0, 0.4)] == ["leans to call things editorial", "leans neither way", "leans to call things reporting"]


# tables, the command, and the notebook


def test_tables_hold_what_the_page_draws_and_only_they_hold_the_ids(classroom, figures, tmp_path):
    page = ClassReport(figures).write(tmp_path / "out")
    assert page.read_text("utf-8") == report_page(figures)
    written = {path.stem: read_table(path) for path in (tmp_path / "out" / "tables").glob("*.csv")}
    assert written.keys() == {table.name for table in tables(figures)}
    f2 = [row for row in written["readings"] if row["unit"] == "f2"]
    assert [(row["reading"], row["count"], row["entropy_bits"]) for row in f2] == [("Editorial", "6", "1"), ("A source’s judgement", "6", "1")]
    chose = [row["learner"] for row in written["who_chose_what"] if (row["item"], row["option"]) == ("gate-pick", "b")]
    assert chose == list(LEARNERS[:4])
    assert {name for name, rows in written.items() if any("learner-" in cell for row in rows for cell in row.values())} == {"who_chose_what", "readers"}
    assert any(row["item_rest_r"].startswith("-") for row in written["items"]), "a number below zero stays a number"


def test_the_command_writes_the_report_of_a_class(tmp_path, capsys):
    from course.content import find_data

    data = find_data() / "example_class"
    few = tmp_path / "few"
    few.mkdir()
    for path in sorted(data.glob("learner-00*--0[12]*.jsonl")):
        (few / path.name).write_bytes(path.read_bytes())
    assert main(["report", str(few), "--out", str(tmp_path / "out")]) == 0
    assert "report.html in a browser" in capsys.readouterr().out
    assert (tmp_path / "out" / "report.html").stat().st_size > 10_000
    (tmp_path / "empty").mkdir()
    assert main(["report", str(tmp_path / "empty"), "--out", str(tmp_path / "out")]) == 1
    assert main(["report", str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 1
    assert "There is no file or folder" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_a_sentence(figures, tmp_path):
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(GradingError, match="can't be written"):
        ClassReport(figures).write(tmp_path / "out")


def test_writing_it_again_into_the_folder_of_the_hand_ins_takes_no_table_for_a_hand_in(classroom, catalogue, tmp_path):
    from course.content import find_data

    data = find_data() / "example_class"
    for path in sorted(data.glob("learner-001--0[12]*.jsonl")):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    first, second = (write_report(tmp_path, None, tmp_path / "report") for _ in range(2))
    assert first == second and str(first).startswith("2 hand-ins of 1 learner")


@pytest.mark.parametrize("name", ["", *(section.id for section in SECTIONS)])
def test_a_piece_for_a_notebook_is_inert_and_touches_nothing_around_it(figures, name):
    piece = report_piece(figures, name)
    outline = Outline(str(piece))
    assert outline.seen[0] == ("div", {"class": "class-report piece"})
    assert not {"script", "iframe", "img", "link"} & {tag for tag, _ in outline.seen}
    assert not any(key.startswith("on") or key == "style" for _, attributes in outline.seen for key in attributes)
    style = re.search(r"<style>(.*?)</style>", str(piece), re.DOTALL)[1]
    selectors = re.findall(r"(?:^|\})\s*([^@{}/]+)\{", re.sub(r"/\*.*?\*/|@(?:media|container)[^{]*\{", "", style, flags=re.DOTALL))
    assert selectors and all(".class-report" in one for one in selectors)


def test_the_front_door_opens_a_report():
    import course
    from course.classroom.report import open_report

    assert course.open_report is open_report
    assert "What do I do on Monday?" in ClassReport(ClassFigures(0))._repr_html_()
    assert "write the page" in repr(ClassReport(ClassFigures(3)))


# charts


def test_a_chart_keeps_only_what_draws():
    raw = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" width="9pt" onload="alert(1)">
      <metadata>made today</metadata><script>alert(1)</script><style>* {}</style><foreignObject><p>x</p></foreignObject>
      <defs><path id="m1" d="M0 0" style="stroke: #000000; fill: url(http://127.0.0.1/x)"/></defs>
      <a xlink:href="javascript:alert(1)"><text>gone</text></a>
      <use xlink:href="#m1" x="3"/><use xlink:href="http://127.0.0.1/x.svg#y"/><g clip-path="url(#c)"><text style="font: 10px 'DejaVu Sans'; text-anchor: middle">1 &lt; 2</text></g></svg>"""
    made = inline(raw, "one", "a <chart>")
    assert "alert" not in made and "127.0.0.1" not in made and "metadata" not in made and "gone" not in made
    assert 'aria-label="a &lt;chart&gt;"' in made and "width=" not in made
    assert '<path id="one-m1" d="M0 0" stroke="currentColor"></path>' in made
    assert 'href="#one-m1"' in made and 'clip-path="url(#one-c)"' in made
    assert '<text text-anchor="middle" font-size="10">1 &lt; 2</text>' in made
