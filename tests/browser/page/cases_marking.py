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
    "parts": [{"id": "cue", "outcome": "hint", "text": "Look at the verbs once more: *say* hands words over just as *reported* does."}],
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
CONTEXT = payload(id="mark-04", type="mark", prompt="Only the black clause is asked about.", labels=labels("source"), units=[FERRY_UNITS[1]],
                  context=[{**FERRY_UNITS[0], "before": "u2"}, {**FERRY_UNITS[2], "before": None}, {**FERRY_UNITS[3], "before": None}])  # fmt: skip


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

# ---- classify


def question(name: str, *options: tuple[str, str]) -> dict[str, Any]:
    """A question of the codebook with its words, or *Who says this?* with the speakers given."""
    ids = {"voice": ("author", "source", "unclear"), "kind": ("fact", "judgement", "both", "lost"), "how": ("marks", "no-marks", "shown", "not-shown")}
    chosen = options or tuple((one, WORDS[f"{name}.{one}"]) for one in ids[name])
    return {"id": name, "prompt": WORDS[f"question.{name}"], "options": [{"id": one, "text": text} for one, text in chosen]}


BUS = (
    "On 1 March the number 9 bus to Marlow Hospital got a new timetable.",
    "The first bus now leaves at 5:40, half an hour earlier, according to the company’s website.",
    "“This is the best change in years,” said Rosa Lindqvist, a night nurse.",
    "Four of the six buses that I timed on Tuesday morning came late.",
    "That is a poor start.",
    "The company says that two of its drivers were ill that day.",
    "The line has lost half of its passengers since 2015.",
    "A bus line should serve the people who need it most.",
)
BUS_UNITS = units(*BUS, paragraphs=(1, 1, 1, 2, 2, 2, 3, 3))
CLASSES = [
    {"voice": "author", "kind": "fact", "how": "shown", "name": "Witnessed"}, {"voice": "author", "kind": "fact", "how": "not-shown", "name": "Background"},
    {"voice": "author", "kind": "judgement", "how": None, "name": "Editorial"}, {"voice": "author", "kind": "both", "how": None, "name": "Mixed"},
    {"voice": "source", "kind": "fact", "how": "marks", "name": "Quoted"}, {"voice": "source", "kind": "fact", "how": "no-marks", "name": "Paraphrased"},
    {"voice": "source", "kind": "judgement", "how": "marks", "name": "Quoted"}, {"voice": "source", "kind": "lost", "how": None, "name": "Unclear"},
]  # fmt: skip
CLASSIFY = payload(id="label-01", type="classify", prompt="Answer two questions about each clause.", units=BUS_UNITS, questions=[question("voice"), question("kind")],
                   confidence_units=["u3", "u5"])  # fmt: skip
SPEAKERS = (("rao", "Rosa Lindqvist"), ("company", "the company"), ("author", WORDS["speaker.author"]), ("nobody", WORDS["speaker.nobody"]))
SPEAKER = payload(id="label-02", type="classify", prompt="Who says this?", units=BUS_UNITS, questions=[question("speaker", *SPEAKERS)])
THREE = payload(id="label-03", type="classify", prompt="Now with all three questions.", units=BUS_UNITS[:3], show_class=True, classes=CLASSES,
                questions=[question("voice"), question("kind"), question("how")])  # fmt: skip
SOME = payload(id="label-04", type="classify", prompt="Three clauses, in their place.", questions=[question("voice")], units=[BUS_UNITS[1], BUS_UNITS[3], BUS_UNITS[6]], context=[
    {**BUS_UNITS[0], "before": "u2"}, {**BUS_UNITS[2], "before": "u4"}, {**BUS_UNITS[4], "before": "u7"}, {**BUS_UNITS[5], "before": "u7"}, {**BUS_UNITS[7], "before": None}])  # fmt: skip
BUS_ANSWER = {"u1": {"voice": "author", "kind": "fact"}, "u2": {"voice": "source", "kind": "fact"}, "u3": {"voice": "author", "kind": "judgement"}, "u4": {"voice": "author"}}
BUS_FEEDBACK = {
    "outcome": "partly", "summary": "2 of 8 right.", "why": "Look for the words that hand something over.",
    "parts": [
        {"id": "u1", "outcome": "correct", "text": "No word hands this to anybody, and a timetable can be looked up."},
        {"id": "u2", "outcome": "correct", "text": "*According to* hands it to the website."},
        {"id": "u3", "outcome": "incorrect", "text": "The marks and *said* hand these words to the nurse.", "key": "someone the text hands it to, no record could settle it"},
        {"id": "u4", "outcome": "partly", "text": "The voice fits. One question is still open."},
    ],
}  # fmt: skip
CASES |= {
    "classify": {"payload": CLASSIFY, "reply": BUS_FEEDBACK},
    "classify-answered": {"payload": CLASSIFY, "saved": saved(BUS_ANSWER, confidence={"u3": "leaning"}), "reply": BUS_FEEDBACK},
    "classify-checked": {"payload": CLASSIFY, "saved": saved(BUS_ANSWER, "submitted", confidence={"u3": "leaning"}), "feedback": BUS_FEEDBACK},
    "classify-speaker": {"payload": SPEAKER},
    "classify-three": {"payload": THREE, "saved": saved({"u1": {"voice": "author", "kind": "fact", "how": "shown"}, "u2": {"voice": "source", "kind": "fact"}})},
    "classify-some": {"payload": SOME},
}
if ARTICLE.exists():
    LONG = payload(id="article-label", type="classify", prompt="Whose voice, what kind, and how?", units=article_units(), show_class=True, classes=CLASSES,
                   questions=[question("voice"), question("kind"), question("how")])  # fmt: skip
    LONG_ANSWER = {"H": {"voice": "author", "kind": "judgement"}, "L1": {"voice": "author", "kind": "judgement"}, "S3": {"voice": "source", "kind": "fact", "how": "no-marks"}}
    LONG_FEEDBACK = {"outcome": "partly", "summary": "2 of 28 right.", "why": "", "parts": [
        {"id": "H", "outcome": "correct", "text": "Nobody is named for it."}, {"id": "L1", "outcome": "incorrect", "text": "Read the verbs.", "key": "both in one clause"}]}  # fmt: skip
    CASES["classify-article"] = {"payload": LONG, "reply": LONG_FEEDBACK}
    CASES["classify-article-checked"] = {"payload": LONG, "saved": saved(LONG_ANSWER, "submitted"), "feedback": LONG_FEEDBACK}
