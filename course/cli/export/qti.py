"""`sayswho export qti`: questions as a zip of QTI: version 1.2 as Canvas takes it, or 2.1 for other platforms."""

from __future__ import annotations

import argparse

from course.cli.export.questions import add_questions, asking_of

SUMMARY = "questions as a zip of QTI: 1.2 for Canvas quizzes, or 2.1 for platforms that read that"
VERSION = "1.2 is for Canvas quizzes (the default); 2.1 is for TAO, Canvas New Quizzes and others that read that version"


def add(systems: argparse._SubParsersAction) -> None:
    """The options."""
    parser = add_questions(systems, "qti", SUMMARY, "the new file, such as quizzes.zip", run)
    parser.add_argument("--version", choices=("1.2", "2.1"), default="1.2", help=VERSION)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho export qti`"""
    from course.exports import export_qti, export_qti21

    export = export_qti21 if chosen.version == "2.1" else export_qti
    print(export(asking_of(chosen), chosen.out))
    return 0
