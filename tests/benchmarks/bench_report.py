"""Grading 120 learners through the whole course and drawing the class's report, against reading and parsing the same files."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from tests.benchmarks.bench_grade import read_and_parse
from tests.benchmarks.figures import Figure, print_table, seconds

LEARNERS = 120
MOST_SECONDS, MOST_MEMORY = 10.0, 500
# A process of its own, so that memory and seconds (of the one core it uses) are those of grading and reporting and of nothing else.
RUN = """
import json, sys, time
from pathlib import Path
start = time.process_time()
from course.classroom import grade
from course.classroom.report import write_report
folder = Path(sys.argv[1])
grade(folder / "class", folder / "class" / "roster.csv", folder / "graded", progress=False)
between = time.process_time()
write_report(folder / "class", folder / "class" / "roster.csv", folder / "report")
end = time.process_time()
import psutil
memory = psutil.Process().memory_info()
try:
    import resource
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
except ImportError:
    most = memory.peak_wset
print(json.dumps([between - start, end - between, most / 2**20]))
"""


def figures() -> Iterator[Figure]:
    """Seconds and memory of `grade` and `report`, one after the other, each reading the hand-ins for itself."""
    from course.simulate import simulate

    folder = Path(tempfile.mkdtemp())
    try:
        simulate(folder / "class", learners=LEARNERS)
        files = sorted((folder / "class").glob("*.jsonl"))
        bare = seconds(lambda: read_and_parse(files), process_time)
        done = subprocess.run([sys.executable, "-c", RUN, str(folder)], capture_output=True, text=True, check=True)
        grading, reporting, memory = json.loads(done.stdout.splitlines()[-1])
        took = grading + reporting
        yield Figure(f"grade and report, {LEARNERS} learners, {len(files)} hand-ins, one core, against reading and json.loads",
                     f"{took:.1f} s ({grading:.1f} + {reporting:.1f}), {took / bare:.0f} × ({bare:.2f} s)", f"≤ {MOST_SECONDS:g} s", took <= MOST_SECONDS)
        yield Figure("memory at most of the same", f"{memory:.0f} MB", f"≤ {MOST_MEMORY} MB", memory <= MOST_MEMORY)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    print_table(figures())
