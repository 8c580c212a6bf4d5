"""What stands in a cell of a platform's gradebook: our points, EX, or what stood there before; and a count of each.

Nothing of ours is a blank. Where a lesson was not handed in, waits for a person or could not be read, the exported cell is
copied, since an importer takes a blank over a score as a wish to clear it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from course.exports.columns import Target, lesson_named
from course.exports.gradebook import ABSENT, UNREADABLE, WAITING, Asked, Gradebook, number_in, plain, read_gradebook, rows_of
from course.exports.told import ExportError, named
from course.messages import counted
from course.roster import Person, read_roster

EXCUSED = "EX"


@dataclass(frozen=True)
class Wanted:
    """What an instructor wants exported: from which graded folder, of which lessons, as points or as a share."""

    graded: Path
    lessons: tuple[Asked, ...]
    roster: Path | None = None
    percent: bool = False
    columns: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    with_waiting: bool = False

    def gradebook(self) -> Gradebook:
        """The gradebook, with the lessons that are wanted."""
        book = read_gradebook(self.graded, self.lessons)
        if self.only:
            kept = [lesson_named(one, book.lessons) for one in self.only]
            book.lessons = {lesson: asked for lesson, asked in book.lessons.items() if lesson in kept}
        return book

    def people(self) -> Mapping[str, Person]:
        """Who is in the class, as far as a roster says it."""
        return read_roster(self.roster) if self.roster else {}


def excusals(told: Iterable[str], book: Gradebook) -> set[tuple[str, str]]:
    """Who is excused from which lesson: LEARNER:LESSON, or a table with learner,lesson. An empty lesson means every one."""
    pairs: list[tuple[str, str, str]] = []
    for one in told:
        if one.lower().endswith(".csv"):
            header, rows = rows_of(Path(one))
            if header[:1] != ["learner"]:
                raise ExportError(f"{one} is no list of who is excused: its first line has to be learner,lesson.")
            pairs += [(f"{one}, line {line}", row[0].strip(), "".join(row[1:2]).strip()) for line, row in enumerate(rows, start=2)]
        else:
            learner, _, lesson = one.rpartition(":")
            pairs.append(("--excused", learner.strip(), lesson.strip()))
    found = set()
    for where, learner, lesson in pairs:
        if learner not in book.names:
            raise ExportError(f"{where}: there is no learner {learner!r} in the gradebook. Write LEARNER:LESSON with the id that stands there.")
        found |= {(learner, one) for one in ([lesson_named(lesson, book.lessons)] if lesson not in ("", "*") else book.lessons)}
    return found


@dataclass
class Count:
    """What became of the cells of one lesson, by learner."""

    written: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    excused: list[str] = field(default_factory=list)
    excused_there: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


TOLD = (
    # what a count is called on the screen, with the names or without
    ("replaced", "in place of another score", True), ("excused", "excused", True), ("excused_there", "excused there already, left so", True),
    ("absent", "not handed in, left as it was", False), ("waiting", "waiting for a person, left as it was", True),
    ("unreadable", "of a file that can't be read, left as it was", True),
)


@dataclass
class Filling:
    """The cells of one export as they are filled: `cell` says what stands in one, `lines` what became of them all."""

    book: Gradebook
    targets: Mapping[str, Target]
    percent: bool = False
    with_waiting: bool = False
    excused: set[tuple[str, str]] = field(default_factory=set)
    excused_as: str = ""
    written_as: Callable[[str], str] = str
    counts: dict[str, Count] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.counts = {lesson: Count() for lesson in self.targets}
        for lesson, target in self.targets.items():
            check_scale(self.book.lessons[lesson], target, percent=self.percent)

    def cell(self, learner: str, lesson: str, before: str = "") -> str:
        """What stands in the cell of a learner and lesson, given what stood there; the same again where we have nothing to say."""
        mark, count = self.book.marks[learner, lesson], self.counts[lesson]
        if (learner, lesson) in self.excused:
            count.excused.append(learner)
            return self.excused_as or before
        if before.strip().upper() == EXCUSED:
            count.excused_there.append(learner)
            return before
        if mark.points is None or mark.state == WAITING and not self.with_waiting:
            {ABSENT: count.absent, UNREADABLE: count.unreadable}.get(mark.state, count.waiting).append(learner)
            return before
        points = share(mark.points, self.book.lessons[lesson], self.targets[lesson]) if self.percent else mark.points
        count.written.append(learner)
        earlier = number_in(before)
        if earlier is not None and earlier != Decimal(plain(points)):
            count.replaced.append(learner)
        return self.written_as(plain(points))

    @property
    def owed(self) -> set[str]:
        """The learners for whom at least one cell holds something to write."""
        scored = {learner for (learner, lesson), mark in self.book.marks.items() if lesson in self.targets and mark.state != ABSENT}
        return scored | {learner for learner, lesson in self.excused if lesson in self.targets}

    @property
    def written(self) -> int:
        """How many cells hold something of ours."""
        return sum(len(count.written) + (len(count.excused) if self.excused_as else 0) for count in self.counts.values())

    def lines(self) -> list[str]:
        """A line for each lesson: where it went, how many scores, and what else became of its cells."""
        told = []
        for lesson, count in self.counts.items():
            parts = [counted(len(count.written), "score")]
            for name, words, with_names in TOLD:
                if learners := getattr(count, name):
                    parts.append(f"{len(learners)} {words}" + (f" ({named(learners)})" if with_names else ""))
            told.append(f"  {lesson} -> {self.targets[lesson].header}: {'; '.join(parts)}")
        return told


def share(points: Decimal, lesson: Asked, target: Target) -> Decimal:
    """The points of a lesson on the scale of a column: the same share of what is to be had there, 100 if it does not say."""
    return points * (Decimal(100) if target.most is None else target.most) / lesson.most


def check_scale(lesson: Asked, target: Target, *, percent: bool) -> None:
    """Complain where points would mean something else in the column than in the gradebook."""
    if percent and (not lesson.most or target.most == 0):
        raise ExportError(f"{lesson.id} can't be a percentage in {target.header!r}, since one of them is worth 0 points. Use --points.")
    if not percent and target.most is not None and target.most != lesson.most:
        raise ExportError(
            f"{lesson.id} is worth {plain(lesson.most)} points and the column {target.header!r} {plain(target.most)}. "
            f"Set the column to {plain(lesson.most)} points and export it again, or use --percent, which keeps the share."
        )
