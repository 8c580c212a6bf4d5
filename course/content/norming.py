"""Norming essays: answers to an essay with the marks they earn and why, so that two markers mean the same by a level."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from course.content.files import ContentError, expect, expect_each, read_toml, short
from course.items import Item


@dataclass(frozen=True)
class NormingEssay:
    """One example answer: the text of each field, and for each criterion its level and the reason for it."""

    id: str
    texts: dict[str, str] = field(default_factory=dict)
    marks: dict[str, float] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """The points of all criteria together."""
        return sum(self.marks.values())


def load_norming(data: Path, item: Item) -> tuple[NormingEssay, ...]:
    """The norming essays of an essay item, weakest first; empty where there are none, as in a class release.

    Raises `ContentError` when an essay lacks a field, or a level or reason of a criterion.
    """
    path = data / "norming" / f"{item.lesson}.toml"
    if not path.exists():
        return ()
    tables = expect_each(f"{short(path)}, essay", read_toml(path).get("essay", []), dict, "Write [[essay]] in two pairs of brackets before each.")
    essays = [read_essay(path, item, table) for table in tables if table.get("item", item.id) == item.id]
    return tuple(sorted(essays, key=lambda essay: essay.total))


def read_essay(path: Path, item: Item, table: dict) -> NormingEssay:
    """One essay, checked against the item's fields and criteria."""
    where = f"{short(path)}, essay {table.get('id')!r}"
    essay = NormingEssay(
        str(table.get("id", "")), {one.id: str(table.get(one.id, "")).strip() for one in item.fields},
        *(expect(f"{where}, {name}", table.get(name, {}), dict, f"Write [essay.{name}] on a line of its own, and a line for each criterion below.") for name in ("marks", "reasons")),
    )  # fmt: skip
    if missing := [name for name, text in essay.texts.items() if not text]:
        raise ContentError(where, f"it has no {missing[0]}", f"Write {missing[0]} = \"…\".")
    for criterion in item.criteria:
        mark = essay.marks.get(criterion.id)
        if not isinstance(mark, (int, float)) or isinstance(mark, bool) or not 0 <= mark <= criterion.points:
            raise ContentError(where, f"its level of {criterion.id} is {mark!r}", f"Write a number from 0 to {criterion.points:g} in [essay.marks].")
        if not essay.reasons.get(criterion.id):
            raise ContentError(where, f"it gives no reason for {criterion.id}", "Write one in [essay.reasons].")
    return essay
