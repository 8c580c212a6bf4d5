"""A passage with marks drawn on it: the learner's on one side, the key's on the other, numbered alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from course.feedback import near_misses, tell_near
from course.items import Answer, Item, Key, Span, Text, Unit
from course.messages import say
from course.reports.html import Html, join, rich, tag
from course.scoring import Compared, compare_marks
from course.scoring.marks import why_of


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
    """The learner's marks beside the key's on the same paragraphs, and below them a reason for each number.

    The passage stands there once when every mark is right; else only its paragraphs that hold marks do.
    """
    found = compare_marks(answer, key, text)
    mine, keyed, reasons = compared(item, text, found, key)
    units = [text.unit(name) for name in item.units] or list(text.units)
    listed = tag("ol", *reasons, klass="reasons") if reasons else ""
    if not found.missed and not found.extra:
        return join(column(say("page.your_marks"), passage(units, mine), say("page.nothing_keyed") if not keyed else ""), listed)
    marked = {text.unit(one.unit).paragraph for one in mine + keyed}
    shown = [unit for unit in units if unit.paragraph in marked]
    columns = join(
        column(say("page.your_marks"), passage(shown, mine), say("page.no_marks") if not mine else ""),
        column(say("page.key_marks"), passage(shown, keyed), say("page.nothing_keyed") if not keyed else ""),
    )
    only = tag("p", say("page.only_marked"), klass="note") if len(shown) < len(units) else ""
    return join(only, tag("div", columns, klass="beside"), listed)


def column(title: str, words: Html, note: str) -> Html:
    """One side of the comparison."""
    return tag("figure", tag("figcaption", title), words, tag("p", note, klass="note") if note else "")


def compared(item: Item, text: Text, found: Compared, key: Key) -> tuple[list[Drawn], list[Drawn], list[Html]]:
    """Marks and keyed spans in the order of the passage, numbered: a pair that fits, or nearly does, bears one number."""
    names = {label.id: label.name for label in item.labels}
    order = {unit.id: place for place, unit in enumerate(text.units)}
    near = near_misses(found)
    rows: list[tuple[Span | None, Span | None, str]] = [(mark, span, "found") for mark, span in found.hits]
    rows += [(mark, span, "near") for mark, span in near.items()] + [(None, span, "missed") for span in found.missed if span not in near.values()]
    rows += [(mark, None, "extra") for mark in found.extra if mark not in near] + [(mark, None, "spare") for mark in found.spare]
    rows.sort(key=lambda row: place_of(row[0] or row[1], order))
    mine, keyed, reasons = [], [], []
    for number, (mark, span, state) in enumerate(rows, start=1):
        for side, one, other in ((mine, mark, "extra"), (keyed, span, "missed")):
            if one is not None:
                side.append(Drawn(number, one.unit, one.start, one.end, names.get(one.label, one.label), other if state == "near" else state))
        reasons.append(reason(state, names.get((mark or span).label, ""), mark, span, key))
    return mine, keyed, reasons


def place_of(span: Span | None, order: dict[str, int]) -> tuple[int, int, int]:
    """Where a span stands in the passage, to sort by."""
    return (order.get(span.unit, 0), span.start, span.end) if span else (0, 0, 0)


def reason(state: str, name: str, mark: Span | None, span: Span | None, key: Key) -> Html:
    """One line below the passages: what became of the mark with this number, and why."""
    said = why_of(mark, key, span) if mark and state in ("found", "spare") else span.why if span else ""
    said = said or (key.feedback.get(span.label, "") if span and state in ("missed", "near") else "")
    if not said and state in ("extra", "spare"):
        said = say(f"page.{state}_why", label=name)
    if mark and span and state == "near":
        said = f"{tell_near(mark, span)} {said}".rstrip()
    return tag("li", tag("strong", f"{name} · {say(f'page.{state}')}"), " " if said else "", rich(said), klass=state)


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
