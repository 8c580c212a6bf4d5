"""`sayswho export canvas`: grades for Canvas's gradebook."""

from __future__ import annotations

import argparse

from course.cli.export.gradebooks import add_gradebook, wanted_of

TEMPLATE = "the gradebook as Canvas exports it: Grades, Export"
COLUMN = "which column of Canvas a lesson fills: '01=Who is speaking (123)'; a title without a number that Canvas lacks makes a new assignment"


def add(systems: argparse._SubParsersAction) -> None:
    """The options."""
    add_gradebook(systems, "canvas", "grades for the import of Canvas's gradebook", TEMPLATE, COLUMN, run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho export canvas`"""
    from course.exports import export_canvas

    print(export_canvas(chosen.template, wanted_of(chosen), chosen.out))
    return 0
