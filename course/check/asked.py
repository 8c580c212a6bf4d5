"""The notebooks beside the items: every id that a notebook asks for exists, and every item is asked for."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from course.check.report import Report
from course.items import Lesson, Text

Call = tuple[str, tuple[str, ...]]


@dataclass
class Asked:
    """What a notebook does: the lesson it opens, and its steps in order.

    A step is "markdown" with the cell's words, "ask" with ids, "show" with a text and its units, or "glossary" with terms.
    """

    name: str
    lesson: str = ""
    steps: list[Call] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """The ids it asks for, in order."""
        return [name for kind, words in self.steps if kind == "ask" for name in words]

    @property
    def shown(self) -> list[Call]:
        """The texts it shows, each with the units that are named."""
        return [(words[0], words[1:]) for kind, words in self.steps if kind == "show"]


def read_notebook(path: Path) -> Asked:
    """The steps of a notebook, code read from its syntax; nothing is run. Raises `ValueError` when it is no notebook."""
    asked = Asked(path.name)
    try:
        cells = [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(path.read_text("utf-8"))["cells"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"it can't be read as a notebook ({type(error).__name__})") from error
    for kind, source in cells:
        if kind == "markdown":
            asked.steps.append(("markdown", (source,)))
        for name, words in calls(source) if kind == "code" else ():
            if name == "open_lesson":
                asked.lesson = words[0] if words else ""
            elif name in ("ask", "glossary") or (name == "show" and words):
                asked.steps.append((name, words))
            elif name == "article":
                asked.steps.append(("show", ("article", *words)))
    return asked


def calls(source: str) -> Iterator[Call]:
    """Every call in a cell: the function's last name, and its arguments that are plain words.

    >>> list(calls('lesson.ask("lede-03")'))
    [('ask', ('lede-03',))]
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, tuple(one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


def with_texts(asked: Asked, lesson: Lesson | None) -> Asked:
    """A notebook in which each text that is shown by a question's or slot's id is named itself; of a slot, its first choice's."""
    if lesson is None:
        return asked
    texts = {item.id: item.text for item in lesson.items}
    texts |= {slot.id: texts.get(slot.choices[0]) for slot in lesson.slots}
    steps = [(kind, (texts.get(words[0]) or words[0], *words[1:])) if kind == "show" and words else (kind, words) for kind, words in asked.steps]
    return replace(asked, steps=steps)


def check_notebooks(report: Report, folder: Path, lessons: dict[str, Lesson], texts: dict[str, Text]) -> None:
    """Complain of ids that a notebook asks for and that are not there, and of items that no notebook asks for."""
    opened = set()
    for path in sorted(folder.glob("*.ipynb")):
        try:
            asked = read_notebook(path)
        except ValueError as error:
            report.complain(f"notebooks/{path.name}", str(error), "Save it again from Jupyter.")
            continue
        if not asked.lesson:
            continue
        opened.add(asked.lesson)
        if asked.lesson in lessons:
            check_ids(report, asked, lessons[asked.lesson])
        else:
            report.complain(f"notebooks/{asked.name}", f"it opens the lesson {asked.lesson!r}, which is not there or can't be read",
                            f"The lessons are: {', '.join(lessons)}.")
        check_shown(report, with_texts(asked, lessons.get(asked.lesson)), texts)
    for lesson in lessons:
        if lesson not in opened:
            report.complain(f"data/items/{lesson}.toml", "no notebook opens this lesson", f"Add notebooks/{lesson}.ipynb.")


def check_ids(report: Report, asked: Asked, lesson: Lesson) -> None:
    """Every id once, all of them, and in the order of the items."""
    chosen = {choice: slot.id for slot in lesson.slots for choice in slot.choices}
    wanted = list(dict.fromkeys(chosen.get(item.id, item.id) for item in lesson.items))
    where = f"notebooks/{asked.name}"
    for name in asked.ids:
        if name not in wanted and name not in chosen:
            report.complain(where, f"it asks for {name!r}, which the lesson does not have", f"Its items and slots are: {', '.join(wanted)}.")
    for name in wanted:
        if name not in asked.ids:
            report.complain(where, f"it never asks for {name!r}", f'Add a cell lesson.ask("{name}"), or take the item out.')
    for name in sorted({name for name in asked.ids if asked.ids.count(name) > 1}):
        report.complain(where, f"it asks for {name!r} twice", "Keep one of the two cells.")
    known = [name for name in dict.fromkeys(asked.ids) if name in wanted]
    if known != [name for name in wanted if name in known]:
        report.complain(where, "it asks in another order than the items stand in", f"Put the items of {lesson.id}.toml into the notebook's order.")


def check_shown(report: Report, asked: Asked, texts: dict[str, Text]) -> None:
    """Every text and unit that a notebook shows is there."""
    for slug, units in asked.shown:
        if slug not in texts:
            report.complain(f"notebooks/{asked.name}", f"it shows the text {slug!r}, which is not there", f"The texts are: {', '.join(texts)}.")
            continue
        for unit in units:
            if unit not in {one.id for one in texts[slug].units}:
                report.complain(f"notebooks/{asked.name}", f"it shows the unit {unit!r}, which the text {slug!r} does not have",
                                f"Its units are: {', '.join(one.id for one in texts[slug].units)}.")
