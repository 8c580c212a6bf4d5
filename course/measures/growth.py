"""From a first test to a last one: a class's gain, and one learner's change."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import sqrt
from statistics import fmean

from course.measures.figures import Figure
from course.measures.shares import wilson

# Shares of twelve are not exact in binary: gains that differ by less are the same.
ALIKE = 1e-12


def gain(before: Sequence[float], after: Sequence[float], *, seed: int = 2, draws: int = 2000) -> Figure:
    """The mean change of the learners who did both, with a 95 % interval from a percentile bootstrap (Efron & Tibshirani 1993, ch. 13).

    It is a figure about a class: one learner's own change on twelve clauses moves by far more than this by chance. Where all
    gains are equal there is no interval: drawn again and again they give the same mean, which is not certainty.

    >>> figure = gain([0.4, 0.5, 0.3, 0.6], [0.6, 0.6, 0.6, 0.7])
    >>> round(figure.value, 3), figure.low > 0
    (0.175, True)
    >>> gain([0.4, 0.5], [0.6, 0.7]).why
    'all gains are equal: no interval can be drawn'
    """
    changes = [b - a for a, b in zip(before, after, strict=True)]
    n = len(changes)
    if n < 2:
        return Figure(None, n, "fewer than two learners did both")
    if max(changes) - min(changes) < ALIKE:
        return Figure(fmean(changes), n, "all gains are equal: no interval can be drawn")
    chance = random.Random(seed)
    means = sorted(fmean(chance.choices(changes, k=n)) for _ in range(draws))
    edge = round(0.025 * draws)
    return Figure(fmean(changes), n, low=means[edge], high=means[-edge - 1])


def change(before: int, n_before: int, after: int, n_after: int, *, level: float = 0.95) -> Figure:
    """One learner's change from one test to another as a difference of shares, with its interval (Newcombe 1998, method 10).

    The clauses of two parallel tests are different ones, so the shares are independent. Newcombe's first example, 56 of 70
    against 48 of 80, has the interval 0.0524 to 0.3339:

    >>> figure = change(48, 80, 56, 70)
    >>> round(figure.low, 4), round(figure.high, 4)
    (0.0524, 0.3339)
    """
    first, last = wilson(before, n_before, level=level), wilson(after, n_after, level=level)
    if first.value is None or last.value is None:
        return Figure(None, 0, "one of the two tests was not answered")
    difference = last.value - first.value
    below = sqrt((last.value - last.low) ** 2 + (first.high - first.value) ** 2)
    above = sqrt((last.high - last.value) ** 2 + (first.value - first.low) ** 2)
    return Figure(difference, n_before + n_after, low=difference - below, high=difference + above)
