"""Two gradebooks compared: a cell before and after, and whether that is a gain or a loss."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from course.classroom.hand_marks import number, rows_of
from course.classroom.marking import HALF_A_HUNDREDTH
from course.reports.tables import meant
from course.spelling import same

CHANGE_COLUMNS = ("learner", "item", "before", "after", "why", "by")


@dataclass(frozen=True)
class Change:
    """One cell of the gradebook before and after: points, or the word for why there are none; why it changed, and through whom.

    `by_key` is true where the answer stayed the same and the key did not: another answer counts now, or one no longer
    counts. The class is told of these. It is false where a hand-in came late or a person marked an answer.
    """

    learner: str
    item: str
    before: str
    after: str
    why: str = ""
    by: str = ""
    by_key: bool = field(default=False, compare=False)

    def row(self) -> list[str]:
        """The change as a line of changes.csv."""
        return [self.learner, self.item, self.before, self.after, self.why, self.by]


def read_gradebook(path: Path) -> dict[str, dict[str, str]]:
    """The gradebook of an earlier grading, by learner and column; empty where there is none."""
    if not path.is_file():
        return {}
    return {same(meant(row["learner"])): {meant(name): meant((cell or "").strip()) for name, cell in row.items() if name} for _, row in rows_of(path, ("learner",))}


def points(cell: str) -> float | None:
    """The points in a cell, also as a spreadsheet of another country wrote them; None where it holds a word or nothing.

    >>> points("2,5"), points("unanswered"), points("")
    (2.5, None, None)
    """
    try:
        return number(cell)
    except ValueError:
        return None


def same_score(one: str, other: str) -> bool:
    """Whether two cells say the same.

    >>> same_score("0.50", "0,5"), same_score("0", "unanswered")
    (True, False)
    """
    mine, others = points(one), points(other)
    return one == other if mine is None or others is None else abs(mine - others) < HALF_A_HUNDREDTH


def gained(change: Change) -> bool:
    """Whether a score went up.

    >>> gained(Change("ann", "who-01", "0", "1")), gained(Change("ann", "who-01", "unanswered", "0"))
    (True, False)
    """
    return (points(change.after) or 0) > (points(change.before) or 0)


def falls(change: Change) -> bool:
    """Whether a score went down, or went away.

    >>> falls(Change("ann", "who-01", "1", "0")), falls(Change("ann", "who-01", "0", "")), falls(Change("ann", "who-01", "malformed", ""))
    (True, True, False)
    """
    mine, others = points(change.before), points(change.after)
    return mine is not None and (others is None or others < mine)
