"""Label balance: how often each label is right in the sets of six or more that count. That no constant pays is proved in `constants`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from course.check.constants import SET_SIZE, sets_of_picks
from course.check.material import Material
from course.check.report import Report
from course.items import Item, Key


def check_balance(report: Report, material: Material) -> None:
    """Print the label balance of every set of six or more that counts. What is out of balance shows as a constant answer that pays."""
    lines = []
    for lesson in material.lessons.values():
        for item in lesson.items:
            if item.graded and item.id in material.keys:
                lines += [f"{item.id}, {name}: {in_words(found)}" for name, found in balance_of(item, material.keys[item.id])]
        for group, _ in sets_of_picks([item for item in lesson.items if item.graded], material.keys):
            found = Counter({option.id: 0 for option in group[0].options})
            found.update(right for item in group for right in material.keys[item.id].answer)
            lines.append(f"{group[0].id} to {group[-1].id}: {in_words(found)}")
    report.tell("Label balance of what counts", lines)


def balance_of(item: Item, key: Key) -> Iterator[tuple[str, Counter[str]]]:
    """For each question of a set, how many units are keyed with each of its options."""
    if item.type == "classify" and len(item.units) >= SET_SIZE and not key.by_hand:
        for question in item.questions:
            found = Counter({option.id: 0 for option in question.options})
            found.update(label for unit in key.units.values() if (label := getattr(unit, question.id, None)) is not None)
            yield question.id, found
    if item.type == "pick" and item.choose == 0 and len(item.options) >= SET_SIZE and key.answer is not None:
        yield "options", Counter({"right": len(key.answer), "wrong": len(item.options) - len(key.answer)})


def in_words(found: Counter[str]) -> str:
    """The counts as they are printed.

    >>> in_words(Counter(author=6, source=6, unclear=0))
    'author 6, source 6, unclear 0'
    """
    return ", ".join(f"{label} {many}" for label, many in found.items())
