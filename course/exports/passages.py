"""What stands above an answer on a platform: the prompt, the passage with its rights, and the notes for the person who marks."""

from __future__ import annotations

from itertools import groupby

from course.items import Item, Key, Span, Text, Unit
from course.reports.html import Html, join, rich, tag

FREE = ("cc ", "cc-", "cc0", "public domain")


def heading(item: Item, text: Text | None, *, asked: str | None = None, numbered: bool = False, first: str = "") -> Html:
    """The prompt with its help, and the passage below it. The clause that is `asked` about stands there in bold, with all numbered."""
    pieces = [tag("p", first) if first else "", tag("p", rich(item.prompt)), tag("p", tag("small", rich(item.help))) if item.help else ""]
    shown_as_options = {option.id for option in item.options} == set(item.units)
    if text and item.units and not shown_as_options:
        pieces.append(tag("blockquote", *paragraphs(item, text, asked, numbered=numbered or asked is not None), dir="auto"))
    return join(*pieces, credit(text) if text else "")


def paragraphs(item: Item, text: Text, asked: str | None, *, numbered: bool) -> list[Html]:
    """The passage paragraph by paragraph: the clauses of the item, and those between them, in the order of the text."""
    numbers = {unit: place for place, unit in enumerate(item.units, start=1)}
    drawn = [(unit, clause(unit, numbers.get(unit.id) if numbered else None, bold=unit.id == asked)) for unit in passage(item, text)]
    return [tag("p", join(*(html for _, html in units), between=" ")) for _, units in groupby(drawn, key=lambda one: one[0].paragraph)]


def clause(unit: Unit, number: int | None, *, bold: bool) -> Html:
    """One clause with its number, in bold if it is asked about."""
    words = tag("strong", unit.shown) if bold else join(unit.shown)
    return join(tag("small", f"[{number}]"), " ", words) if number else words


def passage(item: Item, text: Text) -> list[Unit]:
    """The clauses that are shown: from the first paragraph that is asked about to the last, or, out of order, only those asked about."""
    order = [unit.id for unit in text.units]
    places = [order.index(unit) for unit in item.units]
    if places != sorted(places):
        return [text.units[place] for place in places]
    touched = [text.units[place].paragraph for place in places]
    return [unit for unit in text.units if min(touched) <= unit.paragraph <= max(touched)]


def is_free(text: Text) -> bool:
    """Whether a text may be passed on with its author's name, as its rights say.

    >>> is_free(Text("t", "A text", (), rights="CC BY 4.0")), is_free(Text("t", "A text", (), rights="All rights reserved")), is_free(Text("t", "A text", ()))
    (True, False, False)
    """
    return text.rights.casefold().startswith(FREE)


def credit(text: Text) -> Html:
    """Where a passage comes from and who may use it: both licences and courtesy ask for it wherever the passage goes."""
    title = "Passage" if is_free(text) else f"“{text.title}”"
    about = ". ".join(part.rstrip(".") for part in (title, text.author, text.date, text.origin, text.rights) if part)
    return tag("p", tag("small", f"{about}."), dir="auto")


def clause_asked(place: int, words: str) -> Html:
    """Which clause a question asks about."""
    return tag("p", f"This question asks about clause {place}, in bold above: ", tag("q", words, dir="auto"))


def lines_of(item: Item) -> list[str]:
    """The boxes of an essay in words."""
    return [f"**{one.prompt}**" + (f" (at most {one.max_words} words)" if one.max_words else "") for one in item.fields]


def marking_of_essay(item: Item, key: Key) -> Html:
    """The rubric, level by level."""
    rows = []
    for one in item.criteria:
        levels = [tag("li", f"{level}: ", rich(words)) for level, words in one.levels.items()]
        rows.append(tag("li", tag("strong", one.name), f" (at most {one.points:g})", tag("ul", *levels) if levels else ""))
    total = sum(one.points for one in item.criteria)
    scale = tag("p", f"The levels add up to {total:g}; the question is worth {item.points:g}.") if rows and item.points and total != item.points else ""
    return join(tag("ul", *rows) if rows else "", scale, kept_back(item, key))


def kept_back(item: Item, key: Key) -> Html:
    """What the key says, for an item whose feedback learners do not see yet; of any other it stands in the feedback."""
    return tag("p", rich(key.why)) if key.why and item.opens_with else join()


def marking_of_marks(item: Item, key: Key, text: Text | None) -> Html:
    """The words that are keyed, label by label, with other wordings that count and the reasons; and how the kit counts."""
    numbers = {unit: place for place, unit in enumerate(item.units, start=1)}
    rows = []
    for label in item.labels:
        found = [tag("li", keyed_words(span, numbers, text)) for span in key.spans if span.label == label.id]
        rows.append(tag("li", tag("strong", label.name), tag("ul", *found) if found else ": nothing to mark"))
    counting = "For each label: twice the right ones, divided by those marked and those keyed together. The mean over the labels is the share of the points."
    return join(tag("ul", *rows), tag("p", counting), kept_back(item, key))


def keyed_words(span: Span, numbers: dict[str, int], text: Text | None) -> Html:
    """One keyed stretch: its words, where it stands, what else counts, and why."""
    words = text.unit(span.unit).text[span.start:span.end] if text else span.quote
    others = ", ".join(f"“{other.quote}”" for other in span.accept)
    also = f" Also right: {others}." if others else ""
    return join(f"“{words}”, clause {numbers.get(span.unit, '?')}.", " It may be left out." if span.optional else "", also, " ", rich(span.why))
