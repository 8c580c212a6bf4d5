"""One cell of the gradebook: what one learner gets for one item or slot, and in which state it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from course.classroom.catalogue import Catalogue, Column
from course.classroom.hand_marks import HandMarks, Marks
from course.handin import HandIn, Problem, problem
from course.items import EVERYONE, Answer, Item, Outcome, Score
from course.responses import Response, newest
from course.scoring import score_by_hand, score_credit
from course.slots import standing

SCORED = "scored"
UNANSWERED = Outcome.UNANSWERED.value
NEEDS_A_PERSON = Outcome.NEEDS_A_PERSON.value
MALFORMED = Outcome.MALFORMED.value
NO_HAND_MARKS = HandMarks()
# Cells are rounded to hundredths, so two that differ by less than half of one say the same. Fractions such as thirds lose
# a little in a computer, so what should end in half a hundredth gets that little back before it is rounded or compared.
HALF_A_HUNDREDTH = 0.005
LOST_IN_FRACTIONS = 1e-9


@dataclass(frozen=True)
class Cell:
    """What one learner gets for one column: a state, and points that count only when the state is "scored". `stopped`: its file ended before it."""

    state: str
    column: Column
    item: Item
    points: float = 0.0
    response: Response | None = None
    score: Score | None = None
    comments: tuple[str, ...] = ()
    stopped: bool = False

    @property
    def written(self) -> str:
        """The cell as it stands in the gradebook: a number, or the word for why there is none."""
        return written_points(self.points) if self.state == SCORED else self.state


@dataclass(frozen=True)
class Sheet:
    """One learner's lesson: its cells by column, the files it came from, how much practice was answered, and every response to it."""

    learner: str
    lesson: str
    files: tuple[str, ...]
    cells: dict[str, Cell]
    usable: bool = True
    practised: int = 0
    responses: tuple[Response, ...] = field(default=(), repr=False)

    @property
    def points(self) -> float:
        """The sum of the cells, which are rounded to hundredths, so that a spreadsheet comes to the same figure."""
        return round(sum(cell.points for cell in self.cells.values()), 2)

    @property
    def waiting(self) -> int:
        """How many cells a person has still to look at."""
        return sum(cell.state == NEEDS_A_PERSON for cell in self.cells.values())


@dataclass
class Marker:
    """Scores hand-ins against a catalogue. An answer that many learners give is scored once."""

    catalogue: Catalogue
    marks: Marks
    report: Callable[[Problem], None]
    scored: dict[tuple[str, str], Score] = field(default_factory=dict)

    def sheet(self, learner: str, lesson: str, handins: list[HandIn]) -> Sheet:
        """Everything one learner handed in for one lesson, put together and scored."""
        own = self.of_lesson(merged(handins), lesson, handins[0].file, learner)
        latest = newest(own)
        cells = {column.id: self.cell(column, learner, handins, own, latest) for column in self.catalogue.columns[lesson]}
        practised = sum(item not in self.catalogue.counted and response.value is not None for item, response in latest.items())
        files = tuple(handin.file for handin in handins)
        return Sheet(learner, lesson, files, cells, any(handin.usable for handin in handins), practised, tuple(own))

    def of_lesson(self, responses: list[Response], lesson: str, file: str, learner: str) -> list[Response]:
        """The responses to items of the lesson; one to anything else is reported."""
        items = self.catalogue.items
        own = [response for response in responses if response.item in items and items[response.item].lesson == lesson]
        if len(own) < len(responses):
            known = {response.item for response in own}
            for name in dict.fromkeys(response.item for response in responses if response.item not in known):
                self.report(problem("unknown_item", file=file, learner=learner, lesson=lesson, item=name))
        return own

    def cell(self, column: Column, learner: str, handins: list[HandIn], own: list[Response], latest: dict[str, Response]) -> Cell:
        """One column of one learner, with what a person gave it."""
        item = self.item_for(column, learner, handins, own)
        response = latest.get(item.id)
        hand = self.hand_marks(learner, column, item)
        if hand.points is not None:
            given = round(min(hand.points, item.points), 2)
            return Cell(SCORED, column, item, given, response, Score(Outcome.NEEDS_A_PERSON, given, item.points), tuple(hand.comments))
        if lost(item, response, handins):
            return Cell(MALFORMED, column, item, comments=tuple(hand.comments), stopped=stopped(response, handins))
        if response is None or response.value is None:
            return Cell(UNANSWERED, column, item, response=response, comments=tuple(hand.comments))
        if self.saw_another_wording(item, response) and not hand.wording_accepted:
            self.report(problem("other_wording", file=handins[0].file, learner=learner, lesson=column.lesson, item=column.id))
            return Cell(NEEDS_A_PERSON, column, item, response=response, comments=tuple(hand.comments))
        score = self.score(item, response.answer)
        if score.outcome is Outcome.NEEDS_A_PERSON and hand.levels:
            by_hand = score_by_hand(item, hand.levels)
            score = score if by_hand.outcome is Outcome.MALFORMED else by_hand
        return self.settled(column, item, response, score, hand, learner, handins[0].file)

    def settled(self, column: Column, item: Item, response: Response, score: Score, hand: HandMarks, learner: str, file: str) -> Cell:
        """The cell that a score makes: its points when it was judged, else the word for why it was not."""
        comments = tuple(hand.comments)
        if score.outcome is Outcome.MALFORMED:
            self.report(problem("malformed", file=file, learner=learner, lesson=column.lesson, item=column.id, note=score.note))
        if score.outcome in (Outcome.MALFORMED, Outcome.NEEDS_A_PERSON, Outcome.UNANSWERED):
            return Cell(score.outcome.value, column, item, 0.0, response, score, comments)
        return Cell(SCORED, column, item, round(score.points + LOST_IN_FRACTIONS, 2), response, score, comments)

    def score(self, item: Item, answer: Answer) -> Score:
        """What an answer is worth, worked out once for all who gave it."""
        value = sorted(answer.value.items()) if isinstance(answer.value, dict) else answer.value
        asked = (item.id, repr((value, answer.reason)))
        held = self.scored.get(asked)
        if held is None:
            held = self.scored[asked] = score_credit(item, answer, self.catalogue.keys.get(item.id), text=self.catalogue.text_of(item))
        return held

    def item_for(self, column: Column, learner: str, handins: list[HandIn], own: list[Response]) -> Item:
        """The item behind a column; of a slot, the one that this learner answered first, or last where the choice is the learner's own."""
        if len(column.items) == 1:
            return column.items[0]
        by_id = {item.id: item for item in column.items}
        answered = [response for response in own if response.item in by_id and response.kind != "challenge"]
        if not answered:
            return column.items[0]
        if column.rule == "learner":
            return by_id[standing(answered)]
        first = by_id[min(answered, key=lambda response: (response.at, response.id)).item]
        if any(response.item != first.id for response in answered):
            self.report(problem("other_choice", file=handins[0].file, learner=learner, lesson=column.lesson, item=first.id, slot=column.id))
        return first

    def hand_marks(self, learner: str, column: Column, item: Item) -> HandMarks:
        """What a person wrote for everyone and this item, and over it what was written for this learner."""
        found = NO_HAND_MARKS
        for who in (EVERYONE, learner) if self.marks else ():
            for name in dict.fromkeys((column.id, item.id)):
                if (who, name) in self.marks:
                    found = found.and_then(self.marks[who, name])
        return found

    def saw_another_wording(self, item: Item, response: Response) -> bool:
        """Whether the learner answered another wording than today's; points for answering don't depend on it."""
        return item.credit != "completion" and response.seen != self.catalogue.wording[item.id]


def merged(handins: list[HandIn]) -> list[Response]:
    """The responses of several hand-ins, each id once; of two with the same id the later counts."""
    if len(handins) == 1:
        return list(handins[0].responses)
    by_id: dict[str, Response] = {}
    for handin in handins:
        for response in handin.responses:
            held = by_id.get(response.id)
            if held is None or response.at > held.at:
                by_id[response.id] = response
    return list(by_id.values())


def lost(item: Item, response: Response | None, handins: list[HandIn]) -> bool:
    """Whether the answer that counts may be one that could not be read: then nobody can say that it is missing or wrong."""
    if stopped(response, handins):
        return True
    for handin in handins:
        for broken in handin.broken:
            if broken.item == item.id and (response is None or not broken.at or broken.at >= response.at):
                return True
            if not broken.item and response is None:
                return True
    return False


def stopped(response: Response | None, handins: list[HandIn]) -> bool:
    """Whether an answer may be missing only because every file was cut short."""
    return response is None and not any(handin.whole for handin in handins)


def written_points(points: float) -> str:
    """Points as people write them: at most two decimals, none that are zero.

    >>> written_points(2.0), written_points(0.666666), written_points(1.50)
    ('2', '0.67', '1.5')
    """
    return f"{points:.2f}".rstrip("0").rstrip(".")
