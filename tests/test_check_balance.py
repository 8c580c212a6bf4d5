"""How often each label is right is printed for every set of six or more that counts."""

from __future__ import annotations

from dataclasses import replace

from course.check.balance import check_balance
from course.check.material import Material
from course.items import Item, Key, Option, Question, UnitKey
from tests.whole_course import found, lesson, pick

FIRST = "01_who_is_speaking"
UNITS = tuple(f"u{n}" for n in range(6))
VOICE = Question("voice", "Whose?", (Option("author", "A"), Option("source", "S"), Option("unclear", "U")))


def printed(*items, **keys):
    _, report = found(check_balance, Material(lessons={FIRST: lesson(FIRST, *items)}, keys=keys))
    return report.sections["Label balance of what counts"]


def test_the_labels_of_a_set_are_counted_those_that_are_never_right_too():
    item = Item("set", FIRST, "classify", "W", units=UNITS, questions=(VOICE,), graded=True)
    key = Key("set", units={unit: UnitKey(unit, "author" if n < 4 else "source", "fact") for n, unit in enumerate(UNITS)})

    assert printed(item, set=key) == ["set, voice: author 4, source 2, unclear 0"]
    assert printed(replace(item, graded=False), set=key) == []
    assert printed(replace(item, units=UNITS[:5]), set=key) == []


def test_six_picks_with_the_same_options_are_one_set():
    names = [f"p{n}" for n in range(6)]

    assert printed(*(pick(name, graded=True) for name in names), **{name: Key(name, ["o1"]) for name in names}) == ["p0 to p5: o1 6, o2 0"]
