"""Who marks what: the answers dealt out among the markers, with a share that two of them mark."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.content.files import read_rows
from course.desk.lines import DeskError, save
from course.reports import csv_bytes
from course.reports.tables import meant
from course.spelling import same

COLUMNS = ("learner", "item", "marker", "round")
FIRST, SECOND = "first", "second"
Answer = tuple[str, str]


@dataclass(frozen=True)
class Assignment:
    """One marker's task: whose answer to which item, and whether it is the first or the second look at it."""

    learner: str
    item: str
    marker: str
    round: str = FIRST

    @property
    def answer(self) -> Answer:
        """Whose answer to which item."""
        return self.learner, self.item


def deal(answers: Iterable[Answer], markers: Sequence[str], *, double: float = 0.0, seed: int = 0, kept: Sequence[Assignment] = ()) -> list[Assignment]:
    """Deal answers out so that everybody gets as many of each item, give or take one, and `double` of them get a second marker.

    What was dealt before (`kept`) stays with its marker. The same answers, markers and seed give the same deal.

    >>> dealt = deal([("ann", "a"), ("bo", "a"), ("cy", "a"), ("di", "a")], ["AB", "CD"], double=0.5, seed=1)
    >>> sorted((one.marker, one.round) for one in dealt)
    [('AB', 'first'), ('AB', 'first'), ('AB', 'second'), ('CD', 'first'), ('CD', 'first'), ('CD', 'second')]
    """
    check_markers(markers, double)
    chance = random.Random(seed)
    known = {one.answer for one in kept}
    dealt = list(kept)
    by_item: dict[str, list[str]] = {}
    for learner, item in sorted(set(answers) - known):
        by_item.setdefault(item, []).append(learner)
    for item, learners in sorted(by_item.items()):
        chance.shuffle(learners)
        first: list[Assignment] = []
        for learner in learners:
            first.append(Assignment(learner, item, least_busy([*dealt, *first], markers, item, FIRST)))
        dealt += first
        # In the order of the deal markers take turns, so the first few are as many of each; who they are is chance.
        for one in first[:round(double * len(first))]:
            others = [marker for marker in markers if marker != one.marker]
            dealt.append(Assignment(one.learner, item, least_busy(dealt, others, item, SECOND), SECOND))
    return dealt


def least_busy(dealt: Iterable[Assignment], markers: Sequence[str], item: str, round_: str) -> str:
    """Who has the fewest of this item in this round, of those who have the fewest in all; of equals the first named."""
    dealt = list(dealt)
    here = Counter(one.marker for one in dealt if one.item == item and one.round == round_)
    everywhere = Counter(one.marker for one in dealt)
    return min(markers, key=lambda marker: (here[marker], everywhere[marker]))


def check_markers(markers: Sequence[str], double: float) -> None:
    """Raise `DeskError` unless there is at least one marker, each once, and two where answers are marked twice."""
    if not markers or len(set(markers)) < len(markers) or not all(markers):
        raise DeskError("Name each marker once, with commas between: --markers AB,CD.")
    if not 0 <= double <= 1:
        raise DeskError(f"--double is the share that is marked twice, from 0 to 1, and {double:g} is not. Write 0.2 for a fifth.")
    if double and len(markers) < 2:
        raise DeskError("A second look takes a second marker. Name two (--markers AB,CD), or leave --double out.")


def read_assignments(path: Path) -> list[Assignment]:
    """The lines of assignments.csv. Raises `ContentError` when it can't be read."""
    rows = [{name: same(meant(row.get(name) or "")) for name in COLUMNS} for _, row in read_rows(Path(path), COLUMNS[:3])]
    return [Assignment(**{**row, "round": row["round"] or FIRST}) for row in rows if row["learner"] and row["item"]]


def write_assignments(path: Path, dealt: Iterable[Assignment]) -> None:
    """Write assignments.csv whole."""
    save(Path(path), csv_bytes(COLUMNS, [(one.learner, one.item, one.marker, one.round) for one in dealt]))
