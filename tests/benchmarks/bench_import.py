"""A lesson's first line against importing the two packages it cannot do without, each in a fresh interpreter, one core."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from tests.benchmarks.figures import Figure, print_table

LESSON = "from course import open_lesson"
DRAWN = "from course import open_lesson; import course.widgets.view, course.widgets.payload"
STOCK = "import ipywidgets, anywidget"
CLOCK = "import time; start = time.process_time(); {work}; print(time.process_time() - start)"
ROUNDS = 11
TARGET = 1.3


def fresh(work: str) -> float:
    """The seconds that a line takes in an interpreter of its own, its start-up not counted."""
    return float(subprocess.run([sys.executable, "-c", CLOCK.format(work=work)], check=True, capture_output=True, text=True).stdout)


def figures() -> Iterator[Figure]:
    """The ratio of the imports, in turns; and, since the views are imported at the first question, with them."""
    took, bare, ratio = medians(LESSON)
    yield Figure(LESSON, f"{ratio:.2f} × ({1000 * took:.0f} ms against {1000 * bare:.0f} ms for {STOCK})", f"≤ {TARGET:g} ×", ratio <= TARGET)
    took, _, ratio = medians(DRAWN)
    yield Figure("the same, with all that the first question imports", f"{ratio:.2f} × ({1000 * took:.0f} ms)", "–")


def medians(work: str) -> tuple[float, float, float]:
    """As `paired`, but by the clocks of fresh interpreters."""
    fresh(work), fresh(STOCK)
    pairs = [(fresh(work), fresh(STOCK)) for _ in range(ROUNDS)]
    return median(a for a, _ in pairs), median(b for _, b in pairs), median(a / b for a, b in pairs)


if __name__ == "__main__":
    print_table(figures())
