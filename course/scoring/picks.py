"""Picks: one of several, several of many; and the reason that a two-step item asks for beside the answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from course.items import Answer, Item, Key, Outcome, Part, Score, Text
from course.scoring.totals import most_points, outcome_of, scored

REASON = "reason"


def share_of_picks(chosen: Collection[str], right: Collection[str], choose: int = 0) -> float:
    """The share that picks earn. Of a set number, each right one counts; of any number, each wrong one also takes away.

    `choose` says how many are asked for (0: any number). Of a pick of one, any right option is enough:

    >>> share_of_picks(["S4"], right=["S3", "S4"], choose=1), share_of_picks(["S9"], right=["S3", "S4"], choose=1)
    (1.0, 0.0)

    Two asked for, more than two right: any two earn all, one of them half. A wrong one takes nothing away, since nobody
    can choose more than two: were it otherwise, leaving the second one blank would pay better than trying.

    >>> share_of_picks(["S3", "S8b"], right=["S3", "S4", "S8b"], choose=2)
    1.0
    >>> share_of_picks(["S3"], right=["S3", "S4", "S8b"], choose=2), share_of_picks(["S3", "S9"], right=["S3", "S4", "S8b"], choose=2)
    (0.5, 0.5)

    Any number: three right ones found of four, and one wrong, is (3 − 1) ÷ 4. Choosing everything does not pay:

    >>> share_of_picks(["a", "b", "c", "x"], right=["a", "b", "c", "d"])
    0.5
    >>> share_of_picks(["a", "b", "x", "y"], right=["a", "b"])
    0.0
    """
    hits = sum(1 for one in chosen if one in right)
    wanted = min(choose, len(right)) if choose else len(right)
    if not wanted:
        return 0.0
    false = 0 if choose else len(chosen) - hits
    return max(0.0, min(1.0, (hits - false) / wanted))


def share_with_reason(share: float, *, reason_is_right: bool) -> float:
    """Two steps, half the points each: the reason counts only if the answer itself is right.

    >>> share_with_reason(1.0, reason_is_right=True), share_with_reason(1.0, reason_is_right=False)
    (1.0, 0.5)
    >>> share_with_reason(0.0, reason_is_right=True)
    0.0
    """
    return share / 2 + (0.5 if share >= 1 and reason_is_right else 0.0)


def asks_reason(item: Item, key: Key) -> bool:
    """Whether a reason earns half of the points: the item offers reasons, and the key says which is right."""
    return bool(item.reasons) and key.reason is not None


def candidates(key: Key, reason: str | None) -> Iterator[tuple[Any, str | None, str]]:
    """Every answer that would be right, with the reason that belongs to it and why it is accepted: the key's own first.

    An alternative that `needs` a reason counts only beside that reason.

    >>> from course.items import Accepted
    >>> key = Key("fair-01", answer=["a"], reason="r1", accept=(Accepted(["b"], "It can be read so.", needs="r2"),))
    >>> [answer for answer, _, _ in candidates(key, "r2")], [answer for answer, _, _ in candidates(key, "r1")]
    ([['a'], ['b']], [['a']])
    """
    yield key.answer, key.reason, ""
    for other in key.accept:
        if other.needs is None or other.needs == reason:
            yield other.answer, other.needs or key.reason, other.why


def best_candidate(item: Item, answer: Answer, key: Key, share: Callable[[Any], float]) -> tuple[float, float, Any, str]:
    """The right answer that an answer comes nearest to: share with the reason, share without it, that answer, why it counts."""
    best = (-1.0, 0.0, key.answer, "")
    for right, reason, why in candidates(key, answer.reason):
        bare = share(right)
        whole = share_with_reason(bare, reason_is_right=answer.reason == reason) if asks_reason(item, key) else bare
        if whole > best[0]:
            best = (whole, bare, right, why if bare >= 1 else "")
    return best


def reason_part(item: Item, answer: Answer, key: Key, *, whole: float, bare: float, most: float) -> tuple[Part, ...]:
    """The reason's own part: unanswered, not counted beside a wrong answer, or worth half of the points."""
    if not asks_reason(item, key):
        return ()
    if answer.reason is None:
        return (Part(REASON, Outcome.UNANSWERED, 0.0, most / 2),)
    if bare < 1:
        return (Part(REASON, Outcome.INCORRECT, 0.0, most / 2, "a reason counts only beside a right answer"),)
    share = 1.0 if whole >= 1 else 0.0
    return (Part(REASON, outcome_of(share), share * most / 2, most / 2),)


def score_pick(item: Item, answer: Answer, key: Key, _text: Text | None = None) -> Score:
    """Score a pick against the key and every accepted alternative; the best of them counts.

    Parts: each option chosen, right or wrong; then, where any number may be chosen, each right one that was not.
    """
    most = most_points(item)
    chosen = answer.value
    whole, bare, right, why = best_candidate(item, answer, key, lambda ids: share_of_picks(chosen, ids or (), item.choose))
    right = right or ()
    label_points = most / 2 if asks_reason(item, key) else most
    each = label_points / max(1, min(item.choose or len(right), len(right)))
    parts = [Part(one, Outcome.CORRECT, each, each) if one in right else Part(one, Outcome.INCORRECT) for one in chosen]
    if item.choose == 0:
        parts += [Part(one, Outcome.UNANSWERED, 0.0, each) for one in right if one not in chosen]
    parts += reason_part(item, answer, key, whole=whole, bare=bare, most=most)
    return scored(whole, most, tuple(parts), why)
