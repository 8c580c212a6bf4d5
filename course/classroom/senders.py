"""Whose a hand-in is: who on the roster its file names, and who sent it through a learning platform."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from course.handin import HandIn

PLATFORM_PREFIX = re.compile(r"(?:.*_attempt_\d{4}(?:-\d\d){5}_|.*_\d+_assignsubmission_file_|(?:\w*?_)?(?:LATE_)?(?:anon_\w{5}|\d+)_\d+_)(?=.)")
# Moodle puts the sender's name before a number, as a folder or as the beginning of the file's name; Canvas puts the sender
# and a number of the submission before the file's name.
MOODLE = re.compile(r"(?:.*/)?(?P<sender>[^/]+?)_\d+_assignsubmission_file")
CANVAS = re.compile(r"(?P<sender>(?:\w*?_)?(?:LATE_)?(?:anon_\w{5}|\d+))_\d+_(?=.)")


@dataclass(frozen=True)
class Roll:
    """The roster as files are held against it."""

    roster: dict[str, str]

    @cached_property
    def ids(self) -> dict[str, str]:
        """Each learner by its id, whatever the case."""
        return {learner.casefold(): learner for learner in self.roster}

    @cached_property
    def names(self) -> dict[str, str]:
        """Each learner by its name, where nobody else bears it."""
        borne = Counter(name.casefold() for name in self.roster.values())
        return {name.casefold(): learner for learner, name in self.roster.items() if name and borne[name.casefold()] == 1}

    def find(self, written: str) -> tuple[str, str]:
        """A learner as the roster writes it, and the name by which it was known if it was not its id.

        >>> roll = Roll({"learner-001": "Ann Moss"})
        >>> roll.find("Learner-001"), roll.find("ann moss"), roll.find("zed")
        (('learner-001', ''), ('learner-001', 'ann moss'), ('zed', ''))
        """
        tried = (written, PLATFORM_PREFIX.sub("", written, count=1))
        for one in tried:
            if learner := one if one in self.roster else self.ids.get(one.casefold()):
                return learner, ""
        for one in tried:
            if learner := self.names.get(one.casefold()):
                return learner, one
        return written, ""

    def nearest(self, learner: str) -> str:
        """The id on the roster that may have been meant, as the end of a sentence."""
        close = get_close_matches(learner, self.roster, n=1, cutoff=0.8)
        return f"; {close[0]} is" if close else ""


def sender_of(file: str) -> str:
    """Who sent a file, as Moodle or Canvas says in its name or folder; empty when no platform says it.

    >>> sender_of("Ida Moss_123_assignsubmission_file/ann--01_voices.jsonl"), sender_of("moss_LATE_1234_56_ann--01_voices.jsonl")
    ('Ida Moss', 'moss_1234')
    >>> sender_of("ann--01_voices.jsonl")
    ''
    """
    path = file.replace("\\", "/")
    found = MOODLE.match(path) or CANVAS.match(path.rpartition("/")[2])
    return found["sender"].replace("LATE_", "") if found else ""


def signatures(found: Mapping[tuple[str, str], Iterable[HandIn]]) -> Counter[str]:
    """Under how many learners' names each sender has sent something, of the hand-ins by learner and lesson."""
    pairs = {(sender_of(handin.file), learner) for (learner, _), several in found.items() for handin in several}
    return Counter(sender for sender, _ in pairs)


def of_one_sender(handins: list[HandIn], signed: Counter[str]) -> tuple[list[HandIn], list[HandIn]]:
    """The hand-ins of one learner and lesson that one sender sent, and those that others sent under the same name.

    Who sends under one name only is believed before who sends under several, and then whoever comes first.
    """
    senders = list(dict.fromkeys(sender for handin in handins if (sender := sender_of(handin.file))))
    believed = min(senders, key=lambda sender: signed[sender], default="")
    kept = [handin for handin in handins if sender_of(handin.file) in ("", believed)]
    return kept, [handin for handin in handins if handin not in kept]
