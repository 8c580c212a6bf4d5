"""What of the graded keys must not be found in a release: their sentences, their answers, their spans, their labels."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.content import lesson_ids, load_lesson
from course.content.files import read_toml
from course.release.copying import lesson_files, origin, package_files

SHORTEST_SENTENCE = 20
SAYS_SOMETHING = {"why", "feedback"}
KEY_FIELDS = {"answer", "accept", "why", "feedback", "span", "spans", "by_hand", "tolerance", "key", "solution", "model"}
UNIT_FIELDS = {"voice", "kind", "how", "speaker", "span", "why", "class"}
ESCAPES = re.compile(r"\\u([0-9a-fA-F]{4})|\\([nrt])")
MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")


@dataclass
class Secrets:
    """The graded keys as things to look for. `sentences` are reduced to letters and digits; `quotes` are of keyed spans."""

    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    units: dict[str, set[str]] = field(default_factory=dict)
    sentences: dict[str, str] = field(default_factory=dict)
    quotes: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def read_secrets(source: Path, kit: Path | None = None) -> Secrets:
    """All that the graded keys of a data folder hold and its practice keys do not.

    With `kit`, the folder is the kit's data with a pack laid over it: a sentence of the pack that the kit says in public anyway is no secret.
    `words` holds the sentences as they are written.
    """
    secrets = Secrets()
    for path in sorted((source / "keys" / "graded").glob("*.toml")):
        secrets.items |= read_toml(path)
    for path in sorted((source / "keys" / "graded" / "texts").glob("*.toml")):
        secrets.units[path.stem] = set(read_toml(path))
    for path in sorted((source / "keys" / "graded").rglob("*.toml")):
        for where, words in sentences_of(read_toml(path)):
            secrets.sentences[letters(words)] = f"{path.stem}, {where}"
            secrets.words[letters(words)] = words
        secrets.quotes |= {quote: f"{path.stem}, {where}" for where, quote in quotes_of(read_toml(path))}
    known = [read_toml(path) for path in sorted((source / "keys" / "practice").rglob("*.toml"))]
    public = " ".join(letters(words) for table in known for _, words in sentences_of(table))
    spoken = {quote for table in known for _, quote in quotes_of(table)}
    secrets.sentences = {words: where for words, where in secrets.sentences.items() if len(words) >= SHORTEST_SENTENCE and words not in public}
    secrets.quotes = {quote: where for quote, where in secrets.quotes.items() if quote not in spoken}
    if kit is not None and secrets.sentences.keys() - (kits := read_secrets(kit).sentences.keys()):
        said = said_in_public(kit)
        secrets.sentences = {words: where for words, where in secrets.sentences.items() if words in kits or words not in said}
    return secrets


def said_in_public(kit: Path) -> str:
    """Every word of the kit's own files that may go into a release, as they are searched."""
    checkout = kit.resolve().parent
    lessons = [load_lesson(kit, name) for name in lesson_ids(kit)]
    names = {*package_files(checkout), *lesson_files(kit, checkout, lessons, self_study=False)}
    return " ".join(letters(origin(kit, checkout, name).read_text("utf-8", "replace")) for name in sorted(names))


def sentences_of(table: Any, where: str = "", *, inside: bool = False) -> Iterator[tuple[str, str]]:
    """Every sentence of a key that says why, or answers a choice, with the place it stands in."""
    if isinstance(table, dict):
        for name, value in table.items():
            yield from sentences_of(value, where or name, inside=inside or name in SAYS_SOMETHING)
    elif isinstance(table, list):
        for value in table:
            yield from sentences_of(value, where, inside=inside)
    elif inside and isinstance(table, str):
        yield where, table


def quotes_of(table: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every quote that a key marks, with the place it stands in."""
    if isinstance(table, dict):
        if isinstance(table.get("quote"), str):
            yield where, table["quote"]
        for name, value in table.items():
            yield from quotes_of(value, where or name)
    elif isinstance(table, list):
        for value in table:
            yield from quotes_of(value, where)


def letters(text: str) -> str:
    """A text as it is searched: only its letters and digits, in one case, so that no markup or escape can hide it.

    >>> letters("**Had asked** … \\\\u201cfor\\\\u201d a permit&amp;") == letters("had asked “for” a permit &")
    True
    """
    plain = MARKUP.sub(" ", ESCAPES.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", html.unescape(text)))
    return "".join(letter for letter in unicodedata.normalize("NFKC", plain).casefold() if letter.isalnum())


def answers_of(secrets: Secrets) -> Iterator[tuple[str, re.Pattern[str]]]:
    """For each graded item with an answer, a pattern that finds the item and soon after it the whole answer, however it is written."""
    for name, table in secrets.items.items():
        answer = table.get("answer")
        if answer is None:
            continue
        parts = [re.escape(str(one)) for one in (answer if isinstance(answer, list) else [answer])]
        mark = r"[\\\"'\s]*"
        listed = rf"[\[(]{mark}" + rf"{mark},{mark}".join(parts) + rf"{mark},?{mark}[\])]"
        single = rf"|answer\W{{1,6}}{parts[0]}\b" if len(parts) == 1 else ""
        yield name, re.compile(rf"\b{re.escape(name)}\b(?:(?!\bid\b).){{0,160}}?(?:{listed}{single})", re.DOTALL)


def tables_in(value: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table inside a parsed file, with the name it stands under."""
    if isinstance(value, dict):
        yield name, value
        for inner, below in value.items():
            yield from tables_in(below, str(inner))
    elif isinstance(value, list):
        for below in value:
            yield from tables_in(below, name)
