"""Laying a pack over the kit's data: question by question and key by key, so that a pack holds only what is its own."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from course.content import ContentError
from course.content.files import read_toml, short
from course.handin.writing import replace_file
from course.messages.errors import ToldError
from course.packs.toml import toml_text

FOLDERS = ("items", "texts", "keys", "norming", "notebooks")
ABOUT, CHECKED, RELEASED = "pack.csv", "checked.json", "released.json"
SHEETS = (ABOUT, "passage.csv", "key.csv", "spans.csv")


class PackError(ToldError):
    """A pack can't be made or used: one sentence that says what, and what to do."""


def can_be_written(path: Path) -> bool:
    """Whether the name of a file is text; a terminal can hand on bytes that are none.

    >>> can_be_written(Path("boats")), can_be_written(Path("x\\udcff"))
    (True, False)
    """
    return not any("\ud800" <= letter <= "\udfff" for letter in str(path))


def lay(pack: Path, data: Path, place: str = ".") -> None:
    """Put the files of a pack into a copy of a data folder; `place` is where in it the pack's top folder belongs.

    Of a file that is in both, tables of the same name are replaced and all others stay. Raises `ContentError` for a file that can't be read.
    """
    for name in FOLDERS if place == "." else (".",):
        for path in sorted((pack / name).rglob("*")) if (pack / name).is_dir() else ():
            target = data / place / path.relative_to(pack)
            if path.is_file() and not path.name.startswith("."):
                target.parent.mkdir(parents=True, exist_ok=True)
                put(path, target)
    for name in ("glossary.csv",):
        if place == "." and (pack / name).is_file():
            shutil.copy(pack / name, data / name)


def put(path: Path, target: Path) -> None:
    """One file of a pack at its place, merged with what is there if both are questions or keys."""
    if path.suffix != ".toml" or not target.exists() or path.name == "text.toml":
        shutil.copy(path, target)
        return
    own, kits = read_toml(path), read_toml(target)
    merged = merged_lesson(path, kits, own) if "items" in target.parts[-2:-1] else {**kits, **own}
    target.write_text(toml_text(merged), "utf-8", newline="\n")


def merged_lesson(path: Path, kits: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """A lesson of the kit with the pack's questions and slots in it; what fills a slot stands where the slot is asked."""
    for name in ("item", "slot"):
        if not all(isinstance(one, dict) and "id" in one for one in own.get(name, [])):
            raise ContentError(short(path), f"a table [[{name}]] has no id", 'Write id = "…" below it.')
    slots = {slot["id"]: slot for slot in [*kits.get("slot", []), *own.get("slot", [])]}
    items = {item["id"]: item for item in kits.get("item", [])}
    for item in own.get("item", []):
        items = with_item(items, item, list(slots.values()))
    return {"lesson": {**kits.get("lesson", {}), **own.get("lesson", {})}, "item": list(items.values()), **({"slot": list(slots.values())} if slots else {})}


def with_item(items: dict[str, Any], item: dict[str, Any], slots: list[dict[str, Any]]) -> dict[str, Any]:
    """The items with one more: in the place of its namesake, else before the others of its slot, else at the end."""
    if item["id"] in items:
        return {**items, item["id"]: item}
    beside = {choice for slot in slots if item["id"] in slot.get("choices", []) for choice in slot["choices"]}
    before = next((name for name in items if name in beside), None)
    ordered: dict[str, Any] = {}
    for name, one in items.items():
        if name == before:
            ordered[item["id"]] = item
        ordered[name] = one
    return {**ordered, item["id"]: item}


def passages_in(pack: Path) -> list[Path]:
    """The folders with spreadsheets: the pack itself, and folders in it."""
    try:
        return [folder for folder in [pack, *sorted(path for path in pack.glob("*") if path.is_dir())] if (folder / ABOUT).is_file()]
    except OSError as error:
        raise PackError(f"{pack} can't be looked into ({error.strerror}). Name another folder, or ask whose it is.") from error


def sums_of(pack: Path) -> dict[str, str]:
    """A checksum of each spreadsheet of a pack, by its place in it."""
    return {path.relative_to(pack).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sheets_of(pack)}


def sheets_of(pack: Path) -> Iterator[Path]:
    """The spreadsheets of a pack that are there."""
    yield from (folder / name for folder in passages_in(pack) for name in SHEETS if (folder / name).is_file())


def refuse_unchecked(pack: Path) -> None:
    """Raise `PackError` where the spreadsheets of a pack are not what was last checked: nothing is graded by an old key unnoticed."""
    if not passages_in(pack):
        return
    try:
        checked = json.loads((pack / CHECKED).read_text("utf-8"))["spreadsheets"]
    except (OSError, ValueError, KeyError, TypeError):
        raise PackError(f"The spreadsheets in {pack} have not been checked yet. Run: sayswho pack check {pack}") from None
    if checked != sums_of(pack):
        raise PackError(f"The spreadsheets in {pack} were changed after they were checked. Run: sayswho pack check {pack}")


def note_released(pack: Path, wording: dict[str, str]) -> None:
    """Keep in a pack with which words its questions went to a class, by their fingerprints; a folder without spreadsheets is left alone.

    A pack that can't be written is released all the same: when grading, an answer to other words is noticed without this.
    """
    if passages_in(pack):
        with suppress(OSError):
            told = {"about": "The wording with which each question was last released.", "items": released_before(pack) | wording}
            replace_file(pack / RELEASED, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())


def released_before(pack: Path) -> dict[str, str]:
    """The fingerprints of the words that a class was given last, by question."""
    try:
        items = json.loads((pack / RELEASED).read_text("utf-8"))["items"]
        return dict(items)
    except (OSError, ValueError, KeyError, TypeError):
        return {}
