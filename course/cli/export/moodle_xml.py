"""`sayswho export moodle-xml`: questions for Moodle's question bank, as Moodle XML."""

from __future__ import annotations

import argparse

from course.cli.export.questions import add_questions, asking_of


def add(systems: argparse._SubParsersAction) -> None:
    """The options."""
    add_questions(systems, "moodle-xml", "questions for Moodle's question bank, as Moodle XML", "the new file, such as questions.xml", run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho export moodle-xml`"""
    from course.exports import export_moodle_xml

    print(export_moodle_xml(asking_of(chosen), chosen.out))
    return 0
