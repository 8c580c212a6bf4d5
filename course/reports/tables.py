"""Tables as a spreadsheet opens them: UTF-8 that Excel recognises, and no cell that it would run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from course.reports.html import visible

# The last four are what East Asian keyboards write for =, +, - and @; a spreadsheet set to such a language takes them alike.
RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NEGATIVE = re.compile(r"-[0-9]+(?:\.[0-9]+)?")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and never runs: an apostrophe before what would start a formula. A plain number may be below zero.

    >>> harmless('=HYPERLINK("http://example.org")')
    '\\'=HYPERLINK("http://example.org")'
    >>> harmless("O'Brien"), harmless("2.5"), harmless("-0.25"), harmless("-1+2")
    ("O'Brien", '2.5', '-0.25', "'-1+2")
    """
    if NEGATIVE.fullmatch(cell):
        return cell
    shown = visible(cell)
    return f"'{shown}" if cell.startswith(RUNS_AS_FORMULA) or shown.startswith(RUNS_AS_FORMULA) else shown


def meant(cell: str) -> str:
    """The cell as it was before `harmless` put its apostrophe there.

    >>> meant(harmless("=2+2")), meant("'tis")
    ('=2+2', "'tis")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RUNS_AS_FORMULA) else cell


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]], *, delimiter: str = ",") -> bytes:
    """A table as the bytes of a CSV file, with the mark by which Excel knows UTF-8."""
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\r\n", delimiter=delimiter)
    table.writerow([harmless(cell) for cell in header])
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig", "replace")
