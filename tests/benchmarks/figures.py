"""A measured figure beside its target, and the table they are printed in. Nothing here fails: a slow machine is no fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time


@dataclass(frozen=True)
class Figure:
    """One row: what was measured, what came out, what it should be, and whether it is."""

    name: str
    measured: str
    target: str
    met: bool | None = None

    def __str__(self) -> str:
        verdict = {True: "", False: "  (missed)", None: ""}[self.met]
        return f"{self.name} | {self.measured} | {self.target}{verdict}"


def print_table(figures: Iterable[Figure]) -> None:
    """Print figures as they come, one a line, under a head."""
    print("figure | measured | target", flush=True)
    for figure in figures:
        print(figure, flush=True)


def seconds(work: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """How long a piece of work takes, by the clock on the wall or, with `process_time`, by what one core did for it."""
    start = clock()
    work()
    return clock() - start


def paired(work: Callable[[], object], yardstick: Callable[[], object], rounds: int, *, core: bool = False) -> tuple[float, float, float]:
    """The median seconds of both, and the median of their ratios; they take turns, so that a busy moment hits both.

    With `core`, only what this process's one core did counts, not what else the machine was busy with.
    """
    clock = process_time if core else perf_counter
    work(), yardstick()
    pairs = [(seconds(work, clock), seconds(yardstick, clock)) for _ in range(rounds)]
    return median(a for a, _ in pairs), median(b for _, b in pairs), median(a / b for a, b in pairs)
