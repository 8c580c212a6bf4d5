"""Notebooks for a passage: a lesson of its own, and a place to try the questions out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

KERNEL = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
HEAD = """# {number} · {title}

**Time** {minutes} minutes

Read the passage, and answer for each clause. Under each question stands whether your answer is saved."""
TRY = """# Try it out: {title}

This page shows the questions as your students will see them. Choose *Run ▸ Run All Cells* and answer.

Hand in at the end, under any name: then the reasons and the feedback of your key open, each at its clause. Nothing of this goes anywhere, and
no student sees this folder."""


def lesson_notebook(lesson: dict[str, Any], asked: Sequence[str]) -> bytes:
    """The notebook of a lesson of its own, as the bytes of a file."""
    number = int(lesson["id"][:2])
    return notebook(HEAD.format(number=number, title=lesson["title"], minutes=lesson["minutes"]), f'lesson = open_lesson("{lesson["id"]}")', asked)


def trial_notebook(title: str, lesson: str, asked: Sequence[str]) -> bytes:
    """A notebook that plays questions from the folder `kit` beside it."""
    return notebook(TRY.format(title=title), f'lesson = open_lesson("{lesson}", data="kit")', asked)


def notebook(head: str, opening: str, asked: Sequence[str]) -> bytes:
    """A notebook with a page of words, a cell that opens the lesson, a cell for each question, and two for handing in."""
    code = [("open", f"from course import open_lesson\n{opening}"), *((f"ask-{name}", f'lesson.ask("{name}")') for name in asked),
            ("progress", "lesson.progress()"), ("hand-in", "lesson.hand_in()")]
    cells: list[dict[str, Any]] = [{"cell_type": "markdown", "id": "head", "metadata": {"deletable": False}, "source": head}]
    cells += [{"cell_type": "code", "execution_count": None, "id": name, "metadata": {"deletable": False}, "outputs": [], "source": source} for name, source in code]
    return (json.dumps({"cells": cells, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False, indent=1) + "\n").encode()
