"""Points that no key decides: for having answered, and from a person's hand."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum
from typing import Any

from course.items import Answer, Criterion, Item, Outcome, Part, Score, Text
from course.scoring.shapes import is_blank, kind_of, problem_with
from course.scoring.totals import most_points, outcome_of, scored, unscored

FOR_ANSWERING = "points for answering, whatever it says"


def score_completion(item: Item, answer: Answer | None, *, text: Text | None = None) -> Score:
    """Points for answering, whatever the answer says: the share of the parts that were answered.

    >>> from course.items import Option, Question
    >>> voice = Question("voice", "Whose voice?", (Option("author", "the author"), Option("source", "a source")))
    >>> item = Item("first-01", "00", "classify", "Whose voice?", points=4, units=("a1", "a2"), questions=(voice,), credit="completion")
    >>> score_completion(item, Answer({"a1": {"voice": "author"}})).points
    2.0
    >>> score_completion(item, None).outcome.value
    'unanswered'
    """
    if answer is None:
        return unscored(Outcome.UNANSWERED, item)
    if isinstance(answer, Answer) and is_blank(item, answer.value):
        return unscored(Outcome.UNANSWERED, item)
    if fault := problem_with(item, answer, text):
        return unscored(Outcome.MALFORMED, item, fault)
    shares = parts_answered(item, answer)
    most = most_points(item)
    each = most / len(shares)
    parts = tuple(Part(name, outcome_of(share) if share else Outcome.UNANSWERED, share * each, each) for name, share in shares.items())
    return scored(fsum(shares.values()) / len(shares), most, parts, FOR_ANSWERING)


def parts_answered(item: Item, answer: Answer) -> dict[str, float]:
    """How much of each part of an item was answered, 0 to 1. Confidence is no part; nor is *how*, which is not asked of every clause."""
    value = answer.value
    if item.type == "classify":
        asked = [question.id for question in item.questions if question.id != "how"] or ["how"]
        parts = {unit: sum(value.get(unit, {}).get(question) is not None for question in asked) / len(asked) for unit in item.units}
    elif item.type == "essay":
        parts = {one.id: float(bool((value.get(one.id) or "").strip())) for one in item.fields}
    elif item.type == "pick":
        parts = {"choice": len(value) / item.choose if item.choose else 1.0}
    else:
        parts = {item.type: 1.0}
    if item.reasons:
        parts["reason"] = float(answer.reason is not None)
    return parts


def score_by_hand(item: Item, levels: Mapping[str, Any]) -> Score:
    """Points from the levels that a person gave, criterion by criterion; the item still needs a person while one is missing.

    >>> item = Item("own-01", "05", "essay", "Write a headline.", points=2, criteria=(Criterion("true", "True to the body", 3), Criterion("short", "Short", 1)))
    >>> score_by_hand(item, {"true": 3, "short": 0}).points
    1.5
    >>> score_by_hand(item, {"true": 3}).outcome.value, score_by_hand(item, {"true": 4, "short": 0}).note
    ('needs a person', 'True to the body: the level is not from 0 to 3')
    """
    most = most_points(item)
    criteria = item.criteria or (Criterion("points", "Points", most),)
    faults = [f"there is no criterion {str(name)[:40]!r}" for name in levels if name not in {one.id for one in criteria}]
    faults += [fault for one in criteria if (fault := problem_with_level(one, levels.get(one.id)))]
    if faults:
        return Score(Outcome.MALFORMED, 0.0, most, (), faults[0])
    total = fsum(one.points for one in criteria) or 1.0
    parts = tuple(criterion_part(one, levels.get(one.id), most / total) for one in criteria)
    missing = [one.name for one in criteria if levels.get(one.id) is None]
    share = fsum(levels[one.id] for one in criteria if levels.get(one.id) is not None) / total
    if missing:
        return Score(Outcome.NEEDS_A_PERSON, share * most, most, parts, f"no level yet for {', '.join(missing)}")
    return scored(share, most, parts)


def counts(item: Item) -> bool:
    """Whether an item enters the points: it is graded, or it gives points for being answered.

    >>> from dataclasses import replace
    >>> item = Item("who-01", "01", "pick", "Who speaks?", points=2)
    >>> counts(item), counts(replace(item, graded=True)), counts(replace(item, credit="completion")), counts(replace(item, graded=True, points=0))
    (False, True, True, False)
    """
    return item.points > 0 and (item.graded or item.credit == "completion")


def problem_with_level(criterion: Criterion, level: Any) -> str | None:
    """A level is a number from 0 to the criterion's points, or nothing yet."""
    if level is None:
        return None
    if type(level) not in (int, float):
        return f"{criterion.name}: the level is {kind_of(level)}, not a number"
    if not 0 <= level <= criterion.points:
        return f"{criterion.name}: the level is not from 0 to {criterion.points:g}"
    return None


def criterion_part(criterion: Criterion, level: float | None, worth: float) -> Part:
    """One criterion's part of the points."""
    if level is None:
        return Part(criterion.id, Outcome.NEEDS_A_PERSON, 0.0, criterion.points * worth)
    share = level / criterion.points if criterion.points else 1.0
    return Part(criterion.id, outcome_of(share), level * worth, criterion.points * worth)
