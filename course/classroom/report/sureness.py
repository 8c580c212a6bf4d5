"""Confidence beside accuracy, and what talking to a neighbour changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from statistics import fmean

from course.classroom.report.answers import ClassAnswers
from course.classroom.report.tests_of import test_items, test_slots
from course.items import CONFIDENCES, Item, Outcome
from course.measures import wilson
from course.reports.class_report import SureAndWrong, Sureness, Talked

SURE = CONFIDENCES[-1]
ALL, FIRST, LAST, PRACTICE = "Everything together", "First test", "Last test", "Other questions"
SHOWN_MOST = 5


def sureness(answers: ClassAnswers) -> tuple[tuple[Sureness, ...], tuple[SureAndWrong, ...]]:
    """For each confidence the share that was right, in all places together and in each; and what most were sure of and had wrong."""
    counts: dict[str, Counter[tuple[str, bool]]] = {place: Counter() for place in (ALL, FIRST, LAST, PRACTICE)}
    wrong: Counter[tuple[str, str]] = Counter()
    sure: Counter[tuple[str, str]] = Counter()
    words: dict[tuple[str, str], str] = {}
    places = places_of(answers)
    for item in answers.items():
        for unit, level, right in stated(answers, item):
            for place in (ALL, places.get(item.id, PRACTICE)):
                counts[place][level, right] += 1
            if level == SURE:
                named = (item.id, unit)
                sure[named] += 1
                wrong[named] += not right
                words[named] = answers.catalogue.text_of(item).unit(unit).shown if unit else item.prompt
    rows = [
        Sureness(place, level, wilson(held[level, True], held[level, True] + held[level, False]), held[level, True])
        for place, held in counts.items() for level in CONFIDENCES if held
    ]
    worst = [SureAndWrong(item, words[item, unit], count, sure[item, unit]) for (item, unit), count in wrong.most_common(SHOWN_MOST) if count > 1]
    return tuple(rows), tuple(worst)


def places_of(answers: ClassAnswers) -> dict[str, str]:
    """For each item of a test, which test it is."""
    first = {choice for pair in test_slots(answers.catalogue) for choice in pair[0].choices}
    return {item: FIRST if item in first else LAST for item in test_items(answers.catalogue)}


def stated(answers: ClassAnswers, item: Item) -> Iterator[tuple[str, str, bool]]:
    """Every confidence that was stated with an answer that has a key: the clause or nothing, the level, whether it was right."""
    for given in answers.of(item.id).values():
        confidence = given.response.confidence
        if isinstance(confidence, str) and item.confidence and confidence in CONFIDENCES and given.judged:
            yield "", confidence, given.right
        elif isinstance(confidence, dict) and item.confidence_units:
            outcomes = {part.id: part.outcome for part in given.score.parts}
            for unit in item.confidence_units:
                level = confidence.get(unit)
                if isinstance(level, str) and level in CONFIDENCES and outcomes.get(unit, Outcome.UNANSWERED) is not Outcome.UNANSWERED:
                    yield unit, level, outcomes[unit] is Outcome.CORRECT


def talked(answers: ClassAnswers) -> tuple[Talked, ...]:
    """Each item that somebody answered alone and again after talking."""
    found = []
    for item in answers.catalogue.items.values():
        pairs = list(answers.talked.get(item.id, {}).values())
        if pairs:
            shares = [(before.share, after.share) for before, after in pairs]
            up, down = (sum(sign * (after - before) > 1e-9 for before, after in shares) for sign in (1, -1))
            found.append(Talked(item.id, len(pairs), fmean(before for before, _ in shares), fmean(after for _, after in shares), up, down))
    return tuple(found)
