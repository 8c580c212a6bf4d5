"""The note beside a lesson's answers that says when it was handed in, and to which file."""

from __future__ import annotations

import json
from pathlib import Path

NOTE = "handed_in.json"


def when_handed_in(answers: Path, lesson: str) -> dict[str, str]:
    """When and where a lesson was last handed in from this answers folder; empty if it was not."""
    try:
        found = json.loads((answers / lesson / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and "at" in found else {}


def note_handed_in(answers: Path, lesson: str, about: dict[str, str]) -> None:
    """Remember that a lesson was handed in; a disk that refuses costs only this note."""
    try:
        (answers / lesson).mkdir(parents=True, exist_ok=True)
        (answers / lesson / NOTE).write_text(json.dumps(about, ensure_ascii=False), "utf-8")
    except OSError:
        pass
