"""A class and its challenges at the instructor's desk: what the browser is told of them, and what becomes of a decision."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.classroom.challenges.accepted import AcceptedError, Alternative
from course.classroom.challenges.argued import Challenges, Claim, Contested, challenges_of
from course.classroom.challenges.deciding import accept, catalogue_with, keep, kept_in, refuse_shipped
from course.classroom.grading import Classroom, open_class
from course.classroom.pages import lesson_name
from course.content import find_data
from course.desk.lines import DeskError
from course.responses import Response

if TYPE_CHECKING:
    from course.desk.challenges import ChallengeDesk

FOR_TRYING = "You are trying this out: what you decide goes into a temporary folder that nobody grades with. Name a folder of your own to keep it: open_challenges(…, pack=\"my-pack\")."
INVENTED = "The class and its arguments are invented."
LONGEST_TEXT = 2000


def open_challenges(
    handins: Path | str | None = None, roster: Path | str | None = None, *, pack: Path | str | None = None, by: str = "", data: Path | str | None = None,
) -> ChallengeDesk:  # fmt: skip
    """Open the challenges of a class: what students argued against the key, each clause with the vote of the class beside it.

    What you accept goes into accepted.csv of `pack`, for `sayswho regrade --keys`; `by` is your name. Without `pack`
    decisions go into a passing folder; without `handins` the class is the invented one. Raises one sentence when it can't begin.
    """
    from course.desk.challenges import ChallengeDesk

    where, invented = find_data(data), not handins
    if invented:
        handins, roster = where / "example_class", roster or where / "example_class" / "roster.csv"
    folder = Path(pack) if pack else Path(tempfile.mkdtemp(prefix="sayswho-pack-"))
    refuse_shipped(folder)
    classroom = open_class(handins or "", roster, catalogue=catalogue_with(pack, data), progress=False)
    if invented:
        put_in(classroom, invented_challenges(classroom))
    desk = Deciding(classroom, folder)
    note = " ".join(filter(None, (INVENTED if invented else "", "" if pack else FOR_TRYING)))
    return ChallengeDesk(desk.describe, desk.decide, by=by, pack=folder.name if pack else "", note=note)


class Deciding:
    """The places of a class with their claims, each known by a name that says nothing of its students."""

    def __init__(self, classroom: Classroom, pack: Path) -> None:
        self.classroom, self.pack = classroom, pack
        self.claims: dict[str, tuple[Contested, Claim]] = {}

    def describe(self) -> list[dict[str, Any]]:
        """The places as the browser is told of them."""
        gathered: Challenges = challenges_of(self.classroom, kept_in(self.pack))
        self.claims = {name_of(place, claim): (place, claim) for place in gathered.contested for claim in place.claims}
        return [present_place(self.classroom, place) for place in gathered.contested]

    def decide(self, action: str, name: str, words: str, by: str) -> str:
        """Accept a claim, or keep the key against it. Raises `DeskError` if it can't be."""
        if name not in self.claims:
            raise DeskError("This desk has no such claim. Run its cell again.")
        place, claim = self.claims[name]
        given = Alternative(place.item.id, place.unit, claim.question, claim.answer, words, by)
        try:
            (accept if action == "accept" else keep)(self.pack, self.classroom.catalogue, given)
        except AcceptedError as error:
            raise DeskError(in_the_desk(str(error))) from error
        if action == "accept":
            return "Accepted. It counts at the next regrade, and your reason is its feedback."
        return "The key stays." + (" Your reply goes into the announcement of the next regrade." if words.strip() else "")


def in_the_desk(sentence: str) -> str:
    """A complaint without the option of a command, which the desk has no place for."""
    return sentence.replace(": --by NAME.", " above.").replace("no reason is given. Write", "No reason is given. Write")


def present_place(classroom: Classroom, place: Contested) -> dict[str, Any]:
    """One place as the browser is told of it, without a name."""
    return {
        "id": hashlib.sha256("\0".join((place.item.id, place.unit, place.label)).encode()).hexdigest()[:12],
        "item": place.item.id, "lesson": lesson_name(place.item.lesson, classroom.catalogue), "prompt": place.item.prompt, "unit": place.unit, "label": place.label,
        "words": place.words, "key": place.key, "why": place.why, "first": place.first, "voters": place.voters,
        "readings": [{"said": said, "why": why} for said, why in place.readings],
        "votes": [{"said": vote.said, "count": vote.count, "keyed": vote.keyed, "counts": vote.counts, "claimed": vote.claimed} for vote in place.votes],
        "claims": [
            {"id": name_of(place, claim), "said": claim.said, "count": claim.count, "state": claim.state, "told": claim.told[:LONGEST_TEXT],
             "arguments": [{"words": one.words, "about": one.about} for one in claim.arguments]}
            for claim in place.claims
        ],
    }  # fmt: skip


def name_of(place: Contested, claim: Claim) -> str:
    """By which the browser speaks of a claim."""
    whole = "\0".join((place.item.id, place.unit, place.label, claim.question, claim.answer))
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:12]


def put_in(classroom: Classroom, challenges: Iterable[tuple[str, Response]]) -> None:
    """Lay challenges over the sheets of a class that is only in hand; no file is touched."""
    for learner, response in challenges:
        place = learner, classroom.catalogue.items[response.item].lesson
        if place in classroom.sheets:
            classroom.sheets[place] = replace(classroom.sheets[place], responses=(*classroom.sheets[place].responses, response))


# Arguments as students write them, each with the answer to the clause that its writer gave.
INVENTED_ARGUMENTS = (
    ("article-01", "S7a", {"voice": "author", "kind": "judgement"}, "Regarding … is the text's own. The quotation only starts after it, so the text itself says what it is about."),
    ("article-01", "S7a", {"voice": "author", "kind": "judgement"}, "Somebody chose this frame, what it is about and when it happens. That is the text."),
    ("article-01", "S7a", {"voice": "author", "kind": "judgement"}, "One piece, two voices. If I have to choose, the text comes first."),
    ("article-01", "L1", {"voice": "author", "kind": "fact"}, "A body is established or it isn't. You can look that up."),
    ("names-01", "L2", {"voice": "author", "kind": "fact"}, "The announcement is on record with its date. Everything else is just the reason for it."),
    ("names-01", "H", {"voice": "author", "kind": "fact"}, "It is a headline. It only says that there is a summit."),
)


def invented_challenges(classroom: Classroom) -> Iterable[tuple[str, Response]]:
    """A few arguments for the invented class, each by somebody who gave that answer; none twice by one."""
    taken: set[tuple[str, str]] = set()
    for number, (item, unit, answer, words) in enumerate(INVENTED_ARGUMENTS):
        for (learner, _), sheet in sorted(classroom.sheets.items()):
            own = [one for one in sheet.responses if one.item == item and one.kind == "submitted" and isinstance(one.value, dict)]
            said = [one for one in own if {name: one.value.get(unit, {}).get(name) for name in answer} == answer]
            if said and (learner, item) not in taken:
                taken.add((learner, item))
                yield learner, Response(f"argued-{number}", said[0].at, item, "challenge", "alone", said[0].seen, {unit: said[0].value[unit]}, words)
                break
