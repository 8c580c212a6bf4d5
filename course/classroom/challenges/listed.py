"""Challenges as a table, and as lines on a screen that others may see: there no student is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from course.classroom.challenges.accepted import AcceptedError
from course.classroom.challenges.argued import Challenges, Claim, Contested
from course.classroom.grading import Classroom
from course.handin.writing import refuse_foreign, replace_file
from course.messages import counted
from course.reports import csv_bytes

CHALLENGE_COLUMNS = ("item", "unit", "question", "answer", "in_words", "learner", "argument", "perhaps_about", "gave_it", "gave_key", "answered", "key",
                     "reason_of_key", "also_counts", "state", "told")


def refuse_other_table(path: Path) -> None:
    """Complain if a file stands there that is no such table, before anything is read."""
    headers = {delimiter.join(CHALLENGE_COLUMNS).encode() for delimiter in ",;"}
    refuse_foreign(path, lambda held: held.removeprefix(b"\xef\xbb\xbf").splitlines()[:1] in [[one] for one in headers], AcceptedError)


def write_challenges(path: Path, gathered: Challenges) -> None:
    """Write a line for each argument and answer it may be about. Raises `AcceptedError` if another file stands there."""
    refuse_other_table(path)
    try:
        replace_file(path, csv_bytes(CHALLENGE_COLUMNS, challenge_rows(gathered)))
    except OSError as error:
        raise AcceptedError(f"{path} can't be written ({error.strerror}). Close it where it is open, or name another file.") from error


def challenge_rows(gathered: Challenges) -> Iterator[list[str]]:
    """The lines of the table."""
    for place in gathered.contested:
        also = " | ".join(f"{said}: {why}" for said, why in place.readings)
        for claim in place.claims:
            for one in claim.arguments:
                yield [place.item.id, place.unit, claim.question, claim.answer, claim.said, one.learner, one.words, counted(one.about, "clause") if place.unit else "",
                       str(claim.count), str(place.of_key), str(place.voters), place.key, place.why, also, claim.state, claim.told]


def on_screen(classroom: Classroom, gathered: Challenges, *, names: bool = False) -> Iterator[str]:
    """The challenges as lines to read, without a name or an id unless they are asked for."""
    for place in gathered.contested:
        yield f"{place.item.id}{f', clause {place.unit}' if place.unit else ''}{f', {place.label}' if place.label else ''}"
        yield f"  {place.words}" if place.words else f"  {place.item.prompt}"
        yield f"  key: {place.key} ({place.of_key} of {place.voters})"
        for said, _ in place.readings:
            yield f"  counts too: {said}"
        for claim in place.claims:
            yield from claim_on_screen(classroom, place, claim, names=names)
        yield ""
    if not gathered.contested:
        yield "Nobody has argued for another answer."
    for found in gathered.problems:
        yield f"{found.item}: {found.what if not names else found.what.replace('this learner', found.learner)}. {found.cure}"


def claim_on_screen(classroom: Classroom, place: Contested, claim: Claim, *, names: bool) -> Iterator[str]:
    """One claim with its arguments, and how to accept it."""
    yield f"  argued for: {claim.said} ({claim.count} of {place.voters}){'' if claim.state == 'open' else f', {claim.state}'}"
    for one in claim.arguments:
        who = f"{classroom.roster[one.learner].name or one.learner}: " if names and one.learner in classroom.roster else ""
        about = f" (about one of {one.about} clauses)" if one.about > 1 else ""
        yield f"    {who}“{one.words}”{about}"
    if claim.state == "open":
        words = " ".join(filter(None, (place.item.id, place.unit, place.label, quoted(claim.answer))))
        yield f"    sayswho challenges accept {words} --reason \"…\" --pack DIR --by NAME"


def quoted(answer: str) -> str:
    """An answer as it is typed behind a command; a student's own words are left for the instructor to type."""
    plain = all(letter.isalnum() or letter in " -_.#'’" for letter in answer)
    return f'"{answer}"' if plain else '"…"'
