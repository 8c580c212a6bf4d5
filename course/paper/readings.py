"""What a lesson's notebook shows to read before a question: on paper it must stand there too."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from pathlib import Path

SHOWS = {"show", "article"}


@dataclass(frozen=True)
class Shown:
    """A text that is shown, or the text of the question named, whole or some clauses of it."""

    name: str
    units: tuple[str, ...] = ()


def shown_before(notebook: Path) -> dict[str, list[Shown]]:
    """For each question or slot that a notebook asks, what it shows since the one before; nothing where there is no notebook.

    The notebook is read, never run.
    """
    try:
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return {}
    found: dict[str, list[Shown]] = {}
    waiting: list[Shown] = []
    for cell in cells:
        for verb, names in calls("".join(cell["source"])) if cell.get("cell_type") == "code" else ():
            if verb in SHOWS:
                waiting.append(Shown("article", names) if verb == "article" else Shown(names[0], names[1:]))
            elif names:
                found[names[0]], waiting = waiting, []
    return found


def calls(source: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every `lesson.show("…")`, `lesson.article("…")` and `lesson.ask("…")` of a cell, with the words in it.

    >>> calls('lesson.show("otter", "o1")'), calls("lesson.progress()")
    ([('show', ('otter', 'o1'))], [])
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {*SHOWS, "ask"} and ast.unparse(node.func.value) == "lesson":
            words = tuple(one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))
            if words or node.func.attr == "article":
                found.append((node.func.attr, words))
    return found
