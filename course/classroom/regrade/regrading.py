"""Grading again after something was accepted or corrected: what changes for whom and why, written down before anything else is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from course.classroom.challenges.accepted import ACCEPTED, COLUMNS, KEPT, Alternative, read_decisions, write_decisions
from course.classroom.grading import Classroom, Summary, open_class
from course.classroom.hand_marks import GradingError
from course.classroom.regrade.announcing import announcement
from course.classroom.regrade.causes import NOT_ASKED, TOTAL_FELL, Causes
from course.classroom.regrade.changes import CHANGE_COLUMNS, Change, falls, gained, points, read_gradebook, same_score
from course.classroom.results.incremental import CACHE, earlier_grading
from course.classroom.results.made_with import BEFORE, refuse_other_attempts
from course.handin.writing import replace_file
from course.messages import counted
from course.reports import csv_bytes

CHANGES, ANNOUNCEMENT, GRADEBOOK = "changes.csv", "announcement.txt", "gradebook.csv"
EARLIER = "earlier"
COMPARED = (GRADEBOOK, ACCEPTED, KEPT, CACHE)
NO_QUESTION = ("learner", "name", "total", "out_of", "needs_a_person", "problems")
Ask = Callable[[Sequence[Change]], bool]


class LowerScores(GradingError):
    """Scores would fall, and nobody has said yes to that: the sentence that says so; `lowered` lists them."""

    def __init__(self, lowered: Sequence[Change]) -> None:
        gone = sum(one.why == NOT_ASKED for one in lowered)
        told = f" {gone} of them {'belongs' if gone == 1 else 'belong'} to a question that is not here now: give --keys DIR with the pack that it came from." if gone else ""
        super().__init__(f"{counted(len(lowered), 'score')} would fall. Nothing was written.{told} If that is what you want, regrade with --allow-lower.")
        self.lowered = tuple(lowered)


@dataclass(frozen=True)
class Regraded:
    """What regrading did; printed, it is a few sentences. `first`: there was no gradebook to compare with."""

    summary: Summary
    changes: tuple[Change, ...]
    first: bool = False
    news: int = 0

    def __str__(self) -> str:
        if self.first:
            return f"There was no gradebook yet, so this was the first grading. {self.summary}"
        if not self.changes and not self.news:
            return f"Nothing has changed since the last grading. {self.summary}"
        up, down = [one for one in self.changes if gained(one)], [one for one in self.changes if falls(one)]
        told = f"{counted(len(up), 'score')} of {counted(len({one.learner for one in up}), 'learner')} went up, " if up else "No score went up, "
        told += f"{counted(len(down), 'score')} of {counted(len({one.learner for one in down}), 'learner')} went down." if down else "and none went down."
        return f"{told} {CHANGES} says whose and why; {ANNOUNCEMENT} is a paragraph to send to the class. {self.summary}"


def regrade(
    handins: Path | str, roster: Path | str | None, out: Path | str, *, marks: Path | str | None = None, keys: Path | str | None = None,
    allow_lower: bool = False, ask: Ask | None = None, progress: bool = True, due: Path | str | None = None, in_time_only: bool = False,
) -> Regraded:  # fmt: skip
    """Grade a class again and compare with the gradebook that is in `out`: changes.csv, announcement.txt, then all that grading writes.

    Hand marks are read as before and never changed. Raises `LowerScores`, and writes nothing, if a score would fall and
    neither `allow_lower` is set nor `ask` (called with the changes that lower) says yes. After an interruption the next
    regrade compares with what was there before it.
    """
    out = Path(out)
    base = out / BEFORE if (out / BEFORE).is_dir() else out
    before = read_gradebook(base / GRADEBOOK)
    classroom = open_class(handins, roster, marks=marks, keys=keys, leave_out=[out], progress=progress, due=due, in_time_only=in_time_only)
    refuse_other_attempts(out, classroom.given)
    accepted, kept = list(classroom.catalogue.accepted), read_decisions(keys, KEPT) if keys else []
    told, told_kept = read_decisions(base, ACCEPTED), read_decisions(base, KEPT)
    changes = changes_of(classroom, before, told, earlier_grading(base, classroom.place).handins)
    lowered = [one for one in changes if falls(one)]
    if lowered and not allow_lower and not (ask and ask(lowered)):
        raise LowerScores(lowered)
    news, replies = new(accepted, told), new(kept, told_kept)
    hold(out)
    if changes or news or replies or not before:
        note = announcement(classroom.catalogue, changes, news, replies, first=not before)
        write_record(out, csv_bytes(CHANGE_COLUMNS, [one.row() for one in changes]), note.encode("utf-8", "replace"))
    summary = classroom.write(out, progress=progress, anew=True)
    if keys or told or told_kept:
        write_decisions(out / ACCEPTED, COLUMNS[ACCEPTED], [one.row() for one in accepted])
        write_decisions(out / KEPT, COLUMNS[KEPT], [one.row() for one in kept])
    let_go(out)
    return Regraded(replace(summary, interrupted=False), tuple(changes), not before, len(news) + len(replies))


def new(decided: Iterable[Alternative], told: Iterable[Alternative]) -> list[Alternative]:
    """The decisions that no earlier regrade knew."""
    known = {(one.place, one.reason) for one in told}
    return [one for one in decided if (one.place, one.reason) not in known]


def hold(out: Path) -> None:
    """Keep what this regrade is compared with until all is written, so that one which was interrupted can be run again."""
    draft = out / f"{BEFORE}.part"
    try:
        if not (out / BEFORE).is_dir():
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(parents=True)
            for name in COMPARED:
                if (out / name).is_file():
                    shutil.copyfile(out / name, draft / name)
            draft.replace(out / BEFORE)
    except OSError as error:
        raise not_written(out, error) from error


def let_go(out: Path) -> None:
    """Take away what this regrade was compared with, at once: half of it would make the next regrade a first grading."""
    draft = out / f"{BEFORE}.part"
    shutil.rmtree(draft, ignore_errors=True)
    try:
        (out / BEFORE).replace(draft)
    except OSError as error:
        raise not_written(out, error) from error
    shutil.rmtree(draft, ignore_errors=True)


def changes_of(classroom: Classroom, before: dict[str, dict[str, str]], told: list[Alternative], known: frozenset[str] = frozenset()) -> list[Change]:
    """Every cell that is another than in the gradebook before, and everybody who came or went. New lessons are no change.

    A column that was there and belongs to no question now is compared as well: its points are gone.
    """
    causes, changes = Causes(classroom, told, known), []
    now = {row[0]: dict(zip(classroom.header(), row, strict=True)) for row in classroom.rows()}
    columns = {column.id: column for column in classroom.columns}
    asked = [name for name in dict.fromkeys(name for row in before.values() for name in row) if name not in NO_QUESTION and not name.endswith(" total")]
    for learner in [*now, *(one for one in before if one not in now)] if before else []:
        if learner not in now:
            changes.append(Change(learner, "total", before[learner].get("total", ""), "", "this learner is no longer in the class"))
        elif learner not in before:
            changes.append(Change(learner, "total", "", now[learner]["total"], "this learner is new in the class"))
        else:
            differ = [(name, was, became) for name in asked if not same_score(was := before[learner].get(name, ""), became := now[learner].get(name, ""))]
            mine = [Change(learner, name, was, became, *causes.of(learner, name, columns.get(name), was, became)) for name, was, became in differ]
            changes += [*mine, *fallen_totals(learner, before[learner], now[learner], mine, causes.every_column)]
    return changes


def fallen_totals(learner: str, before: dict[str, str], now: dict[str, str], changes: Sequence[Change], lesson_of: Mapping[str, str]) -> list[Change]:
    """The totals that fall lower than the changes of a learner's cells explain: nothing may fall unseen. What a new lesson adds is left aside."""
    lessons = [name for name in before if name.endswith(" total")]
    new_lessons = sum(points(cell) or 0 for name, cell in now.items() if name.endswith(" total") and name not in lessons)
    found = []
    for name in [*lessons, *(["total"] if "total" in before else [])]:
        mine = [one for one in changes if name == "total" or lesson_of.get(one.item, name.removesuffix(" total")) == name.removesuffix(" total")]
        was, became = points(before[name]), (points(now.get(name, "")) or 0) - (new_lessons if name == "total" else 0)
        explained = sum((points(one.after) or 0) - (points(one.before) or 0) for one in mine)
        # Every cell is rounded by itself.
        slack = 0.01 * (2 + len(mine))
        if was is not None and became < was - slack and became < was + explained - slack:
            found.append(Change(learner, name, before[name], now.get(name, ""), TOTAL_FELL))
    return found


def write_record(out: Path, changes: bytes, note: bytes) -> None:
    """Write what changed and what to tell the class; the record of an earlier regrade is moved into earlier/, not lost."""
    held = out / CHANGES
    try:
        if held.is_file() and held.read_bytes() != changes:
            number = 1 + len(list((out / EARLIER).glob("changes_*.csv")))
            (out / EARLIER).mkdir(exist_ok=True)
            for name in (CHANGES, ANNOUNCEMENT):
                stem, _, ending = name.partition(".")
                if (out / name).is_file():
                    (out / name).replace(out / EARLIER / f"{stem}_{number}.{ending}")
        replace_file(out / CHANGES, changes)
        replace_file(out / ANNOUNCEMENT, note)
    except OSError as error:
        raise not_written(out, error) from error


def not_written(out: Path, error: OSError) -> GradingError:
    """That the folder can't be written, as a sentence."""
    return GradingError(f"{out} can't be written ({error.strerror}). Close files of it that are open elsewhere, or name another folder.")
