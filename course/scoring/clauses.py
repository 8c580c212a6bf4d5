"""Clauses: the codebook's questions over units, and what each pair of answers earns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import fsum
from typing import Any

from course.items import Answer, Item, Key, Outcome, Part, Score, Text, UnitKey
from course.scoring.picks import REASON, asks_reason, share_with_reason
from course.scoring.totals import most_points, outcome_of, scored

OWNERS = ("voice", "speaker")
RIGHT_VOICE_ONLY = 1 / 3
ONE_HALF_OF_MIXED = 1 / 2
WRONG_HOW = 1 / 2


def share_of_clause(given: Mapping[str, Any], right: Mapping[str, Any], asked: tuple[str, ...] = ("voice", "kind")) -> float:
    """What the answers to one clause earn against one right set of answers.

    Whose voice and what kind, both right, is all of it. The right voice alone is a third; the right kind alone is
    nothing, so that no constant answer pays on a passage that holds as many facts as judgements of each voice.

    >>> key = {"voice": "source", "kind": "judgement"}
    >>> share_of_clause({"voice": "source", "kind": "judgement"}, key)
    1.0
    >>> round(share_of_clause({"voice": "source", "kind": "fact"}, key), 2), share_of_clause({"voice": "author", "kind": "judgement"}, key)
    (0.33, 0.0)

    Trained readers agree on *mixed* less than half of the time. Where the key says both, naming one half is half;
    calling a clause mixed (the author, both) that is not mixed is nothing, even though the voice is right.

    >>> share_of_clause({"voice": "author", "kind": "fact"}, {"voice": "author", "kind": "both"})
    0.5
    >>> share_of_clause({"voice": "author", "kind": "both"}, {"voice": "author", "kind": "fact"})
    0.0

    Where *how* is asked too, a wrong or missing one halves an otherwise full answer:

    >>> full = {"voice": "source", "kind": "fact", "how": "marks"}
    >>> share_of_clause({"voice": "source", "kind": "fact", "how": "no-marks"}, full, ("voice", "kind", "how"))
    0.5

    A set that asks for the voice only, or for the speaker, is right or wrong:

    >>> share_of_clause({"voice": "source"}, key, ("voice",)), share_of_clause({"voice": "author"}, key, ("voice",))
    (1.0, 0.0)
    """
    owners = [question for question in asked if question in OWNERS]
    if any(given.get(question) != right.get(question) for question in owners):
        return 0.0
    share = share_of_kind(given, right, with_owner=bool(owners)) if "kind" in asked else 1.0
    if share >= 1 and "how" in asked and right.get("how") is not None and given.get("how") != right["how"]:
        return WRONG_HOW if len(asked) > 1 else 0.0
    return share


def share_of_kind(given: Mapping[str, Any], right: Mapping[str, Any], *, with_owner: bool) -> float:
    """What the kind earns once the voice is right: all, half of a mixed clause, or the third that the voice is worth."""
    mine, keyed = given.get("kind"), right.get("kind")
    if mine == keyed:
        return 1.0
    if keyed == "both" and mine in ("fact", "judgement"):
        return ONE_HALF_OF_MIXED
    called_mixed = mine == "both" and given.get("voice", given.get("speaker", "author")) == "author"
    return RIGHT_VOICE_ONLY if with_owner and not called_mixed else 0.0


def right_answers(key: UnitKey) -> Iterator[tuple[dict[str, Any], str]]:
    """Every set of answers that earns all for a unit, with the reason for it: the key's own first, then the alternatives.

    An alternative names only what differs. One that changes the voice or the kind says for itself whether *how* matters.
    """
    own = {"voice": key.voice, "kind": key.kind, "how": key.how, "speaker": key.speaker}
    yield own, ""
    for other in key.accept:
        if isinstance(other.answer, dict):
            changed = "voice" in other.answer or "kind" in other.answer
            yield own | ({"how": None} if changed else {}) | other.answer, other.why


def nearest_answer(given: Mapping[str, Any], key: UnitKey, asked: tuple[str, ...]) -> tuple[float, dict[str, Any], str]:
    """The right set of answers that a student's come nearest to: the share it earns, that set, and why it is accepted."""
    best: tuple[float, dict[str, Any], str] = (-1.0, {}, "")
    for right, why in right_answers(key):
        share = share_of_clause(given, right, asked)
        if share > best[0]:
            best = (share, right, why)
    return best


def outcomes_by_question(item: Item, given: Mapping[str, Any], key: UnitKey) -> dict[str, Outcome]:
    """For one unit, whether each question was answered as in the right set that the answers come nearest to.

    >>> from course.items import Question
    >>> item = Item("c-01", "02", "classify", "Whose, and what?", questions=(Question("voice", "", ()), Question("kind", "", ())))
    >>> found = outcomes_by_question(item, {"voice": "source"}, UnitKey("a1", "source", "fact"))
    >>> found["voice"].value, found["kind"].value
    ('correct', 'unanswered')
    """
    asked = tuple(question.id for question in item.questions)
    _, right, _ = nearest_answer(given, key, asked)
    return {question: one_outcome(given.get(question), right.get(question), question) for question in asked
            if question != "how" or right.get("how") is not None}


def one_outcome(mine: Any, keyed: Any, question: str) -> Outcome:
    """How one question went: right, wrong, left out, or half of a mixed kind."""
    if mine is None:
        return Outcome.UNANSWERED
    if mine == keyed:
        return Outcome.CORRECT
    half = question == "kind" and keyed == "both" and mine in ("fact", "judgement")
    return Outcome.PARTLY if half else Outcome.INCORRECT


def score_classify(item: Item, answer: Answer, key: Key, _text: Text | None = None) -> Score:
    """Score every unit of a set; each is worth the same. One part a unit; its note is the reason of an accepted alternative."""
    most = most_points(item)
    asked = tuple(question.id for question in item.questions)
    each = most / len(item.units) / (2 if asks_reason(item, key) else 1)
    shares, parts = [], []
    for unit in item.units:
        given = {question: option for question, option in answer.value.get(unit, {}).items() if option is not None}
        if not given:
            parts.append(Part(unit, Outcome.UNANSWERED, 0.0, each))
            continue
        share, _, why = nearest_answer(given, key.units[unit], asked)
        shares.append(share)
        parts.append(Part(unit, outcome_of(share), share * each, each, why if share >= 1 else ""))
    bare = fsum(shares) / len(item.units)
    return with_reason(item, answer, key, bare, tuple(parts))


def with_reason(item: Item, answer: Answer, key: Key, bare: float, parts: tuple[Part, ...], note: str = "") -> Score:
    """A score whose answer has one right form only, and the reason where a right one is keyed."""
    most = most_points(item)
    if not asks_reason(item, key):
        return scored(bare, most, parts, note)
    right = answer.reason == key.reason
    whole = share_with_reason(bare, reason_is_right=right)
    outcome = Outcome.UNANSWERED if answer.reason is None else outcome_of(float(whole > bare / 2))
    return scored(whole, most, (*parts, Part(REASON, outcome, (whole - bare / 2) * most, most / 2)), note)
