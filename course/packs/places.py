"""Where a passage may go: into a slot of the kit that a class is set, or into a lesson of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.check.report import Report
from course.content import lesson_ids
from course.content.files import read_toml
from course.packs.passage import Passage
from course.packs.sheets import Row
from course.packs.words import LABELS, did_you_mean

QUESTIONS = ("voice", "kind", "how", "speaker")
OWN_LESSON = re.compile(r"[0-9]{2}_[a-z0-9]+(?:_[a-z0-9]+)*\Z")
OF_THE_PASSAGE = ("units", "confidence_units")
LONGEST = 60
NEW_LESSON = "Write two figures and a name in small letters that the kit does not have, such as 20_paper_boats."
PLAIN = "Read the passage. Then answer for each clause."
FIND = "Read the passage. Mark what the labels below ask for."


@dataclass(frozen=True)
class Place:
    """One question that is asked about a passage: the lesson, the slot if it fills one, the item's table without the passage, the clauses (all if empty)."""

    lesson: str
    slot: str
    item: dict[str, Any]
    choices: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    @property
    def asked(self) -> list[str]:
        """The ids of the questions that are asked of each clause."""
        return [question["id"] for question in self.item.get("question", [])]

    @property
    def labels(self) -> list[str]:
        """The ids of the labels that are marked."""
        return [label["id"] for label in self.item.get("label", [])]


def slots_to_fill(data: Path) -> dict[str, Place]:
    """The slots of the kit that a passage can fill: set for the class, and asked clause by clause or by marking."""
    found = {}
    for lesson in lesson_ids(data):
        raw = read_toml(data / "items" / f"{lesson}.toml")
        items = {item["id"]: item for item in raw.get("item", [])}
        for slot in raw.get("slot", []):
            first = items.get(slot["choices"][0], {})
            questions = [question["id"] for question in first.get("question", []) if "option" not in question]
            asks = first.get("type") == "classify" and questions and set(questions) <= set(QUESTIONS) or first.get("type") == "mark"
            if slot.get("rule") == "class" and first.get("text") and asks:
                bare = {name: value for name, value in first.items() if name not in OF_THE_PASSAGE}
                found[slot["id"]] = Place(lesson, slot["id"], bare, tuple(slot["choices"]))
    return found


def places_of(report: Report, passage: Passage, data: Path) -> list[Place]:
    """What is asked about a passage, by the fields `fills`, or `lesson` and `asks`, of its pack.csv."""
    if "pack.csv" in passage.unread:
        return []
    fills, lesson = passage.every("fills"), passage.told("lesson")
    if fills and lesson:
        row = passage.about["lesson"][0]
        report.complain(row.at("value"), "the passage fills a place of the kit and has a lesson of its own", "Empty one of the two fields, fills or lesson.")
        return []
    if not fills and not lesson:
        report.complain(passage.place("pack.csv"), "nothing says where the passage goes",
                        f"Write a field fills with one of {', '.join(slots_to_fill(data))}; or lesson with a name such as 20_our_passage.")
        return []
    if lesson:
        return own_lesson(report, passage, data)
    slots = slots_to_fill(data)
    return [place for place in (filled(report, passage, row, slots) for row in fills) if place]


def filled(report: Report, passage: Passage, row: Row, slots: dict[str, Place]) -> Place | None:
    """One line `fills`: a slot, or a slot with some of the clauses, such as `cue-05: u1 u2 u3`."""
    name, _, listed = row["value"].partition(":")
    name, units = name.strip(), tuple(listed.replace(",", " ").split())
    if name not in slots:
        report.complain(row.at("value"), f"no passage can be put into {name!r}", did_you_mean(name, slots))
        return None
    unknown = [unit for unit in units if unit not in {one["unit"] for one in passage.units}]
    if unknown and not passage.damaged:
        report.complain(row.at("value"), f"the passage has no clause {unknown[0]!r}", did_you_mean(unknown[0], [one["unit"] for one in passage.units]))
        return None
    kits = slots[name]
    return Place(kits.lesson, name, {**kits.item, "id": f"{name}-{passage.name}"}, kits.choices, units)


def own_lesson(report: Report, passage: Passage, data: Path) -> list[Place]:
    """The questions of a lesson of its own: one on every clause, one that marks words, or both."""
    row = passage.about["lesson"][0]
    if not names_new_lesson(row["value"], data):
        report.complain(row.at("value"), f"{row['value'][:LONGEST]!r} can't name a new lesson", NEW_LESSON)
        return []
    words = passage.told("asks").lower().replace(",", " ").split()
    asked, labels = [word for word in words if word in QUESTIONS], [word for word in words if word in LABELS]
    where = (passage.about.get("asks") or [row])[0].at("value")
    for word in (word for word in words if word not in (*QUESTIONS, *LABELS)):
        report.complain(where, f"{word!r} is no question and no label", did_you_mean(word, (*QUESTIONS, *LABELS)))
    if not asked and not labels:
        report.complain(where, "nothing says what is asked of each clause", "Write a field asks with: voice kind; or: speaker; or labels, such as: source cue.")
    points = numbers_of(report, passage, bool(asked) + bool(labels))
    found = []
    for kind, ids, heading in (("classify", asked, "question"), ("mark", labels, "label")):
        if ids and points:
            like = next((slot for slot in slots_to_fill(data).values() if (slot.asked if kind == "classify" else slot.labels) == ids), None)
            plain = {"prompt": f". {PLAIN if kind == 'classify' else FIND}", "objective": 1}
            kits = {name: value for name, value in (like.item if like else plain).items() if name in ("prompt", "help", "objective")}
            item = {"id": f"{passage.name}-{'clauses' if kind == 'classify' else 'marks'}", "type": kind, **kits, "points": points.pop(0)}
            found.append(Place(row["value"], "", {**item, heading: [{"id": one} for one in ids]}))
    return found


def names_new_lesson(name: str, data: Path) -> bool:
    """Whether a pack may have a lesson of this name."""
    return bool(OWN_LESSON.match(name)) and len(name) <= LONGEST and name not in lesson_ids(data)


def numbers_of(report: Report, passage: Passage, many: int) -> list[float]:
    """The points of a lesson of its own, one number for each question."""
    told = passage.told("points").replace(",", ".").split()
    try:
        numbers = [float(one) for one in told]
    except ValueError:
        numbers = []
    if len(numbers) != many or any(not 0 < one <= 100 for one in numbers):
        where = passage.about["points"][0].at("value") if "points" in passage.about else passage.place("pack.csv")
        report.complain(where, f"the points are {passage.told('points')!r}", "Write a number, such as 8; with a space between two if clauses are asked about and words are marked.")
        return []
    return numbers
