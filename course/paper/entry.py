"""The table that an assistant types answers into: a line for each thing that is asked, empty but for who and what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from course.handin.writing import replace_file
from course.paper.codes import cells_of
from course.paper.plan import Packet, PaperError, Wanted, packets_of
from course.reports import csv_bytes
from course.roster import read_roster

COLUMNS = ("learner", "lesson", "item", "unit", "question", "answer", "printed")


def write_grid(out: Path | str, wanted: Wanted, roster: Path | str | None = None) -> int:
    """Write the empty table, for each learner of the roster if there is one, and say how many lines it has.

    The columns are learner, lesson, item, unit (the clause, or a card's letter), question, answer and printed (which
    wording stood on the sheet). A table that is there already is never written over: it may hold a day's typing.
    """
    out = Path(out)
    if out.exists():
        raise PaperError(f"{out} is there already and may hold answers. Name another file: --out.")
    learners: Sequence[str] = list(read_roster(roster)) if roster else [""]
    with packets_of(wanted) as (_, packets):
        rows = [row for learner in learners for packet in packets for row in rows_of(learner, packet)]
    try:
        replace_file(out, csv_bytes(COLUMNS, rows))
    except OSError as error:
        raise PaperError(f"{out} can't be written ({error.strerror}). Close it where it is open, or name another file.") from error
    return len(rows)


def rows_of(learner: str, packet: Packet) -> Iterator[tuple[str, ...]]:
    """The lines of one learner's sheet."""
    for asked in packet.asked:
        for unit, question in cells_of(asked.item):
            yield learner, packet.lesson.id, asked.item.id, unit, question, "", asked.wording
