"""Forbidden words: the kit judges sentences, never persons, outlets or their intentions, and must not do what it teaches to see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from course.check.material import Material
from course.check.prose import Piece, asking, choices, said_by_keys, said_by_text
from course.check.report import Report
from course.items import Item, Key

# Each word with the reason, as the complaint gives it. A plain word stands for itself only; an asterisk stands for any ending.
PERSON, OUTLET, MOTIVE = "it judges a person", "it judges an outlet or a text as a whole", "it claims to know what somebody meant to do"
FORBIDDEN = {
    "propaganda": OUTLET, "propagandist*": PERSON, "liar": PERSON, "liars": PERSON, "lying": PERSON, "lied": PERSON, "lies told": PERSON, "told lies": PERSON,
    "tells lies": PERSON, "all lies": PERSON, "fake news": OUTLET, "disinformation": OUTLET, "dishonest*": PERSON, "deceitful*": PERSON,
    "biased": OUTLET, "one-sided": OUTLET, "untrustworthy": OUTLET, "brainwash*": MOTIVE, "mislead*": MOTIVE, "misled": MOTIVE,
    "manipulat*": MOTIVE, "trick readers": MOTIVE, "the blogger": PERSON, "this blogger": PERSON, "hypocri*": PERSON, "warmonger*": PERSON, "extremist*": PERSON,
    "fanatic*": PERSON, "stupid*": PERSON, "idiot*": PERSON, "ignorant": PERSON, "hoax*": MOTIVE, "shill*": PERSON, "mouthpiece*": OUTLET,
}
PATTERN = re.compile("|".join(rf"\b{re.escape(word).replace(re.escape('*'), chr(92) + 'w*')}\b" for word in FORBIDDEN), re.IGNORECASE)
CURE = "Say what the words on the page do."


def check_forbidden(report: Report, material: Material) -> None:
    """Complain of each forbidden word outside the texts and the wrong options: those are the misreading that is corrected."""
    for where, text in spoken(material):
        for word in dict.fromkeys(found.lower() for found in PATTERN.findall(text)):
            report.complain(where, f"it says “{word}”: {reason_against(word)}", CURE)


def reason_against(word: str) -> str:
    """Why a word that was found is forbidden.

    >>> reason_against("misleading"), reason_against("liar")
    ('it claims to know what somebody meant to do', 'it judges a person')
    """
    return next(reason for entry, reason in FORBIDDEN.items()
                if word == entry or (entry.endswith("*") and word.startswith(entry[:-1])))


def spoken(material: Material) -> Iterator[Piece]:
    """Everything the kit says in its own voice: notebooks, questions, keys, glossary, gists."""
    for notebook in material.pages:
        yield from ((f"notebooks/{notebook.name}", words[0]) for kind, words in notebook.steps if kind == "markdown")
    for lesson in material.lessons.values():
        for item in lesson.items:
            yield from asking(item)
            wrong = wrong_choices(item, material.keys.get(item.id))
            yield from ((where, text) for where, name, text in choices(item, material.texts.get(item.text or "")) if name not in wrong)
        yield from ((where, text) for _, where, text in said_by_keys(material, lesson))
    for slug, text in material.texts.items():
        yield from said_by_text(material, slug)
        yield from ((f"data/texts/{slug}/text.toml, gist {number}", gist) for number, gist in text.gists.items())
        yield f"data/texts/{slug}/text.toml, note", text.note
    yield from ((f"data/glossary.csv, term {term!r}", f"{term}: {meaning}") for term, meaning in material.glossary.items())


def wrong_choices(item: Item, key: Key | None) -> set[str]:
    """The options, cards and reasons that a key calls wrong. Where nothing is keyed, nothing is wrong."""
    if key is None or key.answer is None or item.type not in ("pick", "chain"):
        return set()
    right = {one for answer in [key.answer, *(other.answer for other in key.accept)] for one in answer or ()} | set(item.given)
    wrong = {one.id for one in (*item.options, *item.cards) if one.id not in right}
    return wrong | ({reason.id for reason in item.reasons if reason.id != key.reason} if key.reason is not None else set())
