"""`sayswho paper`: the course on paper."""

from __future__ import annotations

import argparse
from pathlib import Path

from course.cli.keys import OneFolder

SLOT_HELP = "which question of a slot is printed, such as first-test=first-test-b; the first of each if left out"

TO_TYPE = """Type what stands on the sheet:
  a ticked box        its letter, A or B; where several are ticked, A C
  how sure            G, L or S
  cards in order      the number beside the card
  marked words        the words themselves; two marks of one label: first words | other words
  Nothing to mark     x
  something written   the words or the number
Leave empty what was not answered."""


def add(commands: argparse._SubParsersAction) -> None:
    """The command with its three steps."""
    parser = commands.add_parser("paper", help="sheets to print, a table to type them into, and hand-ins made of it")
    parser.set_defaults(run=lambda chosen: parser.print_help() or 0)
    steps = parser.add_subparsers(dest="step", metavar="STEP", title="steps")
    printed = steps.add_parser("print", help="write a page for each lesson, to print or to save as PDF; no key is on it")
    printed.add_argument("--out", type=Path, metavar="DIR", required=True, help="the folder for the pages")
    printed.add_argument("--large", action="store_true", help="in 20-point letters, one column")
    printed.set_defaults(run=run_print)
    grid = steps.add_parser("grid", help="write the empty table that an assistant types the answers into")
    grid.add_argument("--out", type=Path, metavar="CSV", required=True, help="a new file, such as paper_entry.csv")
    grid.add_argument("--roster", type=Path, metavar="CSV", help="fill in the lines of everybody on paper: learner,name")
    grid.add_argument("--learners", nargs="+", default=[], metavar="LEARNER", help="only their lines, by the ids of the roster")
    grid.set_defaults(run=run_grid)
    for step in (printed, grid):
        step.add_argument("--lessons", nargs="+", default=[], metavar="LESSON", help="some lessons only, by number or id")
        step.add_argument("--slot", action="append", default=[], metavar="SLOT=CHOICE", help=SLOT_HELP)
        step.add_argument("--make-up", action="store_true", help="with the second set of the questions that count")
        step.add_argument("--scored-only", action="store_true", help="without practice")
        step.add_argument("--keys", type=Path, action=OneFolder, metavar="DIR", help="your own questions and texts, laid over the kit's; keys are never printed")
    read = steps.add_parser("read", help="make hand-ins of a table that was filled in")
    read.add_argument("tables", type=Path, nargs="+", metavar="CSV", help="the table or tables")
    read.add_argument("--out", type=Path, metavar="HANDINS", required=True, help="the folder with the hand-ins; the other files in it stay")
    read.add_argument("--roster", type=Path, metavar="CSV", help="who is in the class: learner,name; tells mistyped ids")
    read.add_argument("--keys", type=Path, action=OneFolder, metavar="DIR", help="your own questions and texts, laid over the kit's")
    read.set_defaults(run=run_read)


def run_print(chosen: argparse.Namespace) -> int:
    """`sayswho paper print`"""
    from course.paper import print_packets

    files = print_packets(chosen.out, wanted(chosen), large=chosen.large)
    print(f"{len(files)} page{'' if len(files) == 1 else 's'} in {chosen.out}: {', '.join(file.name for file in files)}. Open each in a browser and print it.")
    return 0


def run_grid(chosen: argparse.Namespace) -> int:
    """`sayswho paper grid`"""
    from course.paper import write_grid

    count = write_grid(chosen.out, wanted(chosen), chosen.roster, chosen.learners)
    print(f"{chosen.out} has {count} lines to fill in, in the column answer. {TO_TYPE}\nThen: sayswho paper read {chosen.out} --out HANDINS")
    if chosen.roster and not chosen.learners:
        print("These are the lines of everybody on the roster. If only some answer on paper, make it for them: --learners ann bo")
    return 0


def run_read(chosen: argparse.Namespace) -> int:
    """`sayswho paper read`"""
    from course.paper import read_entry

    done = read_entry(chosen.tables, chosen.out, roster=chosen.roster, keys=chosen.keys)
    print(done)
    return 0 if done.files and not done.problems else 1


def wanted(chosen: argparse.Namespace):
    """What to print, as the options name it."""
    from course.paper.plan import Wanted

    return Wanted(chosen.lessons, chosen.slot, make_up=chosen.make_up, scored_only=chosen.scored_only, keys=chosen.keys)
