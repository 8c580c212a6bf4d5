"""The cards of lesson 6: no answer that needs no reading pays, and no key names a step that the card's table does not show."""

from __future__ import annotations

import json
import re

import pytest

from course.content import find_data, load_keys, load_lesson
from course.items import Item
from tests.committed_notebooks import NOTEBOOKS

LESSON = load_lesson(find_data(), "06_upstream")
KEYS = load_keys(find_data(), LESSON)
CARDS = [item for item in LESSON.items if item.points]
MOST = 2
STEPS = ("1 → 2", "2 → 3")


def texts(item: Item, right: bool) -> list[str]:
    """What the right options of a card say, or the wrong ones."""
    return [option.text for option in item.options if (option.id in KEYS[item.id].answer) == right]


def right_by(order) -> int:
    """On how many cards the first options in an order, as many as are asked for, are the right ones."""
    return sum({option.id for option in order(item)[: item.choose]} == set(KEYS[item.id].answer) for item in CARDS)


@pytest.mark.parametrize("order", [
    *(lambda item, n=n: item.options[n:] + item.options[:n] for n in range(5)),
    lambda item: item.options[::-1],
    lambda item: item.options[::2],
    lambda item: item.options[1::2],
    lambda item: sorted(item.options, key=lambda option: len(option.text)),
    lambda item: sorted(item.options, key=lambda option: -len(option.text)),
    *(lambda item, start=start: [option for option in item.options if option.text.startswith(start)] for start in (*STEPS, "1 → 3", "Nothing")),
])
def test_a_rule_that_needs_no_reading_is_right_on_two_of_the_eight_cards_at_most(order):
    assert len(CARDS) == 8
    assert right_by(order) <= MOST


def test_every_card_has_options_of_its_own():
    assert len({tuple(option.id for option in item.options) for item in CARDS}) == len(CARDS)


def test_a_step_is_keyed_only_where_the_korean_row_is_on_the_table():
    cells = json.loads((NOTEBOOKS / "06_upstream.ipynb").read_text("utf-8"))["cells"]
    tables = {cell["id"]: "".join(cell["source"]) for cell in cells}
    empty = [item for item in CARDS if re.search(r"\*\*2 .*\| not on our table \|", tables[f"card-{int(item.id[-2:])}"])]

    assert 3 <= len(empty) < len(CARDS)
    assert [text for item in empty for text in texts(item, right=True) if text.startswith(STEPS)] == []


def test_some_cards_are_sound_relaying_and_nothing_is_a_wrong_answer_elsewhere():
    sound = [item.id for item in CARDS if any(text.startswith("Nothing") for text in texts(item, right=True))]
    tempting = [item.id for item in CARDS if any(text.startswith("Nothing") for text in texts(item, right=False))]

    assert (len(sound), len(tempting)) == (2, 2)
