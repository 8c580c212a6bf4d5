"""Objectives and items: each learning objective is met often enough to be learned, and the great ones in more than one lesson."""

from __future__ import annotations

from collections import Counter

from course.check.material import Material, asked_once
from course.check.report import Report, aligned
from course.items import Item, Lesson

OBJECTIVES = {
    1: "say who speaks", 2: "put a chain of sources in order", 3: "tell fact from judgement", 4: "see that quoting a judgement is reporting",
    5: "find words that tilt", 6: "test headline and lede against the body", 7: "weigh a source by how it is described",
    8: "say what can't be concluded", 9: "be as sure as you are right", 10: "rewrite as report and labelled comment", 11: "measure agreement",
}
MOST_TIMES, MOST_LESSONS = 3, 2
IN_TWO_LESSONS = (1, 3, 4, 6)
SURE, TALKED = 9, 11


def check_objectives(report: Report, material: Material) -> None:
    """Print the table of objectives and items; complain of objectives met by fewer than three items, or in one lesson only where two are due."""
    table = {name: objectives_of(lesson) for name, lesson in material.course.items()}
    report.tell("Objectives and how many items of each lesson meet them", table_of(table))
    for item in (item for lesson in material.lessons.values() for item in lesson.items):
        for number in (item.objective, *item.also):
            if number and number not in OBJECTIVES:
                report.complain(f"data/items/{item.lesson}.toml, item {item.id!r}", f"there is no objective {number}", f"The objectives are 1 to {max(OBJECTIVES)}.")
    for number in OBJECTIVES if material.complete else ():
        if number != TALKED:
            check_objective(report, number, {name: met[number] for name, met in table.items() if met[number]})


def check_objective(report: Report, number: int, met: dict[str, int]) -> None:
    """One objective, with the lessons that meet it and how often."""
    where, cure = f"data/items, objective {number} ({OBJECTIVES[number]})", f"Give items objective = {number}, or add it to their field also."
    if sum(met.values()) < MOST_TIMES:
        report.complain(where, f"it is met by {sum(met.values())} items, not by {MOST_TIMES}", cure)
    if number in IN_TWO_LESSONS and len(met) < MOST_LESSONS:
        report.complain(where, f"it is met in {len(met)} lesson{'' if len(met) == 1 else 's'}, not in {MOST_LESSONS}", cure)


def objectives_of(lesson: Lesson) -> Counter[int]:
    """How many items of a lesson meet each objective; of the choices of a slot one is counted."""
    return sum((met_by(item) for item in asked_once(lesson)), Counter())


def met_by(item: Item) -> Counter[int]:
    """What an item meets: each criterion of an essay counts for its objective, and whoever says how sure they are meets objective 9.

    >>> from course.items import Criterion
    >>> sorted(met_by(Item("a", "l", "essay", "Write.", objective=10, also=(2,), criteria=(Criterion("x", "X", 1), Criterion("y", "Y", 1)))).items())
    [(2, 1), (10, 2)]
    >>> sorted(met_by(Item("a", "l", "pick", "Which?", objective=6, confidence=True)).items())
    [(6, 1), (9, 1)]
    """
    met = Counter({item.objective: len(item.criteria) or 1} if item.objective else {})
    met.update(set(item.also) - {item.objective})
    if (item.confidence or item.confidence_units) and not met[SURE]:
        met[SURE] += 1
    return +met


def table_of(table: dict[str, Counter[int]]) -> list[str]:
    """The table as it is printed: a line for each objective, a column for each lesson."""
    head = ("", "objective", *(name[:2] for name in table), "items")
    rows = [(str(number), name, *(str(met[number] or "–") for met in table.values()), str(sum(met[number] for met in table.values())))
            for number, name in OBJECTIVES.items()]
    return [*aligned([head, *rows], right=frozenset({0, *range(2, len(head))})),
            f"Objective {TALKED} has no items of its own: it is met in the talk of lesson 7. Each criterion of an essay counts as one item."]
