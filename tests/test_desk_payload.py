"""What the browser is told: nothing that names a learner, nothing that acts, nothing without end."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.desk.payload import LONGEST_SHOWN, Waiting, criteria_of, in_order, numbered, present_answer, present_item, steps
from course.items import Criterion, Item, Text, Unit
from course.reports.html import UNSEEN

ITEM = Item("essay", "01", "essay", "Write.", points=4, criteria=(Criterion("true", "True", 5, {"1": "a", "3": "b", "5": "c"}),))
names = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=6), min_size=1, max_size=30, unique=True)


@given(names)
def test_every_answer_has_a_number_of_its_own_and_none_tells_the_order_of_the_roster(learners):
    answers = [Waiting(learner, ITEM, {}) for learner in learners]
    numbers = numbered(answers)
    assert len(set(numbers.values())) == len(learners) and all(10_000 <= number < 100_000 for number in numbers.values())
    assert numbers == numbered(list(reversed(answers)))
    assert in_order(answers, [ITEM]) == in_order(list(reversed(answers)), [ITEM])


def test_the_order_is_not_the_alphabet():
    answers = [Waiting(f"learner-{n:02}", ITEM, {}) for n in range(20)]
    assert [one.learner for one in in_order(answers, [ITEM])] != sorted(one.learner for one in answers)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_sent_and_nothing_in_it_acts_unseen(text):
    told = present_answer(Waiting("ann", ITEM, {"report": text}), 1)
    json.dumps(told).encode()
    json.dumps(told, ensure_ascii=False).encode()
    assert not UNSEEN.search(told["texts"]["report"]) and "ann" not in (told["id"], told["item"])


@pytest.mark.parametrize(("length", "cut"), [(LONGEST_SHOWN, False), (LONGEST_SHOWN + 1, True), (1_000_000, True)])
def test_a_text_without_end_is_cut_and_says_so(length, cut):
    told = present_answer(Waiting("ann", ITEM, {"report": "W" * length}), 1)
    assert told["cut"] is cut and len(told["texts"]["report"]) == min(length, LONGEST_SHOWN)


@pytest.mark.parametrize(("criterion", "levels"), [
    (Criterion("a", "A", 5, {"1": "", "3": "", "5": ""}), [0, 1, 2, 3, 4, 5]),
    (Criterion("a", "A", 1, {"0": "", "1": ""}), [0, 1]),
    (Criterion("a", "A", 2, {"0.5": ""}), [0, 0.5, 1, 2]),
    (Criterion("a", "A", 60, {}), [*range(0, 61, 3)]),
    (Criterion("a", "A", 2, {"9": "beyond the highest", "good": "no number"}), [0, 1, 2]),
])  # fmt: skip
def test_the_levels_to_choose_from(criterion, levels):
    assert steps(criterion) == levels


def test_an_item_without_a_rubric_is_given_its_points():
    assert criteria_of(Item("w", "01", "write", "Why?", points=2)) == (Criterion("points", "Points", 2),)


def test_an_item_is_told_with_its_text_in_paragraphs_and_what_the_key_says():
    text = Text("t", "A text", (Unit("a", 1, "One. "), Unit("b", 1, "Two."), Unit("c", 2, "Three.")))
    told = present_item(ITEM, text, title="1 Fences", why="Because.")
    assert told["text"] == {"title": "A text", "paragraphs": ["One. Two.", "Three."]} and told["why"] == "Because."
    assert told["criteria"][0]["steps"] == [0, 1, 2, 3, 4, 5] and told["fields"] == [{"id": "", "prompt": "", "max_words": None}]
