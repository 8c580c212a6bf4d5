"""Lessons: `items/<lesson>.toml` holds what is asked, never what is right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.content.files import ITEM_ID, ContentError, expect, expect_each, read_toml, short
from course.content.shape import INTERNAL, structure
from course.content.texts import load_text
from course.items import HOWS, KINDS, SLOT_RULES, TYPES, VOICES, Item, Lesson, Slot, Text
from course.messages import WORDS, say

CODEBOOK = {"voice": VOICES, "kind": KINDS, "how": HOWS}
PLURALS = {"option": "options", "question": "questions", "label": "labels", "card": "cards", "field": "fields", "criterion": "criteria", "reason": "reasons"}
NEEDS = {"classify": "questions", "mark": "labels", "chain": "cards", "essay": "fields"}


@dataclass(frozen=True)
class About:
    """What a lesson's file says of the lesson itself, below [lesson]: its id and title, and the minutes it takes alone and in talk."""

    id: str
    title: str = ""
    minutes: int = 0
    talk: int = 0


def lesson_ids(data: Path) -> list[str]:
    """The lessons there are, in order."""
    return sorted(path.stem for path in (data / "items").glob("*.toml"))


def load_lesson(data: Path, lesson: str) -> Lesson:
    """One lesson, checked: every id once, every text and unit there, every type with what it needs."""
    path = data / "items" / f"{lesson}.toml"
    if lesson not in lesson_ids(data):
        raise ContentError(short(path), f"there is no lesson called {lesson!r}", f"The lessons are: {', '.join(lesson_ids(data))}.")
    raw = read_toml(path)
    expect_tables(path, raw)
    about = read_about(f"{short(path)}, [lesson]", lesson, raw.get("lesson", {}))
    graded = graded_ids(data, lesson, [str(table.get("id")) for table in raw.get("item", [])])
    texts: dict[str, Text] = {}
    items = tuple(read_item(data, path, table, graded, texts) for table in raw.get("item", []))
    slots = tuple(structure({**table, "lesson": lesson}, Slot, f"{short(path)}, slot {table.get('id')!r}") for table in raw.get("slot", []))
    refuse_repeats(path, [item.id for item in items] + [slot.id for slot in slots])
    check_slots(path, slots, items)
    return Lesson(lesson, about.title or lesson, items, slots, about.minutes, about.talk)


def read_about(where: str, lesson: str, raw: dict[str, Any]) -> About:
    """The [lesson] table, checked: its id is the name of the file, and its times are whole minutes."""
    if raw.get("id") != lesson:
        raise ContentError(where, f"the id is {raw.get('id')!r}", f"Write id = \"{lesson}\", the name of the file.")
    about = structure(raw, About, where)
    for name in ("minutes", "talk"):
        if getattr(about, name) < 0:
            raise ContentError(where, f"{name} = {getattr(about, name)} is below zero", f"Write {name} = 30, for example, or leave the line out.")
    return about


def expect_tables(path: Path, raw: dict[str, Any]) -> None:
    """A lesson's file is one [lesson] table and lists of [[item]] and [[slot]] tables."""
    if not isinstance(raw.get("lesson", {}), dict):
        raise ContentError(short(path), "lesson is not a table", "Write [lesson] on a line of its own, and its fields below.")
    for name in ("item", "slot"):
        tables = raw.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise ContentError(short(path), f"{name} is not a list of tables", f"Write [[{name}]] in two pairs of brackets before each.")


def graded_ids(data: Path, lesson: str, ids: list[str]) -> set[str]:
    """The items that count: those keyed in keys/graded or named in the marker of a class release.

    Where neither is there, as in an installed package, what has no practice key counts: its key was left out.
    """
    marker, folder = data / "class.toml", data / "keys" / "graded"
    if marker.exists():
        where, cure = f"{short(marker)}, [graded]", f"Write {lesson} = [\"…\"], the ids of the items that count, below [graded]; or make the release again."
        return set(expect_each(where, expect(where, read_toml(marker).get("graded", {}), dict, cure).get(lesson, []), str, cure))
    path = (folder if folder.is_dir() else data / "keys" / "practice") / f"{lesson}.toml"
    keyed = set(read_toml(path)) if path.exists() else set()
    return keyed if folder.is_dir() else set(ids) - keyed


def read_item(data: Path, path: Path, table: dict[str, Any], graded: set[str], texts: dict[str, Text]) -> Item:
    """One item from its table, with the codebook's questions, the labels' names and the units' ids filled in."""
    where = f"{short(path)}, item {table.get('id')!r}"
    if not ITEM_ID.match(str(table.get("id", ""))):
        raise ContentError(where, "an item id is lower-case words and hyphens", "Write it like lede-03.")
    if table.get("type") not in TYPES:
        raise ContentError(where, f"the type {table.get('type')!r} is not known", f"The types are: {', '.join(TYPES)}.")
    for name in sorted(INTERNAL & table.keys()):
        raise ContentError(where, f"the field {name!r} is not one to write", "Delete the line: the file says the lesson, and the folder of its key whether it counts.")
    fields = {PLURALS.get(name, name): value for name, value in table.items() if name != "from"}
    text = fetch_text(data, where, table, texts)
    from_units = table.get("from") == "units"
    if "from" in table and not from_units:
        raise ContentError(where, f"from = {table['from']!r} is not known", "Write from = \"units\", or give [[item.option]] tables.")
    if text:
        check_units(where, text, fields)
        fields.setdefault("units", [unit.id for unit in text.units])
    if from_units:
        if text is None:
            raise ContentError(where, "from = \"units\" needs a text", "Add text = \"…\" with the name of a folder in data/texts.")
        fields["options"] = [{"id": u, "text": text.unit(u).shown} for u in fields["units"]]
    fields["questions"] = [full_question(where, raw, text) for raw in tables_of(where, fields, "question")]
    fields["labels"] = [full_label(where, raw) for raw in tables_of(where, fields, "label")]
    fields |= {"lesson": path.stem, "graded": table["id"] in graded}
    item = structure(fields, Item, where)
    check_item(where, item)
    return item


def tables_of(where: str, fields: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The tables of one kind in an item, such as its questions; a list of anything else is complained of."""
    return expect_each(f"{where}, {name}", fields.get(PLURALS[name], []), dict, f"Write [[item.{name}]] on a line of its own before each, and its fields below.")


def find_slot(data: Path, name: str) -> Slot:
    """A slot by its id, in whatever lesson it stands; only the slots are read."""
    for lesson in lesson_ids(data):
        path = data / "items" / f"{lesson}.toml"
        raw = read_toml(path)
        expect_tables(path, raw)
        for table in raw.get("slot", []):
            if table.get("id") == name:
                return structure({**table, "lesson": lesson}, Slot, f"data/items/{lesson}.toml, slot {name!r}")
    raise ContentError("data/items", f"no lesson has a slot called {name!r}", "Name a slot that is there in the field than.")


def fetch_text(data: Path, where: str, table: dict[str, Any], texts: dict[str, Text]) -> Text | None:
    """The text an item speaks of, read once a lesson."""
    if "text" not in table:
        return None
    slug = expect(f"{where}, text", table["text"], str, "Write text = \"…\" with the name of a folder in data/texts.")
    if slug not in texts:
        texts[slug] = load_text(data, slug)
    return texts[slug]


def check_units(where: str, text: Text, fields: dict[str, Any]) -> None:
    """Every unit an item names stands in its text."""
    known = [unit.id for unit in text.units]
    for name in ("units", "confidence_units"):
        for unit in expect_each(f"{where}, {name}", fields.get(name, []), str, f"Write {name} = [\"{known[0]}\"], with the ids of units."):
            if unit not in known:
                raise ContentError(where, f"the text {text.slug!r} has no unit {unit!r}", f"Its units are: {', '.join(known)}.")


def full_question(where: str, raw: dict[str, Any], text: Text | None) -> dict[str, Any]:
    """A classify question with its words: the codebook's own three, or the speakers of the passage."""
    name = expect(f"{where}, question", raw.get("id", ""), str, f"Write id = \"voice\", or another of {', '.join(CODEBOOK)}, speaker.")
    prompt = raw.get("prompt") or WORDS.get(f"question.{name}", "")
    if "option" in raw:
        return {"id": name, "prompt": prompt, "options": raw["option"]}
    if name in CODEBOOK:
        wanted = expect_each(f"{where}, question {name!r}, only", raw.get("only") or list(CODEBOOK[name]), str, f"Write only = [\"…\"] with some of {', '.join(CODEBOOK[name])}.")
        for one in wanted:
            if one not in CODEBOOK[name]:
                raise ContentError(f"{where}, question {name!r}, only", f"{one!r} is not in the codebook", f"Write some of {', '.join(CODEBOOK[name])}.")
        return {"id": name, "prompt": prompt, "options": [{"id": one, "text": say(f"{name}.{one}")} for one in wanted]}
    if name == "speaker" and text:
        own = [{"id": speaker.id, "text": speaker.text} for speaker in text.speakers]
        ends = [{"id": one, "text": say(f"speaker.{one}")} for one in ("author", "nobody")]
        return {"id": name, "prompt": prompt, "options": own + ends}
    raise ContentError(where, f"the question {name!r} has no options", f"Use one of {', '.join(CODEBOOK)}, speaker, or give [[item.question.option]] tables.")


def full_label(where: str, raw: dict[str, Any]) -> dict[str, Any]:
    """A label with its name and hint from the catalogue, unless the item gives its own."""
    name = raw.get("id")
    if f"label.{name}" not in WORDS and "name" not in raw:
        known = sorted({key.split(".")[1] for key in WORDS if key.startswith("label.")})
        raise ContentError(where, f"the label {name!r} is not known", f"The labels are: {', '.join(known)}.")
    return {"id": name, "name": raw.get("name") or say(f"label.{name}"), "hint": raw.get("hint") or WORDS.get(f"label.{name}.hint", "")}


def check_item(where: str, item: Item) -> None:
    """An item has what its type needs, and no id twice among its options."""
    needed = NEEDS.get(item.type)
    if needed and not getattr(item, needed):
        raise ContentError(where, f"a {item.type} item needs at least one {needed[:-1] if needed != 'criteria' else 'criterion'}", f"Add [[item.{needed[:-1]}]] tables.")
    if item.type in ("classify", "mark") and item.text is None:
        raise ContentError(where, f"a {item.type} item needs a text", "Add text = \"…\" with the name of a folder in data/texts.")
    if item.type == "pick" and len(item.options) < 2:
        raise ContentError(where, "a pick item needs at least two options", "Add [[item.option]] tables, or from = \"units\".")
    if item.credit not in ("score", "completion"):
        raise ContentError(where, f"the credit {item.credit!r} is not known", "Write score or completion.")
    for group in ("options", "reasons", "cards", "labels", "questions", "fields", "criteria"):
        ids = [part.id for part in getattr(item, group)]
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            raise ContentError(where, f"the id {twice!r} stands twice among its {group}", "Give each its own.")


def refuse_repeats(path: Path, ids: list[str]) -> None:
    """No two items or slots of a lesson share an id."""
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        raise ContentError(short(path), f"the id {twice!r} stands twice", "Give the second one an id of its own.")


def check_slots(path: Path, slots: tuple[Slot, ...], items: tuple[Item, ...]) -> None:
    """Every choice of a slot is an item of the lesson, and its rule is known."""
    known = {item.id for item in items}
    for slot in slots:
        where = f"{short(path)}, slot {slot.id!r}"
        if slot.rule not in SLOT_RULES:
            raise ContentError(where, f"the rule {slot.rule!r} is not known", f"The rules are: {', '.join(SLOT_RULES)}.")
        if (slot.rule == "other") != (slot.than is not None):
            raise ContentError(where, "the rule other and the field than go together", "Name in than the slot that was asked before.")
        if not slot.choices:
            raise ContentError(where, "it has no choices", "List the ids of items in choices.")
        for choice in slot.choices:
            if choice not in known:
                raise ContentError(f"{short(path)}, slot {slot.id!r}", f"its choice {choice!r} is no item of this lesson", f"The items are: {', '.join(sorted(known))}.")


