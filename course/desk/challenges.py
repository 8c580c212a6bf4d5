"""Challenges on screen: a clause, its key, the vote of the class and what was argued, one place a screen; accept, or keep the key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course.desk.lines import DeskError
from course.desk.view import InstructorView

Decide = Callable[[str, str, str, str], str]
ACTIONS = ("accept", "keep")


class ChallengeDesk(InstructorView):
    """The challenges of a class. `describe()` tells the places to draw, `decide(action, claim, words, by)` writes a decision and says so.

    What students argued and what the key says travels in messages only: a saved notebook holds none of it. `decide` raises `DeskError` with one sentence when a decision can't stand; then nothing was written.
    """

    title = "Challenges"

    def __init__(self, describe: Callable[[], list[dict[str, Any]]], decide: Decide, *, by: str = "", pack: str = "", note: str = "") -> None:
        self._describe, self._decide = describe, decide
        self._about = {"by": by, "pack": pack, "note": note}
        self.places = describe()
        super().__init__(view="challenges", payload=self._about)

    def __repr__(self) -> str:
        waiting = sum(claim["state"] == "open" for place in self.places for claim in place["claims"])
        return f"ChallengeDesk({len(self.places)} places, {waiting} open)"

    def heard(self, message: dict[str, Any]) -> list[dict[str, Any]]:
        """Tell a page that opens what to draw; write a decision, draw the places anew, and say what was done."""
        if message.get("kind") == "open":
            return [{"kind": "opened", "places": self.places}]
        if message.get("kind") != "decide":
            return []
        action, claim, words, by = (message.get(name) for name in ("action", "claim", "words", "by"))
        if action not in ACTIONS or not all(isinstance(one, str) for one in (claim, words, by)):
            raise DeskError("This is no decision that the desk knows. Load the page again.")
        told = self._decide(action, claim, words, by)
        self.places = self._describe()
        self.payload = {**self._about, "by": by}
        return [{"kind": "decided", "claim": claim, "text": told, "places": self.places}]
