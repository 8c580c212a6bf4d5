"""`sayswho simulate`: invent a class."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add(commands: argparse._SubParsersAction) -> None:
    """The command and its options."""
    parser = commands.add_parser("simulate", help="invent a class that has handed in every lesson")
    parser.add_argument("--out", type=Path, metavar="DIR", required=True, help="where the hand-ins and roster.csv go")
    parser.add_argument("--seed", type=int, default=2023, metavar="N", help="the same number makes the same class (2023)")
    parser.add_argument("--learners", type=int, default=44, metavar="N", help="how many learners (44)")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho simulate`"""
    try:
        from course.simulate import simulate
    except ModuleNotFoundError:
        print("This copy was made for a class and can't invent one. Use a checkout of the kit.", file=sys.stderr)
        return 1

    if chosen.learners < 1:
        print(f"A class has at least 1 learner, and --learners is {chosen.learners}.", file=sys.stderr)
        return 1
    if chosen.out.is_file():
        print(f"{chosen.out} is a file. Name a folder for the class: --out DIR.", file=sys.stderr)
        return 1
    files = simulate(chosen.out, chosen.seed, learners=chosen.learners)
    print(f"{chosen.out} holds an invented class: {len(files) - 1} hand-ins of {chosen.learners} learners, and roster.csv.")
    return 0
