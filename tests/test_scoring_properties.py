"""What holds for every answer there could be, tried on many."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.items import Answer, Outcome, Span
from course.scoring import score_completion, score_item
from course.scoring.marks import compare, fit
from tests.scored_items import CHAIN, CLASSIFY, EVERY, MARK, MARK_KEY, SCORED, SEVERAL, SEVERAL_KEY, TEXT, UNITS, mark

JUDGED = {Outcome.CORRECT, Outcome.PARTLY, Outcome.INCORRECT}
WORDS = st.sampled_from(["a", "f1", "voice", "author", "source", "paper", "report", "label", "unit", "start", "end", "quote", "", "17"])
JUNK = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | WORDS,
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12)

RIGHT = {
    "one": Answer(["a"]), "two-step": Answer(["a"], "r1"), "several": Answer(["a", "b", "c", "d"]), "two": Answer(["b", "c"]),
    "classify": Answer({"f1": {"voice": "author", "kind": "fact"}, "f2": {"voice": "source", "kind": "judgement"},
                        "f3": {"voice": "author", "kind": "both"}}),
    "mark": None, "chain": Answer(["author", "paper", "official", "moss"]), "write": Answer("Yomiuri"), "number": Answer("17"),
}


def marks_of_key(key):
    return Answer([mark(span.label, span.unit, span.quote) for span in key.spans if not span.optional])


@pytest.mark.parametrize(("item", "key"), SCORED)
def test_the_key_earns_exactly_full_marks(item, key):
    score = score_item(item, RIGHT[item.id] or marks_of_key(key), key, text=TEXT if item is MARK else None)

    assert (score.outcome, score.points) == (Outcome.CORRECT, item.points)


@pytest.mark.parametrize(("item", "key"), EVERY)
@pytest.mark.parametrize("blank", [None, Answer(None), Answer([]), Answer({}), Answer("  ")])
def test_blank_earns_nothing(item, key, blank):
    if blank and blank.value == [] and item is MARK and key is not MARK_KEY:
        pytest.skip("nothing to mark is right where nothing is keyed")
    score = score_item(item, blank, key)

    assert score.points == 0
    assert score.outcome is not Outcome.CORRECT


@settings(max_examples=300, deadline=None)
@given(JUNK, JUNK, JUNK, st.sampled_from(EVERY))
def test_no_json_makes_scoring_raise_or_leave_its_range(value, reason, confidence, pair):
    item, key = pair
    answer = Answer(value, reason, confidence)
    for score in (score_item(item, answer, key, text=TEXT), score_item(item, answer, key), score_completion(item, answer)):
        assert score.outcome in Outcome
        assert 0 <= score.points <= score.max == item.points
        assert score.outcome in JUDGED or score.points == 0


def choices_of(item):
    one_unit = st.fixed_dictionaries({}, optional={q.id: st.sampled_from([o.id for o in q.options]) for q in item.questions})
    return st.fixed_dictionaries({}, optional={unit: one_unit for unit in item.units})


@st.composite
def marks(draw):
    unit = TEXT.unit(draw(st.sampled_from(UNITS)))
    start = draw(st.integers(0, len(unit.shown) - 1))
    end = draw(st.integers(start + 1, len(unit.shown)))
    return {"label": draw(st.sampled_from([label.id for label in MARK.labels])), "unit": unit.id, "start": start, "end": end,
            "quote": unit.shown[start:end]}


MARK_LISTS = st.lists(marks(), max_size=8, unique_by=lambda one: (one["label"], one["unit"], one["start"], one["end"]))


@settings(max_examples=200, deadline=None)
@given(choices_of(CLASSIFY))
def test_every_classification_is_judged_within_its_range(value):
    item, key = next(pair for pair in SCORED if pair[0] is CLASSIFY)
    score = score_item(item, Answer(value), key)

    assert score.outcome in JUDGED | {Outcome.UNANSWERED}
    assert score.points == pytest.approx(sum(part.points for part in score.parts))


@settings(max_examples=200, deadline=None)
@given(MARK_LISTS, st.randoms())
def test_the_order_of_marks_does_not_matter(value, chance):
    shuffled = chance.sample(value, len(value))

    assert score_item(MARK, Answer(value), MARK_KEY, text=TEXT) == score_item(MARK, Answer(shuffled), MARK_KEY, text=TEXT)


LETTERS = "a shameful and reckless old plan"
STRETCHES = st.tuples(st.sampled_from(["loaded", "source"]), st.integers(0, len(LETTERS) - 1), st.integers(1, 20))
SPANS = st.lists(STRETCHES.map(lambda one: Span(one[0], "a1", one[1], min(one[1] + one[2], len(LETTERS)), LETTERS[one[1]:one[1] + one[2]])), max_size=4, unique=True)


@settings(max_examples=300, deadline=None)
@given(SPANS, SPANS)
def test_no_other_way_to_pair_marks_with_spans_finds_more(mine, keyed):
    ways = product(*([None, *(span for span in keyed if fit(one, span))] for one in mine))
    taken = [[span for span in way if span] for way in ways]
    found = compare(mine, keyed)

    assert len(found.hits) == max(len(spans) for spans in taken if len(set(spans)) == len(spans))
    assert {one for one, _ in found.hits} | set(found.extra) == set(mine)
    assert all(fit(one, span) for one, span in found.hits)


def test_a_mark_that_touches_two_words_leaves_one_to_the_mark_that_needs_it():
    keyed = [Span("loaded", "a1", 2, 10, "shameful"), Span("loaded", "a1", 15, 23, "reckless")]
    long, short = Span("loaded", "a1", 4, 17, "ameful and re"), Span("loaded", "a1", 2, 4, "sh")

    assert compare([long, short], keyed).hits == ((short, keyed[0]), (long, keyed[1]))


@settings(max_examples=200, deadline=None)
@given(st.permutations(["a", "b", "c", "e", "f"]), st.integers(0, 5))
def test_the_order_of_picks_does_not_matter(order, many):
    chosen = order[:many]

    assert score_item(SEVERAL, Answer(chosen), SEVERAL_KEY).points == score_item(SEVERAL, Answer(sorted(chosen)), SEVERAL_KEY).points


@settings(max_examples=200, deadline=None)
@given(MARK_LISTS, st.sampled_from([("source", "f1", "fence"), ("cue", "f3", "delay"), ("loaded", "f1", "built in 1990")]))
def test_a_false_mark_never_raises_the_score(value, false):
    without = [one for one in value if (one["unit"], one["label"]) != (false[1], false[0])]
    before = score_item(MARK, Answer(without), MARK_KEY, text=TEXT).points
    after = score_item(MARK, Answer([*without, mark(*false)]), MARK_KEY, text=TEXT).points

    assert after <= before


@settings(max_examples=100, deadline=None)
@given(st.sets(st.sampled_from("abcdef"), max_size=5), st.sampled_from("ef"))
def test_a_false_pick_never_raises_the_score(chosen, false):
    before = score_item(SEVERAL, Answer(sorted(chosen - {false})), SEVERAL_KEY).points

    assert score_item(SEVERAL, Answer(sorted(chosen | {false})), SEVERAL_KEY).points <= before


@settings(max_examples=100, deadline=None)
@given(st.permutations(["paper", "official", "moss", "rumour"]), st.integers(1, 4))
def test_a_chain_is_the_same_with_and_without_its_given_card(order, many):
    item, key = next(pair for pair in SCORED if pair[0] is CHAIN)
    bare = score_item(item, Answer(order[:many]), key)

    assert 0 <= bare.points <= 2
    assert bare == score_item(item, Answer(["author", *order[:many]]), key)
