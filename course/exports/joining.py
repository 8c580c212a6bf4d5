"""Whose row is whose: our learners and the rows of a platform's file, brought together by ids, or by a name that only one bears."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields

from course.exports.told import named
from course.roster import Person
from course.spelling import same

# In the order of trust: what the platform itself said when the file was handed in, its own numbers, then what people type.
IDS = ("sender", "canvas", "sis", "login", "email", "number")
# A learner's own id is often one of these; never Canvas's number, for which a student number could be mistaken.
AS_LEARNER = ("sis", "login", "email", "number")


@dataclass(frozen=True)
class Seat:
    """A row of a platform's file with what it says of its person; `line` is its place among the rows, from 0."""

    line: int
    shown: str
    names: tuple[str, ...] = ()
    sender: str = ""
    canvas: str = ""
    sis: str = ""
    login: str = ""
    email: str = ""
    number: str = ""


@dataclass
class Joined:
    """The learner of each row, and what could not be brought together, in lines that say what to do."""

    learners: dict[int, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


def in_small_letters(written: str) -> str:
    """An id or a name as it is compared: composed letters, single spaces, no capitals.

    >>> in_small_letters("  Zoe\\u0308  LUND ")
    'zoë lund'
    """
    return same(written).casefold()


def join(
    names: Mapping[str, str], roster: Mapping[str, Person], seats: Iterable[Seat], product: str, senders: Mapping[str, str] | None = None,
    owed: Collection[str] | None = None,
) -> Joined:
    """Bring learners and rows together; nobody is guessed at.

    `names` are the learners of the gradebook with the names that stand there, `senders` the platform's own ids of those
    who handed in. A row counts only if exactly one learner claims it and that learner claims no other. `owed` are those for
    whom there is something to write: only they are missed where they have no row.
    """
    every = list(seats)
    index = Index(every)
    claims: dict[str, list[Seat]] = {}
    joined = Joined()
    for learner, name in names.items():
        person = roster.get(learner) or Person(learner, name)
        claims[learner] = index.seats_of(person, person.name or name, (senders or {}).get(learner, ""))
    wanted = Counter(seat.line for found in claims.values() for seat in found)
    without, several, shared = [], [], []
    for learner, found in claims.items():
        if not found:
            without += [learner] if owed is None or learner in owed else []
        elif len(found) > 1:
            several.append(f"{learner} ({' / '.join(seat.shown for seat in found[:3])})")
        elif wanted[found[0].line] > 1:
            shared.append(f"{learner} ({found[0].shown})")
        else:
            joined.learners[found[0].line] = learner
    left = [seat.shown for seat in every if seat.line not in joined.learners]
    joined.lines = told(product, without, several, shared, left)
    return joined


def told(product: str, without: list[str], several: list[str], shared: list[str], left: list[str]) -> list[str]:
    """What could not be brought together, in lines."""
    cure = f"Put what {product} knows them by into the roster (--roster): an id, the login or the e-mail address."
    lines = []
    if without:
        lines.append(f"In the gradebook and in no row of {product}'s file: {named(without)}. {cure}")
    if several:
        lines.append(f"More than one row could be theirs, so none was taken: {named(several)}. {cure}")
    if shared:
        lines.append(f"Several learners lay claim to one row, so none got it: {named(shared)}. {cure}")
    if left:
        lines.append(f"In {product}'s file and not in the gradebook, left as they are: {named(left)}.")
    return lines


class Index:
    """The rows of a file by each id and each name that stands in them."""

    def __init__(self, seats: list[Seat]) -> None:
        self.by_id: dict[tuple[str, str], list[Seat]] = {}
        self.by_name: dict[str, list[Seat]] = {}
        for seat in seats:
            for kind in IDS:
                if value := in_small_letters(getattr(seat, kind)):
                    self.by_id.setdefault((kind, value), []).append(seat)
            for name in {in_small_letters(name) for name in seat.names if name.strip()}:
                self.by_name.setdefault(name, []).append(seat)

    def seats_of(self, person: Person, name: str, sender: str) -> list[Seat]:
        """The rows that could be a person's: by any id, else by a name if no id speaks against it. One row is what is hoped for."""
        theirs = {one.name: getattr(person, one.name) for one in fields(person)} | {"sender": sender}
        found: dict[int, Seat] = {}
        for kind in IDS:
            values = {in_small_letters(theirs[kind])} | ({in_small_letters(person.learner)} if kind in AS_LEARNER else set())
            found |= {seat.line: seat for value in values - {""} for seat in self.by_id.get((kind, value), [])}
        if found:
            return [found[line] for line in sorted(found)]
        return [seat for seat in self.by_name.get(in_small_letters(name), []) if not self.speaks_against(theirs, seat)]

    @staticmethod
    def speaks_against(theirs: Mapping[str, str], seat: Seat) -> bool:
        """Whether a row has another id than the person where both have one: two people of one name."""
        return any(in_small_letters(theirs[kind]) and in_small_letters(getattr(seat, kind)) and in_small_letters(theirs[kind]) != in_small_letters(getattr(seat, kind)) for kind in IDS)


def turned(name: str) -> tuple[str, ...]:
    """A name as it stands and, if it is sorted by surname, as it is spoken.

    >>> turned("Moss, Ann"), turned("Ann Moss")
    (('Moss, Ann', 'Ann Moss'), ('Ann Moss',))
    """
    last, comma, first = name.partition(",")
    return (name, f"{first.strip()} {last.strip()}") if comma and first.strip() else (name,)
