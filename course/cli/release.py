"""`sayswho release`: make a copy for a class."""

from __future__ import annotations

import argparse
from pathlib import Path

from course.cli.keys import OneFolder


def add(commands: argparse._SubParsersAction) -> None:
    """The command and its options."""
    parser = commands.add_parser("release", help="make a copy for a class, without the graded keys")
    parser.add_argument("--out", type=Path, metavar="DIR|ZIP", required=True, help="a new or empty folder; or a new file that ends in .zip")
    parser.add_argument("--lessons", nargs="+", metavar="LESSON", help="some lessons only, by number or id")
    parser.add_argument("--make-up", action="store_true", help="with the second set of the questions that count, for work that is made up")
    parser.add_argument("--slot", action="append", default=[], metavar="SLOT=CHOICE", help="one question for the whole class, by its slot and its id")
    parser.add_argument("--keys", type=Path, action=OneFolder, metavar="DIR", help="your own pack: its passages go along, its keys do not")
    parser.add_argument("--self-study", action="store_true", help="a copy with all keys, for people without a teacher")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho release`"""
    from course.release import make_release

    made = make_release(chosen.out, lessons=chosen.lessons, self_study=chosen.self_study, make_up=chosen.make_up, slots=chosen.slot, keys=chosen.keys)
    told = "with all keys, for learning alone" if chosen.self_study else "without the graded keys; every file was read again and searched for them"
    print(f"{made.path} is ready: {told}. Its README.md says how to open the first lesson.\n{made}")
    return 0
