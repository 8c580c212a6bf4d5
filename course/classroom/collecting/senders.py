"""Whose a hand-in is: who on the roster a platform says has sent it, or whom its file names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from course.classroom.collecting.platforms import Sent
from course.handin import HandIn
from course.roster import Person, Roster

NO_LETTER = re.compile(r"[\W_]+")
ALIASES = ("login", "email", "number", "sis", "canvas")


def squeezed(name: str) -> str:
    """A name without anything but its letters and figures, as Canvas squeezes it.

    >>> squeezed("O'Brien, Zoë")
    'obrienzoë'
    """
    return NO_LETTER.sub("", unicodedata.normalize("NFC", name)).lower()


def orders(name: str) -> set[str]:
    """A squeezed name in each order in which platforms may put its parts: last name first, or last.

    >>> sorted(orders("Ida van Moss"))
    ['idavanmoss', 'mossidavan', 'vanmossida']
    """
    words = name.split()
    return {squeezed(" ".join(words[place:] + words[:place])) for place in range(len(words))} - {""}


@dataclass(frozen=True)
class Roll:
    """The roster as files are held against it."""

    roster: Roster

    @cached_property
    def ids(self) -> dict[str, str]:
        """Each learner by its id and by the other ids that only it has, whatever the case."""
        bearers: dict[str, set[str]] = defaultdict(set)
        for person in self.roster.values():
            for alias in ALIASES:
                bearers[getattr(person, alias).casefold()].add(person.learner)
        found = {}
        for one, learners in bearers.items():
            if one and len(learners) == 1:
                found[one] = min(learners)
        # An id of our own wins over the same letters in another column.
        for learner in self.roster:
            found[learner.casefold()] = learner
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """Each learner by its name, where nobody else bears it."""
        borne = Counter(person.name.casefold() for person in self.roster.values())
        return {person.name.casefold(): person.learner for person in self.roster.values() if person.name and borne[person.name.casefold()] == 1}

    @cached_property
    def squeezed_names(self) -> dict[str, str]:
        """Each learner by its name as platforms squeeze and turn it, where nobody else's comes to the same."""
        borne = Counter(order for person in self.roster.values() for order in orders(person.name))
        return {order: person.learner for person in self.roster.values() for order in orders(person.name) if borne[order] == 1}

    @cached_property
    def canvas_ids(self) -> dict[str, str]:
        """Each learner by Canvas's id, where the roster tells it."""
        return {person.canvas: person.learner for person in self.roster.values() if person.canvas}

    @cached_property
    def usernames(self) -> dict[str, str]:
        """Each learner by its username, or by its id where the roster tells none, whatever the case."""
        return {(person.login or person.learner).casefold(): person.learner for person in self.roster.values()}

    def find(self, written: str) -> tuple[str, str]:
        """A learner as the roster writes it, and the name by which it was known if it was not an id; as written if it is neither.

        >>> roll = Roll({"learner-001": Person("learner-001", "Ann Moss", email="ann@example.org")})
        >>> roll.find("Learner-001"), roll.find("ann@example.org"), roll.find("ann moss"), roll.find("zed")
        (('learner-001', ''), ('learner-001', ''), ('learner-001', 'ann moss'), ('zed', ''))
        """
        if written in self.roster:
            return written, ""
        anyhow = written.casefold()
        if anyhow in self.ids:
            return self.ids[anyhow], ""
        if anyhow in self.names:
            return self.names[anyhow], written
        return written, ""

    def knows(self, written: str) -> bool:
        """Whether this is somebody on the roster."""
        return bool(written) and self.find(written)[0] in self.roster

    def sender(self, sent: Sent) -> str:
        """The learner whom a platform says has sent a file; empty when the roster can't tell.

        Canvas is joined by its user id, Blackboard by the username, and both by the full name where the roster has no such
        id of that person; Moodle by the full name, for its number is another in each assignment.
        """
        if sent.platform == "canvas" and sent.sender in self.canvas_ids:
            return self.canvas_ids[sent.sender]
        if sent.platform == "blackboard" and sent.sender.casefold() in self.usernames:
            return self.usernames[sent.sender.casefold()]
        learner = self.squeezed_names.get(squeezed(sent.name), "")
        return learner if learner and self.may_be(sent, learner) else ""

    def likeliest(self, readings: list[Sent]) -> Sent:
        """Of the ways to read one name the one whose sender is on the roster; of two, the one whose name fits too."""
        known = [one for one in readings if self.sender(one)]
        fitting = [one for one in known if squeezed(one.name) in orders(self.roster[self.sender(one)].name)]
        return (fitting or known or readings)[0]

    def may_be(self, sent: Sent, learner: str) -> bool:
        """Whether a sender whose id is on nobody's line may be this learner: not when the roster has another id of that platform there."""
        person = self.roster.get(learner, Person(learner))
        return not {"canvas": person.canvas if sent.sender.isdigit() else "", "blackboard": person.login}.get(sent.platform, "")

    def nearest(self, learner: str, name: str = "") -> str:
        """The id on the roster that may have been meant, by its letters or by the name's, as the end of a sentence.

        Where a platform has told the name, only that is compared: ids are often alike, and names are not.
        """
        ids = [] if name else get_close_matches(learner, self.roster, n=1, cutoff=0.8)
        if ids:
            return f"; {ids[0]} is"
        names = get_close_matches(squeezed(name or learner), self.squeezed_names, n=1, cutoff=0.75)
        if not names:
            return ""
        meant = self.squeezed_names[names[0]]
        return f"; {meant} ({self.roster[meant].name}) is"


def signatures(found: Mapping[tuple[str, str], Iterable[HandIn]]) -> Counter[str]:
    """Under how many learners' names each sender has sent something, of the hand-ins by learner and lesson."""
    pairs = {(handin.sender, learner) for (learner, _), several in found.items() for handin in several}
    return Counter(sender for sender, _ in pairs)


def of_one_sender(handins: list[HandIn], signed: Counter[str]) -> tuple[list[HandIn], list[HandIn]]:
    """The hand-ins of one learner and lesson that one sender sent, and those that others sent under the same name.

    Whom the roster knows as the sender is believed first, then who sends under one name only, then whoever comes first.
    """
    sure = {handin.sender for handin in handins if handin.joined}
    senders = list(dict.fromkeys(handin.sender for handin in handins if handin.sender))
    believed = min(senders, key=lambda sender: (sender not in sure, signed[sender]), default="")
    kept = [handin for handin in handins if handin.sender in ("", believed) or handin.joined]
    held = {id(handin) for handin in kept}
    return kept, [handin for handin in handins if id(handin) not in held]


__all__ = ["Roll", "of_one_sender", "orders", "signatures", "squeezed"]
