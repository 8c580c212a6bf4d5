"""What the three gradebooks ask alike on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from course.cli.keys import OneFolder

KEYS_HELP = "your own keys, questions and texts, if you graded with them"


def add_gradebook(systems: argparse._SubParsersAction, name: str, summary: str, template: str, column: str, run: Any) -> argparse.ArgumentParser:
    """A parser with the options that every gradebook has."""
    parser = systems.add_parser(name, help=summary, description=summary)
    parser.add_argument("--graded", type=Path, metavar="DIR", required=True, help="what `sayswho grade` wrote")
    parser.add_argument("--template", type=Path, metavar="CSV", required=True, help=template)
    parser.add_argument("--out", type=Path, metavar="CSV", required=True, help="the new file, for the import; the template stays as it is")
    parser.add_argument("--roster", type=Path, metavar="CSV", help="who is in the class, with the ids of the platform")
    parser.add_argument("--keys", type=Path, action=OneFolder, metavar="DIR", help=KEYS_HELP)
    scale = parser.add_mutually_exclusive_group()
    scale.add_argument("--points", dest="percent", action="store_false", default=False, help="points as in gradebook.csv (the default)")
    scale.add_argument("--percent", action="store_true", help="the share of the lesson's points: with 100 to be had, a percentage")
    parser.add_argument("--column", action="append", default=[], metavar="LESSON=TITLE", help=column)
    parser.add_argument("--lesson", action="append", default=[], metavar="LESSON", help="this lesson only (may be given again), by number or id")
    parser.add_argument("--excused", action="append", default=[], metavar="WHO", help="LEARNER:LESSON, or a CSV file with learner,lesson")
    parser.add_argument("--with-waiting", action="store_true", help="also totals to which points for a marked answer will still be added")
    parser.set_defaults(run=run)
    return parser


def wanted_of(chosen: argparse.Namespace) -> Any:
    """What was chosen, as the exports take it."""
    from course.classroom import load_catalogue
    from course.exports import Wanted, lessons_asked

    catalogue = load_catalogue(None, chosen.keys)
    return Wanted(
        graded=chosen.graded, lessons=lessons_asked(catalogue.lessons, catalogue.columns), roster=chosen.roster, percent=chosen.percent,
        columns=tuple(chosen.column), only=tuple(chosen.lesson), excused=tuple(chosen.excused), with_waiting=chosen.with_waiting,
    )
