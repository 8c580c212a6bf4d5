"""Which answers a report counts: one a learner and item, judged once, and pairs of answers before and after talking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from course.classroom.catalogue import Catalogue
from course.classroom.marking import Cell, Sheet
from course.items import Item, Key, Outcome, Score
from course.responses import Response, newest
from course.scoring import score_item

JUDGED = (Outcome.CORRECT, Outcome.PARTLY, Outcome.INCORRECT)


@dataclass(frozen=True)
class Given:
    """One learner's answer to one item as a report counts it, with its score against the key, whatever its points are for."""

    learner: str
    item: Item
    response: Response
    score: Score

    @property
    def judged(self) -> bool:
        """Whether there was a key to hold it against."""
        return self.score.outcome in JUDGED

    @property
    def share(self) -> float:
        """Its share of the points, 0 to 1."""
        return self.score.points / self.score.max if self.score.max else 0.0

    @property
    def right(self) -> bool:
        """Whether all of it was right."""
        return self.score.outcome is Outcome.CORRECT


@dataclass
class ClassAnswers:
    """The answers of a class: `given` by item and learner, `talked` where somebody answered alone and again after talking.

    Of an item that counts it is the answer that counts. Of practice it is the first one that was checked: later ones have
    seen the feedback. Answers to another wording, and answers that can't be read, are left out.
    """

    catalogue: Catalogue
    given: dict[str, dict[str, Given]] = field(default_factory=dict)
    talked: dict[str, dict[str, tuple[Given, Given]]] = field(default_factory=dict)
    scored: dict[tuple[str, str], Score] = field(default_factory=dict)

    def of(self, item: str) -> dict[str, Given]:
        """The answers to one item, by learner."""
        return self.given.get(item, {})

    def items(self) -> Iterator[Item]:
        """Every item that somebody answered, in the order of the lessons."""
        return (item for item in self.catalogue.items.values() if self.given.get(item.id))

    def add(self, sheet: Sheet) -> None:
        """Take in one learner's lesson."""
        by_item: dict[str, list[Response]] = {}
        for response in sheet.responses:
            if response.kind != "challenge":
                by_item.setdefault(response.item, []).append(response)
        cells = {cell.item.id: cell for cell in sheet.cells.values()}
        elsewhere = {item.id for cell in sheet.cells.values() for item in cell.column.items} - cells.keys()
        for name, responses in by_item.items():
            if name not in elsewhere:
                self.add_item(sheet.learner, self.catalogue.items[name], responses, cells.get(name))

    def add_item(self, learner: str, item: Item, responses: list[Response], cell: Cell | None) -> None:
        """Take in one learner's responses to one item."""
        accepted = bool(cell and cell.state == "scored" and item.credit != "completion")
        usable = [response for response in responses if response.value is not None and (accepted or response.seen == self.catalogue.wording[item.id])]
        talks = [response for response in usable if response.round == "talk"]
        if talks:
            self.add_pair(learner, item, usable, talks)
        chosen = cell.response if cell and accepted else the_one_that_counts(item, usable)
        if chosen is None or chosen.value is None:
            return
        known = cell.score if cell and accepted and cell.score and cell.score.outcome in JUDGED else None
        given = Given(learner, item, chosen, known or self.score(item, chosen))
        if given.score.outcome not in (Outcome.MALFORMED, Outcome.UNANSWERED):
            self.given.setdefault(item.id, {})[learner] = given

    def add_pair(self, learner: str, item: Item, responses: list[Response], talks: list[Response]) -> None:
        """Take in the last answer before the talk and the last one after it."""
        begun = min(response.at for response in talks)
        alone = [response for response in responses if response.round == "alone" and response.at <= begun]
        if alone:
            before, after = (Given(learner, item, one, self.score(item, one)) for one in (latest(alone), latest(talks)))
            if before.judged and after.judged:
                self.talked.setdefault(item.id, {})[learner] = (before, after)

    def score(self, item: Item, response: Response) -> Score:
        """An answer against its key, worked out once for all who gave it."""
        value = sorted(response.value.items()) if isinstance(response.value, dict) else response.value
        asked = (item.id, repr((value, response.reason)))
        held = self.scored.get(asked)
        if held is None:
            key = self.catalogue.keys.get(item.id) or Key(item.id, by_hand=True)
            held = self.scored[asked] = score_item(item, response.answer, key, text=self.catalogue.text_of(item))
        return held


def answers_of(catalogue: Catalogue, sheets: Iterable[Sheet]) -> ClassAnswers:
    """The answers of a class, from its sheets."""
    answers = ClassAnswers(catalogue)
    for sheet in sheets:
        answers.add(sheet)
    return answers


def the_one_that_counts(item: Item, responses: list[Response]) -> Response | None:
    """Of a question that waits for its feedback the newest answer; of practice the first one that was checked."""
    if not responses:
        return None
    if item.graded:
        return latest(responses)
    checked = [response for response in responses if response.kind == "submitted"]
    return min(checked, key=lambda response: (response.at, response.id)) if checked else latest(responses)


def latest(responses: list[Response]) -> Response:
    """The newest of several responses to one item."""
    return next(iter(newest(responses).values()))
