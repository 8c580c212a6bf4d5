"""`sayswho challenges`: what students argued against the key; accept another answer, or keep the key."""

from __future__ import annotations

import argparse
from pathlib import Path

from course.cli.keys import OneFolder
from course.cli.of_class import add_deadline

DECIDE = ("accept", "keep")
USAGE = """sayswho challenges HANDINS [--roster CSV] [--keys DIR] [--out CSV] [--names]
       sayswho challenges accept ITEM [UNIT] ANSWER --reason WHY --pack DIR --by NAME
       sayswho challenges keep ITEM [UNIT] ANSWER [--reason REPLY] --pack DIR --by NAME"""
EXAMPLES = """examples:
  sayswho challenges handins --roster roster.csv --out challenges.csv
  sayswho challenges accept article-01 S7a "author judgement" --reason "The lead-in is the text's own." --pack my-pack --by "R. Kim"
  sayswho regrade handins --roster roster.csv --keys my-pack --out graded"""


def add(commands: argparse._SubParsersAction) -> None:
    """The command and its options."""
    parser = commands.add_parser(
        "challenges", help="see what students argued against the key, and accept it or not", usage=USAGE, epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", nargs="+", metavar="HANDINS | accept … | keep …", help="the hand-ins to look through; or what to accept, or where to keep the key")
    parser.add_argument("--roster", type=Path, metavar="CSV", help="who is in the class: learner,name; without it, whoever handed in")
    parser.add_argument("--keys", "--pack", dest="pack", type=Path, action=OneFolder, metavar="DIR", help="your own folder; what you accept goes into its accepted.csv")
    parser.add_argument("--out", type=Path, metavar="CSV", help="a table of all challenges, one line an argument")
    parser.add_argument("--names", action="store_true", help="show who argued; without it no name is on the screen")
    parser.add_argument("--reason", default="", metavar="TEXT", help="the reason that earns the answer: it becomes feedback; or, with keep, a reply to the class")
    parser.add_argument("--by", default="", metavar="NAME", help="who decides this")
    add_deadline(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho challenges`"""
    first, *words = chosen.what
    # A folder of that name is named ./accept.
    return decide(chosen, first, words) if first in DECIDE and words else show(chosen)


def show(chosen: argparse.Namespace) -> int:
    """List the challenges of a class."""
    from course.classroom.challenges.argued import challenges_of
    from course.classroom.challenges.deciding import catalogue_with, kept_in
    from course.classroom.challenges.listed import on_screen, refuse_other_table, write_challenges
    from course.classroom.grading import open_class
    from course.messages import counted

    if len(chosen.what) > 1:
        raise SystemExit(f"sayswho challenges: one folder with hand-ins is wanted, and {len(chosen.what)} words are here. To decide, begin with accept or keep.")
    if chosen.out:
        refuse_other_table(chosen.out)
    out = [chosen.out] if chosen.out else []
    classroom = open_class(chosen.what[0], chosen.roster, catalogue=catalogue_with(chosen.pack), leave_out=out, due=chosen.due, in_time_only=chosen.in_time_only)
    gathered = challenges_of(classroom, kept_in(chosen.pack))
    for line in on_screen(classroom, gathered, names=chosen.names):
        print(line)
    if chosen.out:
        write_challenges(chosen.out, gathered)
        print(f"{counted(gathered.arguments, 'argument')} on {counted(len(gathered.contested), 'place')}: {chosen.out}")
    return 0


def decide(chosen: argparse.Namespace, first: str, words: list[str]) -> int:
    """Accept an answer, or keep the key against it."""
    from course.classroom.challenges.deciding import accept, catalogue_with, from_words, keep, named

    if chosen.pack is None:
        raise SystemExit("sayswho challenges: --pack DIR is missing: the folder of your own that holds what you accept.")
    catalogue, is_new = catalogue_with(chosen.pack), not chosen.pack.exists()
    decided = (accept if first == "accept" else keep)(chosen.pack, catalogue, from_words(catalogue, words[0], words[1:], chosen.reason, chosen.by))
    if is_new:
        print(f"{chosen.pack} was not there and was made.")
    if first == "accept":
        print(f"Accepted: {named(decided)} from now on. Regrade to let it count: sayswho regrade HANDINS --keys {chosen.pack} --out graded")
    else:
        print(f"Kept: the key stands against {named(decided).rstrip(',')}. It is noted in {chosen.pack}.")
    return 0
