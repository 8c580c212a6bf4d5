"""What the browser is told about the answers to mark. Nothing in it names a learner; names go only when they are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from course.desk.marked_text import text_code
from course.items import Criterion, Item, Text
from course.reports.html import visible

LONGEST_SHOWN = 20_000
MOST_STEPS = 21
NUMBERS = 90_000


@dataclass(frozen=True)
class Waiting:
    """One answer that a person marks: whose, to which item (and by which other names the item goes), and its words by field."""

    learner: str
    item: Item
    texts: dict[str, str]
    names: tuple[str, ...] = ()
    other_wording: bool = False
    name: str = field(default="", compare=False)

    @property
    def id(self) -> str:
        """By which the browser speaks of the answer; it tells nothing about the learner to whoever reads it."""
        return hashlib.sha256(f"{self.learner}\0{self.item.id}".encode("utf-8", "replace")).hexdigest()[:12]

    @property
    def text_code(self) -> str:
        """By which the words are known again that a mark was given for."""
        return text_code(self.texts)


def criteria_of(item: Item) -> tuple[Criterion, ...]:
    """What a person judges in an item; without a rubric it is the points themselves."""
    return item.criteria or (Criterion("points", "Points", item.points),)


def steps(criterion: Criterion) -> list[float]:
    """The levels that can be given: every whole number up to the highest, and each that the rubric describes.

    A rubric that describes 1, 3 and 5 leaves 0, 2 and 4 for what lies between; with many points the steps are wider.

    >>> steps(Criterion("chain", "Chain", 5, {"1": "…", "3": "…"}))
    [0, 1, 2, 3, 4, 5]
    >>> steps(Criterion("points", "Points", 1.5))
    [0, 1, 1.5]
    """
    wide = max(1, ceil(criterion.points / (MOST_STEPS - 1)))
    described = {float(level) for level in criterion.levels if level.replace(".", "", 1).isdigit()}
    found = {float(level) for level in range(0, int(criterion.points) + 1, wide)} | {level for level in described if level <= criterion.points} | {float(criterion.points)}
    return [plain(level) for level in sorted(found)]


def plain(number: float) -> float:
    """2.0 as 2, so that no screen says "2.0".

    >>> plain(2.0), plain(2.5)
    (2, 2.5)
    """
    return int(number) if number == int(number) else number


def numbered(answers: Iterable[Waiting]) -> dict[str, int]:
    """A number for each answer instead of a name: the same each time, and in no order that tells who it is."""
    taken: dict[int, str] = {}
    for answer in sorted(answers, key=lambda one: one.id):
        number = int(answer.id, 16) % NUMBERS
        while number in taken:
            number = (number + 1) % NUMBERS
        taken[number] = answer.id
    return {name: 10_000 + number for number, name in taken.items()}


def in_order(answers: Iterable[Waiting], items: Sequence[Item]) -> list[Waiting]:
    """The answers item by item, and within an item by number, so that neither the alphabet nor the roster favours anybody."""
    order = {item.id: place for place, item in enumerate(items)}
    return sorted(answers, key=lambda answer: (order.get(answer.item.id, len(order)), answer.id))


def present_answer(answer: Waiting, number: int) -> dict[str, Any]:
    """One answer as the browser is told it. What acts instead of being seen has left a mark, and a text without end is cut."""
    texts = {name: visible(text) for name, text in answer.texts.items()}
    return {
        "id": answer.id, "number": number, "item": answer.item.id, "texts": {name: text[:LONGEST_SHOWN] for name, text in texts.items()},
        "cut": any(len(text) > LONGEST_SHOWN for text in texts.values()), "other_wording": answer.other_wording,
    }  # fmt: skip


def present_item(item: Item, text: Text | None, *, title: str, why: str) -> dict[str, Any]:
    """An item with its rubric and the text it speaks of; `why` is what its key says."""
    return {
        "id": item.id, "title": title, "prompt": item.prompt, "help": item.help, "why": why, "points": plain(item.points),
        "fields": [{"id": one.id, "prompt": one.prompt, "max_words": one.max_words} for one in item.fields] or [{"id": "", "prompt": "", "max_words": item.max_words}],
        "criteria": [
            {"id": one.id, "name": one.name, "points": plain(one.points), "steps": steps(one), "levels": dict(one.levels)} for one in criteria_of(item)
        ],
        "text": None if text is None else {"title": text.title, "paragraphs": paragraphs(text)},
    }  # fmt: skip


def paragraphs(text: Text) -> list[str]:
    """The text in its paragraphs."""
    found: dict[int, list[str]] = {}
    for unit in text.units:
        found.setdefault(unit.paragraph, []).append(unit.shown)
    return [" ".join(units) for units in found.values()]
