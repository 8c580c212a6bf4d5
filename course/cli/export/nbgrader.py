"""`sayswho export nbgrader`: scores for nbgrader's gradebook."""

from __future__ import annotations

import argparse
from pathlib import Path

from course.cli.keys import OneFolder

SUMMARY = "scores for nbgrader's gradebook, one way"
DB = "nbgrader's database, such as sqlite:///gradebook.db; it is made if it is not there"


def add(systems: argparse._SubParsersAction) -> None:
    """The options."""
    parser = systems.add_parser("nbgrader", help=SUMMARY, description=f"{SUMMARY}. What a person marked in nbgrader stays.")
    parser.add_argument("--graded", type=Path, metavar="DIR", required=True, help="what `sayswho grade` wrote")
    parser.add_argument("--db", metavar="URL", required=True, help=DB)
    parser.add_argument("--course", metavar="ID", default="", help="the course in nbgrader to which new assignments belong")
    parser.add_argument("--keys", type=Path, action=OneFolder, metavar="DIR", help="your own keys, questions and texts, if you graded with them")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho export nbgrader`"""
    from course.classroom import load_catalogue
    from course.exports import export_nbgrader

    catalogue = load_catalogue(None, chosen.keys)
    print(export_nbgrader(chosen.graded, catalogue.lessons, catalogue.columns, chosen.db, chosen.course))
    return 0
