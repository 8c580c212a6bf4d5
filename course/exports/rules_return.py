"""Whom Canvas and Moodle take a returned file for: written from their own code, and not from ours that names such files.

Sources: instructure/canvas-lms, app/models/abstract_assignment.rb (028f76bb), `infer_comment_context_from_filename` and
`generate_comments_from_files`; moodle/moodle, mod/assign/feedback/file/importziplib.php (3769c65a). Facts of them are used,
not their code. A file that they would ignore, or that holds the page of somebody else, is a complaint.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from course.exports.collected import Found
from course.exports.page_text import page_text
from course.responses import name_in_file


def canvas_takes(entry: str) -> tuple[str, str] | None:
    """The user and the attachment for which Canvas takes a file, or None if it ignores it. Folders don't count.

    >>> canvas_takes("moss_LATE_1234_56789_ann--01.html"), canvas_takes("LATE_anon_a1B2c_56789_page.html")
    (('1234', '56789'), ('anon_a1B2c', '56789'))
    >>> canvas_takes("moss_1234_56789_links.pdf"), canvas_takes("._moss_1234_56789_a.pdf"), canvas_takes("moss_1234_text.html")
    (None, None, None)
    """
    name = PurePosixPath(entry).name
    tokens = [token for token in name.split("_") if token != "LATE"]
    if tokens[-1].startswith("link") or name.startswith("._"):
        return None
    if tokens[0] == "anon":
        return (f"anon_{tokens[1]}", tokens[2]) if len(tokens) > 3 else None
    numbers = [token for token in tokens if token.isascii() and token.isdigit()][:2]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else None


def moodle_takes(entry: str) -> str | None:
    """The participant for whom Moodle takes a file, or None if it ignores it: each part of the path is looked at in turn.

    >>> moodle_takes("Ann Moss_1234567_assignsubmission_file/feedback.html"), moodle_takes("out/x_42_assignsubmission_file_/a/b.pdf")
    ('1234567', '42')
    >>> moodle_takes("Ann_Moss_1234567_assignsubmission_file/feedback.html"), moodle_takes("x_42_assignsubmission_file/.hidden")
    (None, None)
    """
    parts = entry.split("/")
    if not parts[-1] or parts[-1].startswith((".", "~")):
        return None
    for part in parts:
        fields = part.split("_", 4)
        if len(fields) >= 4 and fields[1].isascii() and fields[1].isdigit() and fields[2:4] == ["assignsubmission", "file"]:
            return fields[1]
    return None


def return_complaints(contents: bytes, platform: str, collected: Iterable[Found], graded: Path) -> list[str]:
    """What in a zip would be ignored, or would go to another than the one whose page it is."""
    found, every = [], list(collected)
    with zipfile.ZipFile(io.BytesIO(contents)) as archive:
        names = archive.namelist()
        if broken := archive.testzip():
            return [f"{broken} in it is broken."]
        if len({name.casefold() for name in names}) < len(names):
            found.append("two files in it have the same name.")
        for name in names:
            owners = list(owners_of(name, platform, every))
            pages = {one.page for one in owners}
            if not owners:
                found.append(f"{name} would be ignored, or be nobody's.")
            elif len(pages) != 1 or len({one.learner for one in owners}) != 1:
                found.append(f"{name} could be that of several learners.")
            elif not holds(archive.read(name), name, (Path(graded) / owners[0].page).read_bytes()):
                found.append(f"{name} is not the page of {owners[0].learner}.")
    return found


def owners_of(name: str, platform: str, collected: list[Found]) -> Iterator[Found]:
    """The files of a class for whose sender the platform takes a returned file."""
    taken = canvas_takes(name) if platform == "canvas" else moodle_takes(name) if platform == "moodle" else name.split("/")[0]
    for one in collected:
        if not one.page or not one.sender:
            continue
        theirs = (one.sender, one.submission) if platform == "canvas" else one.sender if platform == "moodle" else name_in_file(one.sender)
        if taken is not None and theirs == taken:
            yield one


def holds(contents: bytes, name: str, page: bytes) -> bool:
    """Whether a returned file is a page: as it is, in a zip of its own, or as text."""
    if name.endswith(".zip"):
        if not zipfile.is_zipfile(io.BytesIO(contents)):
            return False
        with zipfile.ZipFile(io.BytesIO(contents)) as inner:
            return [inner.read(one) for one in inner.namelist()] == [page]
    if name.endswith(".txt"):
        said = page_text(page.decode("utf-8", "replace")).split()
        return contents.decode("utf-8-sig", "replace").split()[-len(said):] == said
    return contents == page
