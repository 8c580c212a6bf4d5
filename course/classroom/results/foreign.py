"""Files that stand where results are to go: one that this kit did not make is never written over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from course.classroom.hand_marks import GradingError
from course.desk.sheets import header_of
from course.handin.writing import refuse_foreign
from course.reports.tables import meant

OTHER_FOLDER = "folder: --out DIR"


def refuse_foreign_tables(out: Path, columns: Mapping[str, Sequence[str]]) -> None:
    """Raise `GradingError` if a table in `out` lacks columns that ours has; one to which somebody added columns is still ours."""
    for name, needed in columns.items():
        refuse_foreign(out / name, lambda held, needed=needed: set(needed) <= set(map(meant, header_of(held))), GradingError, OTHER_FOLDER)


def refuse_foreign_pages(files: Iterable[Path], is_ours: Callable[[bytes], bool]) -> None:
    """Raise `GradingError` if a page was made by something else."""
    for file in files:
        refuse_foreign(file, is_ours, GradingError, OTHER_FOLDER)
