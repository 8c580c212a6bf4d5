"""A course of eight invented lessons, for the rules that look at the course as a whole."""

from __future__ import annotations

from course.check.asked import Asked
from course.check.material import LESSONS, Material
from course.check.report import Report
from course.items import Item, Lesson, Option, Slot, Text, Unit


def lesson(name, *items, slots=(), **about):
    """A lesson with these items."""
    return Lesson(name, name, tuple(items), tuple(slots), **about)


def course(*lessons, **more):
    """All nine lessons, empty but for those given, as material."""
    given = {one.id: one for one in lessons}
    return Material(lessons={name: given.get(name) or lesson(name) for name in LESSONS}, **more)


def pick(name, lesson="01_who_is_speaking", options=("one", "two"), **more):
    """A pick whose options have these texts; their ids are o1, o2 …"""
    return Item(name, lesson, "pick", "Which?", options=tuple(Option(f"o{n}", text) for n, text in enumerate(options, 1)), **more)


def slot(name, *choices, rule="class", lesson="01_who_is_speaking"):
    """A slot of a lesson."""
    return Slot(name, lesson, choices, rule)


def passage(slug, *clauses):
    """A text of these clauses, u1, u2 …"""
    return Text(slug, slug, tuple(Unit(f"u{n}", 1, clause) for n, clause in enumerate(clauses, 1)))


def page(lesson, *steps, name=None):
    """A notebook with these steps: words of a text cell, or (kind, word, …)."""
    return Asked(name or f"{lesson}.ipynb", lesson, [("markdown", (step,)) if isinstance(step, str) else (step[0], step[1:]) for step in steps])


def found(rule, material):
    """What a rule complains of, and the report."""
    report = Report()
    rule(report, material)
    return [str(one) for one in report.complaints], report
