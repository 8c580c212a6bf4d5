"""What a browser is told about an item. It is built from the item and its text alone, so no key can be in it."""

from __future__ import annotations

from itertools import product
from typing import Any

from course.items import HOWS, KINDS, VOICES, Item, Option, Text, class_of, fingerprint
from course.messages import split_prompt

Payload = dict[str, Any]


def present(item: Item, text: Text | None, slot: str | None = None) -> Payload:
    """An item as the view draws it, with the clauses of its text where it shows any.

    `slot` is the place in the lesson that led to the item. A `KeyError` names a clause that the text does not have.

    >>> from course.items import Unit
    >>> text = Text("t", "A text", (Unit("S1", 1, "It rained. "), Unit("S2", 1, "So he said.")))
    >>> item = Item("rain-01", "l", "pick", "Which one?", text="t", units=("S2",), options=(Option("S2", "So he said."),))
    >>> present(item, text)["options"]
    [{'id': 'S2', 'text': 'So he said.', 'unit': True}]
    """
    from_units = item.type == "pick" and {option.id for option in item.options} == set(item.units)
    lead, prompt, more = split_prompt(item.prompt)
    return {
        "id": item.id, "lesson": item.lesson, "slot": slot, "type": item.type, "lead": lead, "prompt": prompt, "more": more, "help": item.help,
        "graded": item.graded, "credit": item.credit, "points": _plain(item.points), "seen": fingerprint(item, text), "choose": item.choose,
        "confidence": item.confidence, "confidence_units": list(item.confidence_units), "reasons": _options(item.reasons),
        "options": [{**option, "unit": True} if from_units else option for option in _options(item.options)],
        "units": [] if from_units or text is None else [_unit(text, unit) for unit in item.units],
        "context": _context(item, text) if text and item.type in ("classify", "mark") else [],
        "questions": [{"id": q.id, "prompt": q.prompt, "options": _options(q.options)} for q in item.questions],
        "show_class": item.show_class, "classes": _classes() if item.show_class else [], "labels": [{"id": one.id, "name": one.name, "hint": one.hint} for one in item.labels], "nothing": item.nothing,
        "cards": _options(item.cards), "given": list(item.given),
        "fields": [{"id": f.id, "prompt": f.prompt, "max_words": f.max_words, "lines": f.lines} for f in item.fields],
        "criteria": [{"id": c.id, "name": c.name, "points": _plain(c.points), "levels": dict(c.levels)} for c in item.criteria],
        "number": item.number, "max_words": item.max_words, "challenge": item.challenge,
    }  # fmt: skip


def _options(options: tuple[Option, ...]) -> list[dict[str, Any]]:
    return [{"id": option.id, "text": option.text} for option in options]


def _unit(text: Text, unit_id: str) -> dict[str, Any]:
    unit = text.unit(unit_id)
    return {"id": unit.id, "paragraph": unit.paragraph, "text": unit.shown}


def _context(item: Item, text: Text) -> list[dict[str, Any]]:
    """The clauses that stand between and around those asked about, from the first paragraph touched to the last.

    They are shown in grey in their places. An item that asks out of the order of the text has none.
    """
    order = [unit.id for unit in text.units]
    asked = [order.index(unit) for unit in item.units]
    if asked != sorted(asked):
        return []
    paragraphs = [text.units[place].paragraph for place in asked]
    around = [unit for unit in text.units if min(paragraphs) <= unit.paragraph <= max(paragraphs)]
    return [_unit(text, unit.id) | {"before": _next_asked(order, asked, unit.id)} for unit in around if unit.id not in item.units]


def _next_asked(order: list[str], asked: list[int], unit_id: str) -> str | None:
    """The clause asked about that follows this one, or None when it follows them all."""
    return next((order[place] for place in asked if place > order.index(unit_id)), None)


def _classes() -> list[dict[str, Any]]:
    """The name of each combination of answers that has one, so that a browser can show it as it is chosen."""
    named = []
    for voice, kind in product(VOICES, KINDS):
        hows = (None,) if class_of(voice, kind) else HOWS
        named += [{"voice": voice, "kind": kind, "how": how, "name": class_of(voice, kind, how)} for how in hows]
    return [one for one in named if one["name"]]


def _plain(number: float) -> float:
    """2.0 as 2, so that a screen never says "2.0 points"."""
    return int(number) if number == int(number) else number
