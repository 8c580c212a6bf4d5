"""Whatever a file holds, scoring names it malformed: it never raises, and never calls it wrong."""

from __future__ import annotations

import json

import pytest

from course.items import Answer, Outcome
from course.scoring import score_completion, score_item
from tests.scored_items import (
    CHAIN,
    CHAIN_KEY,
    CLASSIFY,
    CLASSIFY_KEY,
    ESSAY,
    ESSAY_KEY,
    EVERY,
    MARK,
    MARK_KEY,
    NUMBER,
    NUMBER_KEY,
    ONE,
    ONE_KEY,
    TEXT,
    TWO,
    TWO_KEY,
    TWO_STEP,
    TWO_STEP_KEY,
    WRITE,
    WRITE_KEY,
    mark,
)

NAN, INFINITY = json.loads("[NaN, Infinity]")
DEEP: list = []
for _ in range(5000):
    DEEP = [DEEP]


@pytest.mark.parametrize(("item", "key", "value", "words"), [
    (ONE, ONE_KEY, "a", "text, not a list of options"),
    (ONE, ONE_KEY, ["z"], "no option 'z'"),
    (ONE, ONE_KEY, ["a", "a"], "'a' stands twice"),
    (ONE, ONE_KEY, ["a", "b"], "2 options are chosen where 1"),
    (TWO, TWO_KEY, ["a", "b", "c"], "3 options are chosen where 2"),
    (ONE, ONE_KEY, [None], "named by nothing"),
    (ONE, ONE_KEY, [["a"]], "named by a list"),
    (ONE, ONE_KEY, DEEP, "named by a list"),
    (ONE, ONE_KEY, ["a"] * 1_000_000, "stands twice"),
    (CHAIN, CHAIN_KEY, {"author": 1}, "an object, not a list of cards"),
    (CHAIN, CHAIN_KEY, ["paper", "paper"], "stands twice"),
    (CLASSIFY, CLASSIFY_KEY, ["f1"], "a list, not an object of units"),
    (CLASSIFY, CLASSIFY_KEY, {"f9": {"voice": "author"}}, "no unit 'f9'"),
    (CLASSIFY, CLASSIFY_KEY, {"f1": "author"}, "text, not an object of questions"),
    (CLASSIFY, CLASSIFY_KEY, {"f1": {"whose": "author"}}, "no question 'whose'"),
    (CLASSIFY, CLASSIFY_KEY, {"f1": {"voice": "nobody"}}, "no option 'nobody'"),
    (CLASSIFY, CLASSIFY_KEY, {"f1": {"voice": NAN}}, "named by a number"),
    (CLASSIFY, CLASSIFY_KEY, {"f1": {"voice": DEEP}}, "named by a list"),
    (MARK, MARK_KEY, {"label": "source"}, "not a list of marks"),
    (MARK, MARK_KEY, ["source"], "a mark is text"),
    (MARK, MARK_KEY, [mark("source", "f2", "said") | {"label": "MT"}], "no label 'MT'"),
    (MARK, MARK_KEY, [mark("source", "f2", "said") | {"unit": 2}], "a unit is named by a number"),
    (MARK, MARK_KEY, [mark("source", "f2", "said") | {"start": "1"}], "whole numbers"),
    (MARK, MARK_KEY, [mark("source", "f2", "said") | {"start": True}], "whole numbers"),
    (MARK, MARK_KEY, [mark("source", "f2", "said") | {"end": INFINITY}], "whole numbers"),
    (MARK, MARK_KEY, [mark("source", "f2", "said") | {"start": -1}], "ends before it starts"),
    (MARK, MARK_KEY, [mark("source", "f2", "said") | {"end": 0}], "ends before it starts"),
    (MARK, MARK_KEY, [mark("source", "f2", "said") | {"end": 10**30}], "beyond the unit"),
    (MARK, MARK_KEY, [mark("source", "f2", "said") | {"quote": "swore"}], "other words"),
    (MARK, MARK_KEY, [mark("source", "f2", "said") | {"quote": DEEP}], "a mark's quote is a list"),
    (MARK, MARK_KEY, [mark("source", "f2", "said")] * 2, "the same mark stands twice"),
    (MARK, MARK_KEY, [{}] * 2000, "2000 marks"),
    (WRITE, WRITE_KEY, 17, "a number, not text"),
    (WRITE, WRITE_KEY, ["Yomiuri"], "a list, not text"),
    (WRITE, WRITE_KEY, "x" * 6000, "longer than"),
    (NUMBER, NUMBER_KEY, NAN, "not a finite number"),
    (NUMBER, NUMBER_KEY, INFINITY, "not a finite number"),
    (NUMBER, NUMBER_KEY, 10**400, "not a finite number"),
    (NUMBER, NUMBER_KEY, True, "true or false, not text"),
    (ESSAY, ESSAY_KEY, "A dog barked.", "text, not an object of fields"),
    (ESSAY, ESSAY_KEY, {"title": "A dog"}, "no field 'title'"),
    (ESSAY, ESSAY_KEY, {"report": 3}, "a number, not text"),
])
def test_an_answer_of_the_wrong_shape_is_malformed_and_says_why(item, key, value, words):
    score = score_item(item, Answer(value), key, text=TEXT if item is MARK else None)

    assert score.outcome is Outcome.MALFORMED
    assert words in score.note
    assert (score.points, score.max) == (0, item.points)
    assert score_completion(item, Answer(value), text=TEXT if item is MARK else None).outcome is Outcome.MALFORMED


def test_a_reason_that_was_not_on_offer_is_malformed():
    assert score_item(TWO_STEP, Answer(["a"], "r9"), TWO_STEP_KEY).outcome is Outcome.MALFORMED
    assert score_item(TWO_STEP, Answer(["a"], ["r1"]), TWO_STEP_KEY).outcome is Outcome.MALFORMED


@pytest.mark.parametrize("confidence", ["sure", NAN, DEEP, {"f1": "guessing"}])
def test_confidence_never_enters_the_points(confidence):
    assert score_item(ONE, Answer(["a"], None, confidence), ONE_KEY).points == 2


@pytest.mark.parametrize("answer", [{"value": ["a"]}, ["a"], "a", 1])
def test_what_is_no_answer_at_all_is_malformed(answer):
    for item, key in EVERY:
        assert score_item(item, answer, key).outcome is Outcome.MALFORMED


def test_a_mark_is_checked_against_the_text_only_where_it_is_given():
    beyond = Answer([mark("source", "f2", "said") | {"end": 500, "quote": ""}])

    assert score_item(MARK, beyond, MARK_KEY).outcome is Outcome.INCORRECT
    assert score_item(MARK, beyond, MARK_KEY, text=TEXT).outcome is Outcome.MALFORMED
