"""What stands on a class's sheets: of each slot the one question that is printed, in the order of the lesson."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from course.classroom.catalogue import laid_over
from course.content import find_data, lesson_ids, load_lesson, load_text
from course.items import Item, Lesson, Slot, Text, fingerprint
from course.messages.errors import ToldError
from course.paper.readings import Shown, shown_before
from course.release import choose_lessons, choose_slots
from course.scoring import counts

ARTICLE = "article"
ABOUT_THE_SCREEN = {"setup-01"}  # asks what a click changed


class PaperError(ToldError):
    """Sheets or their table can't be made or read: one sentence that says why, and what to do."""


def refuse_file(out: Path) -> None:
    """Raise `PaperError` where a folder is wanted and a file stands, or nothing can be."""
    try:
        if out.is_file():
            raise PaperError(f"{out} is a file. Name a folder: --out.")
    except OSError as error:
        raise PaperError(f"{out} can't be written ({error.strerror}). Name another folder: --out.") from error


@dataclass(frozen=True)
class Asked:
    """One question on paper. `slot` is the place it fills; `instead` that the learner may answer it in place of the
    one before, `reads` the texts to read first, each whole or some clauses of it.
    """

    item: Item
    number: int
    text: Text | None = None
    slot: Slot | None = None
    instead: bool = False
    reads: tuple[tuple[Text, tuple[str, ...]], ...] = ()

    @property
    def wording(self) -> str:
        """What was printed, for the table: a w and the fingerprint, so that no spreadsheet takes it for a number.

        >>> Asked(Item("a", "l", "write", "How many?"), 1).wording
        'w9243b41c7613'
        """
        return f"w{fingerprint(self.item, self.text)}"


@dataclass(frozen=True)
class Packet:
    """One lesson on paper."""

    lesson: Lesson
    asked: tuple[Asked, ...]

    @property
    def on_the_article(self) -> bool:
        """Whether a question of it needs the article beside it."""
        return any(one.item.text == ARTICLE or any(text.slug == ARTICLE for text, _ in one.reads) for one in self.asked)


@dataclass(frozen=True)
class Wanted:
    """What to print: `lessons` by number or id (none: all), `slots` as "slot=choice", `make_up` for the second versions, `scored_only` without practice."""

    lessons: Sequence[str] = ()
    slots: Sequence[str] = ()
    make_up: bool = False
    scored_only: bool = False
    keys: Path | str | None = None
    data: Path | str | None = field(default=None, repr=False)


@contextmanager
def packets_of(wanted: Wanted) -> Iterator[tuple[Path, list[Packet]]]:
    """The packets, and the folder of the content they are made of, which lasts as long as the block."""
    data = find_data(wanted.data)
    with laid_over(data, wanted.keys) as folder:
        every = [load_lesson(folder, name) for name in lesson_ids(folder)]
        printed = printed_choices(every, wanted.slots, make_up=wanted.make_up)
        lessons = choose_lessons(folder, wanted.lessons)
        notebooks = data.resolve().parent / "notebooks"
        yield folder, [packet_of(folder, lesson, printed, shown_before(notebooks / f"{lesson.id}.ipynb"), scored_only=wanted.scored_only) for lesson in lessons]


def printed_choices(lessons: Sequence[Lesson], wanted: Sequence[str], *, make_up: bool) -> dict[str, str]:
    """Which question of each slot is printed. Chance is no matter for a printer: a slot that is drawn has its first, unless one is named.

    The last test is the other one than the first, whichever that was.
    """
    chosen = choose_slots(lessons, wanted, make_up=make_up)
    slots = {slot.id: slot for lesson in lessons for slot in lesson.slots}
    for slot in slots.values():
        if slot.rule == "random":
            chosen.setdefault(slot.id, slot.choices[0])
    for slot in slots.values():
        if slot.rule == "other":
            earlier = slots.get(slot.than or "")
            place = earlier.choices.index(chosen[earlier.id]) if earlier and earlier.id in chosen else 0
            chosen[slot.id] = slot.choices[place % len(slot.choices)]
    return chosen


def packet_of(folder: Path, lesson: Lesson, printed: dict[str, str], shown: dict[str, list[Shown]], *, scored_only: bool = False) -> Packet:
    """One lesson with what is printed of it. A slot of the learner's own choice has all its questions, one instead of the other."""
    slot_of = {choice: slot for slot in lesson.slots for choice in slot.choices}
    texts: dict[str, Text] = {}
    asked: list[Asked] = []
    number, seen = 0, set()
    for item in lesson.items:
        slot = slot_of.get(item.id)
        if item.id in ABOUT_THE_SCREEN or (slot and printed.get(slot.id, item.id) != item.id) or (scored_only and not counts(item)):
            continue
        instead = slot is not None and slot.id in seen
        number += not instead
        seen.add(slot.id if slot else item.id)
        before = [*shown.get(item.id, ()), *(shown.get(slot.id, ()) if slot and not instead else ())]
        # A notebook may name the question whose text it shows.
        slugs = [(item.text if one.name in (item.id, slot and slot.id) else one.name, one.units) for one in before]
        for slug in filter(None, [item.text, *(slug for slug, _ in slugs)]):
            texts.setdefault(slug, load_text(folder, slug))
        asked.append(Asked(item, number, texts.get(item.text or ""), slot, instead, tuple((texts[slug], units) for slug, units in slugs if slug)))
    return Packet(lesson, tuple(asked))
