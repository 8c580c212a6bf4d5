"""A table of answers to mark in a spreadsheet, for whoever marks without the desk: a line an answer, an empty column a criterion.

It is read back as lines of marks. Only the columns between `words` and `comment` are criteria; others that a marker adds are let be.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from course.content.files import read_rows, read_text_file
from course.desk.lines import DeskError, Line, line_of, read_table
from course.desk.payload import LONGEST_SHOWN, Waiting, criteria_of, in_order, plain
from course.reports import csv_bytes
from course.reports.tables import meant
from course.spelling import same

ABOUT = ("learner", "lesson", "item", "asked", "text", "words")
AFTER = ("comment", "marker", "marked_text")
NOT_ASKED = "n/a"
CODES = "codes.csv"
CODE_COLUMNS = ("code", "learner", "item")
CUT = " … (cut here; the hand-in holds all)"


def sheet_bytes(answers: Sequence[Waiting], marker: str, codes: Mapping[tuple[str, str], str]) -> bytes:
    """Answers as a table to fill; `codes` stand in the place of the learners' ids where there are some."""
    ordered = in_order(answers, list({answer.item.id: answer.item for answer in answers}.values()))
    criteria = list(dict.fromkeys(one.id for answer in ordered for one in criteria_of(answer.item)))
    return csv_bytes((*ABOUT, *criteria, *AFTER), [row_of(answer, marker, criteria, codes) for answer in ordered])


def row_of(answer: Waiting, marker: str, criteria: Iterable[str], codes: Mapping[tuple[str, str], str]) -> list[str]:
    """One answer as a row, with empty cells for the levels that its item asks for."""
    most = {one.id: plain(one.points) for one in criteria_of(answer.item)}
    text = "\n".join(f"{name}: {text}" if name else text for name, text in answer.texts.items())
    asked = "; ".join(f"{name} 0 to {points}" for name, points in most.items())
    levels = ["" if name in most else NOT_ASKED for name in criteria]
    count = sum(len(one.split()) for one in answer.texts.values())
    who = codes.get((answer.learner, answer.item.id), answer.learner)
    shown = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + CUT
    return [who, answer.item.lesson, answer.item.id, asked, shown, str(count), *levels, "", marker, answer.text_code]


def header_of(contents: bytes) -> tuple[str, ...]:
    """The first line of a table, with commas or semicolons between."""
    first = contents.decode("utf-8-sig", "replace").split("\n", 1)[0].rstrip("\r")
    return tuple(next(csv.reader(io.StringIO(first), delimiter=";" if first.count(";") > first.count(",") else ","), ()))


def is_sheet(contents: bytes) -> bool:
    """Whether a file is such a table, filled or not."""
    header = header_of(contents[:20_000])
    return {"learner", "item", "words", "comment"} <= set(header) and "criterion" not in header and header.index("words") < header.index("comment")


def numbered_lines(path: Path) -> list[tuple[int, Line]]:
    """The lines of marks of a file with the numbers of its rows, whether it is a table of marks or one that was filled in a spreadsheet."""
    contents = path.read_bytes()
    if not is_sheet(contents):
        return [(number, line_of(row)) for number, row in read_rows(path, ("learner", "item", "criterion", "level"))]
    header = header_of(read_text_file(path).encode())
    criteria = header[header.index("words") + 1:header.index("comment")]
    return [(number, line) for number, row in read_rows(path, ("learner", "item", "words", "comment")) for line in lines_of(row, criteria)]


def lines_of(row: Mapping[str, str], criteria: Iterable[str]) -> list[Line]:
    """What a marker wrote into one row: a line a level, and one for the comment."""
    learner, item, marker, code = (same(meant(row.get(name) or "")) for name in ("learner", "item", "marker", "marked_text"))
    given = {name: meant((row.get(name) or "").strip()) for name in criteria}
    comment = meant((row["comment"] or "").strip())
    levels = [Line(learner, item, name, level, "", marker, marked_text=code) for name, level in given.items() if level and level.casefold() != NOT_ASKED]
    return levels + ([Line(learner, item, "", "", comment, marker)] if comment else [])


def lines_in(path: Path) -> list[Line]:
    """The lines of marks of a file, as a table of marks or as a filled one."""
    if not path.is_file() or not is_sheet(path.read_bytes()):
        return list(read_table(path).lines)
    return [line for _, line in numbered_lines(path)]


def read_codes(folders: Iterable[Path]) -> dict[tuple[str, str], str]:
    """Whose each code is, by code and item, from the codes.csv of these folders."""
    found: dict[tuple[str, str], str] = {}
    for path in dict.fromkeys(Path(folder) / CODES for folder in folders):
        if path.is_file():
            for _, row in read_rows(path, CODE_COLUMNS):
                code, learner, item = (same(meant(row[name] or "")) for name in CODE_COLUMNS)
                found[code, item] = learner
    return found


def refuse_filled(path: Path) -> None:
    """Raise `DeskError` if a table that is to be written anew holds marks, or is something else."""
    if not path.is_file():
        return
    contents = path.read_bytes()
    if not is_sheet(contents):
        raise DeskError(f"{path} is there already, and nothing in it shows that this command wrote it: it stays as it is. Name another folder: --out DIR.")
    if lines_in(path):
        raise DeskError(f"{path} is filled in already, and stays as it is. Merge it (sayswho marks merge {path} --out marks.csv), and name another folder: --out DIR.")
