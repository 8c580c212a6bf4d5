"""A question as a learning platform asks it, before it is written in that platform's own format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from course.exports.told import ExportError, named
from course.items import Item, Key, Lesson, Text
from course.messages import counted
from course.reports.html import Html

# One of several, any number of several, stems with answers to choose, words, a number, and what a person reads.
ONE, SEVERAL, PAIRS, WORDS, NUMBER, ESSAY = "one", "several", "pairs", "words", "number", "essay"
COUNTING, PRACTICE, BOTH = "counting", "practice", "both"


@dataclass(frozen=True)
class Reply:
    """One answer that can be chosen: its words, the share of the points it earns (below 0: takes away), what is said to it, and whether it is the key's own."""

    text: Html
    share: float
    feedback: Html = Html("")
    keyed: bool = False


@dataclass(frozen=True)
class Question:
    """One question of a platform. `id` is our item's id, with the clause or `why` after it where an item makes several.

    `rows` are stems with their answers and `spare` answers that fit none; `answers` are the wordings or the number that count;
    `template` stands in the box at the start, and `marking` is for the person who marks.
    """

    id: str
    item: str
    kind: str
    title: str
    points: float
    head: Html
    why: Html = Html("")
    tags: tuple[str, ...] = ()
    replies: tuple[Reply, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    spare: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    tolerance: float = 0.0
    template: tuple[str, ...] = ()
    marking: Html = Html("")
    lines: int = 10

    @property
    def right(self) -> tuple[Reply, ...]:
        """The replies that earn something."""
        return tuple(reply for reply in self.replies if reply.share > 0)


@dataclass
class Notes:
    """What differs there and what could not be carried: a sentence, and the items that it is true of."""

    differs: dict[str, list[str]] = field(default_factory=dict)
    left_out: dict[str, list[str]] = field(default_factory=dict)

    def differ(self, sentence: str, item: str) -> None:
        """Something that is not there as it is here."""
        add(self.differs, sentence, item)

    def leave(self, sentence: str, item: str) -> None:
        """Something that is not carried at all."""
        add(self.left_out, sentence, item)

    def keep(self, sets: Iterable[Set]) -> None:
        """Forget what differs of items that were not carried after all."""
        carried = {question.item for one in sets for question in one.questions}
        kept = {sentence: [item for item in items if item in carried] for sentence, items in self.differs.items()}
        self.differs = {sentence: items for sentence, items in kept.items() if items}

    def lines(self) -> list[str]:
        """The notes for the screen."""
        differs = [f"  - {sentence} ({named(items)})" for sentence, items in self.differs.items()]
        # What is missing is named to the last one.
        left_out = [f"  - {sentence} ({', '.join(items)})" for sentence, items in self.left_out.items()]
        parts = (("What is different there:", differs), ("What was not carried:", left_out))
        return [line for title, lines in parts if lines for line in (title, *lines)]


def add(notes: dict[str, list[str]], sentence: str, item: str) -> None:
    """An item to a sentence, once."""
    items = notes.setdefault(sentence, [])
    if item not in items:
        items.append(item)


@dataclass(frozen=True)
class Asking:
    """What was chosen for an export of questions: lessons in order, their keys and texts, and which of their items."""

    lessons: tuple[Lesson, ...]
    keys: Mapping[str, Key]
    texts: Mapping[str, Text]
    which: str = COUNTING
    is_counted: Callable[[Item], bool] = bool


@dataclass(frozen=True)
class Set:
    """The questions of one form of a lesson. A lesson whose slots hold parallel items has as many forms as the longest slot."""

    lesson: str
    title: str
    questions: tuple[Question, ...]
    form: int = 0

    @property
    def points(self) -> float:
        """What the set is worth."""
        return round(sum(question.points for question in self.questions), 5)


def chosen_lessons(lessons: Mapping[str, Lesson], wanted: Sequence[str]) -> tuple[Lesson, ...]:
    """The lessons that somebody names by id or by the number before it; all of them if none is named."""
    found = []
    for one in wanted:
        fits = [lesson for lesson in lessons if lesson == one or (one.isdecimal() and lesson.partition("_")[0].isdecimal() and int(lesson.partition("_")[0]) == int(one))]
        if not fits:
            raise ExportError(f"There is no lesson {one!r}. The lessons are: {', '.join(lessons)}.")
        found += fits
    return tuple(lesson for name, lesson in lessons.items() if not found or name in found)


def forms(lesson: Lesson, items: Iterable[Item]) -> list[tuple[Item, ...]]:
    """The parallel forms of a lesson: the first item of each slot with what is asked of everyone, then the second, and so on.

    A slot with fewer items than another gives its first again, so that every form is a whole lesson.
    """
    chosen = {item.id: item for item in items}
    slots = [kept for slot in lesson.slots if (kept := [choice for choice in slot.choices if choice in chosen])]
    in_slot = {choice for slot in slots for choice in slot}
    drawn = list(zip_longest(*slots)) or [()]
    found = []
    for row in drawn:
        mine = {choice or slot[0] for choice, slot in zip(row, slots, strict=True)}
        found.append(tuple(item for item in chosen.values() if item.id in mine or item.id not in in_slot))
    return found


def first_lines(out: str, sets: Sequence[Set], product: str) -> list[str]:
    """What is in the file, and the warnings that go with it."""
    questions = {question.id: question.item for one in sets for question in one.questions}
    made = f"{out} is ready for {product}: {counted(len(questions), 'question')} made of {counted(len(set(questions.values())), 'item')}. It was read again by {product}'s rules."
    return [
        made, "It holds the right answers: keep it away from learners, and out of what you hand around.",
        "Read the questions there before a class does: some speak of what stands beside them in the lesson, such as a card or a headline read before.",
    ]
