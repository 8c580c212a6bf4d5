"""The steps of the nbgrader test that need nbgrader itself, in one Python that finds it: `python -m tests.nbgrader_steps FOLDER`.

It prints what nbgrader's own gradebook holds after each step, as JSON on its last line.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

from course.classroom import load_catalogue
from course.exports import ExportError, export_nbgrader


def main(folder: Path) -> dict:
    """Export, mark by hand as formgrader does, grade otherwise, export again; then try what must be refused."""
    from nbgrader.api import Gradebook

    catalogue = load_catalogue()
    url = f"sqlite:///{folder / 'gradebook.db'}"
    export_fewer(folder / "fewer", catalogue, url)
    found = {"told": export_nbgrader(folder / "first", catalogue.lessons, catalogue.columns, url, "news101")}
    with Gradebook(url, "news101") as gradebook:
        found["first"] = state(gradebook)
        mark(gradebook, "cara", "05_headline_and_lede", "twelve-words", 2.0, "Carried by the body.")
        mark(gradebook, "ann", "01_who_is_speaking", "owner-03", 0.5, "")
    found["told again"] = export_nbgrader(folder / "second", catalogue.lessons, catalogue.columns, url, "news101")
    with Gradebook(url, "news101") as gradebook:
        found["second"] = state(gradebook)
        gradebook.add_notebook("problem1", "05_headline_and_lede")
    found["refused"] = [complaint(folder / "first", catalogue, one) for one in (url, f"sqlite:///{folder / 'no' / 'such' / 'folder.db'}", "gradebook.db")]
    with Gradebook(url, "news101") as gradebook:
        gradebook.remove_notebook("problem1", "05_headline_and_lede")
        found["after"] = state(gradebook)
    return found


def export_fewer(folder: Path, catalogue: SimpleNamespace, url: str) -> None:
    """An export of Ann's first lesson from before it had its last column."""
    lesson = "01_who_is_speaking"
    fewer = catalogue.columns[lesson][:-1]
    header = ",".join(["learner", "name", *(column.id for column in fewer), f"{lesson} total", "total", "out_of", "needs_a_person", "problems"])
    row = ",".join(["ann", "Ann", *("1" for _ in fewer), str(len(fewer)), str(len(fewer)), f"{sum(column.max for column in fewer):g}", "0", "0"])
    folder.mkdir()
    (folder / "gradebook.csv").write_text(f"{header}\n{row}\n", "utf-8")
    export_nbgrader(folder, {lesson: SimpleNamespace(title="")}, {lesson: fewer}, url)


def state(gradebook: object) -> dict:
    """Every score and comment, as nbgrader shows them, and what it says of each submission."""
    shown = {}
    for assignment in gradebook.assignments:
        for submission in assignment.submissions:
            notebook = submission.notebooks[0]
            comments = {comment.name: comment.comment for comment in notebook.comments}
            cells = {
                grade.name: [grade.score, grade.max_score, grade.auto_score, grade.manual_score, grade.needs_manual_grade, bool(grade.failed_tests), comments[grade.name]]
                for grade in notebook.grades
            }
            shown[f"{submission.student.id} {assignment.name}"] = {"score": submission.score, "max": submission.max_score, "cells": cells}
    return shown


def mark(gradebook: object, learner: str, lesson: str, column: str, points: float, comment: str) -> None:
    """A mark by hand, as formgrader writes it."""
    grade = gradebook.find_grade(column, lesson, lesson, learner)
    grade.manual_score, grade.needs_manual_grade = points, False
    gradebook.find_comment(column, lesson, lesson, learner).manual_comment = comment or None
    gradebook.db.commit()


def complaint(graded: Path, catalogue: SimpleNamespace, url: str) -> str:
    """What an export says that can't be made."""
    try:
        return export_nbgrader(graded, catalogue.lessons, catalogue.columns, url)
    except ExportError as error:
        return str(error)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
