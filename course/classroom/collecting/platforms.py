"""What Canvas, Moodle and Blackboard say in the names of the files that they hand out: who sent it, when, and what it was called.

Nothing here trusts what a learner may have chosen: of two places in a name that look like a platform's words, the one
before counts, for a platform puts its own words first. The shapes are those that the products' own code writes
(Canvas's content_zipper, Moodle's mod_assign) and, for Blackboard, those that three independent readers agree on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass

NAMES = {"canvas": "Canvas", "moodle": "Moodle", "blackboard": "Blackboard"}
# No platform puts the end of a line into a name, and one at the end would have these shapes tried from every sign before it.
NO_LINE_END = r"(?![^\n]*\n)"
# Canvas: name, LATE, user (or anon_ and five letters), attachment, file. Older ones write name-late with hyphens.
CANVAS = re.compile(
    NO_LINE_END + r"(?:(?P<name>(?!LATE_|anon_)[^\s/.]*?)(?P<older>-late)?_)?(?P<late>LATE_)?(?:anon_(?P<anon>[1-9A-HJ-NP-Za-km-z]{5})|(?P<user>\d+))_"
    r"(?:(?P<attachment>\d+)_(?P<file>.+)|(?P<kind>text|link)\.html)"
)
# A group called team_1 looks like the user 1: then the user and the attachment stand one place further on.
SHIFTED = re.compile(r"(?P<user>\d+)_(?P<file>.+)")
# Moodle: full name, participant of this assignment, plugin; a folder (older ones end in _) or the beginning of a file's name.
MOODLE = re.compile(r"(?P<name>[^_/]*)(?:_(?P<participant>\d+))?_(?P<what>assignsubmission|assignfeedback)_(?P<plugin>[a-z0-9]+)(?:_(?P<file>.*))?")
# Blackboard: assignment, username, time of the attempt, file; the platform's receipt ends right after the time.
BLACKBOARD = re.compile(NO_LINE_END + r"(?P<head>.+?)_attempt_(?P<stamp>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<receipt>\.txt))")


@dataclass(frozen=True)
class Sent:
    """What a platform says of one file. `sender` is its id of the person, `name` how it writes the name, `file` what the learner called the file.

    `kind` is "file", or "text" and "link" for what was typed into the platform, "receipt" for what the platform itself wrote.
    `attempt` is the beginning of the name that all files of one attempt share (Blackboard).
    """

    platform: str
    sender: str
    name: str = ""
    submission: str = ""
    stamp: str = ""
    late: bool = False
    file: str = ""
    kind: str = "file"
    attempt: str = ""

    @property
    def label(self) -> str:
        """The sender as a person recognises it, the same in each assignment."""
        if self.platform == "canvas":
            return "_".join(filter(None, (self.name, self.sender)))
        return self.name or self.sender if self.platform == "moodle" else self.sender


def parts_of(name: str) -> list[str]:
    """The folders of a path and its file, in the manner of any system, with composed letters."""
    return unicodedata.normalize("NFC", name.replace("\\", "/")).split("/")


def canvas(part: str) -> list[Sent]:
    """How a name may be read as Canvas's, the likelier first; two when a group's name ends in a number.

    >>> [(one.sender, one.submission, one.file) for one in canvas("moss_LATE_1234_56_ann--01_voices.jsonl")]
    [('1234', '56', 'ann--01_voices.jsonl')]
    >>> [(one.sender, one.submission, one.file) for one in canvas("team_1_1234_56_plan.pdf")]
    [('1', '1234', '56_plan.pdf'), ('1234', '56', 'plan.pdf')]
    """
    found = CANVAS.fullmatch(part)
    if not found:
        return []
    sender = f"anon_{found['anon']}" if found["anon"] else found["user"]
    about = {"name": found["name"] or "", "late": bool(found["late"] or found["older"])}
    first = Sent("canvas", sender, submission=found["attachment"] or "", file=found["file"] or part, kind=found["kind"] or "file", **about)
    further = SHIFTED.fullmatch(found["file"] or "") if found["user"] else None
    if not further:
        return [first]
    group = f"{about['name']}_{sender}".lstrip("_")
    return [first, Sent("canvas", first.submission, group, further["user"], late=first.late, file=further["file"])]


def moodle(part: str, *, leaf: bool) -> Sent | None:
    """A folder or a file as Moodle names it; the word for "Participant" is never looked at, for it is in the teacher's language.

    >>> moodle("Ida Moss_77_assignsubmission_file_", leaf=False).name, moodle("Ida Moss_77_assignsubmission_file_a_b.jsonl", leaf=True).file
    ('Ida Moss', 'a_b.jsonl')
    """
    found = MOODLE.fullmatch(part)
    if not found or (leaf and not found["file"]) or (found["file"] and not leaf):
        return None
    kind = "receipt" if found["what"] == "assignfeedback" else "text" if found["plugin"] == "onlinetext" else "file"
    name = found["name"] if found["participant"] else ""
    return Sent("moodle", found["participant"] or "", name, file=found["file"] or "", kind=kind)


def blackboard(part: str, usernames: Container[str]) -> Sent | None:
    """A file as Blackboard names it; a username may hold the very sign that divides the name, so the longest known one is taken.

    >>> blackboard("Essay_1_ann_moss_attempt_2024-03-01-10-15-00_a.pdf", {"ann_moss", "moss"}).sender
    'ann_moss'
    """
    found = BLACKBOARD.fullmatch(part)
    if not found:
        return None
    head = found["head"]
    sender = next((tail for tail in tails_of(head) if tail.casefold() in usernames), head.rpartition("_")[2])
    day, clock = found["stamp"][:10], found["stamp"][11:].replace("-", ":")
    attempt = f"{head}_attempt_{found['stamp']}"
    return Sent("blackboard", sender, stamp=f"{day}T{clock}", file=found["file"] or part, kind="receipt" if found["receipt"] else "file", attempt=attempt)


def tails_of(head: str) -> Iterator[str]:
    """What may be a username at the end of a name, the longest first.

    >>> list(tails_of("Essay_1_ann"))
    ['1_ann', 'ann']
    """
    place = head.find("_")
    if place < 0:
        yield head
    while place >= 0:
        yield head[place + 1:]
        place = head.find("_", place + 1)


def sender_on_receipt(text: str, head: str) -> tuple[str, str]:
    """The username and the full name on Blackboard's receipt, whose first line holds both, if the file's name ends in the username too.

    >>> sender_on_receipt("Naam: Ida Moss (ann_moss)\\nOpdracht: Essay", "Essay_ann_moss")
    ('ann_moss', 'Ida Moss')
    """
    first = text.lstrip("\ufeff").splitlines()[0].rstrip() if text.strip() else ""
    before, _, username = first[:-1].rpartition("(") if first.endswith(")") else ("", "", "")
    return (username, before.partition(":")[2].strip()) if username and head.endswith(f"_{username}") else ("", "")


def original_names(text: str, attempt: str) -> dict[str, str]:
    """What the files of one attempt were called, by what Blackboard calls them; only names of this attempt are believed.

    The labels are in the language of the place, so two lines in a row are taken, of which the second names such a file.

    >>> original_names("Files:\\n\\tOriginal filename: my essay.jsonl\\n\\tFilename: E_ann_attempt_X_myessay.jsonl\\n", "E_ann_attempt_X")
    {'E_ann_attempt_X_myessay.jsonl': 'my essay.jsonl'}
    """
    values = [line.partition(":")[2].strip() for line in text.splitlines()]
    return {after: before for before, after in zip(values, values[1:], strict=False) if after.startswith(f"{attempt}_") and before}
