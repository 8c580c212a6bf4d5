"""Of each question that stands in two variants, only the one the class is set goes into a release; the other stays for make-up work."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from course.content import ContentError
from course.items import Lesson, Slot

BLOCK = re.compile(r"(?m)^(?=\[\[(?:item|slot)\]\])")
HEADING = re.compile(r"\[\[(item|slot)\]\]")
NAME = re.compile(r'(?m)^\s*id\s*=\s*"([^"]+)"')
SHOWN = re.compile(r"\.show\(\s*[\"']([^\"']+)")
CHOICES = re.compile(r"(?ms)^\s*choices\s*=\s*\[.*?\]")


def choose_slots(lessons: Sequence[Lesson], wanted: Sequence[str], *, make_up: bool) -> dict[str, str]:
    """What stands in the slots of the class: their first choices, for make-up work their last, then what is named as "slot=choice".

    A slot that is drawn for each learner keeps all its choices unless it is named.
    """
    free = {slot.id: slot for lesson in lessons for slot in lesson.slots if slot.rule != "other"}
    found = {name: slot.choices[-1 if make_up else 0] for name, slot in free.items() if slot.rule == "class"}
    for one in wanted:
        name, _, choice = one.partition("=")
        if name not in free:
            raise ContentError("--slot", f"there is no slot {name!r} in these lessons", f"The slots are: {', '.join(free) or 'none'}.")
        if choice not in free[name].choices:
            raise ContentError("--slot", f"the slot {name!r} has no choice {choice!r}", f"Write {name}= and one of: {', '.join(free[name].choices)}.")
        found[name] = choice
    return found


def only_set(lesson: Lesson, chosen: dict[str, str]) -> Lesson:
    """The lesson with one choice in each slot that was set, and without the items that nobody is asked then."""
    slots = tuple(replace(slot, choices=(chosen[slot.id],)) if slot.id in chosen else slot for slot in lesson.slots)
    return replace(lesson, slots=slots, items=tuple(item for item in lesson.items if item.id not in unset(lesson.slots, chosen)))


def unset(slots: Sequence[Slot], chosen: dict[str, str]) -> set[str]:
    """The items of set slots that were not chosen."""
    return {choice for slot in slots if slot.id in chosen for choice in slot.choices if choice != chosen[slot.id]}


def rewritten(toml: str, lesson: Lesson) -> str:
    """A lesson's file with the items of `lesson` only, and its slots' choices; all other lines stand as they are.

    >>> from course.items import Item
    >>> left = Lesson("l", "L", (Item("cue-b", "l", "pick", "?"),), (Slot("cue", "l", ("cue-b",), "class"),))
    >>> both = '[lesson]\\n[[item]]\\nid = "cue-a"\\n[[item]]\\nid = "cue-b"\\n[[slot]]\\nid = "cue"\\nchoices = ["cue-a", "cue-b"]\\n'
    >>> print(rewritten(both, left))
    [lesson]
    [[item]]
    id = "cue-b"
    [[slot]]
    id = "cue"
    choices = ["cue-b"]
    <BLANKLINE>
    """
    items, slots = {item.id for item in lesson.items}, {slot.id: slot for slot in lesson.slots}
    kept = []
    for block in BLOCK.split(toml):
        heading, name = HEADING.match(block), NAME.search(block)
        if heading and name and heading[1] == "item" and name[1] not in items:
            continue
        if heading and name and heading[1] == "slot":
            listed = ", ".join(f'"{choice}"' for choice in slots[name[1]].choices)
            block = CHOICES.sub(lambda _, listed=listed: f"choices = [{listed}]", block)
        kept.append(block)
    return "".join(kept)


def set_otherwise(lesson: Lesson, released: Lesson) -> set[str]:
    """The slots of a lesson in which a release has another choice than the one that its notebook was run with, the first."""
    first = {slot.id: slot.choices[0] for slot in lesson.slots}
    return {slot.id for slot in released.slots if slot.choices[0] != first[slot.id]}


def without_passages(notebook: str, slots: set[str]) -> str:
    """A notebook without the stored output of the cells that show the passage of one of these slots: it holds another one's words.

    >>> cell = {"cell_type": "code", "source": ['lesson.show("harbour-01")'], "outputs": [{"data": 1}], "execution_count": 3}
    >>> print(without_passages(json.dumps({"cells": [cell]}), {"harbour-01"}).count('"outputs": []'))
    1
    """
    parsed = json.loads(notebook)
    for cell in parsed["cells"]:
        if cell["cell_type"] == "code" and any(slot in slots for slot in SHOWN.findall("".join(cell["source"]))):
            cell["outputs"], cell["execution_count"] = [], None
    return json.dumps(parsed, indent=1, ensure_ascii=False) + "\n"
