"""The table that an assistant types answers into: a line for each thing that is asked, empty but for who and what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from course.handin.writing import replace_file
from course.paper.codes import cells_of
from course.paper.plan import Packet, PaperError, Wanted, packets_of
from course.reports import csv_bytes
from course.roster import read_roster
from course.spelling import same

COLUMNS = ("learner", "lesson", "item", "unit", "question", "answer", "printed")


def write_grid(out: Path | str, wanted: Wanted, roster: Path | str | None = None, learners: Sequence[str] = ()) -> int:
    """Write the empty table, for each learner of the roster if there is one or for those named, and say how many lines it has.

    The columns are learner, lesson, item, unit (the clause, or a card's letter), question, answer and printed (which
    wording stood on the sheet). A table that is there already is never written over: it may hold a day's typing.
    Raises `PaperError` for that, and for a learner who is not on the roster.
    """
    out = Path(out)
    refuse_table(out)
    named = learners_of(roster, learners)
    with packets_of(wanted) as (_, packets):
        rows = [row for learner in named for packet in packets for row in rows_of(learner, packet)]
    try:
        replace_file(out, csv_bytes(COLUMNS, rows))
    except OSError as error:
        raise PaperError(f"{out} can't be written ({error.strerror}). Close it where it is open, or name another file.") from error
    return len(rows)


def refuse_table(out: Path) -> None:
    """Raise `PaperError` where no new table can be begun."""
    try:
        if out.is_dir():
            raise PaperError(f"{out} is a folder. Name a new file: --out {out.name}.csv")
        if out.exists():
            raise PaperError(f"{out} is there already and may hold answers. Name another file: --out.")
    except OSError as error:
        raise PaperError(f"{out} can't be written ({error.strerror}). Name another file: --out.") from error


def learners_of(roster: Path | str | None, wanted: Sequence[str]) -> list[str]:
    """For whom the table has lines: those named, or everybody on the roster, or one learner whose id is still to be typed."""
    known = list(read_roster(roster)) if roster else None
    found = [learner_among(same(one), known) for one in wanted]
    if known is not None:
        for one in found:
            if one not in known:
                near = get_close_matches(one, known, n=1)
                raise PaperError(f"{one} is not on the roster {roster}. {f'Did you mean {near[0]}?' if near else 'Write the ids of its column learner: --learners ann bo.'}")
    return list(dict.fromkeys(found)) or known or [""]


def learner_among(typed: str, known: list[str] | None) -> str:
    """The learner as the roster writes it: zeros that a spreadsheet took from the front of an id are put back.

    >>> learner_among("42", ["0042", "7"]), learner_among("42", ["0042", "042"]), learner_among("ann", None)
    ('0042', '42', 'ann')
    """
    if known is None or typed in known or not typed.isdigit():
        return typed
    alike = [one for one in known if one.isdigit() and one.lstrip("0") == typed.lstrip("0")]
    return alike[0] if len(alike) == 1 else typed


def rows_of(learner: str, packet: Packet) -> Iterator[tuple[str, ...]]:
    """The lines of one learner's sheet."""
    for asked in packet.asked:
        for unit, question in cells_of(asked.item):
            yield learner, packet.lesson.id, asked.item.id, unit, question, "", asked.wording
