"""The kit judges sentences, never persons or outlets; only texts and wrong options may say such words."""

from __future__ import annotations

import pytest

from course.check.forbidden import check_forbidden
from course.check.material import Material
from course.items import Criterion, Item, Key, Option, UnitKey
from tests.whole_course import found, lesson, page, passage, pick

FIRST = "01_who_is_speaking"
BAD = "This is misleading."


def kit(item=None, key=None, **more):
    item = item or pick("a", FIRST)
    return Material(lessons={FIRST: lesson(FIRST, item)}, keys={item.id: key or Key(item.id, ["o1"])}, **more)


@pytest.mark.parametrize(("material", "where"), [
    (kit(pages=[page(FIRST, BAD)]), f"notebooks/{FIRST}.ipynb"),
    (kit(pages=[page("", BAD, name="card.ipynb")]), "notebooks/card.ipynb"),
    (kit(Item("a", FIRST, "write", BAD)), "item 'a', prompt"),
    (kit(pick("a", FIRST, help=BAD)), "item 'a', help"),
    (kit(pick("a", FIRST, (BAD, "no"))), "item 'a', option 'o1'"),
    (kit(Item("a", FIRST, "essay", "W", criteria=(Criterion("x", "X", 1, {"0": BAD}),))), "criterion 'x', level 0"),
    (kit(key=Key("a", ["o1"], why=BAD)), "item 'a', why"),
    (kit(key=Key("a", ["o1"], feedback={"o2": BAD})), "item 'a', feedback.o2"),
    (kit(glossary={"slant": BAD}), "glossary.csv, term 'slant'"),
    (kit(texts={"hut": passage("hut", "x")}, unit_keys={"hut": {"u1": UnitKey("u1", "author", "fact", why=BAD)}}), "hut.toml, unit 'u1', why"),
])
def test_a_forbidden_word_is_named_wherever_the_kit_itself_speaks(material, where):
    (complaint,) = found(check_forbidden, material)[0]

    assert where in complaint
    assert "it says “misleading”: it claims to know what somebody meant to do" in complaint


def test_gists_are_the_kits_own_words():
    text = passage("hut", "x").__class__("hut", "Hut", (), gists={1: "The blogger says so."})

    assert any("gist 1" in one and "“the blogger”" in one for one in found(check_forbidden, kit(texts={"hut": text}))[0])


@pytest.mark.parametrize("material", [
    kit(pick("a", FIRST, ("no", BAD))),
    kit(pick("a", FIRST, reasons=(Option("r1", "So."), Option("r2", BAD))), Key("a", ["o1"], reason="r1")),
    kit(texts={"hut": passage("hut", "He called it propaganda.")}),
    kit(pages=[page(FIRST, "The harbour lies north of the town. Unbiased coins believe nothing.")]),
])
def test_wrong_options_texts_and_longer_words_may_hold_them(material):
    assert found(check_forbidden, material)[0] == []


@pytest.mark.parametrize("word", ["propaganda", "Liar", "liars", "lying", "lies told", "fake news", "dishonest", "biased", "brainwashed", "the blogger", "mislead"])
def test_the_list_knows_the_words_that_judge_persons_and_outlets(word):
    assert len(found(check_forbidden, kit(pages=[page(FIRST, f"So: {word}!")]))[0]) == 1
