"""Items as questions of a platform: every one is carried or named, and worth there what it is worth here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.exports.carrying import combinations, sets_of
from course.exports.questions import BOTH, COUNTING, ESSAY, NUMBER, ONE, PRACTICE, WORDS, Notes, Question, chosen_lessons, forms
from course.exports.told import ExportError
from course.items import Accepted, Item, Key, Lesson, Slot
from tests.asked_elsewhere import asking, course, invented
from tests.scored_items import CLASSIFY, CLASSIFY_KEY, MARK, MARK_KEY, ONE_KEY, TEXT, TWO_STEP, TWO_STEP_KEY
from tests.scored_items import ONE as PICK


def carried(*pairs, texts=(TEXT,)) -> tuple[list[Question], Notes]:
    """The questions of invented items, and the notes."""
    notes = Notes()
    return [question for one in sets_of(invented(*pairs, texts=texts), notes) for question in one.questions], notes


@pytest.mark.parametrize("which", [COUNTING, PRACTICE, BOTH])
def test_every_item_is_carried_or_named(which):
    notes = Notes()
    sets = sets_of(asking(which=which), notes)
    found = {question.item for one in sets for question in one.questions}
    counted = course().counted
    wanted = {item for item in course().items if which == BOTH or (item in counted) == (which == COUNTING)}
    assert found | {item for items in notes.left_out.values() for item in items} >= wanted
    assert found <= wanted


def test_each_form_of_a_lesson_is_worth_what_the_lesson_is_worth():
    most = {lesson: sum(column.max for column in columns) for lesson, columns in course().columns.items() if columns}
    sets = sets_of(asking(which=COUNTING), Notes())
    assert {one.lesson for one in sets} == set(most)
    assert [(one.lesson, one.form, one.points) for one in sets if one.points != pytest.approx(most[one.lesson])] == []


def test_parallel_items_go_into_different_forms():
    items = tuple(Item(name, "l", "pick", "") for name in ("fixed", "a1", "a2", "b1", "b2", "b3"))
    lesson = Lesson("l", "L", items, (Slot("a", "l", ("a1", "a2")), Slot("b", "l", ("b1", "b2", "b3"))))
    assert [[item.id for item in form] for form in forms(lesson, items)] == [["fixed", "a1", "b1"], ["fixed", "a2", "b2"], ["fixed", "a1", "b3"]]
    assert [[item.id for item in form] for form in forms(lesson, items[:2])] == [["fixed", "a1"]]


def test_lessons_are_named_by_number_or_id():
    lessons = course().lessons
    assert [one.id for one in chosen_lessons(lessons, ["2", "01_who_is_speaking"])] == ["01_who_is_speaking", "02_whose_judgement"]
    assert len(chosen_lessons(lessons, [])) == len(lessons)
    with pytest.raises(ExportError, match="There is no lesson '99'. The lessons are: 00_before_you_start"):
        chosen_lessons(lessons, ["99"])


def test_a_clause_offers_every_combination_that_makes_sense_and_marks_the_keys_own():
    questions, _ = carried((CLASSIFY, CLASSIFY_KEY))
    assert [question.id for question in questions] == ["classify-f1", "classify-f2", "classify-f3"]
    assert all(len(question.replies) == 12 for question in questions)
    assert [[reply.text for reply in question.replies if reply.keyed] for question in questions] == [["author · fact"], ["source · judgement"], ["author · both"]]
    assert "clause 2, in bold above" in questions[1].head and "<strong>“It needs paint" in questions[1].head


def test_how_is_asked_only_where_it_can_be_answered():
    item = course().items["names-01"]
    given = list(combinations(item))
    assert {"voice": "author", "kind": "judgement"} in given
    assert {"voice": "source", "kind": "lost"} in given
    assert {one.get("how") for one in given if one["voice"] == "source" and one["kind"] == "judgement"} == {"marks", "no-marks"}
    assert {one.get("how") for one in given if one["voice"] == "author" and one["kind"] == "fact"} == {"shown", "not-shown"}


def test_a_two_step_item_becomes_two_questions_of_half_the_points():
    (answer, why), notes = carried((TWO_STEP, TWO_STEP_KEY))
    assert (answer.points, why.points, why.id) == (1, 1, "two-step-why")
    assert [reply.share for reply in why.replies] == [1, 0]
    assert any(sentence.startswith("The reason is a second question") for sentence in notes.differs)
    assert notes.left_out == {sentence: ["two-step"] for sentence in notes.left_out}, "its alternative needs a reason, which no platform knows"
    assert len(notes.left_out) == 1


def test_an_accepted_answer_earns_all_and_is_not_the_keys_own():
    (question,), _ = carried((PICK, ONE_KEY))
    assert [(reply.share, reply.keyed) for reply in question.replies] == [(1, True), (1, False), (0, False)]


def test_what_opens_later_says_nothing_yet():
    notes = Notes()
    first = [question for one in sets_of(asking("00_before_you_start", which=COUNTING), notes) for question in one.questions]
    assert first and all(not question.why and not any(reply.feedback for reply in question.replies) for question in first)
    assert all(reply.share == 1 for question in first for reply in question.replies)


def test_a_reason_beside_clauses_is_worth_half_of_all_of_them():
    item = replace(CLASSIFY, reasons=TWO_STEP.reasons)
    questions, _ = carried((item, replace(CLASSIFY_KEY, reason="r1")))
    assert [question.points for question in questions] == [1, 1, 1, 3]


@pytest.mark.parametrize(("item", "key"), [(PICK, replace(ONE_KEY, why="Because.", feedback={"a": "Yes."})), (MARK, replace(MARK_KEY, why="Because."))])
def test_nothing_that_opens_later_is_said_to_learners_by_any_type(item, key):
    ((now,), _), ((later,), _) = carried((item, key)), carried((replace(item, opens_with="09"), key))
    assert "Because." in now.why and not later.why
    assert not any(reply.feedback for reply in later.replies)
    assert ("Because." in later.marking) == (later.kind == ESSAY), "the person who marks still needs it"


def test_a_written_answer_is_words_a_number_or_for_a_person():
    item = Item("w", "l", "write", "How many?", 2)
    words, number, mixed, by_hand = (
        carried((replace(item, number=is_number), key))[0][0]
        for is_number, key in [
            (False, Key("w", "Yomiuri", (Accepted("the Yomiuri"),))), (True, Key("w", 17, tolerance=1.5)), (True, Key("w", ["seventeen", "1,250", "many"])), (False, Key("w", by_hand=True)),
        ]
    )
    assert (words.kind, words.answers) == (WORDS, ("Yomiuri", "the Yomiuri"))
    assert (number.kind, number.answers, number.tolerance) == (NUMBER, ("17",), 1.5)
    assert mixed.answers == ("17", "1250")
    assert by_hand.kind == ESSAY


def test_the_article_goes_along_with_its_rights_and_a_warning():
    notes = Notes()
    sets = sets_of(asking("01_who_is_speaking", which=PRACTICE), notes)
    article = [question for one in sets for question in one.questions if question.item == "owner-02"]
    assert article and all("Ask the author before you print it anywhere else." in question.head for question in article)
    assert any("ask the author" in sentence and items == ["owner-02"] for sentence, items in notes.differs.items())
    others = [question for one in sets for question in one.questions if question.item != "owner-02"]
    assert others and all("Passage. Written for this kit. " in question.head and "CC BY 4.0." in question.head for question in others), "CC BY asks for the author's name"


def test_the_notes_name_what_is_missing_to_the_last_item():
    notes = Notes()
    for number in range(20):
        notes.differ("It differs", f"a{number}")
        notes.leave("It is missing", f"b{number}")
        notes.leave("It is missing", f"b{number}")
    lines = notes.lines()
    assert "a11 and 8 more" in lines[1] and "b19" in lines[3] and "more" not in lines[3]
    notes.keep([])
    assert notes.differs == {} and notes.left_out


def test_marking_notes_hold_the_keyed_words_with_other_wordings():
    (question,), _ = carried((MARK, MARK_KEY))
    assert question.kind == ESSAY
    for words in ("“Ida\u00a0Moss of the town hall”, clause 2.", "Also right: “Ida Moss”.", "“according to”, clause 2. It may be left out."):
        assert words in question.marking and words not in question.head
    assert "[2]" in question.head and "source, cue, loaded" in question.head


def test_questions_that_are_alike_have_names_of_their_own():
    sets = sets_of(asking(), Notes())
    for one in sets:
        names = [question.id for question in one.questions]
        assert len(set(names)) == len(names)
    assert {question.kind for one in sets for question in one.questions} >= {ONE, ESSAY}
