"""Invented items of every type with their keys, for the tests of scoring."""

from __future__ import annotations

from course.items import Accepted, Criterion, Field, Item, Key, Label, Option, Question, Span, Text, Unit, UnitKey


def options(*ids: str) -> tuple[Option, ...]:
    """Options whose words are their ids."""
    return tuple(Option(one, one) for one in ids)


def question(name: str) -> Question:
    """One of the codebook's questions with its options, or the speakers of the passage."""
    choices = {"voice": ("author", "source", "unclear"), "kind": ("fact", "judgement", "both", "lost"),
               "how": ("marks", "no-marks", "shown", "not-shown"), "speaker": ("moss", "hall", "author", "nobody")}
    return Question(name, name, options(*choices[name]))


TEXT = Text("fence", "Fence", (
    Unit("f1", 1, "The fence was built in 1990."),
    Unit("f2", 1, "\u201cIt needs paint,\u201d Ida\u00a0Moss of the town hall said, according to the paper."),
    Unit("f3", 2, "The shameful delay of a full year has one cause, the greed of the hall."),
))
UNITS = ("f1", "f2", "f3")


def span(label: str, unit: str, quote: str, **more) -> Span:
    """The span of a quote in the invented text."""
    start = TEXT.unit(unit).text.replace("\u00a0", " ").index(quote)
    return Span(label, unit, start, start + len(quote), quote, **more)


def mark(label: str, unit: str, quote: str) -> dict:
    """A student's mark on a quote of the invented text."""
    found = span(label, unit, quote)
    return {"label": label, "unit": unit, "start": found.start, "end": found.end, "quote": quote}


ONE = Item("one", "l", "pick", "One.", 2, options=options("a", "b", "c"))
ONE_KEY = Key("one", ["a"], (Accepted(["b"], "so it can be read"),))
TWO_STEP = Item("two-step", "l", "pick", "One, and why.", 2, options=options("a", "b", "c"), reasons=options("r1", "r2"))
TWO_STEP_KEY = Key("two-step", ["a"], (Accepted(["b"], "with this reason", "r2"),), reason="r1")
SEVERAL = Item("several", "l", "pick", "Any.", 4, options=options("a", "b", "c", "d", "e", "f"), choose=0)
SEVERAL_KEY = Key("several", ["a", "b", "c", "d"])
TWO = Item("two", "l", "pick", "Two.", 2, options=options("a", "b", "c", "d", "e", "f"), choose=2)
TWO_KEY = Key("two", ["a", "b", "c"])

CLASSIFY = Item("classify", "l", "classify", "Whose, what?", 6, units=UNITS, text="fence", questions=(question("voice"), question("kind")))
CLASSIFY_KEY = Key("classify", units={
    "f1": UnitKey("f1", "author", "fact", "not-shown", "author"),
    "f2": UnitKey("f2", "source", "judgement", "marks", "moss", accept=(Accepted({"kind": "fact"}, "a painter could measure it"),)),
    "f3": UnitKey("f3", "author", "both", None, "author"),
})
MARK = Item("mark", "l", "mark", "Mark.", 3, text="fence", units=UNITS, labels=tuple(Label(one, one) for one in ("source", "cue", "loaded")))
MARK_KEY = Key("mark", spans=(
    span("source", "f2", "Ida Moss of the town hall", accept=(span("source", "f2", "Ida Moss"),)),
    span("source", "f2", "the paper"),
    span("cue", "f2", "said"),
    span("cue", "f2", "according to", optional=True),
    span("loaded", "f3", "shameful"),
))
NEUTRAL_KEY = Key("mark", spans=(span("loaded", "f3", "full", optional=True),))
CHAIN = Item("chain", "l", "chain", "Order.", 2, cards=options("author", "paper", "official", "moss", "rumour"), given=("author",))
CHAIN_KEY = Key("chain", ["author", "paper", "official", "moss"], (Accepted(["author", "official", "paper", "moss"], "either way round"),))
WRITE = Item("write", "l", "write", "Which paper?", 1)
WRITE_KEY = Key("write", ["Yomiuri", "the Yomiuri"])
NUMBER = Item("number", "l", "write", "How many?", 1, number=True)
NUMBER_KEY = Key("number", 17, tolerance=1)
ESSAY = Item("essay", "l", "essay", "Write.", 20, fields=(Field("report", "Report"), Field("comment", "Comment")),
             criteria=(Criterion("ownership", "Ownership", 5), Criterion("chain", "Chain", 5)))
ESSAY_KEY = Key("essay", by_hand=True)

SCORED = [(ONE, ONE_KEY), (TWO_STEP, TWO_STEP_KEY), (SEVERAL, SEVERAL_KEY), (TWO, TWO_KEY), (CLASSIFY, CLASSIFY_KEY), (MARK, MARK_KEY),
          (MARK, NEUTRAL_KEY), (CHAIN, CHAIN_KEY), (WRITE, WRITE_KEY), (NUMBER, NUMBER_KEY)]
EVERY = [*SCORED, (ESSAY, ESSAY_KEY)]
