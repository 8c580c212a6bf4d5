"""Chains: who says that who says. Cards in order, measured by how many moves the order is away from a right one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from course.items import Answer, Item, Key, Outcome, Part, Score, Text
from course.scoring.picks import best_candidate, reason_part
from course.scoring.totals import most_points, scored


def edit_distance(one: Sequence[str], other: Sequence[str]) -> int:
    """How many cards must be put in, taken out or exchanged to turn one order into the other (Levenshtein 1966).

    >>> edit_distance(["paper", "official"], ["paper", "official"]), edit_distance(["paper"], ["paper", "official"])
    (0, 1)
    """
    row = list(range(len(other) + 1))
    for i, here in enumerate(one, start=1):
        above, row = row, [i]
        for j, there in enumerate(other, start=1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (here != there)))
    return row[-1]


def share_of_chain(order: Sequence[str], right: Sequence[str], given: Collection[str] = ()) -> float:
    """1 − edit distance ÷ length of the longer chain. The cards that were given (the author's) earn nothing.

    >>> share_of_chain(["author", "paper", "official"], ["author", "paper", "official"], given=["author"])
    1.0

    The same answer without the given card is the same answer; one card of two is half:

    >>> share_of_chain(["paper", "official"], ["author", "paper", "official"], given=["author"])
    1.0
    >>> share_of_chain(["author", "paper"], ["author", "paper", "official"], given=["author"])
    0.5

    A card that does not belong makes the chain longer:

    >>> round(share_of_chain(["author", "paper", "mayor", "official"], ["author", "paper", "official"], given=["author"]), 2)
    0.67
    """
    mine, keyed = moved(order, given), moved(right, given)
    if not mine or not keyed:
        return 0.0
    return 1 - edit_distance(mine, keyed) / max(len(mine), len(keyed))


def moved(order: Sequence[str], given: Collection[str]) -> list[str]:
    """The cards that the student put there."""
    return [card for card in order if card not in given]


def score_chain(item: Item, answer: Answer, key: Key, _text: Text | None = None) -> Score:
    """Score an order of cards against the key's order and every accepted one.

    Parts: each card that was moved, right when it follows the same card as in the right order. They carry no points of
    their own: one card in a wrong place can be one move away from a perfect chain.
    """
    most = most_points(item)
    whole, bare, right, why = best_candidate(item, answer, key, lambda order: share_of_chain(answer.value, order or (), item.given))
    mine, keyed = moved(answer.value, item.given), moved(right or (), item.given)
    before = dict(zip(keyed, [None, *keyed], strict=False))
    parts = [Part(card, Outcome.CORRECT if card in before and before[card] == previous else Outcome.INCORRECT)
             for previous, card in zip([None, *mine], mine, strict=False)]
    return scored(whole, most, (*parts, *reason_part(item, answer, key, whole=whole, bare=bare, most=most)), why)
