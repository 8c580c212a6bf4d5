"""Points: what a lesson is worth, and that the whole course is worth 100."""

from __future__ import annotations

from course.check.material import LESSONS, Material
from course.check.report import Report
from course.items import Item, Lesson
from course.scoring import counts

WHOLE, WITHOUT_UPSTREAM = 100, 94
UPSTREAM = "06"


def check_points(report: Report, material: Material) -> None:
    """Complain when the eight lessons are not worth 100 points together, or not 94 without lesson 6, which may be cut."""
    if not material.complete:
        return
    # A lesson that an instructor's pack adds is worth what they say, beside the hundred.
    totals = {name: points for name, points in report.totals.items() if name in LESSONS}
    whole = sum(totals.values())
    without = whole - sum(points for name, points in totals.items() if name.startswith(UPSTREAM))
    for points, wanted, what in ((whole, WHOLE, "the course"), (without, WITHOUT_UPSTREAM, "the course without lesson 6")):
        if points != wanted:
            report.complain("data/items", f"{what} is worth {points:g} points, not {wanted}", "Change the points of an item.")


def check_item_points(report: Report, where: str, item: Item) -> None:
    """What counts has points; practice has none, unless they are given for answering whatever it says."""
    if item.graded and item.points <= 0:
        report.complain(where, "the item counts but has no points", "Give it points, or move its key to practice.")
    if item.points > 0 and not item.graded and not counts(item):
        report.complain(where, "a practice item has points", 'Take the points away, move its key to graded, or write credit = "completion".')


def points_of(report: Report, lesson: Lesson) -> float:
    """What a lesson is worth, slots counted once; complains when the choices of a slot are not worth the same."""
    worth = {item.id: item.points for item in lesson.items if counts(item)}
    for slot in lesson.slots:
        choices = [worth.pop(choice, 0.0) for choice in slot.choices]
        if len(set(choices)) > 1:
            report.complain(f"data/items/{lesson.id}.toml, slot {slot.id!r}", "its choices are not worth the same", "Give all of them the same points.")
        worth[slot.id] = max(choices, default=0.0)
    return sum(worth.values())
