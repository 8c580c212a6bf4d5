"""`sayswho report`: the picture of a class."""

from __future__ import annotations

import argparse
from pathlib import Path

from course.cli.grade import MARKS_HELP
from course.cli.keys import OneFolder


def add(commands: argparse._SubParsersAction) -> None:
    """The command and its options."""
    parser = commands.add_parser("report", help="draw the picture of a class: what it split on, and what to do on Monday")
    parser.add_argument("handins", type=Path, metavar="HANDINS", help="the folder, the zip or the file with what learners handed in")
    parser.add_argument("--roster", type=Path, metavar="CSV", help="who is in the class: learner,name; without it, whoever handed in")
    parser.add_argument("--out", type=Path, metavar="DIR", required=True, help="where report.html and tables/ go")
    parser.add_argument("--marks", type=Path, metavar="CSV", help=MARKS_HELP)
    parser.add_argument("--keys", type=Path, action=OneFolder, metavar="DIR", help="your own keys, questions and texts, laid over the kit's")
    parser.add_argument("--names", action="store_true", help="list on the page who chose what, by name; without it ids stand in tables/ only")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho report`"""
    from course.classroom.report import write_report

    written = write_report(chosen.handins, chosen.roster, chosen.out, marks=chosen.marks, keys=chosen.keys, names=chosen.names)
    print(written)
    return 0 if written.handins else 1
