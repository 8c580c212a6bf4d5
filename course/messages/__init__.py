"""Every word the kit itself says to a learner: buttons, states, frames of feedback, errors.

Lesson texts and items are content and live in `data/`. A translation replaces the values in `on_screen` and `on_page` and
nothing else. Braces are filled in by `say`; an id is `place.what`.
"""

from __future__ import annotations

from typing import Any

from course.messages.on_page import ON_PAGE
from course.messages.on_screen import ON_SCREEN
from course.messages.prompts import label_of, split_prompt

__all__ = ["ON_PAGE", "ON_SCREEN", "WORDS", "label_of", "say", "say_many", "split_prompt"]

WORDS: dict[str, str] = {**ON_SCREEN, **ON_PAGE}


def say_many(message: str, number: float, /, **values: Any) -> str:
    """The words for a number of things: one is said in its own way.

    >>> say_many("essay.points", 1), say_many("essay.points", 2)
    ('1 point', '2 points')
    """
    return say(f"{message}.one" if number == 1 else f"{message}.many", **{"n": number, **values})


def say(message: str, **values: Any) -> str:
    """The words for a message id, with its blanks filled in.

    >>> say("feedback.partly", right=3, count=5)
    '3 of 5 right.'
    """
    return WORDS[message].format(**values)


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "hand-in"), counted(2, "hand-in"), counted(0, "hand-in")
    ('1 hand-in', '2 hand-ins', '0 hand-ins')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
