"""What counts shares no clause and no telling phrase with an example before it, or with what practice says."""

from __future__ import annotations

import pytest

from course.check.material import Material
from course.check.sharing import check_sharing
from course.items import Key, UnitKey
from tests.whole_course import found, lesson, page, passage, pick

FIRST, SECOND = "01_who_is_speaking", "02_whose_judgement"
SCORED = ("The old pier was closed for repairs in March, the mayor said.", "It looks sad.")
PHRASE = "Yesterday the old pier was closed for repairs, they wrote."


def kit(*steps, later=(), practice=(), keys=None, unit_keys=None, options=("one", "two"), shown=()):
    """A course of two lessons whose second counts: the first steps come before the question, the later ones after it."""
    texts = {"pier": passage("pier", *SCORED), "hut": passage("hut", *(shown or ("A hut was sold.",))),
             "article": passage("article", "Officials hoped the broken bridge would reopen soon.")}
    scored = pick("scored", SECOND, options, graded=True, points=1.0, text="pier")
    asked = page(SECOND, ("open_lesson",), *steps, ("ask", "scored"), *later)
    return Material(lessons={FIRST: lesson(FIRST, *practice), SECOND: lesson(SECOND, scored)}, keys=keys or {}, texts=texts, unit_keys=unit_keys or {},
                    folders={"pier": "graded", "hut": "practice", "article": "practice"}, pages=[page(FIRST, *(("ask", item.id) for item in practice)), asked])


def test_new_words_pass():
    assert found(check_sharing, kit("A hut was sold, and the mayor said so."))[0] == []


@pytest.mark.parametrize(("material", "said"), [
    (kit(PHRASE), ["unit 'u1'", "shares “the old pier was closed for repairs”", "the text of notebook 02_whose_judgement"]),
    (kit("How does it look? *It looks sad.*"), ["unit 'u2'", "shares “it looks sad”"]),
    (kit(("show", "hut"), shown=(PHRASE,)), ["unit 'u1'", "the text 'hut'"]),
    (kit(practice=[pick("tried", FIRST, (PHRASE, "no"))]), ["unit 'u1'", "item 'tried', option 'o1'"]),
    (kit(practice=[pick("tried", FIRST)], keys={"tried": Key("tried", ["o1"], why=PHRASE)}), ["item 'tried', why"]),
    (kit(practice=[pick("tried", FIRST)], keys={"tried": Key("tried", ["o1"], feedback={"o2": PHRASE})}), ["item 'tried', feedback.o2"]),
    (kit(unit_keys={"hut": {"u1": UnitKey("u1", "author", "fact", feedback={"voice": {"source": PHRASE}})}}), ["hut.toml, unit 'u1', feedback.voice.source"]),
    (kit(PHRASE, options=("They said the old pier was closed for repairs.", "no")), ["item 'scored', option 'o1'"]),
])
def test_a_shared_clause_or_phrase_is_named_with_both_places(material, said):
    complaints = found(check_sharing, material)[0]

    assert any(all(words in one for words in said) for one in complaints), complaints


@pytest.mark.parametrize("material", [
    kit(later=(PHRASE,)),
    kit("It was said that it is what they had been at."),
    kit("A pier was closed for repairs."),
    kit(("show", "pier"),),
    kit("Officials hoped the broken bridge would reopen.", options=("Officials hoped the broken bridge would reopen.", "no")),
    kit("In short: a record or a witness could settle it.", options=("a record or a witness could settle it", "no")),
])
def test_later_words_small_words_and_words_for_everyone_pass(material):
    assert found(check_sharing, material)[0] == []


def test_a_label_card_lies_beside_every_lesson():
    material = kit()
    material.pages.append(page("", PHRASE, name="label_card.ipynb"))

    assert any("notebooks/label_card.ipynb" in one for one in found(check_sharing, material)[0])
