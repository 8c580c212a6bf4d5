"""The hand-ins of a class by learner and lesson: which of them count together, which are older or the same, and whose nobody knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from course.classroom.collecting.collected import Collected
from course.classroom.collecting.deadlines import Deadlines, may_count_in_time, tell_lateness
from course.classroom.collecting.found import ANOTHERS_NAME, COUNTED, DUPLICATE, MERGED, OLDER, TOO_LATE, UNKNOWN_LEARNER, UNKNOWN_LESSON, UNREADABLE, Found
from course.classroom.collecting.senders import Roll, of_one_sender, signatures
from course.handin import HandIn, Problem, problem
from course.roster import Roster

Handed = dict[tuple[str, str], list[HandIn]]


def sort_handins(collected: Collected, roll: Roll, lessons: Iterable[str], deadlines: Deadlines = Deadlines()) -> tuple[Handed, list[Problem], list[Problem]]:
    """The hand-ins that count, by learner and lesson, with a line for each that does not or that wants a look, and lines on the class as a whole.

    What became of each file is written into `collected.files`.
    """
    lessons = list(lessons)
    found: Handed = defaultdict(list)
    outcomes = {id(handin): one for handin, one in collected.handins}
    problems: list[Problem] = []
    for handin, one in collected.handins:
        about = {"file": handin.file, "learner": handin.learner, "lesson": handin.lesson}
        if handin.lesson not in lessons:
            one.outcome = UNKNOWN_LESSON
            problems.append(problem("unknown_lesson", **about, lessons=", ".join(lessons)))
            continue
        if one.known_as:
            problems.append(problem("known_by_name", **about, name=one.known_as))
        claimed = roll.find(handin.claimed)[0] if handin.claimed else ""
        if claimed in roll.roster and claimed != handin.learner:
            one.names_another = claimed
        found[handin.learner, handin.lesson].append(handin)
    signed = signatures(found)
    deadlines, unmet = deadlines.held_against(roll, lessons)
    kept = {of_whom: put_together(several, outcomes, signed, problems, deadlines) for of_whom, several in found.items()}
    late, of_class = tell_lateness(kept, found, outcomes, deadlines)
    problems += [*late, *senders_of_many(found), *strangers(collected, roll.roster, roll)]
    return kept, problems, [*unmet, *of_class]


def senders_of_many(found: Handed) -> list[Problem]:
    """A line for each sender whom the roster doesn't know and who has sent under several learners' names."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for (learner, _), several in sorted(found.items()):
        for handin in several:
            if handin.sender and not handin.joined:
                names[handin.sender].setdefault(learner, handin.file)
    return [
        problem("many_names", file=list(learners.values())[-1], sender=sender, names=" and ".join(learners))
        for sender, learners in names.items() if len(learners) > 1
    ]


def put_together(several: list[HandIn], outcomes: dict[int, Found], signed: Counter[str], problems: list[Problem], deadlines: Deadlines = Deadlines()) -> list[HandIn]:
    """The hand-ins of one learner and lesson that count together: one sender's, each once, and of attempts the newest that can be read."""
    if len(several) == 1:
        outcomes[id(several[0])].outcome = COUNTED if several[0].usable else UNREADABLE
        return several
    about = {"learner": several[0].learner, "lesson": several[0].lesson}
    kept, others = of_one_sender(several, signed)
    for handin in others:
        outcomes[id(handin)].outcome = UNKNOWN_LEARNER
        senders = {"sender": handin.sender, "kept": next(filter(None, (one.sender for one in kept)))}
        problems.append(problem("sent_by_two", file=handin.file, **about, **senders))
    kept = in_time(kept, outcomes, problems, deadlines) if deadlines.in_time_only else kept
    kept = under_own_name(each_once(kept, outcomes, problems), outcomes, problems)
    kept = newest_attempt(kept, outcomes, problems)
    if len(kept) > 1:
        names = ", ".join(handin.file for handin in kept)
        problems.append(problem("several_files", file=kept[0].file, **about, count=len(kept), files=names))
    for handin in kept:
        outcomes[id(handin)].outcome = UNREADABLE if not handin.usable else MERGED if sum(one.usable for one in kept) > 1 else COUNTED
    return kept


def in_time(handins: list[HandIn], outcomes: dict[int, Found], problems: list[Problem], deadlines: Deadlines) -> list[HandIn]:
    """The hand-ins without those that came too late, if there is one in time that can be read."""
    timely = max((handin for handin in handins if may_count_in_time(handin, outcomes, deadlines)), key=lambda handin: handin.stamp, default=None)
    if timely is None:
        return handins
    for handin in handins:
        if deadlines.is_late(handin):
            outcomes[id(handin)].outcome = TOO_LATE
            late = deadlines.in_words(handin, outcomes[id(handin)])
            problems.append(problem("too_late", file=handin.file, learner=handin.learner, lesson=handin.lesson, late=late, other=timely.file))
    return [handin for handin in handins if not deadlines.is_late(handin)]


def each_once(handins: list[HandIn], outcomes: dict[int, Found], problems: list[Problem]) -> list[HandIn]:
    """The hand-ins without those that are the same as another, byte for byte; of two attempts the later stays."""
    first: dict[str, HandIn] = {}
    for handin in sorted(handins, key=lambda one: one.stamp, reverse=True):
        first.setdefault(handin.digest, handin)
    kept = []
    for handin in handins:
        other = first[handin.digest]
        if other is handin or not handin.digest:
            kept.append(handin)
            continue
        outcomes[id(handin)].outcome = DUPLICATE
        problems.append(problem("same_file", file=handin.file, learner=handin.learner, lesson=handin.lesson, other=other.file))
    return kept


def under_own_name(handins: list[HandIn], outcomes: dict[int, Found], problems: list[Problem]) -> list[HandIn]:
    """Of all that one learner sent for one lesson, the files that name no other learner, if one of them can be read; else all.

    The platform says that Ann sent two files: ann--01_voices.jsonl and bo--01_voices.jsonl, which names Bo. Ann's own counts,
    and the other is set aside with a line in problems.csv, so that nobody adds another learner's answers to their own.
    """
    own = [handin for handin in handins if not outcomes[id(handin)].names_another]
    if not any(handin.usable for handin in own):
        return handins
    for handin in handins:
        if written := outcomes[id(handin)].names_another:
            outcomes[id(handin)].outcome = ANOTHERS_NAME
            problems.append(problem("set_aside", file=handin.file, learner=handin.learner, lesson=handin.lesson, written=written, other=own[0].file))
    return own


def newest_attempt(handins: list[HandIn], outcomes: dict[int, Found], problems: list[Problem]) -> list[HandIn]:
    """The hand-ins of the newest attempt that can be read, by the platform's clock, and those of which no time is known."""
    stamps = [handin.stamp for handin in handins if handin.stamp and handin.usable] or [handin.stamp for handin in handins]
    newest = max(stamps)
    kept = [handin for handin in handins if handin.stamp in ("", newest) or (handin.stamp > newest and not handin.usable)]
    last = next((handin.file for handin in handins if handin.stamp == newest), "")
    for handin in handins:
        if handin.stamp and handin.stamp < newest:
            outcomes[id(handin)].outcome = OLDER
            there = {response.item for one in kept for response in one.responses}
            count = len({response.item for response in handin.responses} - there)
            lacks = f", and it has no answer to {count} of the questions answered here" if count else ""
            problems.append(problem("older_attempt", file=handin.file, learner=handin.learner, lesson=handin.lesson, other=last, lacks=lacks))
    return kept


def strangers(collected: Collected, roster: Roster, roll: Roll) -> list[Problem]:
    """One line for each learner who is not on the roster, with the id there that may have been meant."""
    if not roster:
        return []
    files: dict[str, list[Found]] = defaultdict(list)
    for handin, one in collected.handins:
        if handin.learner not in roster:
            files[handin.learner].append(one)
    told = []
    for learner, several in files.items():
        for one in several:
            if one.outcome in (COUNTED, MERGED):
                one.outcome = UNKNOWN_LEARNER
        more = f" ({len(several)} files)" if len(several) > 1 else ""
        lesson = several[0].lesson if len(several) == 1 else ""
        name = next((one.sent.name for one in several if one.sent and one.sent.name), "")
        told.append(problem("unknown_learner", file=several[0].file, learner=learner, lesson=lesson, nearest=roll.nearest(learner, name), files=more))
    return told
