"""accepted.csv and kept.csv of an instructor's pack: what was decided about answers that students argued for, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from course.classroom.hand_marks import GradingError, rows_of
from course.handin.writing import replace_file
from course.reports import csv_bytes
from course.reports.tables import meant
from course.spelling import same

ACCEPTED, KEPT = "accepted.csv", "kept.csv"
COLUMNS = {ACCEPTED: ("item", "unit", "question", "answer", "reason", "by", "at"), KEPT: ("item", "unit", "question", "answer", "reply", "by", "at")}


class AcceptedError(GradingError):
    """An answer can't be accepted: one sentence that says why, and what to do."""


@dataclass(frozen=True)
class Alternative:
    """One line: an answer to an item (of a clause, to some of its questions or under a label), what is said of it, by whom and when.

    `answer` is written as the ids of options or cards with spaces between them, as the words of a mark, or as the words
    that were typed. `line` is where it stands in its file.
    """

    item: str
    unit: str = ""
    question: str = ""
    answer: str = ""
    reason: str = ""
    by: str = ""
    at: str = ""
    line: int = field(default=0, compare=False)

    @property
    def place(self) -> tuple[str, str, str, str]:
        """What it is about, without what is said of it."""
        return self.item, self.unit, self.question, self.answer

    def row(self) -> list[str]:
        """The line as it stands in the file."""
        return [self.item, self.unit, self.question, self.answer, self.reason, self.by, self.at]


def read_decisions(pack: Path | str, name: str = ACCEPTED) -> list[Alternative]:
    """The lines of a pack's accepted.csv (or kept.csv), in their order; none where there is no such file."""
    path = Path(pack) / name
    if not path.is_file():
        return []
    columns = COLUMNS[name]
    found = []
    for line, row in rows_of(path, columns[:5]):
        cells = [meant((row.get(column) or "").strip()) for column in columns]
        found.append(Alternative(same(cells[0]), same(cells[1]), same(cells[2]), *cells[3:], line=line))
    return found


def add_decision(pack: Path | str, name: str, decided: Alternative) -> Path:
    """Write one more line; every line that is there stays."""
    path = Path(pack) / name
    write_decisions(path, COLUMNS[name], [one.row() for one in [*read_decisions(pack, name), decided]])
    return path


def drop_decision(pack: Path | str, name: str, place: tuple[str, str, str, str]) -> None:
    """Take the lines about one answer out of a file, because it was decided otherwise."""
    held = read_decisions(pack, name)
    if any(one.place == place for one in held):
        write_decisions(Path(pack) / name, COLUMNS[name], [one.row() for one in held if one.place != place])


def write_decisions(path: Path, columns: tuple[str, ...], rows: Iterable[list[str]]) -> None:
    """Write such a table whole."""
    try:
        replace_file(path, csv_bytes(columns, rows))
    except OSError as error:
        raise AcceptedError(f"{path} can't be written ({error.strerror}). Close it where it is open, or name another folder.") from error
