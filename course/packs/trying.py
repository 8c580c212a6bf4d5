"""For trying things out: a passing folder to work in, and a hand that edits a spreadsheet as a program would save it."""

from __future__ import annotations

import atexit
import csv
import io
import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from course.handin.writing import replace_file
from course.packs.laying import PackError
from course.packs.sheets import delimiter_of


def enter_scratch_folder() -> None:
    """Go into a new, empty folder outside the kit. What is made there is for trying out, and goes when the kernel is shut down in order."""
    folder = tempfile.mkdtemp(prefix="sayswho-try-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.chdir(folder)


def edit(sheet: str | Path, line: str, /, *, delimiter: str = ";", **cells: str) -> None:
    """Change cells of the line whose first cell is `line`, or add such a line, and save as a spreadsheet program does: here with semicolons.

    A column whose name has a space is written with `_`: `if_fact="…"`. Raises `PackError` for a column that is not there.
    """
    path = Path(sheet)
    text = path.read_bytes().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    row = next((row for row in rows if row and row[0] == line), None)
    if row is None:
        row = [line]
        rows.append(row)
    row += [""] * (len(header) - len(row))
    for name, value in cells.items():
        column = name if name in header else name.replace("_", " ")
        if column not in header:
            raise PackError(f"{path.name} has no column {column!r}. Its columns are: {', '.join(header)}.")
        row[header.index(column)] = value
    replace_file(path, saved([header, *rows], delimiter))


def saved(rows: list[list[str]], delimiter: str) -> bytes:
    """Rows as Excel saves them in many countries: a mark at the beginning, semicolons, and its own line ends."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def unzip(file: str | Path) -> None:
    """Open a zip beside itself, as a click on it does."""
    with zipfile.ZipFile(file) as archive:
        archive.extractall(Path(file).parent)
