"""Comments to use again: a table beside the marks, which a teacher may fill in a spreadsheet; columns of her own stay."""

from __future__ import annotations

import threading
from pathlib import Path

from course.content.files import read_rows
from course.desk.lines import save
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
        known = self.read()
        return self._write([*self._rows(), *([{COLUMN: new}] if new and new not in known else [])])

    def remove(self, comment: str) -> list[str]:
        """Take a comment out."""
        return self._write([row for row in self._rows() if visible(meant((row[COLUMN] or "").strip()))[:LONGEST] != comment])

    def _rows(self) -> list[dict[str, str]]:
        if not self.path.exists() or not self.path.stat().st_size:
            return []
        return [{name: meant(cell or "") for name, cell in row.items()} for _, row in read_rows(self.path, (COLUMN,))]

    def _write(self, rows: list[dict[str, str]]) -> list[str]:
        with self._guard:
            header = list(dict.fromkeys([COLUMN, *(name for row in rows for name in row)]))
            save(self.path, csv_bytes(header, [[row.get(name, "") for name in header] for row in rows]))
        return self.read()
