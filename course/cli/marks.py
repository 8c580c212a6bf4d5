"""`sayswho marks`: who marks what, tables to mark in a spreadsheet, and the markers' files as one."""

from __future__ import annotations

import argparse
from pathlib import Path

from course.cli.keys import OneFolder
from course.cli.of_class import add_deadline


def add(commands: argparse._SubParsersAction) -> None:
    """The command with its parts and their options."""
    parser = commands.add_parser("marks", help="split the marking among several people, write tables to mark in a spreadsheet, and merge what was marked")
    halves = parser.add_subparsers(dest="half", metavar="split|table|merge", required=True)
    split = halves.add_parser("split", help="write assignments.csv: who marks which answers")
    split.add_argument("handins", type=Path, metavar="HANDINS", help="the folder, the zip or the file with what learners handed in")
    split.add_argument("--roster", type=Path, metavar="CSV", help="who is in the class: learner,name")
    split.add_argument("--markers", required=True, metavar="AB,CD", help="the markers' initials, with commas between")
    split.add_argument("--double", type=float, default=0.0, metavar="SHARE", help="the share that two people mark, such as 0.2 (0)")
    split.add_argument("--seed", type=int, default=0, metavar="N", help="the same number deals the same way (0)")
    split.add_argument("--out", type=Path, metavar="DIR", required=True, help="where assignments.csv goes; what it deals already stays")
    split.add_argument("--anew", action="store_true", help="deal every answer again; the deal before is kept beside it")
    split.add_argument("--keys", type=Path, action=OneFolder, metavar="DIR", help="your own keys, questions and texts, laid over the kit's")
    add_deadline(split)
    table = halves.add_parser("table", help="write waiting.csv: the answers that wait, with empty columns to fill in a spreadsheet")
    table.add_argument("handins", type=Path, metavar="HANDINS", help="the folder, the zip or the file with what learners handed in")
    table.add_argument("--roster", type=Path, metavar="CSV", help="who is in the class: learner,name")
    table.add_argument("--out", type=Path, metavar="DIR", required=True, help="where the table goes; if assignments.csv is there, one for each marker: waiting-AB.csv")
    table.add_argument("--marks", type=Path, metavar="CSV", help="what is marked already, and is left out")
    table.add_argument("--blind", action="store_true", help="codes instead of learners; codes.csv, which stays with you, says whose they are")
    table.add_argument("--keys", type=Path, action=OneFolder, metavar="DIR", help="your own keys, questions and texts, laid over the kit's")
    add_deadline(table)
    merge = halves.add_parser("merge", help="put marks-AB.csv, marks-CD.csv … together, and list where they differ")
    merge.add_argument("files", type=Path, nargs="+", metavar="CSV", help="the files that the markers' desks wrote, or the tables that they filled in; they are only read")
    merge.add_argument("--out", type=Path, metavar="CSV", required=True, help="the merged table; conflicts.csv goes beside it")
    merge.add_argument("--prefer", default="", metavar="AB", help="whose level counts where two differ; else such a mark is left out")
    merge.add_argument("--keys", type=Path, action=OneFolder, metavar="DIR", help="your own keys, questions and texts, laid over the kit's")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho marks split`, `sayswho marks table` or `sayswho marks merge`"""
    from course.classroom.desks import merge_marks, split_marks

    if chosen.half == "merge":
        print(merge_marks(chosen.files, chosen.out, prefer=chosen.prefer, keys=chosen.keys))
        return 0
    if chosen.half == "table":
        from course.classroom.waiting_table import write_tables

        print(write_tables(
            chosen.handins, chosen.roster, chosen.out, marks=chosen.marks, keys=chosen.keys, blind=chosen.blind, due=chosen.due, in_time_only=chosen.in_time_only,
        ))
        return 0
    markers = [one.strip() for one in chosen.markers.split(",")]
    print(split_marks(
        chosen.handins, chosen.roster, markers, chosen.out, double=chosen.double, seed=chosen.seed, keys=chosen.keys, anew=chosen.anew,
        due=chosen.due, in_time_only=chosen.in_time_only,
    ))
    return 0
