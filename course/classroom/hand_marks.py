"""The table an instructor keeps of what a person has marked: which levels and comments a person has given, and how they are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.content.files import read_rows
from course.desk.sheets import is_sheet
from course.messages.errors import ToldError
from course.reports.tables import meant
from course.spelling import same

MARKS_COLUMNS = ("learner", "item", "criterion", "level", "comment", "marker")


class GradingError(ToldError):
    """Grading can't begin: one sentence that says why, and what to do."""


@dataclass
class HandMarks:
    """What a person gave one learner for one item: a level for each criterion, what was written beside it, and in which line each criterion stands last.

    `texts` has for each criterion the code of the words that its level was given for, where the table tells it.
    """

    levels: dict[str, float] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    points: float | None = None
    wording_accepted: bool = False
    flagged: bool = False
    lines: dict[str, int] = field(default_factory=dict, compare=False)
    texts: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def line(self) -> int:
        """The first line of the table that says something of this learner and item; 0 where none does."""
        return min(self.lines.values(), default=0)

    def and_then(self, other: HandMarks) -> HandMarks:
        """These marks with others laid over them: of two levels for one criterion the other's counts, and all comments stay."""
        return HandMarks(
            self.levels | other.levels, self.comments + other.comments, self.points if other.points is None else other.points,
            self.wording_accepted or other.wording_accepted, self.flagged or other.flagged,
        )


Marks = dict[tuple[str, str], HandMarks]


def read_marks(path: Path) -> tuple[Marks, list[tuple[int, str]]]:
    """The hand marks by learner and item, and the lines that can't be used with the reason. Of two lines for one thing the later counts.

    Beside the criteria of an item three words are known: `points` (the points themselves), `wording` with the level
    `accept` (an answer to another wording counts), and `flag` (1 where somebody wants a second look; it is no mark). The
    learner `*` means everyone.
    """
    if Path(path).is_file() and is_sheet(Path(path).read_bytes()):
        raise GradingError(f"{path} is a table of answers to mark. Make marks of it first: sayswho marks merge {path} --out marks.csv; then give --marks marks.csv.")
    marks: Marks = {}
    refused = []
    for line, row in rows_of(path, MARKS_COLUMNS[:4]):
        learner, item, criterion, level = (same(meant(row[name] or "")) for name in MARKS_COLUMNS[:4])
        if not learner or not item:
            refused.append((line, f"the {'item' if learner else 'learner'} is empty, so the line counts for nothing"))
            continue
        held = marks.setdefault((learner, item), HandMarks())
        held.lines[criterion] = line
        comment = (row.get("comment") or "").strip()
        if comment:
            held.comments.append(comment)
        if criterion == "flag" and level in ("", "0", "1"):
            held.flagged = level == "1"
        elif criterion == "flag":
            refused.append((line, f"the level {level!r} of flag is neither 1 nor 0"))
        elif criterion == "wording" and level.lower() == "accept":
            held.wording_accepted = True
        elif criterion == "wording" and (level or not comment):
            refused.append((line, f"the level {level!r} of wording is not accept"))
        elif level or not comment:
            try:
                points = number(level)
            except ValueError:
                refused.append((line, f"the level {level!r} of {criterion or 'no criterion'} is not a number"))
                continue
            earlier = held.points if criterion == "points" else held.levels.get(criterion)
            if earlier not in (None, points):
                refused.append((line, f"{criterion} is {level} here and {earlier:g} in an earlier line; this one counts. Agree on one and delete the other"))
            held.texts[criterion] = (row.get("marked_text") or "").strip()
            if criterion == "points":
                held.points = points
            else:
                held.levels[criterion] = points
    return marks, refused


def rows_of(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, Any]]]:
    """The rows of an instructor's table with their line numbers; its absence is a sentence."""
    if not Path(path).is_file():
        raise GradingError(f"There is no file {path}. It is a table whose first line is {','.join(columns)}.")
    return [(line, row) for line, row in read_rows(Path(path), columns) if any((cell or "").strip() for cell in row.values() if isinstance(cell, str))]


def number(written: str) -> float:
    """A level as people write it, with a point or a comma; complains of anything that is not a plain number from 0.

    >>> number("2,5")
    2.5
    """
    value = float(written.replace(",", "."))
    if not 0 <= value < 10_000:
        raise ValueError(written)
    return value