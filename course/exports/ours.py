"""Whether a file that stands in the way was written by the same export: only then is it replaced.

Each function takes a file's bytes and looks at its shape alone; a file of another kind, or a broken one, is not ours.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable

from course.exports.tables import delimiter_of

NO_EARLIER = (1980, 1, 1, 0, 0, 0)
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
RETURNED = re.compile(r"(?:.*[_/])feedback\.(?:html|txt|zip)")
OF_QTI = re.compile(r"imsmanifest\.xml|sayswho_.*")


def rows_in(contents: bytes) -> list[list[str]]:
    """The rows of a table, its header first; none if it is no table."""
    try:
        text = contents.decode("utf-16" if contents[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)) if row]
    except (UnicodeError, csv.Error):
        return []


def is_canvas(contents: bytes, totals: re.Pattern[str]) -> bool:
    """A gradebook for Canvas: columns of assignments and none of Canvas's own totals, which its exports always have."""
    header, *rows = rows_in(contents) or [[]]
    of_students = header[:1] in (["Student"], ["LastName"]) and "ID" in header and "Section" in header
    return of_students and header[-1] != "Section" and not any(totals.search(title) for title in header) and bool(rows) and "Points Possible" in rows[0][0]


def is_blackboard(contents: bytes, person: tuple[str, ...], column: re.Pattern[str]) -> bool:
    """A gradebook for Blackboard: the names and columns of scores, and nothing else, which its downloads always have."""
    header = (rows_in(contents) or [[]])[0]
    return tuple(header[:len(person)]) == person and len(header) > len(person) and all(column.fullmatch(title) for title in header[len(person):])


def is_moodle_import(contents: bytes, key: str) -> bool:
    """A table for Moodle's gradebook: who, and nothing but numbers."""
    header, *rows = rows_in(contents) or [[]]
    return header[:1] == [key] and len(header) > 1 and bool(rows) and all(NUMBER.fullmatch(cell) for row in rows for cell in row[1:])


def is_worksheet(contents: bytes, template: bytes, identifier: int) -> bool:
    """A worksheet of the same assignment: the same columns and participants as in the one that Moodle handed out."""
    mine, theirs = rows_in(contents), rows_in(template)
    return mine[:1] == theirs[:1] and [row[identifier:identifier + 1] for row in mine] == [row[identifier:identifier + 1] for row in theirs]


def is_moodle_xml(contents: bytes) -> bool:
    """Questions of this kit for Moodle; what Moodle itself exports begins with a comment."""
    return bool(re.match(rb"<\?xml[^>]*>\s*<quiz>\s*<question type=\"category\"><category><text>\$course\$/top/Says Who\?/", contents))


def is_zip_of(names: re.Pattern[str]) -> Callable[[bytes], bool]:
    """A zip with such files only, all of the day that this kit gives its zips."""

    def is_ours(contents: bytes) -> bool:
        try:
            with zipfile.ZipFile(io.BytesIO(contents)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return False
        return bool(entries) and all(entry.date_time == NO_EARLIER and names.fullmatch(entry.filename) for entry in entries)

    return is_ours
