"""A figure that knows how many cases it stands on, and where it or its interval is missing, why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure: its value, how many cases it stands on, and why it has none. `low` and `high` bound an interval.

    A figure with a value and a `why` has no interval: cases that are all alike don't tell how far others would lie apart.
    """

    value: float | None
    n: int = 0
    why: str = ""
    low: float | None = None
    high: float | None = None
