"""Reading hand-ins: every file either becomes a `HandIn` or a sentence, and one bad line never costs the others."""

from __future__ import annotations

import hashlib
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from course.handin.problems import Problem, problem
from course.handin.writing import VERSION
from course.items import EVERYONE
from course.responses import Response, ResponseError, is_moment, structure_response

DEEPEST_JSON = 12
MORE_THAN_ANY_ANSWER = 64
LONGEST_SHOWN = 60
MOST_OF_A_NAME = 400
# A lesson asks at most some forty questions, and replaced drafts are left out: room for each to be submitted two hundred times.
MOST_LINES = 10_000
# More of one kind from one file nobody reads; the rest are counted.
MOST_OF_A_KIND = 20
# What only grading can say. Where a hand-in says it of itself, that is told, and it counts for nothing.
CLAIMS = frozenset({"score", "points", "grade", "mark", "marks", "total", "correct", "outcome", "max", "late"})

NAME = re.compile(
    r"(?P<learner>.+)--(?P<lesson>\w+)(?:-\d+| ?\(\d+\)| - Copy(?: \(\d+\))?| copy(?: \d+)?)?\.jsonl(?:\.txt|\.json)?", re.IGNORECASE
)
BRACKETS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[{\]}]')


@dataclass(frozen=True)
class Broken:
    """An answer that could not be read: to which item, and when, as far as that much could be read."""

    item: str = ""
    at: str = ""


@dataclass(frozen=True)
class HandIn:
    """One hand-in as it was read: who (by the platform, else by the file's name), which lesson, and every response that could be used.

    `broken` are the answers that could not be read. `whole` is False when lines are missing, so that a question without
    an answer may have had one; `usable` is False when nothing at all could be read. `sender` and `stamp` are what a
    platform says of who sent it and when, `joined` whether the roster knows that sender; `at` is when the file says that
    it was handed in and `claimed` whose it says it is, `digest` stands for its bytes.
    """

    learner: str
    lesson: str
    file: str
    responses: tuple[Response, ...] = ()
    broken: tuple[Broken, ...] = ()
    whole: bool = True
    usable: bool = True
    sender: str = ""
    joined: bool = False
    stamp: str = ""
    at: str = ""
    claimed: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Named:
    """What is known of a file before it is opened: what the learner called it, whom it counts for if a platform says so, and that learner's other names."""

    base: str
    learner: str = ""
    platform: str = ""
    known_as: frozenset[str] = frozenset()


@dataclass
class Complaints:
    """What is wrong with one file: of each kind the first ones, and how many more there are. A file of a million faults costs no more than one of twenty."""

    kept: list[Problem] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def add(self, found: Problem) -> None:
        """Keep a problem, or count it where there are enough of its kind."""
        self.seen[found.kind] += 1
        if self.seen[found.kind] <= MOST_OF_A_KIND + 1:
            self.kept.append(found)

    def told(self) -> list[Problem]:
        """The problems; the last one kept of a kind says how many are like it."""
        last = {found.kind: place for place, found in enumerate(self.kept)}
        more = {last[kind]: count - MOST_OF_A_KIND - 1 for kind, count in self.seen.items() if count > MOST_OF_A_KIND + 1}
        return [
            replace(found, what=f"{found.what} (and {more[place]} more like this in the same file)") if place in more else found
            for place, found in enumerate(self.kept)
        ]


class NotFinite(ValueError):
    """A number that JSON has no word for: NaN, Infinity, or one too large."""


def refuse_number(written: str) -> float:
    """Infinity and its kind are no answers, in whichever way they are written."""
    raise NotFinite(written[:20])


def finite(written: str) -> float:
    """A number with a point, unless it is too large to be one."""
    number = float(written)
    return number if number - number == 0 else refuse_number(written)


DECODER = json.JSONDecoder(parse_constant=refuse_number, parse_float=finite)


def read_handins(
    where: Path, *, leave_out: Iterable[Path] = (), track: Callable[[list[Any]], Iterable[Any]] = iter
) -> tuple[list[HandIn], list[Problem]]:
    """Read every hand-in in a folder, a zip or a single file, and say what was wrong with the rest.

    Nothing is executed, unpacked to the disk or followed. `leave_out` are folders not to look into; `track` may wrap the
    list of files to show progress.
    """
    from course.handin.places import find_sources

    handins: list[HandIn] = []
    problems: list[Problem] = []
    for source in track(list(find_sources(where, leave_out))):
        if isinstance(source, Problem):
            problems.append(with_owner(source))
            handins += unusable([problems[-1]])
            continue
        handin, found = read_source(source.name, source.fetch)
        problems += found
        handins += [handin] if handin else unusable(found)
    if not handins and not problems:
        problems.append(problem("no_handins", file=Path(where).name))
    return handins, problems


def read_handin(path: Path) -> HandIn | None:
    """Read one hand-in from its own file, for a learner who continues from it; None when nothing in it can be used."""
    from course.handin.places import read_file

    return read_source(Path(path).name, lambda: read_file(Path(path), Path(path).name))[0]


def read_source(name: str, fetch: Callable[[], bytes | Problem], named: Named | None = None) -> tuple[HandIn | None, list[Problem]]:
    """One file: who and what by its name and by what is known of it already, then its contents."""
    named = named or Named(base_of(name))
    written, lesson = owner(named.base)
    about = {"file": name, "learner": named.learner or written, "lesson": lesson}
    kind = named.base.lower()
    if not kind.endswith((".jsonl", ".jsonl.txt", ".jsonl.json")):
        found = with_owner(problem("notebook", file=named.base)) if kind.endswith(".ipynb") else problem("other_file")
        return None, [Problem(**{**vars(found), "file": name, "learner": named.learner or found.learner})]
    if not about["learner"]:
        return None, [problem("bad_name", file=name)]
    if about["learner"] == EVERYONE:
        return None, [problem("everyones_name", file=name, lesson=lesson)]
    raw = fetch()
    if isinstance(raw, Problem):
        return None, [Problem(**{**vars(raw), "learner": about["learner"], "lesson": lesson})]
    return parse(about, named, raw)


def base_of(name: str) -> str:
    """The last part of a path, in the manner of any system."""
    return name.replace("\\", "/").rpartition("/")[2]


def owner(base: str) -> tuple[str, str]:
    """The learner and the lesson that a file's name gives, or two empty strings. Numbers that a browser adds to copies fall away.

    >>> owner("learner-017--01_voices (1).jsonl")
    ('learner-017', '01_voices')
    >>> owner("%EA%B9%80--01_voices.jsonl")
    ('김', '01_voices')
    >>> owner("essay.docx")
    ('', '')
    """
    found = NAME.fullmatch(base)
    if not found:
        return "", ""
    learner = unicodedata.normalize("NFC", " ".join(unquote(found["learner"]).split()))
    return learner, found["lesson"] if learner else ""


def with_owner(found: Problem) -> Problem:
    """A problem with the learner and lesson that its file's name gives, so that it can be put beside the right row."""
    stem = base_of(found.file)
    learner, lesson = owner(stem if stem.lower().endswith(".jsonl") else f"{stem.rpartition('.')[0]}.jsonl")
    return Problem(**{**vars(found), "learner": learner, "lesson": lesson}) if learner else found


def unusable(found: list[Problem]) -> list[HandIn]:
    """A hand-in with nothing in it, when its file's name says whose it is: that learner did hand something in."""
    first = found[0]
    return [HandIn(first.learner, first.lesson, first.file, whole=False, usable=False)] if first.learner and first.lesson else []


def parse(about: dict[str, str], named: Named, raw: bytes) -> tuple[HandIn | None, list[Problem]]:
    """The contents of a hand-in: the header is checked against what is known, then each line stands for itself."""
    if not raw.strip(b"\r\n\t \x00"):
        return None, [problem("empty", **about)]
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None, [problem("not_text", **about, encoding="UTF-16")]
    lines = io.BytesIO(raw.removeprefix(b"\xef\xbb\xbf"))
    header, refused = read_header(lines.readline(), about)
    if refused:
        return None, [refused]
    lesson = header.get("lesson")
    if not about["lesson"] and isinstance(lesson, str) and re.fullmatch(r"\w{1,60}", lesson):
        about = {**about, "lesson": lesson}
    if not about["lesson"]:
        return None, [problem("bad_name", **about)]
    problems = Complaints()
    for one in check_header(header, about, named):
        problems.add(one)
    responses, broken, found, whole = read_lines(lines, about, problems)
    promised = header.get("responses")
    if promised != found and not problems.seen["too_many_lines"]:
        whole = whole and type(promised) is int and promised < found
        problems.add(problem("count", **about, promised=shown(promised), found=found))
    at = header["at"] if is_moment(header.get("at")) else ""
    more = {"at": at, "claimed": name_in(header), "digest": hashlib.sha256(raw).hexdigest()}
    return HandIn(about["learner"], about["lesson"], about["file"], tuple(responses), tuple(broken), whole, **more), problems.told()


def read_header(line: bytes, about: dict[str, str]) -> tuple[dict[str, Any], Problem | None]:
    """The first line, if it is one that this version can read; otherwise why not."""
    record, _, _ = read_json(line)
    if not isinstance(record, dict) or record.get("sayswho") != "hand-in":
        return {}, problem("no_header", **about, line=1)
    version = record.get("version")
    if type(version) is not int or version < 1:
        return {}, problem("bad_version", **about, line=1, version=shown(version))
    if version > VERSION:
        return {}, problem("future", **about, line=1, version=version, ours=VERSION)
    return record, None


def name_in(header: dict[str, Any]) -> str:
    """The learner whom the first line names, as names are compared; empty if that is no name."""
    says = header.get("learner")
    return unicodedata.normalize("NFC", " ".join(says.split())) if isinstance(says, str) and len(says) < MOST_OF_A_NAME else ""


def check_header(header: dict[str, Any], about: dict[str, str], named: Named) -> list[Problem]:
    """Where the first line disagrees with whom and what the file counts for (which wins), points that it gives itself, and a copy with keys."""
    found = []
    written = owner(named.base)[0]
    says = header.get("learner")
    # Where a platform says that another sent it than the file's name says, the name alone is told, and not the first line too.
    names = {about["learner"], written, *named.known_as}
    if not isinstance(says, str) or name_in(header) not in names:
        kind = "header_sender" if named.platform else "header_learner"
        found.append(problem(kind, **about, line=1, header=shown(says), written=written, platform=named.platform))
    if header.get("lesson") != about["lesson"]:
        found.append(problem("header_lesson", **about, line=1, header=shown(header.get("lesson"))))
    if claimed := CLAIMS.intersection(header):
        found.append(problem("claims", **about, line=1, claimed=", ".join(sorted(claimed))))
    if header.get("mode") == "self-study":
        found.append(problem("self_study_copy", **about, line=1))
    return found


def read_lines(lines: Iterable[bytes], about: dict[str, str], problems: Complaints) -> tuple[list[Response], list[Broken], int, bool]:
    """Every answer below the first line that can be read, the ones that can't, how many lines there are, and whether none of them was lost."""
    by_id: dict[str, Response] = {}
    broken: list[Broken] = []
    whole, found = True, 0
    for number, line in enumerate(lines, start=2):
        if number > MOST_LINES:
            problems.add(problem("too_many_lines", **about, line=number, limit=MOST_LINES))
            whole = False
            break
        if line.isspace():
            continue
        found += 1
        record, kind, values = read_json(line)
        if kind:
            whole = False
            kind = "torn" if not line.endswith(b"\n") and kind in ("not_json", "bad_text") else kind
            problems.add(problem(kind, **about, line=number, **values))
            continue
        try:
            response = without_claims(record, {**about, "line": number}, problems)
        except ResponseError as error:
            broken.append(what_is_left(record))
            problems.add(problem("bad_response", **about, line=number, item=broken[-1].item, reason=error))
            continue
        held = by_id.get(response.id)
        if held is not None:
            problems.add(problem("repeated" if held == response else "same_id", **about, line=number, item=response.item))
        if held is None or response.at > held.at:
            by_id[response.id] = response
    return list(by_id.values()), broken, found, whole


def without_claims(record: Any, about: dict[str, Any], problems: Complaints) -> Response:
    """An answer from its JSON; what it claims of its own worth is told and passed over. Raises `ResponseError` if the rest is no answer."""
    try:
        return structure_response(record)
    except ResponseError:
        if not isinstance(record, dict) or CLAIMS.isdisjoint(record):
            raise
    problems.add(problem("claims", **about, claimed=", ".join(sorted(CLAIMS.intersection(record)))))
    return structure_response({name: value for name, value in record.items() if name not in CLAIMS})


def read_json(line: bytes) -> tuple[Any, str, dict[str, Any]]:
    """One line as JSON, or the kind of problem it has and the words for it."""
    try:
        text = line.decode().strip()
    except UnicodeDecodeError:
        return None, "bad_text", {}
    try:
        if text.count("[") + text.count("{") > MORE_THAN_ANY_ANSWER and depth(text) > DEEPEST_JSON:
            return None, "nested", {"limit": DEEPEST_JSON}
        record, end = DECODER.raw_decode(text)
        if end != len(text):
            raise json.JSONDecodeError("more follows after its end", text, end)
    except NotFinite as error:
        return None, "not_finite", {"number": error}
    except RecursionError:
        return None, "nested", {"limit": DEEPEST_JSON}
    except json.JSONDecodeError as error:
        return None, "not_json", {"reason": f"{error.msg[:1].lower()}{error.msg[1:]} at character {error.pos + 1}"}
    except ValueError:
        return None, "not_finite", {"number": "a number of thousands of digits"}
    return record, "", {}


def depth(text: str) -> int:
    """How deep the brackets of a JSON text go, without reading it as JSON.

    >>> depth('{"a": ["[[[", [1]]}')
    3
    """
    deepest = level = 0
    for found in BRACKETS.finditer(text):
        mark = found[0]
        if mark in "[{":
            level += 1
            deepest = max(deepest, level)
        elif mark in "]}":
            level -= 1
    return deepest


def what_is_left(record: Any) -> Broken:
    """The item and the time of an answer that can't be read as a whole."""
    left = record if isinstance(record, dict) else {}
    return Broken(*(left[name] if isinstance(left.get(name), str) and len(left[name]) <= LONGEST_SHOWN else "" for name in ("item", "at")))


def shown(value: Any) -> str:
    """A value of the header as it may stand in a sentence."""
    if value is None:
        return "nothing"
    written = value if isinstance(value, str) else json.dumps(value, default=str)
    return written if len(written) <= LONGEST_SHOWN else f"{written[:LONGEST_SHOWN]}…"
