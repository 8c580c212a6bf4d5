"""`sayswho export`: a gradebook or the questions as another system takes them. A file here is a system; its work is done in `course.exports`."""

from __future__ import annotations

import argparse

from course.cli.export import blackboard, canvas, moodle, moodle_xml, nbgrader, qti

# A line for each system: a module with add(systems), which adds its own parser and sets `run`.
SYSTEMS = (
    canvas,
    moodle,
    blackboard,
    moodle_xml,
    qti,
    nbgrader,
)


def add(commands: argparse._SubParsersAction) -> None:
    """The command and its systems."""
    parser = commands.add_parser("export", help="write the grades or the questions as another system takes them")
    systems = parser.add_subparsers(dest="system", metavar="SYSTEM", title="systems", required=True)
    for system in SYSTEMS:
        system.add(systems)
