"""`sayswho return`: feedback pages for a platform's bulk upload."""

from __future__ import annotations

import argparse
from pathlib import Path


def add(commands: argparse._SubParsersAction) -> None:
    """The command and its options."""
    summary = "zip the feedback pages as Canvas or Moodle takes them back"
    parser = commands.add_parser("return", help=summary, description=summary)
    parser.add_argument("handins", type=Path, metavar="HANDINS", help="the zip of one assignment as the platform handed it out, or its folder")
    parser.add_argument("--graded", type=Path, metavar="DIR", required=True, help="what `sayswho grade` wrote")
    parser.add_argument("--for", dest="platform", choices=("canvas", "moodle", "blackboard"), required=True, help="where the pages go")
    parser.add_argument("--out", type=Path, metavar="ZIP", required=True, help="the new zip, for the upload")
    parser.add_argument("--page", action="store_true", help="for Canvas: the pages themselves, which learners then have to rename to .html")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """`sayswho return`"""
    from course.exports import return_feedback

    print(return_feedback(chosen.handins, chosen.graded, chosen.platform, chosen.out, as_page=chosen.page))
    return 0
