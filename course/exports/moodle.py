"""Grades for Moodle: the grading worksheet of one assignment, filled in, or a table for the import into the gradebook.

What Moodle does with such files is in `rules_moodle`, which reads every file before it is left anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

from course.exports.cells import Filling, Wanted, excusals
from course.exports.collected import senders_of
from course.exports.columns import Target, match_columns
from course.exports.gradebook import Asked, number_in
from course.exports.joining import Joined, Seat, join
from course.exports.ours import is_moodle_import, is_worksheet
from course.exports.rules_moodle import gradebook_complaints, worksheet_complaints
from course.exports.tables import Table, cell, read_export
from course.exports.told import ExportError, named, refuse_complaints, refuse_same, write_all
from course.headers import MOODLE, NO, spoken, titles
from course.messages import counted

LANGUAGES = "English, German, French or Spanish"
WORKSHEET = ("identifier", "grade")
# What the import can know a user by, in the order in which a file should rather use it.
KEYS = ("login", "number", "email")
NO_EXCUSED = "Moodle's files have no way to say excused: set Excluded in Moodle's gradebook for them."
MOST_OF_IMPORT = Decimal(100)


def export_moodle(template: Path, wanted: Wanted, out: Path, *, comment: str = "") -> str:
    """Write grades for Moodle and say what is in the file.

    `template` is the grading worksheet of an assignment, or for the gradebook the list of participants or the grades
    export. Raises `ExportError` with one sentence, and writes nothing, if the file would not be read as it is meant.
    """
    refuse_same(out, template)
    table = read_export(template, "Moodle")
    if languages := spoken(table.header, MOODLE, WORKSHEET):
        if len(languages) > 1:
            raise ExportError(f"{table.file} has columns of two languages that could be the identifier and the grade. Take out those that Moodle did not write.")
        return export_worksheet(table, languages[0], template, wanted, out, comment)
    if comment:
        raise ExportError(f"--comment needs a grading worksheet, and {table.file} is none: it lacks the columns Identifier and Grade.")
    return export_gradebook(table, template, wanted, out)


def export_worksheet(table: Table, language: str, template: Path, wanted: Wanted, out: Path, comment: str) -> str:
    """Fill in the worksheet of one assignment. Every other cell stays as Moodle wrote it."""
    book = wanted.gradebook()
    if len(book.lessons) != 1:
        raise ExportError(f"{table.file} is the worksheet of one assignment. Say of which lesson: --lesson LESSON. The lessons are: {', '.join(book.lessons)}.")
    (lesson, asked), = book.lessons.items()
    places = {kind: table.find(*MOODLE[kind].get(language, ())) for kind in ("identifier", "grade", "most", "scale", "changeable", "modified", "comments")}
    if places["modified"] is None:
        title = MOODLE["modified"][language][0]
        raise ExportError(f"{table.file} lacks the column {title!r}, without which Moodle takes no worksheet. Download it from Moodle again, in {LANGUAGES}.")
    most = most_of(table, places["most"], scale=places["scale"] is not None or language != "en", percent=wanted.percent)
    target = Target(table.header[places["grade"]], "Grade", place=places["grade"], most=most)
    filling = Filling(book, {lesson: target}, wanted.percent, wanted.with_waiting, excusals(wanted.excused, book), written_as=as_there(table, places))
    seats = seats_of(table)
    joined = join(book.names, wanted.people(), seats, "Moodle", senders_of(wanted.graded, "moodle", lesson), filling.owed)
    rows, locked, commented = [list(row) for row in table.rows], [], 0
    for seat in seats:
        row, learner = rows[seat.line], joined.learners.get(seat.line)
        if learner and len(row) < len(table.header):
            raise ExportError(f"{table.file}: the row of {seat.shown} has {counted(len(row), 'cell')}, and the first line {len(table.header)}: another program has saved it. Download it from Moodle again.")
        if learner and cell(row, places["changeable"]).strip().casefold() in NO:
            locked.append(learner)
        elif learner:
            before = filling.written
            row[places["grade"]] = filling.cell(learner, lesson, cell(row, places["grade"]))
            if comment and filling.written > before and places["comments"] is not None and not cell(row, places["comments"]).strip():
                row[places["comments"]] = comment
                commented += 1
    contents = table.written(table.header, rows)
    refuse_complaints(out, worksheet_complaints(contents, template.read_bytes()), "Moodle")
    write_all({out: contents}, lambda held: is_worksheet(held, template.read_bytes(), places["identifier"] or 0))
    lines = [f"  {counted(commented, 'comment')} written" + (", since the worksheet has no column Feedback comments" if places["comments"] is None else "")] if comment else []
    lines += [f"  Locked in Moodle and left as they are: {', '.join(locked)}"] if locked else []
    lines += [NO_EXCUSED] if filling.counts[lesson].excused else []
    first = f"{out} is ready for Moodle (Upload grading worksheet): {counted(filling.written, 'grade')}. It was read again by Moodle's rules."
    return "\n".join([first, *filling.lines(), *lines, *joined.lines, *book.lines()])


def most_of(table: Table, place: int | None, *, scale: bool, percent: bool) -> Decimal | None:
    """The maximum grade of a worksheet, the same in every row. Where there is none, it has a `scale`, and no points fit that."""
    if place is None and scale:
        raise ExportError(f"{table.file} is of an assignment that is graded with a scale, and points don't fit a scale. Set its grade to points in Moodle.")
    told = {number for row in table.rows if (number := number_in(cell(row, place))) is not None}
    written = sorted({cell(row, place).strip() for row in table.rows} - {""})
    if percent and written and len(told) != 1:
        raise ExportError(f"{table.file}: the maximum grade is not one number ({named(written)}), so there is nothing to take a share of. Download it from Moodle again, or use --points.")
    return told.pop() if len(told) == 1 else None


def as_there(table: Table, places: Mapping[str, int | None]) -> Callable[[str], str]:
    """How numbers are written in this worksheet: with a comma where Moodle's own numbers have one."""
    commas = any("," in cell(row, places[name]) for row in table.rows for name in ("most", "grade"))
    return (lambda number: number.replace(".", ",")) if commas else str


def seats_of(table: Table) -> list[Seat]:
    """The people of Moodle's file with what it says of them."""
    first, last, whole = (table.find(*titles(kind, MOODLE)) for kind in ("first", "last", "name"))
    languages = spoken(table.header, MOODLE, WORKSHEET)
    identifier = table.find(*MOODLE["identifier"][languages[0]]) if languages else None
    places = {kind: table.find(*titles(kind, MOODLE)) for kind in KEYS}
    found = []
    for line, row in enumerate(table.rows):
        name = cell(row, whole) or f"{cell(row, first)} {cell(row, last)}".strip()
        ids = {kind: cell(row, place).strip() for kind, place in places.items()}
        sender = cell(row, identifier).split()[-1:] if identifier is not None else []
        shown = name or cell(row, identifier) or next(filter(None, ids.values()), "")
        if shown:
            found.append(Seat(line, shown, (name,), sender="".join(sender), **ids))
    return found


def export_gradebook(table: Table, template: Path, wanted: Wanted, out: Path) -> str:
    """Write tables for the import into the gradebook: one with a column for each lesson, or one for each lesson."""
    book = wanted.gradebook()
    key, place = key_of(table)
    targets, lines = import_columns(book.lessons, table, wanted)
    filling = Filling(book, targets, wanted.percent, wanted.with_waiting, excusals(wanted.excused, book))
    seats = [seat for seat in seats_of(table) if cell(table.rows[seat.line], place).strip()]
    joined = join(book.names, wanted.people(), seats, "Moodle", owed=filling.owed)
    cells = filled(table, filling, joined, seats, targets)
    whole = {line: row for line, row in cells.items() if all(row.values())}
    files = {out: list(targets)} if len(whole) == len(cells) else {out.with_stem(f"{out.stem}-{lesson}"): [lesson] for lesson in targets}
    files = {file: lessons for file, lessons in files.items() if any(row[lesson] for row in cells.values() for lesson in lessons)}
    if not files:
        raise ExportError("There is no grade to write: none of the learners could be matched, or nobody has one yet.\n" + "\n".join([*filling.lines(), *joined.lines, *book.lines()]))
    made: dict[Path, bytes] = {}
    for file, lessons in files.items():
        rows = [[table.rows[line][place], *(row[lesson] for lesson in lessons)] for line, row in cells.items() if all(row[lesson] for lesson in lessons)]
        made[file] = Table(file.name, [], []).written([table.header[place], *(targets[lesson].header for lesson in lessons)], rows, quoted=True)
        most = {targets[lesson].header: limit(book.lessons[lesson], wanted.percent) for lesson in lessons}
        refuse_complaints(file, gradebook_complaints(made[file], template.read_bytes(), table.header[place], most), "Moodle")
    write_all(made, lambda held: is_moodle_import(held, table.header[place]))
    lines += [NO_EXCUSED] if any(count.excused for count in filling.counts.values()) else []
    return "\n".join([*first_lines(list(files), key, split=len(files) > 1 or out not in files), *filling.lines(), *lines, *joined.lines, *book.lines()])


def first_lines(files: list[Path], key: str, *, split: bool) -> list[str]:
    """What was written, and what to do with it."""
    names = {"login": "username", "number": "ID number", "email": "email address"}
    told = f"ready for Moodle (Grades, Import, CSV file; map the first column to the {names[key]}). Each was read again by Moodle's rules."
    if not split:
        return [f"{files[0]} is {told}"]
    return [
        f"{', '.join(str(file) for file in files)}: {told}",
        "Each lesson has a file of its own, since in one table some cells would be empty, and Moodle clears the grade where a cell is empty.",
    ]


def key_of(table: Table) -> tuple[str, int]:
    """By which column Moodle will know the users: one that nobody lacks, or that at least is there, and never twice the same."""
    found = [(kind, place) for kind in KEYS if (place := table.find(*titles(kind, MOODLE))) is not None]
    for kind, place in sorted(found, key=lambda one: sum(not cell(row, one[1]).strip() for row in table.rows)):
        counts = Counter(value for row in table.rows if (value := cell(row, place).strip()))
        if counts and max(counts.values()) == 1:
            return kind, place
    raise ExportError(f"{table.file} has no column by which Moodle knows its users: Username, ID number or Email address. Download the participants with one of them, in {LANGUAGES}.")


def import_columns(lessons: Mapping[str, Asked], table: Table, wanted: Wanted) -> tuple[dict[str, Target], list[str]]:
    """A column for each lesson. In a grades export they are looked up; otherwise they are called as the lesson is."""
    targets = [Target(title, item_title(title), place=place) for place, title in enumerate(table.header) if title.endswith(" (Real)")]
    if targets:
        return match_columns(lessons, targets, wanted.columns, "Moodle")
    return match_columns(lessons, [Target(asked.title, asked.title) for asked in lessons.values()], wanted.columns, "Moodle", may_be_new=True)


def item_title(header: str) -> str:
    """What a grade item is called, of the header of its column in a grades export.

    >>> item_title("Assignment: Who is speaking? (Real)"), item_title("Essay (Real)")
    ('Who is speaking?', 'Essay')
    """
    whole = header.removesuffix(" (Real)")
    return whole.partition(": ")[2] or whole


def limit(lesson: Asked, percent: bool) -> Decimal:
    """The most that a cell may hold: what the lesson is worth, and never more than the 100 that Moodle takes."""
    if not percent and lesson.most > MOST_OF_IMPORT:
        raise ExportError(f"{lesson.id} is worth {lesson.most} points, and Moodle takes no grade above 100 from a file. Use --percent.")
    return MOST_OF_IMPORT if percent else lesson.most


def filled(table: Table, filling: Filling, joined: Joined, seats: list[Seat], targets: Mapping[str, Target]) -> dict[int, dict[str, str]]:
    """The cells of each row that has at least one grade of ours: a number, what Moodle exported, or nothing."""
    cells = {}
    for seat in seats:
        if learner := joined.learners.get(seat.line):
            before = filling.written
            row = {}
            for lesson, target in targets.items():
                earlier = cell(table.rows[seat.line], target.place)
                row[lesson] = filling.cell(learner, lesson, earlier if number_in(earlier) is not None else "")
            if filling.written > before:
                cells[seat.line] = row
    return cells


