"""A question of the learner's own choice: the article or its twin, in lesson 5, from the cell that asks to the gradebook."""

from __future__ import annotations

import pytest

from course import open_lesson
from course.classroom import load_catalogue, open_class
from course.content import find_data, load_lesson

LESSON = "05_headline_and_lede"
ARTICLE, TWIN = "twelve-words-article", "twelve-words-twin"
MARKS = "learner,item,criterion,level,comment,marker\n"


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return open_lesson(LESSON, data=find_data(), answers=tmp_path / "answers")


def essay(item: str, words: str) -> dict[str, str]:
    """An answer to one of the two, with these words in every field."""
    content = next(one for one in load_lesson(find_data(), LESSON).items if one.id == item)
    return {field.id: words for field in content.fields}


def graded(lesson, catalogue, **more):
    """The cell of the slot once the lesson is handed in as ann."""
    lesson.hand_in(learner="ann")
    return open_class(lesson.hand_in_folder(), catalogue=catalogue, **more).sheets["ann", LESSON].cells["twelve-words"]


def test_the_slot_draws_the_article_first_and_the_twin_by_its_own_id(lesson):
    assert lesson.ask("twelve-words").payload["id"] == ARTICLE
    assert lesson.ask(TWIN).payload["id"] == TWIN
    lesson.answer(TWIN, essay(TWIN, "A bridge opens."))
    assert lesson.ask("twelve-words").payload["id"] == ARTICLE, "a cell never changes its question under the learner's hands"


@pytest.mark.parametrize(("order", "counts"), [((ARTICLE, TWIN), TWIN), ((TWIN, ARTICLE), ARTICLE)])
def test_of_two_answers_the_one_given_last_is_graded(lesson, catalogue, order, counts):
    for item in order:
        lesson.answer(item, essay(item, "Eleven ships wait."))
    cell = graded(lesson, catalogue)
    assert (cell.item.id, cell.state) == (counts, "needs a person")


def test_taking_an_answer_back_leaves_the_other_one_standing(lesson, catalogue):
    lesson.answer(ARTICLE, essay(ARTICLE, "Talks on a new group."))
    lesson.answer(TWIN, essay(TWIN, "x"))
    lesson.answer(TWIN, essay(TWIN, " "))
    assert graded(lesson, catalogue).item.id == ARTICLE
    assert next(row for row in lesson.status()["items"] if row["id"] == "twelve-words")["state"] == "answered"


def test_marks_are_given_by_the_slot_or_by_the_question(lesson, catalogue, tmp_path):
    lesson.answer(TWIN, essay(TWIN, "The bridge opens in May."))
    criteria = catalogue.items[TWIN].criteria
    for name in ("twelve-words", TWIN):
        (tmp_path / "marks.csv").write_text(MARKS + "".join(f"ann,{name},{one.id},{one.points:g},,m\n" for one in criteria))
        cell = graded(lesson, catalogue, marks=tmp_path / "marks.csv")
        assert (cell.state, cell.points) == ("scored", catalogue.items[TWIN].points)


def test_it_is_one_place_in_the_progress(lesson):
    before = lesson.status()
    lesson.answer(TWIN, essay(TWIN, "The bridge opens in May."))
    after = lesson.status()
    assert (after["total"], after["answered"]) == (before["total"], before["answered"] + 1)
