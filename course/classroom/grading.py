"""A class: its hand-ins read, put together and marked, and the three things that come of it."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from course.classroom.catalogue import Catalogue, Column, load_catalogue
from course.classroom.collecting.absences import copied_answers, kits_own_forms, missing_handins, named, unknown_together
from course.classroom.collecting.collected import collect
from course.classroom.collecting.deadlines import Deadlines, late_and_untimed, read_deadlines
from course.classroom.collecting.found import COLUMNS as COLLECTED_COLUMNS
from course.classroom.collecting.found import Found
from course.classroom.collecting.senders import Roll
from course.classroom.collecting.together import sort_handins
from course.classroom.hand_marks import GradingError, read_marks
from course.classroom.marked_texts import MarkedTexts, marked_texts
from course.classroom.marking import NEEDS_A_PERSON, Cell, Marker, Sheet, written_points
from course.classroom.marks_used import check_marks
from course.classroom.pages import lesson_reports
from course.classroom.results.foreign import refuse_foreign_pages, refuse_foreign_tables
from course.classroom.results.incremental import EarlierGrading, Fingerprints, earlier_grading
from course.classroom.results.made_with import BEFORE, MadeWith, refuse_loss, refuse_places
from course.handin import Problem, problem
from course.handin.reading import MOST_OF_A_KIND
from course.handin.writing import replace_file
from course.messages import counted
from course.reports import csv_bytes, feedback_file, feedback_page, is_feedback_page
from course.roster import Person, Roster, RosterError, read_roster

INTERRUPTED = (
    "An earlier regrade into this folder was interrupted: its changes.csv and announcement.txt may be missing or old. "
    "Run sayswho regrade again; it then tells all that has changed since before that regrade, this grading included."
)
PROBLEM_COLUMNS = ("file", "line", "learner", "lesson", "item", "what", "cure")
TOTALS = ("total", "out_of", "needs_a_person", "problems")
TABLES = {"gradebook.csv": ("learner", "name", *TOTALS), "problems.csv": PROBLEM_COLUMNS, "collected.csv": COLLECTED_COLUMNS}


@dataclass(frozen=True)
class Summary:
    """What grading did, in figures; printed, it is two sentences."""

    learners: int
    handins: int
    waiting: int
    problems: int
    folder: Path
    pages: int = 0
    unchanged: int = 0
    left: int = 0
    handed_in: int | None = None
    late: int = 0
    untimed: int = 0
    interrupted: bool = False

    def __str__(self) -> str:
        some = "" if self.handed_in in (None, self.learners) else f"{self.handed_in} of "
        told = f"{counted(self.handins, 'hand-in')} of {some}{counted(self.learners, 'learner')} graded into {self.folder}: gradebook.csv"
        told += f", {counted(self.pages, 'page')} in feedback" if self.pages else ""
        told += f", and problems.csv with {counted(self.problems, 'line')} to look at." if self.problems else ", and no problems."
        told += f" To be marked by a person: {counted(self.waiting, 'answer')}." if self.waiting else ""
        told += f" Came late: {counted(self.late, 'hand-in')}." if self.late else ""
        told += f" Nobody can say if {counted(self.untimed, 'hand-in')} came in time: see problems.csv." if self.untimed else ""
        told += f" Unchanged since the last grading: {counted(self.unchanged, 'hand-in')}, {counted(self.left, 'page')}." if self.unchanged else ""
        return told + (f" {INTERRUPTED}" if self.interrupted else "")


@dataclass
class Classroom:
    """A class that has been graded: `sheets` by learner and lesson, `problems`, who was `absent` or late as far as only the class tells, and the tables of them."""

    catalogue: Catalogue
    roster: Roster
    sheets: dict[tuple[str, str], Sheet] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    absent: list[Problem] = field(default_factory=list)
    files: list[Found] = field(default_factory=list)
    handins: int = 0
    place: Path | None = None
    digests: frozenset[str] = frozenset()
    given: MadeWith = MadeWith()
    marked: MarkedTexts = field(default_factory=MarkedTexts)

    @property
    def lessons(self) -> list[str]:
        """The lessons that at least one learner has handed in, in order."""
        return sorted({lesson for _, lesson in self.sheets})

    @property
    def columns(self) -> list[Column]:
        """The columns of those lessons."""
        return [column for lesson in self.lessons for column in self.catalogue.columns[lesson]]

    @property
    def waiting(self) -> int:
        """How many answers a person has still to look at."""
        return sum(sheet.waiting for sheet in self.sheets.values())

    def header(self) -> list[str]:
        """The first line of the gradebook."""
        totals = [f"{lesson} total" for lesson in self.lessons]
        return ["learner", "name", *(column.id for column in self.columns), *totals, *TOTALS]

    def rows(self) -> list[list[str]]:
        """The gradebook: one row a learner, in the order of the roster."""
        problems = Counter(found.learner for found in self.problems)
        out_of = sum(column.max for column in self.columns)
        return [self.row(learner, out_of, problems[learner]) for learner in self.roster]

    def row(self, learner: str, out_of: float, problems: int) -> list[str]:
        """One learner's row. A lesson that was not handed in leaves its cells empty; its points are missing from the total."""
        sheets = {lesson: self.sheets.get((learner, lesson)) for lesson in self.lessons}
        row = [learner, self.roster[learner].name]
        for column in self.columns:
            sheet = sheets[column.lesson]
            row.append(sheet.cells[column.id].written if sheet else "")
        row += ["" if sheet is None else written_points(sheet.points) if sheet.usable else "malformed" for sheet in sheets.values()]
        held = [sheet for sheet in sheets.values() if sheet]
        total = sum(sheet.points for sheet in held)
        return [*row, written_points(total), written_points(out_of), str(sum(sheet.waiting for sheet in held)), str(problems)]

    def gradebook(self) -> Any:
        """The gradebook as a pandas table, with the learners as its index."""
        import pandas

        return pandas.DataFrame(self.rows(), columns=self.header()).set_index("learner")

    def write(self, out: Path, *, pages: bool = True, progress: bool = True, anew: bool = False) -> Summary:
        """Write gradebook.csv, problems.csv, collected.csv and, unless told not to, a page for each learner who handed something in.

        Raises `GradingError` before anything is written if a file there is none of ours, or if an earlier grading in `out` would
        lose something, unless it is to be `anew`.
        """
        out, to_look_at, given = Path(out), [*self.problems, *self.absent], replace(self.given, lessons=tuple(self.lessons))
        if not anew:
            refuse_loss(out, given)
        earlier = earlier_grading(out, self.place if pages else None)
        names = self.page_names() if pages else {}
        found = [one.row(f"feedback/{names[one.learner]}" if one.learner in names else "") for one in self.files]
        try:
            refuse_foreign_tables(out, TABLES)
            refuse_foreign_pages((out / "feedback" / name for name in names.values()), is_feedback_page)
            replace_file(out / "gradebook.csv", csv_bytes(self.header(), self.rows()))
            replace_file(out / "problems.csv", csv_bytes(PROBLEM_COLUMNS, [problem_row(found) for found in to_look_at]))
            replace_file(out / "collected.csv", csv_bytes(COLLECTED_COLUMNS, found))
            left = self.write_pages(out / "feedback", names, earlier, progress=progress) if pages else 0
            given.keep(out)
            if given.marks:
                self.marked.keep(out)
            if pages:
                earlier.keep(self.digests)
        except OSError as error:
            raise GradingError(f"{out} can't be written ({error.strerror}). Close files of it that are open elsewhere, or name another folder.") from error
        unchanged = len(earlier.handins & self.digests) if pages else 0
        return Summary(
            len(self.roster), self.handins, self.waiting, len(to_look_at), out, len(names), unchanged, left, len({learner for learner, _ in self.sheets}),
            *late_and_untimed(self.files), (out / BEFORE).is_dir(),
        )

    def page_names(self) -> dict[str, str]:
        """The file of each learner who has a page; two learners never share one."""
        taken: set[str] = set()
        return {learner: feedback_file(learner, taken) for learner in sorted({learner for learner, _ in self.sheets})}

    def write_pages(self, folder: Path, names: dict[str, str], earlier: EarlierGrading, *, progress: bool) -> int:
        """Write the feedback pages, and say how many were left because nothing about them has changed."""
        prints, left = Fingerprints(), 0
        for learner in shown_progress(list(names), "feedback pages", progress):
            path, name = folder / names[learner], self.roster[learner].name
            sheets = [self.sheets[learner, lesson] for lesson in self.lessons if (learner, lesson) in self.sheets]
            lessons = lesson_reports(sheets, self.catalogue, self.lessons)
            made_of = prints.of_page(learner, name, lessons)
            if earlier.is_unchanged(path, made_of):
                left += 1
                continue
            page = feedback_page(learner, name, lessons).encode("utf-8", "replace")
            replace_file(path, page)
            earlier.remember(path.name, made_of, page)
        remove_earlier_pages(folder, {Path(name).stem.casefold() for name in names.values()})
        return left


def remove_earlier_pages(folder: Path, taken: set[str]) -> None:
    """Remove the pages that an earlier grading left for people who have none now; files that are no such pages stay."""
    for path in folder.glob("*.html"):
        if path.stem.casefold() not in taken and path.is_file() and not path.is_symlink() and is_feedback_page(path.read_bytes()):
            path.unlink()


def grade(
    handins: Path | str, roster: Path | str | None, out: Path | str, marks: Path | str | None = None, keys: Path | str | None = None, progress: bool = True,
    anew: bool = False, due: Path | str | None = None, in_time_only: bool = False,
) -> Summary:
    """Grade a class: read the hand-ins and write gradebook.csv, problems.csv and feedback/<learner>.html into `out`.

    Nothing in a hand-in is executed. `marks` is a table of what a person marked and is only read; `keys` a folder of the
    instructor's own; `due` a deadline or a table of deadlines, and with `in_time_only` the newest attempt in time counts
    before one that came late. Raises `GradingError` or `ContentError` with one sentence when it can't begin, or when an earlier
    grading in `out` would lose lessons, marks or keys and it is not to be `anew`.
    """
    held = open_class(handins, roster, marks=marks, keys=keys, leave_out=[Path(out)], progress=progress, due=due, in_time_only=in_time_only)
    return held.write(Path(out), progress=progress, anew=anew)


def open_class(
    handins: Path | str, roster: Path | str | None = None, *, marks: Path | str | None = None, keys: Path | str | None = None,
    data: Path | str | None = None, catalogue: Catalogue | None = None, leave_out: Iterable[Path] = (), progress: bool = True,
    due: Path | str | None = None, in_time_only: bool = False,
) -> Classroom:
    """Read and mark the hand-ins of a class, and keep the result in hand: `gradebook()`, `problems`, `write(folder)`.

    Without a roster, everyone whose file is there is the class.
    """
    if not Path(handins).exists():
        raise GradingError(f"There is no file or folder {handins}. Name the folder, the zip or the file with the hand-ins.")
    refuse_places(Path(handins), leave_out := [Path(one) for one in leave_out])
    deadlines = read_deadlines(due, in_time_only=in_time_only)
    catalogue = catalogue or load_catalogue(data, keys)
    with without_collecting():
        classroom = mark_class(Path(handins), roster, marks, catalogue, leave_out, progress=progress, deadlines=deadlines)
    classroom.given = MadeWith((), *("" if one is None else Path(one).resolve().name for one in (marks, keys, roster)), deadlines.name, "--in-time-only" * in_time_only)
    return classroom


def mark_class(
    handins: Path, roster: Path | str | None, marks: Path | str | None, catalogue: Catalogue, leave_out: Iterable[Path], *, progress: bool,
    deadlines: Deadlines = Deadlines(),
) -> Classroom:
    """Read the hand-ins and mark them, once the content is there."""
    roll = Roll(named_roster(roster))
    hand, refused = read_marks(Path(marks)) if marks else ({}, [])
    own = [*leave_out, *(Path(one) for one in (roster, marks, deadlines.path) if one)]
    collected = collect(handins, roll, own, lambda files: shown_progress(files, "hand-ins", progress))
    by_sheet, told, of_class = sort_handins(collected, roll, catalogue.lessons, deadlines)
    strangers = sorted({learner for learner, _ in by_sheet} - roll.roster.keys())
    everyone = roll.roster | {learner: Person(learner) for learner in strangers}
    classroom = Classroom(catalogue, everyone, problems=collected.problems + told, files=collected.files, handins=len(collected.handins), place=handins)
    classroom.digests = frozenset(handin.digest for handin, _ in collected.handins if handin.digest)
    classroom.problems += copied_answers(by_sheet, roll.roster)
    classroom.absent = [*missing_handins(roll.roster, by_sheet), *of_class]
    marker = Marker(catalogue, hand, classroom.problems.append)
    for (learner, lesson), several in sorted(by_sheet.items()):
        classroom.sheets[learner, lesson] = marker.sheet(learner, lesson, several)
    if marks:
        classroom.marked = marked_texts(leave_out)
        classroom.problems += check_marks(classroom, hand, refused, Path(marks).name)
    classroom.problems += [waiting for column in classroom.columns if (waiting := waiting_for(classroom, column))]
    classroom.problems += kits_own_forms(classroom.sheets.values(), catalogue.own)
    classroom.problems = shortened(unknown_together(classroom.problems))
    return classroom


def named_roster(roster: Path | str | None) -> Roster:
    """The class of a roster's file, or nobody where no file is named."""
    try:
        return read_roster(roster) if roster else {}
    except RosterError as error:
        raise GradingError(str(error)) from error


@contextmanager
def without_collecting() -> Iterator[None]:
    """Do without Python's search for garbage in circles: a class makes thousands of small objects and no circles (a sixth of the time)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def waiting_for(classroom: Classroom, column: Column) -> Problem | None:
    """One line for all the answers of a column that a person has still to mark."""
    cells = [(sheet.learner, sheet.cells[column.id]) for sheet in classroom.sheets.values() if sheet.lesson == column.lesson]
    learners = [learner for learner, cell in cells if cell.state == NEEDS_A_PERSON and cell.score is not None]
    count = "1 answer waits" if len(learners) == 1 else f"{len(learners)} answers wait"
    return problem("unmarked", lesson=column.lesson, item=column.id, count=count, learners=named(learners)) if learners else None


def shortened(problems: list[Problem]) -> list[Problem]:
    """The problems, with no more than twenty of one kind from one file: a broken file must not bury the others."""
    counts = Counter((found.file, found.kind) for found in problems if found.file)
    seen: Counter[tuple[str, str]] = Counter()
    kept = []
    for found in problems:
        kind = (found.file, found.kind)
        seen[kind] += 1
        more = counts[kind] - MOST_OF_A_KIND
        if seen[kind] <= MOST_OF_A_KIND or more <= 0:
            kept.append(found)
        elif seen[kind] == MOST_OF_A_KIND + 1:
            kept.append(Problem(f"{found.what} (and {more - 1} more like this in the same file)" if more > 1 else found.what, **{
                name: value for name, value in vars(found).items() if name != "what"}))
    return kept


def problem_row(found: Problem) -> list[str]:
    """A problem as a line of problems.csv."""
    return [str(getattr(found, name) or "") for name in PROBLEM_COLUMNS]


def shown_progress(work: list[Any], what: str, wanted: bool) -> Iterable[Any]:
    """The same work with a progress bar, if it is long, a terminal is watching and tqdm is installed."""
    if not wanted or len(work) < 2 or not sys.stderr.isatty():
        return work
    try:
        from tqdm import tqdm
    except ImportError:
        return work
    return tqdm(work, desc=what, unit="", file=sys.stderr, leave=False)


__all__ = ["Cell", "Classroom", "Summary", "grade", "open_class"]
