"""What Moodle makes of a grading worksheet and of a gradebook import: written from its own code, and not from ours that writes such files.

Sources: moodle/moodle, mod/assign/feedback/offline/importgradeslib.php (9762977c) and locallib.php (04975560) for the
worksheet; grade/import/csv/classes/load_data.php (0289d8c7) for the import: `update_grade_item`, `check_user_exists`,
`prepare_import_grade_data`. Facts of them are used, not their code.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from course.headers import MOODLE, NO, bare, spoken

IDENTIFIER = re.compile(r"\D*(\d+)")
FEEDBACK = "feedback comments"
# The importer compares each header with the word of the teacher's language; here it stands by its English name.
INTO = {
    bare(word): MOODLE[kind]["en"][0].lower()
    for kind in ("grade", "most", "changeable", "modified", "comments") for words in MOODLE[kind].values() for word in words
}
NUMBER = re.compile(r"\d+(?:[.,]\d{1,2})?")


def read(contents: bytes) -> list[list[str]]:
    """The rows of a file that Moodle wrote or reads: UTF-8, whose mark is trimmed, or UTF-16."""
    encoding = "utf-16" if contents[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = contents.decode(encoding)
    mark = max(",;\t", key=text.partition("\n")[0].count)
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) if row]


def number(cell: str) -> Decimal | None:
    """A grade as Moodle reads it, with the point or the comma of its language; None for a cell that is no number."""
    written = re.sub(r"(?<=\d)[.,](?=\d{3}(?:[.,]\d{3})*[.,]\d{1,2}$)", "", "".join(cell.split()))
    return Decimal(written.replace(",", ".")) if NUMBER.fullmatch(written) else None


def worksheet_complaints(contents: bytes, template: bytes) -> list[str]:
    """What in a filled worksheet Moodle would refuse, skip or overwrite, given the one that it handed out."""
    (header, *rows), (asked, *before) = read(contents), read(template)
    titles = [INTO.get(bare(title), title.strip().lower()) for title in header]
    if header != asked or len(rows) != len(before):
        return ["its columns or its rows are not those of the worksheet that Moodle handed out."]
    languages = spoken(asked, MOODLE, ("identifier", "grade", "modified"))
    if languages:
        word = {bare(one) for one in MOODLE["identifier"][languages[0]]}
        titles = ["identifier" if bare(title) in word else known for title, known in zip(header, titles)]
    missing = [title for title in ("identifier", "grade", "last modified (grade)") if title not in titles]
    if missing:
        return [f"it lacks the column {missing[0]!r}, which Moodle needs."]
    if titles[0] == FEEDBACK:
        return ["Feedback comments is its first column, which Moodle can't tell from none."]
    found = []
    for row, old in zip(rows, before):
        cells = {title: (new, earlier) for title, new, earlier in zip(titles, row, old)}
        found += row_complaints(cells, cells["identifier"][0], changed={title for title, (new, earlier) in cells.items() if new != earlier}, same_length=len(row) == len(old))
    return found


def row_complaints(cells: Mapping[str, tuple[str, str]], who: str, changed: set[str], same_length: bool) -> list[str]:
    """What is wrong with one row, whose cells stand with what Moodle had in them."""
    if not IDENTIFIER.fullmatch(who) or not same_length or changed - {"grade", FEEDBACK}:
        return [f"the row of {who} was changed in more than its grade and its comment."]
    found = []
    if FEEDBACK in changed and cells[FEEDBACK][1].strip():
        found.append(f"the comment that {who} has already would be overwritten.")
    if "grade" not in changed:
        return found
    grade, most = number(cells["grade"][0]), number(cells["maximum grade"][0]) if "maximum grade" in cells else None
    if grade is None:
        found.append(f"{cells['grade'][0]!r} of {who} is no grade, and Moodle would leave the row out.")
    elif most is not None and grade > most:
        found.append(f"{cells['grade'][0]} of {who} is more than the maximum grade {cells['maximum grade'][0]}, and Moodle would leave the row out.")
    if cells.get("grade can be changed", ("", ""))[0].strip().lower() in NO:
        found.append(f"the grade of {who} can't be changed in Moodle.")
    return found


def gradebook_complaints(contents: bytes, users: bytes, key: str, most: Mapping[str, Decimal]) -> list[str]:
    """What in a table for the gradebook would make Moodle cancel the whole import, or clear a grade.

    `users` is the file from Moodle with all users, `key` its column by which they are known, `most` the most that each
    column may hold.
    """
    (header, *rows), (titles, *known) = read(contents), read(users)
    known_by = Counter(row[titles.index(key)].strip() for row in known if len(row) > titles.index(key))
    if header[:1] != [key] or len(header) < 2 or len(set(header)) < len(header):
        return ["its columns are not the one by which users are known and one for each lesson."]
    found = [f"the user {who!r} stands in it {count} times." for who, count in Counter(row[0].strip() for row in rows).items() if count > 1]
    for row in rows:
        who = row[0].strip()
        if not who or known_by[who] != 1:
            found.append(f"Moodle has no user {who!r}, or several, and would cancel the whole import.")
        for title, value in zip(header[1:], row[1:], strict=False):
            grade = number(value)
            if not value.strip() or value.strip() == "-":
                found.append(f"the grade of {who} in {title!r} would be cleared.")
            elif grade is None or grade > most[title]:
                found.append(f"{value!r} of {who} in {title!r} is no grade from 0 to {most[title]}, and Moodle would cancel the whole import.")
        if len(row) != len(header):
            found.append(f"the row of {who} has {len(row)} cells and not {len(header)}.")
    return found
