"""A passage with marks drawn on it: the learner's on one side, the key's on the other, numbered alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from course.items import Answer, Item, Key, Span, Text, Unit
from course.messages import say
from course.reports.html import Html, join, tag
from course.scoring import compare_marks


@dataclass(frozen=True)
class Drawn:
    """A mark as it is drawn: the number it shares with its counterpart, its label's name, and how it fared."""

    number: int
    unit: str
    start: int
    end: int
    name: str
    state: str


def marked_passages(item: Item, text: Text, answer: Answer, key: Key) -> Html:
    """The learner's marks beside the key's on the same passage, and below them a reason for each number."""
    mine, keyed, reasons = compared(item, text, answer, key)
    units = [text.unit(name) for name in item.units] or list(text.units)
    columns = join(
        column(say("page.your_marks"), passage(units, mine), say("page.no_marks") if not mine else ""),
        column(say("page.key_marks"), passage(units, keyed), say("page.nothing_keyed") if not keyed else ""),
    )
    return join(tag("div", columns, klass="beside"), tag("ol", *reasons, klass="reasons") if reasons else "")


def column(title: str, words: Html, note: str) -> Html:
    """One side of the comparison."""
    return tag("figure", tag("figcaption", title), words, tag("p", note, klass="note") if note else "")


def compared(item: Item, text: Text, answer: Answer, key: Key) -> tuple[list[Drawn], list[Drawn], list[Html]]:
    """Marks and keyed spans in the order of the passage, numbered: a pair that fits bears one number."""
    names = {label.id: label.name for label in item.labels}
    order = {unit.id: place for place, unit in enumerate(text.units)}
    found = compare_marks(answer, key, text)
    rows: list[tuple[Span | None, Span | None, str]] = [(mark, span, "found") for mark, span in found.hits]
    rows += [(None, span, "missed") for span in found.missed]
    rows += [(mark, None, "extra") for mark in found.extra] + [(mark, None, "spare") for mark in found.spare]
    rows.sort(key=lambda row: place_of(row[0] or row[1], order))
    mine, keyed, reasons = [], [], []
    for number, (mark, span, state) in enumerate(rows, start=1):
        for side, one in ((mine, mark), (keyed, span)):
            if one is not None:
                side.append(Drawn(number, one.unit, one.start, one.end, names.get(one.label, one.label), state))
        reasons.append(reason(state, names.get((mark or span).label, ""), span, key))
    return mine, keyed, reasons


def place_of(span: Span | None, order: dict[str, int]) -> tuple[int, int, int]:
    """Where a span stands in the passage, to sort by."""
    return (order.get(span.unit, 0), span.start, span.end) if span else (0, 0, 0)


def reason(state: str, name: str, span: Span | None, key: Key) -> Html:
    """One line below the passages: what became of the mark with this number, and why."""
    said = (span.why if span else "") or (key.feedback.get(span.label, "") if span and state == "missed" else "")
    if not said and state in ("extra", "spare"):
        said = say(f"page.{state}_why", label=name)
    return tag("li", tag("strong", f"{name} · {say(f'page.{state}')}"), f" {said}" if said else "", klass=state)


def passage(units: Iterable[Unit], marks: list[Drawn]) -> Html:
    """The passage in its paragraphs, with each mark underlined and its number and label after it."""
    paragraphs = []
    for _, several in groupby(units, key=lambda unit: unit.paragraph):
        paragraphs.append(tag("p", join(*(marked_unit(unit, [m for m in marks if m.unit == unit.id]) for unit in several), between=" ")))
    return tag("blockquote", *paragraphs, klass="passage")


def marked_unit(unit: Unit, marks: list[Drawn]) -> Html:
    """One unit, cut where a mark begins or ends, so that marks may overlap."""
    words = unit.shown
    cuts = sorted({0, len(words), *(min(one.start, len(words)) for one in marks), *(min(one.end, len(words)) for one in marks)})
    pieces: list[Html | str] = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        over = [one for one in marks if one.start < end and one.end > start]
        pieces.append(tag("mark", words[start:end], klass=" ".join(dict.fromkeys(one.state for one in over))) if over else words[start:end])
        pieces += [tag("span", f"{one.number} {one.name}", klass=f"tag {one.state}") for one in over if min(one.end, len(words)) == end]
    return join(*pieces)
