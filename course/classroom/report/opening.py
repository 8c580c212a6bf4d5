"""A class's report: written into a folder, or opened in a notebook section by section."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from course.classroom.grading import Classroom, open_class
from course.classroom.hand_marks import GradingError
from course.classroom.report.figures import class_figures
from course.classroom.results.foreign import refuse_foreign_pages, refuse_foreign_tables
from course.handin.writing import replace_file
from course.messages import counted
from course.reports import csv_bytes
from course.reports.class_report import ClassFigures
from course.reports.class_report.page import SECTIONS, report_page, report_piece
from course.reports.class_report.tables import tables


@dataclass(frozen=True)
class Piece:
    """One section of a report, as a notebook shows it."""

    figures: ClassFigures
    name: str = ""

    def _repr_html_(self) -> str:
        return str(report_piece(self.figures, self.name))

    def __repr__(self) -> str:
        title = next((one.title for one in SECTIONS if one.id == self.name), "What do I do on Monday?")
        return f"{title}: open this notebook in JupyterLab to see it, or write the page with report.write(folder)."


@dataclass(frozen=True)
class ClassReport:
    """The report of a class. Shown by itself it says what to do on Monday; each method is a section.

    `write` makes report.html and the folder tables.
    """

    figures: ClassFigures

    def article(self) -> Piece:
        """The article with every clause coloured by how the class read it, and the three clauses that split it."""
        return Piece(self.figures, "article")

    def passages(self) -> Piece:
        """Every test and passage in the same way, each in a fold."""
        return Piece(self.figures, "passages")

    def items(self) -> Piece:
        """Each question that counts: how easy, whether it goes with the rest, what was chosen, what to look at."""
        return Piece(replace(self.figures, items=tuple(item for item in self.figures.items if not item.practice)), "items")

    def practice(self) -> Piece:
        """The same of the first answers to practice questions."""
        practice = tuple(item for item in self.figures.items if item.practice)
        return Piece(replace(self.figures, items=practice, reliability=(), clauses=()), "items")

    def agreement(self) -> Piece:
        """How far the class agreed, and how well it tells editorializing from reporting."""
        return Piece(self.figures, "agreement")

    def growth(self) -> Piece:
        """From first test to last, by form."""
        return Piece(self.figures, "growth")

    def confidence(self) -> Piece:
        """Being sure, and being right."""
        return Piece(self.figures, "confidence")

    def talking(self) -> Piece:
        """Answers before and after talking."""
        return Piece(self.figures, "talking")

    def people(self) -> Piece:
        """Hand-ins and answers without points, in counts."""
        return Piece(self.figures, "people")

    def write(self, out: Path | str) -> Path:
        """Write the page and its tables into a folder; returns the page's place. Raises `GradingError` if a file there is none of ours."""
        out, made = Path(out), list(tables(self.figures))
        try:
            refuse_foreign_tables(out, {f"tables/{table.name}.csv": table.header[:2] for table in made})
            refuse_foreign_pages([out / "report.html"], is_report_page)
            for table in made:
                replace_file(out / "tables" / f"{table.name}.csv", csv_bytes(table.header, table.rows))
            replace_file(out / "report.html", report_page(self.figures).encode("utf-8", "replace"))
        except OSError as error:
            raise GradingError(f"{out} can't be written ({error.strerror}). Close files of it that are open elsewhere, or name another folder.") from error
        return out / "report.html"

    def _repr_html_(self) -> str:
        return str(report_piece(self.figures))

    def __repr__(self) -> str:
        return f"The report of a class of {counted(self.figures.learners, 'learner')}: open this notebook in JupyterLab to see it, or write the page with report.write(folder)."


def is_report_page(contents: bytes) -> bool:
    """Whether a file is a report of a class that this kit has made."""
    head, found, _ = contents.partition(b"<body")
    return bool(found) and b'content="Says Who? class report"' in head


@dataclass(frozen=True)
class Written:
    """What writing a report did; printed, it is a sentence."""

    handins: int
    learners: int
    page: Path

    def __str__(self) -> str:
        told = f"{counted(self.handins, 'hand-in')} of {counted(self.learners, 'learner')}"
        return f"{told}: open {self.page} in a browser; its tables lie in {self.page.parent / 'tables'}."


def open_report(
    handins: Path | str, roster: Path | str | None = None, *, marks: Path | str | None = None, keys: Path | str | None = None, names: bool = False
) -> ClassReport:
    """Grade a class and work out its report. Learners' names are in it only with `names=True`."""
    return report_of(open_class(handins, roster, marks=marks, keys=keys), names=names)


def report_of(classroom: Classroom, *, names: bool = False) -> ClassReport:
    """The report of a class that is graded already: nothing that was scored is scored again."""
    return ClassReport(class_figures(classroom, names=names))


def write_report(
    handins: Path | str, roster: Path | str | None, out: Path | str, *, marks: Path | str | None = None, keys: Path | str | None = None, names: bool = False,
    due: Path | str | None = None, in_time_only: bool = False,
) -> Written:
    """Write a class's report into a folder, and tell what was read and where it is."""
    classroom = open_class(handins, roster, marks=marks, keys=keys, leave_out=[Path(out)], due=due, in_time_only=in_time_only)
    return Written(classroom.handins, len(classroom.roster), report_of(classroom, names=names).write(out))
