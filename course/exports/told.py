"""What an export tells: one error that is a sentence, and the lines that stand on the screen afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from os.path import realpath
from pathlib import Path

from course.handin.writing import refuse_foreign, replace_file
from course.messages.errors import ToldError
from course.reports.html import visible

NAMED_AT_MOST = 12


class ExportError(ToldError):
    """An export can't be made: one sentence that says why, and what to do. Nothing is written then."""


def named(names: Iterable[str]) -> str:
    """Several names in a row, and how many more there are. What a terminal would obey instead of showing it is taken out.

    >>> named(["ann", "bo"]), named(str(number) for number in range(14))
    ('ann, bo', '0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more')
    """
    every = [visible(name) for name in names]
    more = len(every) - NAMED_AT_MOST
    return ", ".join(every[:NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")


def refuse_complaints(out: Path, complaints: Sequence[str], reader: str) -> None:
    """Raise `ExportError` with the first thing that a file's importer would take otherwise than it is meant, if there is any."""
    if complaints:
        more = f" There are {len(complaints) - 1} more like this." if len(complaints) > 1 else ""
        raise ExportError(f"{out} was not written, since {reader} would not take it as it is meant: {complaints[0]}{more}")


def write_all(files: Mapping[Path, bytes], is_ours: Callable[[bytes], bool]) -> None:
    """Write files, each whole, after all of them were read by the importer's rules; one that is there stays unless it is one of ours."""
    for out in files:
        try:
            refuse_foreign(out, is_ours, ExportError)
        except OSError as error:
            raise ExportError(f"{out} is there already and can't be read ({error.strerror}), so it stays as it is. Name another file: --out FILE.") from error
    for out, contents in files.items():
        try:
            replace_file(out, contents)
        except OSError as error:
            raise ExportError(f"{out} can't be written ({error.strerror}). Close it where it is open, or name another file.") from error


def refuse_same(out: Path, template: Path) -> None:
    """Complain if the new file would take the place of the file from the platform."""
    if realpath(out) == realpath(template):
        raise ExportError(f"{out} is the file from the platform itself, which stays as it is. Name another file: --out FILE.")
