"""`sayswho report`: the picture of a class."""

from __future__ import annotations

import argparse

from course.cli.of_class import add_class


def add(commands: argparse._SubParsersAction) -> None:
    """The command and its options."""
    parser = commands.add_parser("report", help="draw the picture of a class: what it split on, and what to do on Monday")
    add_class(parser, out="where report.html and tables/ go")
    parser.add_argument("--names", action="store_true", help="list on the page who chose what, by name; without it ids stand in tables/ only")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho report`"""
    from course.classroom.report import write_report

    written = write_report(
        chosen.handins, chosen.roster, chosen.out, marks=chosen.marks, keys=chosen.keys, names=chosen.names, due=chosen.due, in_time_only=chosen.in_time_only,
    )
    print(written)
    return 0 if written.handins else 1
