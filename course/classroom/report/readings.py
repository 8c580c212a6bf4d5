"""From the answers to a clause to its reading: the class name where all was asked, else as much of it as was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course.items import Item, Text, UnitKey, class_of
from course.reports.class_report import Reading
from course.scoring.clauses import right_answers

SOURCE, FACT, EDITORIAL, MIXED, UNCLEAR, TEXT, JUDGEMENT = "source", "fact", "editorial", "mixed", "unclear", "text", "judgement"

NAMED = {
    "Quoted": Reading("quoted", "Quoted", "Q", SOURCE),
    "Paraphrased": Reading("paraphrased", "Paraphrased", "P", SOURCE),
    "Witnessed": Reading("witnessed", "Witnessed", "W", FACT),
    "Background": Reading("background", "Background", "B", FACT),
    "Editorial": Reading("editorial", "Editorial", "E", EDITORIAL),
    "Mixed": Reading("mixed", "Mixed", "M", MIXED),
    "Unclear": Reading("unclear", "Unclear", "U", UNCLEAR),
}
SOURCE_KIND = {
    "fact": Reading("source-fact", "A source’s fact", "Sf", SOURCE),
    "judgement": Reading("source-judgement", "A source’s judgement", "Sj", SOURCE),
    "both": Reading("source-both", "A source’s, both", "Sb", SOURCE),
}
TEXT_FACT = Reading("text-fact", "The text’s own fact", "F", FACT)
VOICE_ONLY = {
    "source": Reading("a-source", "A source", "S", SOURCE),
    "author": Reading("the-text", "The text itself", "T", TEXT),
    "unclear": NAMED["Unclear"],
}
KIND_ONLY = {
    "fact": Reading("a-fact", "Fact", "F", FACT),
    "judgement": Reading("a-judgement", "Judgement", "J", JUDGEMENT),
    "both": Reading("both", "Both", "M", MIXED),
    "lost": NAMED["Unclear"],
}
A_SOURCE, A_FACT = Reading("a-source", "A source", "S", SOURCE), TEXT_FACT


def reading_of(item: Item, text: Text | None, given: Mapping[str, Any]) -> Reading | None:
    """The reading that a learner's answers to one clause make, or None while a question is open."""
    asked = {question.id for question in item.questions}
    voice, kind = given.get("voice"), given.get("kind")
    if "speaker" in asked:
        return reading_of_speaker(text, given.get("speaker"))
    if asked == {"voice"}:
        return VOICE_ONLY.get(voice or "")
    if asked == {"kind"}:
        return KIND_ONLY.get(kind or "")
    if voice is None or kind is None:
        return None
    if voice == "unclear" or kind == "lost":
        return NAMED["Unclear"]
    if "how" in asked:
        return NAMED.get(class_of(voice, kind, given.get("how")) or "")
    if voice == "source":
        return SOURCE_KIND.get(kind)
    return TEXT_FACT if kind == "fact" else NAMED.get(class_of(voice, kind) or "")


def reading_of_speaker(text: Text | None, speaker: str | None) -> Reading | None:
    """Whom a clause was handed to: a speaker of the text, the text itself, or nobody named."""
    if speaker is None:
        return None
    if speaker == "author":
        return VOICE_ONLY["author"]
    if speaker == "nobody":
        return Reading("nobody", "Nobody named", "N", UNCLEAR)
    places = {option.id: (number, option.text) for number, option in enumerate(text.speakers if text else (), start=1)}
    number, name = places.get(speaker, (0, speaker))
    return Reading(f"speaker-{speaker}", name, f"S{number}", SOURCE)


def keyed_readings(item: Item, text: Text | None, key: UnitKey) -> list[tuple[Reading, str]]:
    """The reading of the key, and after it each other one that is accepted, with its reason.

    Where an alternative leaves open how it was passed on, it is as much of a class name as it says.
    """
    found: list[tuple[Reading, str]] = []
    for right, why in right_answers(key):
        reading = reading_of(item, text, right) or coarse(right)
        if reading and reading.id not in {held.id for held, _ in found}:
            found.append((reading, why))
    return found


def coarse(right: Mapping[str, Any]) -> Reading | None:
    """A reading that does not say how it was passed on."""
    return A_SOURCE if right.get("voice") == "source" else A_FACT if right.get("kind") == "fact" else None
