"""The cells of one question become one answer; a cell that can't be read is told and left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course.handin import Problem
from course.items import Item, Text
from course.paper.codes import CHOICE, NOTHING, PLACE, REASON, SURE, TEXT, CodeError, cells_of, find_quote, lettered, read_letters, read_place, read_sureness, read_tick

BETWEEN = "|"
PUT_RIGHT = "Copy unit and question from a line that sayswho paper grid wrote."


@dataclass(frozen=True)
class Cell:
    """What was typed, and where."""

    typed: str
    file: str
    line: int


Cells = dict[tuple[str, str], list[Cell]]


@dataclass
class Reader:
    """Reads the cells of one question; what it can't read goes to `problems`."""

    item: Item
    text: Text | None
    cells: Cells
    problems: list[Problem]

    def tell(self, cell: Cell, what: str, cure: str) -> None:
        """Note what is wrong with a cell."""
        self.problems.append(Problem(what, cure, cell.file, cell.line))

    def one(self, unit: str, question: str, read: Callable[[str], Any]) -> Any:
        """The one answer to one thing asked; None where the cell is empty, or can't be read, or two lines say different things."""
        cells = self.cells.get((unit, question), [])
        found = []
        for cell in cells:
            try:
                found.append(read(cell.typed))
            except CodeError as error:
                self.tell(cell, error.what, error.cure)
                return None
        if any(other != found[0] for other in found[1:]):
            self.tell(cells[-1], f"line {cells[0].line} says something else about the same thing", "Look at the sheet and delete the line that is wrong.")
            return None
        return found[0] if found else None

    def letter(self, unit: str, question: str, options: tuple) -> str | None:
        """The id of the one option that is ticked."""
        found = self.one(unit, question, lambda typed: read_letters(typed, options))
        return found[0] if found else None


def answer_of(item: Item, text: Text | None, cells: Cells, problems: list[Problem]) -> tuple[Any, str | None, Any]:
    """The value, the reason and the confidence that the cells of a question say, each None where they say nothing."""
    reader = Reader(item, text, cells, problems)
    known = set(cells_of(item))
    for (unit, question), typed in cells.items():
        if (unit, question) not in known:
            about = " ".join(part for part in (unit, question) if part) or "an empty unit and question"
            reader.tell(typed[0], f"this question asks nothing called {about!r}", PUT_RIGHT)
    value = READERS[item.type](reader)
    reason = reader.letter("", REASON, item.reasons) if item.reasons else None
    return value, reason, confidence_of(reader)


def confidence_of(reader: Reader) -> Any:
    """How sure, for the whole question or clause by clause."""
    if reader.item.confidence:
        return reader.one("", SURE, read_sureness)
    found = {unit: reader.one(unit, SURE, read_sureness) for unit in reader.item.confidence_units}
    return {unit: sure for unit, sure in found.items() if sure} or None


def read_pick(reader: Reader) -> list[str] | None:
    """The options that are ticked."""
    return reader.one("", CHOICE, lambda typed: read_letters(typed, reader.item.options, reader.item.choose)) or None


def read_classify(reader: Reader) -> dict[str, dict[str, str]] | None:
    """The answers clause by clause; what is left out is not there. A clause of which a cell can't be read is left out whole: half of it would count as wrong."""
    found: dict[str, dict[str, str]] = {}
    for unit in reader.item.units:
        before = len(reader.problems)
        chosen = {question.id: reader.letter(unit, question.id, question.options) for question in reader.item.questions}
        given = {question: option for question, option in chosen.items() if option}
        if given and len(reader.problems) == before:
            found[unit] = given
    return found or None


def read_marks(reader: Reader) -> list[dict[str, Any]] | None:
    """The words marked, each with its place; none is an answer only where its box is ticked. With a mark that can't be read the question waits."""
    marks: list[dict[str, Any]] = []
    before, typed = len(reader.problems), False
    for unit in reader.item.units:
        for label in reader.item.labels:
            for cell in reader.cells.get((unit, label.id), []):
                typed = True
                marks += [mark for mark in marks_in(reader, cell, unit, label.id) if mark not in marks]
    nothing = reader.one("", NOTHING, read_tick)
    if nothing and typed:
        reader.tell(reader.cells["", NOTHING][0], "nothing to mark is ticked, and there are marks", "Look at the sheet and empty the one that is not meant.")
    if len(reader.problems) > before:
        return None
    return marks or ([] if nothing else None)


def marks_in(reader: Reader, cell: Cell, unit: str, label: str) -> list[dict[str, Any]]:
    """The marks of one cell: several are set apart by a bar."""
    found = []
    for piece in filter(str.strip, cell.typed.split(BETWEEN)):
        words = reader.text.unit(unit).text if reader.text else ""
        try:
            start, end = find_quote(piece, words)
        except CodeError as error:
            reader.tell(cell, f"{error.what} ({unit})", error.cure)
            continue
        found.append({"label": label, "unit": unit, "start": start, "end": end, "quote": words[start:end]})
    return found


def read_chain(reader: Reader) -> list[str] | None:
    """The cards in the order of their numbers, after those that were given. Two cards with one number say nothing."""
    placed: dict[int, str] = {}
    for letter, card in lettered(reader.item.cards).items():
        if card.id in reader.item.given:
            continue
        place = reader.one(letter, PLACE, read_place)
        if place is None:
            if reader.cells.get((letter, PLACE)):
                return None
        elif place in placed:
            reader.tell(reader.cells[letter, PLACE][0], f"two cards have the number {place}", "Look at the sheet; if it says so, empty all numbers of this question.")
            return None
        else:
            placed[place] = card.id
    return [*reader.item.given, *(placed[place] for place in sorted(placed))] if placed else None


def read_written(reader: Reader) -> str | None:
    """A short text or a number, as it was typed."""
    return reader.one("", TEXT, str.strip)


def read_essay(reader: Reader) -> dict[str, str] | None:
    """The boxes of an essay, as they were typed."""
    found = {field.id: reader.one("", field.id, str.strip) for field in reader.item.fields}
    return {name: words for name, words in found.items() if words} or None


READERS = {"pick": read_pick, "classify": read_classify, "mark": read_marks, "chain": read_chain, "write": read_written, "essay": read_essay}
