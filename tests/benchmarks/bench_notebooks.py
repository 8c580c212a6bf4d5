"""nbval, strictly, over all notebooks beside `jupyter execute` of the same: what comparing every output costs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.figures import Figure, paired, print_table

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3
STRICT = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--nbval", "--nbval-current-env"]


def figures() -> Iterator[Figure]:
    """The ratio of the two over all notebooks of the kit, student's and instructor's, in turns, in one process each."""
    notebooks = sorted((ROOT / "notebooks").rglob("*.ipynb"))
    with TemporaryDirectory() as answers:
        strict, bare, ratio = paired(lambda: nbval(notebooks, answers), lambda: execute(notebooks, answers), ROUNDS)
    yield Figure(f"nbval, strictly, of {len(notebooks)} notebooks", f"{ratio:.2f} × ({strict:.0f} s against {bare:.0f} s for jupyter execute)", "–")


def nbval(notebooks: list[Path], answers: str) -> None:
    """Run every cell and compare its output with the stored one; a difference is an error here, too."""
    run([sys.executable, *STRICT, *map(str, notebooks)], answers)


def execute(notebooks: list[Path], answers: str) -> None:
    """Run every cell and compare nothing."""
    command = shutil.which("jupyter", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}") or "jupyter"
    run([command, "execute", *map(str, notebooks)], answers)


def run(command: list[str], answers: str) -> None:
    """One command, with an empty folder for the answers, so that both find the same."""
    environment = {**os.environ, "SAYSWHO_ANSWERS": answers}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:3])} … ended with {done.returncode}: {done.stdout[-300:]}{done.stderr[-300:]}")


if __name__ == "__main__":
    print_table(figures())
