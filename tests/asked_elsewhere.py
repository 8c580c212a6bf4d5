"""Items with their keys as the exports of questions take them: the whole course, or invented ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from course.classroom import Catalogue, load_catalogue
from course.exports.questions import BOTH, Asking
from course.items import Answer, Item, Key, Lesson, Text
from course.scoring import score_item


@cache
def course() -> Catalogue:
    """The kit's own content, with its keys."""
    return load_catalogue()


def asking(*lessons: str, which: str = BOTH) -> Asking:
    """Lessons of the kit, or all of them."""
    catalogue = course()
    chosen = tuple(catalogue.lessons[one] for one in lessons) or tuple(catalogue.lessons.values())
    return Asking(chosen, catalogue.keys, catalogue.texts, which, lambda item: item.id in catalogue.counted)


def invented(*pairs: tuple[Item, Key], texts: tuple[Text, ...] = ()) -> Asking:
    """One lesson of invented items."""
    items = tuple(item for item, _ in pairs)
    return Asking((Lesson("07_invented", "Invented", items),), {key.item: key for _, key in pairs}, {text.slug: text for text in texts}, BOTH)


def single_answers(item: Item) -> Iterator[tuple[int, Answer]]:
    """For a pick of one: each option, by its place."""
    yield from ((place, Answer([option.id])) for place, option in enumerate(item.options))


def several_answers(item: Item) -> Iterator[tuple[tuple[int, ...], Answer]]:
    """For a pick of any number: each set of up to three options, and all of them, by their places."""
    places = range(len(item.options))
    for size in (1, 2, 3, len(item.options)):
        for chosen in combinations(places, size):
            yield chosen, Answer([item.options[place].id for place in chosen])


def our_share(item: Item, answer: Answer, key: Key) -> float:
    """The share of the points that an answer earns here, without the reason that a two-step item asks for beside it."""
    bare = Key(key.item, key.answer, key.accept, None, units=key.units, tolerance=key.tolerance)
    score = score_item(item, answer, bare)
    return score.points / score.max
