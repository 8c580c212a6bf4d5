"""`sayswho`: check the content, grade a class, make a release, invent a class. It parses arguments; the work is done elsewhere."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from course import __version__

EXAMPLES = """examples:
  sayswho check                                           are the questions and their keys in order?
  sayswho release --out for-my-class                      a copy for a class, without the graded keys
  sayswho grade handins --roster roster.csv --out graded  gradebook.csv, problems.csv, feedback pages
  sayswho grade data/example_class --roster data/example_class/roster.csv --out graded
                                                          the same with an invented class
  sayswho simulate --out invented --seed 7                another invented class

`sayswho grade --help` says more about one of them."""
MARKS_HELP = "a table of what a person marked: learner,item,criterion,level,comment,marker; it is read and never changed"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 something to mend, 2 not understood, 130 stopped by hand."""
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a letter of somebody's name shows a question mark instead of failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    parser = build_parser()
    chosen = parser.parse_args(arguments)
    if chosen.command is None:
        parser.print_help()
        return 0
    try:
        return COMMANDS[chosen.command](chosen)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if not is_told(error):
            raise
        print(error, file=sys.stderr)
        return 1


def is_told(error: Exception) -> bool:
    """Whether an error is one of the kit's own, whose text is a sentence for people; any other is a bug and shows where it is."""
    return type(error).__module__.startswith("course.")


def build_parser() -> argparse.ArgumentParser:
    """The commands with their options."""
    parser = argparse.ArgumentParser(
        prog="sayswho", description="Says Who?: teach and grade the lessons on reporting and editorializing.", epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"sayswho {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    check = commands.add_parser("check", help="check the questions, the keys and the notebooks, and print the figures")
    check.add_argument("--data", type=Path, metavar="DIR", help="the data folder, if it is not the kit's own")
    check.add_argument("--notebooks", type=Path, metavar="DIR", help="the notebooks, if they do not stand beside the data folder")

    grade = commands.add_parser("grade", help="grade the hand-ins of a class")
    grade.add_argument("handins", type=Path, metavar="HANDINS", help="the folder, the zip or the file with what learners handed in")
    grade.add_argument("--roster", type=Path, metavar="CSV", help="who is in the class: learner,name; without it, whoever handed in")
    grade.add_argument("--out", type=Path, metavar="DIR", required=True, help="where gradebook.csv, problems.csv and feedback/ go")
    grade.add_argument("--marks", type=Path, metavar="CSV", help=MARKS_HELP)
    grade.add_argument("--keys", type=Path, metavar="DIR", help="your own keys, questions and texts, laid over the kit's")

    release = commands.add_parser("release", help="make a copy for a class, without the graded keys")
    release.add_argument("--out", type=Path, metavar="DIR", required=True, help="a new or empty folder")
    release.add_argument("--lessons", nargs="+", metavar="LESSON", help="some lessons only, by number or id")
    release.add_argument("--make-up", action="store_true", help="with the second set of the questions that count, for work that is made up")
    release.add_argument("--slot", action="append", default=[], metavar="SLOT=CHOICE", help="one question for the whole class, by its slot and its id")
    release.add_argument("--self-study", action="store_true", help="a copy with all keys, for people without a teacher")

    simulate = commands.add_parser("simulate", help="invent a class that has handed in every lesson")
    simulate.add_argument("--out", type=Path, metavar="DIR", required=True, help="where the hand-ins and roster.csv go")
    simulate.add_argument("--seed", type=int, default=2023, metavar="N", help="the same number makes the same class (2023)")
    simulate.add_argument("--learners", type=int, default=44, metavar="N", help="how many learners (44)")
    return parser


def run_check(chosen: argparse.Namespace) -> int:
    """`sayswho check`"""
    from course.check import run

    return run(chosen.data, chosen.notebooks)


def run_grade(chosen: argparse.Namespace) -> int:
    """`sayswho grade`"""
    from course.classroom import grade

    summary = grade(chosen.handins, chosen.roster, chosen.out, marks=chosen.marks, keys=chosen.keys)
    print(summary)
    return 0 if summary.handins else 1


def run_release(chosen: argparse.Namespace) -> int:
    """`sayswho release`"""
    from course.release import release

    made = release(chosen.out, lessons=chosen.lessons, self_study=chosen.self_study, make_up=chosen.make_up, slots=chosen.slot)
    told = "with all keys, for learning alone" if chosen.self_study else "without the graded keys; every file was read again and searched for them"
    print(f"{made} is ready: {told}. Its README.md says how to open the first lesson.")
    return 0


def run_simulate(chosen: argparse.Namespace) -> int:
    """`sayswho simulate`"""
    try:
        from course.simulate import simulate
    except ModuleNotFoundError:
        print("This copy was made for a class and can't invent one. Use a checkout of the kit.", file=sys.stderr)
        return 1

    files = simulate(chosen.out, chosen.seed, learners=chosen.learners)
    print(f"{chosen.out} holds an invented class: {len(files) - 1} hand-ins of {chosen.learners} learners, and roster.csv.")
    return 0


COMMANDS = {"check": run_check, "grade": run_grade, "release": run_release, "simulate": run_simulate}
