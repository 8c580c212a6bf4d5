"""From a learner's sheets to what stands on the learner's page; what may not be told yet stays out."""

from __future__ import annotations

from collections.abc import Iterable

from course.classroom.catalogue import Catalogue
from course.classroom.marking import Cell, Sheet
from course.reports import Answered, LessonReport


def lesson_reports(sheets: list[Sheet], catalogue: Catalogue, lessons: Iterable[str] = ()) -> list[LessonReport]:
    """The lessons that one learner handed in, as the learner may see them now, and those of `lessons` that are missing."""
    handed_in = {sheet.lesson for sheet in sheets if sheet.usable}
    held = {sheet.lesson: sheet for sheet in sheets}
    return [lesson_report(held[name], handed_in, catalogue) if name in held else missing(name, catalogue) for name in sorted({*held, *lessons})]


def missing(lesson: str, catalogue: Catalogue) -> LessonReport:
    """A lesson that others handed in and this learner did not: its points count in what could be earned."""
    return LessonReport(lesson, catalogue.lessons[lesson].title, (), handed_in=False, out_of=most_of(lesson, catalogue))


def most_of(lesson: str, catalogue: Catalogue) -> float:
    """What can be earned in a lesson, as the gradebook counts it."""
    return sum(column.max for column in catalogue.columns[lesson])


def lesson_report(sheet: Sheet, handed_in: set[str], catalogue: Catalogue) -> LessonReport:
    """One lesson's questions that count, in the order in which they were asked."""
    questions = tuple(answered(cell, handed_in, catalogue) for cell in sheet.cells.values())
    return LessonReport(sheet.lesson, catalogue.lessons[sheet.lesson].title, questions, sheet.practised, sheet.usable, out_of=most_of(sheet.lesson, catalogue))


def answered(cell: Cell, handed_in: set[str], catalogue: Catalogue) -> Answered:
    """One question with its answer, its key and its score."""
    item = cell.item
    later = item.opens_with if item.opens_with and item.opens_with not in handed_in else ""
    return Answered(
        item, cell.state, cell.points, catalogue.text_of(item), catalogue.keys.get(item.id),
        cell.response.answer if cell.response and cell.state != "unanswered" else None, cell.score, cell.comments, later and lesson_name(later, catalogue), cell.stopped,
    )


def lesson_name(lesson: str, catalogue: Catalogue) -> str:
    """A lesson as a learner knows it: its number, and its title if it is here.

    >>> lesson_name("07_newsroom", Catalogue())
    '7'
    """
    number = lesson.partition("_")[0].lstrip("0") or "0"
    known = catalogue.lessons.get(lesson)
    return f"{number}, {known.title}" if known else number
