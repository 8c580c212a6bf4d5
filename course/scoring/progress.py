"""How far a question is answered: not at all, in part, in full, or with something that does not fit it."""

from __future__ import annotations

from typing import Any

from course.items import Answer, Item, Text
from course.scoring.credit import parts_answered
from course.scoring.shapes import is_blank, problem_with


def how_far(item: Item, answer: Answer | None, text: Text | None = None) -> dict[str, Any]:
    """Whether an item is answered, or how many of its parts are, or that its answer does not fit the question.

    >>> from course.items import Option
    >>> item = Item("a", "l", "pick", "Which two?", options=(Option("x", "X"), Option("y", "Y")), choose=2)
    >>> how_far(item, None), how_far(item, Answer(["x", "y"]))
    ({'state': 'unanswered'}, {'state': 'answered'})
    """
    if answer is None or is_blank(item, answer.value):
        return {"state": "unanswered"}
    if problem_with(item, answer, text):
        return {"state": "misfit"}
    shares = parts_answered(item, answer)
    done = sum(share >= 1 for share in shares.values())
    return {"state": "answered"} if done == len(shares) else {"state": "partly", "done": done, "parts": len(shares)}
