"""`sayswho marks table`: the answers that wait for a person as a table to fill in a spreadsheet, one for all or one for each marker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from course.classroom.desks import ASSIGNMENTS, waiting_answers
from course.classroom.grading import Classroom, open_class
from course.classroom.marking import NEEDS_A_PERSON
from course.desk.assignment import read_assignments
from course.desk.lines import DeskError, save
from course.desk.payload import Waiting
from course.desk.sheets import CODE_COLUMNS, CODES, read_codes, refuse_filled, sheet_bytes
from course.messages import counted
from course.reports import csv_bytes
from course.responses import name_in_file

SHEET = "waiting{}.csv"


def write_tables(
    handins: Path | str, roster: Path | str | None, out: Path | str, *, marks: Path | str | None = None, keys: Path | str | None = None, blind: bool = False,
    due: Path | str | None = None, in_time_only: bool = False,
) -> str:  # fmt: skip
    """Write the answers that wait into out/waiting.csv, or into a table for each marker that out/assignments.csv names, and say what is where.

    What `marks` gives points to is left out. `blind` writes codes instead of ids, and codes.csv says whose they are. Raises
    `DeskError` before anything is written over that somebody has filled in.
    """
    out = Path(out)
    classroom = open_class(handins, roster, marks=marks, keys=keys, leave_out=[out], due=due, in_time_only=in_time_only)
    answers = still_waiting(classroom)
    if not answers:
        raise DeskError(f"No answer in {handins} waits for a person, so there is nothing to write.")
    codes = {(answer.learner, answer.item.id): f"a{answer.id}" for answer in answers} if blind else {}
    dealt, spare = by_marker(answers, out)
    files = {out / SHEET.format(f"-{name_in_file(marker)}" if marker else ""): (marker, held) for marker, held in dealt.items()}
    for path in files:
        refuse_filled(path)
    if blind:
        write_codes(out, codes)
    for path, (marker, held) in files.items():
        save(path, sheet_bytes(held, marker, codes))
    lines = [f"{path}: {counted(len(held), 'answer')} to mark{f', for {marker}' if marker else ''}." for path, (marker, held) in files.items()]
    lines += [f"{counted(spare, 'answer')} that {out / ASSIGNMENTS} does not deal: split again, then write the tables again."] if spare else []
    lines += [f"{out / CODES} says whose the codes are: keep it, and give the markers only their tables."] if blind else []
    return "\n".join([*lines, f"Fill in the columns between words and comment, then: sayswho marks merge {' '.join(map(str, files))} --out marks.csv"])


def still_waiting(classroom: Classroom) -> list[Waiting]:
    """The answers that only a person can mark and nobody has marked."""
    states = {(sheet.learner, cell.item.id): cell.state for sheet in classroom.sheets.values() for cell in sheet.cells.values()}
    return [answer for answer in waiting_answers(classroom) if states[answer.learner, answer.item.id] == NEEDS_A_PERSON]


def by_marker(answers: Sequence[Waiting], out: Path) -> tuple[dict[str, list[Waiting]], int]:
    """The answers of each marker as assignments.csv deals them, and how many it deals to nobody; all to nobody by name where there is none."""
    if not (out / ASSIGNMENTS).is_file():
        return {"": list(answers)}, 0
    dealt = read_assignments(out / ASSIGNMENTS)
    theirs = {marker: {one.answer for one in dealt if one.marker == marker} for marker in sorted({one.marker for one in dealt})}
    held = {marker: [answer for answer in answers if mine & places_of(answer)] for marker, mine in theirs.items()}
    spare = sum(not any(mine & places_of(answer) for mine in theirs.values()) for answer in answers)
    return {marker: several for marker, several in held.items() if several}, spare


def places_of(answer: Waiting) -> set[tuple[str, str]]:
    """The ways to name an answer: by the learner with its item or with the slot that this fills."""
    return {(answer.learner, name) for name in (answer.item.id, *answer.names)}


def write_codes(out: Path, codes: Mapping[tuple[str, str], str]) -> None:
    """Write whose each code is; those of earlier tables stay."""
    held = read_codes([out]) | {(code, item): learner for (learner, item), code in codes.items()}
    save(out / CODES, csv_bytes(CODE_COLUMNS, sorted((code, learner, item) for (code, item), learner in held.items())))
