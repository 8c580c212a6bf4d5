"""Feedback pages named and zipped as a platform takes them back, each for the one who handed in.

What the platforms do with such a zip is in `rules_return`, which reads every one before it is left anywhere.

Canvas shows a returned file under the name of the learner's own file, whatever it is called in the zip. A page that arrives
as ann--01.jsonl opens nowhere. So the page of a learner who handed in a .jsonl goes back as plain text, which whatever opens
a .jsonl can show, and to one who handed in a .zip it goes back in a .zip; `as_page` sends the page itself in any case.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os.path import realpath
from pathlib import Path

from course.exports.collected import THEIRS, Found, one_to_one, read_collected
from course.exports.gradebook import rows_of
from course.exports.ours import RETURNED, is_zip_of
from course.exports.page_text import page_text
from course.exports.rules_return import return_complaints
from course.exports.told import ExportError, named, refuse_complaints, write_all
from course.handin.places import repaired
from course.messages import counted
from course.reports.page import is_feedback_page
from course.responses import name_in_file

PRODUCTS = {"canvas": "Canvas", "moodle": "Moodle", "blackboard": "Blackboard"}
PAGE = "feedback.html"
# Zips know no earlier day; with one day for all, the same pages make the same zip.
DAY = (1980, 1, 1, 0, 0, 0)
NOT_YOUR_HANDIN = "This is your feedback and not your hand-in. It has the name of the file that you handed in, because Canvas names it so."


@dataclass(frozen=True)
class Returned:
    """One file that goes back: what it is called in the zip, and to whom."""

    name: str
    contents: bytes
    learner: str
    sender: str
    submission: str


def return_feedback(handins: Path, graded: Path, platform: str, out: Path, *, as_page: bool = False) -> str:
    """Write the zip for one assignment and say what is in it. `handins` is the zip, or the folder, as the platform handed it out.

    Raises `ExportError` with one sentence, and writes nothing, if nothing can go back or the platform would not know whose it is.
    """
    product = PRODUCTS[platform]
    if realpath(out) == realpath(handins):
        raise ExportError(f"{out} is what {product} handed out, which stays as it is. Name another file: --out FILE.zip.")
    collected = read_collected(graded)
    found = [one for one in collected if one.platform == platform]
    entries = entries_of(handins)
    theirs, strange = sent_in(entries, found)
    if not theirs:
        raise ExportError(nothing_to_return(handins, graded, product, was_graded=bool(sent_in(entries, collected)[0])))
    back, lines = pages_for(theirs, found, names_of(graded), graded, platform, as_page)
    if not back:
        raise ExportError(f"No page can go back through {product}.\n" + "\n".join(lines))
    contents = zip_of({one.name: one.contents for one in back})
    refuse_complaints(out, return_complaints(contents, platform, found, graded), product)
    write_all({out: contents}, is_zip_of(RETURNED))
    lines += waiting_on(back, graded) + elsewhere(theirs, graded, product)
    lines += [f"In {handins} and unknown to grading, so nothing goes back for them: {named(strange)}. Grade again."] if strange else []
    return "\n".join([*first_lines(out, back, platform), *lines])


def nothing_to_return(handins: Path, graded: Path, product: str, *, was_graded: bool) -> str:
    """Why none of the hand-ins can go back: they were not graded, or they were and don't bear the platform's names."""
    if was_graded:
        return f"The files in {handins} were graded, but they don't bear the names that {product} gives, so it would not know whose they are. Give the zip exactly as {product} handed it out, and grade that zip."
    return f"No file in {handins} is one that grading knows as sent through {product}. Grade it first: sayswho grade {handins} --out {graded}."


def first_lines(out: Path, back: list[Returned], platform: str) -> list[str]:
    """What is in the zip, and how it goes back."""
    pages = counted(len(back), "page")
    if platform == "moodle":
        return [
            f"{out} is ready for Moodle (the assignment, Upload multiple feedback files in a zip): {pages}. It was read again by Moodle's rules.",
            "Feedback files must be switched on in the assignment. A second upload replaces the pages of the first. Moodle notifies each learner.",
        ]
    if platform == "blackboard":
        return [
            f"{out} holds {pages}, in a folder for each username. Blackboard has no upload of feedback for many:",
            "open each attempt there and attach the page from the folder with the learner's username.",
        ]
    texts = sum(one.name.endswith(".txt") for one in back)
    told = [
        f"{out} is ready for Canvas (the assignment, Upload submissions): {pages}. It was read again by Canvas's rules.",
        "Upload it once only: each upload adds a new comment for every learner. While grades are hidden, the comments are too.",
        "In an assignment that is graded by groups, everybody in a group would see the page.",
    ]
    if texts:
        told.append(f"Canvas shows a file under the name of the learner's own, so {counted(texts, 'page')} went in as plain text, for a .jsonl opens as text. --page sends the pages themselves.")
    return told


def entries_of(handins: Path) -> list[str]:
    """The files in a platform's zip, or in the folder that somebody made of it, without what a Mac or Windows leaves there."""
    try:
        if handins.is_dir():
            names = [path.relative_to(handins).as_posix() for path in sorted(handins.rglob("*")) if path.is_file()]
        else:
            with zipfile.ZipFile(handins) as archive:
                names = [repaired(entry).replace("\\", "/") for entry in archive.infolist() if not entry.is_dir()]
    except (OSError, zipfile.BadZipFile, NotImplementedError) as error:
        raise ExportError(f"{handins} can't be read as a zip or a folder ({error}). Give what the platform handed out, as it came.") from error
    left_behind = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
    return [unicodedata.normalize("NFC", name) for name in names if not left_behind.search(name)]


def sent_in(entries: Iterable[str], found: Iterable[Found]) -> tuple[dict[str, list[Found]], list[str]]:
    """What grading found in each file of the zip, and the files that it does not know."""
    by_path: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        parts = unicodedata.normalize("NFC", one.file.replace("\\", "/")).split("/")
        # Grading may have seen the zip inside a folder, and a learner's own zip inside the zip.
        for begin in range(len(parts)):
            for end in range(begin + 1, len(parts) + 1):
                by_path["/".join(parts[begin:end])].append(one)
    every = list(entries)
    return {entry: by_path[entry] for entry in every if entry in by_path}, [entry for entry in every if entry not in by_path]


def pages_for(
    theirs: Mapping[str, list[Found]], found: list[Found], names: Mapping[str, str], graded: Path, platform: str, as_page: bool
) -> tuple[list[Returned], list[str]]:
    """One page for each sender, and lines on those who get none."""
    # A page goes only to the one sender under whom all files of a learner came: nobody may get another's page.
    certain = one_to_one((one.learner, one.sender) for several in theirs.values() for one in several if one.outcome in THEIRS)
    best: dict[str, tuple[int, str, Found]] = {}
    without, unsure = set(), set()
    for entry, several in theirs.items():
        for one in several:
            if one.outcome not in THEIRS or not one.sender or not one.learner:
                without.add(one.learner or entry)
            elif certain.get(one.learner) != one.sender:
                unsure.add(f"{one.learner} ({one.sender})")
            elif page_of(one, graded) is None or platform == "canvas" and not one.submission:
                without.add(one.learner)
            else:
                best[one.learner] = min(best.get(one.learner, (len(THEIRS), "", one)), (THEIRS.index(one.outcome), entry, one), key=lambda each: each[:1])
    back = [returned(entry, one, names.get(learner, ""), graded, platform, as_page) for learner, (_, entry, one) in sorted(best.items())]
    lines = [f"No page goes back for: {named(sorted(without - best.keys()))}. problems.csv says what was wrong with their files."] if without - best.keys() else []
    if unsure:
        lines.append(f"Files under one name came from several senders, or one sender used several names, so no page goes back for: {named(sorted(unsure))}. Look at them by hand.")
    return back, lines


def waiting_on(back: Iterable[Returned], graded: Path) -> list[str]:
    """How many answers on the pages that go back a person has still to mark."""
    header, rows = rows_of(Path(graded) / "gradebook.csv")
    learners = {one.learner for one in back}
    told = [dict(zip(header, row)).get("needs_a_person", "") for row in rows if row[0] in learners]
    count = sum(int(one) for one in told if one.isascii() and one.isdigit())
    return [f"{counted(count, 'answer')} on them {'is' if count == 1 else 'are'} not marked yet."] if count else []


def elsewhere(theirs: Mapping[str, list[Found]], graded: Path, product: str) -> list[str]:
    """Who has results for this assignment and sent nothing through the platform: on paper, or by hand."""
    lessons = {one.lesson for several in theirs.values() for one in several if one.outcome in THEIRS}
    sent = {one.learner for several in theirs.values() for one in several}
    others = sorted({one.learner for one in read_collected(graded) if one.page and one.learner and one.lesson in lessons and one.outcome in THEIRS} - sent)
    return [f"Graded as well, but not sent in through {product}, so their pages don't go back: {named(others)}. Give them theirs from {Path(graded) / 'feedback'}."] if others else []


def page_of(one: Found, graded: Path) -> bytes | None:
    """The learner's page, or None if there is none; never a file from outside the folder of pages."""
    folder = (Path(graded) / "feedback").resolve()
    path = (Path(graded) / one.page).resolve()
    if not one.page or path.parent != folder or not path.is_file():
        return None
    raw = path.read_bytes()
    return raw if is_feedback_page(raw) else None


def returned(entry: str, one: Found, name: str, graded: Path, platform: str, as_page: bool) -> Returned:
    """A learner's page as a platform takes it back."""
    page = page_of(one, graded)
    if platform == "moodle":
        # The name is free text and is only for us; an underscore in it would shift what Moodle reads.
        shown = re.sub(r"""[_&<>"`|':\\/\x00-\x1f.]""", " ", name).strip() or "learner"
        where, contents = f"{' '.join(shown.split())}_{one.sender}_assignsubmission_file/{PAGE}", page
    elif platform == "blackboard":
        where, contents = f"{name_in_file(one.sender)}/{PAGE}", page
    else:
        # Letters only, so that no number of a name is taken for an id; what follows the ids never begins with "link".
        shown = re.sub(r"[\W\d_]", "", name).lower()
        ending, contents = as_opened(entry, page, as_page)
        front = [] if one.sender.startswith("anon_") else ["learner" if shown in ("", "anon") else shown]
        where = "_".join([*front, one.sender, one.submission, f"feedback{ending}"])
    return Returned(where, contents, one.learner, one.sender, one.submission)


def as_opened(entry: str, page: bytes, as_page: bool) -> tuple[str, bytes]:
    """A page in the form that opens under the name of the learner's own file, with the ending of that form."""
    if as_page or entry.lower().endswith((".html", ".htm")):
        return ".html", page
    if entry.lower().endswith(".zip"):
        return ".zip", zip_of({PAGE: page})
    text = f"{NOT_YOUR_HANDIN}\n\n{page_text(page.decode('utf-8', 'replace'))}\n"
    # With the mark of UTF-8 and both signs of a line's end, every editor shows it as it is meant.
    return ".txt", text.replace("\n", "\r\n").encode("utf-8-sig")


def names_of(graded: Path) -> dict[str, str]:
    """The learners' names as they stand in the gradebook."""
    _, rows = rows_of(Path(graded) / "gradebook.csv")
    return {row[0]: row[1] for row in rows if len(row) > 1}


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """A zip of some files, the same for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in files.items():
            entry = zipfile.ZipInfo(name, DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, contents)
    return made.getvalue()
