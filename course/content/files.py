"""Where the content lies and how its files are read: TOML and CSV, with complaints a teacher can act on."""

from __future__ import annotations

import csv
import io
import math
import os
import re
import tomllib
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar

from course.messages.errors import ToldError

T = TypeVar("T")

DATED_ID = re.compile(r"^\d{1,2}[-/. ]?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$|^\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?$", re.I)
ITEM_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
# What TOML can hold, as a teacher would call it; of two that fit, the first.
KIND_WORDS = {bool: "yes or no (true or false)", str: "a text", int: "a whole number", float: "a number", list: "a list", dict: "a table", type(None): "nothing"}


class ContentError(ToldError):
    """A content file is broken: where, what is wrong, and the cure, in one sentence each.

    >>> print(ContentError("data/items/01.toml, item 'who-03'", "the type 'pic' is not known", "Write pick."))
    data/items/01.toml, item 'who-03': the type 'pic' is not known. Write pick.
    """

    def __init__(self, where: str | Path, problem: str, cure: str) -> None:
        super().__init__(f"{where}: {problem}. {cure}")
        self.where, self.problem, self.cure = str(where), problem, cure


def find_data(argument: str | Path | None = None) -> Path:
    """The folder with texts, items and keys: the argument, else SAYSWHO_DATA, else this checkout, else the installed package."""
    here = Path(__file__).resolve().parent.parent
    named = argument or os.environ.get("SAYSWHO_DATA")
    places = [Path(named)] if named else [here.parent / "data", here / "data"]
    for place in places:
        try:
            if (place / "items").is_dir():
                return place
        except OSError as error:
            raise ContentError(place, f"the folder can't be looked into ({error.strerror})", "Name another folder, or ask whose it is.") from error
    looked = " and ".join(str(place) for place in places)
    raise ContentError("data", f"no folder with an items folder inside at {looked}",
                       "Run from a checkout, or set SAYSWHO_DATA to the kit's data folder.")


def short(path: Path) -> str:
    """The path as a teacher knows it: from data/ on.

    >>> short(Path("/home/ada/kit/data/items/01.toml"))
    'data/items/01.toml'
    """
    parts = path.parts
    start = len(parts) - 1 - parts[::-1].index("data") if "data" in parts else max(0, len(parts) - 3)
    return "/".join(parts[start:])


def read_text_file(path: Path) -> str:
    """A file as UTF-8 text, with or without a byte-order mark; another encoding is named in the complaint."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ContentError(short(path), f"the file can't be read ({error.strerror})", "Check that it is there and not open elsewhere.") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError(short(path), f"it is not UTF-8 text but {guess_encoding(raw)}", "Save it again as 'CSV UTF-8' or with the encoding UTF-8.") from error


def guess_encoding(raw: bytes) -> str:
    """A likely name for the encoding of bytes that are not UTF-8, to put in a complaint.

    >>> guess_encoding("김".encode("cp949"))
    'probably CP949 (Korean Windows)'
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    try:
        decoded = raw.decode("cp949")
    except UnicodeDecodeError:
        return "probably Windows-1252 or another older encoding"
    if any("가" <= letter <= "힣" for letter in decoded):
        return "probably CP949 (Korean Windows)"
    return "probably Windows-1252 or another older encoding"


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as a dictionary; a syntax error names the file and the line."""
    try:
        return tomllib.loads(read_text_file(path))
    except tomllib.TOMLDecodeError as error:
        raise ContentError(short(path), f"this is not valid TOML: {error}", "Often a quote, a comma or a bracket is missing just before that place.") from error


def in_words(kind: type) -> str:
    """What TOML calls a kind of value, in the words of a teacher.

    >>> in_words(str), in_words(int)
    ('a text', 'a whole number')
    """
    return next((words for one, words in KIND_WORDS.items() if issubclass(kind, one)), "a date or a time")


def mismatch(value: Any, kind: type) -> str:
    """Why a value is not of the kind asked for, as part of a sentence; empty if it is. A whole number is a number, and nothing else is converted.

    >>> mismatch("one", float), mismatch(True, int), mismatch(1, float)
    ("'one' is a text, not a number", 'True is yes or no (true or false), not a whole number', '')
    """
    if kind is float and isinstance(value, float) and not math.isfinite(value):
        return f"{value!r} is no number to count with"
    fits = isinstance(value, (int, float) if kind is float else kind) and (kind is bool or not isinstance(value, bool))
    return "" if fits else f"{shortened(value)} is {in_words(type(value))}, not {in_words(kind)}"


def shortened(value: Any) -> str:
    """A value as it may stand in a complaint: never longer than sixty characters."""
    written = repr(value)
    return written if len(written) <= 60 else f"{written[:59]}…"


def expect(where: str, value: Any, kind: type[T], cure: str) -> T:
    """The value itself, if it is of the kind asked for; else a `ContentError` that says what it is instead, with the cure.

    >>> expect("data/keys/practice/01.toml, item 'who-03', why", "It says so.", str, 'Write why = "…".')
    'It says so.'
    """
    if problem := mismatch(value, kind):
        raise ContentError(where, problem, cure)
    return value


def expect_each(where: str, values: Any, kind: type[T], cure: str) -> list[T]:
    """A list of which each part is of the kind asked for. Raises `ContentError` as `expect` does."""
    return [expect(where, value, kind, cure) for value in expect(where, values, list, cure)]


def read_csv(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a CSV file as a spreadsheet leaves it: comma or semicolon, with or without a byte-order mark."""
    return [row for _, row in read_rows(path, columns)]


def read_rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file, each with the number of the line it begins on; cells may hold line ends, and lines be empty."""
    text = read_text_file(path)
    header = text.split("\n", 1)[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[str] = []
    rows, begins = [], 1
    try:
        found = next(reader, [])
        begins = reader.line_num + 1
        for cells in reader:
            if cells:
                rows.append((begins, dict(zip_longest(found, cells))))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise ContentError(f"{short(path)}, line {begins}", f"this line can't be read as a table ({error})", "Look for a quotation mark without its partner.") from error
    missing = [name for name in columns if name not in found]
    if missing:
        raise ContentError(short(path), f"the column {missing[0]!r} is missing; the first line has {', '.join(map(repr, found))}", f"Write the first line as {','.join(columns)}.")
    for number, row in rows:
        if None in row or any(row[name] is None for name in columns):
            raise ContentError(f"{short(path)}, line {number}", f"this line does not have {len(found)} cells", "Put double quotes around a text that holds a comma.")
    return rows


def refuse_dates(where: str, identifier: str) -> None:
    """Complain of an id that a spreadsheet has turned into a date, such as 3-Mar for MAR3."""
    if DATED_ID.match(identifier):
        raise ContentError(where, f"the id {identifier!r} looks like a date that a spreadsheet made of it", "Format the column as text and write the id again.")
