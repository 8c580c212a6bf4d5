"""`sayswho regrade`: grade again after something was accepted or corrected, and say who changed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from course.cli.of_class import add_class

MOST_SHOWN = 20


def add(commands: argparse._SubParsersAction) -> None:
    """The command and its options."""
    parser = commands.add_parser("regrade", help="grade again, and write who changed and a paragraph to announce")
    add_class(parser, out="the folder of the earlier grading; changes.csv and announcement.txt go there too")
    parser.add_argument("--allow-lower", action="store_true", help="write the new scores even where some are lower than before")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho regrade`"""
    from course.classroom.regrade.regrading import LowerScores, regrade

    try:
        done = regrade(
            chosen.handins, chosen.roster, chosen.out, marks=chosen.marks, keys=chosen.keys, allow_lower=chosen.allow_lower, ask=ask if can_ask() else None,
            due=chosen.due, in_time_only=chosen.in_time_only,
        )
    except LowerScores as error:
        if not can_ask():
            show_lowered(error.lowered)
        raise
    print(done)
    return 0 if done.summary.handins else 1


def can_ask() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def ask(lowered: Sequence[object]) -> bool:
    """List the scores that would fall, and ask whether that is meant."""
    show_lowered(lowered)
    return input("These scores would fall. Write them all the same? [y/N] ").strip().lower() in ("y", "yes")


def show_lowered(lowered: Sequence[object]) -> None:
    """The scores that would fall, one a line."""
    for one in lowered[:MOST_SHOWN]:
        print(f"{one.learner}: {one.item} {one.before} → {one.after or 'nothing'} ({one.why})")
    if len(lowered) > MOST_SHOWN:
        print(f"and {len(lowered) - MOST_SHOWN} more")
