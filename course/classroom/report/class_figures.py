"""What the answers of a class say together: agreement, telling editorializing from reporting, growth, and who needs a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import fmean

from course.classroom.grading import Classroom
from course.classroom.report.answers import ClassAnswers, Given
from course.classroom.report.readings import reading_of
from course.classroom.report.tests_of import later_tests, test_items, test_slots
from course.classroom.report.text_figures import ARTICLE
from course.items import Item, Text, UnitKey
from course.measures import Figure, discrimination, gain, krippendorff_alpha
from course.reports.class_report import SMALL_CLASS, Agreed, Detected, Grown, LessonState
from course.scoring.clauses import right_answers

TOO_FEW = f"fewer than {SMALL_CLASS} learners"
BOTH = {"voice", "kind"}
GROUPS = ("upper third", "middle third", "lower third")


def agreed(answers: ClassAnswers) -> tuple[Agreed, ...]:
    """For every item in which clauses are labelled, how far the class agreed on them, whatever the key says."""
    found = []
    for item in answers.items():
        if item.type != "classify":
            continue
        text, given = answers.catalogue.text_of(item), list(answers.of(item.id).values())
        units = []
        for unit in item.units:
            readings = [reading_of(item, text, one.response.value.get(unit) or {}) for one in given]
            units.append([reading.id if reading else None for reading in readings])
        alike = sum(len({label for label in labels if label}) == 1 for labels in units)
        alpha = krippendorff_alpha(units) if len(given) >= SMALL_CLASS else Figure(None, len(given), TOO_FEW)
        found.append(Agreed(item.id, item.lesson, title_of(text), len(given), len(units), alike, alpha))
    return tuple(found)


def title_of(text: Text | None) -> str:
    """A text's title; the article is known by that name."""
    return "" if text is None else "The article" if text.slug == ARTICLE else text.title


@dataclass
class Signals:
    """One learner's or one group's hits among the text's own judgements and false alarms among the rest."""

    hits: int = 0
    targets: int = 0
    false_alarms: int = 0
    others: int = 0

    def add(self, other: Signals) -> None:
        """Put another's counts to these."""
        self.hits, self.targets = self.hits + other.hits, self.targets + other.targets
        self.false_alarms, self.others = self.false_alarms + other.false_alarms, self.others + other.others

    def detected(self, group: str, learners: int) -> Detected:
        """The counts with d′ and c of them."""
        found = discrimination(self.hits, self.targets, self.false_alarms, self.others)
        return Detected(group, learners, self.hits, self.targets, self.false_alarms, self.others, found.d_prime, found.criterion)


def detected(answers: ClassAnswers, sections: Mapping[str, str]) -> tuple[tuple[Detected, ...], tuple[tuple[str, Detected], ...]]:
    """d′ and c for the first test, the passages, the last test, for each section, and for thirds of the class; and for each learner, for the table.

    The thirds are made by the shares earned elsewhere, or those who tell them apart would be told from those who don't.
    """
    tests = test_items(answers.catalogue)
    first = {choice for pair in test_slots(answers.catalogue) for choice in pair[0].choices}
    by_place: dict[str, dict[str, Signals]] = {"the first test": {}, "passages that count": {}, "the last test": {}}
    by_learner: dict[str, Signals] = {}
    for item in answers.items():
        if not tells_editorial(item):
            continue
        place = "the first test" if item.id in first else "the last test" if item.id in tests else "passages that count"
        for learner, given in answers.of(item.id).items():
            signals = signals_of(item, given, answers.catalogue.keys[item.id].units)
            by_place[place].setdefault(learner, Signals()).add(signals)
            by_learner.setdefault(learner, Signals()).add(signals)
    rows = [pooled(f"The class, {place}", held.values()) for place, held in by_place.items() if held]
    named = sorted({sections.get(learner, "") for learner in by_learner} - {""})
    for section in named if len(named) > 1 else ():
        rows.append(pooled(f"Section {section}", [signals for learner, signals in by_learner.items() if sections.get(learner) == section]))
    elsewhere = shares_elsewhere(answers)
    ranked = sorted(by_learner.keys() & elsewhere.keys(), key=lambda learner: (-elsewhere[learner], learner))
    if len(ranked) >= SMALL_CLASS:
        cut = len(ranked) / len(GROUPS)
        for number, name in enumerate(GROUPS):
            members = ranked[round(number * cut) : round((number + 1) * cut)]
            rows.append(pooled(f"The {name} of the class", [by_learner[learner] for learner in members]))
    return tuple(rows), tuple((learner, of_one(learner, by_learner[learner])) for learner in sorted(by_learner))


def of_one(learner: str, signals: Signals) -> Detected:
    """One learner's counts; d′ and c only where they stand on ten clauses of each kind, for on fewer one slip moves them far."""
    found = signals.detected(learner, 1)
    if min(signals.targets, signals.others) >= SMALL_CLASS:
        return found
    nothing = Figure(None, signals.targets + signals.others, f"fewer than {SMALL_CLASS} clauses of each kind")
    return replace(found, d_prime=nothing, criterion=nothing)


def tells_editorial(item: Item) -> bool:
    """Whether an item that counts asks of each clause whose voice and what kind."""
    return item.type == "classify" and item.graded and {question.id for question in item.questions} >= BOTH


def shares_elsewhere(answers: ClassAnswers) -> dict[str, float]:
    """Each learner's mean share of the points of all other items that count."""
    shares: dict[str, list[float]] = {}
    for item in answers.items():
        if item.graded and not tells_editorial(item):
            for learner, given in answers.of(item.id).items():
                if given.judged:
                    shares.setdefault(learner, []).append(given.share)
    return {learner: fmean(several) for learner, several in shares.items()}


def signals_of(item: Item, given: Given, units: Mapping[str, UnitKey]) -> Signals:
    """One answer's counts. A clause that may be read either way, or as mixed or unclear, is no case for this."""
    found = Signals()
    for unit in item.units:
        chosen = given.response.value.get(unit) or {}
        if unit not in units or chosen.get("voice") is None or chosen.get("kind") is None:
            continue
        right = {is_editorial(one) for one, _ in right_answers(units[unit])}
        if len(right) > 1 or units[unit].kind in ("both", "lost") or units[unit].voice == "unclear":
            continue
        called = is_editorial(chosen)
        if right == {True}:
            found.targets, found.hits = found.targets + 1, found.hits + called
        else:
            found.others, found.false_alarms = found.others + 1, found.false_alarms + called
    return found


def is_editorial(answers: Mapping[str, str | None]) -> bool:
    """Whether a clause is called the text's own judgement."""
    return answers.get("voice") == "author" and answers.get("kind") == "judgement"


def pooled(group: str, several: Iterable[Signals]) -> Detected:
    """The counts of several learners as one; no d′ for a handful."""
    several = list(several)
    total = Signals()
    for one in several:
        total.add(one)
    found = total.detected(group, len(several))
    if len(several) >= SMALL_CLASS:
        return found
    nothing = Figure(None, len(several), TOO_FEW)
    return Detected(group, len(several), total.hits, total.targets, total.false_alarms, total.others, nothing, nothing)


def grown(answers: ClassAnswers) -> tuple[Grown, ...]:
    """First test to last by form and together, and last test to the one some weeks later; of those who did both only."""
    found = []
    for first, last in test_slots(answers.catalogue):
        pairs = {}
        for choice in first.choices:
            for other in last.choices:
                pairs[choice, other] = paired(answers, choice, other)
        everyone = [pair for several in pairs.values() for pair in several]
        found.append(growth_of("All forms together", everyone))
        for (choice, other), several in pairs.items():
            if several:
                found.append(growth_of(f"{form_of(answers, choice)}, then {form_of(answers, other)}", several))
        for item in later_tests(answers.catalogue):
            several = [pair for other in last.choices for pair in paired(answers, other, item.id)]
            if several:
                found.append(growth_of(f"Last test, then {form_of(answers, item.id)} some weeks later", several))
    return tuple(found)


def form_of(answers: ClassAnswers, item: str) -> str:
    """A test form as people name it: its text's slug in words."""
    return (answers.catalogue.items[item].text or item).replace("-", " ").title()


def paired(answers: ClassAnswers, first: str, last: str) -> list[tuple[float, float]]:
    """The shares of the learners who did both tests."""
    before, after = answers.of(first), answers.of(last)
    return [(before[learner].share, after[learner].share) for learner in sorted(before.keys() & after.keys()) if before[learner].judged and after[learner].judged]


def growth_of(name: str, pairs: list[tuple[float, float]]) -> Grown:
    """The gain of a group; below ten learners only how many rose and fell."""
    before, after = [one for one, _ in pairs], [other for _, other in pairs]
    figure = gain(before, after) if len(pairs) >= SMALL_CLASS else Figure(None, len(pairs), TOO_FEW)
    rose, fell = sum(b > a + 1e-9 for a, b in pairs), sum(b < a - 1e-9 for a, b in pairs)
    return Grown(name, len(pairs), fmean(before) if pairs else None, fmean(after) if pairs else None, figure, rose, fell)


def lesson_states(classroom: Classroom) -> tuple[LessonState, ...]:
    """Each lesson's hand-ins, and its cells that hold no points, in counts; the reasons stay apart."""
    found = []
    for lesson in classroom.lessons:
        sheets = [sheet for (_, name), sheet in classroom.sheets.items() if name == lesson]
        cells = [cell for sheet in sheets for cell in sheet.cells.values()]
        other = sum(cell.state == "needs a person" and cell.score is None for cell in cells)
        waiting = sum(cell.state == "needs a person" for cell in cells) - other
        states = [sum(cell.state == state for cell in cells) for state in ("unanswered", "malformed")]
        title = classroom.catalogue.lessons[lesson].title
        found.append(LessonState(lesson, title, len(sheets), len(classroom.roster) - len(sheets), *states, waiting, other))
    return tuple(found)
