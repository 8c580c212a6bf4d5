"""Naming and writing a hand-in: one header line, then one response a line."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

from course.items import EVERYONE
from course.messages import say
from course.messages.errors import ToldError
from course.responses import Response, moment, name_in_file

VERSION = 1
LONGEST_NAME = 80
LONGEST_IN_FILE = 200  # bytes; systems take 255 for the whole name
JOINERS = "\u200c\u200d"  # unseen, but some scripts spell names with them
DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³]) *\.", re.IGNORECASE)  # Windows takes such a beginning, up to the dot, for a device


class HandInError(ToldError):
    """A hand-in can't be written: one sentence that says why, and what to do."""


def clean_learner(learner: str) -> str:
    """A learner's name as it is compared and written: trimmed, single spaces, composed letters, nothing that can't be seen.

    Raises `HandInError` with the cure if that is no name.

    >>> clean_learner("  Zoe\\u0308  Lund "), clean_learner("\\u202eann\\u202c\\u200b")
    ('Zoë Lund', 'ann')
    """
    seen = "".join(letter for letter in " ".join(learner.split()) if letter in JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co"))
    name = unicodedata.normalize("NFC", " ".join(seen.split())).strip(JOINERS)
    if not name:
        raise HandInError(say("handin.no_name"))
    if name == EVERYONE:
        raise HandInError(say("handin.everyones_name"))
    if not any(letter.isalnum() for letter in name):
        raise HandInError(say("handin.no_letters"))
    if len(name) > LONGEST_NAME or len(name_in_file(name).encode()) > LONGEST_IN_FILE:
        raise HandInError(say("handin.long_name"))
    return name


def file_name(learner: str, lesson: str) -> str:
    """What a hand-in is called: who, two hyphens, which lesson.

    >>> file_name("김 서연", "01_voices")
    '김 서연--01_voices.jsonl'
    >>> file_name("ann/../bob@example.org", "01_voices")
    'ann%2F..%2Fbob@example.org--01_voices.jsonl'
    >>> file_name("Con. Ito", "01_voices")
    'Con%2E Ito--01_voices.jsonl'
    """
    name = name_in_file(clean_learner(learner))
    return f"{name.replace('.', '%2E', 1) if DEVICE.match(name) else name}--{lesson}.jsonl"


def write_handin(
    folder: Path, responses: Iterable[Response], *, learner: str, lesson: str, content: str = "", kit: str = "", mode: str = "class", at: str = ""
) -> Path:
    """Write the hand-in of one learner and lesson, whole or not at all, and say where it lies.

    Each response is written once (by its id), in the order of the clock, without the drafts that a later one replaced. Raises `HandInError` with a
    sentence when there is no usable name or the file can't be written; an older hand-in then stays as it was.
    """
    path = Path(folder) / file_name(learner, lesson)
    ordered = without_superseded({response.id: response for response in responses}.values())
    header = {
        "sayswho": "hand-in", "version": VERSION, "learner": clean_learner(learner), "lesson": lesson, "kit": kit,
        "content": content, "at": at or moment(), "mode": mode, "responses": len(ordered),
    }
    lines = [header, *(response.as_dict() for response in ordered)]
    try:
        replace_file(path, b"".join(as_line(line) for line in lines))
    except OSError as error:
        raise HandInError(say("handin.not_written", reason=error.strerror or str(error))) from error
    return path


def without_superseded(responses: Iterable[Response]) -> list[Response]:
    """What of a history grading can need, in the order of the clock: drafts that a later one replaced stay in the journal.

    Kept are every submitted answer and challenge, the newest draft of each item in each round, and the first response of
    each slot, which says which of its forms was answered first.
    """
    ordered = sorted(responses, key=lambda response: (response.at, response.id))
    newest_draft = {(response.item, response.round): response.id for response in ordered if response.kind == "draft"}
    first_of_slot: dict[str | None, str] = {}
    for response in ordered:
        first_of_slot.setdefault(response.slot, response.id)
    first_of_slot.pop(None, None)
    needed = {*newest_draft.values(), *first_of_slot.values()}
    return [response for response in ordered if response.kind != "draft" or response.id in needed]


def as_line(record: dict[str, Any]) -> bytes:
    """One record as one line of UTF-8 JSON; half a character (a lone surrogate) is written as an escape."""
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return line.encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(record, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def refuse_foreign(out: Path, is_ours: Callable[[bytes], bool], refusal: type[Exception], other: str = "file: --out FILE") -> None:
    """Raise `refusal` if a file stands at `out` that the same command did not write: nobody loses a file by a slip in a name."""
    if out.is_file() and not is_ours(out.read_bytes()):
        raise refusal(f"{out} is there already, and nothing in it shows that this command wrote it: it stays as it is. Name another {other}.")


def replace_file(path: Path, contents: bytes) -> None:
    """Put the contents where the path says, so that at every moment either the old or the new file is there, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{uuid4().hex}.part")
    try:
        with open(draft, "wb") as file:
            file.write(contents)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
