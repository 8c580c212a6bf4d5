"""Marking and labelling cases of the plain page: short passages, the article, other scripts, each with feedback."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from course.messages import WORDS
from tests.browser.page.cases import payload, saved

ARTICLE = Path(__file__).parents[3] / "data" / "texts" / "article" / "units.csv"


def labels(*ids: str) -> list[dict[str, str]]:
    """The palette's labels as a payload holds them."""
    return [{"id": one, "name": WORDS[f"label.{one}"], "hint": WORDS[f"label.{one}.hint"]} for one in ids]


def units(*texts: str, paragraphs: tuple[int, ...] = ()) -> list[dict[str, Any]]:
    """Clauses u1, u2, … in one paragraph, or in the paragraphs given."""
    places = paragraphs or (1,) * len(texts)
    return [{"id": f"u{n}", "paragraph": place, "text": text} for n, (place, text) in enumerate(zip(places, texts), 1)]


def article_units() -> list[dict[str, Any]]:
    """The 28 clauses of the article as they are shown."""
    with ARTICLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [{"id": row["unit"], "paragraph": int(row["paragraph"]), "text": row["text"].replace("\u00a0", " ").rstrip()} for row in rows]


def mark(label: str, unit: str, text: str, quote: str, **given: Any) -> dict[str, Any]:
    """A mark on the first place where the quotation stands."""
    start = text.index(quote)
    return {"label": label, "unit": unit, "start": start, "end": start + len(quote), "quote": quote, **given}


def spans(*marks: tuple[dict[str, Any], str, str]) -> list[dict[str, Any]]:
    """Feedback on marks: (mark, state, what is said)."""
    return [{**{key: one[key] for key in ("label", "unit", "start", "end")}, "state": state, "text": text} for one, state, text in marks]


FERRY = (
    "The port has approached two firms to set up a night ferry, the Courier reported on Monday, citing a US-Japanese official.",
    "“We are talking about times and prices,” harbour master Anna Lind said,",
    "and the owners’ greedy plan will ruin the bay.",
    "People close to the talks say that nothing is signed.",
)
U1, U2, U3, U4 = FERRY
FERRY_UNITS = units(*FERRY, paragraphs=(1, 2, 2, 3))
MARK = payload(id="mark-01", type="mark", prompt="Mark every **source** and every **cue**.", help="A source is whoever the words come from.",
               units=FERRY_UNITS, labels=labels("source", "cue", "loaded"))  # fmt: skip
COURIER, REPORTED = mark("source", "u1", U1, "the Courier"), mark("cue", "u1", U1, "reported")
CITING, LIND, SAID = mark("cue", "u1", U1, "citing a US-Japanese official"), mark("source", "u2", U2, "harbour master Anna Lind"), mark("cue", "u2", U2, "said")
OFFICIAL, GREEDY = mark("source", "u1", U1, "a US-Japanese official"), mark("loaded", "u3", U3, "greedy")
PEOPLE, SAY = mark("source", "u4", U4, "People close to the talks"), mark("cue", "u4", U4, "say")
MARKED = [COURIER, REPORTED, CITING, OFFICIAL, LIND]
MARK_FEEDBACK = {
    "outcome": "partly", "summary": "4 found, 3 missed, 1 too many.", "why": "Ask of every claim: whom could you phone?",
    "parts": [{"id": "cue", "outcome": "missed", "text": "Look at the verbs once more: *say* hands words over just as *reported* does."}],
    "spans": spans(
        (COURIER, "hit", "The paper is the one who tells us."), (REPORTED, "hit", "You found this."), (OFFICIAL, "hit", "And this is where the paper has it from."),
        (CITING, "extra", "This one need not be marked as cue."), (LIND, "hit", "Name and office: she can be phoned."),
        (SAID, "missed", "The plainest cue of all."), (PEOPLE, "missed", "A source, though without a name."), (SAY, "missed", "Here is one to see: cue."),
    ),
}  # fmt: skip
ALL_LABELS = ("source", "cue", "unnamed", "loaded", "over", "says-who", "nobody")
SEVEN = payload(id="mark-07", type="mark", prompt="One of each.", units=units("Alpha Beta Gamma Delta Epsilon Zeta Eta closes the row."), labels=labels(*ALL_LABELS))
ROW = SEVEN["units"][0]["text"]
SEVEN_MARKS = [mark(label, "u1", ROW, word) for label, word in zip(ALL_LABELS, ROW.split())]
OVERLAP = payload(id="mark-02", type="mark", prompt="Marks may lie on each other.", units=FERRY_UNITS[:1], labels=labels("source", "cue", "loaded", "over"))
OVERLAP_MARKS = [mark("source", "u1", U1, "The port has approached two firms"), mark("cue", "u1", U1, "approached two firms to set up"),
                 mark("loaded", "u1", U1, "two firms"), mark("over", "u1", U1, "has approached two")]  # fmt: skip
SCRIPTS = payload(id="mark-03", type="mark", prompt="Other scripts.", labels=labels("source", "cue"), units=units(
    "😀 The 👩‍👩‍👧 family 𝒮𝒶𝒾𝒹 so, Zoë told us.", "政府は新しい橋を提案したと読売新聞が報じた。", "قال المتحدث باسم الميناء إن العبارة ستبدأ في مايو", paragraphs=(1, 2, 3)))
CONTEXT = payload(id="mark-04", type="mark", prompt="Only the black clause is asked about.", labels=labels("source"),
                  units=[{**FERRY_UNITS[1], "place": 1}], context=[{**FERRY_UNITS[0], "place": 0}, {**FERRY_UNITS[2], "place": 2}, {**FERRY_UNITS[3], "place": 3}])  # fmt: skip


def article_case() -> dict[str, Any]:
    """The whole article as one marking item, with a believable set of marks."""
    shown = article_units()
    texts = {unit["id"]: unit["text"] for unit in shown}
    wanted = [("source", "S3", "Yomiuri"), ("cue", "S3", "reported"), ("source", "S3", "a US-Japanese official"), ("cue", "S3", "citing"), ("over", "L1", "by establishing"),
              ("loaded", "L1", "a policy of permanent control"), ("source", "S4", "U.S. Assistant Secretary of Defense Eli Ratner"), ("cue", "S4", "said")]  # fmt: skip
    marks = [mark(label, unit, texts[unit], quote) for label, unit, quote in wanted if quote in texts.get(unit, "")]
    item = payload(id="article-mark", type="mark", prompt="Mark sources, cues, loaded words and what is stronger than its evidence.", units=shown,
                   labels=labels("source", "cue", "loaded", "over"))  # fmt: skip
    return {"payload": item, "marks": marks}


CASES: dict[str, dict[str, Any]] = {
    "mark": {"payload": MARK, "reply": MARK_FEEDBACK},
    "mark-answered": {"payload": MARK, "saved": saved(MARKED), "reply": MARK_FEEDBACK},
    "mark-checked": {"payload": MARK, "saved": saved(MARKED, "submitted"), "feedback": MARK_FEEDBACK},
    "mark-nothing": {"payload": MARK, "saved": saved([])},
    "mark-seven": {"payload": SEVEN, "saved": saved(SEVEN_MARKS)},
    "mark-overlap": {"payload": OVERLAP, "saved": saved(OVERLAP_MARKS)},
    "mark-scripts": {"payload": SCRIPTS},
    "mark-context": {"payload": CONTEXT},
    "mark-graded": {"payload": {**MARK, "id": "mark-05", "graded": True, "points": 2}},
}
if ARTICLE.exists():
    ARTICLE_CASE = article_case()
    CASES["mark-article"] = {"payload": ARTICLE_CASE["payload"]}
    CASES["mark-article-answered"] = {"payload": ARTICLE_CASE["payload"], "saved": saved(ARTICLE_CASE["marks"])}
