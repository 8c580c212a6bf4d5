"""Payloads for the plain test page, each as course/widgets/payload.py makes them, with answers and feedback to show.

A case is {payload, saved?, feedback?, reply?}: `feedback` stands there from the start, `reply` comes after Check.
Other files may add to CASES (mark and classify do, in `cases_marking.py`; the panels of the course, in `cases_course.py`).
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

EMPTY: dict[str, Any] = {
    "id": "", "lesson": "05_headline_and_lede", "slot": None, "type": "pick", "lead": "", "prompt": "", "more": "", "help": "", "graded": False,
    "points": 0, "seen": "0123456789ab", "confidence": False, "confidence_units": [], "reasons": [], "options": [],
    "choose": 1, "units": [], "questions": [], "show_class": False, "labels": [], "nothing": True, "cards": [], "given": [], "fields": [],
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
PICK_ONE_SHOWN = {**PICK_ONE_WRONG, "parts": [*PICK_ONE_WRONG["parts"], {"id": "c", "outcome": "answer", "text": "Three parts: what, compared with what, and what stays unknown.", "key": OPTIONS[2]["text"]}]}
LONG_PROMPT = payload(
    id="swap-01", lead="Before: *The ice rink in Tolby has* **slashed** *its opening hours from 40 a week to 38.* After: *The ice rink in Tolby has* **cut** *its opening hours from 40 a week to 38.* The facts stay.",
    prompt="What leaves?", more="Choose the clause that says it best.", help="One answer fits.", options=OPTIONS,
)  # fmt: skip
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

PICK_REASON = payload(
    id="why-01", prompt="Who says that the fence was too high?", options=OPTIONS[:2], confidence=True,
    reasons=[{"id": "r1", "text": "The words stand inside marks."}, {"id": "r2", "text": "Nobody is named, so the text says it itself."}],
    units=[{"id": "S1", "paragraph": 1, "text": "The fence was too high, and nobody had asked for it."}, {"id": "S2", "paragraph": 2, "text": "“I like it,” said Ada Moss."}],
)  # fmt: skip
REASON_WRONG = {
    "outcome": "partly", "summary": "Part of it is right.", "why": "The words that hand it over decide.", "parts": [{"id": "a", "outcome": "correct", "text": "Yes, the text itself."}],
    "reason": {"outcome": "incorrect", "text": "The reason does not carry it."},
}  # fmt: skip
CARDS = [{"id": "author", "text": "the article"}, {"id": "paper", "text": "the *Courier*, a newspaper"}, {"id": "aide", "text": "an aide who asked not to be named"}, {"id": "reader", "text": "a reader"}]
CHAIN = payload(id="chain-01", type="chain", prompt="Who told whom? Put the **longest** chain in order, the article first.", cards=CARDS, given=["author"], help="One card does not belong.")
CHAIN_PARTLY = {
    "outcome": "partly", "summary": "Part of it is right.", "why": "Read from the outside in: the article names the paper, the paper names the aide.",
    "parts": [{"id": "author", "outcome": "correct", "text": ""}, {"id": "aide", "outcome": "incorrect", "text": "The aide spoke to the paper, not to the article."}],
}  # fmt: skip
CHAIN_SHOWN = {
    **CHAIN_PARTLY, "parts": [{"id": "author", "outcome": "correct", "text": ""}, {"id": "reader", "outcome": "incorrect", "text": "Nobody has it from a reader."}], "key": "the article → the *Courier*, a newspaper → an aide who asked not to be named",
    "chains": {
        "yours": [{**CARDS[0], "state": "kept"}, {**CARDS[3], "state": "extra"}, {**CARDS[2], "state": "kept"}],
        "key": [{**CARDS[0], "state": "kept"}, {**CARDS[1], "state": "missed"}, {**CARDS[2], "state": "kept"}],
    },
}  # fmt: skip
WRITE = payload(id="write-01", type="write", prompt="Rewrite the headline in at most **twelve** words.", max_words=12)
NUMBER = payload(id="count-01", type="write", prompt="How many sources are named?", number=True, help="Write a number.")
ESSAY = payload(
    id="essay-01", type="essay", prompt="Explain to a friend what the lede claims and what the body shows.", graded=True, points=6,
    fields=[{"id": "claim", "prompt": "What the lede claims", "max_words": 40, "lines": 3}, {"id": "limit", "prompt": "What we **can't** tell from here", "max_words": None, "lines": 4}],
    criteria=[{"id": "c1", "name": "Names both sides", "points": 3, "levels": {"0": "neither", "3": "both, with words from the text"}}, {"id": "c2", "name": "Says what stays open", "points": 3, "levels": {}}],
)  # fmt: skip
ITEMS = [
    {"id": "lede-03", "label": "Which two sentences make it hardest to believe?", "state": "answered", "graded": False},
    {"id": "essay-01", "label": "Explain to a friend what the lede claims and what the body shows.", "state": "unanswered", "graded": True},
    {"id": "write-01", "label": "Rewrite the headline in at most twelve words.", "state": "unanswered", "graded": False},
]  # fmt: skip
STATUS = {"lesson": "05_headline_and_lede", "title": "Headline, lede, body", "items": ITEMS, "answered": 1, "total": 3, "store": {"key": "page:test"},
          "learner": "", "asks_learner": True, "mode": "self-study", "handed_in": {}}  # fmt: skip
HANDED_IN = {
    "kind": "handed_in", "path": "hand_in/Ada Moss--05_headline_and_lede.jsonl", "file_name": "Ada Moss--05_headline_and_lede.jsonl", "text": "{}\n", "at": "2026-11-24T09:00:00.000Z", "count": 1,
    "results": [
        {"id": "lede-03", "label": ITEMS[0]["label"], "score": 1, "max": 2, "feedback": PICK_TWO_PARTLY},
        {"id": "essay-01", "label": ITEMS[1]["label"], "score": None, "max": 6, "feedback": {"outcome": "needs a person", "summary": "A person reads this one.", "why": "", "parts": [], "spans": []}},
        {"id": "fair-02", "label": "What is the best answer?", "score": 2, "max": 2, "feedback": PICK_ONE_RIGHT},
    ],
}  # fmt: skip

CASES: dict[str, dict[str, Any]] = {
    "pick-one": {"payload": PICK_ONE, "reply": PICK_ONE_WRONG},
    "pick-one-right": {"payload": PICK_ONE, "saved": saved(["c"], "submitted"), "feedback": PICK_ONE_RIGHT},
    "pick-one-wrong": {"payload": PICK_ONE, "saved": saved(["b"], "submitted"), "feedback": PICK_ONE_WRONG},
    "pick-one-shown": {"payload": PICK_ONE, "saved": saved(["b"], "submitted"), "feedback": PICK_ONE_SHOWN},
    "long-prompt": {"payload": LONG_PROMPT},
    "pick-two": {"payload": PICK_TWO, "reply": PICK_TWO_PARTLY},
    "pick-two-partly": {"payload": PICK_TWO, "saved": saved(["S8b", "S10a"], "submitted", confidence="leaning"), "feedback": PICK_TWO_PARTLY},
    "challenge": {"payload": {**PICK_ONE, "id": "fair-07", "challenge": True}, "saved": saved(["b"], "submitted"), "feedback": PICK_ONE_WRONG},
    "pick-one-argue": {"payload": {**PICK_ONE, "id": "fair-09", "challenge": True}, "reply": PICK_ONE_WRONG},
    "challenge-argued": {"payload": {**PICK_ONE, "id": "fair-10", "challenge": True, "graded": True}, "saved": {**saved(["b"]), "argued": {"value": ["b"], "reason": "The marks are still open."}}},
    "challenge-counts": {"payload": {**PICK_ONE, "id": "fair-08", "challenge": True, "graded": True}},
    "pick-why": {"payload": PICK_REASON, "reply": REASON_WRONG},
    "pick-why-partly": {"payload": PICK_REASON, "saved": saved(["a"], "submitted", reason="r1", confidence="sure"), "feedback": REASON_WRONG},
    "pick-browser": {"payload": {**PICK_ONE, "id": "fair-04"}, "host": {"kept": "", "why": "The answers folder can't be written (no space left). Your answer is safe in this browser: free some space or ask your teacher, then choose Start the lesson."}},
    "pick-deaf": {"payload": {**PICK_ONE, "id": "fair-05"}, "host": {"deaf": True}},
    "pick-silent": {"payload": {**PICK_ONE, "id": "fair-06"}, "host": {"kept": None}},
    "chain": {"payload": CHAIN, "reply": CHAIN_PARTLY},
    "chain-partly": {"payload": CHAIN, "saved": saved(["author", "aide", "paper"], "submitted"), "feedback": CHAIN_PARTLY},
    "chain-shown": {"payload": CHAIN, "saved": saved(["author", "reader", "aide"], "submitted"), "feedback": CHAIN_SHOWN},
    "write": {"payload": WRITE, "reply": {"outcome": "needs a person", "summary": "A person reads this one.", "why": "Every word should stand on a sentence of the body.", "parts": []}},
    "number": {"payload": NUMBER, "reply": {"outcome": "correct", "summary": "Right.", "why": "Two papers and a spokesman.", "parts": []}},
    "essay": {"payload": ESSAY},
    "essay-saved": {"payload": ESSAY, "saved": saved({"claim": "That the ferry runs already. " * 9})},
    "progress": {"panel": "progress", "status": STATUS},
    "hand-in": {"panel": "hand_in", "status": STATUS, "reply": HANDED_IN},
    "hand-in-over": {"panel": "hand_in", "status": {**STATUS, "items": [ITEMS[0], {**ITEMS[1], "state": "answered", "over": [{"name": "What the lede claims", "words": 45, "max": 40}]}, ITEMS[2]], "answered": 2}, "reply": HANDED_IN},
    "hand-in-problem": {"panel": "hand_in", "status": {**STATUS, "learner": "Ada Moss", "asks_learner": False}, "reply": {"kind": "problem", "why": "Write your name or student number first. It becomes part of the file name."}},
    "pick-graded": {"payload": {**PICK_ONE, "id": "fair-03", "graded": True, "points": 2}},
}


def _join(name: str) -> None:
    if importlib.util.find_spec(name):
        CASES.update(importlib.reload(importlib.import_module(name)).CASES)


_join("tests.browser.page.cases_marking")
_join("tests.browser.page.cases_course")
