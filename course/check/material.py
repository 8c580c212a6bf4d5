"""Everything that the rules over the whole course look at, gathered once: lessons, keys, texts, glossary, notebooks."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from course.check.asked import Asked, Call, read_notebook
from course.check.report import Report
from course.content import ContentError, load_glossary, text_folder
from course.content.keys import load_text_key
from course.items import Item, Key, Lesson, Text, UnitKey

LESSONS = ("00_before_you_start", "01_who_is_speaking", "02_whose_judgement", "03_a_says_that_b_says", "04_words_that_tilt",
           "05_headline_and_lede", "06_upstream", "07_newsroom", "08_two_weeks_later")
NUMBERS = tuple(f"{number:02}" for number in range(8))
ARTICLE = "article"


@dataclass
class Material:
    """The content of a kit. `keys` go by item, `unit_keys` by text and unit, `folders` say where a text's key lies, `pages` are all notebooks of students."""

    lessons: dict[str, Lesson] = field(default_factory=dict)
    keys: dict[str, Key] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    unit_keys: dict[str, dict[str, UnitKey]] = field(default_factory=dict)
    folders: dict[str, str | None] = field(default_factory=dict)
    glossary: dict[str, str] = field(default_factory=dict)
    pages: list[Asked] = field(default_factory=list)

    @property
    def notebooks(self) -> dict[str, Asked]:
        """The notebooks that open a lesson, by lesson; the rest are pages to look things up in."""
        return {page.lesson: page for page in self.pages if page.lesson}

    @property
    def course(self) -> dict[str, Lesson]:
        """The lessons 0 to 7; what comes weeks later is no part of the sums."""
        return {name: lesson for name, lesson in self.lessons.items() if name[:2] in NUMBERS}

    @property
    def complete(self) -> bool:
        """Whether all of lessons 0 to 7 are there: only then can the course as a whole be judged."""
        return {name[:2] for name in self.course} == set(NUMBERS)

    def steps(self, lesson: Lesson) -> list[Call]:
        """What a learner meets in a lesson, in order; without a notebook, its questions."""
        notebook = self.notebooks.get(lesson.id)
        return notebook.steps if notebook else [("ask", (item.id,)) for item in lesson.items]


def gather(report: Report, data: Path, texts: dict[str, Text], notebooks: Path | None) -> Material:
    """The texts with their keys, the glossary and the notebooks; lessons are added one by one as they are checked.

    A text or notebook that can't be read is left out: its own check complains of it.
    """
    material = Material(texts=texts, folders={slug: text_folder(data, slug) for slug in texts})
    for slug, text in texts.items():
        try:
            material.unit_keys[slug] = load_text_key(data, text)
        except ContentError:
            continue
    try:
        material.glossary = load_glossary(data)
    except ContentError as error:
        report.complain(error.where, error.problem, error.cure)
    for path in sorted(notebooks.glob("*.ipynb")) if notebooks else []:
        try:
            material.pages.append(read_notebook(path))
        except ValueError:
            continue
    return material


def asked_once(lesson: Lesson) -> list[Item]:
    """The items that one learner is asked: of the choices of a slot, the first stands for all."""
    others = {choice for slot in lesson.slots for choice in slot.choices[1:]}
    return [item for item in lesson.items if item.id not in others]


def items_called(lesson: Lesson, name: str) -> list[Item]:
    """The item of this id, or every item that may stand in the slot of this id."""
    choices = next((slot.choices for slot in lesson.slots if slot.id == name), (name,))
    return [item for item in lesson.items if item.id in choices]
