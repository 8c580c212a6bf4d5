"""A share of a few answers, and how far it may be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist, fmean, stdev

from course.measures.distributions import t_quantile
from course.measures.figures import Figure


def wilson(right: int, n: int, *, level: float = 0.95) -> Figure:
    """A share with its interval (Wilson 1927): it stays between 0 and 1, also for a few answers and for none or all right.

    >>> figure = wilson(12, 12)
    >>> figure.value, round(figure.low, 2), figure.high
    (1.0, 0.76, 1.0)
    """
    if not n:
        return Figure(None, 0, "nothing was answered")
    z = NormalDist().inv_cdf(0.5 + level / 2)
    middle, half = (right + z**2 / 2) / (n + z**2), z * sqrt(right * (n - right) / n + z**2 / 4) / (n + z**2)
    # The last digit may fall short of the share itself, and a chart draws from the share to its ends.
    return Figure(right / n, n, low=min(right / n, max(0.0, middle - half)), high=max(right / n, min(1.0, middle + half)))


def mean_share(shares: Sequence[float]) -> Figure:
    """The mean of shares from 0 to 1 with a 95 % interval: Wilson's where each is 0 or 1, else Student's t, kept between 0 and 1.

    Where all shares are the same part of the points there is no interval: nothing tells how far others would lie apart.

    >>> figure = mean_share([0, 0.5, 0.5, 1])
    >>> figure.value, round(figure.low, 2), round(figure.high, 2)
    (0.5, 0.0, 1.0)
    >>> mean_share([1, 1, 0, 1]) == wilson(3, 4)
    True
    >>> mean_share([0.75] * 12).why
    'all shares are equal: no interval can be drawn'
    """
    n = len(shares)
    if all(share in (0, 1) for share in shares):
        return wilson(round(sum(shares)), n)
    mean = fmean(shares)
    spread = stdev(shares) if n > 1 else 0.0
    if spread < 1e-12:
        return Figure(mean, n, "all shares are equal: no interval can be drawn" if n > 1 else "a single answer: no interval can be drawn")
    half = t_quantile(0.975, n - 1) * spread / sqrt(n)
    return Figure(mean, n, low=max(0.0, mean - half), high=min(1.0, mean + half))
