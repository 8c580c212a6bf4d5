"""How far answers are apart: one reading of a clause, or many."""

from __future__ import annotations

from collections.abc import Iterable
from math import log2

from course.measures.figures import Figure


def entropy(counts: Iterable[int]) -> Figure:
    """How split the answers are, in bits (Shannon 1948): 0 when all chose alike, 1 for two even halves, 2 for four even quarters.

    >>> entropy([10, 0]).value, entropy([5, 5]).value, entropy([2, 2, 2, 2]).value
    (0.0, 1.0, 2.0)
    """
    held = [count for count in counts if count > 0]
    n = sum(held)
    if not n:
        return Figure(None, 0, "nobody answered")
    return Figure(max(0.0, -sum(count / n * log2(count / n) for count in held)), n)
