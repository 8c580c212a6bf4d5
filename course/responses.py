"""What a student did: responses, and the journal that keeps every one of them.

One JSON object a line, one file a running lesson, written to the disk before anyone says "saved". Nothing is ever
overwritten: a later response to the same item is a new line, and reading takes the newest.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from course.items import Answer
from course.messages import say
from course.messages.errors import ToldError

KINDS = ("draft", "submitted", "challenge")
ROUNDS = ("alone", "talk")
TIMESTAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}\.[0-9]{3}Z\Z")
LAST_SECOND = "9999-12-31T23:59:59"
LARGEST = 200_000
UNSAFE = re.compile(r"[^\w@.\-+ ']|\x7f")
NAMED = ("id", "item", "seen")
CHALLENGE_WORDS = 40


class ResponseError(ToldError, ValueError):
    """A response that can't be read; its text is one sentence that says why."""


@dataclass(frozen=True)
class Response:
    """One answer to one item at one moment, as it stands in the journal and in a hand-in.

    `at` is UTC with milliseconds, from the student's own clock; `kind` one of `KINDS`; `round` is "alone" or, after a
    discussion, "talk"; `seen` the fingerprint of the wording the student saw; `slot` the slot that led to the item.
    """

    id: str
    at: str
    item: str
    kind: str
    round: str
    seen: str
    value: Any
    reason: str | None = None
    confidence: Any = None
    slot: str | None = None

    @property
    def answer(self) -> Answer:
        """The part that is marked."""
        return Answer(self.value, self.reason, self.confidence)

    def as_dict(self) -> dict[str, Any]:
        """The response as JSON, without the fields that are empty."""
        named = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: value for name, value in named.items() if value is not None or name == "value"}


FIELDS = frozenset(Response.__dataclass_fields__)


def structure_response(raw: Any) -> Response:
    """A response from its JSON, or a `ResponseError` whose one sentence says what is wrong with it.

    >>> raw = {"id": "r1", "at": "2026-03-01T10:00:00.000Z", "item": "who-01", "kind": "draft", "round": "alone", "seen": "", "value": ["S3"]}
    >>> structure_response(raw).value
    ['S3']
    >>> structure_response({**raw, "at": "yesterday"})
    Traceback (most recent call last):
    course.responses.ResponseError: its time 'yesterday' is no time written like 2026-03-01T10:00:00.000Z
    """
    if not isinstance(raw, dict):
        raise ResponseError(f"it is a {type(raw).__name__}, not an object with named fields")
    if not FIELDS.issuperset(raw):
        raise ResponseError(f"it has a field that no response has: {brief(sorted(raw.keys() - FIELDS)[0])}")
    for name in NAMED:
        if not isinstance(raw.get(name), str) or len(raw[name]) > 100:
            raise ResponseError(f"its field {name!r} is not a short text")
    if not raw["id"] or not raw["item"]:
        raise ResponseError("its id or its item is empty")
    if not is_moment(raw.get("at")):
        raise ResponseError(f"its time {brief(raw.get('at'))} is no time written like 2026-03-01T10:00:00.000Z")
    for name, known in (("kind", KINDS), ("round", ROUNDS)):
        if raw.get(name) not in known:
            raise ResponseError(f"its {name} {brief(raw.get(name))} is none of {', '.join(known)}")
    for name in ("reason", "slot"):
        if not isinstance(raw.get(name), (str, type(None))):
            raise ResponseError(f"its field {name!r} is not a text")
    if "value" not in raw:
        raise ResponseError("it has no value")
    return Response(**raw)


def name_in_file(learner: str) -> str:
    """A learner's name as it may stand in the name of a file on any system: letters of every script stay, signs are encoded.

    `urllib.parse.unquote` reads it back.

    >>> name_in_file("김 서연"), name_in_file("Zoë O'Brien"), name_in_file("ann/../bob@example.org"), name_in_file(".ann")
    ('김 서연', "Zoë O'Brien", 'ann%2F..%2Fbob@example.org', '%2Eann')
    """
    encoded = UNSAFE.sub(lambda found: quote(found[0], safe="", errors="replace"), learner)
    return f"%2E{encoded[1:]}" if encoded.startswith(".") else encoded


def brief(value: Any) -> str:
    """A value as it may stand in a complaint: quoted, and never longer than forty characters."""
    shown = repr(value)
    return shown if len(shown) <= 40 else shown[:37] + "…" + shown[0]


def moment(seconds: float | None = None) -> str:
    """A time as responses write it, in UTC with milliseconds; now if none is given.

    >>> moment(0)
    '1970-01-01T00:00:00.000Z'
    """
    whole, rest = divmod(round((time.time() if seconds is None else seconds) * 1000), 1000)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(whole)) + f".{rest:03d}Z"


def is_moment(written: Any) -> bool:
    """Whether this is a time as responses write it, on a day that there is and not in the last second that can be written, for nothing could be later.

    >>> is_moment("2026-03-01T10:00:00.000Z"), is_moment("2026-02-30T10:00:00.000Z"), is_moment(17)
    (True, False, False)
    """
    if not isinstance(written, str) or not TIMESTAMP.match(written) or written >= LAST_SECOND:
        return False
    try:
        datetime.fromisoformat(written[:-1])
    except ValueError:
        return False
    return True


def later(first: str, than: str) -> str:
    """The first time, or one millisecond after the second if the first is not later.

    >>> later("2026-03-01T10:00:00.000Z", than="2026-03-01T10:00:00.000Z")
    '2026-03-01T10:00:00.001Z'
    """
    if first > than:
        return first
    whole, rest = than[:-5], int(than[-4:-1]) + 1
    if rest < 1000:
        return f"{whole}.{rest:03d}Z"
    return moment(calendar_seconds(whole) + 1)


def calendar_seconds(written: str) -> int:
    """Seconds since 1970 of a UTC time written to the second."""
    import calendar

    return calendar.timegm(time.strptime(written, "%Y-%m-%dT%H:%M:%S"))


def newest(responses: list[Response]) -> dict[str, Response]:
    """The response that counts for each item: the one with the latest `at` (of two alike, the larger id), challenges apart."""
    latest: dict[str, Response] = {}
    for response in responses:
        held = latest.get(response.item)
        if response.kind != "challenge" and (held is None or (response.at, response.id) > (held.at, held.id)):
            latest[response.item] = response
    return latest


@dataclass(frozen=True)
class Kept:
    """Where a response is now: "disk", "session" (lost when this place closes) or "" (not kept), and why."""

    where: str
    why: str = ""


@dataclass
class History:
    """Every response of one lesson, each once, and the places of lines that could not be read."""

    responses: list[Response] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)


class Journal:
    """The responses of one lesson on this machine: `<folder>/<lesson>/<session>.jsonl`.

    One writer a file; reading merges all files of the lesson and drops repeats by response id. Safe to call from any
    thread. Needs no lock between processes, so the same code works on a network drive and in a browser kernel.
    """

    def __init__(self, folder: Path, lesson: str) -> None:
        self.folder, self.lesson = folder, lesson
        self.session = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{uuid.uuid4().hex[:8]}"
        self.path = folder / lesson / f"{self.session}.jsonl"
        self._lock = threading.Lock()
        self._held: dict[str, Response] = {}
        self._own: list[bytes] = []
        self._read: dict[Path, tuple[int, int]] = {}
        self._torn: dict[Path, list[str]] = {}
        self._unfinished = False

    def keep(self, response: Response) -> Kept:
        """Write a response and flush it to the disk; a response that is known already is not written again."""
        line = json.dumps(response.as_dict(), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        raw = line.encode("utf-8", "surrogatepass")
        if len(raw) > LARGEST:
            return Kept("", f"it is longer than {LARGEST:,} characters")
        with self._lock:
            known = response.id in self._held
            if not known or (self._own and not self.path.exists()):
                try:
                    self._write([] if known else [raw])
                except OSError as error:
                    return Kept("", error.strerror or str(error))
                self._held[response.id] = response
        return Kept("session" if is_temporary() else "disk")

    def _write(self, new: list[bytes]) -> None:
        """Append lines and have the disk confirm them. A line cut short by a full disk is ended before the next.

        Where the file has gone since (someone moved or deleted the folder), all that this session wrote is written again.
        """
        fresh = not self.path.exists()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        was_unfinished, self._unfinished = self._unfinished and not fresh, True
        lines = (self._own if fresh else []) + new
        with open(self.path, "ab", buffering=0) as file:
            whole = (b"\n" if was_unfinished else b"") + b"".join(line + b"\n" for line in lines)
            if file.write(whole) != len(whole):
                raise OSError(28, "the disk is full")
            os.fsync(file.fileno())
        self._unfinished = False
        self._own += new
        if fresh:
            confirm_folder(self.path.parent)

    def read(self) -> History:
        """All responses of the lesson from every session, oldest first. Other sessions' files are read again when they changed."""
        with self._lock:
            files = sorted(file for file in (self.folder / self.lesson).glob("*.jsonl") if file != self.path)
            for file in files:
                if self._read.get(file) == (now := stamp(file)):
                    continue
                self._read[file], lines = now, read_lines(file)
                self._torn[file] = [torn for _, torn in lines if torn]
                for response, _ in lines:
                    if response:
                        self._held.setdefault(response.id, response)
            torn = [place for file in files for place in self._torn[file]]
            return History(sorted(self._held.values(), key=lambda r: (r.at, r.id)), torn)


def read_lines(file: Path) -> list[tuple[Response | None, str]]:
    """A journal file line by line: a response, or the place of a line that can't be read."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        return [(None, f"{file.name}: {error.strerror}")]
    lines: list[tuple[Response | None, str]] = []
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            lines.append((structure_response(json.loads(line.decode("utf-8", "surrogatepass"))), ""))
        except (ValueError, RecursionError):
            lines.append((None, f"{file.name}, line {number}"))
    return lines


def stamp(file: Path) -> tuple[int, int]:
    """What changes when a file is written: its size and its time."""
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def confirm_folder(folder: Path) -> None:
    """Have the disk confirm that a new file has its name; systems that can't do this for folders are left alone."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def is_temporary() -> bool:
    """Whether files here vanish with the page or the server: a browser kernel without its drive, or a Binder."""
    if sys.platform == "emscripten":
        return not os.getcwd().startswith("/drive")
    return "BINDER_SERVICE_HOST" in os.environ or os.environ.get("SAYSWHO_TEMPORARY") == "1"


def refuse_long_challenge(response: Response) -> None:
    """An argument for another answer stands in the reason, and is short: a marker reads many. Raises `ResponseError`."""
    words = sum(any(letter.isalnum() for letter in word) for word in (response.reason or "").split())
    if response.kind == "challenge" and not 0 < words <= CHALLENGE_WORDS:
        raise ResponseError(say("challenge.too_long", most=CHALLENGE_WORDS))
