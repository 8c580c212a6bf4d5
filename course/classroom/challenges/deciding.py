"""What an instructor decides about a challenge: another answer is accepted, or the key is kept; either way it is written down."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from os.path import realpath
from pathlib import Path

from course.classroom.catalogue import Catalogue, load_catalogue
from course.classroom.challenges.accepted import ACCEPTED, KEPT, AcceptedError, Alternative, add_decision, drop_decision, read_decisions
from course.classroom.challenges.alternatives import counts_in_full, read, settled
from course.classroom.challenges.in_words import title_of
from course.content import find_data
from course.items import Item
from course.responses import moment

LONGEST_REASON = 2000


def accept(pack: Path | str, catalogue: Catalogue, given: Alternative) -> Alternative:
    """Accept an answer beside the key: a line in the pack's accepted.csv, and it counts in this catalogue from now on.

    Returns the line as it was written. Raises `AcceptedError` if it is no answer to its item, counts already, or lacks a
    reason or a name; then nothing is written.
    """
    decided = to_write(pack, catalogue, given)
    asked = catalogue.asked(decided.item)
    if counts_in_full(asked, decided.unit, read(asked, decided)) or any(one.place == decided.place for one in read_decisions(pack)):
        raise AcceptedError(f"{named(decided)} counts in full already{since_when(pack, decided)}. There is nothing to accept.")
    try:
        with_reason(catalogue, decided)
    except AcceptedError as error:
        raise AcceptedError(f"{error}.") from error
    add_decision(pack, ACCEPTED, decided)
    drop_decision(pack, KEPT, decided.place)
    catalogue.accept(decided)
    return decided


def keep(pack: Path | str, catalogue: Catalogue, given: Alternative) -> Alternative:
    """Keep the key against an answer that was argued for: a line in the pack's kept.csv, with a reply to the class if there is one."""
    decided = to_write(pack, catalogue, given)
    asked = catalogue.asked(decided.item)
    if counts_in_full(asked, decided.unit, read(asked, decided)):
        raise AcceptedError(f"{named(decided)} counts in full{since_when(pack, decided)}. To take that back, delete its line from {ACCEPTED}, then regrade.")
    drop_decision(pack, KEPT, decided.place)
    add_decision(pack, KEPT, decided)
    return decided


def to_write(pack: Path | str, catalogue: Catalogue, given: Alternative) -> Alternative:
    """A decision as it is written: its answer in its fixed form, with the time; refused where it can't be one."""
    refuse_shipped(Path(pack))
    if not given.by.strip():
        raise AcceptedError("Nobody is named who decides this. Write your name: --by NAME.")
    if len(given.reason) > LONGEST_REASON:
        raise AcceptedError(f"The reason has {len(given.reason)} characters, and students read at most {LONGEST_REASON}. Shorten it.")
    try:
        decided = settled(catalogue.asked(given.item), given)
    except AcceptedError as error:
        raise AcceptedError(f"{error}.") from error
    return replace(decided, reason=" ".join(given.reason.split()), by=" ".join(given.by.split()), at=moment())


def with_reason(catalogue: Catalogue, decided: Alternative) -> None:
    """Try the alternative on a copy of the catalogue, so that a refusal leaves no trace."""
    replace(catalogue, keys=dict(catalogue.keys), unchanged=dict(catalogue.unchanged)).accept(decided)


def refuse_shipped(pack: Path) -> None:
    """The kit's own folder is no pack: what one class accepts must not stand in what all classes get."""
    data, place = Path(realpath(find_data())), Path(realpath(pack))
    if place == data or data in place.parents:
        raise AcceptedError(f"{pack} lies in the kit's own data, which stays as it was shipped. Name a folder of your own: --pack DIR.")
    if pack.exists() and not pack.is_dir():
        raise AcceptedError(f"{pack} is a file. Name a folder for your pack: --pack DIR.")


def since_when(pack: Path | str, decided: Alternative) -> str:
    """By whom and when an answer was accepted, if it was; else that it is right by the key."""
    for one in read_decisions(pack):
        if one.place == decided.place:
            return f": {one.by or 'somebody'} accepted it on {one.at[:10] or 'an unknown day'}"
    return ""


def named(decided: Alternative) -> str:
    """A decision's answer and where it belongs, in a sentence.

    >>> named(Alternative("names-01", "L1", "kind", "both"))
    "'both' for names-01, clause L1,"
    """
    return f"{decided.answer[:60]!r} for {decided.item}{f', clause {decided.unit},' if decided.unit else ''}"


def catalogue_with(pack: Path | str | None, data: Path | str | None = None) -> Catalogue:
    """The catalogue with a pack laid over it, or without where the folder isn't there yet or is still empty."""
    usable = pack is not None and Path(pack).is_dir() and any(not one.name.startswith(".") and one.name != KEPT for one in Path(pack).iterdir())
    return load_catalogue(data, pack if usable else None)


def kept_in(pack: Path | str | None) -> list[Alternative]:
    """The decisions of a pack against which the key stands."""
    return read_decisions(pack, KEPT) if pack else []


def shortened(title: str, most: int = 60) -> str:
    """A title that fits into a sentence.

    >>> shortened("Who says this?"), shortened("The glass boat. Read the passage.", 15)
    ('Who says this?', 'The glass boat…')
    """
    return title if len(title) <= most else f"{title[:most].rstrip(' .,;:')}…"


def from_words(catalogue: Catalogue, item: str, words: list[str], reason: str = "", by: str = "") -> Alternative:
    """A decision from words as they are typed: `[UNIT] ANSWER`, of a mark `UNIT [LABEL] WORDS`."""
    if item not in catalogue.items:
        near = [one for one in catalogue.items if item and one.startswith(f"{item}-")] or get_close_matches(item[:40], catalogue.items, n=3)
        told = "; ".join(f"{one} ({shortened(title_of(catalogue.items[one]))})" for one in near)
        raise AcceptedError(f"There is no question called {item[:40]!r}. {f'Perhaps {told}?' if near else 'Its name stands in the list of challenges.'}")
    found: Item = catalogue.items[item]
    if found.type in ("classify", "mark") and words and not words[0].strip():
        raise AcceptedError(f"Name the clause: {', '.join(found.units)}.")
    words = [one for one in words if one]
    unit = words.pop(0) if found.type in ("classify", "mark") and words else ""
    labelled = found.type == "mark" and len(words) > 1 and words[0] in {label.id for label in found.labels}
    question = words.pop(0) if labelled else ""
    return Alternative(item, unit, question, " ".join(words), reason, by)
