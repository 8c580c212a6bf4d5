"""The rules of scoring, one table each. Points are worked out by hand beside the answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.items import Accepted, Answer, Key, Outcome, UnitKey
from course.scoring import compare_marks, outcomes_by_question, score_by_hand, score_completion, score_credit, score_item
from tests.scored_items import (
    CHAIN,
    CHAIN_KEY,
    CLASSIFY,
    CLASSIFY_KEY,
    ESSAY,
    ESSAY_KEY,
    MARK,
    MARK_KEY,
    NEUTRAL_KEY,
    NUMBER,
    NUMBER_KEY,
    ONE,
    ONE_KEY,
    SEVERAL,
    SEVERAL_KEY,
    TEXT,
    TWO,
    TWO_KEY,
    TWO_STEP,
    TWO_STEP_KEY,
    WRITE,
    WRITE_KEY,
    mark,
    question,
    span,
)


def points(item, value, key, reason=None):
    return pytest.approx(score_item(item, Answer(value, reason), key, text=TEXT if item.text else None).points)


@pytest.mark.parametrize(("item", "key", "value", "expected"), [
    (ONE, ONE_KEY, ["a"], 2),
    (ONE, ONE_KEY, ["b"], 2),
    (ONE, ONE_KEY, ["c"], 0),
    (SEVERAL, SEVERAL_KEY, ["a", "b", "c", "d"], 4),
    (SEVERAL, SEVERAL_KEY, ["a", "b", "e"], 1),
    (SEVERAL, SEVERAL_KEY, ["e"], 0),
    (SEVERAL, SEVERAL_KEY, ["a", "b", "c", "d", "e", "f"], 2),
    (TWO, TWO_KEY, ["a", "c"], 2),
    (TWO, TWO_KEY, ["b"], 1),
    (TWO, TWO_KEY, ["a", "e"], 1),
    (TWO, TWO_KEY, ["d", "e"], 0),
])
def test_picks_add_for_right_ones_and_where_any_number_may_be_chosen_take_away_for_wrong_ones(item, key, value, expected):
    assert expected == points(item, value, key)


@pytest.mark.parametrize(("value", "reason", "expected"), [
    (["a"], "r1", 2), (["a"], "r2", 1), (["a"], None, 1), (["c"], "r1", 0), (["b"], "r2", 2), (["b"], "r1", 0),
])
def test_the_reason_counts_only_beside_a_right_answer(value, reason, expected):
    assert expected == points(TWO_STEP, value, TWO_STEP_KEY, reason)


def clause(voice=None, kind=None, how=None):
    return {name: value for name, value in {"voice": voice, "kind": kind, "how": how}.items() if value}


@pytest.mark.parametrize(("unit", "given", "share"), [
    ("f1", clause("author", "fact"), 1),
    ("f1", clause("author", "judgement"), 1 / 3),
    ("f1", clause("author"), 1 / 3),
    ("f1", clause("author", "both"), 0),
    ("f1", clause("source", "fact"), 0),
    ("f1", clause(kind="fact"), 0),
    ("f2", clause("source", "judgement"), 1),
    ("f2", clause("source", "fact"), 1),
    ("f2", clause("source", "both"), 1 / 3),
    ("f2", clause("source", "lost"), 1 / 3),
    ("f3", clause("author", "both"), 1),
    ("f3", clause("author", "judgement"), 1 / 2),
    ("f3", clause("author", "fact"), 1 / 2),
    ("f3", clause("source", "both"), 0),
    ("f3", clause("author", "lost"), 1 / 3),
])
def test_a_clause_earns_all_for_the_key_or_an_alternative_and_a_third_for_the_voice(unit, given, share):
    assert 2 * share == points(CLASSIFY, {unit: given}, CLASSIFY_KEY)


@pytest.mark.parametrize(("given", "share"), [
    (clause("source", "judgement", "marks"), 1),
    (clause("source", "judgement", "no-marks"), 1 / 2),
    (clause("source", "judgement"), 1 / 2),
    (clause("source", "both", "marks"), 1 / 3),
    (clause("author", "judgement", "marks"), 0),
])
def test_a_wrong_how_halves_an_otherwise_full_answer(given, share):
    item = replace(CLASSIFY, questions=(*CLASSIFY.questions, question("how")))

    assert 2 * share == points(item, {"f2": given}, CLASSIFY_KEY)


def test_how_is_not_asked_where_it_does_not_matter():
    item = replace(CLASSIFY, questions=(*CLASSIFY.questions, question("how")))

    assert points(item, {"f3": clause("author", "both")}, CLASSIFY_KEY) == 2


def test_an_alternative_of_another_voice_brings_its_own_how():
    key = Key("x", units={"f2": UnitKey("f2", "source", "fact", "marks", accept=(Accepted({"voice": "author", "kind": "judgement"}, "why"),))})
    item = replace(CLASSIFY, units=("f2",), questions=(*CLASSIFY.questions, question("how")))
    score = score_item(item, Answer({"f2": clause("author", "judgement")}), key)

    assert score.outcome is Outcome.CORRECT
    assert score.parts[0].note == "why"


@pytest.mark.parametrize("name", ["voice", "speaker"])
def test_a_set_with_one_question_is_right_or_wrong(name):
    item = replace(CLASSIFY, questions=(question(name),))
    right = {"f1": "author", "f2": {"voice": "source", "speaker": "moss"}[name], "f3": "author"}

    assert points(item, {unit: {name: one} for unit, one in right.items()}, CLASSIFY_KEY) == 6
    assert points(item, {unit: {name: "author"} for unit in right}, CLASSIFY_KEY) == 4


def test_a_unit_left_out_is_unanswered_and_the_rest_still_counts():
    score = score_item(CLASSIFY, Answer({"f1": clause("author", "fact"), "f2": {}}), CLASSIFY_KEY)

    assert (score.outcome, score.points, score.max) == (Outcome.PARTLY, 2, 6)
    assert [part.outcome for part in score.parts] == [Outcome.CORRECT, Outcome.UNANSWERED, Outcome.UNANSWERED]


def test_each_question_of_a_unit_has_its_own_outcome():
    found = outcomes_by_question(CLASSIFY, clause("author", "fact"), CLASSIFY_KEY.units["f3"])

    assert found == {"voice": Outcome.CORRECT, "kind": Outcome.PARTLY}


ALL_MARKS = [mark("source", "f2", "Ida Moss of the town hall"), mark("source", "f2", "the paper"), mark("cue", "f2", "said"),
             mark("loaded", "f3", "shameful")]


@pytest.mark.parametrize(("marks", "share"), [
    (ALL_MARKS, 1),
    ([mark("source", "f2", "Ida Moss"), *ALL_MARKS[1:]], 1),
    ([mark("source", "f2", " Ida Moss "), *ALL_MARKS[1:]], 1),
    ([mark("source", "f2", "town"), *ALL_MARKS[1:]], (1 / 2 + 1 + 1) / 3),
    (ALL_MARKS[:2], 1 / 3),
    ([*ALL_MARKS, mark("cue", "f2", "according to")], 1),
    ([*ALL_MARKS, mark("cue", "f2", "needs")], (1 + 2 / 3 + 1) / 3),
    ([*ALL_MARKS[:3], mark("loaded", "f3", "The shameful delay")], 1),
    ([*ALL_MARKS[:3], mark("loaded", "f3", "The shameful delay of a full year has one cause, the greed")], 2 / 3),
    ([*ALL_MARKS, mark("loaded", "f3", "shame")], (1 + 1 + 2 / 3) / 3),
    ([], 0),
])
def test_marks_earn_the_mean_f1_over_the_labels_in_use(marks, share):
    assert 3 * share == points(MARK, marks, MARK_KEY)


def test_nothing_to_mark_is_right_only_where_nothing_is_keyed():
    right = score_item(MARK, Answer([]), NEUTRAL_KEY)
    spared = score_item(MARK, Answer([mark("loaded", "f3", "full")]), NEUTRAL_KEY)
    wrong = score_item(MARK, Answer([mark("loaded", "f1", "fence")]), NEUTRAL_KEY)

    assert [score.outcome for score in (right, spared, wrong)] == [Outcome.CORRECT, Outcome.CORRECT, Outcome.INCORRECT]
    assert score_item(MARK, Answer([]), MARK_KEY).outcome is Outcome.INCORRECT
    assert score_item(MARK, None, NEUTRAL_KEY).outcome is Outcome.UNANSWERED


def test_marking_every_unit_with_every_label_does_not_pay():
    every = [mark(label.id, unit.id, unit.text.replace("\u00a0", " ")) for label in MARK.labels for unit in TEXT.units]
    words = [mark(label.id, unit.id, word) for label in MARK.labels for unit in TEXT.units for word in dict.fromkeys(unit.shown.split())]
    unique = list({(one["label"], one["unit"], one["start"], one["end"]): one for one in words}.values())

    assert score_item(MARK, Answer(every), MARK_KEY).points < 0.35 * 3
    assert score_item(MARK, Answer(unique), MARK_KEY).points < 0.35 * 3


def test_two_codes_under_one_label_in_one_place_are_one_span():
    twice = Key("mark", spans=(span("over", "f3", "one cause"), span("over", "f3", "one cause", code="HEAD")))
    item = replace(MARK, labels=(*MARK.labels, replace(MARK.labels[0], id="over")))

    assert points(item, [mark("over", "f3", "one cause")], twice) == 3


def test_the_comparison_says_what_was_hit_missed_and_too_much():
    found = compare_marks(Answer([ALL_MARKS[0], mark("cue", "f2", "according to"), mark("loaded", "f1", "fence")]), MARK_KEY, TEXT)

    assert [key.quote for _, key in found.hits] == ["Ida Moss of the town hall"]
    assert sorted(missed.quote for missed in found.missed) == ["said", "shameful", "the paper"]
    assert [extra.quote for extra in found.extra] == ["fence"]
    assert [spare.quote for spare in found.spare] == ["according to"]


def test_a_label_says_its_precision_and_recall():
    score = score_item(MARK, Answer([ALL_MARKS[0], mark("source", "f1", "fence")]), MARK_KEY)
    notes = {part.id: part.note for part in score.parts}

    assert notes["source"] == "precision 1 of 2 (0.50), recall 1 of 2 (0.50)"
    assert notes["cue"] == "nothing marked, recall 0 of 1 (0.00)"


@pytest.mark.parametrize(("order", "share"), [
    (["author", "paper", "official", "moss"], 1),
    (["paper", "official", "moss"], 1),
    (["author", "official", "paper", "moss"], 1),
    (["author", "paper", "moss"], 2 / 3),
    (["author", "paper", "rumour", "official", "moss"], 3 / 4),
    (["author", "moss", "official", "paper"], 1 / 3),
    (["author", "rumour"], 0),
])
def test_a_chain_earns_less_with_every_move_it_is_away(order, share):
    assert 2 * share == points(CHAIN, order, CHAIN_KEY)


def test_the_given_card_alone_is_no_answer():
    assert score_item(CHAIN, Answer(["author"]), CHAIN_KEY).outcome is Outcome.UNANSWERED


@pytest.mark.parametrize(("item", "key", "written", "expected"), [
    (WRITE, WRITE_KEY, "Yomiuri", 1),
    (WRITE, WRITE_KEY, "  the  \u201cYOMIURI\u201d. ", 1),
    (WRITE, WRITE_KEY, "Yomiuri and the Times", 0),
    (WRITE, WRITE_KEY, "Yomiur", 0),
    (WRITE, Key("write", ["21 officials"]), "Twenty-one officials", 1),
    (NUMBER, NUMBER_KEY, "seventeen", 1),
    (NUMBER, NUMBER_KEY, "18", 1),
    (NUMBER, NUMBER_KEY, 16.0, 1),
    (NUMBER, NUMBER_KEY, "18.5", 0),
    (NUMBER, NUMBER_KEY, "about 17", 0),
    (NUMBER, NUMBER_KEY, "-17", 0),
    (NUMBER, Key("number", ["17", "seventeen"]), "17", 1),
    (NUMBER, Key("number", 1250), "1,250", 1),
])
def test_writing_is_compared_strictly_but_not_for_how_it_is_typed(item, key, written, expected):
    assert expected == points(item, written, key)


def test_an_essay_waits_for_a_person_unless_it_is_blank():
    assert score_item(ESSAY, Answer({"report": "A dog barked."}), ESSAY_KEY).outcome is Outcome.NEEDS_A_PERSON
    assert score_item(ESSAY, Answer({"report": " \n", "comment": ""}), ESSAY_KEY).outcome is Outcome.UNANSWERED
    assert score_item(WRITE, Answer("a word"), Key("write", by_hand=True)).outcome is Outcome.NEEDS_A_PERSON


@pytest.mark.parametrize(("levels", "outcome", "expected"), [
    ({"ownership": 5, "chain": 5}, Outcome.CORRECT, 20),
    ({"ownership": 3, "chain": 2.5}, Outcome.PARTLY, 11),
    ({"ownership": 0, "chain": 0}, Outcome.INCORRECT, 0),
    ({"ownership": 3}, Outcome.NEEDS_A_PERSON, 6),
    ({"ownership": 6, "chain": 0}, Outcome.MALFORMED, 0),
    ({"ownership": float("nan"), "chain": 0}, Outcome.MALFORMED, 0),
    ({"ownership": "3", "chain": 0}, Outcome.MALFORMED, 0),
    ({"beauty": 3}, Outcome.MALFORMED, 0),
])
def test_a_person_gives_levels_and_the_item_waits_for_the_missing_ones(levels, outcome, expected):
    score = score_by_hand(ESSAY, levels)

    assert (score.outcome, score.points, score.max) == (outcome, pytest.approx(expected), 20)


@pytest.mark.parametrize(("item", "answer", "expected"), [
    (CLASSIFY, Answer({"f1": clause("unclear", "lost"), "f2": clause("author")}), 6 * 1.5 / 3),
    (ONE, Answer(["c"]), 2),
    (TWO, Answer(["f"]), 1),
    (TWO_STEP, Answer(["c"]), 1),
    (MARK, Answer([]), 3),
    (ESSAY, Answer({"report": "A dog barked."}), 10),
    (WRITE, Answer("?"), 1),
    (ONE, None, 0),
    (ONE, Answer([]), 0),
])
def test_completion_pays_for_the_share_that_was_answered(item, answer, expected):
    assert score_completion(item, answer).points == pytest.approx(expected)


def test_the_gradebook_takes_completion_where_the_item_says_so():
    assert score_credit(replace(ONE, credit="completion"), Answer(["c"]), ONE_KEY).points == 2
    assert score_credit(ONE, Answer(["c"]), ONE_KEY).points == 0
    assert score_credit(ONE, Answer(["c"]), None).outcome is Outcome.NEEDS_A_PERSON


def test_an_item_without_points_is_out_of_its_parts():
    assert score_item(replace(CLASSIFY, points=0), None, CLASSIFY_KEY).max == 3
    assert score_item(replace(ONE, points=0), Answer(["a"]), ONE_KEY).points == 1
