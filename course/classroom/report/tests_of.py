"""Which items are a test: the choices of a slot that asks what an earlier slot did not, and of that earlier slot."""

from __future__ import annotations

from collections.abc import Iterator

from course.classroom.catalogue import Catalogue
from course.items import Item, Slot

Pair = tuple[Slot, Slot]


def test_slots(catalogue: Catalogue) -> list[Pair]:
    """The slots of a first and a last test, as pairs."""
    slots = {slot.id: slot for lesson in catalogue.lessons.values() for slot in lesson.slots}
    return [(slots[slot.than], slot) for slot in slots.values() if slot.rule == "other" and slot.than in slots]


def test_items(catalogue: Catalogue) -> dict[str, Slot]:
    """Every item of a first or last test, with its slot."""
    return {choice: slot for pair in test_slots(catalogue) for slot in pair for choice in slot.choices}


def later_tests(catalogue: Catalogue) -> Iterator[Item]:
    """Items of another lesson that stand alone and ask of a new text what the tests ask: a test some weeks later."""
    asked = {(len(item.units), tuple(question.id for question in item.questions)) for item in map(catalogue.items.get, test_items(catalogue)) if item}
    tests = test_items(catalogue)
    last = max((slot.lesson for slot in tests.values()), default="")
    for item in catalogue.items.values():
        if item.lesson > last and last and item.type == "classify" and (len(item.units), tuple(question.id for question in item.questions)) in asked:
            yield item
