"""What a folder of results was made with, so that grading into it again takes nothing away without a word."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from course.classroom.hand_marks import GradingError
from course.classroom.results.incremental import lies_within
from course.handin.places import find_sources, holds_results
from course.handin.writing import replace_file

RECORD = "made_with.json"
# What the next regrade compares with, kept here from the first byte that a regrade writes until its last one.
BEFORE = ".before-regrade"
VERSION = 1
LARGEST = 100_000
LOST = {
    "marks": "the marks of {name}", "keys": "what the folder {name} holds (--keys)", "roster": "those of {name} who handed in nothing",
    "due": "what it says of late hand-ins (--due {name})", "in_time_only": "that what came too late was set aside ({name})",
}


@dataclass(frozen=True)
class MadeWith:
    """Which lessons a grading held, and how its marks, keys, roster and deadline were called (names without folders; empty where none were given)."""

    lessons: tuple[str, ...] = ()
    marks: str = ""
    keys: str = ""
    roster: str = ""
    due: str = ""
    in_time_only: str = ""

    def lost_in(self, now: MadeWith) -> list[str]:
        """What this grading has and the new one lacks, in words.

        >>> MadeWith(("01", "02", "03"), marks="marks.csv").lost_in(MadeWith(("03",)))
        ['the lessons 01 and 02', 'the marks of marks.csv']
        """
        gone = [lesson for lesson in self.lessons if lesson not in now.lessons]
        told = [f"the lesson{'s' if len(gone) > 1 else ''} {' and '.join(filter(None, [', '.join(gone[:-1]), gone[-1]]))}"] if gone else []
        return told + [words.format(name=getattr(self, what)) for what, words in LOST.items() if getattr(self, what) and not getattr(now, what)]

    def keep(self, out: Path) -> None:
        """Write the record into the folder of results."""
        told = {"version": VERSION, "lessons": list(self.lessons), **{what: getattr(self, what) for what in LOST}}
        replace_file(out / RECORD, json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n")


def made_with(out: Path) -> MadeWith:
    """What the results in a folder were made with; nothing where no record is there or it can't be read."""
    place = out / RECORD
    try:
        told: Any = json.loads(place.read_text("utf-8")) if place.stat().st_size < LARGEST else {}
        if told["version"] != VERSION:
            return MadeWith()
        return MadeWith(tuple(str(one) for one in told["lessons"]), **{what: str(told.get(what, "")) for what in LOST})
    except (OSError, ValueError, RecursionError, TypeError, KeyError):
        return MadeWith()


def refuse_loss(out: Path, now: MadeWith, *, way_out: str = "; to go on without it say --anew") -> None:
    """Stop before an earlier grading loses something by this one. Raises `GradingError` with what it would be."""
    lost = made_with(out).lost_in(now)
    if lost:
        cures = [f"add --{what.replace('_', '-')}" for what in LOST if getattr(made_with(out), what) and not getattr(now, what)]
        cures += ["put all that was handed in into one folder and grade that"] if made_with(out).lessons != now.lessons else []
        told = f"{out} holds an earlier grading, and this one would take from it {', '.join(lost)}"
        raise GradingError(f"{told}; nothing was written. To keep it {', or '.join(cures)}, or name another folder{way_out}.")


def refuse_other_attempts(out: Path, now: MadeWith) -> None:
    """Stop before other attempts of learners count than in an earlier grading. Raises `GradingError` with the cure."""
    held = made_with(out)
    if held.in_time_only and not now.in_time_only:
        refuse_loss(out, replace(held, in_time_only=""), way_out="")


def refuse_places(handins: Path, results: Iterable[Path]) -> None:
    """Stop where results would lie among hand-ins, or results are named as hand-ins. Raises `GradingError` with the cure."""
    for out in results:
        if out.is_dir() and lies_within(handins, out) and lies_within(out, handins):
            raise GradingError(f"{out} is the folder with the hand-ins, and results don't go among them. Name another folder, such as --out graded.")
    if handins.is_dir() and holds_results(handins) and next(find_sources(handins), None) is None:
        raise GradingError(f"{handins} holds results (gradebook.csv and feedback) and no hand-ins. Name the folder or the zip with what learners handed in.")


__all__ = ["BEFORE", "MadeWith", "made_with", "refuse_loss", "refuse_other_attempts", "refuse_places"]
