"""Lines of a table of marks that no rubric knows, each told with its place and the cure; and one name for an answer that goes by two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from course.desk.lines import FLAG, Line
from course.desk.sheets import numbered_lines

RESERVED = ("", FLAG, "wording")
SHOWN_MOST = 12
Rubrics = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Stray:
    """One line that can't count as it stands: where it is, what is wrong with it, and what to write."""

    file: str
    number: int
    line: Line
    what: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.number}: {self.what}"


def strays(path: Path, rubrics: Rubrics) -> list[Stray]:
    """The lines of a file whose item, criterion or level is in none of `rubrics`: by the name of an item, each criterion's highest level.

    Raises `ContentError` when the file can't be read.
    """
    found = []
    for number, line in numbered_lines(path):
        if what := what_is_wrong(line, rubrics):
            found.append(Stray(path.name, number, line, what))
    return found


def what_is_wrong(line: Line, rubrics: Rubrics) -> str:
    """Why a line can't count, with the cure; empty where it can.

    >>> what_is_wrong(Line("ann", "essay", "tru", "3"), {"essay": {"true": 5, "points": 2}})
    "'tru' is no criterion of essay. Write true."
    >>> what_is_wrong(Line("ann", "essay", "true", "9"), {"essay": {"true": 5, "points": 2}})
    '9 is no level of true, which goes from 0 to 5. Write one of these.'
    """
    if not line.item or not line.level:
        return ""
    if line.item not in rubrics:
        return f"{line.item!r} is no question of this course. {nearest(line.item, rubrics)}, or name the folder with your own questions: --keys."
    if line.criterion in RESERVED:
        return ""
    known = rubrics[line.item]
    if line.criterion not in known:
        return f"{line.criterion!r} is no criterion of {line.item}. {nearest(line.criterion, known)}."
    level = line.number
    if level is None or level > known[line.criterion]:
        return f"{line.level} is no level of {line.criterion}, which goes from 0 to {known[line.criterion]:g}. Write one of these."
    return ""


def nearest(written: str, known: Iterable[str]) -> str:
    """What was meant, or what there is.

    >>> nearest("seperation", ["separation", "chain"]), nearest("x", ["a", "b"])
    ('Write separation', 'Write one of a, b')
    """
    known = list(known)
    close = get_close_matches(written, known, n=1, cutoff=0.7)
    return f"Write {close[0]}" if close else f"Write one of {', '.join(known[:SHOWN_MOST])}{' …' if len(known) > SHOWN_MOST else ''}"


def told_strays(found: list[Stray], cure: str = "correct the file and merge again") -> list[str]:
    """A list of strays as lines to print; nothing where there are none."""
    if not found:
        return []
    first = f"{len(found)} line{'' if len(found) == 1 else 's'} can't count as written (nothing is lost; {cure}):"
    more = [f"  and {len(found) - SHOWN_MOST} more"] if len(found) > SHOWN_MOST else []
    return [first, *(f"  {one}" for one in found[:SHOWN_MOST]), *more]


def by_one_name(tables: Iterable[Iterable[Line]], slots: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """For each learner and slot the item that lines about it name: what one marker calls by the slot and another by the item is one answer.

    `slots` says which slot an item may fill. Where a learner's lines name several items of a slot, each stays what it is.
    """
    named: dict[tuple[str, str], set[str]] = {}
    for table in tables:
        for line in table:
            if line.item in slots:
                named.setdefault((line.learner, slots[line.item]), set()).add(line.item)
    return {place: min(items) for place, items in named.items() if len(items) == 1}


def renamed(lines: Iterable[Line], names: Mapping[tuple[str, str], str]) -> list[Line]:
    """The lines with the item in the place of its slot."""
    return [replace(line, item=names.get((line.learner, line.item), line.item)) for line in lines]


def within(levels: Mapping[str, float], most: Mapping[str, float]) -> tuple[dict[str, float], list[dict[str, str]]]:
    """The levels that the rubric has, and a note on each other one, for the desk to show."""
    good = {name: level for name, level in levels.items() if level <= most[name]}
    notes = [
        {"marker": "", "criterion": name, "level": "", "comment": f"{level:g} is no level here (0 to {most[name]:g}): give one of these"}
        for name, level in levels.items() if name not in good
    ]
    return good, notes
