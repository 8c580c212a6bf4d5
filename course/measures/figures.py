"""A figure that knows how many cases it stands on, and where there is none, why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure: its value, how many cases it stands on, and where it has none, why. `low` and `high` bound an interval."""

    value: float | None
    n: int = 0
    why: str = ""
    low: float | None = None
    high: float | None = None
