"""`sayswho`: the commands of an instructor. They parse arguments; the work is done elsewhere. A file here is a command."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Sequence

from course import __version__
from course.cli import challenges, check, export, grade, marks, pack, paper, regrade, release, report, return_, simulate
from course.messages.errors import ToldError

EXAMPLES = """examples:
  sayswho check                                           are the questions and their keys in order?
  sayswho pack new my-pack --example                      spreadsheets for a passage of your own
  sayswho release --out for-my-class                      a copy for a class, without the graded keys
  sayswho paper print --lessons 1 2 --out sheets          sheets to print, for those without a device
  sayswho grade handins --roster roster.csv --out graded  gradebook.csv, problems.csv, feedback pages
  sayswho grade data/example_class --roster data/example_class/roster.csv --out graded
                                                          the same with an invented class
  sayswho report handins --roster roster.csv --out report what the class split on, and what to do on Monday
  sayswho simulate --out invented --seed 7                another invented class

`sayswho grade --help` says more about one of them."""
# In the order in which a term needs them.
COMMANDS = (
    check,
    pack,
    release,
    paper,
    grade,
    marks,
    challenges,
    regrade,
    report,
    return_,
    export,
    simulate,
)


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
        return chosen.run(chosen)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (OSError, UnicodeEncodeError) as error:
        print(in_the_way(error), file=sys.stderr)
        return 1
    except ToldError as error:
        print(error, file=sys.stderr)
        return 1


def sayswho(line: str) -> None:
    """Run one command from a notebook, written as in a terminal: `sayswho("pack new my-pack")`."""
    main(shlex.split(line))


def in_the_way(error: OSError | UnicodeEncodeError) -> str:
    """What the system would not do with a file, as a sentence: a name too long, a full disk, no right to read or write."""
    if isinstance(error, UnicodeEncodeError):
        return "A name has letters in it that can't be written. Give the file or folder a name of ordinary letters."
    where = f"{error.filename or 'A file'} can't be read or written ({error.strerror or error})."
    return f"{where} Check the name, your rights and the room on the disk, or name another folder."


def build_parser() -> argparse.ArgumentParser:
    """The commands with their options."""
    parser = argparse.ArgumentParser(
        prog="sayswho", description="Says Who?: teach and grade the lessons on reporting and editorializing.", epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"sayswho {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for command in COMMANDS:
        command.add(commands)
    return parser
