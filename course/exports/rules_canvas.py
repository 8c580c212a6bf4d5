"""What Canvas's importer makes of a gradebook file: written from its own code, and not from ours that writes such files.

Source: instructure/canvas-lms, lib/gradebook_importer.rb (read at 00b222d7): `identify_delimiter`, `row_has_student_headers?`,
`update_column_count`, `strip_non_assignment_columns`, `parse_assignments`, `process_pp`, `process_student`,
`no_change_to_value?`. Facts of it are used, not its code. Where Canvas would take a file in a way that nobody can have
meant (make an assignment, clear a score, ask for a new student), that is a complaint here.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

NEVER_AN_ASSIGNMENT = (
    "Current Score", "Current Points", "Current Grade", "Final Score", "Final Points", "Final Grade", "Override Score", "Override Grade", "Override Status",
)
NUMBER = re.compile(r"-?[0-9.,]+%?")
OURS = re.compile(r"\d+(\.\d{1,2})?|EX")


@dataclass
class Course:
    """A gradebook file as Canvas reads it: assignments by header, the points to be had, and students by id with their cells."""

    header: list[str] = field(default_factory=list)
    info: list[str] = field(default_factory=list)
    assignments: dict[str, int] = field(default_factory=dict)
    possible: dict[str, str] = field(default_factory=dict)
    students: dict[str, dict[str, str]] = field(default_factory=dict)
    about: dict[str, dict[str, str]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


def parse(contents: bytes) -> Course:
    """Read a file in the way of the importer. What it would refuse or misread stands in `complaints`."""
    course = Course()
    try:
        text = contents.decode("utf-8")
    except UnicodeDecodeError:
        course.complaints.append("it is not UTF-8.")
        return course
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text)) if any(cell.strip(" ,;") for cell in row)]
    if not rows or not read_header(course, rows[0]):
        course.complaints.append("its first line is not Student, ID, … Section and then the assignments.")
        return course
    for row in rows[1:]:
        if "Points Possible" in row[0]:
            course.possible = {title: at(row, place) for title, place in course.assignments.items()}
        elif not all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", cell, re.IGNORECASE) for cell in row):
            read_student(course, rows[0], row)
    return course


def delimiter(text: str) -> str:
    """A semicolon only if it parts the first three lines alike, into more cells than the comma does."""
    counts = {}
    for mark in ";,":
        sizes = {len(next(csv.reader([line], delimiter=mark), [])) for line in text.splitlines()[:3]}
        counts[mark] = sizes.pop() if len(sizes) == 1 else 0
    return ";" if counts[";"] > counts[","] else ","


def at(row: Sequence[str], place: int) -> str:
    """A cell, or nothing where the row is shorter."""
    return row[place] if place < len(row) else ""


def read_header(course: Course, header: list[str]) -> bool:
    """Find where the student ends and the assignments begin; whether this is a header at all."""
    split_names = header[:2] == ["LastName", "FirstName"]
    if not (len(header) > 3 and "Student" in header[0] and "ID" in header[1] or len(header) > 4 and split_names and "ID" in header[2]):
        return False
    width = 4 if split_names else 3
    if re.search(r"SIS\s+Login\s+ID", header[width - 1]):
        width += 1
    elif re.search(r"SIS\s+User\s+ID", header[width - 1]) and re.search(r"SIS\s+Login\s+ID", at(header, width)):
        width += 2 + bool(re.search(r"Integration\s+ID", at(header, width + 1)))
        width += bool(re.search(r"Root\s+Account", at(header, width - 1)))
    course.header, course.info = header, header[:width]
    for place, title in enumerate(header):
        # Canvas looks a title up among all headers and takes the first of that name, even one of the student's.
        if place >= width and not any(words in title for words in NEVER_AN_ASSIGNMENT):
            course.assignments.setdefault(title, header.index(title))
    return "Section" in at(header, width - 1)


def read_student(course: Course, header: list[str], row: list[str]) -> None:
    """One student's row, by the id that Canvas looks up first."""
    place = header.index("ID") if "ID" in header else 1
    identifier = at(row, place).strip()
    if identifier in course.students:
        course.complaints.append(f"the student with the ID {identifier} stands in it twice.")
    course.students[identifier] = {title: normal(at(row, column)) for title, column in course.assignments.items()}
    course.about[identifier] = {title: at(row, column) for column, title in enumerate(course.info)}


def normal(cell: str) -> str:
    """A cell as Canvas turns numbers: the last point or comma is the decimal mark, all others go.

    >>> normal("9,5"), normal("1.234,5"), normal("1,234"), normal("EX"), normal(" 7 ")
    ('9.5', '1234.5', '1.234', 'EX', '7')
    """
    if not NUMBER.fullmatch(cell):
        return cell.strip()
    *before, last = re.split("[,.]", cell)
    return f"{''.join(before)}.{last}" if before else last


def changes(contents: bytes, template: bytes) -> dict[tuple[str, str], str]:
    """What Canvas would write: the new score of each student id and column, where it differs from what it exported."""
    after, before = parse(contents), parse(template.removeprefix(b"\xef\xbb\xbf"))
    return {
        (identifier, title): "EX" if score.upper() == "EX" else score
        for identifier, scores in after.students.items() for title, score in scores.items()
        if not unchanged(score, before.students.get(identifier, {}).get(title, ""))
    }


def unchanged(new: str, old: str) -> bool:
    """Whether Canvas takes two cells for the same: equal, both without a score, or equal to two decimals."""
    if new == old or {new, old} <= {"", "-"}:
        return True
    try:
        return f"{float(new):.2f}" == f"{float(old):.2f}"
    except ValueError:
        return False


def canvas_complaints(contents: bytes, template: bytes, new: Iterable[str] = ()) -> list[str]:
    """What Canvas would refuse, ignore or do that nobody means, given the gradebook that it exported; `new` are columns meant to be new."""
    after, before = parse(contents), parse(template.removeprefix(b"\xef\xbb\xbf"))
    found = list(after.complaints)
    if found:
        return found
    titles = Counter(after.header)
    found += [f"the column {title!r} stands in it twice." for title, count in titles.items() if count > 1]
    found += [f"Canvas ignores the column {title!r}." for title in titles if any(words in title for words in NEVER_AN_ASSIGNMENT)]
    for title in after.assignments:
        if title not in before.assignments and title not in new:
            found.append(f"the column {title!r} is not in Canvas, and would become a new assignment.")
        if "read only" in before.possible.get(title, ""):
            found.append(f"the column {title!r} is read only in Canvas.")
        if title in before.assignments and after.possible.get(title) != before.possible.get(title):
            found.append(f"the points to be had in {title!r} would change.")
    if not after.possible:
        found.append("the row Points Possible is missing.")
    for identifier, scores in after.students.items():
        found += student_complaints(identifier, scores, after, before)
    return found


def student_complaints(identifier: str, scores: dict[str, str], after: Course, before: Course) -> list[str]:
    """What is wrong with one student's row."""
    if identifier not in before.students:
        return [f"Canvas has no student with the ID {identifier!r}, and would ask for a new one."]
    found = [
        f"{title} of the student {identifier} is not as Canvas wrote it." for title, cell in after.about[identifier].items() if before.about[identifier].get(title) != cell
    ]
    for title, score in scores.items():
        old = before.students[identifier].get(title, "")
        if score in ("", "-") and old not in ("", "-"):
            found.append(f"the score {old} of the student {identifier} in {title!r} would be cleared.")
        elif score != old and not OURS.fullmatch(score):
            found.append(f"{score!r} of the student {identifier} in {title!r} is no score.")
    return found
