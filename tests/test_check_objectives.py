"""Each objective is met by three items or more; 1, 3, 4 and 6 in two lessons; 11 in a talk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.check.objectives import IN_TWO_LESSONS, check_objectives
from course.items import Criterion, Item
from tests.whole_course import course, found, lesson, pick, slot

FIRST, SECOND = "01_who_is_speaking", "02_whose_judgement"


def items_of(name, without=()):
    """Three items for each objective but those left out."""
    return [pick(f"{name[:2]}-{number}-{n}", name, objective=number) for number in range(1, 11) if number not in without for n in range(3)]


def whole(*extra, without=()):
    return course(lesson(FIRST, *items_of(FIRST, without), *extra), lesson(SECOND, *items_of(SECOND, without=set(range(11)) - set(IN_TWO_LESSONS) | set(without))))


def test_a_course_that_meets_all_has_nothing_to_mend():
    complaints, report = found(check_objectives, whole())

    assert complaints == []
    (lines,) = report.sections.values()
    assert next(line for line in lines if "tell fact from judgement" in line).split()[-9:] == ["–", "3", "3", "–", "–", "–", "–", "–", "6"]
    assert "Objective 11" in lines[-1] and "talk of lesson 7" in lines[-1]


def test_an_objective_met_by_two_items_is_named():
    extra = [pick(f"x-{n}", FIRST, objective=7) for n in range(2)]

    assert found(check_objectives, whole(*extra, without=(7,)))[0] == [
        "data/items, objective 7 (weigh a source by how it is described): it is met by 2 items, not by 3. "
        "Give items objective = 7, or add it to their field also."]


@pytest.mark.parametrize("extra", [
    [pick(f"x-{n}", FIRST, objective=1, also=(7,)) for n in range(3)],
    [Item("x", FIRST, "essay", "Write.", objective=7, criteria=tuple(Criterion(name, name, 5) for name in "abc"))],
])
def test_the_field_also_and_the_criteria_of_an_essay_count(extra):
    assert found(check_objectives, whole(*extra, without=(7,)))[0] == []


def test_confidence_meets_the_objective_of_being_as_sure_as_right():
    extra = [replace(pick(f"x-{n}", FIRST), confidence=True) for n in range(3)]

    assert found(check_objectives, whole(*extra, without=(9,)))[0] == []


def test_the_choices_of_a_slot_count_once():
    extra = [pick(f"x-{n}", FIRST, objective=7) for n in range(3)]
    material = whole(*extra, without=(7,))
    material.lessons[FIRST] = replace(material.lessons[FIRST], slots=(slot("x", "x-0", "x-1", "x-2"),))

    assert any("met by 1 items" in one for one in found(check_objectives, material)[0])


def test_a_great_objective_stands_in_two_lessons():
    extra = [pick(f"x-{n}", FIRST, objective=4) for n in range(3)]

    assert any("objective 4" in one and "met in 1 lesson, not in 2" in one for one in found(check_objectives, whole(*extra, without=(4,)))[0])


def test_what_comes_two_weeks_later_does_not_count():
    material = whole(without=(7,))
    material.lessons["08_two_weeks_later"] = lesson("08_two_weeks_later", *(pick(f"late-{n}", "08_two_weeks_later", objective=7) for n in range(3)))

    assert any("objective 7" in one and "met by 0 items" in one for one in found(check_objectives, material)[0])


def test_part_of_a_course_is_not_judged_but_an_objective_that_is_none_is_refused():
    material = whole(without=(7,))
    del material.lessons["06_upstream"]
    assert found(check_objectives, material)[0] == []

    material.lessons[FIRST] = lesson(FIRST, pick("x", FIRST, objective=12))
    assert any("there is no objective 12" in one for one in found(check_objectives, material)[0])
