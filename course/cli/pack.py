"""`sayswho pack`: an instructor's own passages."""

from __future__ import annotations

import argparse
from pathlib import Path

NEW_HELP = "a new folder outside the kit, with spreadsheets to fill in and a README.txt"


def add(commands: argparse._SubParsersAction) -> None:
    """The command with its three steps."""
    parser = commands.add_parser("pack", help="passages of your own: make a pack, check it, try it out")
    parser.set_defaults(run=lambda chosen: parser.print_help() or 0)
    steps = parser.add_subparsers(dest="step", metavar="STEP", title="steps")
    new = steps.add_parser("new", help=NEW_HELP)
    new.add_argument("folder", type=Path, metavar="DIR", help=NEW_HELP)
    new.add_argument("--example", action="store_true", help="with a passage of eight clauses and its key, to begin from")
    new.add_argument("--fills", default="", metavar="SLOT", help="the place in the course that the passage goes into; judged-01 if left out")
    new.add_argument("--lesson", default="", metavar="LESSON", help="instead: a lesson of its own, such as 20_paper_boats")
    new.add_argument("--semicolons", action="store_true", help="semicolons between the cells, for Excel where the comma is the decimal point")
    new.set_defaults(run=run_new)
    check = steps.add_parser("check", help="say what is in the way, and write the pack so that --keys takes it")
    check.add_argument("folder", type=Path, metavar="DIR", help="the folder with the spreadsheets")
    check.set_defaults(run=run_check)
    show = steps.add_parser("show", help="check it, and make a notebook and a page in it that show the pack")
    show.add_argument("folder", type=Path, metavar="DIR", help="the folder with the spreadsheets")
    show.set_defaults(run=run_show)


def run_new(chosen: argparse.Namespace) -> int:
    """`sayswho pack new`"""
    from course.packs.starting import new_pack

    made = new_pack(chosen.folder, with_example=chosen.example, fills=chosen.fills, lesson=chosen.lesson, semicolons=chosen.semicolons)
    todo = "Change what you like" if chosen.example else "Fill in pack.csv, passage.csv and key.csv"
    print(f"{made} is ready. {todo}; README.txt says what each column means. Then run: sayswho pack check {made}")
    return 0


def run_check(chosen: argparse.Namespace) -> int:
    """`sayswho pack check`"""
    from course.packs.checking import check_pack

    checked = check_pack(chosen.folder)
    print(checked)
    return 0 if checked.report.passes else 1


def run_show(chosen: argparse.Namespace) -> int:
    """`sayswho pack show`"""
    from course.packs.showing import show_pack

    print(show_pack(chosen.folder))
    return 0
