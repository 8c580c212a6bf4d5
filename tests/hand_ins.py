"""Hand-ins for tests, written by hand so that a test shows every byte that matters."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from course.classroom import Catalogue, load_catalogue
from tests.small_content import write_small_content

LESSON = "01_fences"


def small_catalogue(folder: Path) -> Catalogue:
    """The catalogue of the small kit. Three columns count: `form` (1, for answering), `fence-count` (1), `fence-essay` (2)."""
    return load_catalogue(write_small_content(folder / "data"))


def answer(catalogue: Catalogue, item: str, value: Any, *, minute: int = 0, name: str = "", **fields: Any) -> dict[str, Any]:
    """One response as it stands in a hand-in."""
    return {
        "id": name or f"{item}-{minute}", "at": f"2026-03-02T10:{minute:02d}:00.000Z", "item": item, "kind": "draft", "round": "alone",
        "seen": catalogue.wording.get(item, ""), "value": value, **fields,
    }


def header(learner: str, responses: int, /, **fields: Any) -> dict[str, Any]:
    """The first line of a hand-in."""
    return {"sayswho": "hand-in", "version": 1, "learner": learner, "lesson": LESSON, "kit": "0.1.0", "content": "", "at": "", "mode": "class",
            "responses": responses, **fields}


def lines(*records: Any) -> bytes:
    """Records as the lines of a file; a string is written as it is."""
    written = [record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records]
    return "".join(f"{line}\n" for line in written).encode("utf-8", "surrogatepass")


def hand_in(folder: Path, learner: str, /, *responses: Any, file: str = "", **fields: Any) -> Path:
    """Write one hand-in into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (file or f"{learner}--{LESSON}.jsonl")
    path.write_bytes(lines(header(learner, len(responses), **fields), *responses))
    return path


def read_table(path: Path) -> list[dict[str, str]]:
    """A table as a spreadsheet reads it."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
