"""Answers that need no reading: what the same answer earns throughout, marking everything included.

A test that can be passed without looking at it measures nothing. These are the answers that a learner in a hurry, or a
script, would try.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from course.check.report import Constant
from course.items import Answer, Item, Key, Text
from course.scoring import score_item

LIMIT = 0.35
SET_SIZE = 6


def best_constant(item: Item, key: Key, text: Text | None) -> Constant | None:
    """The constant answer that pays best for an item, or None where there is no set of labels to be constant on.

    Sets of clauses and of options need six or more; marking everything is tried on every passage.
    """
    tried = [Constant(name, share_of(item, value, key, text)) for name, value in constants(item, text)]
    return max(tried, key=lambda constant: constant.share, default=None)


def constants(item: Item, text: Text | None) -> Iterator[tuple[str, Any]]:
    """Every constant answer to an item, with a name for it."""
    if item.type == "classify" and len(item.units) >= SET_SIZE:
        yield from same_everywhere(item)
    if item.type == "pick" and item.choose == 0 and len(item.options) >= SET_SIZE:
        yield "every option", [option.id for option in item.options]
    if item.type == "mark" and text is not None:
        yield from everything_marked(item, text)


def same_everywhere(item: Item) -> Iterator[tuple[str, Any]]:
    """The same options for every clause, in every combination of the questions asked."""
    asked = [question.id for question in item.questions]
    for options in product(*([option.id for option in question.options] for question in item.questions)):
        yield " + ".join(options), {unit: dict(zip(asked, options, strict=True)) for unit in item.units}


def everything_marked(item: Item, text: Text) -> Iterator[tuple[str, Any]]:
    """Every clause marked whole, and every word by itself: with each label alone, and with all of them."""
    labels = [label.id for label in item.labels]
    for chosen in [[label] for label in labels] + ([labels] if len(labels) > 1 else []):
        named = chosen[0] if len(chosen) == 1 else "every label"
        for what, pattern in (("every clause", r"\S.*\S|\S"), ("every word", r"[^\s\u00a0]+")):
            yield f"{what} = {named}", [
                {"label": label, "unit": unit, "start": found.start(), "end": found.end(), "quote": found.group()}
                for label in chosen for unit in item.units for found in re.finditer(pattern, text.unit(unit).shown)]


def share_of(item: Item, value: Any, key: Key, text: Text | None) -> float:
    """The share of an item's points that a value earns."""
    score = score_item(item, Answer(value), key, text=text)
    return score.points / score.max if score.max else 0.0


def without_alternatives(key: Key) -> Key:
    """The key as it was before anyone added a second reading of a unit."""
    return replace(key, units={name: replace(unit, accept=()) for name, unit in key.units.items()})


def sets_of_picks(items: Sequence[Item], keys: Mapping[str, Key]) -> Iterator[tuple[list[Item], Constant]]:
    """Six or more picks of one that offer the same options are one label set: its items, and the option that pays best."""
    groups: dict[tuple[str, ...], list[Item]] = {}
    for item in items:
        if item.type == "pick" and item.choose == 1 and item.id in keys and keys[item.id].answer is not None:
            groups.setdefault(tuple(option.id for option in item.options), []).append(item)
    for options, group in groups.items():
        if len(group) >= SET_SIZE:
            tried = [Constant(option, sum(share_of(item, [option], keys[item.id], None) for item in group) / len(group)) for option in options]
            yield group, max(tried, key=lambda constant: constant.share)
