"""One question on a sheet: what is asked, the passage with its clauses named, and where to tick, number, underline or write."""

from __future__ import annotations

from collections.abc import Sequence

from course.items import Item, Option, Text
from course.messages import say
from course.paper.codes import SURENESS, lettered
from course.paper.plan import ARTICLE, Asked
from course.reports.html import Html, join, rich, tag

LINES_BY_HAND = 2  # handwriting takes about twice the lines of typing


def question(asked: Asked, *, large: bool) -> Html:
    """The whole question; its id and wording stand small beside it, for whoever types the answers."""
    item = asked.item
    name = f"q-{item.id}"
    instead = tag("p", rich("**Or**, instead of the question before: answer one of the two, not both."), klass="instead") if asked.instead else ""
    head = tag("h2", tag("span", asked.number, klass="number"), " ", rich(item.prompt), id=name)
    code = tag("p", worth(item), " ", tag("span", f"{item.id} · {asked.wording}", klass="code"), klass="worth")
    parts = [tag("p", rich(item.help), klass="help") if item.help else "", passage_of(item, asked.text), ANSWERS[item.type](item, asked.text, large)]
    if item.reasons:
        parts.append(tag("div", tag("p", say("reason.ask"), klass="asked"), choices(item.reasons)))
    if item.confidence:
        parts.append(sureness())
    reads = [reading(text, units) for text, units in asked.reads]
    return join(*reads, tag("section", instead, head, code, *parts, klass=f"question {item.type}", aria_labelledby=name))


def reading(text: Text, units: Sequence[str]) -> Html:
    """A text to read before the question that follows; the article is on its own sheet."""
    if text.slug == ARTICLE:
        which = ", ".join(f"[{unit}]" for unit in units) or "all of it"
        return tag("p", "Read first, on the sheet with the article: ", tag("strong", which), ".", klass="beside read")
    shown = [text.unit(name) for name in units] or text.units
    paragraphs = [tag("p", *(clause(unit.id, unit.shown, True) for unit in shown if unit.paragraph == number)) for number in dict.fromkeys(unit.paragraph for unit in shown)]
    return tag("div", tag("p", "Read first: ", text.title, klass="asked"), tag("div", *paragraphs, klass="passage"), klass="read")


def worth(item: Item) -> str:
    """What an answer earns, in words.

    >>> worth(Item("a", "l", "write", "?", points=2)), worth(Item("a", "l", "write", "?"))
    ('Counts: 2 points.', 'Practice: earns no points.')
    """
    if not item.points:
        return "Practice: earns no points."
    points = f"{item.points:g} point{'' if item.points == 1 else 's'}"
    return f"Counts: {points} for answering, whatever you say." if item.credit == "completion" else f"Counts: {points}."


def passage_of(item: Item, text: Text | None) -> Html | str:
    """The passage that a question is about, with what stands around its clauses in grey; the article is on its own sheet."""
    if text is None or (item.type == "pick" and {option.id for option in item.options} == set(item.units)):
        return ""
    if text.slug == ARTICLE:
        return tag("p", "The article, clauses ", tag("strong", ", ".join(f"[{unit}]" for unit in item.units)), ".", klass="beside")
    order = [unit.id for unit in text.units]
    asked = [text.unit(unit) for unit in item.units]
    numbers = [unit.paragraph for unit in asked]
    in_order = [order.index(unit.id) for unit in asked] == sorted(order.index(unit.id) for unit in asked)
    around = [unit for unit in text.units if min(numbers) <= unit.paragraph <= max(numbers)] if in_order else asked
    paragraphs = []
    for number in dict.fromkeys(unit.paragraph for unit in around):
        clauses = [clause(unit.id, unit.shown, unit.id in item.units) for unit in around if unit.paragraph == number]
        paragraphs.append(tag("p", *clauses))
    return tag("div", *paragraphs, klass="passage apart" if item.type == "mark" else "passage")


def clause(name: str, words: str, asked: bool) -> Html:
    """A clause with its name, or a neighbour without one."""
    return join(tag("span", f"[{name}]", klass="unit"), " ", words, " ") if asked else tag("span", words, " ", klass="around")


def box(letter: str = "") -> Html:
    """A box to tick, with its letter in it."""
    return tag("span", letter, klass="box")


def blank(kind: str = "line") -> Html:
    """A line or a small field to write on."""
    return tag("span", klass=kind)


def choices(options: Sequence[Option], texts: Sequence[Html] = ()) -> Html:
    """Options with a box each."""
    words = texts or [rich(option.text) for option in options]
    return tag("ul", *(tag("li", box(letter), " ", tag("span", said)) for letter, said in zip(lettered(options), words, strict=False)), klass="choices")


def sureness() -> Html:
    """How sure, with a box each."""
    words = [join(box(letter), " ", say(f"confidence.{name}"), "  ") for letter, name in SURENESS.items()]
    return tag("p", tag("span", say("confidence.ask"), klass="asked"), " ", *words, klass="sure")


def pick(item: Item, text: Text | None, _large: bool) -> Html:
    """Options to tick; clauses of the article are named, not printed again."""
    many = {0: "Tick as many boxes as you like.", 1: ""}.get(item.choose, f"Tick {item.choose} boxes.")
    named = text is not None and text.slug == ARTICLE and {option.id for option in item.options} == set(item.units)
    texts = [join("the article, clause ", tag("strong", f"[{option.id}]")) for option in item.options] if named else ()
    return join(tag("p", many, klass="many") if many else "", choices(item.options, texts))


def classify(item: Item, text: Text | None, large: bool) -> Html:
    """A grid: a line a clause, a box for each answer. In large print each clause is a block of its own, with the answers in words."""
    if large or max(len(one.options) for one in item.questions) > 5:
        return join(*(clause_block(item, text, unit) for unit in item.units))
    legend = tag("ul", *(tag("li", tag("strong", rich(one.prompt)), " ", legend_of(one.options)) for one in item.questions), klass="legend")
    sure = bool(item.confidence_units)
    heads = [tag("th", "Clause", scope="col"), *(tag("th", rich(one.prompt), scope="col") for one in item.questions)]
    head = tag("thead", tag("tr", *heads, tag("th", "How sure?", scope="col") if sure else ""))
    rows = []
    for unit in item.units:
        cells = [tag("td", *(box(letter) for letter in lettered(one.options)), klass="boxes") for one in item.questions]
        if sure:
            cells.append(tag("td", *(box(letter) for letter in SURENESS), klass="boxes") if unit in item.confidence_units else tag("td", "–", klass="boxes"))
        rows.append(tag("tr", tag("th", f"[{unit}]", scope="row"), *cells))
    how_sure = tag("p", tag("strong", "How sure? "), join(*(join(tag("strong", letter), " ", say(f"confidence.{name}")) for letter, name in SURENESS.items()), between=" · "), klass="legend") if sure else ""
    return join(legend, how_sure, tag("table", head, tag("tbody", *rows), klass="grid"))


def legend_of(options: Sequence[Option]) -> Html:
    """What each letter of a grid stands for."""
    return join(*(join(tag("strong", letter), " ", rich(option.text)) for letter, option in lettered(options).items()), between=" · ")


def clause_block(item: Item, text: Text | None, unit: str) -> Html:
    """One clause, its words once more unless they are the article's, with its questions below and every answer in words."""
    words = tag("p", text.unit(unit).shown, klass="words") if text and text.slug != ARTICLE else ""
    asked = [tag("div", tag("p", rich(one.prompt), klass="asked"), choices(one.options)) for one in item.questions]
    return tag("div", tag("h3", f"Clause [{unit}]"), words, *asked, sureness() if unit in item.confidence_units else "", klass="block")


def mark(item: Item, text: Text | None, _large: bool) -> Html:
    """How to underline in the passage; for the article, lines to write the words on."""
    letters = [join(tag("strong", letter), " ", label.name, f" ({label.hint})" if label.hint else "") for letter, label in zip("ABCDEFGH", item.labels, strict=False)]
    labels = tag("ul", *(tag("li", words) for words in letters), klass="legend")
    nothing = tag("p", box(), " Nothing to mark", klass="nothing")
    if text is None or text.slug != ARTICLE:
        how = f"Underline the words and write {'the letter of the label' if len(item.labels) > 1 else 'A'} above them:"
        return join(tag("p", how, klass="asked"), labels, nothing)
    rows = [tag("tr", tag("th", f"[{unit}]", scope="row"), tag("td", blank()), tag("td", blank("line short"))) for unit in item.units for _ in range(2)]
    head = tag("thead", tag("tr", *(tag("th", words, scope="col") for words in ("Clause", "The words", "Label (letter)"))))
    return join(tag("p", "Copy the words you mark, and write the letter of the label beside them:", klass="asked"), labels, tag("table", head, tag("tbody", *rows), klass="grid words"), nothing)


def chain(item: Item, _text: Text | None, _large: bool) -> Html:
    """Cards with a field each for the place; a card that is given has its number already."""
    given = {name: place for place, name in enumerate(item.given, start=1)}
    rows = []
    for letter, card in lettered(item.cards).items():
        place = tag("span", given[card.id], klass="place given") if card.id in given else blank("place")
        rows.append(tag("li", place, " ", tag("strong", letter), " ", tag("span", rich(card.text))))
    first = len(given) + 1
    how = f"Write the numbers into the boxes, beginning with {first}. A card that does not belong stays empty."
    return join(tag("p", how, klass="asked"), tag("ul", *rows, klass="choices cards"))


def write(item: Item, _text: Text | None, _large: bool) -> Html:
    """A line to write on."""
    most = f" (at most {item.max_words} words)" if item.max_words else ""
    return join(tag("p", f"Your answer{most}:", klass="asked"), tag("p", blank("place wide")) if item.number else lines(2))


def essay(item: Item, _text: Text | None, _large: bool) -> Html:
    """Lines for each box of an essay."""
    parts = []
    for one in item.fields:
        most = f" (at most {one.max_words} words)" if one.max_words else ""
        parts.append(tag("div", tag("p", rich(one.prompt), most, klass="asked"), lines(one.lines * LINES_BY_HAND), klass="field"))
    return join(*parts)


def lines(count: int) -> Html:
    """Ruled lines."""
    return tag("div", *(tag("p", klass="ruled") for _ in range(count)), klass="lines")


ANSWERS = {"pick": pick, "classify": classify, "mark": mark, "chain": chain, "write": write, "essay": essay}
