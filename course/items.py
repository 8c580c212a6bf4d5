"""What is asked and what an answer is worth: the nouns of the kit.

Everything here is a frozen dataclass with no behaviour that needs a file, a widget or a network. The rest of the
package speaks in these words.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

TYPES = ("pick", "classify", "mark", "chain", "write", "essay")
CONFIDENCES = ("guessing", "leaning", "sure")

VOICES = ("author", "source", "unclear")
KINDS = ("fact", "judgement", "both", "lost")
HOWS = ("marks", "no-marks", "shown", "not-shown")

SLOT_RULES = ("random", "class", "other", "learner")

NO_BREAK_SPACE = "\u00a0"
# Whom a line of an instructor's table means when it means the whole class; no learner may be called so.
EVERYONE = "*"


@dataclass(frozen=True)
class Unit:
    """One clause of a text, the smallest piece that is asked about. `text` is verbatim."""

    id: str
    paragraph: int
    text: str

    @property
    def shown(self) -> str:
        """The text as it stands on screen: no-break spaces as plain ones, so that long lines wrap.

        One character stays one character, so an offset counted on screen is an offset in `text`.

        >>> Unit("S1", 1, "It\\u00a0rained. ").shown
        'It rained.'
        """
        return self.text.replace(NO_BREAK_SPACE, " ").rstrip()


@dataclass(frozen=True)
class Text:
    """A text that is read and labelled, with where it comes from and who may use it."""

    slug: str
    title: str
    units: tuple[Unit, ...]
    author: str = ""
    date: str = ""
    origin: str = ""
    rights: str = ""
    note: str = ""
    speakers: tuple[Option, ...] = ()
    gists: dict[int, str] = field(default_factory=dict)

    def unit(self, unit_id: str) -> Unit:
        """The unit with this id; a `KeyError` names the text and the id."""
        for unit in self.units:
            if unit.id == unit_id:
                return unit
        raise KeyError(f"text {self.slug!r} has no unit {unit_id!r}")


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen or put in order: an answer, a reason, a card."""

    id: str
    text: str


@dataclass(frozen=True)
class Label:
    """A label of the marking palette: its id, its name on screen and a one-line reminder of what it means."""

    id: str
    name: str
    hint: str = ""


@dataclass(frozen=True)
class Question:
    """One question asked of every unit of a classify item, for example *Whose voice?*"""

    id: str
    prompt: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Field:
    """One box of an essay, with its word limit if it has one."""

    id: str
    prompt: str
    max_words: int | None = None
    lines: int = 3


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric: what a person looks at, its highest level, and levels in words."""

    id: str
    name: str
    points: float
    levels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """One thing a student is asked to do. It never holds its answer.

    `objective` and `also` are learning objectives. `units` are ids in the text called `text`. `choose` is how many options a pick wants (0: any number).
    `nothing` says whether "Nothing to mark here" may be an answer to a mark. `credit` is "score", or "completion" when an answer earns the points whatever it says.
    """

    id: str
    lesson: str
    type: str
    prompt: str
    points: float = 0.0
    objective: int = 0
    also: tuple[int, ...] = ()
    text: str | None = None
    units: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    choose: int = 1
    questions: tuple[Question, ...] = ()
    show_class: bool = False
    labels: tuple[Label, ...] = ()
    nothing: bool = True
    cards: tuple[Option, ...] = ()
    given: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    number: bool = False
    max_words: int | None = None
    reasons: tuple[Option, ...] = ()
    confidence: bool = False
    confidence_units: tuple[str, ...] = ()
    challenge: bool = False
    credit: str = "score"
    opens_with: str | None = None
    graded: bool = False
    help: str = ""


@dataclass(frozen=True)
class Slot:
    """A place in a lesson whose item is drawn for each learner (rule "random"), set for the class ("class"), or the learner's ("learner").

    With the rule "other" it is the choice at the place of what the slot `than` asked, so that a last test is never the first one again.
    """

    id: str
    lesson: str
    choices: tuple[str, ...]
    rule: str = "random"
    than: str | None = None


@dataclass(frozen=True)
class Lesson:
    """One notebook's worth of questions, in the order in which they are asked."""

    id: str
    title: str
    items: tuple[Item, ...]
    slots: tuple[Slot, ...] = ()
    minutes: int = 0
    talk: int = 0


@dataclass(frozen=True)
class Answer:
    """What a student says to one item: the value, and a reason and a confidence where the item asks for them.

    `value` is the JSON of the item's type: pick and chain a list of ids, classify `{unit: {question: option}}`, mark a
    list of `{label, unit, start, end, quote}`, write a string, essay `{field: text}`. `confidence` is one of
    `CONFIDENCES`, or `{unit: confidence}` where single units ask for it; it never enters the points.
    """

    value: Any
    reason: str | None = None
    confidence: Any = None


@dataclass(frozen=True)
class Span:
    """A stretch of one unit, as code points [start, end) of its text, with the label it bears."""

    label: str
    unit: str
    start: int
    end: int
    quote: str = ""
    code: str = ""
    optional: bool = False
    accept: tuple[Span, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Accepted:
    """An answer that earns full marks beside the key's own, and why it does. `needs` is a reason id it depends on."""

    answer: Any
    why: str = ""
    needs: str | None = None


@dataclass(frozen=True)
class UnitKey:
    """What one unit of a text is: whose voice, what kind, how, the chain of sources, and the reasons."""

    unit: str
    voice: str
    kind: str
    how: str | None = None
    speaker: str | None = None
    plan: bool = False
    chain: tuple[str, ...] = ()
    accept: tuple[Accepted, ...] = ()
    spans: tuple[Span, ...] = ()
    why: str = ""
    feedback: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Key:
    """The answer to one item, the reason for it, and what to say to each other answer.

    `answer` is in the item's own JSON; for classify and mark it is filled from the text's unit keys. An item that only a
    person can mark has `by_hand`. `reason` is the reason id that goes with the right answer of a two-step item.
    """

    item: str
    answer: Any = None
    accept: tuple[Accepted, ...] = ()
    reason: str | None = None
    why: str = ""
    feedback: dict[str, str] = field(default_factory=dict)
    units: dict[str, UnitKey] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    by_hand: bool = False
    tolerance: float = 0.0
    graded: bool = False


class Outcome(str, Enum):
    """The six things that can be true of an answer. They stay apart all the way to the gradebook."""

    UNANSWERED = "unanswered"
    CORRECT = "correct"
    PARTLY = "partly"
    INCORRECT = "incorrect"
    NEEDS_A_PERSON = "needs a person"
    MALFORMED = "malformed"


@dataclass(frozen=True)
class Part:
    """The score of one piece of an answer: a unit, an option, a card or a label."""

    id: str
    outcome: Outcome
    points: float = 0.0
    max: float = 0.0
    note: str = ""


@dataclass(frozen=True)
class Score:
    """What an answer is worth, out of `max`, with its parts. `note` says why when the outcome alone does not."""

    outcome: Outcome
    points: float = 0.0
    max: float = 0.0
    parts: tuple[Part, ...] = ()
    note: str = ""


def class_of(voice: str | None, kind: str | None, how: str | None = None) -> str | None:
    """The class a clause falls into once its questions are answered, or None while they leave it open.

    >>> class_of("source", "judgement", "marks")
    'Quoted'
    >>> class_of("author", "fact", "not-shown")
    'Background'
    >>> class_of("author", "judgement")
    'Editorial'
    >>> class_of("unclear", "fact") is None
    True
    """
    if kind == "lost":
        return "Unclear"
    if voice == "source":
        return {"marks": "Quoted", "no-marks": "Paraphrased"}.get(how or "")
    if voice != "author":
        return None
    if kind == "fact":
        return {"shown": "Witnessed", "not-shown": "Background"}.get(how or "")
    return {"judgement": "Editorial", "both": "Mixed"}.get(kind or "")


def fingerprint(item: Item, text: Text | None) -> str:
    """Twelve hex digits of the wording a student saw, so that an answer to another wording can be told apart.

    >>> from dataclasses import replace
    >>> item = Item("a", "l", "write", "How many?")
    >>> fingerprint(item, None) == fingerprint(replace(item, prompt="How many, then?"), None)
    False
    """
    seen = [item.prompt, [[o.id, o.text] for o in item.options + item.cards + item.reasons]]
    seen += [[q.id, q.prompt, [[o.id, o.text] for o in q.options]] for q in item.questions]
    seen += [[label.id, label.name] for label in item.labels] + [[f.id, f.prompt] for f in item.fields]
    seen += [[u, text.unit(u).shown] for u in item.units] if text else []
    written = json.dumps(seen, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:12]
