"""What the exports of questions ask alike on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from course.cli.keys import OneFolder

KEYS_HELP = "your own keys, questions and texts, laid over the kit's"


def add_questions(systems: argparse._SubParsersAction, name: str, summary: str, out: str, run: Any) -> argparse.ArgumentParser:
    """A parser with the options that every export of questions has."""
    parser = systems.add_parser(name, help=summary, description=f"{summary}. The file holds the right answers.")
    parser.add_argument("--lessons", nargs="+", metavar="LESSON", default=[], help="some lessons only, by number or id")
    parser.add_argument("--out", type=Path, metavar="FILE", required=True, help=out)
    parser.add_argument("--keys", type=Path, action=OneFolder, metavar="DIR", help=KEYS_HELP)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--practice", dest="which", action="store_const", const="practice", default="counting", help="practice instead of what counts")
    which.add_argument("--all", dest="which", action="store_const", const="both", help="practice and what counts")
    parser.set_defaults(run=run)
    return parser


def asking_of(chosen: argparse.Namespace) -> Any:
    """What was chosen, as the exports take it."""
    from course.classroom import load_catalogue
    from course.exports.questions import Asking, chosen_lessons

    catalogue = load_catalogue(None, chosen.keys)
    return Asking(chosen_lessons(catalogue.lessons, chosen.lessons), catalogue.keys, catalogue.texts, chosen.which, lambda item: item.id in catalogue.counted)
