"""The round before the marking: the same few essays for every marker, with published marks to compare with."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from course.content import NormingEssay
from course.content.files import read_rows
from course.desk.lines import number_in, save
from course.items import Item
from course.reports import csv_bytes

COLUMNS = ("essay", "item", "criterion", "level", "published", "marker")
PREFIX = "norm:"


class NormingFile:
    """norming-AB.csv: what one marker gave the norming essays. It is never a mark of a learner and never enters marks.csv."""

    def __init__(self, path: Path, marker: str, essays: Iterable[tuple[Item, NormingEssay]]) -> None:
        self.path, self.marker = Path(path), marker
        # Not from weak to strong, as the file has them: the place of an essay must not tell its level.
        named = {f"{PREFIX}{item.id}:{essay.id}": (item, essay) for item, essay in essays}
        self.essays = dict(sorted(named.items(), key=lambda one: hashlib.sha256(one[0].encode()).hexdigest()))
        self._guard = threading.Lock()
        self.levels: dict[str, dict[str, float]] = {name: {} for name in self.essays}
        if self.path.exists() and self.path.stat().st_size:
            for _, row in read_rows(self.path, COLUMNS[:4]):
                level = number_in(row["level"] or "")
                if level is not None and (name := f"{PREFIX}{row['item']}:{row['essay']}") in self.levels:
                    self.levels[name][row["criterion"]] = level

    def set_level(self, essay: str, criterion: str, level: float | None) -> None:
        """Give or take back a level of an essay, and write the file."""
        with self._guard:
            given = {name: dict(levels) for name, levels in self.levels.items()}
            given[essay].pop(criterion, None)
            given[essay] |= {} if level is None else {criterion: level}
            save(self.path, csv_bytes(COLUMNS, self._rows(given)))
            self.levels = given

    def _rows(self, given: dict[str, dict[str, float]]) -> list[list[str]]:
        return [
            [essay.id, item.id, one.id, f"{given[name][one.id]:g}", f"{essay.marks[one.id]:g}", self.marker]
            for name, (item, essay) in self.essays.items() for one in item.criteria if one.id in given[name]
        ]

    def payload(self) -> list[dict[str, Any]]:
        """The essays as the browser is told them; published marks are with those only to which the marker has given all levels."""
        return [{"id": name, "item": item.id, "texts": dict(essay.texts), **self.published(name)} for name, (item, essay) in self.essays.items()]

    def published(self, name: str) -> dict[str, Any]:
        """The published marks of an essay and their reasons, once the marker has judged all of it; empty before."""
        item, essay = self.essays[name]
        if not all(one.id in self.levels[name] for one in item.criteria):
            return {}
        return {"published": dict(essay.marks), "reasons": dict(essay.reasons)}
