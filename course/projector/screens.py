"""What a projector shows: one screen a clause and question, made of the item and its text alone, so no key can be in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from course.items import Item, Option, Text
from course.messages import say

REASON = "reason"
CHOICE = "choice"
HERE, NOT_HERE = "here", "not-here"


@dataclass(frozen=True)
class Screen:
    """One question to a room. `unit` is the clause asked about, empty where the question is about no single one.

    `question` is what is asked: a question of the codebook, a label to look for, `choice` or `reason`. `before`, `words`
    and `after` are the text around, the text in the middle of the screen, and the text that follows.
    """

    item: Item
    unit: str
    question: str
    words: str
    ask: str
    options: tuple[Option, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    title: str = ""

    @property
    def id(self) -> str:
        """A name for the screen, the same each time."""
        return "/".join(part for part in (self.item.id, self.unit, self.question) if part)

    def as_dict(self) -> dict[str, Any]:
        """The screen as the browser draws it."""
        return {
            "id": self.id, "unit": self.unit, "title": self.title, "words": self.words, "ask": self.ask, "before": list(self.before), "after": list(self.after),
            "options": [{"id": option.id, "text": option.text} for option in self.options], "choose": self.item.choose if self.question == CHOICE else 1,
        }  # fmt: skip


@dataclass(frozen=True)
class Group:
    """The screens of one item or text. `sealed` is the sentence to agree to before any of them is shown; empty where there is none."""

    id: str
    screens: tuple[Screen, ...]
    sealed: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The group as the browser draws it."""
        return {"id": self.id, "sealed": self.sealed, "screens": [screen.as_dict() for screen in self.screens]}


def screens_of(item: Item, text: Text | None) -> tuple[Screen, ...]:
    """The screens of one item, in the order of its clauses; none for what a room can't answer by hands (to order, to write).

    >>> from course.items import Question, Unit
    >>> text = Text("t", "Rain", (Unit("S1", 1, "It rained. "), Unit("S2", 1, "Good, he said.")))
    >>> asked = Question("voice", "Whose voice is it?", (Option("author", "the text itself"), Option("source", "a source")))
    >>> item = Item("rain-01", "l", "classify", "The rain.", text="t", units=("S1", "S2"), questions=(asked,))
    >>> [(screen.id, screen.before, screen.words) for screen in screens_of(item, text)]
    [('rain-01/S1/voice', (), 'It rained.'), ('rain-01/S2/voice', ('It rained.',), 'Good, he said.')]
    """
    makers = {"classify": screens_of_clauses, "mark": screens_of_marks, "pick": screens_of_pick}
    return tuple(makers[item.type](item, text)) if item.type in makers else ()


def screens_of_clauses(item: Item, text: Text | None) -> Iterator[Screen]:
    """Each clause with each question asked of it."""
    for unit in item.units if text else ():
        for question in item.questions:
            yield in_its_paragraph(item, text, unit, question.id, question.prompt or say(f"question.{question.id}"), question.options)


def screens_of_marks(item: Item, text: Text | None) -> Iterator[Screen]:
    """Each clause with each label: is there one here? The words themselves come with the key."""
    answers = (Option(HERE, "Yes, there is one here"), Option(NOT_HERE, "No, there is none"))
    for unit in item.units if text else ():
        for label in item.labels:
            hint = f" ({label.hint})" if label.hint else ""
            yield in_its_paragraph(item, text, unit, label.id, f"Is there a **{label.name}** here?{hint}", answers)


def screens_of_pick(item: Item, text: Text | None) -> Iterator[Screen]:
    """The question with its options; where a reason belongs to it, the reasons on a screen of their own."""
    from_units = {option.id for option in item.options} == set(item.units)
    passage = tuple(text.unit(unit).shown for unit in item.units) if text and not from_units else ()
    yield Screen(item, "", CHOICE, item.prompt, item.help, item.options, before=passage, title="")
    if item.reasons:
        yield Screen(item, "", REASON, item.prompt, say("reason.ask"), item.reasons, before=passage, title="")


def in_its_paragraph(item: Item, text: Text, unit: str, question: str, ask: str, options: tuple[Option, ...]) -> Screen:
    """One clause with what stands before and after it in its paragraph."""
    paragraph = [one for one in text.units if one.paragraph == text.unit(unit).paragraph]
    place = [one.id for one in paragraph].index(unit)
    before, after = (tuple(one.shown for one in part) for part in (paragraph[:place], paragraph[place + 1:]))
    return Screen(item, unit, question, text.unit(unit).shown, ask, options, before, after, text.title)
