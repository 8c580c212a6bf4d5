"""A typed table becomes hand-ins that grade like any other. What can't be read is told with its line, and never counts as wrong."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course import __version__
from course.classroom.catalogue import laid_over
from course.content import find_data, lesson_ids, load_lesson, load_text
from course.content.files import read_rows
from course.handin import HandInError, Problem, write_handin
from course.handin.writing import file_name, refuse_foreign
from course.items import Item, Lesson, Text, fingerprint
from course.messages import counted
from course.paper.answers import Cell, answer_of
from course.paper.entry import COLUMNS, learner_among
from course.paper.plan import PaperError, refuse_file
from course.reports.tables import meant
from course.responses import Response, moment
from course.roster import read_roster
from course.spelling import same

NEEDED = COLUMNS[:6]
PRINTED = re.compile(r"w([0-9a-f]{12})\Z")
MOST_PROBLEMS = 60


@dataclass
class Read:
    """What came of a table: the hand-ins that were written, how many answers they hold, and the cells that could not be read."""

    files: list[Path] = field(default_factory=list)
    answers: int = 0
    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        told = f"{counted(len(self.files), 'hand-in')} with {counted(self.answers, 'answer')} written."
        if not self.problems:
            return f"{told} Every cell could be read."
        lines = [f"  {sentence(found)}" for found in self.problems[:MOST_PROBLEMS]]
        more = [f"  … and {len(self.problems) - MOST_PROBLEMS} more."] if len(self.problems) > MOST_PROBLEMS else []
        head = f"{told} {counted(len(self.problems), 'thing')} could not be read and count as unanswered:"
        return "\n".join([head, *lines, *more, "Correct the table and read it again: nothing is counted twice."])


def sentence(found: Problem) -> str:
    """One problem as one line: where, what, and the cure."""
    about = ", ".join(part for part in (found.learner, found.item) if part)
    return f"{found.file}, line {found.line}{f' ({about})' if about else ''}: {found.what}. {found.cure}"


@dataclass
class Typed:
    """The cells of one learner's lesson, by item."""

    learner: str
    lesson: Lesson
    cells: dict[str, dict[tuple[str, str], list[Cell]]] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)


def read_entry(
    tables: Sequence[Path | str], out: Path | str, *, roster: Path | str | None = None, keys: Path | str | None = None, data: Path | str | None = None
) -> Read:
    """Make hand-ins of what was typed: one file a learner and lesson, written into `out`.

    Reading the same table again writes the same files: a response's id is made of who, what and which answer, its time
    is the table's own. With a `roster`, learners who are not on it are told, and zeros that a spreadsheet took from an
    id are put back. Raises `PaperError` or `ContentError` when a table can't be read at all, and
    before anything is written over that a learner handed in from a computer.
    """
    refuse_file(Path(out))
    done = Read()
    with laid_over(find_data(data), keys) as folder:
        lessons = {name: load_lesson(folder, name) for name in lesson_ids(folder)}
        texts: dict[str, Text] = {}
        sheets: dict[tuple[str, str], Typed] = {}
        known = list(read_roster(roster)) if roster else None
        at = moment(max((typed_at(Path(table)) for table in tables), default=0))
        for table in tables:
            take_in(Path(table), lessons, known, sheets, done.problems)
        answered = [(sheet, list(responses_of(sheet, folder, texts, at, done.problems))) for sheet in sheets.values()]
        answered = [(sheet, responses) for sheet, responses in answered if responses]
        for sheet, _ in answered:
            refuse_other_handin(Path(out), sheet)
        for sheet, responses in answered:
            done.files.append(written(Path(out), sheet, responses, texts, at))
            done.answers += len(responses)
    return done


def typed_at(table: Path) -> float:
    """When a table was last saved. Raises `PaperError` if it is not there."""
    try:
        if table.is_file():
            return table.stat().st_mtime
    except OSError as error:
        raise PaperError(f"{table} can't be read ({error.strerror}). Copy it to a folder of yours, and name that.") from error
    raise PaperError(f"There is no file {table}. Make one with: sayswho paper grid --out {table.name}.")


def take_in(path: Path, lessons: dict[str, Lesson], known: list[str] | None, sheets: dict[tuple[str, str], Typed], problems: list[Problem]) -> None:
    """Sort the lines of a table by learner, lesson and item; empty cells say nothing."""
    for line, row in read_rows(path, NEEDED):
        cells = {name: meant(row.get(name) or "").strip() for name in COLUMNS}
        if not cells["answer"]:
            continue
        about = {"file": path.name, "line": line, "learner": same(cells["learner"]), "lesson": cells["lesson"], "item": cells["item"]}
        learner = learner_among(about["learner"], known)
        fault = fault_of_line(cells, learner, lessons, known)
        if fault:
            problems.append(Problem(*fault, **about))
            continue
        sheet = sheets.setdefault((learner, cells["lesson"]), Typed(learner, lessons[cells["lesson"]]))
        cell = Cell(cells["answer"], path.name, line)
        sheet.cells.setdefault(cells["item"], {}).setdefault((cells["unit"], cells["question"]), []).append(cell)
        sheet.printed.setdefault(cells["item"], cells["printed"])


def fault_of_line(cells: dict[str, str], learner: str, lessons: dict[str, Lesson], known: list[str] | None) -> tuple[str, str] | None:
    """What is wrong with who and what a line is about, and the cure."""
    if not learner:
        return "no learner stands in this line", "Write the id that stands on the sheet."
    if known is not None and learner not in known:
        return f"{learner} is not on the roster", "Look at the sheet and at the roster: a letter may be mistyped, or a spreadsheet may have changed a number."
    if cells["lesson"] not in lessons:
        return f"there is no lesson {cells['lesson']!r}", "Copy the lesson from a line that sayswho paper grid wrote."
    if cells["item"] not in {item.id for item in lessons[cells["lesson"]].items}:
        return f"the lesson {cells['lesson']} has no question {cells['item']!r}", "Copy the item from a line that sayswho paper grid wrote; it stands beside the question on the sheet."
    return None


def responses_of(sheet: Typed, folder: Path, texts: dict[str, Text], at: str, problems: list[Problem]) -> Iterator[Response]:
    """What one learner answered, in the order of the lesson."""
    slot_of = {choice: slot.id for slot in sheet.lesson.slots for choice in slot.choices}
    for item in sheet.lesson.items:
        if item.text and item.text not in texts:
            texts[item.text] = load_text(folder, item.text)
        if item.id not in sheet.cells:
            continue
        text = texts.get(item.text or "")
        told: list[Problem] = []
        value, reason, confidence = answer_of(item, text, sheet.cells[item.id], told)
        problems += [Problem(found.what, found.cure, found.file, found.line, sheet.learner, sheet.lesson.id, item.id) for found in told]
        if value is None and reason is None and confidence is None:
            continue
        slot = slot_of.get(item.id)
        seen = wording(sheet, item, text, problems)
        yield Response(response_id(sheet, item, [value, reason, confidence]), at, item.id, "draft", "alone", seen, value, reason, confidence, slot)


def wording(sheet: Typed, item: Item, text: Text | None, problems: list[Problem]) -> str:
    """The fingerprint of what was printed. Where the cell is empty it is today's wording; where it is damaged, none, so that a person looks."""
    typed = sheet.printed[item.id]
    if not typed:
        return fingerprint(item, text)
    found = PRINTED.match(typed.lower())
    if not found:
        first = next(iter(sheet.cells[item.id].values()))[0]
        cure = "Copy it from the sheet, where it stands beside the question, or empty the cell if the question was not changed since."
        problems.append(Problem(f"the wording {typed[:20]!r} is not one that is printed on a sheet", cure, first.file, first.line, sheet.learner, sheet.lesson.id, item.id))
    return found[1] if found else ""


def response_id(sheet: Typed, item: Item, answer: list[Any]) -> str:
    """An id that is the same whenever the same answer of the same learner is read."""
    told = json.dumps(["paper", sheet.learner, sheet.lesson.id, item.id, answer], ensure_ascii=True, sort_keys=True)
    return f"paper-{hashlib.sha256(told.encode()).hexdigest()[:26]}"


def refuse_other_handin(out: Path, sheet: Typed) -> None:
    """Raise `PaperError` where a hand-in of the same learner and lesson lies that was not made of a table."""
    try:
        place = out / file_name(sheet.learner, sheet.lesson.id)
        refuse_foreign(place, is_of_paper, PaperError, f"folder beside it: --out {out / 'paper'}")
    except HandInError as error:
        raise PaperError(f"The hand-in of {sheet.learner} for {sheet.lesson.id} was not written: {error}") from error
    except OSError as error:
        raise PaperError(f"{out} can't be read ({error.strerror}). Name another folder: --out HANDINS.") from error


def is_of_paper(contents: bytes) -> bool:
    """Whether a hand-in's first line says that it came on paper."""
    try:
        header = json.loads(contents.partition(b"\n")[0])
        return header["mode"] == "paper"
    except (ValueError, RecursionError, TypeError, KeyError):
        return False


def written(out: Path, sheet: Typed, responses: list[Response], texts: dict[str, Text], at: str) -> Path:
    """Write one hand-in. Its first line says that it came on paper."""
    whole = "".join(fingerprint(item, texts.get(item.text or "")) for item in sheet.lesson.items)
    content = hashlib.sha256(whole.encode()).hexdigest()[:12]
    try:
        return write_handin(out, responses, learner=sheet.learner, lesson=sheet.lesson.id, content=content, kit=__version__, mode="paper", at=at)
    except HandInError as error:
        if isinstance(error.__cause__, OSError):
            raise PaperError(f"{out} can't be written ({error.__cause__.strerror}). Name another folder: --out HANDINS.") from error
        raise PaperError(f"The hand-in of {sheet.learner} for {sheet.lesson.id} was not written: {error}") from error
