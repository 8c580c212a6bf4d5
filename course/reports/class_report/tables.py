"""The report's tables for a spreadsheet. Here, and only here, stand the learners' ids: who chose what, and how each reads."""

from __future__ import annotations

from collections.abc import Iterator

from course.measures import Figure
from course.reports.class_report.shapes import SMALL_CLASS, ClassFigures, Table

FIGURE = ("value", "low", "high", "n", "why_not")
TOO_FEW = f"fewer than {SMALL_CLASS} learners"
TOO_FEW_ANSWERS = f"fewer than {SMALL_CLASS} answers"


def number(value: float | int | None, places: int = 4) -> str:
    """A number as a spreadsheet reads it; nothing where there is none.

    >>> number(0.25), number(3), number(None)
    ('0.25', '3', '')
    """
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:.{places}f}".rstrip("0").rstrip(".")


def spread_out(figure: Figure) -> tuple[str, ...]:
    """A figure as five cells."""
    return number(figure.value), number(figure.low), number(figure.high), number(figure.n), figure.why


def share(figures: ClassFigures, value: float | None, n: int) -> str:
    """A share as a cell; nothing in a small class, and nothing where fewer than ten answered: the counts stand beside it."""
    return "" if figures.small or n < SMALL_CLASS else number(value)


def counted_only(figures: ClassFigures, figure: Figure) -> Figure:
    """The figure, or in its place why there is none: the class is small, or it stands on fewer than ten."""
    if figures.small or figure.n < SMALL_CLASS:
        return Figure(None, figure.n, (figure.why if figure.value is None else "") or (TOO_FEW if figures.small else TOO_FEW_ANSWERS))
    return figure


def tables(figures: ClassFigures) -> Iterator[Table]:
    """All tables of a report, one file each."""
    yield readings(figures)
    yield marks(figures)
    yield picked(figures)
    yield items(figures)
    yield from options(figures)
    yield Table("reliability", ("points_of", "measure", "parts", *FIGURE), tuple((row.name, row.measure, str(row.parts), *spread_out(row.figure)) for row in figures.reliability))
    agreed = tuple((one.item, one.lesson, one.text, str(one.learners), str(one.clauses), str(one.alike), *spread_out(one.alpha)) for one in figures.agreed)
    yield Table("agreement", ("item", "lesson", "text", "learners", "clauses", "all_alike", *FIGURE), agreed)
    yield from detection(figures)
    grown = tuple((one.name, share(figures, one.before, one.n), share(figures, one.after, one.n), str(one.rose), str(one.fell), *spread_out(one.gain)) for one in figures.grown)
    yield Table("growth", ("from_to", "before", "after", "better", "worse", *FIGURE), grown)
    yield Table("confidence", ("where", "said", "right", *FIGURE), tuple((row.where, row.level, str(row.right), *spread_out(counted_only(figures, row.share))) for row in figures.sureness))
    yield Table("sure_and_wrong", ("item", "words", "wrong", "sure"), tuple((row.item, row.words, str(row.count), str(row.sure)) for row in figures.sure_and_wrong))
    talked = tuple((row.item, str(row.n), share(figures, row.before, row.n), share(figures, row.after, row.n), str(row.to_key), str(row.from_key)) for row in figures.talked)
    yield Table("talking", ("item", "learners", "share_before", "share_after", "nearer_to_key", "away_from_key"), talked)
    states = tuple((one.lesson, *map(str, (one.handed_in, one.missing, one.unanswered, one.malformed, one.waiting, one.other_wording))) for one in figures.states)
    yield Table("hand_ins", ("lesson", "handed_in", "not_handed_in", "unanswered", "malformed", "needs_a_person", "another_wording"), states)


def readings(figures: ClassFigures) -> Table:
    """One line a reading of a clause in an item."""
    rows = []
    for text in figures.texts:
        for clause in text.clauses:
            for read in clause.read:
                accepted = "; ".join(name for name, _ in read.accepted)
                for tally in read.tallies:
                    cells = (tally.reading.name, str(tally.count), share(figures, tally.count / read.n, read.n), str(read.n), share(figures, read.spread.value, read.n), read.key, accepted, str(read.right))
                    rows.append((text.slug, clause.id, clause.words, read.item, *cells))
    return Table("readings", ("text", "unit", "words", "item", "reading", "count", "share", "n", "entropy_bits", "key", "accepted", "right"), tuple(rows))


def marks(figures: ClassFigures) -> Table:
    """One line a stretch of words that the same number marked."""
    rows = [
        (text.slug, clause.id, one.item, one.label, str(stretch.start), str(stretch.end), clause.words[stretch.start : stretch.end], str(stretch.count), str(one.n))
        for text in figures.texts for clause in text.clauses for one in clause.marked for stretch in one.stretches
    ]
    return Table("marks", ("text", "unit", "item", "label", "start", "end", "words", "count", "n"), tuple(rows))


def picked(figures: ClassFigures) -> Table:
    """One line a clause that could be picked out of others."""
    rows = [
        (text.slug, clause.id, clause.words, one.item, str(one.count), str(one.n), "yes" if one.keyed else "no")
        for text in figures.texts for clause in text.clauses for one in clause.picked
    ]
    return Table("clauses_picked", ("text", "unit", "words", "item", "count", "n", "keyed"), tuple(rows))


def items(figures: ClassFigures) -> Table:
    """One line an item, and one a clause of those that count."""
    header = ("item", "lesson", "type", "practice", "prompt", "n", "all_right", "unanswered", "mean_share", "low", "high", "item_rest_r", "item_rest_n", "why_not", "look_at")
    rows = []
    for item in (*figures.items, *figures.clauses):
        ease, rest = spread_out(counted_only(figures, item.ease))[:3], (number(item.rest.value), number(item.rest.n), item.rest.why)
        about = (item.id, item.lesson, item.type, "yes" if item.practice else "no", item.prompt)
        rows.append((*about, str(item.n), str(item.right), str(item.unanswered), *ease, *rest, " ".join(item.warnings)))
    return Table("items", header, tuple(rows))


def options(figures: ClassFigures) -> Iterator[Table]:
    """One line an option, and one line a learner who chose it."""
    counted, chosen = [], []
    for item in figures.items:
        for option in item.options:
            about = (item.id, option.id, option.words, "yes" if option.keyed else "no")
            counted.append((*about, str(option.count), share(figures, option.count / item.n, item.n), *(("", "") if figures.small else (str(option.upper), str(option.lower)))))
            chosen += [(item.id, option.id, about[3], learner) for learner in option.learners]
    yield Table("options", ("item", "option", "words", "keyed", "count", "share", "upper_third", "lower_third"), tuple(counted))
    yield Table("who_chose_what", ("item", "option", "keyed", "learner"), tuple(chosen))


def detection(figures: ClassFigures) -> Iterator[Table]:
    """d′ and c of the groups, and of each learner who was asked enough clauses of each kind."""
    counts = ("hits", "targets", "false_alarms", "others", "d_prime", "criterion", "why_not")

    def cells(one) -> tuple[str, ...]:
        known = (number(one.d_prime.value), number(one.criterion.value), one.d_prime.why) if not figures.small else ("", "", TOO_FEW)
        return (*map(str, (one.hits, one.targets, one.false_alarms, one.others)), *known)

    yield Table("editorial_or_reporting", ("group", "learners", *counts), tuple((one.group, str(one.learners), *cells(one)) for one in figures.detected))
    yield Table("readers", ("learner", *counts), tuple((learner, *cells(one)) for learner, one in figures.by_reader))
