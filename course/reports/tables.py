"""Tables as a spreadsheet opens them: UTF-8 that Excel recognises, and no cell that it would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from course.reports.html import visible

RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and never runs: an apostrophe before what would start a formula.

    >>> harmless('=HYPERLINK("http://example.org")')
    '\\'=HYPERLINK("http://example.org")'
    >>> harmless("O'Brien"), harmless("2.5")
    ("O'Brien", '2.5')
    """
    shown = visible(cell)
    return f"'{shown}" if cell.startswith(RUNS_AS_FORMULA) or shown.startswith(RUNS_AS_FORMULA) else shown


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as the bytes of a CSV file, with the mark by which Excel knows UTF-8."""
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow([harmless(cell) for cell in header])
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig", "replace")
