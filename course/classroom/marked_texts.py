"""Marks held against the words that they were given for: who hands an essay in again after it was marked keeps the mark, and a line says so.

The desk writes the code of the words beside each level. For a table that was written by hand grading notes, in a file beside
the gradebook, the words that it found when it first saw a mark.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.classroom.hand_marks import HandMarks
from course.classroom.marking import Cell
from course.desk.marked_text import text_code, words_of
from course.handin import Problem, problem
from course.handin.writing import replace_file

RECORD = ".marked-texts.json"
VERSION = 1
LARGEST = 20_000_000
Place = tuple[str, str]


@dataclass
class MarkedTexts:
    """For each learner and item what grading saw: the marks, and the code of the words that were there when it first saw these. Empty if unread."""

    seen: dict[Place, Place] = field(default_factory=dict)
    now: dict[Place, Place] = field(default_factory=dict)

    def hold(self, place: Place, hand: HandMarks, cell: Cell, about: dict[str, Any]) -> Problem | None:
        """A line if marks were given for other words than those that they count for now."""
        marks, code = written(hand), code_of(cell)
        told = {name: code_of_mark for name, code_of_mark in hand.texts.items() if code_of_mark}
        if not told and marks:
            before = self.seen.get(place, ("", ""))
            self.now[place] = before if before[0] == marks else (marks, code)
            told = dict.fromkeys(hand.texts, self.now[place][1])
        earlier = [name for name, code_of_mark in told.items() if code_of_mark != code]
        if not earlier:
            return None
        return problem("marked_earlier_text", line=hand.lines.get(earlier[0], hand.line), lesson=cell.column.lesson, code=code, **about)

    def keep(self, out: Path) -> None:
        """Write what this grading saw into the folder of results."""
        told = {"version": VERSION, "marks": [[*place, *held] for place, held in sorted(self.now.items())]}
        replace_file(out / RECORD, json.dumps(told, ensure_ascii=False, indent=0).encode("utf-8", "replace") + b"\n")


def marked_texts(results: Iterable[Path]) -> MarkedTexts:
    """What the last grading into one of these folders saw; nothing where it can't be read."""
    found = MarkedTexts()
    for place in (Path(out) / RECORD for out in results):
        try:
            told: Any = json.loads(place.read_text("utf-8")) if place.stat().st_size < LARGEST else {}
            rows = told["marks"] if told["version"] == VERSION else []
            found.seen |= {(learner, item): (marks, code) for learner, item, marks, code in rows}
        except (OSError, ValueError, RecursionError, TypeError, KeyError):
            continue
    return found


def written(hand: HandMarks) -> str:
    """The levels and points of one answer in a line, by which it is seen if they are still the same.

    >>> written(HandMarks({"true": 3.0, "chain": 4.0}, points=2.0))
    'chain 4, true 3, points 2'
    """
    levels = [f"{name} {level:g}" for name, level in sorted(hand.levels.items())]
    return ", ".join([*levels, *([] if hand.points is None else [f"points {hand.points:g}"])])


def code_of(cell: Cell) -> str:
    """The code of the words of an answer; the same for all who have given none."""
    value = cell.response.value if cell.response else None
    return text_code({} if value is None else words_of(value))


__all__ = ["RECORD", "MarkedTexts", "marked_texts"]
