"""The list of what was collected, read from a graded folder: which file a platform handed out for whom, and what it counts for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course.exports.gradebook import rows_of
from course.exports.told import ExportError

COLUMNS = ("file", "platform", "sender", "submission", "stamp", "late", "learner", "lesson", "outcome", "page")
# What a learner's own file can have become, the likelier for a page to go back to first.
THEIRS = ("counted", "merged", "older", "too late", "duplicate")


@dataclass(frozen=True)
class Found:
    """One file that was found in the hand-ins; every field as it stands in collected.csv, empty where it does not say."""

    file: str
    platform: str = ""
    sender: str = ""
    submission: str = ""
    learner: str = ""
    lesson: str = ""
    outcome: str = ""
    page: str = ""


def read_collected(graded: Path) -> list[Found]:
    """The files that grading found. Raises `ExportError` if the list is not there or lacks a column."""
    path = Path(graded) / "collected.csv"
    if not path.is_file():
        raise ExportError(f"There is no file {path}, which says who sent what. Grade again: `sayswho grade` writes it.")
    header, rows = rows_of(path)
    if missing := [name for name in COLUMNS if name not in header]:
        raise ExportError(f"{path} lacks the column {missing[0]!r}. Grade again.")
    named = [dict(zip(header, row)) for row in rows]
    return [Found(**{name: row.get(name, "") for name in Found.__dataclass_fields__}) for row in named]


def senders_of(graded: Path, platform: str, lesson: str = "") -> dict[str, str]:
    """The platform's own id of each learner who handed in, of one lesson if it is named; none where two stand against each other.

    Moodle's ids hold for one assignment only. Without a collected.csv there are none.
    """
    if not (Path(graded) / "collected.csv").is_file():
        return {}
    found = [one for one in read_collected(graded) if one.platform == platform and lesson in ("", one.lesson)]
    return one_to_one((one.learner, one.sender) for one in found if one.outcome in THEIRS)


def one_to_one(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The pairs of which each side stands with no other.

    >>> one_to_one([("ann", "1"), ("ann", "1"), ("bo", "2"), ("cy", "2"), ("di", "3"), ("di", "4"), ("", "5")])
    {'ann': '1'}
    """
    of_left, of_right = defaultdict(set), defaultdict(set)
    for left, right in pairs:
        if left and right:
            of_left[left].add(right)
            of_right[right].add(left)
    return {left: next(iter(rights)) for left, rights in of_left.items() if len(rights) == 1 and len(of_right[next(iter(rights))]) == 1}
