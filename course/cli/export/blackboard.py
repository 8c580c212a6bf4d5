"""`sayswho export blackboard`: grades for Blackboard's grade center."""

from __future__ import annotations

import argparse

from course.cli.export.gradebooks import add_gradebook, wanted_of

TEMPLATE = "the gradebook as Blackboard downloads it: Work offline, Download"
COLUMN = "which column of Blackboard a lesson fills: '01=Who is speaking', or its number '01=664617'"


def add(systems: argparse._SubParsersAction) -> None:
    """The options."""
    add_gradebook(systems, "blackboard", "grades for the upload to Blackboard's gradebook", TEMPLATE, COLUMN, run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho export blackboard`"""
    from course.exports import export_blackboard

    print(export_blackboard(chosen.template, wanted_of(chosen), chosen.out))
    return 0
