"""`sayswho check`: check the content."""

from __future__ import annotations

import argparse
from pathlib import Path

from course.cli.keys import OneFolder


def add(commands: argparse._SubParsersAction) -> None:
    """The command and its options."""
    parser = commands.add_parser("check", help="check the questions, the keys and the notebooks, and print the figures")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the data folder, if it is not the kit's own")
    parser.add_argument("--notebooks", type=Path, metavar="DIR", help="the notebooks, if they do not stand beside the data folder")
    parser.add_argument("--keys", type=Path, action=OneFolder, metavar="DIR", help="your own pack, laid over the kit's questions")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho check`"""
    from course.check import run as check

    return check(chosen.data, chosen.notebooks, chosen.keys)
