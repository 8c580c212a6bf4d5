"""What a lesson is worth, and that the course is worth 100."""

from __future__ import annotations

import pytest

from course.check.points import check_item_points, check_points, points_of
from course.check.report import Report
from tests.whole_course import course, lesson, pick, slot


@pytest.mark.parametrize(("totals", "said"), [
    ({"01_who_is_speaking": 94, "06_upstream": 6}, []),
    ({"01_who_is_speaking": 93, "06_upstream": 6}, ["worth 99 points, not 100", "without lesson 6 is worth 93 points, not 94"]),
    ({"01_who_is_speaking": 95, "06_upstream": 5}, ["without lesson 6 is worth 95 points, not 94"]),
    ({"01_who_is_speaking": 94, "06_upstream": 6, "08_two_weeks_later": 1}, ["worth 101 points", "without lesson 6 is worth 95"]),
])
def test_the_course_is_worth_a_hundred_and_ninety_four_without_lesson_six(totals, said):
    report = Report(totals=totals)
    check_points(report, course())

    assert len(report.complaints) == len(said)
    assert all(words in str(one) for words, one in zip(said, report.complaints, strict=True))


def test_part_of_a_course_may_be_worth_anything():
    material, report = course(), Report(totals={"01_who_is_speaking": 10})
    del material.lessons["06_upstream"]
    check_points(report, material)

    assert report.complaints == []


@pytest.mark.parametrize(("more", "said"), [
    ({}, ""),
    ({"points": 2.0}, "a practice item has points"),
    ({"points": 2.0, "credit": "completion"}, ""),
    ({"graded": True}, "counts but has no points"),
    ({"graded": True, "points": 2.0}, ""),
])
def test_practice_has_points_only_for_answering(more, said):
    report = Report()
    check_item_points(report, "here", pick("a", **more))

    assert [said in str(one) for one in report.complaints] == ([True] if said else [])


def test_points_for_answering_are_points_and_a_slot_counts_once():
    items = [pick("a", points=1.0, credit="completion"), pick("b", points=2.0, graded=True), pick("c", points=2.0, graded=True), pick("d")]

    assert points_of(Report(), lesson("01_who_is_speaking", *items, slots=[slot("s", "b", "c")])) == 3
