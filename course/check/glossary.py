"""The glossary: every term that a notebook explains is in it, and every term in it is needed."""

from __future__ import annotations

from collections.abc import Iterator

from course.check.material import Material
from course.check.prose import asking, choices, words_of
from course.check.report import Report
from course.messages import WORDS

NAMES = ("class.", "label.", "voice.", "kind.", "how.", "speaker.")


def check_glossary(report: Report, material: Material) -> None:
    """Complain of terms that a notebook explains and the glossary lacks; warn of terms whose words a learner never meets."""
    asked: set[str] = set()
    for notebook in material.pages:
        for term in (term for kind, words in notebook.steps if kind == "glossary" for term in words):
            asked.add(term)
            if term not in material.glossary:
                report.complain(f"notebooks/{notebook.name}", f"it explains {term!r}, which is not in the glossary",
                                "Add a line to data/glossary.csv, or write the term as it stands there.")
    met = " ".join(f" {' '.join(words_of(text))} " for text in read_by_learners(material)) if material.pages else ""
    unused = [term for term in material.glossary if material.pages and term not in asked and not occurs(term, met)]
    for term in unused:
        report.warn(f"data/glossary.csv, term {term!r}", "no notebook, gist, text or question uses it", "Use the term, or take the line out.")
    if material.glossary:
        report.tell("Glossary", [f"{len(material.glossary)} terms; {len(asked)} explained in a notebook, {len(unused)} never met."])


def occurs(term: str, met: str) -> bool:
    """Whether a term stands among the words, in the singular or with an s.

    >>> occurs("loaded word", " two loaded words "), occurs("cue", " a rescue ")
    (True, False)
    """
    words = " ".join(words_of(term))
    return any(f" {words}{ending} " in met for ending in ("", "s", "'s"))


def read_by_learners(material: Material) -> Iterator[str]:
    """Everything in which a term may be met: notebooks, questions with what they offer, texts with their gists, names of labels."""
    for notebook in material.pages:
        yield from (words[0] for kind, words in notebook.steps if kind == "markdown")
    for item in (item for lesson in material.lessons.values() for item in lesson.items):
        yield from (text for _, text in asking(item))
        yield from (text for _, _, text in choices(item, None))
    for text in material.texts.values():
        yield from (*text.gists.values(), *(unit.text for unit in text.units))
    yield from (text for name, text in WORDS.items() if name.startswith(NAMES))
