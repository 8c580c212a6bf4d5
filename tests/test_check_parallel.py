"""Two variants of a set are right in different places, so that the key of one does not answer the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.check import RULES
from course.check.parallel import check_parallel
from course.items import Key, Label, Option, Question, Span, UnitKey
from tests.whole_course import course, found, lesson, passage, pick, slot

FIRST = "01_who_is_speaking"
VOICES = {"A": ("author", "fact"), "E": ("author", "judgement"), "S": ("source", "fact"), "Q": ("source", "judgement")}


def material(one, other, *, rule="class"):
    """A lesson whose slot has these two questions, each with its key."""
    return course(lesson(FIRST, one[0], other[0], slots=[slot("pair", "one", "two", rule=rule)]), keys={"one": one[1], "two": other[1]})


def classified(name, pattern):
    """A set of clauses: A the text's fact, E its judgement, S a fact that is handed over, Q a judgement that is."""
    units = {f"u{n}": UnitKey(f"u{n}", *VOICES[letter], speaker="author" if letter in "AE" else name) for n, letter in enumerate(pattern, 1)}
    asked = tuple(Question(question, "?", ()) for question in ("voice", "kind"))
    return replace(pick(name, graded=True), type="classify", options=(), questions=asked, units=tuple(units)), Key(name, units=units)


def marked(name, pattern):
    """A set of clauses: x has a mark, o may have one, - has nothing to mark."""
    units = tuple(f"u{n}" for n in range(1, len(pattern) + 1))
    spans = tuple(Span("loaded", unit, 0, 1, optional=letter == "o") for unit, letter in zip(units, pattern, strict=True) if letter != "-")
    return replace(pick(name, graded=True), type="mark", options=(), labels=(Label("loaded", "loaded"),), units=units), Key(name, spans=spans)


def chain(name, cards, answer):
    """Cards as they lie there, and the order in which they belong; t is the text, which is given."""
    return replace(pick(name, graded=True), type="chain", options=(), cards=tuple(Option(card, card) for card in cards), given=("t",)), Key(name, list(answer))


def chosen(name, right, *, reason=None, of=4, choose=1):
    """A pick with these right options, and perhaps a right reason out of three."""
    reasons = tuple(Option(f"r{n}", "?") for n in (1, 2, 3)) if reason else ()
    return pick(name, graded=True, options=("x",) * of, choose=choose, reasons=reasons), Key(name, [f"o{n}" for n in right], reason=reason)


SAME = "the keys of one and two follow the same pattern"


@pytest.mark.parametrize(("make", "one", "other", "said"), [
    (classified, "AQSEQASE", "AQSEQASE", "by voice + kind, 8 of 8 places agree, and chance gives 2.0"),
    (classified, "AQSESAQE", "QSAQEASE", ""),
    # Each question by itself: the kinds are new, but whoever knows who speaks in the one knows it in the other.
    (classified, "AQSEQASE", "ESQASEQA", "by voice, 8 of 8 places agree, and chance gives 4.0"),
    (marked, "-x-x-", "-x-x-", "by clauses with a mark, 2 of 5 places agree, and chance gives 0.8"),
    (marked, "-x-x-", "x--x-", ""),
    # A mark that is optional is no part of the pattern, and to have nothing to mark in both is one.
    (marked, "ox-x-", "-x-xo", "by clauses with a mark, 2 of 5 places agree"),
    (marked, "---", "---", "by clauses with a mark, 0 of 3 places agree"),
    (marked, "---", "-x-", ""),
])
def test_clauses_of_variants_are_right_in_another_order(make, one, other, said):
    complaints, report = found(check_parallel, material(make("one", one), make("two", other)))

    assert any(SAME in line and said in line and "in another order" in line for line in complaints) if said else complaints == [], complaints
    assert report.sections["Variants: at how many places the keys agree"][2].startswith("one / two")


@pytest.mark.parametrize(("cards", "answer", "alike"), [("txyz", "tzxy", True), ("tbca", "tacb", False)])
def test_cards_of_variants_lie_in_other_places(cards, answer, alike):
    complaints, _ = found(check_parallel, material(chain("one", "tabc", "tcab"), chain("two", cards, answer)))

    assert [SAME in line and "3 of 3 places" in line for line in complaints] == [True] * alike, complaints


@pytest.mark.parametrize(("right", "alike"), [((1, 2, 3, 8), True), ((1, 2, 3, 4), True), ((3, 5, 7, 8), False)])
def test_of_several_right_options_no_more_agree_than_chance_and_one(right, alike):
    complaints, _ = found(check_parallel, material(chosen("one", (1, 2, 3, 8), of=9, choose=2), chosen("two", right, of=9, choose=2)))

    assert [SAME in line for line in complaints] == [True] * alike, complaints


@pytest.mark.parametrize(("places", "reasons", "alike"), [
    ((1, 2, 3), (None, None, None), True),
    ((2, 1, 3), (None, None, None), False),
    ((2, 3, 1), ("r1", "r2", "r3"), True),
    ((2, 3, 1), ("r2", "r3", "r1"), False),
])
def test_the_right_options_of_a_lesson_do_not_all_stand_where_they_stood(places, reasons, alike):
    had = [chosen(f"a{n}", (n,), reason=reason and f"r{n}") for n, reason in enumerate(reasons, 1)]
    new = [chosen(f"b{n}", (place,), reason=reason) for n, (place, reason) in enumerate(zip(places, reasons, strict=True), 1)]
    slots = [slot(f"s{n}", f"a{n}", f"b{n}") for n in (1, 2, 3)]
    complaints, _ = found(check_parallel, course(lesson(FIRST, *(item for item, _ in had + new), slots=slots), keys={key.item: key for _, key in had + new}))

    assert ["the first choices of its slots and the last ones" in line and "to another place" in line for line in complaints] == [True] * alike, complaints


def test_only_what_a_class_may_be_set_is_compared_and_only_where_the_keys_are():
    alike = classified("one", "AQSE"), classified("two", "AQSE")
    released = material(*alike)
    released.keys.clear()

    assert found(check_parallel, material(*alike, rule="learner"))[0] == []
    assert found(check_parallel, released)[0] == []
    assert found(check_parallel, material(*alike))[0] != []
    assert check_parallel in RULES


@pytest.mark.parametrize(("folder", "alike"), [("graded", True), ("practice", False)])
def test_test_forms_that_count_follow_different_patterns(folder, alike):
    forms = course(texts={name: passage(name, *"four") for name in ("form-a", "form-b")}, folders={"form-a": "graded", "form-b": folder})
    forms.unit_keys = {name: classified(name, "AQSE")[1].units for name in forms.texts}
    complaints, _ = found(check_parallel, forms)

    assert ["data/texts/form-…" in line and "4 of 4 places" in line for line in complaints] == [True] * alike, complaints
