"""Which question stands in a slot for this learner: drawn, set for the class, the other one than before, or their own choice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course.items import Slot
from course.responses import Response, newest


@dataclass(frozen=True)
class Chooser:
    """What choosing stands on: who the learner is (`owner`), and what they answered."""

    owner: str
    responses: Sequence[Response] = ()

    def choose(self, slot: Slot, earlier: Slot | None = None, before: Iterable[Response] = ()) -> str:
        """The choice that stands in a slot. What was answered stays, whatever the rule says now.

        A slot "other" asks the choice at the place of what the `earlier` slot asked; `before` are the responses to that one.

        >>> first = Slot("first", "00", ("a", "b"))
        >>> last = Slot("last", "07", ("not-a", "not-b"), "other", "first")
        >>> one = Chooser("owner-1")
        >>> one.choose(last, first) == "not-" + one.choose(first)
        True
        >>> Chooser("owner-1").choose(Slot("cue", "01", ("cue-a", "cue-b"), "class"))
        'cue-a'
        """
        answered = [response.item for response in self.responses if response.item in slot.choices]
        if answered:
            # In a slot of the learner's own choice they may think again; anywhere else the first question stays theirs.
            return standing([response for response in self.responses if response.item in slot.choices]) if slot.rule == "learner" else answered[0]
        if slot.rule == "other" and earlier is not None:
            asked = Chooser(self.owner, list(before)).choose(earlier)
            return slot.choices[earlier.choices.index(asked) % len(slot.choices)]
        if slot.rule in ("class", "learner"):
            # A class release holds only what the class was set, so the first choice is it.
            return slot.choices[0]
        return slot.choices[hashlib.sha256(f"{self.owner}:{slot.id}".encode()).digest()[0] % len(slot.choices)]


def standing(responses: Sequence[Response]) -> str:
    """Of several questions that a learner may choose between, the one that counts: answered last, and not taken back since.

    >>> def told(item, at, value): return Response(item=item, id=at, at=at, kind="draft", round="alone", seen="", value=value)
    >>> standing([told("article", "1", {"title": "Talks"}), told("twin", "2", {"title": "x"}), told("twin", "3", {"title": " "})])
    'article'
    """
    latest = newest([response for response in responses if response.kind != "challenge"] or list(responses)).values()
    left = [response for response in latest if not taken_back(response.value)] or list(latest)
    return max(left, key=lambda response: (response.at, response.id)).item


def taken_back(value: object) -> bool:
    """Whether an answer says nothing any more: it is gone, or every box of it is empty."""
    return value is None or value == "" or isinstance(value, dict) and all(isinstance(one, str) and not one.strip() for one in value.values())
