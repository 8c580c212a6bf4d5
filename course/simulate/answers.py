"""How an invented learner answers one item: right with the likelihood of its ability, and wrong as people are wrong.

The mistakes are those of real classes: a quoted judgement is laid at the author's door, a cue is overlooked, a mark is too long,
a wrong option is one that has something to be said for it.
"""

from __future__ import annotations

from random import Random
from typing import Any

from course.items import Item, Key, Span, Text, UnitKey
from course.simulate.headlines import write_fields
from course.simulate.people import Learner, likely, one_of

HARD = {("source", "judgement"): 0.3, ("author", "judgement"): -0.3, ("source", "fact"): -1.1, ("author", "fact"): -0.9}
HARD_LABEL = {"source": -1.2, "cue": -0.5, "unnamed": 0.1, "loaded": 0.2, "over": 0.1, "says-who": 0.2, "nobody": 0.5}
TOO_LONG = 0.3
MARKS_TOO_MANY = 0.35


def value_of(person: Learner, item: Item, key: Key | None, text: Text | None, chance: Random, gain: float = 0.0) -> Any:
    """A whole answer to an item, in the JSON of its type. `gain` is what feedback has taught since the last try."""
    return ANSWER[item.type](person, item, key or Key(item.id), text, chance, gain)


def pick(person: Learner, item: Item, key: Key, _text: Text | None, chance: Random, gain: float) -> list[str]:
    """Some options: right ones, or distractors that have a comment of their own."""
    ids = [option.id for option in item.options]
    right = list(key.answer or [])
    if not right:
        return [one_of(chance, ids)]
    wrong = [one for one in ids if one not in right] or ids
    wanted = item.choose or len(right)
    chosen: list[str] = []
    for _ in range(wanted):
        pool = right if chance.random() < likely(person.ability + gain, -0.4) else wrong
        free = [one for one in pool if one not in chosen]
        if free:
            chosen.append(one_of(chance, free))
    if item.choose == 0 and chance.random() < 0.25:
        chosen += [one for one in [one_of(chance, wrong)] if one not in chosen]
    return [one for one in ids if one in chosen]


def classify(person: Learner, item: Item, key: Key, text: Text | None, chance: Random, gain: float) -> dict[str, dict[str, str]]:
    """Every unit labelled, now and then one left out."""
    answer = {}
    for unit in item.units:
        if chance.random() < 0.02 * (1.3 - person.care) * 4:
            continue
        answer[unit] = label_unit(person, item, key.units.get(unit), chance, gain)
    return answer


def label_unit(person: Learner, item: Item, unit: UnitKey | None, chance: Random, gain: float) -> dict[str, str]:
    """The questions of one unit."""
    if unit is None:
        return {question.id: one_of(chance, question.options).id for question in item.questions}
    right = chance.random() < likely(person.ability + gain, HARD.get((unit.voice, unit.kind), 0.2))
    blames_author = unit.voice == "source" and chance.random() < 0.6
    given = {}
    for question in item.questions:
        keyed = getattr(unit, question.id, None)
        others = [option.id for option in question.options if option.id != keyed]
        if keyed is None:
            continue
        if right or question.id == "kind" and blames_author and keyed == "judgement":
            given[question.id] = keyed
        elif question.id in ("voice", "speaker") and blames_author:
            given[question.id] = "author"
        elif question.id in ("voice", "speaker") and chance.random() < 0.55:
            given[question.id] = keyed
        else:
            given[question.id] = one_of(chance, others or [keyed])
    return given


def mark(person: Learner, item: Item, key: Key, text: Text | None, chance: Random, gain: float) -> list[dict[str, Any]]:
    """Marks on the passage: some keyed spans are missed, some marks are too long, some mark what need not be marked."""
    if text is None:
        return []
    marks = []
    for span in key.spans:
        if span.optional or chance.random() > likely(person.ability + gain, HARD_LABEL.get(span.label, 0.0)):
            continue
        marks.append(as_mark(stretched(span, text, person, chance), text))
    for label in item.labels:
        if chance.random() < MARKS_TOO_MANY * (1 - likely(person.ability + gain, 0.0)):
            marks.append(as_mark(stray(label.id, item, text, chance), text))
    return list({(one["label"], one["unit"], one["start"], one["end"]): one for one in marks}.values())


def stretched(span: Span, text: Text, person: Learner, chance: Random) -> Span:
    """A mark for a keyed span: exact, or reaching over the words before and after it."""
    if chance.random() > TOO_LONG * (1 - likely(person.ability, 0.8)):
        return span
    words = text.unit(span.unit).shown
    start = words.rfind(" ", 0, max(0, span.start - 1)) + 1
    end = words.find(" ", span.end + 1)
    end = words.find(" ", end + 1) if end >= 0 else -1
    return Span(span.label, span.unit, start, end if end > span.end else len(words))


def stray(label: str, item: Item, text: Text, chance: Random) -> Span:
    """A mark of one word somewhere in the passage."""
    unit = text.unit(one_of(chance, item.units))
    words = [word for word in unit.shown.split(" ") if word]
    word = one_of(chance, words)
    start = unit.shown.find(word)
    return Span(label, unit.id, start, start + len(word))


def as_mark(span: Span, text: Text) -> dict[str, Any]:
    """A span as an answer stores it."""
    return {"label": span.label, "unit": span.unit, "start": span.start, "end": span.end, "quote": text.unit(span.unit).text[span.start : span.end]}


def chain(person: Learner, item: Item, key: Key, _text: Text | None, chance: Random, gain: float) -> list[str]:
    """The right order, or two neighbours exchanged, or a card too many."""
    orders = [list(key.answer or [card.id for card in item.cards]), *(list(other.answer) for other in key.accept)]
    order = one_of(chance, orders)
    if chance.random() < likely(person.ability + gain, -0.2) or len(order) < 2:
        return order
    place = int(chance.random() * (len(order) - 1))
    order[place], order[place + 1] = order[place + 1], order[place]
    spare = [card.id for card in item.cards if card.id not in order]
    return order + [one_of(chance, spare)] if spare and chance.random() < 0.4 else order


def write(person: Learner, item: Item, key: Key, _text: Text | None, chance: Random, gain: float) -> str:
    """A short text or a number, right or near it."""
    keyed = key.answer if isinstance(key.answer, list) else [key.answer]
    right = str(one_of(chance, keyed)) if key.answer is not None else "I would ask who says so."
    if chance.random() < likely(person.ability + gain, -0.5):
        return right
    return str(int(right) + 1) if right.isdigit() else "the author"


def essay(person: Learner, item: Item, _key: Key, _text: Text | None, chance: Random, _gain: float) -> dict[str, str]:
    """What a person has to read, better or worse with the learner's ability."""
    return write_fields(item, person.ability + 0.5 * (chance.random() - 0.5), chance)


def confidence_of(person: Learner, right: bool, chance: Random) -> str:
    """How sure a learner says it is: surer when right, and surer when bold."""
    level = person.boldness * 0.5 + (0.7 if right else -0.3) + chance.random() - 0.5
    return "sure" if level > 0.6 else "leaning" if level > -0.3 else "guessing"


ANSWER = {"pick": pick, "classify": classify, "mark": mark, "chain": chain, "write": write, "essay": essay}
