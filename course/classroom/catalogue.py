"""Everything that grading asks of the content: columns, texts, keys, and the wording of each question."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from course.classroom.challenges.accepted import ACCEPTED, AcceptedError, Alternative, read_decisions
from course.classroom.challenges.alternatives import Asked, with_alternative
from course.classroom.hand_marks import GradingError
from course.content import find_data, lesson_ids, load_keys, load_lesson, load_text
from course.content.files import read_toml
from course.items import Item, Key, Lesson, Text, fingerprint
from course.packs.laying import lay, refuse_unchecked
from course.scoring import counts

PACK_FOLDERS = ("items", "texts", "keys")


@dataclass(frozen=True)
class Column:
    """One column of the gradebook: an item that counts, or a slot with the items that may fill it."""

    id: str
    lesson: str
    items: tuple[Item, ...]
    rule: str = "random"

    @property
    def max(self) -> float:
        """The points that can be earned here."""
        return max(item.points for item in self.items)


@dataclass
class Catalogue:
    """All lessons with what counts in them; keys by item id, texts by slug, and each item's present wording.

    `own` are the items that an instructor's folder brought, `accepted` is what an instructor accepted beside the keys; `unchanged` holds those items' keys as they were without it.
    """

    lessons: dict[str, Lesson] = field(default_factory=dict)
    columns: dict[str, tuple[Column, ...]] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    keys: dict[str, Key] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    wording: dict[str, str] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)
    own: frozenset[str] = frozenset()
    accepted: tuple[Alternative, ...] = ()
    unchanged: dict[str, Key] = field(default_factory=dict)

    def text_of(self, item: Item) -> Text | None:
        """The text an item speaks of, if it has one."""
        return self.texts.get(item.text or "")

    def asked(self, item: str, *, without_accepted: bool = False) -> Asked:
        """An item with its key and text, as `course.classroom.challenges.alternatives` wants them. Raises `AcceptedError` if there is none."""
        if item not in self.items:
            raise AcceptedError(f"there is no question called {item[:40]!r}")
        if item not in self.keys:
            raise AcceptedError(f"the key of {item} is not here. Name the folder that holds it")
        key = self.unchanged.get(item, self.keys[item]) if without_accepted else self.keys[item]
        return Asked(self.items[item], key, self.text_of(self.items[item]))

    def accept(self, alternative: Alternative) -> None:
        """Let one more answer count beside a key. Raises `AcceptedError` if it is no answer to its item."""
        changed = with_alternative(self.asked(alternative.item), alternative)
        self.unchanged.setdefault(alternative.item, self.keys[alternative.item])
        self.keys[alternative.item] = changed
        self.accepted = (*self.accepted, alternative)

    def add(self, data: Path, lesson: Lesson) -> None:
        """Take in one lesson with its texts and keys."""
        self.lessons[lesson.id] = lesson
        self.keys |= load_keys(data, lesson)
        for item in lesson.items:
            self.items[item.id] = item
            if item.text and item.text not in self.texts:
                self.texts[item.text] = load_text(data, item.text)
            self.wording[item.id] = fingerprint(item, self.text_of(item))
        self.columns[lesson.id] = tuple(columns_of(lesson))
        self.counted |= {item.id for column in self.columns[lesson.id] for item in column.items}


def columns_of(lesson: Lesson) -> Iterator[Column]:
    """The columns of one lesson in the order in which they are asked; practice without points has none."""
    slot_of = {choice: slot for slot in lesson.slots for choice in slot.choices}
    by_id = {item.id: item for item in lesson.items}
    done = set()
    for item in lesson.items:
        slot = slot_of.get(item.id)
        name = slot.id if slot else item.id
        choices = tuple(by_id[one] for one in slot.choices) if slot else (item,)
        if name not in done and all(counts(one) for one in choices):
            yield Column(name, lesson.id, choices, slot.rule if slot else "random")
        done.add(name)


def load_catalogue(data: Path | str | None = None, keys: Path | str | None = None) -> Catalogue:
    """Read all lessons, with an instructor's own keys, items and texts laid over the shipped ones if a folder is given.

    The answers of its accepted.csv count beside the keys.
    Raises `ContentError` if the content is broken and `GradingError` if the graded keys are not there.
    """
    catalogue = Catalogue()
    with laid_over(find_data(data), keys) as folder:
        for name in lesson_ids(folder):
            catalogue.add(folder, load_lesson(folder, name))
    catalogue.own = frozenset(items_in(Path(keys))) if keys else frozenset()
    without = [item.id for item in catalogue.items.values() if item.graded and item.credit == "score" and item.id not in catalogue.keys]
    if without:
        told = f"The keys of {len(without)} questions that count are not here ({without[0]} is the first)"
        raise GradingError(f"{told}: this is a class release. Name the folder with the graded keys: --keys DIR.")
    for alternative in read_decisions(keys) if keys else ():
        try:
            catalogue.accept(alternative)
        except AcceptedError as error:
            raise AcceptedError(f"{Path(keys or '').name}/{ACCEPTED}, line {alternative.line}: {error}. Correct the line or delete it.") from error
    return catalogue


def items_in(folder: Path) -> Iterator[str]:
    """The ids of the questions that an instructor's folder holds; whether they are sound is for laying it over the kit to say."""
    for path in sorted(folder.glob("items/*.toml")):
        asked = read_toml(path).get("item", [])
        yield from (str(item["id"]) for item in asked if isinstance(item, dict) and "id" in item)


@contextmanager
def laid_over(data: Path, keys: Path | str | None) -> Iterator[Path]:
    """The data folder itself, or a passing copy of it with the instructor's files in the place of the shipped ones.

    The folder may hold items/, texts/ and keys/ like data does, or graded/ and practice/, or only the files of graded/;
    or nothing but accepted.csv.
    """
    if keys is None:
        yield data
        return
    keys = Path(keys)
    if not keys.is_dir():
        raise GradingError(f"There is no folder {keys}. Name the folder that holds the keys.")
    refuse_unchecked(keys)
    if (place := place_in_data(keys)) is None:
        yield data
        return
    with TemporaryDirectory(prefix="sayswho-") as passing:
        copy = Path(passing) / "data"
        for name in PACK_FOLDERS:
            shutil.copytree(data / name, copy / name) if (data / name).is_dir() else (copy / name).mkdir(parents=True)
        for file in ("class.toml", "glossary.csv"):
            if (data / file).exists():
                shutil.copy(data / file, copy / file)
        lay(keys, copy, place)
        yield copy


def place_in_data(keys: Path) -> str | None:
    """Where in a data folder the files of an instructor's folder belong; None where it holds only what was accepted."""
    if any((keys / name).is_dir() for name in ("items", "keys")) or any(keys.glob("texts/*/text.toml")):
        return "."
    if any((keys / name).is_dir() for name in ("graded", "practice")):
        return "keys"
    if any(keys.glob("*.toml")) or any(keys.glob("texts/*.toml")):
        return "keys/graded"
    if (keys / ACCEPTED).is_file():
        return None
    raise GradingError(f"{keys} holds no keys. Name the folder with the key files, such as data/keys/graded: --keys DIR.")
