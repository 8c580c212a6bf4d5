"""Grades for Canvas's gradebook: the file that Canvas exported, cut down to the columns of our lessons, with our points in them.

What Canvas's importer does with such a file is in `rules_canvas`, which reads every file before it is left anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from course.exports.cells import EXCUSED, Filling, Wanted, excusals
from course.exports.collected import senders_of
from course.exports.columns import Target, match_columns
from course.exports.gradebook import Asked, number_in, plain
from course.exports.joining import Seat, join, turned
from course.exports.ours import is_canvas
from course.exports.rules_canvas import canvas_complaints
from course.exports.tables import Table, cell, read_export
from course.exports.told import ExportError, refuse_complaints, refuse_same, write_all
from course.messages import counted

TITLE_AND_ID = re.compile(r"(?P<title>.*)\s\((?P<id>\d+)\)")
# Canvas takes a column for one of its own totals if its title holds any of these.
TOTALS = re.compile("(?:Current|Final) (?:Score|Points|Grade)|Override (?:Score|Grade|Status)")
POINTS_POSSIBLE = "Points Possible"


def export_canvas(template: Path, wanted: Wanted, out: Path) -> str:
    """Write grades for Canvas and say what is in the file. `template` is the gradebook as Canvas exports it.

    Raises `ExportError` with one sentence, and writes nothing, if the file would not be read as it is meant.
    """
    refuse_same(out, template)
    table, book = read_export(template, "Canvas"), wanted.gradebook()
    info, possible = student_columns(table), points_possible_row(table)
    targets, lines = match_columns(book.lessons, targets_of(table, info, possible), wanted.columns, "Canvas", may_be_new=True)
    refuse_totals(targets)
    filling = Filling(book, targets, wanted.percent, wanted.with_waiting, excusals(wanted.excused, book), EXCUSED)
    seats = seats_of(table, possible)
    joined = join(book.names, wanted.people(), seats, "Canvas", senders_of(wanted.graded, "canvas"), filling.owed)
    places = [target.place for target in targets.values()]
    rows = [[cell(possible, place) for place in info] + [worth(book.lessons[lesson], target, possible, wanted.percent) for lesson, target in targets.items()]]
    for seat in seats:
        row, written = table.rows[seat.line], filling.written
        if learner := joined.learners.get(seat.line):
            filled = [filling.cell(learner, lesson, cell(row, place)) for lesson, place in zip(targets, places)]
            # A row without anything of ours stays out: what is not in the file, Canvas leaves alone.
            rows += [[cell(row, place) for place in info] + filled] if filling.written > written else []
    header = [table.header[place] for place in info] + [target.header for target in targets.values()]
    new = [target.header for target in targets.values() if target.place is None]
    # Without the mark of UTF-8: with it, Canvas does not know the column LastName.
    contents = table.written(header, rows, mark=False)
    refuse_complaints(out, canvas_complaints(contents, template.read_bytes(), new), "Canvas")
    write_all({out: contents}, lambda held: is_canvas(held, TOTALS))
    return "\n".join([first_line(out, filling, len(rows) - 1), *filling.lines(), *new_lines(new), *lines, *joined.lines, *book.lines()])


def first_line(out: Path, filling: Filling, rows: int) -> str:
    """What is in the file, and what to do with it."""
    if not filling.written:
        return f"{out} holds no score: none of the learners could be matched, or nobody has one yet."
    return f"{out} is ready for Canvas (Grades, Import): {counted(filling.written, 'cell')} in {counted(rows, 'row')}. It was read again by Canvas's rules."


def new_lines(new: list[str]) -> list[str]:
    """What Canvas will ask about columns that it does not have yet."""
    return [f"Canvas will ask what {title!r} is: choose a new assignment." for title in new]


def student_columns(table: Table) -> list[int]:
    """The places of the columns on the student, from the first to Section. Raises `ExportError` if this is no gradebook of Canvas."""
    first = table.header[0].strip()
    section = next((place for place, title in enumerate(table.header) if "Section" in title), None)
    if first not in ("Student", "LastName") or table.find("ID") is None or section is None:
        raise ExportError(f"{table.file} is no gradebook of Canvas: it needs the columns Student, ID and Section. Export it with Grades, Export, with Canvas in English.")
    return list(range(section + 1))


def points_possible_row(table: Table) -> list[str]:
    """The row that tells the points to be had. Raises `ExportError` if it was deleted: Canvas's exports always have it."""
    found = [row for row in table.rows if POINTS_POSSIBLE in cell(row, 0)]
    if len(found) != 1:
        raise ExportError(f"{table.file} has {len(found)} rows Points Possible, and Canvas exports one. Export it again, and change nothing in it.")
    return found[0]


def targets_of(table: Table, info: list[int], possible: list[str]) -> list[Target]:
    """The columns of assignments which Canvas will fill: with an id, and not read only."""
    found = []
    for place in range(len(info), len(table.header)):
        named = TITLE_AND_ID.fullmatch(table.header[place])
        if named and "read only" not in cell(possible, place):
            found.append(Target(table.header[place], named["title"], named["id"], place, number_in(cell(possible, place))))
    return found


def refuse_totals(targets: Mapping[str, Target]) -> None:
    """Complain of a column which Canvas would take for one of its totals, and ignore."""
    for lesson, target in targets.items():
        if found := TOTALS.search(target.header):
            raise ExportError(f"Canvas ignores every column with {found[0]!r} in its title, so {target.header!r} can't hold {lesson}. Rename the assignment in Canvas and export again.")


def worth(lesson: Asked, target: Target, possible: list[str], percent: bool) -> str:
    """The points to be had in a column: as Canvas has them, or for a new one what the lesson is worth."""
    if target.place is not None:
        return cell(possible, target.place)
    return plain(Decimal(100) if percent else lesson.most)


def seats_of(table: Table, possible: list[str]) -> list[Seat]:
    """The students of the file. Raises `ExportError` if an id is none any more."""
    places = {name: table.find(title) for name, title in (("canvas", "ID"), ("sis", "SIS User ID"), ("login", "SIS Login ID"))}
    found = []
    for line, row in enumerate(table.rows):
        ids = {name: cell(row, place).strip() for name, place in places.items()}
        name = f"{cell(row, 0)}, {cell(row, 1)}" if table.header[0].strip() == "LastName" else cell(row, 0)
        if row is possible or not ids["canvas"] and not name.strip(" ,") or name == "Student, Test":
            continue
        if ids["canvas"] and not ids["canvas"].isdecimal():
            raise ExportError(f"{table.file}: the ID of {name!r} is {ids['canvas']!r} and should be a number: a spreadsheet has changed it. Export it from Canvas again.")
        email = ids["login"] if "@" in ids["login"] else ""
        if ids["canvas"]:
            found.append(Seat(line, f"{name} ({ids['canvas']})", turned(name), sender=ids["canvas"], email=email, **ids))
    return found


