"""What students argued against a key, by question and clause, with the vote of the class and what the key says beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from course.classroom.challenges.accepted import Alternative
from course.classroom.challenges.alternatives import Asked, counts_in_full, written
from course.classroom.challenges.in_words import key_in_words, other_readings, said_of
from course.classroom.grading import Classroom
from course.handin import Problem, problem
from course.items import Answer, Item, Span
from course.messages import counted
from course.reports.html import visible
from course.responses import CHALLENGE_WORDS, Response, newest
from course.scoring import compare_marks
from course.scoring.marks import fit, marks_of
from course.scoring.shapes import problem_with

MOST_CHARACTERS = 400
MOST_ANSWERS = 5
OPEN, ACCEPTED, KEPT = "open", "accepted", "kept"
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Vote:
    """One answer and how many of the class gave it. `keyed`: it is the key's own; `counts`: it earns everything; `claimed`: someone argues for it."""

    said: str
    count: int
    keyed: bool = False
    counts: bool = False
    claimed: bool = False


@dataclass(frozen=True)
class Argument:
    """What one student wrote, in at most forty words, and about how many clauses it may be: the answer says no more than that."""

    learner: str
    words: str
    about: int = 1
    at: str = ""


@dataclass(frozen=True)
class Claim:
    """One answer that is argued for: by whom, how many gave it, and what was decided (`open`, `accepted`, `kept`, and what was said to it)."""

    question: str
    answer: str
    said: str
    arguments: tuple[Argument, ...]
    count: int = 0
    state: str = OPEN
    told: str = ""


@dataclass(frozen=True)
class Contested:
    """One question, or one clause of it, that somebody argues about. `first`: the vote is of the answers before feedback."""

    item: Item
    unit: str
    label: str
    words: str
    key: str
    why: str
    readings: tuple[tuple[str, str], ...]
    votes: tuple[Vote, ...]
    voters: int
    claims: tuple[Claim, ...]
    first: bool = False

    @property
    def of_key(self) -> int:
        """How many gave the key's own answer."""
        return sum(vote.count for vote in self.votes if vote.keyed)


@dataclass
class Challenges:
    """All challenges of a class in the order of its questions, and those that can't be read."""

    contested: list[Contested] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def arguments(self) -> int:
        """How many arguments are there; one that may be about two clauses is one."""
        return len({(one.learner, place.item.id, one.words) for place in self.contested for claim in place.claims for one in claim.arguments})


def challenges_of(classroom: Classroom, kept: Iterable[Alternative] = ()) -> Challenges:
    """Collect the challenges of a class. `kept` are decisions against which the key stands."""
    found: dict[Place, dict[tuple[str, str], list[tuple[Any, Argument]]]] = defaultdict(lambda: defaultdict(list))
    gathered = Challenges()
    for (learner, _), sheet in classroom.sheets.items():
        for response in sorted((one for one in sheet.responses if one.kind == "challenge"), key=lambda one: (one.at, one.id)):
            if fault := unusable(classroom, response):
                gathered.problems.append(problem(fault, file=sheet.files[0], learner=learner, lesson=sheet.lesson, item=response.item))
                continue
            asked = classroom.catalogue.asked(response.item, without_accepted=True)
            claims = list(claims_of(asked, response))
            for unit, label, value in claims:
                argument = Argument(learner, clipped(response.reason), len(claims), response.at)
                add(found[response.item, unit, label][written(asked, value)], value, argument)
    order = {item: place for place, item in enumerate(classroom.catalogue.items)}
    decided = {one.place: one for one in kept}
    for item, unit, label in sorted(found, key=lambda place: (order[place[0]], in_text(classroom, place), place[2])):
        gathered.contested.append(contested(classroom, (item, unit, label), found[item, unit, label], decided))
    return gathered


def add(held: list[tuple[Any, Argument]], value: Any, argument: Argument) -> None:
    """Put an argument to the others; of two by one student for one answer the later stays."""
    held[:] = [one for one in held if one[1].learner != argument.learner]
    held.append((value, argument))


def unusable(classroom: Classroom, response: Response) -> str:
    """The kind of problem that keeps a challenge from being shown beside its question, or nothing."""
    catalogue = classroom.catalogue
    item, key = catalogue.items[response.item], catalogue.keys.get(response.item)
    if key is None or key.by_hand or item.credit == "completion" or item.type == "essay":
        return "challenge_without_key"
    if response.seen != catalogue.wording[item.id]:
        return "challenge_other_wording"
    return "challenge_unreadable" if response.value is None or problem_with(item, response.answer, catalogue.text_of(item)) else ""


def claims_of(asked: Asked, response: Response) -> Iterator[tuple[str, str, Any]]:
    """What a challenge may be about: each clause (with a label for marks) whose answer the key does not count in full, and that answer.

    A challenge holds the whole answer to its question; of a set of clauses only the words tell which one is meant.
    """
    item, value = asked.item, response.value
    if item.type == "classify":
        for unit in item.units:
            given = {name: option for name, option in (value.get(unit) or {}).items() if option is not None}
            ordered = {question.id: given[question.id] for question in item.questions if question.id in given}
            if ordered and not counts_in_full(asked, unit, ordered):
                yield unit, "", ordered
    elif item.type == "mark":
        for mark in compare_marks(Answer(value), asked.key, asked.text).extra:
            if not counts_in_full(asked, mark.unit, mark):
                yield mark.unit, mark.label, mark
    elif not counts_in_full(asked, "", in_order(item, value)):
        yield "", "", in_order(item, value)


def in_order(item: Item, value: Any) -> Any:
    """An answer in a form in which the same answer is always the same: the options of a pick in the order of the item."""
    return [option.id for option in item.options if option.id in value] if item.type == "pick" else value


def contested(classroom: Classroom, place: Place, found: dict[tuple[str, str], list[tuple[Any, Argument]]], kept: dict[Any, Alternative]) -> Contested:
    """One place with its votes, its key and its claims, the most argued first."""
    item, unit, label = place
    asked, now = classroom.catalogue.asked(item, without_accepted=True), classroom.catalogue.asked(item)
    answers = answers_of(classroom, asked.item)
    claimed = {answer: several[0][0] for answer, several in found.items()}
    votes = mark_votes(asked, unit, label, answers, claimed) if asked.item.type == "mark" else answer_votes(asked, now, unit, answers, claimed)
    claims = []
    for (question, answer), several in found.items():
        state, told = decision(classroom, now, (item, unit, question, answer), several[0][0], kept)
        said = said_of(asked, unit, several[0][0])
        count = sum(vote.count for vote in votes if vote.claimed and vote.said == said)
        claims.append(Claim(question, answer, said, tuple(argument for _, argument in several), count, state, told))
    claims.sort(key=lambda claim: (-len(claim.arguments), claim.answer))
    words = asked.text.unit(unit).shown if asked.text and unit else ""
    why = asked.key.units[unit].why if unit in asked.key.units else ""
    return Contested(asked.item, unit, label, words, key_in_words(asked, unit, label), why or asked.key.why, tuple(other_readings(asked, now, unit, label, classroom.catalogue.accepted)),
                     tuple(shortest(votes)), len(answers), tuple(claims), not asked.item.graded)


def decision(classroom: Classroom, now: Asked, place: tuple[str, str, str, str], value: Any, kept: dict[Any, Alternative]) -> tuple[str, str]:
    """What was decided about a claim, and what was said to it."""
    if counts_in_full(now, place[1], value):
        return ACCEPTED, next((one.reason for one in classroom.catalogue.accepted if one.place == place), "")
    return (KEPT, kept[place].reason) if place in kept else (OPEN, "")


def answers_of(classroom: Classroom, item: Item) -> list[Any]:
    """What each of the class answered: of practice the first that was checked, before any feedback; else the newest."""
    text, given = classroom.catalogue.text_of(item), []
    for sheet in classroom.sheets.values():
        own = [one for one in sheet.responses if one.item == item.id and one.kind != "challenge" and one.value is not None] if sheet.lesson == item.lesson else []
        if not own:
            continue
        checked = [] if item.graded else [one for one in own if one.kind == "submitted"]
        chosen = min(checked, key=lambda one: (one.at, one.id)) if checked else newest(own)[item.id]
        if chosen.seen == classroom.catalogue.wording[item.id] and not problem_with(item, chosen.answer, text):
            given.append(chosen.value)
    return given


def answer_votes(asked: Asked, now: Asked, unit: str, answers: list[Any], claimed: dict[tuple[str, str], Any]) -> list[Vote]:
    """How many gave each answer; to a clause, each set of answers. `now` is the key with what was accepted."""
    counts: Counter[tuple[str, str]] = Counter()
    values = dict(claimed)
    for value in answers:
        if unit:
            given = value.get(unit) or {}
            value = {question.id: given[question.id] for question in asked.item.questions if given.get(question.id) is not None}
        if value:
            answer = written(asked, in_order(asked.item, value))
            counts[answer] += 1
            values.setdefault(answer, value)
    own = own_answer(asked, unit)
    keyed = written(asked, own)
    values.setdefault(keyed, own)
    said = {answer: said_of(asked, unit, value) for answer, value in values.items()}
    return [Vote(said[answer], counts[answer], answer == keyed, counts_in_full(now, unit, value), answer in claimed) for answer, value in values.items()]


def own_answer(asked: Asked, unit: str) -> Any:
    """The key's own answer, in the form in which answers are counted."""
    key = asked.key
    if unit:
        held = {question.id: getattr(key.units[unit], question.id, None) for question in asked.item.questions}
        return {question: option for question, option in held.items() if option is not None}
    return key.answer[0] if asked.item.type == "write" and isinstance(key.answer, list) else in_order(asked.item, key.answer)


def mark_votes(asked: Asked, unit: str, label: str, answers: list[Any], claimed: dict[tuple[str, str], Span]) -> list[Vote]:
    """How many marked the words in question, how many the key's, and how many nothing in this clause; some may have done both."""
    marks = [[mark for mark in marks_of(value, asked.text) if (mark.unit, mark.label) == (unit, label)] for value in answers]
    keyed = [span for span in asked.key.spans if (span.unit, span.label) == (unit, label) and not span.optional]
    rows = [(span, False) for span in claimed.values()] + [(span, True) for span in keyed]
    votes = [Vote(said_of(asked, unit, span), sum(any(fit(mark, span) > 0 for mark in own) for own in marks), is_key, is_key, not is_key) for span, is_key in rows]
    return [*votes, Vote("nothing here", sum(not own for own in marks), not keyed, not keyed)]


def shortest(votes: list[Vote]) -> Iterator[Vote]:
    """The votes, most first: all that are keyed or argued for, the most frequent of the others, and the rest as one line."""
    ordered = sorted(votes, key=lambda vote: (-vote.count, not vote.keyed, vote.said))
    must = [vote for vote in ordered if vote.keyed or vote.claimed]
    others = [vote for vote in ordered if vote not in must and vote.count]
    few = others[:max(2, MOST_ANSWERS - len(must))]
    yield from sorted([*must, *few], key=ordered.index)
    if len(others) > len(few):
        yield Vote(counted(len(others) - len(few), "other answer"), sum(vote.count for vote in others[len(few):]))


def in_text(classroom: Classroom, place: Place) -> int:
    """Where a clause stands among the clauses of its item."""
    units = classroom.catalogue.items[place[0]].units
    return units.index(place[1]) if place[1] in units else 0


def clipped(words: str | None) -> str:
    """A student's argument as it may be shown: no more than forty words, and nothing that acts instead of being seen.

    >>> clipped("two words"), clipped(None), len(clipped("a " * 500_000).split())
    ('two words', '', 40)
    """
    start = visible((words or "")[: 20 * MOST_CHARACTERS]).split()
    short = " ".join(start[:CHALLENGE_WORDS])
    cut = len(short) > MOST_CHARACTERS or len(start) > CHALLENGE_WORDS
    return f"{short[:MOST_CHARACTERS]}…" if cut else short
