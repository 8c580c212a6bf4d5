"""Answers in words, as an instructor and the class read them: a claim, the key's own answer, and what else counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from course.classroom.challenges.accepted import Alternative
from course.classroom.challenges.alternatives import Asked, read
from course.items import NO_BREAK_SPACE, Item, Span, class_of
from course.reports.html import visible

LONGEST_TYPED = 120


def said_of(asked: Asked, unit: str, value: Any) -> str:
    """An answer in the words of its question: options by their text, cards with arrows between them, marked and typed words in quotation marks."""
    item = asked.item
    if isinstance(value, Span):
        return f"“{quoted(value, asked)}”"
    if item.type == "classify":
        words = ", ".join(plain(option.text) for question in item.questions for option in question.options if value.get(question.id) == option.id)
        named = class_of(value.get("voice"), value.get("kind"), value.get("how")) if item.show_class else None
        return words + (f" ({named})" if named else "")
    if item.type == "pick":
        return "; ".join(plain(option.text) for option in item.options if option.id in value)
    if item.type == "chain":
        texts = {card.id: plain(card.text) for card in item.cards}
        return " → ".join(texts.get(card, card) for card in value)
    typed = visible(" ".join(str(value)[: 4 * LONGEST_TYPED].split()))
    return f"“{typed[:LONGEST_TYPED]}{'…' if len(typed) > LONGEST_TYPED else ''}”"


def key_in_words(asked: Asked, unit: str, label: str) -> str:
    """The key's own answer to a question, to one of its clauses, or what it marks there under a label."""
    item, key = asked.item, asked.key
    if item.type == "classify":
        held = key.units[unit]
        return said_of(asked, unit, {question.id: getattr(held, question.id, None) for question in item.questions})
    if item.type == "mark":
        keyed = [span for span in key.spans if (span.unit, span.label) == (unit, label) and not span.optional]
        return ", ".join(dict.fromkeys(said_of(asked, unit, span) for span in keyed)) or "nothing here"
    first = key.answer[0] if item.type == "write" and isinstance(key.answer, list) else key.answer
    return said_of(asked, unit, first)


def other_readings(before: Asked, now: Asked, unit: str, label: str, accepted: Iterable[Alternative]) -> Iterator[tuple[str, str]]:
    """What counts beside the key's own answer, in words, each with its reason: what was shipped so, then what was accepted since."""
    item = before.item
    shipped = before.key.units[unit].accept if item.type == "classify" else () if item.type == "mark" else before.key.accept
    for other in shipped:
        said = said_of(before, unit, full(before, unit, other.answer))
        if said != key_in_words(before, unit, label):
            yield said, other.why
    for one in accepted:
        if (one.item, one.unit) == (item.id, unit) and (item.type != "mark" or one.question == label):
            yield said_of(now, unit, full(before, unit, read(now, one))), one.reason


def full(asked: Asked, unit: str, value: Any) -> Any:
    """An accepted answer with the key's own answers to the questions that it does not name, as scoring completes it."""
    if not isinstance(value, dict):
        return value
    own = {question.id: getattr(asked.key.units[unit], question.id, None) for question in asked.item.questions}
    return own | ({"how": None} if {"voice", "kind"} & value.keys() else {}) | value


def alternative_in_words(asked: Asked, one: Alternative) -> str:
    """An accepted answer in words; the letters of its file where the question has changed since."""
    return said_of(asked, one.unit, full(asked, one.unit, read(asked, one)))


def quoted(span: Span, asked: Asked) -> str:
    """The words of a span."""
    words = asked.text.unit(span.unit).text[span.start:span.end] if asked.text else span.quote
    return words.replace(NO_BREAK_SPACE, " ")


def title_of(item: Item) -> str:
    """A question's prompt without its signs."""
    return plain(item.prompt)


def plain(text: str) -> str:
    """A text of the kit without the signs for bold and italics.

    >>> plain("Whose **voice**, and *what* kind?")
    'Whose voice, and what kind?'
    """
    return text.replace("**", "").replace("*", "")
