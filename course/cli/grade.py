"""`sayswho grade`: grade a class."""

from __future__ import annotations

import argparse

from course.cli.of_class import add_class


def add(commands: argparse._SubParsersAction) -> None:
    """The command and its options."""
    parser = commands.add_parser("grade", help="grade the hand-ins of a class")
    add_class(parser, out="where gradebook.csv, problems.csv, collected.csv and feedback/ go")
    parser.add_argument("--anew", action="store_true", help="go on even if results in --out lose lessons, marks, keys or a deadline that are not given now")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho grade`"""
    from course.classroom import grade

    summary = grade(
        chosen.handins, chosen.roster, chosen.out, marks=chosen.marks, keys=chosen.keys, anew=chosen.anew, due=chosen.due, in_time_only=chosen.in_time_only,
    )
    print(summary)
    return 0 if summary.handins else 1
