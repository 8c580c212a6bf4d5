"""`make bench`: run every `bench_*.py` of this folder and print one table."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from tests.benchmarks.figures import Figure, print_table


def every_figure() -> Iterator[Figure]:
    """The figures of all benchmarks, in the order of their files; what cannot run here says why and costs no other its row."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        try:
            yield from import_module(f"tests.benchmarks.{path.stem}").figures()
        except Exception as error:
            yield Figure(path.stem.removeprefix("bench_"), f"could not be measured: {type(error).__name__}: {error}", "–")


if __name__ == "__main__":
    print_table(every_figure())
