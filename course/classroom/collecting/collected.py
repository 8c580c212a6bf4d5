"""Everything that was found where hand-ins lie: who sent each file as a platform says, and what became of it."""

from __future__ import annotations

from collections import ChainMap, Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from course.classroom.collecting.claims import later_times, names_of_senders, typed_in
from course.classroom.collecting.found import NOT_A_HANDIN, UNKNOWN_LEARNER, UNREADABLE, Found
from course.classroom.collecting.platforms import BLACKBOARD, NAMES, Sent, blackboard, canvas, moodle, original_names, parts_of, sender_on_receipt
from course.classroom.collecting.senders import Roll
from course.handin import HandIn, Problem, problem
from course.handin.places import Source, find_sources
from course.handin.reading import Named, owner, read_source
from course.items import EVERYONE

OUTCOMES = {"other_file": NOT_A_HANDIN, "notebook": NOT_A_HANDIN, "bad_name": NOT_A_HANDIN, "everyones_name": UNKNOWN_LEARNER}
NO_FILE = {"missing_place", "no_handins", "too_many"}


@dataclass
class Collected:
    """What reading found: the hand-ins, each with its place in `files`, and what is wrong or worth a look."""

    handins: list[tuple[HandIn, Found]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: list[Found] = field(default_factory=list)


def collect(where: Path, roll: Roll, leave_out: Iterable[Path] = (), track: Callable[[list[Any]], Iterable[Any]] = iter) -> Collected:
    """Read every file in a folder, a zip or a single file. Who sent it is what the platform says, else what the file's name says."""
    sources = list(find_sources(where, leave_out))
    found = [Found(source.file if isinstance(source, Problem) else source.name) for source in sources]
    collected = Collected(problems=tell_senders(sources, found, roll, skip=0 if Path(where).is_dir() else 1))
    for source, one in zip(track(sources), found, strict=True):
        take_in(collected, source, one, roll)
    collected.problems += [*names_of_senders(found, roll), *typed_in(found), *later_times(collected.handins)]
    if not collected.handins and not collected.problems:
        collected.problems.append(problem("no_handins", file=Path(where).name))
    return collected


@dataclass
class Receipts:
    """What Blackboard's receipts say in each place: the full name of each username, and what the files there were called.

    Where two give a username different names, neither is believed.
    """

    names: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    files: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    problems: list[Problem] = field(default_factory=list)

    def read(self, sources: Iterable[Source | Problem], boards: set[str]) -> Receipts:
        """Read the receipts that Blackboard itself put among the files of its places; they are small. Below what somebody sent nothing is one."""
        said: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for source in sources:
            *folders, last = parts_of(source.name) if isinstance(source, Source) else [""]
            place = "/".join(folders)
            sent = blackboard(last, {}) if place in boards and not any(was_sent(part) for part in folders) else None
            if sent and sent.kind == "receipt" and isinstance(raw := source.fetch(), bytes):
                text = raw.decode("utf-8-sig", "replace")
                username, name = sender_on_receipt(text, sent.attempt.partition("_attempt_")[0])
                self.files[place].update(original_names(text, sent.attempt))
                if username:
                    said[place, username.casefold()].setdefault(name, source.name)
        for (place, username), names in said.items():
            if len(names) > 1:
                self.problems.append(problem("receipts_differ", file=list(names.values())[-1], username=username, names=" and ".join(names)))
            self.names[place][username] = next(iter(names)) if len(names) == 1 else ""
        return self

    def add(self, sent: Sent, place: str, file: str) -> Sent:
        """What is known of one of Blackboard's files with what its receipt says."""
        name = self.names.get(place, {}).get(sent.sender.casefold(), "")
        return replace(sent, name=name, file=self.files.get(place, {}).get(parts_of(file)[-1], sent.file))


def was_sent(part: str) -> bool:
    """Whether a folder or a zip is called as a platform calls what one learner sent; all that lies in it is that learner's work."""
    return bool(BLACKBOARD.fullmatch(part) or moodle(part, leaf=False) or moodle(part, leaf=True))


def tell_senders(sources: list[Source | Problem], found: list[Found], roll: Roll, skip: int) -> list[Problem]:
    """Write beside each file what a platform says of it, from all names together, and from Blackboard's receipts, and say which of those differ."""
    boards = boards_of(found)
    receipts = Receipts().read(sources, boards)
    unsure: list[tuple[str, Found, Sent]] = []
    by_hand: set[str] = set()
    seats: dict[str, dict[str, list[Found]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        place, sent, sure = sent_by(one.file, roll, receipts.names, boards, skip)
        if sent is None:
            by_hand |= {place} if one.file.lower().endswith(".jsonl") else set()
        elif sure:
            one.sent = receipts.add(sent, place, one.file) if sent.platform == "blackboard" else sent
            one.learner = roll.sender(one.sent)
            one.joined = bool(one.learner)
            if sent.platform == "moodle":
                seats[place][sent.name].append(one)
        else:
            unsure.append((place, one, sent))
    for place, one, sent in unsure:
        one.sent = None if place in by_hand else sent
    for names in seats.values():
        pass_over_shared_names(names)
    return receipts.problems


def pass_over_shared_names(names: dict[str, list[Found]]) -> None:
    """Join no file by a name that is not one learner's alone, of the files that Moodle named in one folder or zip.

    Moodle writes a name and a number, the seat, before each file: "Ann Moss_7001" and "Ann Moss_7002" are two seats of one
    name. They may be two learners called Ann Moss. Or the assignment is marked blind and all are called "Participant".
    Such a name is forgotten, and the file counts for whom it names itself.

    A learner has another seat in each assignment. So where half of the names or more have several seats, several
    assignments were unpacked into one folder, and a name that the roster knows is believed.
    """
    shared = [name for name, several in names.items() if len({one.sent.sender for one in several}) > 1]
    for name in shared:
        for one in names[name]:
            if not one.joined or 2 * len(shared) < len(names):
                one.sent, one.learner, one.joined = replace(one.sent, name=""), "", False


def boards_of(found: Iterable[Found]) -> set[str]:
    """The places in which at least half the files are called as Blackboard calls them; elsewhere it is a learner who has."""
    files: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    for one in found:
        parts = parts_of(one.file)
        for number, part in enumerate(parts):
            if number == len(parts) - 1 or part.lower().endswith(".zip"):
                place = "/".join(parts[:number])
                files[place] += 1
                theirs[place] += bool(BLACKBOARD.fullmatch(part))
    return {place for place in theirs if theirs[place] and 2 * theirs[place] >= files[place]}


def sent_by(file: str, roll: Roll, receipts: Mapping[str, dict[str, str]], boards: set[str], skip: int) -> tuple[str, Sent | None, bool]:
    """The place in which a file lies, what a platform says of it, and whether that is beyond doubt.

    A learner may choose what comes later in a path, and so the first part that a platform wrote counts. Two numbers
    before a name are Canvas's for sure only when the roster knows the sender.
    """
    parts = parts_of(file)
    for number, part in enumerate(parts):
        leaf, place = number == len(parts) - 1, "/".join(parts[:number])
        named = leaf or part.lower().endswith(".zip")
        if number < skip and not leaf:
            continue
        sent, sure = moodle(part, leaf=named), True
        if sent is None and named and (readings := canvas(part)):
            sent, sure = canvas_sent(readings, part, roll, leaf=leaf)
        if named and not (sent and sure) and place in boards and (attempt := blackboard(part, ChainMap(receipts.get(place, {}), roll.usernames))):
            sent, sure = attempt, True
        if sent:
            return place, replace(sent, file=sent.file if leaf else parts[-1]), sure
    return "/".join(parts[:-1]), None, False


def canvas_sent(readings: list[Sent], part: str, roll: Roll, *, leaf: bool) -> tuple[Sent | None, bool]:
    """What Canvas says of a file, and whether it is Canvas for sure; none if the name is as likely a learner's own."""
    sent = roll.likeliest(readings)
    by_hand = leaf and roll.knows(owner(part)[0])
    known = roll.sender(sent) or (not by_hand and roll.knows(owner(sent.file)[0]))
    sure = bool(known) or not sent.sender.isdigit() or sent.late
    return (sent, sure) if sure or (leaf and sent.name and not by_hand) else (None, False)


def take_in(collected: Collected, source: Source | Problem, one: Found, roll: Roll) -> None:
    """Read one file and note what became of it."""
    sent = one.sent
    if isinstance(source, Source) and sent and sent.kind != "file":
        collected.files.append(one)
        return
    named = named_for(one, roll)
    if isinstance(source, Problem):
        learner, lesson = owner(named.base) if named.base.lower().endswith(".jsonl") else owner(f"{named.base.rpartition('.')[0]}.jsonl")
        handin, told = None, [Problem(**{**vars(source), "learner": named.learner or learner, "lesson": lesson})]
    else:
        handin, told = read_source(source.name, source.fetch, named)
    if handin is None and told[0].learner not in ("", EVERYONE) and told[0].lesson:
        handin = HandIn(told[0].learner, told[0].lesson, one.file, whole=False, usable=False)
    collected.problems += told
    if told and told[0].kind in NO_FILE:
        return
    collected.files.append(one)
    one.learner, one.lesson = (handin or told[0]).learner, (handin or told[0]).lesson
    one.outcome = OUTCOMES.get(told[0].kind, UNREADABLE) if told else UNREADABLE
    if handin:
        handin = replace(handin, sender=sent.label, joined=one.joined, stamp=sent.stamp) if sent else handin
        collected.handins.append((handin, one))


def named_for(one: Found, roll: Roll) -> Named:
    """What is known of a file before it is opened: the learner as the roster writes it, and the names that this learner may use."""
    base = (parts_of(one.sent.file) if one.sent else parts_of(one.file))[-1]
    written = owner(base)[0]
    learner, one.known_as = (one.learner, "") if one.joined else roll.find(written)
    platform = NAMES[one.sent.platform] if one.sent and one.joined else ""
    if one.sent and not one.joined and roll.roster and (not written or (learner in roll.roster and not roll.may_be(one.sent, learner))):
        learner, one.known_as, platform = one.sent.label or learner, "", NAMES[one.sent.platform]
    person = roll.roster.get(learner)
    names = {getattr(person, name) for name in ("name", "login", "email", "number")} if person else set()
    return Named(base, learner if learner != written else "", platform, frozenset(names - {""}))
