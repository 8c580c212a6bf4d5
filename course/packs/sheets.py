"""Reading a spreadsheet as people leave it, and naming what the spreadsheet program has damaged: file, line, column, what, and the cure."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from course.check.report import Report
from course.content.files import DATED_ID, guess_encoding
from course.packs.words import IF, nearest
from course.reports.tables import meant

LARGEST = 2_000_000
SAVE = "In Excel choose Save As and the type “CSV UTF-8 (Comma delimited)”; in LibreOffice the character set Unicode (UTF-8)."
SEPARATOR = re.compile(r"\A\"?sep=(.)\"?\r?\n", re.IGNORECASE)
FORMULA = re.compile(r"=|#(?:NAME\?|REF!|VALUE!|DIV/0!|N/A|NUM!|NULL!)")
MOJIBAKE = re.compile("â€|Ã[\x80-\xbf©¨¤¶¼]|Â[\xa0»«]|\ufffd")
KOREAN_DATE = re.compile(r"\d{1,2}월|\d{1,2}\.\s?\d{1,2}\.")
UNIT = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,15}\Z")


@dataclass
class Row:
    """One line of a spreadsheet: where it stands, and its cells by column."""

    sheet: str
    line: int
    cells: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def at(self, column: str = "") -> str:
        """The place of the row, or of one of its cells, as a complaint names it.

        >>> Row("key.csv", 5).at("voice")
        'key.csv, line 5, column voice'
        """
        return f"{self.sheet}, line {self.line}" + (f", column {column}" if column else "")


def read_sheet(report: Report, path: Path, columns: Sequence[str], optional: Sequence[str] = (), *, name: str = "", free: bool = False) -> list[Row]:
    """The rows of a spreadsheet that hold anything. What is damaged goes into the report; with `free`, columns that begin with `if ` are anybody's own."""
    name = name or path.name
    text = decoded(report, path, name)
    if text is None:
        return []
    separator = SEPARATOR.match(text)
    # A line `sep=;` is Excel's own: it is read away, and counted.
    skipped, text = (1, text[separator.end():]) if separator else (0, text)
    try:
        table = list(numbered(text, separator[1] if separator else delimiter_of(text)))
    except csv.Error as error:
        report.complain(name, f"this is not a table that can be read ({error})", SAVE)
        return []
    header = [" ".join(cell.lower().split()) if not cell.strip().lower().startswith(IF) else f"{IF}{' '.join(cell.strip()[len(IF):].split())}"
              for cell in (table[0][1] if table else [])]
    if not check_header(report, name, header, columns, optional, free=free):
        return []
    rows = [Row(name, line + skipped, cells_of(report, name, line + skipped, header, cells)) for line, cells in table[1:] if any(cell.strip() for cell in cells)]
    for row in rows:
        check_damage(report, row)
    return rows


def decoded(report: Report, path: Path, name: str) -> str | None:
    """The text of a spreadsheet, or None after a complaint that says how to save it."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        workbook = next((other.name for other in sorted(path.parent.glob(f"{path.stem}.*")) if other.suffix in (".xlsx", ".xls", ".ods")), "")
        told = f"there is a workbook {workbook} but no {path.name}" if workbook else f"the file can't be read ({error.strerror})"
        report.complain(name, told, SAVE if workbook else "Put it there again; sayswho pack new makes one in another folder.")
        return None
    if raw[:2] == b"PK" or raw[:4] == b"\xd0\xcf\x11\xe0":
        report.complain(name, "this is a workbook with another ending, not a CSV file", SAVE)
        return None
    if len(raw) > LARGEST:
        report.complain(name, f"the file has {len(raw) // 1_000_000} million bytes, far more than a passage", "Keep one passage in it.")
        return None
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[:error.start].count(b"\n") + 1
        report.complain(f"{name}, line {line}", f"its letters are not saved as UTF-8 but {guess_encoding(raw)}", SAVE)
        return None
    if "\0" in text:
        report.complain(name, "it holds bytes that are no text", SAVE)
        return None
    return unicodedata.normalize("NFC", text)


def delimiter_of(text: str) -> str:
    """What separates the cells: a comma, or what a spreadsheet program in another language writes.

    >>> delimiter_of('unit;paragraph;text\\r\\n'), delimiter_of("unit\\tparagraph\\ttext")
    (';', '\\t')
    """
    header = text.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def numbered(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line that each begins on: a cell may hold line ends."""
    reader, begins = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1
    for cells in reader:
        yield begins, cells
        begins = reader.line_num + 1


def check_header(report: Report, name: str, header: list[str], columns: Sequence[str], optional: Sequence[str], *, free: bool) -> bool:
    """Whether every column that is needed is there; those that nobody knows are named."""
    known = (*columns, *optional)
    if len([column for column in header if column]) == 1 and "," in header[0]:
        report.complain(f"{name}, line 1", "all cells of a line stand in one cell: the program did not take the comma for the end of a cell",
                        "Open the file with Data > From Text/CSV and the delimiter Comma; or begin again with: sayswho pack new --semicolons.")
        return False
    for column in columns:
        if column not in header:
            there = ", ".join(filter(None, header)) or "nothing"
            report.complain(f"{name}, line 1", f"the column {column!r} is missing; the first line has {there}", f"Write the first line as {','.join(columns)}.")
    for column in header:
        if column and column not in known and not (free and column.startswith(IF)):
            near = nearest(column, known)
            report.warn(f"{name}, line 1, column {column}", "this column is not known and is left out", f"Did you mean {near!r}?" if near else "Nothing need be done if it is a note of yours.")
    for twice in sorted({column for column in header if column and header.count(column) > 1}):
        report.complain(f"{name}, line 1, column {twice}", "this column stands twice", "Take one of them out.")
    return all(column in header for column in columns)


def cells_of(report: Report, name: str, line: int, header: list[str], cells: list[str]) -> dict[str, str]:
    """The cells of a line by column, without the spaces around them. Cells beyond the first line's are complained of."""
    if any(cell.strip() for cell in cells[len(header):]):
        extra = next(cell for cell in cells[len(header):] if cell.strip()).strip()
        report.complain(f"{name}, line {line}", f"the line has more cells than the first line: {short_of(extra)} stands outside the table",
                        "Delete that cell; in a text editor, put double quotes around a text that holds a comma.")
    return {column: meant(cell).strip() for column, cell in zip(header, cells, strict=False) if column}


def check_damage(report: Report, row: Row) -> None:
    """What a spreadsheet program does to single cells: formulas, letters that were lost, line breaks, ids that became dates."""
    for column, cell in row.cells.items():
        where = row.at(column)
        if FORMULA.match(cell):
            report.complain(where, f"the cell holds a formula or its error: {short_of(cell)}", "Format the cell as Text, and write the words again.")
        if MOJIBAKE.search(cell):
            report.complain(where, f"letters were damaged when the file was opened or saved: {short_of(cell)}",
                            "Write them again, and open the file with Data > From Text/CSV and the encoding UTF-8.")
        if "\n" in cell or "\r" in cell or "\t" in cell:
            report.complain(where, "the cell holds a line break or a tab", "Write the cell as one line.")
    unit = row["unit"]
    if unit and (DATED_ID.match(unit) or KOREAN_DATE.match(unit)):
        report.complain(row.at("unit"), f"the id {unit!r} looks like a date that the spreadsheet made of it", "Format the column as Text and write the id again, such as u3.")
    elif unit and not UNIT.match(unit):
        report.complain(row.at("unit"), f"the id {unit!r} is no id of a clause", "Write a letter and a number, such as u3.")


def short_of(cell: str) -> str:
    """The beginning of a cell, to find it by.

    >>> short_of("a" * 50)
    '“aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…”'
    """
    return f"“{cell[:40]}{'…' if len(cell) > 40 else ''}”"
