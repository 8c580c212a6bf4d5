"""`sayswho pack new`: a folder with spreadsheets to fill in, empty or with an example."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from course.content import find_data
from course.content.files import read_csv
from course.handin.writing import replace_file
from course.packs.laying import PackError, can_be_written
from course.packs.passage import is_short_name
from course.packs.places import LONGEST, NEW_LESSON, names_new_lesson, slots_to_fill
from course.packs.words import FEEDBACK, KEY, KNOWN, PASSAGE, SPANS, did_you_mean
from course.reports import csv_bytes

CLAUSES = 8
EXAMPLE = Path(__file__).with_name("example")
FILLED = ("name", "title", "author", "date", "origin", "rights", "note", "fills", "prompt", "help", "why", "missed source", "missed cue")
OWN = ("name", "title", "author", "date", "origin", "rights", "note", "lesson", "asks", "points", "minutes", "prompt", "help", "why", "missed source", "missed cue")

README = """A passage of your own for "Says Who?"
=====================================

Keep this folder out of the repository and away from students: it holds the key.

Fill in four spreadsheets. Excel, LibreOffice and Numbers open them. Save as "CSV UTF-8".
If Excel shows a whole line in one cell, make the folder again with: sayswho pack new FOLDER --semicolons

1. pack.csv      what the passage is called, who wrote it, and where in the course it goes
2. passage.csv   the text, one clause a line, exactly as students shall read it
3. key.csv       what each clause is, and why
4. spans.csv     only if words are marked: the words that carry a label. Else leave it as it is.

Then run, as often as you like:

    sayswho pack check {folder}

It names the line and the column of everything that is in the way, and says what to do. When nothing is, it writes items/, texts/ and
keys/ here. Do not change those: change the spreadsheets and check again. Next:

    sayswho pack show {folder}                            play it as a student
    sayswho release --keys {folder} --out for-my-class    a copy for the class, with the passage and without its key
    sayswho grade HANDINS --keys {folder} --out graded    grade what the class hands in

passage.csv
    unit        an id, such as u1. Never change it once students have seen the passage.
    paragraph   1, 1, 1, 2, 2 ... from the top
    text        the words of the clause

key.csv, one line a clause
    voice       author (the text itself), source (handed to somebody), unclear (can't be decided)
    kind        fact (a record could settle it), judgement (no record could), both (half and half), lost (can't be made out)
    how         of a source: marks or no-marks (quotation marks). Of the text's own facts: shown or not-shown
                (does the text say how it knows?). Else empty.
    speaker     the name as students shall read it, or: the text itself, or: nobody named
    why         the reason, at most 60 words. Students read it after handing in.
    if author, if fact ...   what a student reads who chose that, wrongly. Leave the column of the right answer empty.
                Where students choose the speaker, add columns with names: if Lena Okafor, if the text itself, if nobody named.
    A second line with the same unit is another answer that earns full points: fill in only what differs, and why.

spans.csv, one line for each place
    label       source, cue, unnamed, loaded, over, says-who, nobody
    quote       the words, copied from passage.csv
    nth         2 if the second such place in the clause is meant. Else empty.
    why         the reason, or empty

pack.csv
    fills       the place in the course: {slots}.
                Two halves of a passage: cue-05: u1 u2 u3 in one line, and cue-06: u4 u5 u6 in another line fills.
    lesson      instead of fills: a lesson of its own, such as 20_paper_boats. Then asks says what is asked (voice kind; or speaker; or
                labels such as source cue), and points what it is worth.

A good passage
    At least half of the clauses are sound reporting. No answer is right for more than a third of them. The matter has no party lines.
    Eight clauses of ten to twenty words are enough. Nothing in it stands in the lessons.

Several passages? Make a folder for each inside one folder, and name that one: sayswho pack check my-packs
"""


def new_pack(folder: Path | str, *, with_example: bool = False, fills: str = "", lesson: str = "", semicolons: bool = False,
             data: Path | str | None = None) -> Path:
    """Write the spreadsheets of a pack into a new or empty folder: empty, or with a passage of eight clauses and its key.

    `fills` names the slot of the kit that the passage goes into, `lesson` a lesson of its own. `semicolons` stand between the cells where a spreadsheet program
    takes the comma for the decimal point. Raises `PackError` when the folder holds anything, lies in the
    kit's own folder, or the slot can't be filled.
    """
    folder, kit = Path(folder), find_data(data)
    refuse_folder(folder)
    checkout = kit.resolve().parent
    if folder.resolve().is_relative_to(checkout) and (checkout / "pyproject.toml").exists():
        raise PackError(f"{folder} lies in the kit's own folder, where keys of your own get published by mistake. Name a folder outside it.")
    slots = slots_to_fill(kit)
    if fills and fills not in slots:
        raise PackError(f"No passage can be put into {fills!r}. {did_you_mean(fills, slots)}")
    if lesson and not names_new_lesson(lesson, kit):
        raise PackError(f"--lesson: {lesson[:LONGEST]!r} can't name a new lesson. {NEW_LESSON}")
    if with_example and not EXAMPLE.is_dir():
        raise PackError("The example is not part of a class release: it holds a key. Leave out --example, or make the pack from the kit itself.")
    about = {"name": short_name(folder.resolve().name), "lesson": lesson, "asks": "voice kind", "points": "8", "minutes": "10"}
    about |= example_about() if with_example else {}
    about |= {"fills": "" if lesson else fills or "judged-01"}
    readme = ("\ufeff" + README.format(folder=folder, slots=", ".join(slots))).replace("\n", "\r\n").encode()
    files = dict(sheets(about, with_example=with_example, delimiter=";" if semicolons else ",")) | {"README.txt": readme}
    try:
        for name, contents in files.items():
            replace_file(folder / name, contents)
    except OSError as error:
        for name in files:
            with suppress(OSError):
                (folder / name).unlink(missing_ok=True)
        raise PackError(f"{folder} can't be written ({error.strerror}). Name another folder.") from error
    return folder


def refuse_folder(folder: Path) -> None:
    """Raise `PackError` where a pack can't be begun: something is there, or the name is none that can be written."""
    if not can_be_written(folder):
        raise PackError(f"{folder} has letters in its name that can't be written. Name another folder.")
    try:
        if folder.is_file() or folder.is_dir() and any(folder.iterdir()):
            raise PackError(f"{folder} is not empty, and nothing is written over. Name a new folder.")
    except OSError as error:
        raise PackError(f"{folder} can't be looked into ({error.strerror}). Name another folder.") from error


def sheets(about: dict[str, str], *, with_example: bool, delimiter: str) -> Iterator[tuple[str, bytes]]:
    """The four spreadsheets by name."""
    yield "pack.csv", csv_bytes(("field", "value", "help"), [(name, about.get(name, ""), KNOWN[name]) for name in (FILLED if about["fills"] else OWN)], delimiter=delimiter)
    empty = [{"unit": f"u{number}", "paragraph": "1"} for number in range(1, CLAUSES + 1)]
    for name, columns in (("passage.csv", PASSAGE), ("key.csv", (*KEY, *FEEDBACK)), ("spans.csv", SPANS)):
        rows = read_csv(EXAMPLE / name, columns) if with_example else [] if name == "spans.csv" else empty
        yield name, csv_bytes(columns, [[row.get(column, "") for column in columns] for row in rows], delimiter=delimiter)


def example_about() -> dict[str, str]:
    """What the example's pack.csv says, by field."""
    return {row["field"]: row["value"] for row in read_csv(EXAMPLE / "pack.csv", ("field", "value"))}


def example_clauses() -> set[str]:
    """The clauses of the example, which everyone can read."""
    return {row["text"] for row in read_csv(EXAMPLE / "passage.csv", PASSAGE)} if EXAMPLE.is_dir() else set()


def short_name(name: str) -> str:
    """A name for a passage out of the name of a folder.

    >>> short_name("My Pack_2"), short_name("김")
    ('my-pack-2', 'my-passage')
    """
    made = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-")
    return made if is_short_name(made) else "my-passage"
