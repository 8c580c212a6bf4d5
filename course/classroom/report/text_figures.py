"""Each text as the class read it: readings of every clause, marks as density, and clauses picked out of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from course.classroom.report.answers import ClassAnswers, Given
from course.classroom.report.readings import keyed_readings, reading_of
from course.classroom.report.tests_of import later_tests, test_items
from course.items import Item, Key, Outcome, Text
from course.measures import entropy
from course.reports.class_report import SMALL_CLASS, Clause, ClauseMarked, ClausePicked, ClauseRead, Reading, Stretch, Tally, TextRead
from course.scoring.marks import marks_of

ARTICLE = "article"
SORTS = (ARTICLE, "test", "passage")


def texts_read(answers: ClassAnswers) -> tuple[TextRead, ...]:
    """Every text that somebody labelled: the article first, then the tests, then the passages, each in the order of the lessons."""
    by_text: dict[str, list[Item]] = {}
    for item in answers.items():
        if item.text and (item.type in ("classify", "mark") or (item.type == "pick" and is_of_units(item))):
            by_text.setdefault(item.text, []).append(item)
    found = [text_read(answers, answers.catalogue.texts[slug], items) for slug, items in by_text.items()]
    return tuple(sorted(found, key=lambda text: SORTS.index(text.sort)))


def is_of_units(item: Item) -> bool:
    """Whether the options of a pick are the clauses of its text."""
    return bool(item.units) and {option.id for option in item.options} <= set(item.units)


def text_read(answers: ClassAnswers, text: Text, items: list[Item]) -> TextRead:
    """One text with all that was asked on it."""
    tests = {*test_items(answers.catalogue), *(item.id for item in later_tests(answers.catalogue))}
    sort = ARTICLE if text.slug == ARTICLE else "test" if any(item.id in tests for item in items) else "passage"
    read: dict[str, list[ClauseRead]] = {}
    marked: dict[str, list[ClauseMarked]] = {}
    picked: dict[str, list[ClausePicked]] = {}
    # Of two items that ask the same of a clause the later one says how the class reads it now.
    for item in sorted(reversed(items), key=lambda item: -len(item.questions)):
        given, key = list(answers.of(item.id).values()), answers.catalogue.keys.get(item.id) or Key(item.id)
        for unit in item.units:
            if item.type == "classify" and (one := clause_read(item, text, unit, given, key)):
                read.setdefault(unit, []).append(one)
            elif item.type == "pick":
                picked.setdefault(unit, []).append(clause_picked(item, unit, given, key))
        if item.type == "mark":
            for one_unit, one_mark in clauses_marked(item, text, given, key):
                marked.setdefault(one_unit, []).append(one_mark)
    for several in read.values():
        # What a handful was asked says less of the class than what all were, even if it asked more.
        several.sort(key=lambda one: one.n < SMALL_CLASS)
    clauses = tuple(
        Clause(unit.id, unit.paragraph, unit.shown, tuple(read.get(unit.id, ())), tuple(marked.get(unit.id, ())), tuple(picked.get(unit.id, ()))) for unit in text.units
    )
    lessons = tuple(dict.fromkeys(item.lesson for item in items))
    return TextRead(text.slug, text.title, sort, clauses, lessons, any(item.graded for item in items))


def clause_read(item: Item, text: Text, unit: str, given: Iterable[Given], key: Key) -> ClauseRead | None:
    """How the class read one clause in one item; None when nobody answered all that was asked of it."""
    counts: Counter[Reading] = Counter()
    right = 0
    for one in given:
        reading = reading_of(item, text, one.response.value.get(unit) or {})
        if reading:
            counts[reading] += 1
            right += any(part.id == unit and part.outcome is Outcome.CORRECT for part in one.score.parts)
    if not counts:
        return None
    tallies = tuple(Tally(reading, count) for reading, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].id)))
    keyed = keyed_readings(item, text, key.units[unit]) if unit in key.units else []
    accepted = tuple((reading.name, why) for reading, why in keyed[1:])
    return ClauseRead(item.id, item.lesson, tallies, entropy(counts.values()), keyed[0][0].name if keyed else "", accepted, right)


def clause_picked(item: Item, unit: str, given: list[Given], key: Key) -> ClausePicked:
    """How many picked a clause in one item."""
    keyed = {*(key.answer or ()), *(one for other in key.accept for one in other.answer or ())}
    return ClausePicked(item.id, sum(unit in one.response.value for one in given), len(given), unit in keyed)


def clauses_marked(item: Item, text: Text, given: list[Given], key: Key) -> list[tuple[str, ClauseMarked]]:
    """How the class marked the clauses of one item: for each clause and label the stretches and how many marked each."""
    spans: dict[tuple[str, str], list[set[int]]] = {}
    for one in given:
        places: dict[tuple[str, str], set[int]] = {}
        for mark in marks_of(one.response.value, text):
            places.setdefault((mark.unit, mark.label), set()).update(range(mark.start, mark.end))
        for place, letters in places.items():
            spans.setdefault(place, []).append(letters)
    found = []
    for unit in item.units:
        for label in item.labels:
            keyed = tuple(span.quote for span in key.spans if span.unit == unit and span.label == label.id and not span.optional)
            stretches = stretches_of(spans.get((unit, label.id), []), len(text.unit(unit).shown))
            if stretches or keyed:
                found.append((unit, ClauseMarked(item.id, label.name, len(given), stretches, keyed)))
    return found


def stretches_of(marked: Iterable[set[int]], length: int) -> tuple[Stretch, ...]:
    """The letters that were marked, in stretches of one count.

    >>> stretches_of([{0, 1, 2}, {1, 2, 3}], 4)
    (Stretch(start=0, end=1, count=1), Stretch(start=1, end=3, count=2), Stretch(start=3, end=4, count=1))
    """
    counts: Counter[int] = Counter()
    for letters in marked:
        counts.update(letters)
    found: list[Stretch] = []
    for place in sorted(place for place in counts if place < length):
        if found and found[-1].end == place and found[-1].count == counts[place]:
            found[-1] = Stretch(found[-1].start, place + 1, counts[place])
        else:
            found.append(Stretch(place, place + 1, counts[place]))
    return tuple(found)
