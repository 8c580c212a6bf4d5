"""marks.csv as it stands on the disk: read as a spreadsheet leaves it, and written so that nothing in it is lost."""

from __future__ import annotations

import csv
import errno
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from course.content.files import read_rows, read_text_file
from course.handin.writing import replace_file
from course.messages.errors import ToldError
from course.reports import csv_bytes
from course.reports.tables import meant
from course.spelling import same

COLUMNS = ("learner", "item", "criterion", "level", "comment", "marker")
FOR_TEXT = "marked_text"  # a column that is there where a line has something to say in it
OURS = (*COLUMNS, FOR_TEXT)
FLAG = "flag"


class DeskError(ToldError):
    """The desk can't do what it was asked: one sentence that says why, and what to do. A notebook shows that sentence and nothing else."""


@dataclass(frozen=True)
class Line:
    """One line of the table. `criterion` is empty for a comment on the whole answer; `more` holds columns that are not ours.

    `marked_text` is the code of the words that the level was given for (`course.desk.marked_text`); empty where nobody knows.
    """

    learner: str
    item: str
    criterion: str = ""
    level: str = ""
    comment: str = ""
    marker: str = ""
    more: tuple[tuple[str, str], ...] = ()
    marked_text: str = ""

    @property
    def number(self) -> float | None:
        """The level as a number; None where there is none, or something else stands there."""
        return number_in(self.level)


@dataclass(frozen=True)
class Table:
    """All lines of a file in their order, with the first line and the delimiter that it had."""

    lines: tuple[Line, ...] = ()
    header: tuple[str, ...] = COLUMNS
    delimiter: str = ","


def number_in(level: str) -> float | None:
    """A level as people write it, with a point or a comma; None for anything that is not a plain number from 0.

    >>> number_in("2,5"), number_in("3"), number_in(""), number_in("good"), number_in("-1")
    (2.5, 3.0, None, None, None)
    """
    try:
        value = float(level.replace(",", "."))
    except ValueError:
        return None
    return value if 0 <= value < 10_000 else None


def read_table(path: Path) -> Table:
    """The table of a file: comma or semicolon, with or without a byte-order mark. No file is an empty table.

    Raises `ContentError` with the line and the cure when it can't be read.
    """
    if not path.exists() or not path.stat().st_size:
        return Table()
    text = read_text_file(path)
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    header = tuple(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), ()))
    rows = [row for _, row in read_rows(path, COLUMNS[:4]) if any((cell or "").strip() for cell in row.values())]
    return Table(tuple(line_of(row) for row in rows), (*header, *(name for name in COLUMNS if name not in header)), delimiter)


def line_of(row: dict[str, str]) -> Line:
    """A row of the file as a line."""
    ours = {name: meant((row.get(name) or "").strip()) for name in OURS}
    ids = {name: same(ours[name]) for name in OURS if name not in ("comment", "level")}
    return Line(**{**ours, **ids}, more=tuple((name, cell or "") for name, cell in row.items() if name not in OURS))


def write_table(path: Path, table: Table) -> None:
    """Put the table on the disk, whole or not at all. Raises `DeskError` with the reason and the cure."""
    header = table.header if FOR_TEXT in table.header or not any(line.marked_text for line in table.lines) else (*table.header, FOR_TEXT)
    save(path, csv_bytes(header, [row_of(line, header) for line in table.lines], delimiter=table.delimiter))


def row_of(line: Line, header: Iterable[str]) -> list[str]:
    """A line as a row, under the columns of its file."""
    cells = dict(line.more) | {name: getattr(line, name) for name in OURS}
    return [cells.get(name, "") for name in header]


def save(path: Path, contents: bytes) -> None:
    """Write a file of the desk, and turn what the system says into a sentence with its cure."""
    try:
        replace_file(path, contents)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DeskError(f"The disk is full, so {path.name} can't be written. Free some space: what waits is then saved by itself.") from error
        told = error.strerror or str(error)
        raise DeskError(f"{path.name} can't be written ({told}). Close it in other programs and look at its folder: what waits is then saved by itself.") from error


def with_line(lines: Iterable[Line], new: Line, *, own: Iterable[Line]) -> tuple[Line, ...]:
    """The lines with `new` in the place of the marker's `own` ones; a comment of those stays, and an empty new line is left out."""
    mine = list(own)
    written = bool(new.level or new.comment)
    found: list[Line] = []
    for line in lines:
        if not any(line is one for one in mine):
            found.append(line)
        elif line is mine[-1]:
            found += [new] if written else []
        elif line.comment:
            found.append(replace(line, level="", criterion="", marked_text=""))
    if written and not mine:
        found.insert(place_for(found, new), new)
    return tuple(found)


def place_for(lines: list[Line], new: Line) -> int:
    """Where a new line belongs: after the last one of the same answer, else at the end."""
    places = [place for place, line in enumerate(lines, start=1) if (line.learner, line.item) == (new.learner, new.item)]
    return places[-1] if places else len(lines)
