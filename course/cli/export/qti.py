"""`sayswho export qti`: questions for Canvas quizzes, as a zip of QTI 1.2."""

from __future__ import annotations

import argparse

from course.cli.export.questions import add_questions, asking_of


def add(systems: argparse._SubParsersAction) -> None:
    """The options."""
    add_questions(systems, "qti", "questions for Canvas quizzes, as a zip of QTI 1.2", "the new file, such as quizzes.zip", run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho export qti`"""
    from course.exports import export_qti

    print(export_qti(asking_of(chosen), chosen.out))
    return 0
