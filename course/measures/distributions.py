"""The F and t distributions, as far as intervals need them, without a compiled package."""

from __future__ import annotations

from math import exp, lgamma, log, log1p, sqrt

SMALL = 1e-300
CLOSE = 1e-13
MOST_STEPS = 500


def beta_share(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (Lentz's method; DLMF 8.17.22).

    >>> round(beta_share(0.5, 2, 2), 6), beta_share(0, 2, 2), beta_share(1, 2, 2)
    (0.5, 0.0, 1.0)
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_share(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    upper, lower, value = 1.0, 0.0, 1.0
    for step in range(MOST_STEPS):
        half = step // 2
        if step == 0:
            term = 1.0
        elif step % 2 == 0:
            term = half * (b - half) * x / ((a + step - 1) * (a + step))
        else:
            term = -(a + half) * (a + b + half) * x / ((a + step - 1) * (a + step))
        lower = 1 / (1 + term * lower or SMALL)
        upper = 1 + term / upper or SMALL
        value *= lower * upper
        if step and abs(1 - lower * upper) < CLOSE:
            break
    return front * (value - 1)


def f_quantile(share: float, between: float, within: float) -> float:
    """The value of F that this share of the distribution lies below, for its two degrees of freedom; found by halving.

    >>> round(f_quantile(0.95, 3, 20), 3)
    3.098
    """
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if beta_share(middle, between / 2, within / 2) < share:
            low = middle
        else:
            high = middle
        if high - low < 1e-15:
            break
    return within * middle / (between * (1 - middle))


def t_quantile(share: float, freedom: float) -> float:
    """The value of Student's t that this share lies below, for shares of one half and more: t² is an F with one degree of freedom.

    >>> round(t_quantile(0.975, 9), 3)
    2.262
    """
    return sqrt(f_quantile(2 * share - 1, 1, freedom))
