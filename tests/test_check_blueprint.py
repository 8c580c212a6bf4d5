"""Test forms are equally hard as far as counting can tell, and so are the choices of a slot set for the class."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.check.blueprint import check_blueprint
from course.check.material import Material
from course.items import Key, Question, Span, UnitKey
from tests.whole_course import course, found, lesson, passage, pick, slot

FIRST = "01_who_is_speaking"
PLAIN = ("The bus came late again on Monday.", "Two of us had to walk home.", "That is a poor start.")


def forms(*second):
    return Material(texts={"form-a": passage("form-a", *PLAIN), "form-b": passage("form-b", *second)})


def test_like_forms_pass_and_are_printed():
    complaints, report = found(check_blueprint, forms("The boat went early again on Friday.", "Five of them had to stay here.", "That is a fine end."))

    assert complaints == []
    assert [line.split()[0] for line in report.sections["Test forms"][2:]] == ["form-a", "form-b"]


@pytest.mark.parametrize(("second", "said"), [
    (PLAIN[:2], "the forms have 3 and 2 clauses"),
    ([f"{clause} And then all of us went to bed." for clause in PLAIN], "more than 20 % apart"),
    (("Unaccountable administrative communication deteriorated considerably.", "Responsibilities evaporated immediately thereafter, inexplicably.",
      "Characteristically, deliberations continued."), "one form reads like grade"),
])
def test_forms_that_differ_are_named(second, said):
    assert any("data/texts/form-…" in one and said in one for one in found(check_blueprint, forms(*second))[0])


def variants(other, first=None, texts=None, keys=None):
    return course(lesson(FIRST, first or pick("one", graded=True, points=2.0), other, slots=[slot("pair", "one", "two")]), texts=texts or {}, keys=keys or {})


@pytest.mark.parametrize(("other", "said"), [
    (pick("two", graded=True, points=2.0), ""),
    (pick("two", graded=True, points=3.0), "points is 2.0 and 3.0"),
    (pick("two", graded=True, points=2.0, choose=2), "choose is 1 and 2"),
    (replace(pick("two", graded=True, points=2.0), type="chain"), "type is pick and chain"),
    (pick("two", graded=True, points=2.0, options=("one", "two", "three")), "they have 2 and 3 options"),
    (pick("two", graded=True, points=2.0, options=("one long sentence of six words", "two")), "they have 3 and 8 words to read"),
])
def test_choices_for_a_class_are_parallel(other, said):
    complaints, _ = found(check_blueprint, variants(other))

    assert any(said in one for one in complaints) if said else complaints == [], complaints


def test_choices_that_are_drawn_at_random_are_not_compared():
    material = variants(pick("two", points=3.0))
    material.lessons[FIRST] = replace(material.lessons[FIRST], slots=(slot("pair", "one", "two", rule="learner"),))

    assert found(check_blueprint, material)[0] == []


@pytest.mark.parametrize(("speakers", "said"), [(("moss", "author"), ""), (("author", "author"), "author 1 and 2, named 1 and 0")])
def test_keys_of_choices_are_balanced_alike_whatever_the_speakers_are_called(speakers, said):
    questions = (Question("speaker", "Who?", ()),)
    one, two = (replace(pick(name, graded=True), type="classify", options=(), questions=questions, text=name, units=("u1", "u2")) for name in ("one", "two"))
    keys = {name: Key(name, units={unit: UnitKey(unit, "source", "fact", speaker=who) for unit, who in zip(("u1", "u2"), said_by, strict=True)})
            for name, said_by in (("one", ("rao", "author")), ("two", speakers))}
    texts = {name: passage(name, *PLAIN[:2]) for name in ("one", "two")}
    complaints, _ = found(check_blueprint, variants(two, one, texts, keys))

    assert [said in one for one in complaints] == ([True] if said else []), complaints


@pytest.mark.parametrize(("found_in", "said"), [
    ((2, 0, 0, 2), ""),
    ((2, 0, 0, 1), "the first choices of its slots and the last ones have not as many marks: loaded 2 and 1"),
])
def test_a_lessons_make_up_work_has_as_many_marks_to_find(found_in, said):
    names = ("a1", "a2", "b1", "b2")
    items = [replace(pick(name, graded=True), type="mark", options=(), units=("u1", "u2")) for name in names]
    keys = {name: Key(name, spans=tuple(Span("loaded", f"u{n}", 0, 1) for n in range(many))) for name, many in zip(names, found_in, strict=True)}
    material = course(lesson(FIRST, *items, slots=[slot("s1", "a1", "b1"), slot("s2", "a2", "b2")]), keys=keys)
    complaints, _ = found(check_blueprint, material)

    assert [said in one for one in complaints] == ([True] if said else []), complaints
    material.keys.pop("b2")
    assert found(check_blueprint, material)[0] == [], "a class release has not all keys"
