"""The markers' files become one marks.csv. A mark is never made up: where two markers differ, a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from course.content.files import read_rows
from course.desk.agreement import marker_of, named
from course.desk.lines import FLAG, DeskError, Line, Table, number_in, read_table, save, write_table
from course.desk.lock import check_free
from course.desk.sheets import header_of, lines_in, read_codes
from course.desk.strays import Rubrics, by_one_name, renamed, strays, told_strays
from course.handin.writing import refuse_foreign
from course.messages import counted
from course.reports import csv_bytes
from course.reports.tables import meant
from course.spelling import same

CONFLICTS = "conflicts.csv"
SHOWN_MOST = 6
AS_MERGED = "as_merged.{}"  # what the last merge took from the markers' files: every other line of the merged file is by hand
CONFLICT_COLUMNS = ("learner", "item", "criterion", "marker", "level", "other_marker", "other_level", "what_counts")
NOTHING = "nothing yet: write the level you decide on into the merged file"
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Conflict:
    """Two markers' different levels for one criterion of one answer, and whose counts (None while nobody has decided)."""

    one: Line
    other: Line
    counts: Line | None = None

    @property
    def row(self) -> tuple[str, ...]:
        """As a line of conflicts.csv."""
        one, other = self.one, self.other
        what = f"{self.counts.level} by {self.counts.marker or 'the merged file'}" if self.counts else NOTHING
        return one.learner, one.item, one.criterion, one.marker, one.level, other.marker, other.level, what


@dataclass(frozen=True)
class Merged:
    """What came of a merge: the lines that count, the conflicts, and which of the lines were decided by hand in the merged file."""

    lines: tuple[Line, ...]
    conflicts: tuple[Conflict, ...]
    decided: tuple[Line, ...] = ()

    @property
    def taken(self) -> tuple[Line, ...]:
        """The lines that come from the markers' files."""
        return tuple(line for line in self.lines if not any(line is one for one in self.decided))

    @property
    def open(self) -> list[Conflict]:
        """The conflicts that nobody has decided."""
        return [one for one in self.conflicts if one.counts is None]


def merge(markers: Sequence[Sequence[Line]], *, held: Iterable[Line] = (), written: Iterable[Line] | None = None, prefer: str = "") -> Merged:
    """Put the lines of several markers together, with those that the merged file holds already.

    A line of `held` that the last merge has not `written` is a person's decision, whatever initials it bears, and counts;
    `prefer` names the marker whose level counts else. Where nobody knows what was written, it is what these files alone would
    give. Levels that differ without either are left out, so that the answer still waits; their comments stay.
    """
    held = list(held)
    known = {written_of(line) for line in (merge(markers, prefer=prefer).lines if written is None and held else written or ())}
    decided = latest([line for line in held if written_of(line) not in known])
    names = {line.marker for one in markers for line in one}
    earlier = [line for line in held if written_of(line) in known and line.marker not in names]
    lines = [line for one in (*markers, earlier) for line in behind(latest(one), decided)]
    by_place: dict[Place, list[Line]] = {}
    for line in [*lines, *decided]:
        if line.level:
            by_place.setdefault(place(line), []).append(line)
    conflicts = [found for several in by_place.values() for found in conflicts_in(several, decided, prefer)]
    losing = {id(line) for found in conflicts for line in (found.one, found.other) if line is not found.counts}
    kept = (without_level(line) if id(line) in losing else line for line in [*lines, *decided])
    return Merged(tuple(line for line in kept if line.level or line.comment), tuple(conflicts), tuple(decided))


def behind(lines: Iterable[Line], decided: Sequence[Line]) -> list[Line]:
    """A marker's lines without the levels, and without the comments, in whose place the same marker has decided in the merged file."""
    levels = {(*place(line), line.marker) for line in decided if line.level}
    comments = {(line.learner, line.item, line.marker, same(line.comment)) for line in decided if line.comment}
    left = [without_level(line) if line.level and (*place(line), line.marker) in levels else line for line in lines]
    return [line for line in left if line.level or (line.comment and (line.learner, line.item, line.marker, same(line.comment)) not in comments)]


def written_of(line: Line) -> tuple[object, ...]:
    """By which a line is known again after a spreadsheet had it: 3 and 3,0 are one level."""
    return (*place(line), line.marker, line.level.casefold() if line.number is None else line.number, same(line.comment))


def latest(lines: Iterable[Line]) -> list[Line]:
    """The lines of one file; of two levels for the same thing by the same marker the later counts, and all comments stay."""
    lines = list(lines)
    newest = {(*place(line), line.marker): line for line in lines if line.level}
    kept = (line if not line.level or newest[*place(line), line.marker] is line else without_level(line) for line in lines)
    return [line for line in kept if line.level or line.comment]


def conflicts_in(several: list[Line], decided: list[Line], prefer: str) -> list[Conflict]:
    """The pairs of lines that differ on one criterion. A flag is no judgement: raised by one, it is raised."""
    if several[0].criterion == FLAG:
        return []
    by_a_person = [line for line in several if any(line is one for one in decided)]
    chosen = (by_a_person or [line for line in several if line.marker == prefer] or [None])[-1]
    return [Conflict(one, other, chosen) for one, other in combinations(several, 2) if not alike(one, other)]


def alike(one: Line, other: Line) -> bool:
    """Whether two lines give the same level, however it is written."""
    a, b = number_in(one.level), number_in(other.level)
    return a == b if a is not None and b is not None else one.level.casefold() == other.level.casefold()


def place(line: Line) -> Place:
    """What a line gives a level to."""
    return line.learner, line.item, line.criterion


def without_level(line: Line) -> Line:
    """The line as a comment only."""
    return replace(line, level="", criterion="", marked_text="")


def merge_files(files: Sequence[Path], out: Path, prefer: str = "", *, rubrics: Rubrics | None = None, slots: Mapping[str, str] | None = None) -> str:
    """Merge the markers' files into `out`, write conflicts.csv beside it, and say in a few sentences what came of it.

    `rubrics` and `slots` are what the course knows of its questions (see `course.desk.strays`). Raises `DeskError` or
    `ContentError`; the files that were merged are only read.
    """
    out, files = Path(out), [Path(one) for one in files]
    check_files(files, out)
    refuse_foreign(out.parent / CONFLICTS, lambda held: header_of(held) == CONFLICT_COLUMNS, DeskError)
    codes = read_codes([out.parent, *(one.parent for one in files)])
    tables = [[named(with_learner(line, codes), marker_of(one)) for line in lines_in(one)] for one in files]
    if prefer and prefer not in {line.marker for table in tables for line in table}:
        raise DeskError(f"No line is by {prefer!r}, so it can't be preferred. The markers are {', '.join(sorted({line.marker for table in tables for line in table}))}.")
    held, record = read_table(out), out.with_name(AS_MERGED.format(out.name))
    written = read_table(record).lines if record.is_file() else None
    names = by_one_name([*tables, held.lines], slots or {})
    merged = merge([renamed(one, names) for one in tables], held=renamed(held.lines, names), written=None if written is None else renamed(written, names), prefer=prefer)
    # The record goes first: if the power fails between the two, a line of the files is taken for a decision, and none is lost.
    write_table(record, Table(merged.taken))
    write_table(out, Table(merged.lines, held.header, held.delimiter))
    save(out.parent / CONFLICTS, csv_bytes(CONFLICT_COLUMNS, [one.row for one in merged.conflicts]))
    wrong = [stray for one in files for stray in strays(one, rubrics)] if rubrics else []
    seen = {(*place(one.line), one.line.level) for one in wrong}
    wrong += [stray for stray in strays(out, rubrics) if (*place(stray.line), stray.line.level) not in seen] if rubrics else []
    return "\n".join([told(merged, out), *told_by_hand(merged, out), *told_strays(wrong)])


def with_learner(line: Line, codes: Mapping[tuple[str, str], str]) -> Line:
    """The line with the learner whose code it bears."""
    return replace(line, learner=codes.get((line.learner, line.item), line.learner))


def check_files(files: Iterable[Path], out: Path) -> None:
    """Raise `DeskError` unless every file is there, none is the result, and no desk is open at the result."""
    for one in files:
        if not one.is_file():
            raise DeskError(f"There is no file {one}. Name the files that the markers' desks wrote, such as marks-AB.csv.")
        if one.resolve() == out.resolve():
            raise DeskError(f"{one} is to be merged and to be written. Name another file for the result: --out marks.csv.")
    check_free(out)


def open_conflicts(folder: Path) -> dict[tuple[str, str], list[dict[str, str]]]:
    """What conflicts.csv in a folder says, by learner and item, for whoever decides: a line a criterion, with both levels."""
    path = folder / CONFLICTS
    if not path.is_file():
        return {}
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for _, row in read_rows(path, CONFLICT_COLUMNS):
        one = {name: meant(row[name] or "") for name in CONFLICT_COLUMNS}
        said = f"the markers differ: {one['marker']} gives {one['level']}, {one['other_marker']} gives {one['other_level']}"
        found.setdefault((same(one["learner"]), one["item"]), []).append({"marker": "", "criterion": one["criterion"], "level": "", "comment": said})
    return found


def told(merged: Merged, out: Path) -> str:
    """What a merge did, in two sentences."""
    answers = len({(line.learner, line.item) for line in merged.lines if line.level})
    done = f"{out} holds {counted(sum(bool(line.level) for line in merged.lines), 'mark')} of {counted(answers, 'answer')}."
    if not merged.conflicts:
        return f"{done} No two markers differ."
    waiting = f"{len(merged.open)} of these left out, so the answers still wait for a person" if merged.open else "each of them decided"
    return f"{done} Two markers differ {counted(len(merged.conflicts), 'time')} ({waiting}): see {out.parent / CONFLICTS}."


def told_by_hand(merged: Merged, out: Path) -> list[str]:
    """Which lines of the merged file were not from a merge, and stay."""
    if not merged.decided:
        return []
    shown = "; ".join(" ".join(part for part in (*place(line), line.level or "a comment", f"({line.marker})" if line.marker else "") if part) for line in merged.decided[:SHOWN_MOST])
    more = f"; and {len(merged.decided) - SHOWN_MOST} more" if len(merged.decided) > SHOWN_MOST else ""
    stay = "line was written into it by hand and stays, before" if len(merged.decided) == 1 else "lines were written into it by hand and stay, before"
    return [f"{len(merged.decided)} {stay} what the markers' files say: {shown}{more}. To undo one, delete it from {out.name} and merge again."]