"""Scores into nbgrader's gradebook, one way: an assignment with one notebook for each lesson, a cell for each question that counts.

nbgrader itself runs nothing here. It keeps what a person wrote there: a score or a comment by hand stands over ours, as
everywhere in nbgrader. Source of its rules: nbgrader 0.9.6, nbgrader/api.py (`Gradebook`, `Grade.score`, `Comment.comment`).
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.exports.gradebook import ABSENT, Gradebook, lessons_asked, read_gradebook, rows_of
from course.exports.told import ExportError, named
from course.messages import counted

CURE = "Install it: pip install \"nbgrader>=0.9.5\". It brings panels of its own to JupyterLab, so take another environment than the one your students use."
# Tables that nbgrader has had in every version.
NBGRADERS = {"assignment", "student", "submitted_assignment"}
# The words of a gradebook cell without points, as a comment beside its score in nbgrader.
SAID = {
    "unanswered": "Not answered: this earns nothing, and nothing was wrong.",
    "needs a person": "A person has still to mark this answer.",
    "malformed": "This answer could not be read. Look at the hand-in: it may be right.",
}


@dataclass
class Written:
    """What went into the database: submissions and scores, who was new there, and where somebody's own mark stands over ours."""

    submissions: int = 0
    scores: int = 0
    waiting: int = 0
    added: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def export_nbgrader(graded: Path, lessons: Mapping[str, Any], columns: Mapping[str, Sequence[Any]], db: str, course: str = "") -> str:
    """Write the scores of a graded folder into nbgrader's database and say what is there now. `lessons` and `columns` are a catalogue's.

    Raises `ExportError` with one sentence if nbgrader is not installed, or if the database can't be used or holds other cells
    under the name of a lesson; no score is written then.
    """
    book = read_gradebook(graded, lessons_asked(lessons, columns))
    book.lessons = {lesson: asked for lesson, asked in book.lessons.items() if asked.columns}
    book.marks = {(learner, lesson): mark for (learner, lesson), mark in book.marks.items() if lesson in book.lessons}
    cells = cells_of(Path(graded), book)
    most = {column.id: float(column.max) for lesson in book.lessons for column in columns[lesson]}
    written = Written()
    refuse_other_database(db)
    with opened(db, course) as database:
        refuse_other_cells(database, book)
        for lesson in book.lessons:
            prepare(database, lesson, {column: most[column] for column in book.lessons[lesson].columns})
        known = {student.id for student in database.students}
        for learner, name in shown_progress(list(book.names.items())):
            if learner not in known:
                database.add_student(learner, last_name=name or None)
                written.added += [learner] if known else []
            write_learner(database, book, cells, learner, written)
        database.db.commit()
        check(database, book, cells)
    return "\n".join([*told(written, book, db), *book.lines()])


def cells_of(graded: Path, book: Gradebook) -> dict[tuple[str, str], str]:
    """What stands in the gradebook for each learner and column; all of an unreadable lesson is malformed."""
    header, rows = rows_of(graded / "gradebook.csv")
    found = {}
    for row in (dict(zip(header, row)) for row in rows):
        for lesson, asked in book.lessons.items():
            unreadable = row.get(f"{lesson} total") == "malformed"
            found |= {(row["learner"], column): "malformed" if unreadable else row[column] for column in asked.columns}
    return found


@contextmanager
def opened(db: str, course: str) -> Iterator[Any]:
    """nbgrader's gradebook, opened and closed again. Its first opening calls `alembic`, which must be found beside this Python."""
    if importlib.util.find_spec("nbgrader") is None:
        raise ExportError(f"nbgrader is not installed in this environment. {CURE}")
    with warnings.catch_warnings(), alembic_on_path():
        warnings.simplefilter("ignore")
        try:
            from nbgrader.api import Gradebook as Database

            with Database(db, course) if course else Database(db) as database:
                # nbgrader commits at every step, and would read everything again after each.
                database.db().expire_on_commit = False
                yield database
        except Exception as error:
            if not (type(error).__module__.startswith(("sqlalchemy", "sqlite3", "nbgrader")) or isinstance(error, (ImportError, subprocess.SubprocessError))):
                raise
            first = (str(error) or type(error).__name__).splitlines()[0][:200]
            raise ExportError(
                f"{db} can't be used ({first}). Write it as sqlite:///gradebook.db, close it elsewhere, and run this again; "
                "nothing of nbgrader's own is lost. A database of an older nbgrader needs `nbgrader db upgrade`."
            ) from error


def refuse_other_database(db: str) -> None:
    """Complain, before nbgrader makes its own tables in it, of a database in a file that is somebody else's."""
    place = Path(db.removeprefix("sqlite:///").partition("?")[0])
    if not db.startswith("sqlite:///") or not place.is_file() or not place.stat().st_size:
        return
    try:
        with closing(sqlite3.connect(f"{place.resolve().as_uri()}?mode=ro", uri=True)) as held:
            tables = {name for (name,) in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error:
        tables = {"none that can be read"}
    if tables and not NBGRADERS <= tables:
        raise ExportError(f"{place} is there already, and it is no database of nbgrader's: it stays as it is. Name another: --db sqlite:///gradebook.db.")


@contextmanager
def alembic_on_path() -> Iterator[None]:
    """The folders of this environment's programs, first on the path for as long as it takes."""
    before = os.environ.get("PATH", "")
    package = importlib.util.find_spec("nbgrader")
    beside = [str(Path(package.origin).parents[1] / "bin")] if package and package.origin else []
    os.environ["PATH"] = os.pathsep.join([*beside, str(Path(sys.executable).parent), before])
    try:
        if shutil.which("alembic") is None:
            # Without it nbgrader would leave a database behind that has tables and no version.
            raise ExportError(f"The program alembic, which nbgrader needs, is not beside {sys.executable}. Install nbgrader again into this environment.")
        yield
    finally:
        os.environ["PATH"] = before


def refuse_other_cells(database: Any, book: Gradebook) -> None:
    """Complain if an assignment with the name of a lesson was made by something else, or of other questions."""
    for assignment in database.assignments:
        asked = book.lessons.get(assignment.name)
        if asked is None:
            continue
        others = [notebook.name for notebook in assignment.notebooks if notebook.name != assignment.name]
        others += [cell.name for notebook in assignment.notebooks for cell in (*notebook.grade_cells, *notebook.task_cells) if cell.name not in asked.columns]
        if others:
            raise ExportError(
                f"The assignment {assignment.name} in that database holds what this gradebook does not ask: {named(others)}. "
                "It was made by something else, or of other questions: name another database."
            )


def prepare(database: Any, lesson: str, most: Mapping[str, float]) -> None:
    """A lesson as an assignment: one notebook, and a cell with its points for each column. A solution cell gives room for a comment."""
    if lesson not in {assignment.name for assignment in database.assignments}:
        database.add_assignment(lesson, course_id=database.course_id)
    database.update_or_create_notebook(lesson, lesson)
    for column, points in most.items():
        # As code, a cell with less than all points would count as one whose tests failed.
        database.update_or_create_grade_cell(column, lesson, lesson, max_score=points, cell_type="markdown")
        database.update_or_create_solution_cell(column, lesson, lesson)


def write_learner(database: Any, book: Gradebook, cells: Mapping[tuple[str, str], str], learner: str, written: Written) -> None:
    """One learner with a submission for each lesson that was handed in."""
    for lesson, asked in book.lessons.items():
        held = submission_of(database, lesson, learner)
        if book.marks[learner, lesson].state == ABSENT:
            written.gone += [f"{learner} ({lesson})"] if held is not None else []
            continue
        submission = held or database.add_submission(lesson, learner)
        written.submissions += 1
        write_cells(database, submission.notebooks[0], {column: cells[learner, column] for column in asked.columns}, f"{learner} ({lesson})", written)


def shown_progress(learners: list[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """The learners with a progress bar, if a terminal is watching and tqdm is installed: a large class takes half a minute."""
    if not sys.stderr.isatty():
        return learners
    try:
        from tqdm import tqdm
    except ImportError:
        return learners
    return tqdm(learners, desc="learners", unit="", file=sys.stderr, leave=False)


def submission_of(database: Any, lesson: str, learner: str) -> Any:
    """A learner's submission, or None if there is none yet."""
    from nbgrader.api import MissingEntry

    try:
        return database.find_submission(lesson, learner)
    except MissingEntry:
        return None


def write_cells(database: Any, notebook: Any, cells: Mapping[str, str], where: str, written: Written) -> None:
    """The scores and comments of one submission. What a person wrote in nbgrader stays, and stands over them."""
    complete(database, notebook)
    grades = {grade.name: grade for grade in notebook.grades}
    comments = {comment.name: comment for comment in notebook.comments}
    for column, cell in cells.items():
        grade = grades[column]
        points = None if cell in ("needs a person", "malformed") else 0.0 if cell == "unanswered" else float(cell.replace(",", "."))
        grade.auto_score = points
        comments[column].auto_comment = SAID.get(cell)
        written.scores += points is not None
        if grade.manual_score is None:
            grade.needs_manual_grade = points is None
            written.waiting += points is None
        elif grade.manual_score != points and where not in written.kept:
            written.kept.append(where)


def complete(database: Any, notebook: Any) -> None:
    """Give a submission that is older than one of the cells its places for that cell's score and comment."""
    from nbgrader.api import Comment, Grade

    for kind, held, cells in ((Grade, notebook.grades, notebook.notebook.grade_cells), (Comment, notebook.comments, notebook.notebook.solution_cells)):
        there = {one.cell_id for one in held}
        for cell in cells:
            if cell.id not in there:
                database.db.add(kind(cell_id=cell.id, notebook=notebook))
    database.db.flush()
    for one in (*notebook.grades, *notebook.comments):
        if one.cell is None:
            database.db.refresh(one)


def check(database: Any, book: Gradebook, cells: Mapping[tuple[str, str], str]) -> None:
    """Read every score again and compare it with the gradebook's; those under a mark by hand are the person's own."""
    database.db.expire_all()
    for (learner, lesson), mark in book.marks.items():
        submission = submission_of(database, lesson, learner) if mark.state != ABSENT else None
        if mark.state != ABSENT and submission is None:
            raise ExportError(f"nbgrader has no submission of {learner} for {lesson} after writing one. Try again, with a new database.")
        for grade in submission.notebooks[0].grades if submission else ():
            ours = cells[learner, grade.name]
            points = float(ours.replace(",", ".")) if ours not in SAID else 0.0
            if grade.manual_score is None and abs((grade.score or 0.0) - (grade.extra_credit or 0.0) - points) > 1e-6:
                raise ExportError(f"nbgrader shows {grade.score:g} for {learner}, {grade.name}, where the gradebook has {ours}. Try again, with a new database.")


def told(written: Written, book: Gradebook, db: str) -> list[str]:
    """What is in the database now."""
    first = f"{counted(written.scores, 'score')} of {counted(written.submissions, 'submission')} in {counted(len(book.lessons), 'assignment')} are in {db}, read again and the same as in gradebook.csv."
    lines = [first, "What was not handed in has no submission there; what was not answered, could not be read or waits for a person says so in a comment."]
    if written.added:
        lines.append(f"nbgrader did not know these students, so they were added; if it knows them by another id, use that one in your roster: {named(written.added)}.")
    if written.waiting:
        lines.append(f"{counted(written.waiting, 'answer')} wait for a person there, too: without points until then.")
    if written.kept:
        lines.append(f"Marks by hand in nbgrader were kept where ours differ: {named(written.kept)}.")
    if written.gone:
        lines.append(f"These have a submission there from before and none here; it was left as it is: {named(written.gone)}.")
    commas = [learner for learner, name in book.names.items() if "," in learner + name]
    if commas:
        lines.append(f"`nbgrader export` puts no quotation marks around names, so a comma shifts its columns: {named(commas)}.")
    return lines
