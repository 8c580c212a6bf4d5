"""The panels that look beyond one lesson: the map of the course, growth from first test to last, norming essays."""

from __future__ import annotations

from typing import Any

TITLES = ("Before you start", "Who is speaking?", "Whose judgement?", "Headline, lede, body")
STATES = (("handed_in", 4, 4), ("answered", 9, 9), ("begun", 3, 9), ("new", 0, 16))
STAGES = [
    {"id": f"0{n}_lesson", "file": f"0{n}_lesson.ipynb", "number": str(n), "title": title, "minutes": 35, "talk": 10, "points": 10 * n, "answered": answered,
     "total": total, "here": n == 2, "state": state}
    for n, (title, (state, answered, total)) in enumerate(zip(TITLES, STATES, strict=True))
]  # fmt: skip
GROWTH = {"lesson": "07", "state": "open", "first": [5, 12], "last": [9, 12], "low": -0.06, "high": 0.62}
CRITERIA = [{"id": "ownership", "name": "Ownership", "points": 5}, {"id": "chain", "name": "Chain", "points": 5}]
ESSAYS = [
    {"texts": [{"prompt": "Your report", "text": "The ferry will sail at night from May, the harbour office said."}, {"prompt": "Your comment", "text": "I find that late."}],
     "marks": {"ownership": 3, "chain": 1}, "reasons": {"ownership": "One claim has no owner.", "chain": "The paper between is missing."}, "total": 4},
    {"texts": [{"prompt": "Your report", "text": "The *Courier* reports that the office plans a night ferry."}, {"prompt": "Your comment", "text": "Good news."}],
     "marks": {"ownership": 5, "chain": 5}, "reasons": {"ownership": "Each claim has its owner.", "chain": "The paper is named, and whom it asked."}, "total": 10},
]  # fmt: skip

CASES: dict[str, dict[str, Any]] = {
    "map": {"panel": "map", "status": {"lesson": "02_lesson", "stages": STAGES}},
    "growth": {"panel": "growth", "status": GROWTH},
    "growth-waiting": {"panel": "growth", "status": {"lesson": "07", "state": "waiting"}},
    "norming": {"panel": "norming", "status": {"lesson": "07", "state": "open", "prompt": "Write.", "criteria": CRITERIA, "essays": ESSAYS, "max": 10}},
    "norming-class": {"panel": "norming", "status": {"lesson": "07", "state": "class"}},
}
