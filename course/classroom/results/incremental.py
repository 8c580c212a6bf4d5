"""Grading again: pages that would come out the same are left as they are.

Scores are always worked out afresh, for that takes a twentieth of the time that drawing the pages does; so nothing that
is remembered here can set a score. What is remembered stands in a file beside the gradebook: for each page a hash of all
that it was drawn from (answers, scores, marks, wording, keys, this kit's own code) and a hash of its bytes. A page is
left only if both are still true.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from course.handin.places import resolved
from course.handin.writing import replace_file
from course.items import Item, Key, Text
from course.reports import Answered, LessonReport

CACHE = ".graded-cache.json"
VERSION = 1
LARGEST = 20_000_000


@dataclass
class EarlierGrading:
    """What an earlier grading into the same folder left: hashes of its hand-ins and pages. Empty if it can't be read or is from another kit."""

    place: Path
    handins: frozenset[str] = frozenset()
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    now: dict[str, tuple[str, str]] = field(default_factory=dict)

    def is_unchanged(self, page: Path, made_of: str) -> bool:
        """Whether a page is on the disk as it was written, and would be written from the same things again."""
        held = self.pages.get(page.name)
        if held is None or held[0] != made_of or page.is_symlink():
            return False
        try:
            same = hashlib.sha256(page.read_bytes()).hexdigest() == held[1]
        except OSError:
            return False
        if same:
            self.now[page.name] = held
        return same

    def remember(self, page: str, made_of: str, written: bytes) -> None:
        """Note a page that has just been written."""
        self.now[page] = (made_of, hashlib.sha256(written).hexdigest())

    def keep(self, digests: Iterable[str]) -> None:
        """Write what the next grading may use; without it the next one only takes longer."""
        told = {"version": VERSION, "handins": sorted(digests), "pages": {page: list(held) for page, held in sorted(self.now.items())}}
        replace_file(self.place, json.dumps(told, ensure_ascii=False, indent=0).encode("utf-8", "replace"))


def earlier_grading(out: Path, handins: Path | None) -> EarlierGrading:
    """What the last grading into `out` left, if it may be believed.

    It may not where hand-ins and results lie in one another: there a learner's file could be taken for ours.
    """
    place = out / CACHE
    if handins is None or lies_within(handins, out) or lies_within(out, handins):
        return EarlierGrading(place)
    try:
        if place.is_symlink() or place.stat().st_size > LARGEST:
            return EarlierGrading(place)
        told = json.loads(place.read_text("utf-8"))
        if told["version"] != VERSION:
            return EarlierGrading(place)
        pages = {page: (held[0], held[1]) for page, held in told["pages"].items() if isinstance(page, str) and len(held) == 2}
        return EarlierGrading(place, frozenset(one for one in told["handins"] if isinstance(one, str)), pages)
    except (OSError, ValueError, RecursionError, TypeError, KeyError, AttributeError):
        return EarlierGrading(place)


def lies_within(inner: Path, outer: Path) -> bool:
    """Whether a place is another or lies in it.

    >>> lies_within(Path("a/b"), Path("a")), lies_within(Path("a"), Path("a/b")), lies_within(Path("a"), Path("a"))
    (True, False, True)
    """
    inner, outer = resolved(inner), resolved(outer)
    return inner == outer or outer in inner.parents


@dataclass
class Fingerprints:
    """Hashes of what pages are drawn from. What many pages share (a text, a question, a key) is hashed once."""

    shared: dict[int, tuple[Any, str]] = field(default_factory=dict)

    def of_page(self, learner: str, name: str, lessons: list[LessonReport]) -> str:
        """A hash of everything that a page shows, and of the code that draws it."""
        parts = [of_code(), repr((learner, name))]
        for lesson in lessons:
            parts.append(repr([getattr(lesson, one.name) for one in fields(lesson) if one.name != "questions"]))
            parts += [self.of_question(question) for question in lesson.questions]
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def of_question(self, question: Answered) -> str:
        """Everything that is known of one answered question, as text."""
        values = [getattr(question, one.name) for one in fields(question)]
        return "\x1e".join(self.of_shared(value) if isinstance(value, (Item, Text, Key)) else repr(value) for value in values)

    def of_shared(self, value: Any) -> str:
        """The hash of a question, a text or a key."""
        held = self.shared.get(id(value))
        if held is None:
            held = self.shared[id(value)] = (value, hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest())
        return held[1]


@cache
def of_code() -> str:
    """A hash of this kit's own code and styles: another version may draw the same things differently."""
    course, whole = Path(__file__).resolve().parent.parent, hashlib.sha256()
    for path in sorted(path for kind in ("*.py", "*.css") for path in course.rglob(kind)):
        whole.update(path.relative_to(course).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()
