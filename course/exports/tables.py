"""The file that a platform exported, cell by cell as it stands there, and written back in the same form.

Names, ids and titles come from the platform's own file and go back to it byte for byte. So a name that begins with an
equals sign gets no apostrophe here, as it does in our own tables: with one, the importer would no longer know the person.
What is ours in these files are numbers, EX, and one comment which the instructor typed.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course.exports.told import ExportError
from course.headers import bare

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DELIMITERS = ",;\t"
BIGGEST = 50_000_000


@dataclass(frozen=True)
class Table:
    """A platform's table: its header, its rows, and the form in which it was written. Rows may be shorter than the header."""

    file: str
    header: list[str]
    rows: list[list[str]]
    mark: bytes = b""
    encoding: str = "utf-8"
    delimiter: str = ","
    line_end: str = "\r\n"

    def find(self, *titles: str) -> int | None:
        """The place of the first column with one of these titles, whatever the case, or None."""
        return next((place for title in titles for place, one in enumerate(self.header) if bare(one) == bare(title)), None)

    def written(self, header: Sequence[str], rows: Sequence[Sequence[str]], *, quoted: bool = False, mark: bool = True) -> bytes:
        """Other columns and rows in the form of this table; `quoted` puts every cell into quotation marks."""
        text = io.StringIO(newline="")
        quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
        csv.writer(text, delimiter=self.delimiter, lineterminator=self.line_end, quoting=quoting).writerows([header, *rows])
        return (self.mark if mark else b"") + text.getvalue().encode(self.encoding)


def cell(row: Sequence[str], place: int | None) -> str:
    """A cell of a row; empty where the row ends before it, and where there is no such column."""
    return row[place] if place is not None and place < len(row) else ""


def read_export(path: Path, product: str) -> Table:
    """Read the file that a platform exported. Raises `ExportError` if it is not there, is no such table or was damaged on its way."""
    again = f"Download it from {product} again and give it as it comes, without saving it from a spreadsheet first."
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise ExportError(f"{path} can't be read ({error.strerror}). It is the file that {product} exports.") from error
    if len(raw) > BIGGEST or raw.startswith(b"PK") or b"\0\0" in raw[:4]:
        raise ExportError(f"{path} is no CSV file. {again}")
    mark, encoding = next(((mark, encoding) for mark, encoding in MARKS if raw.startswith(mark)), (b"", "utf-8"))
    try:
        text = raw[len(mark):].decode(encoding)
        delimiter = delimiter_of(text)
        header, *rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row] or [[]]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ExportError(f"{path} can't be read as the table it should be ({error}). {again}") from error
    if len(header) < 2:
        raise ExportError(f"{path} has no table in it. {again}")
    return Table(Path(path).name, header, rows, mark, encoding, delimiter, "\r\n" if "\r\n" in text else "\n")


def delimiter_of(text: str) -> str:
    """What parts the cells of the first line: whichever of comma, semicolon and tab gives the most of them.

    >>> delimiter_of('"Doe; Jane",ID,Section'), delimiter_of("a;b;c"), delimiter_of("a\\tb")
    (',', ';', '\\t')
    """
    first = text.lstrip("\r\n").splitlines()[:1]
    return max(DELIMITERS, key=lambda one: len(next(csv.reader(first, delimiter=one), [])))
