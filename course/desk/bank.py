"""Comments to use again: a table beside the marks, which a teacher may fill in a spreadsheet; columns of her own stay."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from course.content.files import read_rows
from course.desk.lines import save
from course.desk.lock import for_a_moment
from course.reports import csv_bytes
from course.reports.html import visible
from course.reports.tables import meant

COLUMN = "comment"
LONGEST, MOST = 1_000, 300


class Bank:
    """The comments of comments.csv in their order. What others add to the file meanwhile stays."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self._guard = threading.Lock()

    def read(self) -> list[str]:
        """All comments, each once; none when there is no file. Raises `ContentError` when it can't be read."""
        if not self.path.exists() or not self.path.stat().st_size:
            return []
        found = [meant((row[COLUMN] or "").strip()) for _, row in read_rows(self.path, (COLUMN,))]
        return list(dict.fromkeys(visible(one)[:LONGEST] for one in found if one))[:MOST]

    def add(self, comment: str) -> list[str]:
        """Keep one more comment, unless it stands there."""
        new = visible(comment).strip()[:LONGEST]
        return self._changed(lambda rows: [*rows, *([{COLUMN: new}] if new and new not in map(shown, rows) else [])])

    def remove(self, comment: str) -> list[str]:
        """Take a comment out."""
        return self._changed(lambda rows: [row for row in rows if shown(row) != comment])

    def _changed(self, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> list[str]:
        """Read the table, change it and write it, with nobody else between."""
        with self._guard, for_a_moment(self.path):
            rows = change(self._rows())
            header = list(dict.fromkeys([COLUMN, *(name for row in rows for name in row)]))
            save(self.path, csv_bytes(header, [[row.get(name, "") for name in header] for row in rows]))
        return self.read()

    def _rows(self) -> list[dict[str, str]]:
        if not self.path.exists() or not self.path.stat().st_size:
            return []
        return [{name: meant(cell or "") for name, cell in row.items()} for _, row in read_rows(self.path, (COLUMN,))]


def shown(row: dict[str, str]) -> str:
    """The comment of a row as a desk shows it."""
    return visible((row[COLUMN] or "").strip())[:LONGEST]
