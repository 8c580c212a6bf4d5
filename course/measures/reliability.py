"""How much of a total is not chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from course.measures.distributions import f_quantile
from course.measures.figures import Figure


def cronbach_alpha(scores: Mapping[str, Sequence[float]]) -> Figure:
    """How much of a total is not chance (Cronbach 1951); for items scored 0 or 1 it is KR-20 (Kuder & Richardson 1937).

    One list an item, one score a learner. Variances are those of the class itself (divided by n), as in KR-20. The 95 %
    interval is Feldt's (1965): (1 − alpha of all) ÷ (1 − alpha of the class) is distributed as F(n − 1, (n − 1)(k − 1)).
    An alpha of 1 has none, since its ends would be 1 as well.

    >>> round(cronbach_alpha({"a": [1, 1, 0, 0], "b": [1, 1, 0, 0], "c": [1, 0, 1, 0]}).value, 2)
    0.6
    """
    columns = list(scores.values())
    n = len(columns[0]) if columns else 0
    if len(columns) < 2 or n < 2:
        return Figure(None, n, "fewer than two items or two learners")
    totals = [sum(row) for row in zip(*columns, strict=True)]
    whole = variance(totals)
    if whole < 1e-12:
        return Figure(None, n, "everyone has the same total")
    k = len(columns)
    return with_feldt_interval(k / (k - 1) * (1 - sum(variance(column) for column in columns) / whole), n, k)


def with_feldt_interval(alpha: float, n: int, k: int, *, level: float = 0.95) -> Figure:
    """An alpha of n learners on k items with its interval (Feldt 1965), by default of 95 %.

    >>> figure = with_feldt_interval(0.79, 41, 26)
    >>> round(figure.low, 2), round(figure.high, 2)
    (0.69, 0.87)
    """
    if 1 - alpha < 1e-12:
        return Figure(alpha, n, "all parts agree fully: no interval can be drawn")
    edge, within = (1 - level) / 2, (n - 1) * (k - 1)
    low, high = (1 - (1 - alpha) * f_quantile(share, n - 1, within) for share in (1 - edge, edge))
    return Figure(alpha, n, low=low, high=high)


def variance(values: Sequence[float]) -> float:
    """The mean squared distance from the mean (divided by n).

    >>> variance([1, 3])
    1.0
    """
    mean = fmean(values)
    return fmean([(value - mean) ** 2 for value in values])
