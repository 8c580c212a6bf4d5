"""`sayswho grade`: grade a class."""

from __future__ import annotations

import argparse
from pathlib import Path

from course.cli.keys import OneFolder

HANDINS_HELP = "what learners handed in: a folder, a file, the zip that Canvas, Moodle or Blackboard hands out, or a folder of such zips"
ROSTER_HELP = (
    "who is in the class: a table learner,name, the gradebook export of Canvas or Blackboard, or the participants of Moodle; without it, whoever handed in"
)
MARKS_HELP = "a table of what a person marked: learner,item,criterion,level,comment,marker; it is read and never changed"


def add(commands: argparse._SubParsersAction) -> None:
    """The command and its options."""
    parser = commands.add_parser("grade", help="grade the hand-ins of a class")
    parser.add_argument("handins", type=Path, metavar="HANDINS", help=HANDINS_HELP)
    parser.add_argument("--roster", type=Path, metavar="CSV", help=ROSTER_HELP)
    parser.add_argument("--out", type=Path, metavar="DIR", required=True, help="where gradebook.csv, problems.csv, collected.csv and feedback/ go")
    parser.add_argument("--marks", type=Path, metavar="CSV", help=MARKS_HELP)
    parser.add_argument("--keys", type=Path, action=OneFolder, metavar="DIR", help="your own keys, questions and texts, laid over the kit's")
    parser.add_argument("--anew", action="store_true", help="go on even if results in --out lose lessons, marks or keys that are not given now")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho grade`"""
    from course.classroom import grade

    summary = grade(chosen.handins, chosen.roster, chosen.out, marks=chosen.marks, keys=chosen.keys, anew=chosen.anew)
    print(summary)
    return 0 if summary.handins else 1
