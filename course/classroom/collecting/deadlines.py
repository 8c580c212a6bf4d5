"""Until when a hand-in is in time, and what a platform's clock says of each. Lateness is told; what it costs is the school's affair.

A time is a platform's, never one that a learner's file tells. Platforms write theirs without a zone, so both clocks are
taken to stand in one place, and compared by the minute: 23:59 lasts until midnight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from course.classroom.collecting.absences import named
from course.classroom.collecting.found import COUNTED, MERGED, Found
from course.classroom.collecting.platforms import NAMES
from course.classroom.collecting.senders import Roll
from course.classroom.hand_marks import GradingError, rows_of
from course.handin import HandIn, Problem, problem
from course.items import EVERYONE
from course.messages import counted
from course.reports.tables import meant
from course.spelling import same

DUE_COLUMNS = ("learner", "lesson", "due")
IN_TIME, LATE, NOT_KNOWN = "in time", "late", "time not known"
WRITTEN_SO = "Write it as 2026-11-29T23:59 or 2026-11-29 (until the end of that day)"
A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
Place = tuple[str, str]


@dataclass(frozen=True)
class Deadlines:
    """The deadlines by learner and lesson, an empty one meaning all; `in_time_only`: of several attempts the newest in time counts."""

    by: Mapping[Place, datetime] = field(default_factory=dict)
    lines: Mapping[Place, int] = field(default_factory=dict, compare=False)
    name: str = ""
    path: Path | None = None
    in_time_only: bool = False

    def of(self, learner: str, lesson: str) -> datetime | None:
        """Until when a learner may hand in a lesson: the class's deadline, or the learner's own where that is later.

        >>> first, second = datetime(2026, 11, 1, 12, 0), datetime(2026, 11, 8, 12, 0)
        >>> due = Deadlines({("", ""): first, ("ann", ""): second})
        >>> due.of("ann", "01") == second, due.of("bo", "01") == first, Deadlines().of("ann", "01")
        (True, True, None)
        """
        of_class = self.by.get(("", lesson), self.by.get(("", "")))
        own = self.by.get((learner, lesson), self.by.get((learner, "")))
        return max((one for one in (of_class, own) if one), default=None)

    def minutes_late(self, handin: HandIn) -> int | None:
        """How many minutes after its deadline a hand-in came, at most 0 for one in time; None where that is not known."""
        due = self.of(handin.learner, handin.lesson) if handin.stamp else None
        try:
            return (to_the_minute(datetime.fromisoformat(handin.stamp)) - due) // timedelta(minutes=1) if due else None
        except ValueError:
            return None

    def is_late(self, handin: HandIn) -> bool:
        """Whether a platform's clock says that a hand-in came after its deadline."""
        return (self.minutes_late(handin) or 0) > 0

    def is_in_time(self, handin: HandIn) -> bool:
        """Whether a platform's clock says that a hand-in came in time; an unknown time is not."""
        minutes = self.minutes_late(handin)
        return minutes is not None and minutes <= 0

    def in_words(self, handin: HandIn, one: Found) -> str:
        """How a hand-in stands to its deadline, as in collected.csv; empty where there is none and no platform calls it late."""
        minutes = self.minutes_late(handin)
        if minutes is not None:
            return f"{LATE} by {how_long(minutes)}" if minutes > 0 else IN_TIME
        if one.sent and one.sent.late:
            return LATE
        return NOT_KNOWN if self.of(handin.learner, handin.lesson) else ""

    def held_against(self, roll: Roll, lessons: Iterable[str]) -> tuple[Deadlines, list[Problem]]:
        """The same with learners and lessons as the class writes them, and a line for each that this class has not."""
        lessons, by, told = list(lessons), {}, []
        for (learner, lesson), due in self.by.items():
            who, which = roll.find(learner)[0] if learner else "", lesson_meant(lesson, lessons)
            about = {"file": self.name, "line": self.lines.get((learner, lesson), 0)}
            if which is None:
                told.append(problem("due_for_no_lesson", **about, lesson=lesson, lessons=", ".join(lessons)))
            elif learner and roll.roster and who not in roll.roster:
                told.append(problem("due_for_nobody", **about, learner=learner, nearest=roll.nearest(learner)))
            else:
                by[who, which] = due
        return replace(self, by=by), told


def read_deadlines(due: str | Path | None, *, in_time_only: bool = False) -> Deadlines:
    """The deadline as it is written, or those of a table learner,lesson,due. Raises `GradingError` with the line and the cure."""
    if not due:
        if in_time_only:
            raise GradingError("--in-time-only needs a deadline: add --due 2026-11-29T23:59, or the name of a table learner,lesson,due.")
        return Deadlines()
    written = str(due)
    if not written.lower().endswith(".csv") and not Path(written).is_file():
        return Deadlines({("", ""): moment(written)}, {}, written, None, in_time_only)
    path, by, lines = Path(written), {}, {}
    for line, row in rows_of(path, DUE_COLUMNS):
        learner, lesson, when = (same(meant(row[name] or "")) for name in DUE_COLUMNS)
        place = ("" if learner == EVERYONE else learner, "" if lesson == EVERYONE else lesson)
        if place in by:
            raise GradingError(f"{path.name}, line {line}: line {lines[place]} has a deadline for the same learner and lesson. Delete one of the two.")
        by[place], lines[place] = moment(when, f"{path.name}, line {line}: "), line
    return Deadlines(by, lines, path.name, path, in_time_only)


def moment(written: str, where: str = "--due: ") -> datetime:
    """A deadline as it is written, to the minute and without its zone; a day alone lasts until its end.

    >>> moment("2026-11-29T23:59+01:00"), moment("2026-11-29")
    (datetime.datetime(2026, 11, 29, 23, 59), datetime.datetime(2026, 11, 29, 23, 59))
    """
    try:
        return to_the_minute(datetime.fromisoformat(f"{written}T23:59" if A_DAY.fullmatch(written) else written))
    except ValueError:
        raise GradingError(f"{where}{written[:40]!r} is no time. {WRITTEN_SO}.") from None


def to_the_minute(time: datetime) -> datetime:
    """A time as a clock on the wall shows it, in whole minutes."""
    return time.replace(second=0, microsecond=0, tzinfo=None)


def lesson_meant(written: str, lessons: Iterable[str]) -> str | None:
    """A lesson by its id or its number; empty for all lessons, None for none that there is.

    >>> lesson_meant("2", ["01_voices", "02_kinds"]), lesson_meant("", ["01_voices"]), lesson_meant("9", ["01_voices"])
    ('02_kinds', '', None)
    """
    if not written:
        return ""
    return next((one for one in lessons if written == one or written.lstrip("0") == one.partition("_")[0].lstrip("0") != ""), None)


def how_long(minutes: int) -> str:
    """A time in days, hours and minutes, the two largest of them.

    >>> how_long(1), how_long(120), how_long(125), how_long(3000)
    ('1 min', '2 h', '2 h 5 min', '2 days 2 h')
    """
    hours, left = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [f"{days} day{'' if days == 1 else 's'}" if days else "", f"{hours} h" if hours else "", f"{left} min" if left and not days else ""]
    return " ".join(filter(None, parts))


def tell_lateness(handed: Mapping[Place, list[HandIn]], others: Mapping[Place, list[HandIn]], outcomes: Mapping[int, Found], deadlines: Deadlines) -> tuple[list[Problem], list[Problem]]:
    """A line for each hand-in that counts and came late; and one a lesson for what only a platform calls late, and for those of which nobody knows.

    `others` has also the hand-ins that don't count. How each file stands to its deadline is written into its line of collected.csv.
    """
    told: list[Problem] = []
    of_class: dict[tuple[str, str, str], list[str]] = {}
    for of_whom, several in others.items():
        for handin in several:
            outcomes[id(handin)].late = deadlines.in_words(handin, outcomes[id(handin)])
        files = [outcomes[id(handin)] for handin in handed[of_whom]]
        late = [handin for handin in handed[of_whom] if deadlines.is_late(handin)]
        if late:
            told.append(lateness_of(max(late, key=lambda handin: handin.stamp), several, outcomes, deadlines))
        elif called := [one for one in files if one.late == LATE and one.sent]:
            of_class.setdefault((of_whom[1], "late_says_platform", NAMES[called[0].sent.platform]), []).append(of_whom[0])
        elif any(one.late == NOT_KNOWN for one in files):
            of_class.setdefault((of_whom[1], "time_not_known", ""), []).append(of_whom[0])
    return told, [
        problem(kind, lesson=lesson, platform=platform, count=counted(len(who), "hand-in"), learners=named(sorted(who)))
        for (lesson, kind, platform), who in sorted(of_class.items())
    ]


def lateness_of(handin: HandIn, several: Iterable[HandIn], outcomes: Mapping[int, Found], deadlines: Deadlines) -> Problem:
    """The line for one late hand-in that counts, with the attempt in time where there is one."""
    about = {"file": handin.file, "learner": handin.learner, "lesson": handin.lesson}
    minutes, due = deadlines.minutes_late(handin), deadlines.of(handin.learner, handin.lesson)
    in_time = max((other for other in several if may_count_in_time(other, outcomes, deadlines)), key=lambda other: other.stamp, default=None)
    also, switch = "", ""
    if in_time:
        also = f"; the very same file came in time ({in_time.file})" if in_time.digest == handin.digest else f"; the one in time was {in_time.file}"
        switch = " To have the newest one in time count, grade with --in-time-only."
    return problem("late", **about, late=how_long(minutes), due=f"{due:%Y-%m-%d %H:%M}", also=also, switch=switch)


def may_count_in_time(handin: HandIn, outcomes: Mapping[int, Found], deadlines: Deadlines) -> bool:
    """Whether a hand-in came in time, can be read, and bears nobody else's name."""
    return handin.usable and not outcomes[id(handin)].names_another and deadlines.is_in_time(handin)


def late_and_untimed(files: Iterable[Found]) -> tuple[int, int]:
    """How many learners' lessons came late, and of how many more nobody can say it."""
    count = [one for one in files if one.outcome in (COUNTED, MERGED)]
    late = {(one.learner, one.lesson) for one in count if one.late.startswith(LATE)}
    return len(late), len({(one.learner, one.lesson) for one in count if one.late == NOT_KNOWN} - late)


__all__ = ["Deadlines", "late_and_untimed", "read_deadlines", "tell_lateness"]
