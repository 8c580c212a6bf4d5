"""A pack in the form of data/: its passages as texts, questions and keys, written as TOML and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from course.items import class_of
from course.packs.notebooks import lesson_notebook
from course.packs.passage import Passage, feedback_of
from course.packs.places import Place
from course.packs.sheets import Row
from course.packs.toml import toml_text
from course.packs.words import AUTHOR, ENDS, LABELS, NOBODY

BY_HEAD = "# Written by `sayswho pack check` from the spreadsheets. Change those, and check again.\n\n"
ABOUT = ("title", "author", "date", "origin", "rights")


@dataclass
class Built:
    """The files of a pack by their place in it."""

    files: dict[str, bytes] = field(default_factory=dict)
    lessons: dict[str, dict[str, Any]] = field(default_factory=dict)
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)

    def finish(self) -> dict[str, bytes]:
        """All files, those that several passages share among them."""
        for lesson, table in self.lessons.items():
            slots = list(table.pop("slot").values())
            self.files[f"items/{lesson}.toml"] = toml_bytes({**table, **({"slot": slots} if slots else {})})
            self.files[f"keys/graded/{lesson}.toml"] = toml_bytes(self.keys[lesson])
            if "title" in table["lesson"]:
                self.files[f"notebooks/{lesson}.ipynb"] = lesson_notebook(table["lesson"], [item["id"] for item in table["item"]])
        return self.files


def build(passages: Sequence[tuple[Passage, list[Place]]]) -> dict[str, bytes]:
    """Every file of a pack in the form of data/. What is built must have been checked."""
    built = Built()
    for passage, places in passages:
        slug = passage.name
        built.files[f"texts/{slug}/text.toml"] = toml_bytes(text_table(passage, places))
        built.files[f"texts/{slug}/units.csv"] = units_csv(passage.units)
        built.files[f"keys/graded/texts/{slug}.toml"] = toml_bytes(unit_keys(passage))
        for place in places:
            take_place(built, passage, place)
    return built.finish()


def toml_bytes(table: dict[str, Any]) -> bytes:
    """A file of a pack, with a line that says where it comes from."""
    return (BY_HEAD + toml_text(table)).encode()


def text_table(passage: Passage, places: Sequence[Place]) -> dict[str, Any]:
    """What text.toml says; speakers only where students choose among them, for elsewhere a list of them would help."""
    about = {name: passage.told(name) for name in ABOUT if passage.told(name)}
    note = {"note": passage.told("note")} if passage.told("note") else {}
    speakers = [{"id": name, "text": spoken} for spoken, name in passage.speakers.items()]
    speakers = speakers if any("speaker" in place.asked for place in places) else []
    return {"title": passage.name, **about, "language": "en", **note, **({"speaker": speakers} if speakers else {})}


def units_csv(units: Sequence[Row]) -> bytes:
    """The clauses as data/ has them: commas, one line end, no mark at the beginning."""
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\n")
    table.writerow(("unit", "paragraph", "text"))
    table.writerows((row["unit"], row["paragraph"], row["text"]) for row in units)
    return written.getvalue().encode()


def unit_keys(passage: Passage) -> dict[str, Any]:
    """What the text's key says of each clause, in the order of the passage."""
    return {unit["unit"]: unit_key(passage, passage.keys[unit["unit"]]) for unit in passage.units}


def unit_key(passage: Passage, rows: list[Row]) -> dict[str, Any]:
    """The key of one clause: its first line, its other lines as alternatives, and its marked words."""
    first, others = rows[0], rows[1:]
    voice, kind, how = first["voice"], first["kind"], first["how"] or None
    speaker = speaker_id(passage, first["speaker"]) or ("author" if voice == "author" else "")
    own: dict[str, Any] = {"voice": voice, "kind": kind, **({"how": how} if how else {}), **({"speaker": speaker} if speaker else {})}
    if first["plan"].lower() in ("yes", "x", "true", "1"):
        own["plan"] = True
    own["chain"] = ["author"] if voice == "author" else ["author", first["speaker"] or NOBODY]
    if named := class_of(voice, kind, how):
        own["class"] = named
    own["why"] = first["why"]
    spoken = feedback_by_question(passage, first)
    spans = [span_key(row) for row in passage.spans if row["unit"] == first["unit"]]
    accept = [{**differing(passage, first, row), "why": row["why"]} for row in others]
    return own | ({"accept": accept} if accept else {}) | ({"feedback": spoken} if spoken else {}) | ({"span": spans} if spans else {})


def differing(passage: Passage, first: Row, other: Row) -> dict[str, str]:
    """In what an alternative differs from the key of its clause."""
    found = {name: other[name] for name in ("voice", "kind", "how") if other[name] and other[name] != first[name]}
    return found | ({"speaker": speaker_id(passage, other["speaker"])} if other["speaker"] and other["speaker"] != first["speaker"] else {})


def speaker_id(passage: Passage, name: str) -> str:
    """The id of a speaker by name; empty where nobody is named in the cell."""
    return ENDS.get(name.lower()) or passage.speakers.get(name, "")


def feedback_by_question(passage: Passage, row: Row) -> dict[str, dict[str, str]]:
    """What is said to each wrong answer, by question: the columns `if …` name voices, kinds, or speakers."""
    found: dict[str, dict[str, str]] = {}
    speakers = {name.lower(): own for name, own in passage.speakers.items()} | {AUTHOR: "author", NOBODY: "nobody"}
    for answer, said in feedback_of(row).items():
        question = question_of(passage, answer)
        if question:
            found.setdefault(question, {})[speakers[answer.lower()] if question == "speaker" else answer.lower()] = said
    return found


def question_of(passage: Passage, answer: str) -> str | None:
    """The question that an answer named in a column `if …` belongs to; None if it is no answer to any."""
    if answer.lower() in ("author", "source", "unclear"):
        return "voice"
    if answer.lower() in ("fact", "judgement", "both", "lost"):
        return "kind"
    known = {name.lower() for name in passage.speakers} | {AUTHOR, NOBODY}
    return "speaker" if answer.lower() in known else None


def span_key(row: Row) -> dict[str, Any]:
    """One marked stretch."""
    nth = int(row["nth"])
    optional = row["optional"].lower() in ("yes", "x", "true", "1")
    return {"label": row["label"], "quote": row["quote"], **({"nth": nth} if nth > 1 else {}), **({"optional": True} if optional else {}),
            **({"why": row["why"]} if row["why"] else {})}


def take_place(built: Built, passage: Passage, place: Place) -> None:
    """One question with its key, and the slot that it fills: the pack's passages first, then the kit's."""
    lesson = built.lessons.setdefault(place.lesson, {"lesson": {"id": place.lesson}, "item": [], "slot": {}})
    if not place.slot:
        minutes = passage.told("minutes").removesuffix(".0")
        lesson["lesson"] |= {"title": passage.told("title"), "minutes": int(minutes) if minutes.isdecimal() else 10}
    lesson["item"].append(item_table(passage, place))
    if place.slot:
        slot = lesson["slot"].setdefault(place.slot, {"id": place.slot, "choices": list(place.choices), "rule": "class"})
        at = len(slot["choices"]) - len(place.choices)
        slot["choices"].insert(at, place.item["id"])
    missed = {label: passage.told(f"missed {label}") for label in LABELS if label in place.labels and passage.told(f"missed {label}")}
    key = {"why": passage.told("why"), **({"feedback": missed} if missed else {})}
    built.keys.setdefault(place.lesson, {})[place.item["id"]] = key


def item_table(passage: Passage, place: Place) -> dict[str, Any]:
    """The question as it is asked: the kit's own words behind the title of the passage, unless pack.csv has others."""
    rest = place.item.get("prompt", "").partition(". ")[2]
    asked = passage.told("prompt") or f"{passage.told('title').rstrip('.')}. {rest}"
    told = passage.told("help") or place.item.get("help", "")
    parts = {name: value for name, value in place.item.items() if isinstance(value, list)}
    plain = {name: value for name, value in place.item.items() if name not in ("prompt", "help", "text", *parts)}
    units = {"units": list(place.units)} if place.units else {}
    return {**plain, "text": passage.name, **units, "prompt": asked, **({"help": told} if told else {}), **parts}
