"""Payloads for the plain test page, each as course/widgets/payload.py makes them, with answers and feedback to show.

A case is {payload, saved?, feedback?, reply?}: `feedback` stands there from the start, `reply` comes after Check.
Other files may add to CASES (mark and classify do, in `cases_marking.py`).
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

EMPTY: dict[str, Any] = {
    "id": "", "lesson": "05_headline_and_lede", "slot": None, "type": "pick", "prompt": "", "help": "", "graded": False,
    "points": 0, "seen": "0123456789ab", "confidence": False, "confidence_units": [], "reasons": [], "options": [],
    "choose": 1, "units": [], "questions": [], "show_class": False, "labels": [], "cards": [], "given": [], "fields": [],
    "criteria": [], "number": False, "max_words": None, "challenge": False,
}  # fmt: skip

OPTIONS = [
    {"id": "a", "text": "Yes, the body proves it."},
    {"id": "b", "text": "No, everything in it is sourced."},
    {"id": "c", "text": "The lede claims more than the body shows; why, we can't tell from here."},
]
UNITS = [
    {"id": "S3", "text": "The port had approached two firms to establish a night ferry, the *Courier* reported.", "unit": True},
    {"id": "S8b", "text": "It was proposed that the firms meet again in May.", "unit": True},
    {"id": "S9a", "text": "Members and themes will be confirmed later.", "unit": True},
    {"id": "S10a", "text": "The old harbour master was not amused.", "unit": True},
]
SURE = {"confidence": True}


def payload(**given: Any) -> dict[str, Any]:
    """A full payload from the few things that matter to a case."""
    return {**EMPTY, **given}


def saved(value: Any, kind: str = "draft", **given: Any) -> dict[str, Any]:
    """A saved response with this value."""
    return {"id": "r1", "at": "2026-11-24T06:00:00.000Z", "kind": kind, "value": value, "reason": None, "confidence": None, **given}


PICK_ONE = payload(id="fair-02", prompt="A friend says: “So the writer made it up.” What is the **best** answer?", options=OPTIONS)
PICK_ONE_WRONG = {
    "outcome": "incorrect", "summary": "Not this one.", "why": "You held two parts of one text side by side. That is the cheapest check there is.",
    "parts": [{"id": "b", "outcome": "incorrect", "text": "Much of it is, and well: look at S3 again. The lede is the part that is not."}],
}  # fmt: skip
PICK_ONE_RIGHT = {
    "outcome": "correct", "summary": "Right.", "why": "You held two parts of one text side by side. That is the cheapest check there is.",
    "parts": [{"id": "c", "outcome": "correct", "text": "Exactly. Three parts: what, compared with what, and what stays unknown."}],
}  # fmt: skip
PICK_TWO = payload(
    id="lede-03", prompt="Which **two** sentences make *began … by establishing* hardest to believe?", options=UNITS, choose=2, **SURE,
    help="Look at the verbs, not at the facts.",
)  # fmt: skip
PICK_TWO_PARTLY = {
    "outcome": "partly", "summary": "1 of 2 right.", "why": "You did not need to know anything about ferries.",
    "parts": [
        {"id": "S8b", "outcome": "correct", "text": "*It was proposed* is one word, and it is two steps below *established*."},
        {"id": "S10a", "outcome": "incorrect", "text": "This sentence is about the harbour master. It does not touch what the lede says."},
    ],
}  # fmt: skip

CASES: dict[str, dict[str, Any]] = {
    "pick-one": {"payload": PICK_ONE, "reply": PICK_ONE_WRONG},
    "pick-one-right": {"payload": PICK_ONE, "saved": saved(["c"], "submitted"), "feedback": PICK_ONE_RIGHT},
    "pick-one-wrong": {"payload": PICK_ONE, "saved": saved(["b"], "submitted"), "feedback": PICK_ONE_WRONG},
    "pick-two": {"payload": PICK_TWO, "reply": PICK_TWO_PARTLY},
    "pick-two-partly": {"payload": PICK_TWO, "saved": saved(["S8b", "S10a"], "submitted", confidence="leaning"), "feedback": PICK_TWO_PARTLY},
    "pick-graded": {"payload": {**PICK_ONE, "id": "fair-03", "graded": True, "points": 2}},
}


def _join(name: str) -> None:
    if importlib.util.find_spec(name):
        CASES.update(importlib.reload(importlib.import_module(name)).CASES)


_join("tests.browser.page.cases_marking")
