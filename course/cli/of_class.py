"""The options of every command that reads a class: its hand-ins, its roster, the marks and the keys."""

from __future__ import annotations

import argparse
from pathlib import Path

from course.cli.keys import OneFolder

HANDINS_HELP = "what learners handed in: a folder, a file, the zip that Canvas, Moodle or Blackboard hands out, or a folder of such zips"
ROSTER_HELP = (
    "who is in the class: a table learner,name, the gradebook export of Canvas or Blackboard, or the participants of Moodle; without it, whoever handed in"
)
MARKS_HELP = "a table of what a person marked: learner,item,criterion,level,comment,marker; it is read and never changed"
DUE_HELP = (
    "the deadline, such as 2026-11-29T23:59 (a day alone lasts until its end), or a table learner,lesson,due with extensions; late work is told and costs nothing. "
    "A platform's clock is taken to show the time of the same place"
)
IN_TIME_HELP = "of several attempts the newest that came in time counts, if there is one; without this the newest counts"
KEYS_HELP = "your own keys, questions and texts, laid over the kit's"


def add_class(parser: argparse.ArgumentParser, *, out: str) -> None:
    """Ask for the hand-ins and, with options, for what goes with them; `out` says what is written where."""
    parser.add_argument("handins", type=Path, metavar="HANDINS", help=HANDINS_HELP)
    parser.add_argument("--roster", type=Path, metavar="CSV", help=ROSTER_HELP)
    parser.add_argument("--out", type=Path, metavar="DIR", required=True, help=out)
    parser.add_argument("--marks", type=Path, metavar="CSV", help=MARKS_HELP)
    parser.add_argument("--keys", type=Path, action=OneFolder, metavar="DIR", help=KEYS_HELP)
    add_deadline(parser)


def add_deadline(parser: argparse.ArgumentParser) -> None:
    """Ask until when hand-ins are in time, and which of several attempts counts."""
    parser.add_argument("--due", metavar="TIME|CSV", help=DUE_HELP)
    parser.add_argument("--in-time-only", action="store_true", help=IN_TIME_HELP)
