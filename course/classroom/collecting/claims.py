"""What files say of themselves, held against what platforms say of them: names, times, and what was typed instead of sent."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from statistics import median_low

from course.classroom.collecting.absences import NAMED_AT_MOST
from course.classroom.collecting.found import Found
from course.classroom.collecting.platforms import NAMES, Sent, parts_of
from course.classroom.collecting.senders import Roll, squeezed
from course.handin import HandIn, Problem, problem
from course.handin.reading import owner
from course.responses import TIMESTAMP

A_DAY = timedelta(days=1)


def names_of_senders(found: list[Found], roll: Roll) -> list[Problem]:
    """What the senders' names and the names of their files say of each other: one line a pair of names, and one for all nicknames."""
    told: dict[tuple[str, ...], Problem] = {}
    nicknames: dict[str, dict[str, str]] = defaultdict(dict)
    for one in found:
        written = owner(parts_of(one.sent.file)[-1])[0] if one.sent else ""
        if not one.sent or not written or not roll.roster:
            continue
        named, platform = roll.find(written)[0], NAMES[one.sent.platform]
        if one.joined and named not in roll.roster:
            nicknames[platform].setdefault(f"{written} ({one.learner})", one.file)
        elif kind := what_names_say(one, named, roll):
            one.names_another = named if one.joined else ""
            about = {"file": one.file, "learner": one.learner, "lesson": one.lesson}
            pair = (kind, one.sent.label, written, one.lesson if one.joined else "")
            told.setdefault(pair, problem(kind, **about, platform=platform, written=written, sender=one.sent.label))
    return [*told.values(), *(told_nicknames(platform, names) for platform, names in nicknames.items())]


def what_names_say(one: Found, named: str, roll: Roll) -> str:
    """The kind of line that it takes when a file names somebody on the roster, and a platform somebody else."""
    if named not in roll.roster or named == one.learner and one.joined:
        return ""
    if one.joined:
        return "name_sender"
    if not roll.may_be(one.sent, named):
        return "name_unsent"
    return "sender_unknown" if is_another(one.sent, named, roll) else ""


def told_nicknames(platform: str, names: dict[str, str]) -> Problem:
    """One line for all whose files bear a name that is no id and no name of the roster; they count, and so it is only told."""
    shown = ", ".join(list(names)[:NAMED_AT_MOST]) + (" and others" if len(names) > NAMED_AT_MOST else "")
    count = "1 learner" if len(names) == 1 else f"{len(names)} learners"
    file = next(iter(names.values())) if len(names) == 1 else ""
    return problem("other_name", file=file, count=count, names=shown, platform=platform)


def is_another(sent: Sent, learner: str, roll: Roll) -> bool:
    """Whether a platform writes a name for the sender that can't be this learner's: one has letters that the other lacks."""
    words, other = [squeezed(word) for word in roll.roster[learner].name.split()], squeezed(sent.name)
    if not other or not any(words):
        return False
    rest = other
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "", 1)
    return bool(rest) and not all(word in other for word in words)


def typed_in(found: list[Found]) -> list[Problem]:
    """A line for each learner who typed into the platform, or sent an attempt, and attached no file."""
    with_file = {(one.sent.platform, one.sent.label) for one in found if one.sent and one.sent.kind == "file"}
    attempts = {one.sent.attempt for one in found if one.sent and one.sent.kind == "file"}
    told = []
    for one in found:
        if not one.sent or one.sent.kind == "file":
            continue
        about = {"file": one.file, "learner": one.learner}
        if one.sent.kind in ("text", "link") and (one.sent.platform, one.sent.label) not in with_file:
            told.append(problem("typed_in", **about, platform=NAMES[one.sent.platform]))
        elif one.sent.attempt and one.sent.attempt not in attempts:
            told.append(problem("no_attachment", **about, stamp=one.sent.stamp))
    return told


def later_times(handins: list[tuple[HandIn, Found]]) -> list[Problem]:
    """A line for each hand-in with an answer from a time that can't be: after it was sent, or after today.

    Clocks and zones differ, and so a day is let pass. Today counts only if this machine's clock is not behind the class.
    """
    said = [handin.at for handin, _ in handins if handin.at]
    today = f"{datetime.now(UTC) + A_DAY:%Y-%m-%dT%H:%M:%S}"
    limits = {"that day is still to come": today} if said and median_low(said) < today else {}
    told = []
    for handin, _ in handins:
        newest = max([response.at for response in handin.responses], default="")
        own = {f"it was sent on {handin.stamp[:10]}": a_day_after(handin.stamp), f"it was handed in on {handin.at[:10]}": a_day_after(handin.at)}
        passed = [limit for limit, last in (limits | own).items() if last and newest > last]
        if passed:
            told.append(problem("later_time", file=handin.file, learner=handin.learner, lesson=handin.lesson, at=newest[:10], limit=passed[0]))
    return told


def a_day_after(written: str) -> str:
    """The same time a day later, to the second; empty if there is none.

    >>> a_day_after("2024-03-01T10:15:00"), a_day_after("2024-02-28T10:15:00.500Z"), a_day_after("9999-12-31T00:00:00"), a_day_after("")
    ('2024-03-02T10:15:00', '2024-02-29T10:15:00', '', '')
    """
    if not written or not (TIMESTAMP.match(written) or len(written) == 19):
        return ""
    try:
        return f"{datetime.fromisoformat(written[:19]) + A_DAY:%Y-%m-%dT%H:%M:%S}"
    except (ValueError, OverflowError):
        return ""
