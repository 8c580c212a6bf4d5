"""Which question stands in a slot: what was answered stays, a class is given one, a last test is never the first again."""

from __future__ import annotations

import pytest

from course.items import Slot
from course.responses import Response
from course.slots import Chooser

FIRST = Slot("first", "00_a", ("first-a", "first-b"))
LAST = Slot("last", "07_b", ("last-b", "last-a"), "other", "first")


def answered(*items):
    return [Response(f"r{number}", f"2026-03-02T10:00:0{number}.000Z", item, "draft", "alone", "", ["x"]) for number, item in enumerate(items)]


def test_a_random_slot_gives_each_choice_to_about_half_of_the_learners():
    drawn = [Chooser(f"owner-{n}").choose(FIRST) for n in range(400)]
    assert 150 < drawn.count("first-a") < 250


def test_what_was_answered_stays_whatever_the_rule_says_now():
    for owner in ("one", "two", "three", "four"):
        assert Chooser(owner, answered("first-b")).choose(FIRST) == "first-b"


@pytest.mark.parametrize(("first", "last"), [("first-a", "last-b"), ("first-b", "last-a")])
def test_the_last_test_is_the_other_form_than_the_one_that_was_answered(first, last):
    assert Chooser("anyone").choose(LAST, FIRST, answered(first)) == last


def test_the_last_test_is_the_other_form_than_the_one_that_was_drawn():
    for n in range(40):
        chooser = Chooser(f"owner-{n}")
        assert chooser.choose(LAST, FIRST)[-1] != chooser.choose(FIRST)[-1]


def test_a_class_is_given_the_first_choice_that_its_release_holds():
    assert Chooser("one").choose(Slot("cue", "01_a", ("cue-a", "cue-b"), "class")) == "cue-a"
    assert Chooser("one").choose(Slot("cue", "01_a", ("cue-b",), "class")) == "cue-b"


def test_a_learner_who_may_choose_can_think_again():
    slot = Slot("title", "05_a", ("title-article", "title-twin"), "learner")
    assert Chooser("one").choose(slot) == "title-article"
    assert Chooser("one", answered("title-article", "title-twin")).choose(slot) == "title-twin"
