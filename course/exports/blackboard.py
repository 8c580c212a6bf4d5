"""Grades for Blackboard: its downloaded gradebook, cut down to the columns of our lessons, with our points in them.

Blackboard's code is closed; the rules in `rules_blackboard`, by which every file is read again, are those that its help
pages and three independent tools agree on.
"""

from __future__ import annotations

import re
from pathlib import Path

from course.exports.cells import Filling, Wanted, excusals
from course.exports.collected import senders_of
from course.exports.columns import Target, match_columns
from course.exports.gradebook import number_in
from course.exports.joining import Seat, join
from course.exports.ours import is_blackboard
from course.exports.rules_blackboard import blackboard_complaints
from course.exports.tables import Table, cell, read_export
from course.exports.told import ExportError, refuse_complaints, refuse_same, write_all
from course.headers import BLACKBOARD, spoken
from course.messages import counted

# What stands before the colon is in the language of the course; what Blackboard goes by is the number after the bar.
COLUMN = re.compile(r"(?P<title>.*?)\s*\[[^\[\]:]*:\s*(?P<most>[^\]]*)\]\s*\|(?P<id>\d+)")
PERSON = ("last", "first", "login")
ADDED_UP = re.compile(r"(?:up to|bis zu|jusqu|hasta)\b", re.IGNORECASE)
NO_EXCUSED = "Blackboard's files have no way to say excused: set Exempt in Blackboard for them."


def export_blackboard(template: Path, wanted: Wanted, out: Path) -> str:
    """Write grades for Blackboard and say what is in the file. `template` is the gradebook as Blackboard downloads it.

    Raises `ExportError` with one sentence, and writes nothing, if the file would not be read as it is meant.
    """
    refuse_same(out, template)
    table, book = read_export(template, "Blackboard"), wanted.gradebook()
    languages = spoken(table.header, BLACKBOARD, PERSON)
    if len(languages) != 1:
        needed = ", ".join(BLACKBOARD[kind]["en"][0] for kind in PERSON)
        why = f"it needs the columns {needed}" if not languages else "its columns could be those of two languages"
        raise ExportError(f"{table.file} is no gradebook of Blackboard: {why}. Download it with Work offline, in English, German, French or Spanish.")
    person = [table.find(*BLACKBOARD[kind][languages[0]]) for kind in PERSON]
    targets, lines = match_columns(book.lessons, targets_of(table), wanted.columns, "Blackboard")
    filling = Filling(book, targets, wanted.percent, wanted.with_waiting, excusals(wanted.excused, book))
    seats = seats_of(table, person)
    joined = join(book.names, wanted.people(), seats, "Blackboard", senders_of(wanted.graded, "blackboard"), filling.owed)
    rows = []
    for seat in seats:
        row, before = table.rows[seat.line], filling.written
        if learner := joined.learners.get(seat.line):
            filled = [filling.cell(learner, lesson, cell(row, target.place)) for lesson, target in targets.items()]
            rows += [[cell(row, place) for place in person] + filled] if filling.written > before else []
    header = [table.header[place] for place in person] + [target.header for target in targets.values()]
    # Blackboard wants every cell of a CSV file in quotation marks, and takes them in its tab-separated one too.
    contents = table.written(header, rows, quoted=True)
    refuse_complaints(out, blackboard_complaints(contents, template.read_bytes()), "Blackboard")
    write_all({out: contents}, lambda held: is_blackboard(held, tuple(header[:len(person)]), COLUMN))
    first = f"{out} is ready for Blackboard (Work offline, Upload): {counted(filling.written, 'cell')} in {counted(len(rows), 'row')}. It was read again by Blackboard's rules."
    lines += [NO_EXCUSED] if any(count.excused for count in filling.counts.values()) else []
    return "\n".join([first, *filling.lines(), *lines, *joined.lines, *book.lines()])


def targets_of(table: Table) -> list[Target]:
    """The columns with an id: into one without, Blackboard would put a new column of text."""
    found = []
    for place, header in enumerate(table.header):
        named = COLUMN.fullmatch(header)
        # "up to 90" stands over columns that Blackboard adds up itself.
        if named and not ADDED_UP.match(named["most"]):
            found.append(Target(header, named["title"], named["id"], place, number_in(named["most"].partition(" ")[0])))
    return found


def seats_of(table: Table, person: list[int]) -> list[Seat]:
    """The students of the file, by username."""
    last, first, login = person
    number = table.find("Student ID")
    return [
        Seat(
            line, f"{cell(row, first)} {cell(row, last)}".strip() or cell(row, login), (f"{cell(row, first)} {cell(row, last)}",),
            sender=cell(row, login), login=cell(row, login), number=cell(row, number), email=cell(row, login) if "@" in cell(row, login) else "",
        )
        for line, row in enumerate(table.rows) if cell(row, login).strip()
    ]
