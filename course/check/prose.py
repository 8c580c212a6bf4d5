"""The words that a learner reads: in notebooks, in questions, and in what the keys say. Each piece comes with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from course.check.material import Material
from course.items import NO_BREAK_SPACE, Item, Key, Lesson, Text, UnitKey

Piece = tuple[str, str]

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
SIGNS = re.compile(r"[*_`|]+|^\s*(?:#+|[-+>]|\d+\.)\s+|-{3,}", re.MULTILINE)
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
STOPS = (".", "!", "?", ":", "…", ".”", "!”", "?”")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, without case, marks and the kind of space between them.

    >>> words_of("“It’s **late**,” he\\u00a0said.")
    ("it's", 'late', 'he', 'said')
    """
    return tuple(WORD.findall(text.replace("’", "'").replace(NO_BREAK_SPACE, " ").lower()))


def plain(markdown: str) -> str:
    """Markdown as it is read: without signs, and each heading, list item, table row and paragraph ended like a sentence.

    >>> plain("| a | b |\\n|---|---|\\n| c | d |")
    'a b.\\nc d.'
    >>> plain("## A cell\\n\\nThis page is a\\n**notebook**.\\n\\n- one [link](x.html)")
    'A cell.\\nThis page is a notebook.\\none link.'
    """
    blocks = re.split(r"\n\s*\n|\n(?=\s*(?:#|\||[-+]\s|\d+\.\s))", LINK.sub(r"\1", markdown))
    lines = (" ".join(SIGNS.sub("", block).split()) for block in blocks)
    return "\n".join(line if line.endswith(STOPS) else f"{line}." for line in lines if line)


def items_file(item: Item) -> str:
    """The place of an item, as complaints name it."""
    return f"data/items/{item.lesson}.toml, item {item.id!r}"


def keys_file(item: Item) -> str:
    """The place of an item's key, as complaints name it."""
    return f"data/keys/{'graded' if item.graded else 'practice'}/{item.lesson}.toml, item {item.id!r}"


def asking(item: Item) -> Iterator[Piece]:
    """How an item asks: its prompt, its help, the prompts of its parts and the levels of its rubric."""
    where = items_file(item)
    yield f"{where}, prompt", item.prompt
    if item.help:
        yield f"{where}, help", item.help
    yield from ((f"{where}, question {question.id!r}", question.prompt) for question in item.questions)
    yield from ((f"{where}, label {label.id!r}", f"{label.name}: {label.hint}") for label in item.labels)
    yield from ((f"{where}, field {field.id!r}", field.prompt) for field in item.fields)
    for criterion in item.criteria:
        yield f"{where}, criterion {criterion.id!r}", criterion.name
        yield from ((f"{where}, criterion {criterion.id!r}, level {level}", text) for level, text in criterion.levels.items())


def choices(item: Item, text: Text | None) -> Iterator[tuple[str, str, str]]:
    """What an item offers, with its id: options, reasons, cards. Options that are units of its text are the text's words, not the item's."""
    units = {unit.id for unit in text.units} if text else set()
    for kind, offered in (("option", item.options), ("reason", item.reasons), ("card", item.cards)):
        for one in offered:
            if kind != "option" or one.id not in units:
                yield f"{items_file(item)}, {kind} {one.id!r}", one.id, one.text


def saying(item: Item, key: Key) -> Iterator[Piece]:
    """What the key of an item says: its reason, its alternatives' reasons, its feedback."""
    where = keys_file(item)
    yield f"{where}, why", key.why
    yield from ((f"{where}, accept", other.why) for other in key.accept)
    yield from ((f"{where}, feedback.{name}", text) for name, text in key.feedback.items())


def saying_of_unit(where: str, unit: UnitKey) -> Iterator[Piece]:
    """What the key of a unit says: reasons and feedback."""
    yield f"{where}, why", unit.why
    yield from ((f"{where}, accept", other.why) for other in unit.accept)
    yield from ((f"{where}, span {span.quote!r}", span.why) for span in unit.spans if span.label)
    for question, said in unit.feedback.items():
        yield from ((f"{where}, feedback.{question}.{option}", text) for option, text in said.items())


def said_by_text(material: Material, slug: str) -> Iterator[Piece]:
    """What the key of a text says, unit by unit."""
    folder = material.folders.get(slug) or "…"
    for name, unit in material.unit_keys.get(slug, {}).items():
        yield from saying_of_unit(f"data/keys/{folder}/texts/{slug}.toml, unit {name!r}", unit)


def said_by_keys(material: Material, lesson: Lesson) -> Iterator[tuple[Item, str, str]]:
    """What the keys of a lesson's items say, with the item; a unit's own words in an item's key among them."""
    for item in lesson.items:
        key = material.keys.get(item.id)
        if key is None:
            continue
        yield from ((item, where, text) for where, text in saying(item, key))
        for name, unit in key.units.items():
            if unit != material.unit_keys.get(item.text or "", {}).get(name):
                yield from ((item, where, text) for where, text in saying_of_unit(f"{keys_file(item)}, unit {name!r}", unit))
