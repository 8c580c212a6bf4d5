"""Parallel variants are right in different places: whoever has seen the key of the one must still read the other.

A learner who knows “sentence 1 loaded, sentence 2 nothing, then the second option” from the set that the class had could otherwise
answer the make-up set, or the next test, without a look at it. So the right answers of both are laid side by side, place by place.
Two fair keys agree here and there by chance. With the same labels, dealt out anew, a place holds a label in both as often as
*how many places have it in the one* × *how many in the other* ÷ *all places*; the sum over all labels is the chance. One place more
than that may agree, and never all. Where nothing is to be marked no label stands, so that an empty clause is no agreement:
most clauses are empty, and it is the full ones that a copied key would earn with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from course.check.blueprint import named
from course.check.material import Material
from course.check.report import Report, aligned
from course.check.texts import FORM
from course.items import Item, Key, Lesson, Option, Slot, UnitKey

Labels = Sequence[Hashable]

SPARE = 1
TEST_ASKS = ("voice", "kind")
REWRITE = "Put the sentences of the second in another order, and write them anew where they must follow one another otherwise."
MOVE = "Move what is right to another place in some of the second."
PLACES = ("places of right options", "places of right reasons")


@dataclass(frozen=True)
class Pair:
    """Two variants laid side by side: where they are, what was compared, and the right answer at each place of both. None is a place with nothing in it."""

    where: str
    first: str
    second: str
    asked: str
    one: tuple[Hashable, ...]
    other: tuple[Hashable, ...]
    name: str = ""

    @property
    def same(self) -> int:
        """At how many places both have the same label."""
        return agreement(self.one, self.other)

    @property
    def told(self) -> tuple[str, ...]:
        """The pair as it is printed."""
        return (self.name or f"{self.first} / {self.second}", self.asked, str(len(self.one)), str(self.same), f"{by_chance(self.one, self.other):.1f}")


def check_parallel(report: Report, material: Material) -> None:
    """Compare the right answers of all choices that a class may be set, place by place, and those of the test forms; print how far they agree."""
    pairs = list(all_pairs(material))
    for pair in pairs:
        if too_alike(pair.one, pair.other):
            cure = MOVE if pair.asked in PLACES else REWRITE
            report.complain(pair.where, f"the keys of {pair.first} and {pair.second} follow the same pattern: by {pair.asked}, {pair.same} of "
                            f"{len(pair.one)} places agree, and chance gives {by_chance(pair.one, pair.other):.1f}", cure)
    if pairs:
        report.tell("Variants: at how many places the keys agree", aligned(
            [("variants", "compared by", "places", "agree", "by chance"), *(pair.told for pair in pairs)], right=frozenset({2, 3, 4})))


def too_alike(one: Labels, other: Labels) -> bool:
    """Whether two keys agree at all places, or at more than one place above chance.

    >>> too_alike("ABAB", "ABAB"), too_alike("ABAB", "BABA"), too_alike("ABAB", "ABBA")
    (True, False, False)
    >>> too_alike((None, "loaded", None, "loaded", None), ("loaded", None, None, "loaded", None))
    False
    >>> too_alike((None, None), (None, None))
    True
    """
    return tuple(one) == tuple(other) or agreement(one, other) > by_chance(one, other) + SPARE


def agreement(one: Labels, other: Labels) -> int:
    """At how many places two keys have the same label.

    >>> agreement(("fact", None, "judgement"), ("fact", None, "fact"))
    1
    """
    return sum(first is not None and first == second for first, second in zip(one, other, strict=True))


def by_chance(one: Labels, other: Labels) -> float:
    """At how many places two keys with these labels would agree if the labels were dealt out anew.

    >>> by_chance("AABB", "ABAB"), by_chance((None, "loaded"), (None, "loaded"))
    (2.0, 0.5)
    """
    first, second = Counter(one), Counter(other)
    return sum(many * second[label] for label, many in first.items() if label is not None) / len(one)


def all_pairs(material: Material) -> Iterator[Pair]:
    """Every two keys that must not follow the same pattern: choices of a slot, a lesson's options taken together, test forms."""
    for lesson in material.lessons.values():
        slots = [slot for slot in lesson.slots if slot.rule == "class"]
        for slot in slots:
            yield from pairs_of_slot(material, lesson, slot)
        yield from pairs_of_options(material, lesson, slots)
    yield from pairs_of_forms(material)


def pairs_of_slot(material: Material, lesson: Lesson, slot: Slot) -> Iterator[Pair]:
    """What the class is set and what its make-up work is set, where their questions have several places each."""
    for first, last in set_and_made_up(material, lesson, slot):
        for (asked, one), (_, other) in zip(sequences(first, material.keys[first.id]), sequences(last, material.keys[last.id]), strict=False):
            # Of unlike length: that they are not parallel is said already.
            if one and len(one) == len(other):
                yield Pair(f"data/items/{lesson.id}.toml, slot {slot.id!r}", first.id, last.id, asked, one, other)


def set_and_made_up(material: Material, lesson: Lesson, slot: Slot) -> Iterator[tuple[Item, Item]]:
    """The first and the last choice of a slot, if there are two and their keys are here: a class release is without them."""
    items = {item.id: item for item in lesson.items if item.id in material.keys}
    first, last = items.get(slot.choices[0]), items.get(slot.choices[-1])
    if first and last and first is not last:
        yield first, last


def sequences(item: Item, key: Key) -> Iterator[tuple[str, tuple[Hashable, ...]]]:
    """The right answers of an item in the order in which they stand, with what they are called: each question of a clause by itself, and all together."""
    if item.type == "classify":
        asked = [question.id for question in item.questions]
        for names in [[name] for name in asked] + ([asked] if len(asked) > 1 else []):
            yield " + ".join(names), answers(names, [key.units[unit] for unit in item.units])
    elif item.type == "mark":
        marked = [frozenset(span.label for span in key.spans if span.unit == unit and span.label and not span.optional) for unit in item.units]
        yield "clauses with a mark", tuple(labels or None for labels in marked)
    elif item.type == "chain" and key.answer:
        cards = [card.id for card in item.cards if card.id not in item.given]
        yield "places of cards", tuple(cards.index(card) for card in key.answer if card in cards)
    elif item.type == "pick" and key.answer and not one_place(item, key):
        yield "options that are right", tuple("right" if option.id in key.answer else None for option in item.options)


def answers(names: Sequence[str], units: Sequence[UnitKey]) -> tuple[Hashable, ...]:
    """What is right for each clause, to one question or to several together. Speakers have other names in another text: whoever has one counts as named."""
    return tuple(tuple(named(getattr(unit, name) or "") if name == "speaker" else getattr(unit, name) for name in names) for unit in units)


def one_place(item: Item, key: Key) -> bool:
    """Whether a question has one right option: its place alone is no pattern, but the places of a lesson together are one."""
    return item.type == "pick" and key.answer is not None and len(key.answer) == 1


def pairs_of_options(material: Material, lesson: Lesson, slots: Sequence[Slot]) -> Iterator[Pair]:
    """The right options of a whole lesson as one pattern, and the right reasons as another: what the class is set, beside what its make-up work is set."""
    asked = [(first, last, material.keys[first.id], material.keys[last.id]) for slot in slots for first, last in set_and_made_up(material, lesson, slot)]
    picks = [one for one in asked if one_place(one[0], one[2]) and one_place(one[1], one[3])]
    options = [(place_of(key.answer[0], first.options), place_of(other.answer[0], last.options)) for first, last, key, other in picks]
    reasons = [(place_of(key.reason, first.reasons), place_of(other.reason, last.reasons)) for first, last, key, other in picks if key.reason and other.reason]
    for name, pairs in zip(PLACES, (options, reasons), strict=True):
        if pairs:
            one, other = zip(*pairs, strict=True)
            yield Pair(f"data/items/{lesson.id}.toml", "the first choices of its slots", "the last ones", name, one, other, f"{lesson.id[:2]}, first / last choices")


def place_of(right: str, offered: Sequence[Option]) -> int:
    """At which place something stands among what is offered, counted from one; 0 where it is not offered, which is complained of elsewhere.

    >>> place_of("b", (Option("a", "…"), Option("b", "…")))
    2
    """
    return next((place for place, option in enumerate(offered, 1) if option.id == right), 0)


def pairs_of_forms(material: Material) -> Iterator[Pair]:
    """The forms of a test that counts, two at a time: the last test must not be answered from memory of the first."""
    families: dict[str, list[str]] = {}
    for slug in material.texts:
        # A form that is practice earns nothing, and it comes weeks later: a pattern there is nobody's gain.
        if FORM.search(slug) and material.folders.get(slug) == "graded" and material.unit_keys.get(slug):
            families.setdefault(slug[:-1], []).append(slug)
    for forms in families.values():
        for first, second in combinations(forms, 2):
            keys = [material.unit_keys[slug] for slug in (first, second)]
            one, other = (answers(TEST_ASKS, [key[unit.id] for unit in material.texts[slug].units if unit.id in key]) for slug, key in zip((first, second), keys, strict=True))
            if len(one) == len(other):
                yield Pair(f"data/texts/{first[:-1]}…", first, second, " + ".join(TEST_ASKS), one, other)
