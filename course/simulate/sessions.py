"""A learner's time with a lesson: attempts, second thoughts and pauses, as the journal would have kept them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from course.classroom import Catalogue
from course.items import Item, Key, Lesson, Outcome, Slot
from course.responses import Response, moment
from course.scoring import score_item
from course.simulate.answers import confidence_of, value_of
from course.simulate.people import Learner, likely, one_of
from course.slots import Chooser

FIRST_LESSON = 1_772_445_600  # 2 March 2026, 10:00 UTC
WEEK = 7 * 24 * 3600
LEARNED_FROM_FEEDBACK = 1.2


@dataclass
class Clock:
    """The time of day of one learner; it only ever moves on."""

    seconds: float
    chance: Random

    def after(self, seconds: float) -> str:
        """The moment so many seconds later, give or take."""
        self.seconds += max(0.4, seconds * (0.5 + self.chance.random()))
        return moment(self.seconds)


def play_lesson(person: Learner, lesson: Lesson, catalogue: Catalogue, seed: int) -> list[Response]:
    """Every response of one learner in one lesson, in the order of the clock."""
    chance = Random(f"{seed}:{person.id}:{lesson.id}")
    place = sorted(catalogue.lessons).index(lesson.id)
    clock = Clock(FIRST_LESSON + place * WEEK + chance.random() * 2 * 24 * 3600, chance)
    responses: list[Response] = []
    slots = {slot.id: slot for one in catalogue.lessons.values() for slot in one.slots}
    for item, slot in asked(lesson, Chooser(f"{seed}:{person.id}"), slots):
        # Each item has its own chance, so that a new item in the content leaves the other answers as they were.
        own = Random(f"{item.id}:{person.id}:{seed}")
        if own.random() < (0.01 if item.points else 0.05) + 0.16 * (1 - person.care):
            continue
        responses += play_item(person, item, slot, catalogue, own, clock)
    return responses


def asked(lesson: Lesson, chooser: Chooser, earlier: Mapping[str, Slot]) -> Iterator[tuple[Item, Slot | None]]:
    """The items that this learner meets: of each slot one. `earlier` are the slots of other lessons by their ids."""
    slot_of = {choice: slot for slot in lesson.slots for choice in slot.choices}
    chosen = {slot.id: chooser.choose(slot, earlier.get(slot.than or "")) for slot in lesson.slots}
    for item in lesson.items:
        slot = slot_of.get(item.id)
        if slot is None or chosen[slot.id] == item.id:
            yield item, slot


def play_item(person: Learner, item: Item, slot: Slot | None, catalogue: Catalogue, chance: Random, clock: Clock) -> list[Response]:
    """The attempts at one item: graded ones are drafts only; practice is checked, and tried again by those who care."""
    key, text = catalogue.keys.get(item.id), catalogue.text_of(item)
    seen, slot_id = catalogue.wording[item.id], slot.id if slot else None
    made: list[Response] = []

    def respond(kind: str, value: Any, reason: str | None, sure: Any, seconds: float) -> None:
        name = str(UUID(int=chance.getrandbits(128), version=4))
        made.append(Response(name, clock.after(seconds), item.id, kind, "alone", seen, value, reason, sure, slot_id))

    value = value_of(person, item, key, text, chance)
    if chance.random() < 0.3:
        respond("draft", first_thought(value, chance), None, None, person.pace)
    reason, sure = reason_of(person, item, key, chance), said_sure(person, item, key, value, chance)
    respond("draft", value, reason, sure, person.pace * effort(item))
    if item.graded:
        return made
    respond("submitted", value, reason, sure, 2)
    if key and is_wrong(item, key, value, text) and chance.random() < person.care:
        value = value_of(person, item, key, text, chance, LEARNED_FROM_FEEDBACK)
        respond("submitted", value, reason, sure, person.pace * effort(item) / 2)
    return made


def first_thought(value: Any, chance: Random) -> Any:
    """What stood there a moment before: the beginning of the answer."""
    if isinstance(value, list) and len(value) > 1:
        return value[: 1 + int(chance.random() * (len(value) - 1))]
    if isinstance(value, dict) and len(value) > 1:
        return dict(list(value.items())[: 1 + int(chance.random() * (len(value) - 1))])
    return value


def reason_of(person: Learner, item: Item, key: Key | None, chance: Random) -> str | None:
    """A reason from the list of a two-step item."""
    if not item.reasons:
        return None
    if key and key.reason and chance.random() < likely(person.ability, 0.0):
        return key.reason
    return one_of(chance, item.reasons).id


def said_sure(person: Learner, item: Item, key: Key | None, value: Any, chance: Random) -> Any:
    """How sure the learner says it is, where the item asks."""
    if item.confidence:
        return confidence_of(person, bool(key) and not is_wrong(item, key, value, None), chance)
    if item.confidence_units and isinstance(value, dict) and key:
        return {unit: confidence_of(person, unit_is_right(key, unit, value), chance) for unit in item.confidence_units if unit in value}
    return None


def unit_is_right(key: Key, unit: str, value: dict[str, Any]) -> bool:
    """Whether one unit is labelled as the key has it."""
    return unit in key.units and all(getattr(key.units[unit], name, None) == choice for name, choice in value[unit].items())


def is_wrong(item: Item, key: Key, value: Any, text: Any) -> bool:
    """Whether Check would have said that something is not right yet."""
    from course.items import Answer

    if key.answer is None and not key.units:
        return False
    return score_item(item, Answer(value, key.reason), key, text=text).outcome in (Outcome.INCORRECT, Outcome.PARTLY)


def effort(item: Item) -> float:
    """How many choices an item takes."""
    return {"classify": len(item.units) or 1, "mark": 4, "chain": 4, "essay": 20, "pick": max(1, item.choose) + 1}.get(item.type, 2)


def content_of(catalogue: Catalogue, lesson: str) -> str:
    """The fingerprint of a lesson's wording, as a hand-in's first line bears it."""
    wordings = "".join(catalogue.wording[item.id] for item in catalogue.lessons[lesson].items)
    return hashlib.sha256(wordings.encode()).hexdigest()[:12]
