"""One item among others: how easy it was, and whether it goes with the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import atanh, sqrt, tanh
from statistics import NormalDist, fmean

from course.measures.figures import Figure


def difficulty(shares: Sequence[float]) -> Figure:
    """How easy an item was: the mean share of its points (classical p; 1 is easy).

    >>> difficulty([1, 0.5, 0, 0.5]).value
    0.5
    """
    return Figure(fmean(shares), len(shares)) if shares else Figure(None, 0, "nobody answered")


def correlation(one: Sequence[float], other: Sequence[float]) -> Figure:
    """Pearson's r of two lists; from four pairs on with a 95 % interval by Fisher's z (1921).

    >>> correlation([1, 2, 3], [2, 4, 6]).value
    1.0
    >>> figure = correlation([1, 2, 3, 4, 5, 6], [1, 3, 2, 5, 4, 6])
    >>> round(figure.value, 2), round(figure.low, 2), round(figure.high, 2)
    (0.89, 0.26, 0.99)
    """
    n = len(one)
    if n < 3:
        return Figure(None, n, "fewer than three learners")
    mean, other_mean = fmean(one), fmean(other)
    spread, other_spread = sum((a - mean) ** 2 for a in one), sum((b - other_mean) ** 2 for b in other)
    if spread < 1e-12 or other_spread < 1e-12:
        return Figure(None, n, "everyone has the same score")
    together = sum((a - mean) * (b - other_mean) for a, b in zip(one, other, strict=True))
    r = max(-1.0, min(1.0, together / sqrt(spread * other_spread)))
    if n < 4:
        return Figure(r, n, "fewer than four learners: no interval can be drawn")
    if abs(r) > 1 - 1e-12:
        return Figure(r, n, "all lie on one line: no interval can be drawn")
    half = NormalDist().inv_cdf(0.975) / sqrt(n - 3)
    return Figure(r, n, low=tanh(atanh(r) - half), high=tanh(atanh(r) + half))


def item_rest_correlation(scores: Mapping[str, Sequence[float]], item: str) -> Figure:
    """Whether those who did well on the rest did well on this item: the corrected point-biserial (Henrysson 1963).

    The item is taken out of the total first, or it would correlate with itself.

    >>> table = {"a": [1, 1, 0, 0], "b": [1, 1, 1, 0], "c": [1, 0, 0, 0]}
    >>> round(item_rest_correlation(table, "a").value, 2)
    0.71
    """
    rest = [sum(row) for row in zip(*(column for name, column in scores.items() if name != item), strict=True)]
    return correlation(scores[item], rest) if rest else Figure(None, 0, "there is no other item")
