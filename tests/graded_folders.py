"""Graded folders and platforms' files for tests of what leaves the kit, written by hand so that a test shows every cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from course.exports import Asked, Wanted
from course.reports import csv_bytes, feedback_page

# Two lessons: the first with two questions, 10 points; the second with one, 4 points.
ASKED = (Asked("01_voices", "Voices", ("a-1", "a-2"), Decimal(10)), Asked("02_doubt", "Cast doubt", ("b-1",), Decimal(4)))
LEARNERS = {"ann": "Ann Moss", "bo@example.org": "Bo Lind", "김": "김서연", "=cy": "O'Neil, Cy"}
# The total of each lesson: a number, "" if nothing was handed in, "malformed", or a number with w if a person has to look.
TOTALS = {"ann": ("8.5", "4"), "bo@example.org": ("0", "2.67"), "김": ("", "1w"), "=cy": ("10", "malformed")}
COLLECTED = ("file", "platform", "sender", "submission", "stamp", "late", "learner", "lesson", "outcome", "page")


def graded_folder(folder: Path, totals: Mapping[str, Sequence[str]] = TOTALS, names: Mapping[str, str] = LEARNERS, asked: Sequence[Asked] = ASKED) -> Path:
    """A graded folder with a gradebook, as `sayswho grade` writes it."""
    columns = [column for one in asked for column in one.columns]
    header = ["learner", "name", *columns, *(f"{one.id} total" for one in asked), "total", "out_of", "needs_a_person", "problems"]
    rows = []
    for learner, told in totals.items():
        cells = [cell for one, total in zip(asked, told) for cell in cells_of(one, total)]
        written = [total.removesuffix("w") for total in told]
        whole = sum((Decimal(total) for total in written if total not in ("", "malformed")), Decimal(0))
        rows.append([learner, names.get(learner, ""), *cells, *written, str(whole), str(sum(one.most for one in asked)), "0", "0"])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gradebook.csv").write_bytes(csv_bytes(header, rows))
    return folder


def cells_of(asked: Asked, total: str) -> list[str]:
    """The cells of one lesson's questions: all points stand in the first, and the last is the one that waits."""
    others = ["" if not total else "0"] * (len(asked.columns) - 1)
    if total.endswith("w"):
        return [total.removesuffix("w"), *others][:-1] + ["needs a person"]
    return [total, *others]


def wanted(graded: Path, /, **options: object) -> Wanted:
    """What is wanted from a graded folder of the two lessons."""
    return Wanted(graded, ASKED, **options)


def csv_file(path: Path, rows: Iterable[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8", line_end: str = "\n", quoted: bool = False) -> Path:
    """A platform's file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def roster_file(path: Path, **ids: Mapping[str, str]) -> Path:
    """Our roster with the ids that a platform knows the learners by: for each kind of id, a value by learner."""
    kinds = ("canvas", "sis", "login", "email", "number")
    rows = [[learner, name, *(ids.get(kind, {}).get(learner, "") for kind in kinds)] for learner, name in LEARNERS.items()]
    return csv_file(path, [("learner", "name", *kinds), *rows])


def page(learner: str) -> bytes:
    """A learner's feedback page."""
    return feedback_page(learner, LEARNERS.get(learner, ""), []).encode()


def collected_file(graded: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """The list of what was collected, with a page for each learner in it."""
    every = [{"page": f"feedback/{row['learner'].strip('=')}.html" if row.get("learner") else "", **row} for row in rows]
    (graded / "feedback").mkdir(exist_ok=True)
    for row in every:
        if row["page"]:
            (graded / row["page"]).write_bytes(page(row["learner"]))
    (graded / "collected.csv").write_bytes(csv_bytes(COLLECTED, [[row.get(name, "") for name in COLLECTED] for row in every]))
    return graded / "collected.csv"
