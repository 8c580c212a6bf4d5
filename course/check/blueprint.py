"""Equal blueprints: the test forms are equally hard, as far as counting can tell, and so are the choices of a slot that is set for a class."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from course.check.material import Material
from course.check.reading import reading_level
from course.check.report import Report, aligned
from course.check.texts import FORM
from course.items import Item, Key, Lesson, Slot, Text

LONGER_FORM, HARDER_FORM = 1.20, 1.5
LONGER_VARIANT = 1.30
PARTS = ("units", "options", "cards", "fields", "criteria", "reasons", "questions", "labels", "confidence_units")


def check_blueprint(report: Report, material: Material) -> None:
    """Compare the forms of each test, and the choices of each slot that is set for the class."""
    families: dict[str, list[Text]] = {}
    for slug, text in material.texts.items():
        if FORM.search(slug):
            families.setdefault(slug[:-1], []).append(text)
    for forms in families.values():
        check_forms(report, forms)
    for lesson in material.lessons.values():
        for slot in lesson.slots:
            if slot.rule == "class":
                check_variants(report, material, lesson, slot)
        check_marks(report, material, lesson)


def check_forms(report: Report, forms: Sequence[Text]) -> None:
    """Forms have as many clauses, about as long ones, and a reading grade close by. That each cell holds three is proved of each form."""
    measured = [(text.slug, len(text.units), words_a_clause(text), reading_level(report, " ".join(unit.shown for unit in text.units))) for text in forms]
    rows = [(slug, str(many), f"{words:.1f}", "–" if level is None else f"{level:.1f}") for slug, many, words, level in measured]
    report.tell("Test forms", aligned([("form", "clauses", "words a clause", "grade"), *rows], right=frozenset({1, 2, 3})))
    where, cure = f"data/texts/{forms[0].slug[:-1]}…", "Make the forms alike: change words of one of them."
    if len({many for _, many, _, _ in measured}) > 1:
        report.complain(where, f"the forms have {' and '.join(str(many) for _, many, _, _ in measured)} clauses", cure)
    lengths = [words for _, _, words, _ in measured]
    if max(lengths) > LONGER_FORM * min(lengths):
        report.complain(where, f"the clauses of one form have {max(lengths):.1f} words, of another {min(lengths):.1f}: more than 20 % apart", cure)
    levels = [level for _, _, _, level in measured if level is not None]
    if levels and max(levels) - min(levels) > HARDER_FORM:
        report.complain(where, f"one form reads like grade {max(levels):.1f}, another like grade {min(levels):.1f}: more than {HARDER_FORM:g} apart", cure)


def words_a_clause(text: Text) -> float:
    """How many words a clause of a text has on average."""
    return sum(len(unit.shown.split()) for unit in text.units) / len(text.units)


def check_variants(report: Report, material: Material, lesson: Lesson, slot: Slot) -> None:
    """The choices of a slot ask the same in the same way: a make-up question must be neither easier nor shorter than the first."""
    items = [item for item in lesson.items if item.id in slot.choices]
    first = next((item for item in items if item.id == slot.choices[0]), None)
    for other in items:
        if first is not None and other is not first:
            for problem in differences(material, first, other):
                report.complain(f"data/items/{lesson.id}.toml, slot {slot.id!r}", f"{first.id} and {other.id} are not parallel: {problem}",
                                "Make the one like the other.")


def check_marks(report: Report, material: Material, lesson: Lesson) -> None:
    """Over a lesson, make-up work has as many marks of each label to find as the class had.

    Not slot by slot: in each, both would have to be sound or both at fault, and whoever knew the one would know the other.
    """
    slots = [slot for slot in lesson.slots if slot.rule == "class"]
    first, last = (marks(material, lesson, {slot.choices[place] for slot in slots}) for place in (0, -1))
    if first is not None and last is not None and first != last:
        report.complain(f"data/items/{lesson.id}.toml", f"the first choices of its slots and the last ones have not as many marks: {told(first, last)}",
                        "Give the passages of the one as many places to mark as those of the other.")


def marks(material: Material, lesson: Lesson, chosen: set[str]) -> Counter[tuple[str, ...]] | None:
    """How many marks of each label these questions want; None where a key of theirs is elsewhere, as in a class release."""
    items = [item for item in lesson.items if item.id in chosen and item.type == "mark"]
    if not all(item.id in material.keys for item in items):
        return None
    return Counter((span.label,) for item in items for span in material.keys[item.id].spans if not span.optional)


def differences(material: Material, first: Item, other: Item) -> list[str]:
    """What tells two variants apart: type, points, how many parts, how the key is balanced, how much there is to read."""
    found = []
    for name in ("type", "points", "choose", "confidence", "credit", "number", "max_words"):
        if getattr(first, name) != getattr(other, name):
            found.append(f"{name} is {getattr(first, name)} and {getattr(other, name)}")
    for name in PARTS:
        if len(getattr(first, name)) != len(getattr(other, name)):
            found.append(f"they have {len(getattr(first, name))} and {len(getattr(other, name))} {name}")
    keys = [material.keys.get(item.id) for item in (first, other)]
    if first.type == other.type == "classify" and all(keys):
        balances = [balance(item, key) for item, key in zip((first, other), keys, strict=True)]
        if balances[0] != balances[1]:
            found.append(f"their keys are not balanced alike: {told(balances[0], balances[1])}")
    lengths = [words_in(item, material.texts.get(item.text or "")) for item in (first, other)]
    if max(lengths) > LONGER_VARIANT * min(lengths):
        found.append(f"they have {lengths[0]} and {lengths[1]} words to read, more than 30 % apart")
    return found


def balance(item: Item, key: Key) -> Counter[tuple[str, ...]]:
    """How often each combination of labels is right. Speakers differ from text to text: whoever has a name counts as named."""
    asked = [question.id for question in item.questions]
    return Counter(tuple(named(getattr(unit, name, None)) if name == "speaker" else getattr(unit, name, None) or "–" for name in asked)
                   for unit in key.units.values())


def named(speaker: str | None) -> str:
    """A speaker without the name.

    >>> named("rao"), named("author")
    ('named', 'author')
    """
    return speaker if speaker in ("author", "nobody") else "named"


def told(one: Counter[tuple[str, ...]], other: Counter[tuple[str, ...]]) -> str:
    """Where two balances differ, in words."""
    return ", ".join(f"{' '.join(cell)} {one[cell]} and {other[cell]}" for cell in sorted({*one, *other}) if one[cell] != other[cell])


def words_in(item: Item, text: Text | None) -> int:
    """How many words an item gives to read: its prompt, its options and cards, and the units that it is about."""
    read = [item.prompt, *(one.text for one in (*item.options, *item.cards))]
    read += [text.unit(unit).shown for unit in item.units] if text else []
    return sum(len(re.findall(r"\S+", part)) for part in read) or 1
