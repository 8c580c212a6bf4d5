"""Finding hand-ins: in a folder, in a zip (read in memory, never unpacked to disk), or as a single file.

Nothing here follows a link, opens a device, or reads more than the caps allow, whatever a zip claims about itself.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course.handin.problems import Problem, problem

MEGABYTE = 1_000_000
FILE_CAP = 8 * MEGABYTE
# A zip of a class, and a zip inside it, which one learner has made.
ZIP_CAPS = {1: 1000 * MEGABYTE, 2: 2 * FILE_CAP}
MOST_FILES = 50_000
DEEPEST_FOLDER = 8
# A zip may name its entries with 65,000 characters; the longest path that a Mac can unpack has 1,024, and a platform's have under 300.
LONGEST_NAME = 1_000
SHOWN_OF_A_NAME = 200
RATIO_CAP = 120
RATIO_MATTERS_FROM = 100_000

OPENING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
OURS = {"roster.csv", "marks.csv", "gradebook.csv", "problems.csv", "collected.csv", "readme.md", "made_with.json"}
# What else lies in a folder of results, beside its gradebook.
RESULTS = OURS | {"changes.csv", "announcement.txt", "accepted.csv", "kept.csv"}
HAND_INS = (".jsonl", ".jsonl.txt", ".jsonl.json", ".zip")
NOISE = {"__macosx", ".ds_store", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Source:
    """A file that may be a hand-in: its name as a person finds it, and a way to fetch its bytes."""

    name: str
    fetch: Callable[[], bytes | Problem]


def find_sources(where: Path, leave_out: Iterable[Path] = ()) -> Iterator[Source | Problem]:
    """Every file below `where` that could be a hand-in, in the order of their names, and what is wrong with the others."""
    where = Path(where)
    try:
        mode = where.lstat().st_mode
    except OSError:
        yield problem("missing_place", file=where.name, name=where)
        return
    if stat.S_ISLNK(mode) or stat.S_ISDIR(mode):
        where = resolved(where)
    if where.is_dir():
        found = walk(where, "", {str(resolved(Path(one))) for one in leave_out}, 0)
    else:
        found = from_entry(where, where.name, where.lstat())
    for count, source in enumerate(found, start=1):
        if count > MOST_FILES:
            yield problem("too_many", file=where.name, limit=MOST_FILES)
            return
        yield source


def resolved(path: Path) -> Path:
    """A path with its links followed; one whose links run in a circle stays as it is, and can't be opened."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return Path(os.path.abspath(path))


def holds_results(folder: Path) -> bool:
    """Whether a folder is one that grading wrote."""
    return (folder / "gradebook.csv").is_file() and (folder / "feedback").is_dir()


def walk(folder: Path, prefix: str, leave_out: set[str], depth: int) -> Iterator[Source | Problem]:
    """The files of a folder and its folders; links are named as problems and never followed."""
    if depth > DEEPEST_FOLDER:
        yield problem("too_deep", file=prefix.rstrip("/"), limit=DEEPEST_FOLDER)
        return
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield problem("unreadable", file=prefix or folder.name, reason=error.strerror)
        return
    hidden, ours = is_hidden(prefix.split("/")), RESULTS if holds_results(folder) else OURS
    pages = folder.name == "feedback" and holds_results(folder.parent)
    for entry in entries:
        name = f"{prefix}{entry.name}"
        folders = entry.is_dir(follow_symlinks=False)
        if is_noise(entry.name, hidden=hidden, folder=folders) or entry.name.lower() in ours or (pages and name.lower().endswith(".html")):
            continue
        if entry.is_symlink():
            yield problem("link", file=name)
        elif folders:
            if entry.path not in leave_out:
                yield from walk(Path(entry.path), f"{name}/", leave_out, depth + 1)
        elif entry.path not in leave_out:
            yield from from_entry(Path(entry.path), name, entry.stat(follow_symlinks=False))


def is_noise(name: str, *, hidden: bool = False, folder: bool = False) -> bool:
    """Files that systems leave behind: thumbnails, the shadows in a Mac's zip, and hidden ones that can't be hand-ins.

    >>> is_noise("._ann--01_voices.jsonl"), is_noise("~$essay.docx"), is_noise(".ann--01_voices.jsonl"), is_noise("config", hidden=True)
    (True, True, False, True)
    """
    if name.lower() in NOISE or name.startswith("._"):
        return True
    return not folder and (hidden or is_hidden([name])) and not name.lower().endswith(HAND_INS)


def is_hidden(parts: Iterable[str]) -> bool:
    """Whether a part of a path is one that systems don't show, or a lock of an office program."""
    return any(part.startswith((".", "~$")) for part in parts)


def from_entry(path: Path, name: str, status: os.stat_result) -> Iterator[Source | Problem]:
    """What one entry of a folder holds: itself, or the entries of a zip."""
    if not stat.S_ISREG(status.st_mode):
        yield problem("not_a_file", file=name)
    elif name.lower().endswith(".zip"):
        yield from from_zip(path, name, depth=1)
    elif status.st_size > FILE_CAP:
        yield problem("too_big", file=name, size=megabytes(status.st_size), limit=megabytes(FILE_CAP))
    else:
        yield Source(name, lambda: read_file(path, name))


def read_file(path: Path, name: str) -> bytes | Problem:
    """A file's bytes, never more than the cap: it may have grown, or turned into a link, since it was listed."""
    try:
        handle = os.open(path, OPENING)
        try:
            raw = os.read(handle, min(os.fstat(handle).st_size, FILE_CAP) + 1)
            while len(raw) <= FILE_CAP and (more := os.read(handle, FILE_CAP)):
                raw += more
        finally:
            os.close(handle)
    except OSError as error:
        return problem("unreadable", file=name, reason=error.strerror)
    if len(raw) > FILE_CAP:
        return problem("too_big", file=name, size=f"over {megabytes(FILE_CAP)}", limit=megabytes(FILE_CAP))
    return raw


def from_zip(place: Path | io.BytesIO, name: str, depth: int) -> Iterator[Source | Problem]:
    """The entries of a zip that could be hand-ins. One zip inside it is looked into, as a learning platform packs them."""
    if depth > 2:
        yield problem("zip_in_zip", file=name)
        return
    try:
        archive = zipfile.ZipFile(place)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        yield problem("zip_broken", file=name, reason=plain(error))
        return
    entries = [entry for entry in archive.infolist() if not (entry.filename and entry.is_dir())]
    claimed = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_FILES:
        yield problem("too_many", file=name, limit=MOST_FILES)
        return
    if claimed > ZIP_CAPS[depth] and all(entry.file_size <= FILE_CAP for entry in entries):
        yield problem("zip_too_big", file=name, size=megabytes(claimed), limit=megabytes(ZIP_CAPS[depth]))
        return
    for entry in entries:
        if len(entry.filename) > LONGEST_NAME:
            yield problem("long_name", file=f"{name}/{repaired(entry)[:SHOWN_OF_A_NAME]}…", length=len(entry.filename), limit=LONGEST_NAME)
            continue
        yield from from_zip_entry(archive, entry, f"{name}/{repaired(entry)}", depth)


def from_zip_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, depth: int) -> Iterator[Source | Problem]:
    """One entry of a zip: refused when its name, its kind or its size is not that of a hand-in."""
    inside = repaired(entry)
    parts = PurePosixPath(inside.replace("\\", "/")).parts
    if not parts or ".." in parts or inside.startswith(("/", "\\")) or inside[1:2] == ":" or "\0" in entry.orig_filename:
        yield problem("traversal", file=name)
    elif any(is_noise(part, folder=True) for part in parts[:-1]) or is_noise(parts[-1], hidden=is_hidden(parts[:-1])) or parts[-1].lower() in OURS:
        return
    elif stat.S_ISLNK(entry.external_attr >> 16):
        yield problem("link", file=name)
    elif entry.file_size > FILE_CAP:
        yield problem("too_big", file=name, size=megabytes(entry.file_size), limit=megabytes(FILE_CAP))
    elif entry.file_size > RATIO_MATTERS_FROM and entry.file_size > RATIO_CAP * max(entry.compress_size, 1):
        yield problem("zip_bomb", file=name, ratio=entry.file_size // max(entry.compress_size, 1))
    elif inside.lower().endswith(".zip"):
        raw = read_entry(archive, entry, name)
        yield from [raw] if isinstance(raw, Problem) else from_zip(io.BytesIO(raw), name, depth + 1)
    else:
        yield Source(name, lambda: read_entry(archive, entry, name))


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes | Problem:
    """The bytes of a zip's entry, never more than the cap, whatever size it claims."""
    if entry.flag_bits & 0x1:
        return problem("zip_locked", file=name)
    try:
        with archive.open(entry) as file:
            raw = file.read(FILE_CAP + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        return problem("zip_broken", file=name, reason=plain(error))
    if len(raw) > FILE_CAP:
        return problem("too_big", file=name, size=f"over {megabytes(FILE_CAP)}", limit=megabytes(FILE_CAP))
    return raw


def repaired(entry: zipfile.ZipInfo) -> str:
    """The entry's name; names in UTF-8 that the zip does not declare as such are read as what they are."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def plain(error: Exception) -> str:
    """What a library's complaint says, as part of a sentence."""
    return (str(error) or type(error).__name__).rstrip(".")


def megabytes(size: int) -> str:
    """A size in megabytes, as a person would say it.

    >>> megabytes(2_147_483_648)
    '2147'
    """
    return f"{size / MEGABYTE:.0f}" if size >= MEGABYTE else f"{size / MEGABYTE:.1f}"
