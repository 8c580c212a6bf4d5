"""Notebooks keep to grade 8, measured without the network; without the package for it the check fails and says how to get it."""

from __future__ import annotations

import socket
import sys

import pytest

from course.check.material import Material
from course.check.reading import MISSING, check_reading, lines_of, reading_level
from course.check.report import Report
from tests.whole_course import course, found, lesson, page, passage, pick

FIRST = "01_who_is_speaking"
EASY = "We went to the shop. It was shut. " * 20
HARD = "Institutional communication characteristically necessitates considerable interpretative sophistication among participating organisations. " * 12


def test_an_easy_notebook_passes_and_is_printed():
    complaints, report = found(check_reading, Material(pages=[page(FIRST, EASY)]))

    assert complaints == []
    assert any(FIRST in line for line in report.sections["Reading level (Flesch-Kincaid grade, without the texts)"])


def test_a_hard_notebook_is_named_with_its_grade():
    (complaint,) = found(check_reading, Material(pages=[page(FIRST, HARD)]))[0]

    assert f"notebooks/{FIRST}.ipynb: its words read like grade" in complaint
    assert "Institutional communication" in complaint


def test_questions_are_read_too_and_texts_are_not():
    item = pick("a", FIRST, (HARD, "no"), text="hut", help="Think.")
    material = course(lesson(FIRST, item), texts={"hut": passage("hut", "Words of the hut.")}, pages=[page(FIRST, "Read.", ("show", "hut"), ("ask", "a"))])
    lines = list(lines_of(material, material.pages[0], material.lessons[FIRST]))

    assert {"Read.", "Which?", "Think.", "no."} <= set(lines)
    assert not any("hut" in line for line in lines)
    assert found(check_reading, material)[0] != []


def test_a_few_words_are_not_judged():
    assert found(check_reading, Material(pages=[page(FIRST, HARD[:120])]))[0] == []


def test_it_is_measured_without_the_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)

    assert reading_level(Report(), "The cat sat on the mat. It was happy there.") < 4 < reading_level(Report(), HARD)


@pytest.mark.parametrize("pages", [[page(FIRST, EASY)], [page(FIRST, EASY), page("02_whose_judgement", EASY)]])
def test_without_the_package_the_check_fails_once_and_says_how_to_install_it(monkeypatch, pages):
    monkeypatch.setitem(sys.modules, "textstat", None)
    report = Report()
    check_reading(report, Material(pages=pages))

    assert report.complaints == [MISSING]
    assert "pip install" in str(MISSING) and "textstat" in str(MISSING)
