"""The paragraph for the class after a regrade: what counts now as well and why, how many gained, and who lost nothing. No names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from course.classroom.catalogue import Catalogue
from course.classroom.challenges.accepted import AcceptedError, Alternative
from course.classroom.challenges.in_words import alternative_in_words, key_in_words, plain, title_of
from course.classroom.marking import HALF_A_HUNDREDTH, written_points
from course.classroom.pages import lesson_name
from course.classroom.regrade.causes import CORRECTED, KEY_CHANGED, TAKEN_BACK
from course.classroom.regrade.changes import Change, falls, points

LONGEST_CLAUSE = 160
TELLABLE = (CORRECTED, KEY_CHANGED, TAKEN_BACK)


def announcement(catalogue: Catalogue, changes: Sequence[Change], accepted: Iterable[Alternative], kept: Iterable[Alternative], *, first: bool = False) -> str:
    """One paragraph, ready to be sent; a line end closes it."""
    accepted, kept = list(accepted), [one for one in kept if one.reason]
    told = [sentence for one in accepted if (sentence := accepted_in_words(catalogue, one))]
    if told:
        told.insert(0, "Some of you argued for another reading, and it holds." if len(told) == 1 else "Some of you argued for other readings, and these hold.")
    told += [sentence for one in kept if (sentence := kept_in_words(catalogue, one))]
    if not first:
        told.append(in_figures(changes))
        if accepted and not any(one.item in catalogue.counted for one in accepted):
            told.append("It was practice, which gives no points; the reading stands all the same.")
    return " ".join(told or ["This was the first grading: nothing has changed."]) + "\n"


def where(catalogue: Catalogue, one: Alternative) -> str:
    """The question and the clause a decision is about."""
    item = catalogue.items[one.item]
    place = f"In lesson {lesson_name(item.lesson, catalogue)}, at the question “{title_of(item)}”"
    text = catalogue.text_of(item)
    if not one.unit or text is None:
        return place
    words = text.unit(one.unit).shown
    short = words if len(words) <= LONGEST_CLAUSE else f"{words[:LONGEST_CLAUSE].rstrip()}…"
    return f"{place}, the clause {f'‘{short}’' if set('“”') & set(short) else f'“{short}”'}"


def accepted_in_words(catalogue: Catalogue, one: Alternative) -> str:
    """What counts now as well, and the reason that earns it."""
    try:
        asked = catalogue.asked(one.item, without_accepted=True)
        said, keyed = alternative_in_words(asked, one), key_in_words(asked, one.unit, one.question)
    except AcceptedError:
        return ""
    beside = "and need no longer be left unmarked" if keyed == "nothing here" else f"beside {keyed}"
    return f"{where(catalogue, one)}: {said} counts now as well, {beside}. {sentence_of(one.reason)}"


def kept_in_words(catalogue: Catalogue, one: Alternative) -> str:
    """Why the key was kept, where that was written."""
    try:
        said = alternative_in_words(catalogue.asked(one.item, without_accepted=True), one)
    except AcceptedError:
        return ""
    return f"{where(catalogue, one)}: some of you argued for {said}; the key stays. {sentence_of(one.reason)}"


def sentence_of(reason: str) -> str:
    """A reason with a full stop at its end and without the signs for bold.

    >>> sentence_of("A painter could **measure** it")
    'A painter could measure it.'
    """
    words = plain(reason).strip()
    return words if words.endswith((".", "!", "?", "”", "…")) else f"{words}."


def how_much(gains: list[float]) -> str:
    """What was gained, in points, smallest first.

    >>> how_much([1.0, 1.0]), how_much([0.5]), how_much([0.5, 2.0])
    ('1 point each', '0.5 points', '0.5 to 2 points')
    """
    least, most = written_points(gains[0]), written_points(gains[-1])
    if least != most:
        return f"{least} to {most} points"
    return f"{most} point{'' if most == '1' else 's'}{' each' if len(gains) > 1 else ''}"


def in_figures(changes: Sequence[Change]) -> str:
    """How many gained and how much through the key or what was accepted, and how many lost. What was marked or handed in since is left out.

    >>> in_figures([Change("ann", "who-01", "0", "0.5", by_key=True), Change("bob", "who-01", "0", "1", by_key=True)])
    '2 of you gain 0.5 to 1 points; nobody loses any.'
    >>> in_figures([Change("ann", "who-01", "0", "1", by_key=True), Change("bob", "who-02", "unanswered", "2")])
    '1 of you gains 1 point; nobody loses any.'
    >>> in_figures([])
    "Nobody's points change."
    """
    sums: dict[str, float] = {}
    for change in changes:
        if change.by_key:
            sums[change.learner] = sums.get(change.learner, 0.0) + (points(change.after) or 0) - (points(change.before) or 0)
    up = sorted(value for value in sums.values() if value > HALF_A_HUNDREDTH)
    down = [value for value in sums.values() if value < -HALF_A_HUNDREDTH]
    if not up and not down:
        return "Nobody's points change."
    told = f"{len(up)} of you gain{'s' if len(up) == 1 else ''} {how_much(up)}" if up else "Nobody gains points"
    if not down:
        return f"{told}; nobody loses any."
    whys = [f"because {one}" for one in dict.fromkeys(change.why for change in changes if change.by_key and falls(change)) if one in TELLABLE]
    why = f", {' and '.join(whys)}" if whys else ""
    return f"{told}; {len(down)} of you lose{'s' if len(down) == 1 else ''} points{why}."
