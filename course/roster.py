"""Who is in a class: each learner with the names that learning platforms know it by, read from our own table or from theirs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from course.content.files import guess_encoding
from course.headers import BLACKBOARD, MOODLE, bare, in_doubt, titles
from course.items import EVERYONE
from course.messages.errors import ToldError
from course.spelling import same


class RosterError(ToldError):
    """A roster can't be used: one sentence that says where and why, and what to do."""


@dataclass(frozen=True)
class Person:
    """One learner of a class. `learner` is the id that hand-ins and the gradebook bear; the others are a platform's, empty where unknown.

    `canvas` is Canvas's user id, `sis` its SIS user id, `login` the login or username, `number` a student number.
    """

    learner: str
    name: str = ""
    section: str = ""
    canvas: str = ""
    sis: str = ""
    login: str = ""
    email: str = ""
    number: str = ""


Roster = dict[str, Person]

# How the columns are called by us, by Canvas and by people; what Moodle and Blackboard call them stands in `headers`. Case and spaces don't matter.
OURS = {
    "learner": ("learner",),
    "name": ("name", "student", "studentname"),
    "first": ("givenname",),
    "last": ("familyname",),
    "section": ("section", "sections"),
    "canvas": ("canvas", "canvasuserid"),
    "sis": ("sis", "sisuserid"),
    "login": ("login", "loginid", "sisloginid"),
    "email": ("e-mail", "e-mailaddress"),
    "number": ("number", "studentnumber"),
}
COLUMNS = {column: (*names, *(bare(title) for title in titles(column, MOODLE, BLACKBOARD))) for column, names in OURS.items()}
# What becomes the learner's id where no column is called learner: the first that is filled in.
FIRST_CHOICE = ("login", "email", "number", "sis", "canvas")
NEVER_TWICE = {"learner": "learner", "canvas": "Canvas id", "sis": "SIS id", "login": "login"}
TEST_STUDENTS = {"student, test", "test student"}
EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
EXPORTS = "export the gradebook of Canvas or Blackboard or the participants of Moodle as CSV"
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")


def read_roster(path: Path | str) -> Roster:
    """The class in the order of its file, by learner.

    The file is our own `learner,name` (with any of section, canvas, sis, login, email, number beside it), the gradebook
    that Canvas or Blackboard exports, or the participants or grades that Moodle does: comma, semicolon or tab, UTF-8 or
    UTF-16. Columns are told by their names. Without a column `learner`, the login or username is the id, else the
    e-mail address, else a number. Raises `RosterError` if the file is no such table, or an id stands twice.
    """
    path = Path(path)
    lines = table_of(path)
    first, header = next(lines, (1, []))
    places = columns_of(header)
    refuse_header(path, first, header, places)
    roster: Roster = {}
    seen: dict[tuple[str, str], str] = {}
    for line, cells in lines:
        row = {column: same(cells[place]) if place < len(cells) else "" for column, place in places.items()}
        if not any(same(cell) for cell in cells) or is_no_person(row, places):
            continue
        if any(same(cell) for cell in cells[len(header):]):
            raise RosterError(f"{path.name}, line {line}: this line has more than the {len(header)} cells of the first. Put double quotes around a name that holds a comma.")
        person = person_of(row, f"{path.name}, line {line}")
        for column, word in NEVER_TWICE.items():
            identifier = getattr(person, column)
            if identifier and (column, identifier) in seen:
                raise RosterError(f"{path.name}, line {line}: the {word} {identifier} stands here a second time. Delete one of the lines.")
            seen[column, identifier] = person.learner
        roster[person.learner] = person
    return roster


def table_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines of a table with the numbers on which they begin, whatever its encoding and its separator; empty ones at its top fall away."""
    if not path.is_file():
        raise RosterError(f"There is no file {path}. It is a table whose first line is learner,name.")
    try:
        text = decoded(path.read_bytes(), path.name)
    except OSError as error:
        raise RosterError(f"{path.name} can't be read ({error.strerror}). Check that it is there and not open elsewhere.") from error
    top = next((line for line in text.splitlines() if line.strip(",;\t \"")), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=top.count))
    begins, started = 1, False
    try:
        for cells in reader:
            started = started or any(same(cell) for cell in cells)
            if started:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise RosterError(f"{path.name}, line {begins}: this line can't be read as a table ({error}). Look for a quotation mark without its partner.") from error


def decoded(raw: bytes, name: str) -> str:
    """A table's text: UTF-16 and UTF-8 by their marks, else UTF-8; an Excel file and other encodings are refused with the cure."""
    if raw.startswith(EXCEL):
        what = "a zip or an Excel file" if raw.startswith(EXCEL[0]) else "an Excel file"
        raise RosterError(f"{name} is {what}, and the roster must be CSV. If it is Excel's, open it, choose Save As, CSV UTF-8, and name the new file.")
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        told = guess_encoding(raw) if encoding == "utf-8-sig" else "damaged UTF-16"
        raise RosterError(f"{name} is not UTF-8 text but {told}. Save it again as CSV UTF-8.") from error


def columns_of(header: list[str]) -> dict[str, int]:
    """Which place each column we know has; the first of two alike counts.

    >>> columns_of(["Student", "ID", "SIS Login ID", "Section", "Essay 1 (4567)"])
    {'name': 0, 'canvas': 1, 'login': 2, 'section': 3}
    >>> columns_of(["First name", "Surname", "ID number", "Email address"])
    {'first': 0, 'last': 1, 'number': 2, 'email': 3}
    """
    known = {alias: column for column, aliases in COLUMNS.items() for alias in aliases}
    written = [bare(cell) for cell in header]
    # "ID" alone is Canvas's user id in Canvas's own export, and anybody's number elsewhere.
    known["id"] = "canvas" if {"section", "sisloginid", "sisuserid"} & set(written) and "learner" not in written else "number"
    places: dict[str, int] = {}
    for place, name in enumerate(written):
        if name in known:
            places.setdefault(known[name], place)
    return places


def refuse_header(path: Path, line: int, header: list[str], places: dict[str, int]) -> None:
    """Complain of a table whose columns don't tell who is who."""
    if any(column in places for column in ("learner", *FIRST_CHOICE)):
        if told := in_doubt(header):
            raise RosterError(f"{path.name}, line {line}: {told}.")
        return
    shown = (", ".join(repr(same(cell)[:40]) for cell in header[:8]) or "nothing") + misspelt(header)
    if places.keys() & {"name", "first", "last"}:
        told = f"{path.name}, line {line}: this table names people and holds no id (its first line has {shown})"
        raise RosterError(f"{told}. Export it again with the username, the e-mail address or the ID number, or add a column learner.")
    raise RosterError(f"{path.name}, line {line}: no column says who is in the class (the first line has {shown}). Write the first line as learner,name, or {EXPORTS}.")


def misspelt(header: list[str]) -> str:
    """The column that may have been meant by one we don't know, as the end of a sentence.

    >>> misspelt(["lerner", "name"]), misspelt(["a", "b"])
    ("; perhaps 'lerner' is meant for learner", '')
    """
    known = ("learner", *(alias for column in FIRST_CHOICE for alias in COLUMNS[column]))
    for cell in header[:40]:
        name = same(cell).casefold()
        # Long titles are those of assignments, and comparing them takes its time.
        if len(name) >= 40 or name in known:
            continue
        close = get_close_matches(name, known, n=1, cutoff=0.8)
        if close:
            return f"; perhaps {same(cell)!r} is meant for {close[0]}"
    return ""


def is_no_person(row: dict[str, str], places: dict[str, int]) -> bool:
    """Whether a line of a Canvas export is none of a learner: points possible, how grades are posted, or the test student."""
    if "canvas" not in places or "learner" in places:
        return False
    nameless = not any(row.get(column) for column in ("canvas", "sis", "login", "section"))
    return nameless or full_name(row).casefold() in TEST_STUDENTS or row.get("name", "").casefold() in TEST_STUDENTS


def person_of(row: dict[str, str], where: str) -> Person:
    """The learner of one line."""
    learner = row["learner"] if "learner" in row else next((row[column] for column in FIRST_CHOICE if row.get(column)), "")
    if not learner:
        named = f" beside {full_name(row)}" if full_name(row) else ""
        raise RosterError(f"{where}: no id stands here{named}. Write one, or delete the line.")
    if learner == EVERYONE:
        raise RosterError(f"{where}: the id * means the whole class in marks.csv. Give this learner another id.")
    kept = {column: row.get(column, "") for column in ("section", "canvas", "sis", "login", "email", "number")}
    return Person(learner, full_name(row), **kept)


def full_name(row: dict[str, str]) -> str:
    """A name as people say it, from one column or two; "Last, First" is turned round, but never in a table of our own.

    >>> full_name({"name": "Moss, Ida"}), full_name({"first": "Ida", "last": "Moss"}), full_name({"name": "김, 서연"})
    ('Ida Moss', 'Ida Moss', '김 서연')
    """
    if "name" in row:
        last, comma, first = row["name"].partition(", ")
        if not comma or "learner" in row:
            return row["name"]
    else:
        first, last = row.get("first", ""), row.get("last", "")
    first, last = first.strip(), last.strip()
    return f"{last} {first}" if CJK.fullmatch(first) and CJK.fullmatch(last) else f"{first} {last}".strip()