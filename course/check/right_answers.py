"""The answers that a key calls right, as a student would give them: each must earn every point."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from course.items import Answer, Item, Key
from course.scoring.clauses import right_answers as right_answers_of_unit
from course.scoring.picks import candidates


def right_answers(item: Item, key: Key) -> Iterator[Answer]:
    """Every answer that should earn all: the key's own first, then each alternative. None where nothing is keyed or a person marks."""
    if key.by_hand or item.type == "essay":
        return
    if item.type == "mark":
        yield Answer(marks_of_key(key), key.reason)
    elif item.type == "classify":
        yield from right_labels(item, key)
    elif key.answer is not None:
        for needed in dict.fromkeys([None, *(other.needs for other in key.accept)]):
            for right, reason, _ in candidates(key, needed):
                yield from (Answer(value, reason) for value in as_answered(item, right))


def as_answered(item: Item, right: Any) -> Iterator[Any]:
    """A keyed answer in the shape of a student's: no more options than may be chosen, each wording by itself."""
    if item.type == "write":
        yield from (str(one) for one in (right if isinstance(right, list) else [right]))
    elif item.type == "pick" and item.choose:
        many = min(item.choose, len(right))
        yield from (right[start:start + many] for start in range(len(right) - many + 1))
    else:
        yield list(right)


def right_labels(item: Item, key: Key) -> Iterator[Answer]:
    """The key's own labels for all units, and then each alternative of one unit beside the key's labels for the rest."""
    asked = [question.id for question in item.questions]
    own = {name: labels(next(right_answers_of_unit(unit))[0], asked) for name, unit in key.units.items()}
    yield Answer(own, key.reason)
    for name, unit in key.units.items():
        for right, _ in list(right_answers_of_unit(unit))[1:]:
            yield Answer(own | {name: labels(right, asked)}, key.reason)


def labels(right: dict[str, Any], asked: list[str]) -> dict[str, Any]:
    """Of a unit's right answers, those that are asked for and that there are."""
    return {question: right[question] for question in asked if right.get(question) is not None}


def marks_of_key(key: Key) -> list[dict[str, Any]]:
    """A mark on every span that must be marked."""
    places = dict.fromkeys((span.label, span.unit, span.start, span.end) for span in key.spans if not span.optional)
    return [{"label": label, "unit": unit, "start": start, "end": end} for label, unit, start, end in places]


def blanks(item: Item) -> list[Answer | None]:
    """The ways to hand in nothing. *Nothing to mark* is an answer, not a blank."""
    empty: dict[str, Any] = {"classify": {}, "essay": {}, "write": " ", "chain": list(item.given), "pick": []}
    return [None, Answer(None), *([Answer(empty[item.type])] if item.type in empty else [])]

