"""Opening a class for the projector: which screens there are, what the class said, and what the key says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.classroom.catalogue import laid_over
from course.content import find_data, lesson_ids, load_keys, load_lesson, load_text, text_folder
from course.content.keys import load_text_key
from course.content.lessons import CODEBOOK
from course.items import Item, Key, Option, Question, UnitKey
from course.messages import say
from course.messages.errors import ToldError
from course.projector.screens import CHOICE, HERE, NOT_HERE, REASON, Group, Screen, screens_of

if TYPE_CHECKING:
    from course.classroom.report.answers import ClassAnswers
    from course.projector import Projector

COUNTS_ONLY_BELOW = 10
SEALED = "This counts: answers to it earn points. Show it to the class only when the last hand-in is in."
NO_KEY = "The key of this question is not in this copy of the kit."


class StageError(ToldError):
    """The projector can't be opened: one sentence that says why, and what to do."""


@dataclass
class Stage:
    """What is shown, and what stands behind it: keys by item, the keys of a text's clauses, and the answers of a class."""

    title: str
    groups: list[Group] = field(default_factory=list)
    keys: dict[str, Key] = field(default_factory=dict)
    units: dict[tuple[str, str], UnitKey] = field(default_factory=dict)
    answers: ClassAnswers | None = None

    def tell_class(self, screen: Screen) -> dict[str, Any]:
        """How many of the class said what: counts by option, and shares in per cent where ten or more answered. Nobody is named."""
        if self.answers is None:
            return {"n": 0, "counts": {}, "shares": {}, "note": "No hand-ins were opened. Name their folder: open_projector(…, handins=\"…\")."}
        said = list(self.said(screen))
        counts = Counter(option for options in said for option in options)
        n = len(said)
        shares = {option.id: round(100 * counts[option.id] / n) for option in screen.options} if n >= COUNTS_ONLY_BELOW else {}
        return {"n": n, "counts": {option.id: counts[option.id] for option in screen.options}, "shares": shares, "note": note_on(n)}

    def said(self, screen: Screen) -> Iterator[set[str]]:
        """What each learner chose on a screen: one set of options a learner who answered it."""
        found: dict[str, set[str]] = {}
        for item in self.answers.items() if self.answers else ():
            if item.id == screen.item.id or (screen.item.lesson == "" and asks(item, screen)):
                for learner, given in self.answers.of(item.id).items():
                    if chosen := chosen_on(screen, given.response.value, given.response.reason):
                        found[learner] = chosen
        yield from found.values()

    def tell_key(self, screen: Screen) -> dict[str, Any]:
        """What is right on a screen and why, what else is accepted, or why there is nothing to be right about."""
        key = self.keys.get(screen.item.id)
        if screen.question == CHOICE or screen.question == REASON:
            return told_pick(screen, key)
        if screen.item.type == "mark":
            return told_marks(screen, key)
        unit = self.units.get((screen.item.text or "", screen.unit)) or (key.units.get(screen.unit) if key else None)
        return told_clause(screen, unit)


def open_projector(
    what: str, handins: Path | str | None = None, roster: Path | str | None = None, *, keys: Path | str | None = None, data: Path | str | None = None,
    questions: Sequence[str] = ("voice", "kind", "how"),
) -> Projector:
    """Show a lesson or a text to a room: `what` is a lesson's id (or its number) or the name of a text.

    With `handins` (and a `roster`), P shows what the class said: shares, or only counts below ten answers. S shows the
    key with its reason. `questions` are those asked of each clause of a text. Raises `StageError` with the names there are.
    """
    from course.projector import Projector

    stage = open_stage(what, handins, roster, keys=keys, data=data, questions=questions)
    return Projector(what, stage.title, stage.groups, tell_class=stage.tell_class, tell_key=stage.tell_key)


def open_stage(
    what: str, handins: Path | str | None = None, roster: Path | str | None = None, *, keys: Path | str | None = None, data: Path | str | None = None,
    questions: Sequence[str] = ("voice", "kind", "how"),
) -> Stage:
    """The same without the widget."""
    with laid_over(find_data(data), keys) as folder:
        lesson = next((name for name in lesson_ids(folder) if what in (name, name.partition("_")[0], name.partition("_")[0].lstrip("0") or "0")), None)
        texts = sorted(path.name for path in (folder / "texts").iterdir() if path.is_dir()) if (folder / "texts").is_dir() else []
        if lesson is None and what not in texts:
            raise StageError(f"There is no lesson and no text called {what!r}. The lessons are: {', '.join(lesson_ids(folder))}. The texts are: {', '.join(texts)}.")
        stage = stage_of_lesson(folder, lesson) if lesson else stage_of_text(folder, what, questions)
    if handins is not None:
        from course.classroom.grading import open_class
        from course.classroom.report.answers import answers_of

        classroom = open_class(handins, roster, keys=keys, data=data, progress=False)
        stage.answers = answers_of(classroom.catalogue, classroom.sheets.values())
    return stage


def stage_of_lesson(folder: Path, name: str) -> Stage:
    """The screens of a lesson, in the order in which its questions are asked."""
    lesson = load_lesson(folder, name)
    stage = Stage(lesson.title, keys=load_keys(folder, lesson))
    for item in lesson.items:
        text = load_text(folder, item.text) if item.text else None
        screens = screens_of(item, text)
        if screens:
            sealed = item.graded or (text is not None and text_folder(folder, text.slug) != "practice")
            stage.groups.append(Group(item.id, screens, SEALED if sealed else ""))
    if not stage.groups:
        raise StageError(f"The lesson {name} has no question that a room can answer by hands. Name another lesson or a text.")
    return stage


def stage_of_text(folder: Path, slug: str, questions: Sequence[str]) -> Stage:
    """The clauses of a text, each with the codebook's questions."""
    for name in questions:
        if name not in CODEBOOK:
            raise StageError(f"There is no question called {name!r}. The questions are: {', '.join(CODEBOOK)}.")
    text = load_text(folder, slug)
    item = Item(slug, "", "classify", text.title, text=slug, units=tuple(unit.id for unit in text.units), questions=tuple(map(codebook_question, questions)))
    place = text_folder(folder, slug)
    units = {(slug, name): unit for name, unit in load_text_key(folder, text).items()} if place else {}
    return Stage(text.title, [Group(slug, screens_of(item, text), "" if place == "practice" else SEALED)], units=units)


def codebook_question(name: str) -> Question:
    """A question of the codebook with all its answers.

    >>> codebook_question("voice").prompt
    'Whose voice is it?'
    """
    return Question(name, say(f"question.{name}"), tuple(Option(one, say(f"{name}.{one}")) for one in CODEBOOK[name]))


def asks(item: Item, screen: Screen) -> bool:
    """Whether an item of some lesson asks what a screen of a whole text asks."""
    return item.type == "classify" and item.text == screen.item.text and screen.unit in item.units and screen.question in {one.id for one in item.questions}


def chosen_on(screen: Screen, value: Any, reason: str | None) -> set[str]:
    """What one answer says to one screen, as options of it; empty where it says nothing.

    >>> item = Item("p", "l", "pick", "Which?", options=(Option("a", "A"), Option("b", "B")))
    >>> chosen_on(screens_of(item, None)[0], ["b", "gone"], None)
    {'b'}
    """
    known = {option.id for option in screen.options}
    if screen.question == REASON:
        said = {reason} if reason else set()
    elif screen.question == CHOICE:
        said = set(value) if isinstance(value, list) else set()
    elif screen.item.type == "mark":
        here = any(mark["unit"] == screen.unit and mark["label"] == screen.question for mark in value)
        said = {HERE if here else NOT_HERE}
    else:
        said = {(value.get(screen.unit) or {}).get(screen.question)}
    return said & known


def note_on(n: int) -> str:
    """How many answered, and why there are no shares where there are none.

    >>> note_on(9)
    '9 answers: too few for percentages.'
    """
    if not n:
        return "Nobody has answered this in these hand-ins."
    told = f"{n} answer{'' if n == 1 else 's'}"
    return f"{told}: too few for percentages." if n < COUNTS_ONLY_BELOW else f"{told}."


def told(right: Sequence[str] = (), why: str = "", also: Sequence[dict[str, Any]] = (), quotes: Sequence[str] = (), note: str = "") -> dict[str, Any]:
    """A key as the browser shows it."""
    return {"right": list(right), "why": why, "also": list(also), "quotes": list(quotes), "note": note}


def told_pick(screen: Screen, key: Key | None) -> dict[str, Any]:
    """The key of a choice, or of the reason that goes with it."""
    if key is None:
        return told(note=NO_KEY)
    if screen.question == REASON:
        return told([key.reason] if key.reason else [], key.feedback.get(key.reason or "", "") or key.why)
    if key.answer is None:
        return told(why=key.why, note="There is no right answer here, and no wrong one.")
    also = [{"options": list(other.answer), "why": other.why} for other in key.accept if not other.needs]
    note = f"Any {screen.item.choose} of these would do." if 1 < screen.item.choose < len(key.answer) else ""
    return told(key.answer, key.why, also, note=note)


def told_clause(screen: Screen, unit: UnitKey | None) -> dict[str, Any]:
    """The key of one question about one clause."""
    if unit is None:
        return told(note=NO_KEY)
    own = getattr(unit, screen.question, None)
    also = []
    for other in unit.accept:
        answer = other.answer.get(screen.question) if isinstance(other.answer, dict) else None
        if answer not in (None, own):
            also.append({"options": [answer], "why": other.why})
    note = "" if own else "This question does not arise here: whose voice it is and what kind it is decide already."
    return told([own] if own else [], unit.why, also, note=note)


def told_marks(screen: Screen, key: Key | None) -> dict[str, Any]:
    """Whether a label is needed in a clause, with the words that bear it and the reasons."""
    if key is None:
        return told(note=NO_KEY)
    spans = [span for span in key.spans if span.unit == screen.unit and span.label == screen.question]
    needed = [span for span in spans if not span.optional]
    may = [span.quote for span in spans if span.optional]
    note = f"May be marked, need not be: {'; '.join(may)}." if may else ""
    why = " ".join(dict.fromkeys(span.why for span in spans if span.why)) or key.why
    return told([HERE] if needed else [NOT_HERE], why, quotes=[span.quote for span in needed], note=note)
