"""Each item beside the others of its lesson: how easy, whether it goes with the rest, who chose what, and what to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from course.classroom.catalogue import Column
from course.classroom.grading import Classroom
from course.classroom.report.answers import ClassAnswers, Given
from course.classroom.report.tests_of import test_items
from course.items import Item, Outcome
from course.measures import Figure, correlation, cronbach_alpha, item_rest_correlation, mean_share
from course.reports.class_report import SMALL_CLASS, ItemFigures, OptionChosen, Reliability

TOO_EASY, TOO_HARD, THIRD = 0.95, 0.15, 3
# An item that goes with the rest reaches .20; one whose interval does not is no accident of a small class.
GOES_WITH = 0.2
FEWEST_OF_THE_BEST = 3
# A pick out of a dozen clauses always leaves some that nobody chose.
MOST_OPTIONS = 6
TOO_FEW = f"fewer than {SMALL_CLASS} learners"


@dataclass(frozen=True)
class LessonTable:
    """The points of one lesson as a table without gaps: one list a column, one place a learner who handed it in and whose answers were judged."""

    learners: tuple[str, ...]
    columns: dict[str, list[float]] = field(default_factory=dict)

    def rest(self, without: str = "") -> dict[str, float]:
        """Each learner's points in the other columns; nothing when there is no other."""
        others = [scores for name, scores in self.columns.items() if name != without]
        return {learner: sum(scores[place] for scores in others) for place, learner in enumerate(self.learners)} if others else {}


def items_of(classroom: Classroom, answers: ClassAnswers) -> tuple[list[ItemFigures], list[Reliability]]:
    """Every item that has a key and was answered, those that count before practice, and how far each lesson's points can be trusted."""
    counted, practice, trusted = [], [], []
    for lesson in classroom.lessons:
        columns = [column for column in classroom.catalogue.columns[lesson] if is_judged(column, answers)]
        table = table_of(classroom, answers, lesson, columns)
        column_of = {item.id: column.id for column in columns for item in column.items}
        for item in classroom.catalogue.lessons[lesson].items:
            given = {learner: one for learner, one in answers.of(item.id).items() if one.judged}
            if given:
                figures = item_figures(classroom, item, given, table.rest(column_of.get(item.id, "")), practice=item.id not in column_of)
                (counted if item.id in column_of else practice).append(figures)
        if len(columns) > 1:
            trusted.append(reliability(f"Lesson {number_of(lesson)}", "Cronbach’s alpha", table.columns))
    return counted + practice, trusted + tests_trusted(answers)


def is_judged(column: Column, answers: ClassAnswers) -> bool:
    """Whether a column holds items that a key decides; points for answering don't hinder it."""
    return all(item.type != "essay" and (key := answers.catalogue.keys.get(item.id)) is not None and not key.by_hand for item in column.items)


def table_of(classroom: Classroom, answers: ClassAnswers, lesson: str, columns: list[Column]) -> LessonTable:
    """The shares of a lesson's columns. Left out is 0, as in the gradebook; whoever has an answer that nobody could judge stays out."""
    rows: dict[str, list[float]] = {}
    for (learner, name), sheet in classroom.sheets.items():
        if name == lesson and sheet.usable:
            row = [share_of(answers, learner, sheet.cells[column.id].item, sheet.cells[column.id].state) for column in columns]
            if None not in row:
                rows[learner] = row
    return LessonTable(tuple(rows), {column.id: [row[place] for row in rows.values()] for place, column in enumerate(columns)})


def share_of(answers: ClassAnswers, learner: str, item: Item, state: str) -> float | None:
    """A learner's share of an item's points; None where an answer is there and was not judged."""
    given = answers.of(item.id).get(learner)
    if given and given.judged:
        return given.share
    return 0.0 if state == "unanswered" else None


def item_figures(classroom: Classroom, item: Item, given: Mapping[str, Given], rest: Mapping[str, float], *, practice: bool) -> ItemFigures:
    """The figures of one item."""
    n = len(given)
    ease = mean_share([one.share for one in given.values()])
    both = [(one.share, rest[learner]) for learner, one in given.items() if learner in rest]
    with_rest = Figure(None, len(both), "there is no other item" if not rest else TOO_FEW)
    if len(both) >= SMALL_CLASS:
        with_rest = correlation([share for share, _ in both], [other for _, other in both])
    options = options_of(classroom, item, given, rest) if item.type == "pick" else ()
    sheets = sum(name == item.lesson and sheet.usable for (_, name), sheet in classroom.sheets.items())
    cells = [sheet.cells.values() for (_, name), sheet in classroom.sheets.items() if name == item.lesson]
    blank = sum(cell.item.id == item.id and cell.state == "unanswered" for several in cells for cell in several)
    if in_slot(classroom, item):
        blank = 0
    elif practice:
        blank = max(0, sheets - n)
    right = sum(one.right for one in given.values())
    warnings = tuple(warnings_of(ease, with_rest, options)) if n >= SMALL_CLASS else ()
    return ItemFigures(item.id, item.lesson, item.prompt, item.type, n, right, blank, ease, with_rest, options, warnings, practice)


def in_slot(classroom: Classroom, item: Item) -> bool:
    """Whether an item is drawn for each learner from several, so that most were never asked it."""
    return any(item.id in slot.choices and slot.rule != "class" for slot in classroom.catalogue.lessons[item.lesson].slots)


def options_of(classroom: Classroom, item: Item, given: Mapping[str, Given], rest: Mapping[str, float]) -> tuple[OptionChosen, ...]:
    """Every option with how many chose it, in the class and in its upper and lower third."""
    key = classroom.catalogue.keys[item.id]
    keyed = {*(key.answer or ()), *(one for other in key.accept for one in other.answer or ())}
    ranked = sorted((learner for learner in given if learner in rest), key=lambda learner: (-rest[learner], learner))
    third = len(ranked) // THIRD
    upper, lower = set(ranked[:third]), set(ranked[len(ranked) - third :] if third else ())
    found = []
    for option in item.options:
        chose = tuple(sorted(learner for learner, one in given.items() if option.id in one.response.value))
        found.append(OptionChosen(option.id, option.text, option.id in keyed, len(chose), len(upper & {*chose}), len(lower & {*chose}), chose))
    return tuple(found)


def warnings_of(ease: Figure, rest: Figure, options: Iterable[OptionChosen]) -> Iterable[str]:
    """What to look at, in plain words."""
    if ease.value is not None and ease.value >= TOO_EASY:
        yield "Nearly everybody had it right: it tells you nothing about who knows."
    if ease.value is not None and ease.value <= TOO_HARD:
        yield "Hardly anyone had it right: look at the wording and the key before you look at the class."
    if rest.value is not None and rest.value < 0 and (rest.high is None or rest.high < GOES_WITH):
        yield "Those who did well elsewhere did worse here: look at the key."
    options = list(options)
    idle = [option.words for option in options if not option.keyed and not option.count]
    if idle and len(options) <= MOST_OPTIONS and any(option.keyed for option in options):
        named = ", ".join(f"“{shortened(words)}”" for words in idle[:3]) + (f" and {len(idle) - 3} more" if len(idle) > 3 else "")
        yield f"No one chose this distractor: {named}." if len(idle) == 1 else f"No one chose these distractors: {named}."
    for option in options:
        if not option.keyed and option.upper >= max(FEWEST_OF_THE_BEST, option.lower + 2):
            yield f"The best learners chose “{shortened(option.words)}” more often than the weakest ({option.upper} against {option.lower}): look at the key."


def shortened(words: str, most: int = 60) -> str:
    """The beginning of a text, as long as a warning can bear.

    >>> shortened("one two three", 9)
    'one two …'
    """
    words = words.replace("*", "")
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"


def reliability(name: str, measure: str, columns: Mapping[str, list[float]]) -> Reliability:
    """How far a total can be trusted; nothing in a small class."""
    n = len(next(iter(columns.values()), ()))
    figure = cronbach_alpha(columns) if n >= SMALL_CLASS else Figure(None, n, TOO_FEW)
    return Reliability(name, measure, len(columns), figure)


def tests_trusted(answers: ClassAnswers) -> list[Reliability]:
    """KR-20 of each test form: its clauses are right or wrong, left out counts as wrong."""
    found = []
    for name, slot in test_items(answers.catalogue).items():
        item, given = answers.catalogue.items[name], [one for one in answers.of(name).values() if one.judged]
        if item.type == "classify" and given and len(item.units) > 1:
            found.append(reliability(f"{name} in lesson {number_of(slot.lesson)}, clause by clause", "KR-20", right_or_wrong(item, given)))
    return found


def clauses_of(answers: ClassAnswers) -> Iterator[ItemFigures]:
    """Each clause of a passage or test that counts, right or wrong, beside the others of its passage; a clause left out is wrong."""
    for item in answers.items():
        given = [one for one in answers.of(item.id).values() if one.judged]
        if item.type != "classify" or not item.graded or not given or len(item.units) < 2:
            continue
        columns = right_or_wrong(item, given)
        for unit, scores in columns.items():
            n, ease = len(scores), mean_share(scores)
            rest = item_rest_correlation(columns, unit) if n >= SMALL_CLASS else Figure(None, n, TOO_FEW)
            blank = n - sum(any(part.id == unit and part.outcome is not Outcome.UNANSWERED for part in one.score.parts) for one in given)
            warnings = tuple(warnings_of(ease, rest, ())) if n >= SMALL_CLASS else ()
            words = answers.catalogue.text_of(item).unit(unit).shown
            yield ItemFigures(f"{item.id}, {unit}", item.lesson, words, "clause", n, round(sum(scores)), blank, ease, rest, (), warnings)


def right_or_wrong(item: Item, given: Iterable[Given]) -> dict[str, list[float]]:
    """For each clause 1 where a learner had it right, else 0."""
    rows = [{part.id: float(part.outcome is Outcome.CORRECT) for part in one.score.parts} for one in given]
    return {unit: [row.get(unit, 0.0) for row in rows] for unit in item.units}


def number_of(lesson: str) -> str:
    """A lesson as people name it.

    >>> number_of("07_newsroom")
    '7'
    """
    return lesson.partition("_")[0].lstrip("0") or "0"
