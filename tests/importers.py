"""What an importer would read from a file that was written for it: the readers that only tests ask."""

from __future__ import annotations

from decimal import Decimal

from course.exports.rules_blackboard import IDENTIFIED, table
from course.exports.rules_moodle import IDENTIFIER, number, read


def worksheet_grades(contents: bytes, template: bytes) -> dict[str, Decimal]:
    """What Moodle would write from a worksheet: the new grade of each participant, where it is one that Moodle takes and differs."""
    (header, *rows), (_, *before) = read(contents), read(template)
    titles = [title.strip().lower() for title in header]
    grade, most, changes = titles.index("grade"), titles.index("maximum grade") if "maximum grade" in titles else None, {}
    old = {row[titles.index("identifier")]: row for row in before}
    for row in rows:
        identifier = row[titles.index("identifier")]
        locked = "grade can be changed" in titles and row[titles.index("grade can be changed")].strip().lower() == "no"
        value = number(row[grade])
        above = most is not None and value is not None and value > (number(row[most]) or 0)
        if value is None or above or locked or value == number(old[identifier][grade]):
            continue
        changes[IDENTIFIER.fullmatch(identifier)[1]] = value
    return changes


def gradebook_grades(contents: bytes) -> dict[tuple[str, str], Decimal | None]:
    """What Moodle would import: the grade of each user and column, None where it would clear one.

    A row whose user is blank counts for the user of the row before it, as it does in Moodle.
    """
    header, *rows = read(contents)
    user, found = "", {}
    for row in rows:
        user = row[0].strip() or user
        found |= {(user, title): number(value) for title, value in zip(header[1:], row[1:])}
    return found


def blackboard_scores(contents: bytes) -> dict[tuple[str, str], str]:
    """What Blackboard would read: the cell of each username and column number."""
    header, rows, _, _ = table(contents)
    login = header.index("Username")
    numbers = {place: title.rpartition("|")[2] for place, title in enumerate(header) if IDENTIFIED.fullmatch(title)}
    return {(row[login], number): row[place] for row in rows for place, number in numbers.items() if len(row) > max(place, login)}
