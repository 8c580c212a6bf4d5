"""What a learner is told: the wrong choice's own lesson first, the key only when it is earned or opened."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from course.content import load_keys, load_lesson, load_text
from course.feedback import explain, explain_answer, feedback_lines
from course.items import Answer, Field, Item, Key, Label, Option, Span, Text, Unit
from course.scoring import score_item
from tests.small_content import write_small_content


@pytest.fixture
def tell(tmp_path):
    data = write_small_content(tmp_path / "data")
    lesson = load_lesson(data, "01_fences")
    items, keys, text = {item.id: item for item in lesson.items}, load_keys(data, lesson), load_text(data, "fence")

    def tell(item, value, *, reveal=False, reason=None):
        return explain_answer(items[item], Answer(value, reason), keys[item], text, reveal=reveal)

    return tell


def test_a_wrong_clause_is_told_what_to_look_at_and_not_the_key(tell):
    told = tell("fence-label", {"f1": {"voice": "author", "kind": "fact"}, "f2": {"voice": "author", "kind": "judgement"}})

    assert told["summary"] == "1 of 3 right."
    parts = {part["id"]: part for part in told["parts"]}
    assert (parts["f2"]["outcome"], parts["f2"]["text"]) == ("incorrect", "Look at *Ida Moss said*.")
    assert "key" not in parts["f2"]
    assert parts["f3"]["outcome"] == "unanswered"


def test_when_revealed_the_key_stands_in_the_words_of_the_question(tell):
    told = tell("fence-label", {"f2": {"voice": "author", "kind": "fact"}}, reveal=True)

    (part,) = [part for part in told["parts"] if part["id"] == "f2"]
    assert part["key"] == "someone the text hands it to, no record could settle it"


def test_an_accepted_alternative_is_told_the_reason_that_earns_it(tell):
    told = tell("fence-label", {"f2": {"voice": "source", "kind": "fact"}})

    (part,) = [part for part in told["parts"] if part["id"] == "f2"]
    assert (part["outcome"], part["text"]) == ("correct", "A painter could measure it.")


def test_marks_are_told_as_found_missed_and_too_many(tell):
    found = {"label": "source", "unit": "f2", "start": 18, "end": 26, "quote": "Ida\u00a0Moss"}
    extra = {"label": "cue", "unit": "f1", "start": 0, "end": 3, "quote": "The"}

    first = tell("fence-mark", [found, extra])
    assert [span["state"] for span in first["spans"]] == ["hit", "extra"]
    assert first["summary"] == "1 found, 1 missed, 1 too many.\nsource: 1 of 1 found. cue: 0 of 1 found, 1 too many."
    assert [span["state"] for span in tell("fence-mark", [found, extra], reveal=True)["spans"]] == ["hit", "extra", "missed"]


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (0, 31, "your mark is too long here. Mark just **Ida Moss**."),
        (18, 21, "your mark is too short here. Mark all of **Ida Moss**."),
        (22, 31, "your mark begins or ends in the wrong place here. Mark just **Ida Moss**."),
    ],
)
def test_a_near_miss_is_nearly_and_never_too_many_of_nothing(tell, start, end, told):
    mark = {"label": "source", "unit": "f2", "start": start, "end": end, "quote": ""}

    (first,) = tell("fence-mark", [mark])["spans"]
    assert (first["state"], first["text"]) == ("near", "look again at where it begins and ends.")
    assert [(span["state"], span["text"]) for span in tell("fence-mark", [mark], reveal=True)["spans"]][0] == ("near", told)


def test_one_mark_alone_is_near_to_a_span_and_only_under_its_own_label(tell):
    marks = [{"label": "source", "unit": "f2", "start": 0, "end": 31, "quote": ""}, {"label": "source", "unit": "f2", "start": 18, "end": 20, "quote": ""},
             {"label": "cue", "unit": "f2", "start": 18, "end": 26, "quote": ""}]

    assert [span["state"] for span in tell("fence-mark", marks)["spans"]] == ["extra", "near", "extra"]


PICK_TWO = Item("two", "01", "pick", "Which two?", points=3, options=tuple(Option(one, one) for one in "abcd"), choose=2)


@pytest.mark.parametrize(
    ("changes", "right", "value", "reveal", "summary"),
    [
        ({}, "abc", "ad", False, "One of your two is right, and one is not."),
        ({}, "abc", "ad", True, "One of your two is right, and one is not. Any two of these would do."),
        ({}, "ab", "ad", True, "One of your two is right, and one is not."),
        ({"points": 0}, "abc", "ad", False, "One of your two is right, and one is not."),
        ({"choose": 0}, "a", "abc", True, "1 of your 3 is right, and 2 not: together they earn nothing."),
        ({"choose": 0}, "ab", "abcd", True, "2 of your 4 are right, and 2 not: together they earn nothing."),
        ({}, "ab", "cd", True, "Not this one."),
        ({}, "ab", "a", True, "Part of it is right."),
    ],
)
def test_where_right_and_wrong_choices_cancel_out_the_verdict_says_so(changes, right, value, reveal, summary):
    told = explain_answer(replace(PICK_TWO, **changes), Answer(list(value)), Key("two", answer=list(right)), None, reveal=reveal)

    assert told["summary"] == summary


def test_a_model_answer_is_for_those_who_answered():
    essay, key = Item("own", "01", "essay", "Write.", points=2, fields=(Field("text", "Yours"),)), Key("own", by_hand=True, why="MODEL")

    for blank in (None, Answer(None), Answer({"text": ""})):
        assert explain(essay, blank, key, score_item(essay, blank, key), reveal=True)["why"] == ""
    assert explain_answer(essay, Answer({"text": "A try."}), key, None, reveal=True)["why"] == "MODEL"


def test_a_pair_of_cards_in_the_wrong_order_gets_its_own_word_and_a_right_order_none(tell):
    assert [part["text"] for part in tell("fence-order", ["deed", "wish"])["parts"]] == ["Can it be done before it is wished?"]
    assert tell("fence-order", ["wish", "deed"])["parts"] == []


def test_what_a_person_marks_says_so(tell):
    assert tell("fence-essay", {"headline": "Fence to be painted"})["summary"] == "A person reads this one."


def test_half_of_an_answer_is_told_as_half_and_never_as_nothing(tell):
    half = {"f1": {"voice": "author"}, "f2": {"voice": "source"}, "f3": {"voice": "source", "kind": "fact"}}
    told = tell("fence-label", half)["summary"]

    assert told == "None of the 3 is wholly right yet. 2 are partly right."
    assert tell("fence-label", {**half, "f1": {"voice": "author", "kind": "fact"}})["summary"] == "1 of 3 right. 1 is partly right."
    assert tell("fence-label", {"f3": {"voice": "source", "kind": "fact"}})["summary"] == "None of the 3 right yet."


def test_the_right_option_of_a_single_choice_is_the_answer_and_of_several_one_that_was_missed():
    one = explain_answer(replace(PICK_TWO, choose=1), Answer(["a"]), Key("two", answer=["b"]), None, reveal=True)
    two = explain_answer(PICK_TWO, Answer(["a", "c"]), Key("two", answer=["a", "b"]), None, reveal=True)

    assert [(part["id"], part["outcome"]) for part in one["parts"]] == [("a", "incorrect"), ("b", "answer")]
    assert [part["outcome"] for part in two["parts"]] == ["correct", "incorrect", "missed"]


def test_a_hint_is_told_while_the_mark_is_looked_for_and_not_once_it_is_shown_with_its_reason():
    text = Text("t", "T", (Unit("u", 1, "Ida said so."),))
    item = Item("m", "01", "mark", "Mark.", text="t", units=("u",), labels=(Label("source", "source", ""), Label("cue", "cue", "")))
    spans = (Span("source", "u", 0, 3, "Ida", why="You could phone her."), Span("cue", "u", 4, 8, "said"))
    key = Key("m", spans=spans, feedback={"source": "Whom could you phone?", "cue": "Look for a verb."})

    first, second = (explain_answer(item, Answer([]), key, text, reveal=reveal)["parts"] for reveal in (False, True))
    assert {part["id"]: (part["outcome"], part["text"]) for part in first} == {"source": ("hint", "Whom could you phone?"), "cue": ("hint", "Look for a verb.")}
    assert [part["id"] for part in second] == ["cue"]  # its mark has no reason of its own


def test_the_right_chain_is_shown_beside_the_one_that_was_made_once_the_key_is_told(tell):
    assert "chains" not in tell("fence-order", ["deed", "wish"])

    told = tell("fence-order", ["deed", "wish"], reveal=True)
    assert [card["id"] for card in told["chains"]["yours"]] == ["deed", "wish"]
    assert [card["id"] for card in told["chains"]["key"]][:2] == ["wish", "deed"]
    assert {card["state"] for side in told["chains"].values() for card in side} <= {"kept", "moved", "extra", "missed"}
    assert "Answer: " in feedback_lines(told)


@pytest.mark.parametrize("value", ["f3", [["f3"]], {"f3": 1}, ["f9"], 7])
def test_an_answer_that_cannot_be_read_is_called_that_and_never_wrong(tell, value):
    told = tell("fence-pick", value)

    assert told["outcome"] == "malformed" and told["why"] == "" and told["parts"] == []
    json.dumps(told)
