"""Marks: stretches of text with a label, matched one to one with the key's spans.

How well must a mark fit? As well as trained readers fit each other's marks (codebook, "the human ceiling"). Sources,
cues and quotations have edges that readers agree on: a mark must share half of its characters with the key. That goes
for *unnamed source*, which is a source, and for *nobody's quotation*, which is what a source would have said. Loaded words,
overstatements and causes do not: any overlap counts, unless the mark is so long that it points at nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import fsum
from typing import Any

from course.items import Answer, Item, Key, Outcome, Part, Score, Span, Text
from course.scoring.clauses import with_reason
from course.scoring.picks import asks_reason
from course.scoring.totals import most_points, outcome_of

ANY_OVERLAP = frozenset({"loaded", "over", "says-who"})
TRIMMED = " \u00a0\t\r\n\"'“”„‘’‚«»‹›`"
TIMES_THE_KEY = 3
WORDS_AT_MOST = 8


@dataclass(frozen=True)
class Compared:
    """Marks beside the key: pairs that fit, spans that were missed, marks too many, marks that may stand but earn nothing."""

    hits: tuple[tuple[Span, Span], ...] = ()
    missed: tuple[Span, ...] = ()
    extra: tuple[Span, ...] = ()
    spare: tuple[Span, ...] = ()


def trim(span: Span) -> Span:
    """A span without the quotation marks and spaces at its ends, so that it does not matter whether they were marked.

    >>> trimmed = trim(Span("source", "a1", 0, 9, ' "Mayor" '))
    >>> trimmed.start, trimmed.end, trimmed.quote
    (2, 7, 'Mayor')
    """
    if len(span.quote) != span.end - span.start or not span.quote.strip(TRIMMED):
        return span
    left = len(span.quote) - len(span.quote.lstrip(TRIMMED))
    core = span.quote.strip(TRIMMED)
    if len(core) == len(span.quote):
        return span
    return replace(span, start=span.start + left, end=span.start + left + len(core), quote=core)


def fit(mark: Span, keyed: Span) -> float:
    """How well a mark fits a keyed span or one of its accepted wordings: 0 when it does not count, up to 1 for the same characters.

    A source must share half of the characters that either covers:

    >>> key = Span("source", "a1", 0, 20, "Mayor Anna Rodriguez")
    >>> fit(Span("source", "a1", 0, 10, "Mayor Anna"), key), fit(Span("source", "a1", 0, 5, "Mayor"), key)
    (0.5, 0.0)

    A loaded word need only be touched, by at most eight words or three times the key's length:

    >>> key = Span("loaded", "a1", 4, 12, "shameful")
    >>> fit(Span("loaded", "a1", 0, 17, "the shameful plan"), key) > 0
    True
    >>> fit(Span("loaded", "a1", 0, 60, "the shameful plan that he had put before us on a Friday night"), key)
    0.0
    """
    if mark.label != keyed.label or mark.unit != keyed.unit:
        return 0.0
    return max(fit_one(mark, target) for target in (keyed, *keyed.accept))


def fit_one(mark: Span, target: Span) -> float:
    """How well a mark fits one stretch: the characters both cover, over the characters either covers (IoU)."""
    if mark.end <= target.start or target.end <= mark.start:
        return 0.0
    mine, keyed = trim(mark), trim(target)
    shared = min(mine.end, keyed.end) - max(mine.start, keyed.start)
    if shared <= 0:
        return 0.0
    length, target_length = mine.end - mine.start, keyed.end - keyed.start
    covered = length + target_length - shared
    if mark.label in ANY_OVERLAP:
        few_words = bool(mine.quote) and len(mine.quote.split()) <= WORDS_AT_MOST
        return shared / covered if few_words or length <= TIMES_THE_KEY * target_length else 0.0
    return shared / covered if 2 * shared >= covered else 0.0


def compare(marks: Iterable[Span], keyed: Iterable[Span]) -> Compared:
    """Match marks with keyed spans, each mark and each span once: as many as can be, and the best fits first.

    A mark that is left over but fits an optional span is set aside: it neither earns nor costs.

    >>> found = compare([Span("cue", "a1", 6, 10, "said"), Span("cue", "a1", 20, 24, "city")], [Span("cue", "a1", 6, 10, "said")])
    >>> len(found.hits), len(found.missed), len(found.extra)
    (1, 0, 1)
    """
    mine, spans = sorted(marks, key=place), distinct(keyed)
    wanted = [span for span in spans if not span.optional]
    fits = sorted((-how, i, j) for i, mark in enumerate(mine) for j, span in enumerate(wanted) if (how := fit(mark, span)))
    found = paired((i, j) for _, i, j in fits)
    used = set(found.values())
    left = [mark for i, mark in enumerate(mine) if i not in used]
    spare = [mark for mark in left if any(fit(mark, span) > 0 for span in spans if span.optional)]
    return Compared(
        hits=tuple((mine[i], wanted[j]) for j, i in sorted(found.items())),
        missed=tuple(span for j, span in enumerate(wanted) if j not in found),
        extra=tuple(mark for mark in left if mark not in spare),
        spare=tuple(spare),
    )


def paired(fits: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The mark for each span, of the pairs (mark, span) that fit, the best first: as many pairs as can be.

    A long mark may touch two loaded words and take the one that a short mark needed. The long one then moves to the other:

    >>> paired([(1, 0), (1, 1), (0, 0)])
    {0: 0, 1: 1}

    What is paired first stays paired, so nobody loses by it (augmenting paths: Kuhn 1955).
    """
    found: dict[int, int] = {}
    wishes: dict[int, list[int]] = {}
    for mark, span in fits:
        wishes.setdefault(mark, []).append(span)
        if span not in found and mark not in found.values():
            found[span] = mark

    def make_room(mark: int, tried: set[int]) -> bool:
        """Find a span for a mark; the marks that hold the spans it fits move on where they can."""
        for span in wishes[mark]:
            if span in tried:
                continue
            tried.add(span)
            if span not in found or make_room(found[span], tried):
                found[span] = mark
                return True
        return False

    for mark in sorted(wishes.keys() - found.values()):
        make_room(mark, set())
    return found


def distinct(spans: Iterable[Span]) -> list[Span]:
    """The keyed spans, those in the same place under the same label as one: two codes can share a label."""
    found: dict[tuple[Any, ...], Span] = {}
    for span in spans:
        where = place(span)
        if where in found:
            earlier = found[where]
            span = replace(earlier, optional=earlier.optional and span.optional, accept=earlier.accept + span.accept)
        found[where] = span
    return sorted(found.values(), key=place)


def place(span: Span) -> tuple[str, str, int, int]:
    """Where a span stands and what it is called."""
    return span.label, span.unit, span.start, span.end


def f1(right: int, extra: int, missed: int) -> float:
    """The harmonic mean of precision (how many marks are right) and recall (how many spans are found).

    >>> f1(right=2, extra=0, missed=0), f1(right=2, extra=2, missed=2), f1(right=0, extra=3, missed=0)
    (1.0, 0.5, 0.0)
    """
    return 2 * right / (2 * right + extra + missed) if right else 0.0


def share_of_marks(compared: Compared) -> float:
    """The mean F1 over the labels that the key or the student uses; with nothing keyed, all for leaving the text alone.

    A label that the key does not use and the student does counts as 0 in the mean, so trying every label does not pay.

    >>> share_of_marks(Compared()), share_of_marks(Compared(extra=(Span("loaded", "a1", 0, 3),)))
    (1.0, 0.0)
    >>> said = Span("cue", "a1", 6, 10)
    >>> share_of_marks(Compared(hits=((said, said),), extra=(Span("source", "a1", 0, 5),)))
    0.5
    """
    labels = labels_used(compared)
    if not labels:
        return 1.0
    return fsum(f1(*counts(compared, label)) for label in labels) / len(labels)


def labels_used(compared: Compared) -> list[str]:
    """The labels that the key or the student uses, optional spans aside."""
    spans = [span for _, span in compared.hits] + list(compared.missed) + list(compared.extra)
    return sorted({span.label for span in spans})


def counts(compared: Compared, label: str) -> tuple[int, int, int]:
    """For one label: marks that are right, marks too many, spans that were missed."""
    return (
        sum(span.label == label for _, span in compared.hits),
        sum(mark.label == label for mark in compared.extra),
        sum(span.label == label for span in compared.missed),
    )


def marks_of(value: Iterable[dict[str, Any]], text: Text | None = None) -> Iterator[Span]:
    """A student's marks as spans; the words come from the text where it is given, else from the mark's own quote."""
    for mark in value:
        start, end = mark["start"], mark["end"]
        quote = text.unit(mark["unit"]).text[start:end] if text else mark.get("quote", "")
        yield Span(mark["label"], mark["unit"], start, end, quote)


def compare_marks(answer: Answer, key: Key, text: Text | None = None) -> Compared:
    """A student's marks beside the key's spans, to be drawn on the passage. The answer must have the shape of marks.

    Where other readings of the passage are accepted, the one that serves the student best counts, so accepting never costs.
    """
    mine = list(marks_of(answer.value, text))
    return max((compare(mine, spans) for spans in readings(key)), key=lambda one: (share_of_marks(one), -len(one.extra)))


def readings(key: Key) -> Iterator[tuple[Span, ...]]:
    """The spans of the key, and those of each reading that was accepted beside it."""
    yield key.spans
    yield from (other.answer for other in key.accept if isinstance(other.answer, tuple))


def why_of(mark: Span, key: Key, keyed: Span | None = None) -> str:
    """Why a mark counts: the reason of the wording of the keyed span that it fits best or, without one, of an optional span that it fits."""
    if keyed is not None:
        return max((keyed, *keyed.accept), key=lambda target: fit_one(mark, target)).why or keyed.why
    return next((span.why for spans in readings(key) for span in spans if span.optional and span.why and fit(mark, span) > 0), "")


def score_mark(item: Item, answer: Answer, key: Key, text: Text | None = None) -> Score:
    """Score the marks of a passage. One part a label, with precision and recall in its note."""
    compared = compare_marks(answer, key, text)
    labels = labels_used(compared)
    each = most_points(item) / max(1, len(labels)) / (2 if asks_reason(item, key) else 1)
    parts = tuple(label_part(label, *counts(compared, label), each) for label in labels)
    note = "nothing is keyed here" if not labels else ""
    return with_reason(item, answer, key, share_of_marks(compared), parts, note)


def label_part(label: str, right: int, extra: int, missed: int, each: float) -> Part:
    """One label's part. Its note gives precision and recall as counts and as shares."""
    share = f1(right, extra, missed)
    marked, keyed = right + extra, right + missed
    precision = f"precision {right} of {marked} ({right / marked:.2f})" if marked else "nothing marked"
    recall = f"recall {right} of {keyed} ({right / keyed:.2f})" if keyed else "nothing keyed"
    outcome = Outcome.UNANSWERED if not marked else outcome_of(share)
    return Part(label, outcome, share * each, each, f"{precision}, {recall}")
