"""Words and questions make the time that is declared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.check.time import check_time, minutes_of, seconds_of
from course.items import Field, Item
from tests.whole_course import course, found, lesson, page, passage, pick, slot

FIRST = "01_who_is_speaking"


@pytest.mark.parametrize(("item", "seconds"), [
    (pick("a"), 40), (pick("a", choose=2), 60), (pick("a", choose=0), 60),
    (Item("a", FIRST, "classify", "W", units=("u1", "u2")), 40), (Item("a", FIRST, "mark", "M"), 75), (Item("a", FIRST, "chain", "C"), 75),
    (Item("a", FIRST, "write", "W"), 120), (Item("a", FIRST, "essay", "E", fields=(Field("f", "F"),)), 1200),
    (Item("a", FIRST, "essay", "E", fields=(Field("f", "F", 12), Field("g", "G", 40))), 300),
    (Item("a", FIRST, "essay", "E", fields=(Field("f", "F", 90), Field("g", "G", 50))), 1200),
])
def test_each_kind_of_question_takes_its_seconds(item, seconds):
    assert seconds_of(item) == seconds


def test_reading_takes_a_minute_for_two_hundred_words_and_a_slot_counts_once():
    texts = {"hut": passage("hut", "word " * 100, "word " * 300)}
    steps = ["word " * 100, ("show", "hut", "u1"), ("glossary", "cue"), ("ask", "pair")]
    two = lesson(FIRST, pick("one"), pick("two"), slots=[slot("pair", "one", "two")])
    material = course(two, texts=texts, glossary={"cue": "word " * 199, "other": "word " * 900}, pages=[page(FIRST, *steps)])

    assert minutes_of(material, two) == pytest.approx(2 + 40 / 60 + 3 / 200), "three words stand in the question"


def with_minutes(minutes):
    return course(lesson(FIRST, minutes=270, talk=10), pages=[page(FIRST, "word " * (200 * minutes))])


@pytest.mark.parametrize(("minutes", "passes"), [(270, True), (245, True), (295, True), (240, False), (300, False)])
def test_the_course_takes_270_minutes_give_or_take_a_tenth(minutes, passes):
    complaints, report = found(check_time, with_minutes(minutes))

    assert [f"take {minutes} minutes of work, not 270" in one for one in complaints] == ([] if passes else [True])
    lines = report.sections["Time on task in minutes"]
    assert next(line for line in lines if line.startswith("lessons 0 to 7")).split()[-4:] == [str(minutes), "0", "270", "10"]


def test_part_of_a_course_may_take_any_time_and_two_weeks_later_is_apart():
    material = with_minutes(100)
    del material.lessons["06_upstream"]
    assert found(check_time, material)[0] == []

    later = course(lesson("08_two_weeks_later", minutes=10), pages=[page(FIRST, "word " * 54_000), page("08_two_weeks_later", "word " * 20_000)])
    complaints, report = found(check_time, later)
    assert complaints == []
    assert "Not in the sum: 08_two_weeks_later, 100 minutes counted, 10 declared." in report.sections["Time on task in minutes"]


@pytest.mark.parametrize(("declared", "warned"), [(10, False), (12, False), (13, True), (8, True)])
def test_a_lesson_that_declares_another_time_is_worth_a_look(declared, warned):
    material = with_minutes(10)
    material.lessons[FIRST] = replace(material.lessons[FIRST], minutes=declared)
    del material.lessons["06_upstream"]
    _, report = found(check_time, material)

    assert [f"it declares {declared} minutes" in str(one) for one in report.warnings] == ([True] if warned else [])
