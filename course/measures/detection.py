"""How well readers tell a target from the rest, and how ready they are to see one."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

from course.measures.figures import Figure


@dataclass(frozen=True)
class Discrimination:
    """How well readers tell a target from the rest (d′), and how ready they are to call anything a target (criterion c)."""

    d_prime: Figure
    criterion: Figure


def discrimination(hits: int, targets: int, false_alarms: int, others: int) -> Discrimination:
    """d′ and c from hits among targets and false alarms among the rest (Macmillan & Creelman 2005), rates corrected log-linearly.

    The correction adds ½ to each count and 1 to each total (Hautus 1995), so that a perfect rate stays finite. Whoever calls
    everything biased hits every target and has a d′ of nothing; c below 0 says that the label is used freely.

    >>> keen = discrimination(hits=10, targets=10, false_alarms=10, others=10)
    >>> round(keen.d_prime.value, 2), round(keen.criterion.value, 2)
    (0.0, -1.69)
    >>> round(discrimination(hits=8, targets=10, false_alarms=2, others=10).d_prime.value, 2)
    1.5
    """
    if not targets or not others:
        nothing = Figure(None, targets + others, "there must be targets and others to tell apart")
        return Discrimination(nothing, nothing)
    z = NormalDist().inv_cdf
    hit, false = z((hits + 0.5) / (targets + 1)), z((false_alarms + 0.5) / (others + 1))
    return Discrimination(Figure(hit - false, targets + others), Figure(-(hit + false) / 2, targets + others))
