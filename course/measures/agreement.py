"""How far readers agree beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from course.measures.figures import Figure
from course.measures.labels import Label


def cohen_kappa(one: Sequence[Label], other: Sequence[Label]) -> Figure:
    """How far two readers agree beyond chance (Cohen 1960): (observed − expected) ÷ (1 − expected), unweighted.

    >>> round(cohen_kappa(["a", "a", "b", "b"], ["a", "b", "b", "b"]).value, 2)
    0.5
    >>> cohen_kappa(["a", "a"], ["a", "a"]).why
    'both used one and the same label only'
    """
    n = len(one)
    if not n or n != len(other):
        return Figure(None, n, "two lists of the same units are needed")
    counts, others = Counter(one), Counter(other)
    observed = sum(a == b for a, b in zip(one, other, strict=True)) / n
    expected = sum(counts[label] * others[label] for label in counts) / n**2
    if expected == 1:
        return Figure(None, n, "both used one and the same label only")
    return Figure((observed - expected) / (1 - expected), n)


def weighted_kappa(one: Sequence[float], other: Sequence[float], levels: Sequence[float] | None = None) -> Figure:
    """How far two markers agree beyond chance when near is better than far (Cohen 1968), with quadratic weights.

    A difference of two levels weighs four times as much as one of one. With `levels`, all levels in their order, a step from
    one to the next weighs the same; without, the numbers themselves are the distances. 1 is full agreement, 0 is chance.

    >>> round(weighted_kappa([1, 3, 5, 3], [1, 3, 5, 5]).value, 2)
    0.8
    >>> weighted_kappa([3, 3], [3, 3]).why
    'both used one and the same level only'
    """
    n = len(one)
    if not n or n != len(other):
        return Figure(None, n, "two lists of the same answers are needed")
    place = {level: number for number, level in enumerate(levels)} if levels else {level: level for level in {*one, *other}}
    if stray := [level for level in (*one, *other) if level not in place]:
        return Figure(None, n, f"{stray[0]:g} is none of the levels")
    mine, theirs = [place[level] for level in one], [place[level] for level in other]
    observed = sum((a - b) ** 2 for a, b in zip(mine, theirs, strict=True)) / n
    counts, others = Counter(mine), Counter(theirs)
    expected = sum((a - b) ** 2 * counts[a] * others[b] for a in counts for b in others) / n**2
    if not expected:
        return Figure(None, n, "both used one and the same level only")
    return Figure(1 - observed / expected, n)


def krippendorff_alpha(units: Iterable[Sequence[Label | None]]) -> Figure:
    """How far any number of readers agree beyond chance, labels missing here and there (Krippendorff 2011, nominal).

    One list a unit, one label a reader, None where a reader left it out; units with fewer than two labels do not count.
    1 − observed ÷ expected disagreement. Krippendorff's own example (2011, section C, nominal data) gives .743:

    >>> a = [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None]
    >>> b = [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3]
    >>> c = [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None]
    >>> d = [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None]
    >>> round(krippendorff_alpha(zip(a, b, c, d)).value, 3)
    0.743
    """
    totals: Counter[Label] = Counter()
    disagreement, pairable = 0.0, 0
    for unit in units:
        counts = Counter(label for label in unit if label is not None)
        many = sum(counts.values())
        if many < 2:
            continue
        pairable += many
        totals.update(counts)
        disagreement += (many**2 - sum(count**2 for count in counts.values())) / (many - 1)
    if not pairable:
        return Figure(None, 0, "no unit was labelled twice")
    expected = (pairable**2 - sum(count**2 for count in totals.values())) / (pairable - 1)
    if not expected:
        return Figure(None, pairable, "only one label was ever used")
    return Figure(1 - disagreement / expected, pairable)
