"""Grading the example class, gradebook and problems, against reading and parsing the same files."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from course.classroom import load_catalogue, open_class
from tests.benchmarks.figures import Figure, paired, print_table

CLASS = Path(__file__).resolve().parent.parent.parent / "data" / "example_class"
ROUNDS = 15
TARGET = 5.0


def read_and_parse(files: list[Path]) -> int:
    """What cannot be saved: every file read, every line through `json.loads`."""
    return sum(json.loads(line) is not None for path in files for line in path.read_bytes().split(b"\n") if line)


def figures() -> Iterator[Figure]:
    """Grading with the content already in hand, and the whole of it with the content read first."""
    files = sorted(CLASS.glob("*.jsonl"))
    if not files:
        yield Figure("grade one hand-in", "no hand-ins in data/example_class", f"≤ {TARGET:g} ×")
        return
    catalogue = load_catalogue()
    folder = Path(tempfile.mkdtemp())

    def grade(**held) -> None:
        open_class(CLASS, CLASS / "roster.csv", progress=False, **held).write(folder, pages=False, progress=False)

    try:
        took, bare, ratio = paired(lambda: grade(catalogue=catalogue), lambda: read_and_parse(files), ROUNDS, core=True)
        yield Figure("grade one hand-in, gradebook and problems, against reading and json.loads, one core",
                     f"{ratio:.2f} × ({1000 * took / len(files):.2f} ms against {1000 * bare / len(files):.2f} ms, {len(files)} files)",
                     f"≤ {TARGET:g} ×", ratio <= TARGET)
        took, _, ratio = paired(grade, lambda: read_and_parse(files), 7, core=True)
        yield Figure("the same, with reading all questions and keys once for the class", f"{ratio:.2f} × ({1000 * took:.0f} ms for {len(files)} files)", "–")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    print_table(figures())
