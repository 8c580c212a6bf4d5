"""A class whose every answer is written down here, so that a test can count by hand what a report should say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from course.classroom import Catalogue, Classroom, load_catalogue, open_class
from tests.hand_ins import answer, hand_in
from tests.small_content import FILES, write_small_content

LEARNERS = tuple(f"learner-{number:02d}" for number in range(1, 13))
FACT, OURS, THEIRS = {"voice": "author", "kind": "fact"}, {"voice": "author", "kind": "judgement"}, {"voice": "source", "kind": "judgement"}
OPENED = {"voice": "unclear", "kind": "fact"}

ITEMS = FILES["items/01_fences.toml"] + """
[[item]]
id = "gate-pick"
type = "pick"
prompt = "Which gate?"
options = [{id = "a", text = "the **old** gate"}, {id = "b", text = "the new gate"}, {id = "c", text = "no gate"}, {id = "d", text = "a wall"}]
points = 1
confidence = true
[[item]]
id = "gate-two"
type = "pick"
prompt = "Which other gate?"
options = [{id = "a", text = "this one"}, {id = "b", text = "that one"}]
points = 1
[[item]]
id = "gate-read"
type = "classify"
prompt = "Label the gate."
text = "gate"
points = 4
confidence_units = ["g3"]
[[item.question]]
id = "voice"
[[item.question]]
id = "kind"
[[item]]
id = "last-a"
type = "pick"
prompt = "Last A?"
options = [{id = "yes", text = "Yes"}, {id = "no", text = "No"}]
points = 1
[[item]]
id = "last-b"
type = "pick"
prompt = "Last B?"
options = [{id = "yes", text = "Yes"}, {id = "no", text = "No"}]
points = 1
[[slot]]
id = "last"
choices = ["last-b", "last-a"]
rule = "other"
than = "form"
"""
KEYS = FILES["keys/graded/01_fences.toml"] + """
[gate-pick]
answer = ["a"]
[gate-two]
answer = ["a"]
[gate-read]
why = "Gate by gate."
[last-a]
answer = ["yes"]
[last-b]
answer = ["yes"]
"""
CONTENT = {
    "items/01_fences.toml": ITEMS, "keys/graded/01_fences.toml": KEYS,
    "texts/gate/text.toml": 'title = "A gate"\nauthor = "Says Who?"\nrights = "Written for the kit."\n[gists]\n1 = "A gate."\n',
    "texts/gate/units.csv": 'unit,paragraph,text\ng1,1,"The gate is shut."\ng2,1,"It is ugly."\ng3,1,"It is green."\ng4,1,"It is a shame."\n',
    "keys/graded/texts/gate.toml": "".join(
        f'[{unit}]\nvoice = "author"\nkind = "{kind}"\n{how}class = "{name}"\nspeaker = "author"\nwhy = "So it is."\n'
        for unit, kind, how, name in (("g1", "fact", 'how = "not-shown"\n', "Background"), ("g2", "judgement", "", "Editorial"),
                                      ("g3", "fact", 'how = "not-shown"\n', "Background"), ("g4", "judgement", "", "Editorial"))
    ),
}


def catalogue_of(folder: Path) -> Catalogue:
    """The small kit with a text about a gate and two tests more."""
    data = write_small_content(folder / "data")
    for name, text in CONTENT.items():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(text, "utf-8")
    return load_catalogue(data)


def class_of(folder: Path, catalogue: Catalogue, says: Callable[[int], Iterable[dict[str, Any]]], *, learners: Iterable[str] = LEARNERS, roster: str = "") -> Classroom:
    """A class in which `says(place)` are the answers of the learner at that place, counted from 0."""
    handins = folder / "handins"
    for place, learner in enumerate(learners):
        hand_in(handins, learner, *({**one, "id": f"{learner}-{number}"} for number, one in enumerate(says(place))))
    listed = folder / "roster.csv"
    listed.write_text(roster or "learner,name\n" + "".join(f"{learner},Name of {learner}\n" for learner in learners), "utf-8")
    return open_class(handins, listed, catalogue=catalogue, progress=False)


def speaker_of(catalogue: Catalogue) -> Callable[..., dict[str, Any]]:
    """`say(item, value, minute=…, round=…)`: one response in today's wording."""
    return lambda item, value, **more: answer(catalogue, item, value, **more)
