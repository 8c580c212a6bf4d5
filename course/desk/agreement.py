"""How far two markers agree on the answers that both have marked, criterion by criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from course.content import ContentError
from course.desk.lines import Line, read_table
from course.desk.payload import criteria_of
from course.items import Item
from course.measures import Figure, weighted_kappa
from course.spelling import same

FEWEST = 10  # below this a kappa moves by chance alone: counts are told instead


@dataclass(frozen=True)
class Agreement:
    """One criterion of one item, marked twice: how often with the same level, how often within one, and kappa from ten answers on."""

    item: str
    criterion: str
    name: str
    n: int
    alike: int
    near: int
    kappa: Figure

    def as_dict(self) -> dict[str, Any]:
        """As a browser is told it."""
        told = {name: getattr(self, name) for name in ("item", "criterion", "name", "n", "alike", "near")}
        return {**told, "kappa": None if self.kappa.value is None else round(self.kappa.value, 2), "why": self.kappa.why}


def agreements(lines: Iterable[Line], items: Iterable[tuple[tuple[str, ...], Item]]) -> list[Agreement]:
    """The agreement on every criterion that was marked by two, in the order of `items`: (the names it goes by, the item).

    Each pair of markers of one answer counts once; kappa is `measures.weighted_kappa` on their levels.
    """
    levels: dict[tuple[str, str, str], dict[str, float]] = {}
    for line in lines:
        if line.number is not None and line.marker:
            levels.setdefault((line.learner, line.item, line.criterion), {})[line.marker] = line.number
    found = []
    for names, item in items:
        for criterion in criteria_of(item):
            held = [by for (_, name, which), by in sorted(levels.items()) if name in names and which == criterion.id]
            pairs = [(by[one], by[other]) for by in held for one, other in combinations(sorted(by), 2)]
            found += [agreement(item, criterion.id, criterion.name, pairs)] if pairs else []
    return found


def agreement(item: Item, criterion: str, name: str, pairs: list[tuple[float, float]]) -> Agreement:
    """The agreement of pairs of levels; fewer than ten have counts only."""
    kappa = weighted_kappa(*zip(*pairs, strict=True)) if len(pairs) >= FEWEST else Figure(None, len(pairs), f"fewer than {FEWEST} answers marked twice")
    return Agreement(item.id, criterion, name, len(pairs), sum(a == b for a, b in pairs), sum(abs(a - b) <= 1 for a, b in pairs), kappa)


def marked_by(lines: Iterable[Line], items: Iterable[tuple[tuple[str, ...], Item]]) -> dict[str, int]:
    """How many answers each marker has given all levels."""
    given: dict[tuple[str, str, str], set[str]] = {}
    for line in lines:
        if line.number is not None and line.marker:
            given.setdefault((line.marker, line.learner, line.item), set()).add(line.criterion)
    wanted = {name: {one.id for one in criteria_of(item)} for names, item in items for name in names}
    return dict(Counter(marker for (marker, _, item), criteria in given.items() if item in wanted and wanted[item] <= criteria))


def lines_beside(path: Path, own: Iterable[Line], marker: str) -> list[Line]:
    """The marker's own lines and those of the other markers' files in the same folder: marks-AB.csv, marks-CD.csv.

    A line that names nobody belongs to the marker of its file. A file that can't be read is left out.
    """
    found = [named(line, marker) for line in own]
    for other in sorted(path.parent.glob("marks-*.csv")):
        if other.resolve() == path.resolve():
            continue
        try:
            found += [named(line, marker_of(other)) for line in read_table(other).lines]
        except (ContentError, OSError):
            continue
    return found


def marker_of(path: Path) -> str:
    """Whose a file is by its name.

    >>> marker_of(Path("marks-AB.csv")), marker_of(Path("waiting-AB.csv")), marker_of(Path("waiting.csv")), marker_of(Path("all.csv"))
    ('AB', 'AB', '', 'all')
    """
    return "" if path.stem == "waiting" else same(path.stem.removeprefix("marks-").removeprefix("waiting-"))


def named(line: Line, marker: str) -> Line:
    """The line with its marker, or with `marker` where it names nobody."""
    return line if line.marker else replace(line, marker=marker)
