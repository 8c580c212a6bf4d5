"""`sayswho export moodle`: grades for a Moodle assignment, or for Moodle's gradebook."""

from __future__ import annotations

import argparse

from course.cli.export.gradebooks import add_gradebook, wanted_of

SUMMARY = "grades for Moodle: the grading worksheet of one assignment, or a table for the import into the gradebook"
TEMPLATE = "the grading worksheet as Moodle hands it out (then with one --lesson), or the list of participants or the grades export"
COLUMN = "what the column of a lesson is called in the table for the gradebook: '01=Who is speaking'"


def add(systems: argparse._SubParsersAction) -> None:
    """The options."""
    parser = add_gradebook(systems, "moodle", SUMMARY, TEMPLATE, COLUMN, run)
    parser.add_argument("--comment", metavar="TEXT", default="", help="in a worksheet, a comment where there is none yet and a grade is written")


def run(chosen: argparse.Namespace) -> int:
    """`sayswho export moodle`"""
    from course.exports import export_moodle

    print(export_moodle(chosen.template, wanted_of(chosen), chosen.out, comment=chosen.comment))
    return 0
