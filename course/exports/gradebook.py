"""What `sayswho grade` found, read from its folder: for each learner and lesson the points, or why there are none."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from course.exports.told import ExportError, named
from course.messages import counted
from course.reports.tables import meant

SCORED, WAITING, ABSENT, UNREADABLE = "scored", "waiting", "absent", "unreadable"
CENT = Decimal("0.01")
POINTS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Asked:
    """One lesson as the kit asks it: its columns of the gradebook, and the points to be had in it."""

    id: str
    title: str
    columns: tuple[str, ...]
    most: Decimal


@dataclass(frozen=True)
class Mark:
    """What one learner has for one lesson. `points` stay None where nothing was handed in, or nothing could be read."""

    state: str
    points: Decimal | None = None


@dataclass
class Gradebook:
    """The gradebook of a class: names by learner, the lessons in it, and a mark for each learner and lesson."""

    names: dict[str, str] = field(default_factory=dict)
    lessons: dict[str, Asked] = field(default_factory=dict)
    marks: dict[tuple[str, str], Mark] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """What in the gradebook was changed by hand, so that it no longer adds up."""
        told = "In gradebook.csv the points of the questions don't add up to the lesson's total, which is the one that counts here"
        return [f"{told}: {named(self.odd)}. Grade again, or change both."] if self.odd else []


def lessons_asked(lessons: Mapping[str, Any], columns: Mapping[str, Sequence[Any]]) -> tuple[Asked, ...]:
    """The lessons of a catalogue (`.lessons`, `.columns`) as an export needs them."""
    return tuple(
        Asked(lesson, about.title, tuple(one.id for one in columns[lesson]), exactly(sum(one.max for one in columns[lesson])))
        for lesson, about in lessons.items()
    )


def exactly(points: float) -> Decimal:
    """Points as a number of two decimals, rounded as people round.

    >>> exactly(12.333333), exactly(2.675)
    (Decimal('12.33'), Decimal('2.68'))
    """
    return Decimal(repr(points)).quantize(CENT, ROUND_HALF_UP)


def plain(points: Decimal) -> str:
    """Points as an importer reads them: a point before at most two decimals, no separator of thousands, none that are zero.

    >>> plain(Decimal("1234.50")), plain(Decimal("0")), plain(Decimal("7.335"))
    ('1234.5', '0', '7.34')
    """
    written = f"{points.quantize(CENT, ROUND_HALF_UP):f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def read_gradebook(graded: Path, asked: Iterable[Asked]) -> Gradebook:
    """Read the gradebook of a graded folder. Raises `ExportError` if it is not there, or was graded with other questions than these."""
    path = Path(graded) / "gradebook.csv"
    header, rows = rows_of(path)
    lessons = {one.id: one for one in asked}
    held = [title.removesuffix(" total") for title in header if title.endswith(" total")]
    other = [lesson for lesson in held if lesson not in lessons]
    columns = [column for lesson in held if lesson in lessons for column in lessons[lesson].columns]
    if other or columns != header[2:2 + len(columns)] or header[:2] != ["learner", "name"]:
        raise ExportError(f"{path} was made with other questions than these. Give --keys DIR as you did when grading, or grade again.")
    book = Gradebook(lessons={lesson: lessons[lesson] for lesson in held})
    for line, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise ExportError(f"{path}, line {line}: this line has {counted(len(row), 'cell')}, and the first one has {len(header)}. Grade again.")
        by_title = dict(zip(header, row))
        learner = by_title["learner"]
        if learner in book.names:
            raise ExportError(f"{path}, line {line}: the learner {learner} stands here a second time. Grade again.")
        book.names[learner] = by_title.get("name", "")
        for lesson in held:
            mark = book.marks[learner, lesson] = mark_of(by_title, lessons[lesson], f"{path}, line {line}")
            book.odd += [] if adds_up(by_title, lessons[lesson], mark) else [f"{learner} ({lesson})"]
    check_most(path, book, rows, header)
    return book


def rows_of(path: Path) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of one of our own tables."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ExportError(f"{path} can't be read ({error.strerror}). It is what `sayswho grade` writes into --out.") from error
    except UnicodeDecodeError as error:
        raise ExportError(f"{path} is not UTF-8 text any more: it was saved by another program. Grade again.") from error
    try:
        first, *rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=";" if re.match("[^,]*;", text) else ",") if row] or [[]]
    except csv.Error as error:
        raise ExportError(f"{path} can't be read as the table that `sayswho grade` wrote ({error}). Grade again.") from error
    return first, [[meant(cell) for cell in row] for row in rows]


def number_in(written: str) -> Decimal | None:
    """The number in a cell, with a point or a comma and perhaps separators of thousands, or None.

    >>> number_in("9,50"), number_in(" 7 "), number_in("1.000,00"), number_in("1,000.5"), number_in("N/A"), number_in("NaN")
    (Decimal('9.50'), Decimal('7'), Decimal('1000.00'), Decimal('1000.5'), None, None)
    """
    plainly = "".join(written.split()).replace("'", "")
    if "," in plainly and "." in plainly:
        # The last of the two parts off the decimals; the other stands between thousands.
        thousands = min(",.", key=plainly.rfind)
        plainly = plainly.replace(thousands, "") if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+[.,]\d+", plainly) else ""
    try:
        number = Decimal(plainly.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def mark_of(row: Mapping[str, str], lesson: Asked, where: str) -> Mark:
    """The mark in one row. An answer which a person has still to read makes the whole lesson wait."""
    total = row.get(f"{lesson.id} total", "").strip()
    if not total:
        return Mark(ABSENT)
    if total == "malformed":
        return Mark(UNREADABLE)
    points = number_in(total)
    if points is None:
        raise ExportError(f"{where}: {total!r} is no number of points for {lesson.id}. Grade again.")
    if not 0 <= points <= lesson.most:
        raise ExportError(f"{where}: {total} points for {lesson.id} lie outside of 0 to {plain(lesson.most)}. Grade again, with --keys DIR if you have keys of your own.")
    waits = any(row.get(column) in ("needs a person", "malformed") for column in lesson.columns)
    return Mark(WAITING if waits else SCORED, points)


def adds_up(row: Mapping[str, str], lesson: Asked, mark: Mark) -> bool:
    """Whether the points of a lesson's questions come to its total; what waits may have points in the total already."""
    points = sum((Decimal(cell) for column in lesson.columns if POINTS.fullmatch(cell := row.get(column, ""))), Decimal(0))
    return mark.points is None or points == mark.points or mark.state == WAITING and points <= mark.points


def check_most(path: Path, book: Gradebook, rows: list[list[str]], header: list[str]) -> None:
    """Complain if the gradebook was made when other points were to be had."""
    told = {row[header.index("out_of")] for row in rows} if "out_of" in header else set()
    most = sum((lesson.most for lesson in book.lessons.values()), Decimal(0))
    # Each lesson is rounded by itself here, and the whole once in the gradebook.
    if any((value := number_in(one or "0")) is None or abs(value - most) > CENT * len(book.lessons) for one in told):
        raise ExportError(f"{path} is out of {', '.join(sorted(told))} points, and the lessons are now worth {plain(most)}. Grade again, with the same --keys.")
