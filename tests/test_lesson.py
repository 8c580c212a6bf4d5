"""A lesson in plain code: ask, answer, feedback, hand in. The same path that a click takes."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest

from course import open_lesson
from course.lesson import LessonError
from course.responses import newest
from tests.small_content import write_small_content


@pytest.fixture
def lesson(tmp_path):
    return open_lesson("01_fences", data=write_small_content(tmp_path / "data"), answers=tmp_path / "answers")


def deliver(lesson, **changes):
    """Send one response as the browser would and return every message that came back."""
    raw = {"id": "b-1", "at": "2026-03-01T10:00:00.000Z", "item": "fence-pick", "kind": "draft", "round": "alone", "seen": "", "value": ["f3"]}
    said = []
    lesson.deliver({**raw, **changes}, said.append)
    return said


def on_disk(lesson):
    return [json.loads(line) for file in (lesson.answers / "01_fences").glob("*.jsonl") for line in file.read_text().splitlines()]


def test_opening_says_which_lesson_and_nothing_that_changes(lesson, capsys):
    open_lesson("01_fences", data=lesson.data, answers=lesson.answers)
    assert capsys.readouterr().out == "Lesson 1 · Fences\nEach answer is saved as you give it.\n"


def test_an_unknown_lesson_or_question_is_one_calm_sentence_that_lists_what_there_is(lesson):
    with pytest.raises(LessonError, match="no lesson called '02'. The lessons are: 01_fences"):
        open_lesson("02", data=lesson.data)
    with pytest.raises(LessonError, match="no question called 'nope'. Its questions are: fence-pick"):
        lesson.ask("nope")
    assert LessonError("Calm.")._render_traceback_() == ["Calm."]


def test_a_click_is_kept_and_acknowledged(lesson):
    assert deliver(lesson) == [{"kind": "receipt", "id": "b-1", "kept": "disk", "why": ""}]
    assert [line["value"] for line in on_disk(lesson)] == [["f3"]]


def test_practice_feedback_comes_on_check_before_the_receipt_and_not_on_each_click(lesson):
    said = deliver(lesson, kind="submitted")

    assert [message["kind"] for message in said] == ["feedback", "receipt"]
    assert said[0]["feedback"]["summary"] == "Right."
    assert said[0]["feedback"]["why"] == "Only f3 judges in the text's own voice."


def test_the_answer_is_not_given_away_at_the_first_try_and_is_at_the_second(lesson):
    first = deliver(lesson, kind="submitted", value=["f1"])[0]["feedback"]
    second = deliver(lesson, id="b-2", at="2026-03-01T10:01:00.000Z", kind="submitted", value=["f2"])[0]["feedback"]

    assert first["parts"] == [{"id": "f1", "outcome": "incorrect", "text": "A year can be looked up."}]
    assert first["why"] == "" and "f3" not in json.dumps(first)
    assert "f3" in [part["id"] for part in second["parts"]] and second["why"]


def test_delivering_the_same_check_again_is_no_second_try(lesson):
    deliver(lesson, kind="submitted", value=["f1"])
    assert deliver(lesson, kind="submitted", value=["f1"])[0]["feedback"]["why"] == ""
    assert len(on_disk(lesson)) == 1


@pytest.mark.parametrize(("changes", "words"), [
    ({"item": "other"}, "no question 'other'"), ({"at": "now"}, "its time 'now'"), ({"value": float("nan")}, "could not read"),
    ({"score": 9}, "a field that no response has"), ({"value": {1, 2}}, "could not read"),
])
def test_a_response_that_cannot_be_read_is_refused_with_a_sentence_and_never_raises(lesson, changes, words):
    (receipt,) = deliver(lesson, **changes)

    assert receipt["kept"] == "refused" and words in receipt["why"]
    assert on_disk(lesson) == []


def test_an_answer_that_is_far_too_long_is_not_kept_and_said(lesson):
    assert "longer than 200,000" in deliver(lesson, value="x" * 300_000)[0]["why"]


def test_a_mistake_in_making_feedback_never_keeps_an_answer_from_the_disk(lesson, monkeypatch):
    monkeypatch.setattr("course.lesson.explain_answer", lambda *_, **__: 1 / 0)

    assert deliver(lesson, kind="submitted")[-1]["kept"] == "disk"
    assert len(on_disk(lesson)) == 1


def test_the_feedback_on_screen_is_always_that_of_the_newest_answer(lesson):
    view = lesson.ask("fence-pick")
    deliver(lesson, id="b-2", at="2026-03-01T10:05:00.000Z", value=["f1"])
    deliver(lesson, kind="submitted")  # an older Check, delivered late

    assert (view.saved["id"], view.feedback) == ("b-2", {})


def test_an_answers_folder_in_the_way_is_said_with_its_cure(tmp_path):
    (tmp_path / "answers").write_text("in the way")
    lesson = open_lesson("01_fences", data=write_small_content(tmp_path / "data"), answers=tmp_path / "answers")

    (receipt,) = deliver(lesson)
    assert receipt["kept"] == "" and "answers folder can't be written" in receipt["why"] and "Start the lesson" in receipt["why"]


def test_a_graded_answer_gets_no_feedback_and_no_key_reaches_the_browser(lesson):
    said = deliver(lesson, item="fence-count", kind="submitted", value="4")
    view = lesson.ask("fence-count")

    assert [message["kind"] for message in said] == ["receipt"]
    assert view.feedback == {} and "SECRET-WHY" not in json.dumps(view.get_state(), default=str)


def test_a_question_is_drawn_from_the_journal(lesson):
    deliver(lesson, kind="submitted", value=["f1"])
    again = open_lesson("01_fences", data=lesson.data, answers=lesson.answers)

    assert again.ask("fence-pick").saved["value"] == ["f1"]
    assert again.ask("fence-pick").feedback["summary"] == "Not this one."


def test_every_drawing_of_a_question_and_the_progress_follow_an_answer(lesson):
    one, two, progress = lesson.ask("fence-pick"), lesson.ask("fence-pick"), lesson.progress()
    assert (progress.status["answered"], progress.status["total"]) == (0, 7)

    deliver(lesson)

    assert one.saved["id"] == two.saved["id"] == "b-1"
    assert progress.status["answered"] == 1


def test_a_blank_answer_is_not_answered_but_nothing_to_mark_is(lesson):
    deliver(lesson, value=[])
    deliver(lesson, id="b-2", item="fence-mark", value=[])

    states = {row["id"]: row["state"] for row in lesson.status()["items"]}
    assert (states["fence-pick"], states["fence-mark"]) == ("unanswered", "answered")


def test_half_an_answer_is_listed_as_half_and_too_many_choices_as_such(lesson):
    deliver(lesson, item="fence-label", value={"f1": {"voice": "author", "kind": "fact"}, "f2": {"voice": "source"}})
    deliver(lesson, id="b-2", value=["f1", "f2"])

    rows = {row["id"]: row for row in lesson.status()["items"]}
    assert (rows["fence-label"]["state"], rows["fence-label"]["done"], rows["fence-label"]["parts"]) == ("partly", 1, 3)
    assert rows["fence-pick"]["state"] == "misfit"
    assert lesson.status()["answered"] == 0


def test_a_slot_keeps_its_choice_for_good_and_is_one_question(lesson):
    item, slot = lesson.resolve("form")
    lesson.answer("form", ["yes"])
    line = on_disk(lesson)[-1]

    assert (line["item"], line["slot"]) == (item.id, "form")
    lesson.owner = type(lesson.owner)("another", "id", None)
    assert lesson.resolve("form")[0].id == item.id
    assert [row["id"] for row in lesson.status()["items"]].count("form") == 1


def test_what_was_argued_for_comes_back_with_the_answer(lesson):
    deliver(lesson, kind="submitted")
    assert "argued" not in lesson.saved("fence-pick")
    deliver(lesson, id="b-2", at="2026-03-01T10:01:00.000Z", kind="challenge", reason="The by-line is a clause.")
    held = lesson.saved("fence-pick")
    assert (held["id"], held["argued"]["reason"]) == ("b-1", "The by-line is a clause.")


def test_points_for_answering_are_told_as_such_after_handing_in(lesson):
    slot, right = lesson.resolve("form")[0], lesson.keys
    wrong = next(option.id for option in slot.options if [option.id] != right[slot.id].answer)
    lesson.answer("form", [wrong])
    lesson.hand_in(learner="ann")
    row = next(row for row in lesson.results() if row["id"] == "form")
    assert (row["score"], row["max"]) == (slot.points, slot.points) and row["feedback"]["outcome"] == "incorrect"


def test_both_forms_are_dealt(lesson):
    dealt = set()
    for number in range(40):
        lesson.owner = type(lesson.owner)(f"owner-{number}", "", None)
        dealt.add(lesson.resolve("form")[0].id)
    assert dealt == {"form-a", "form-b"}


def test_answering_in_plain_code_prints_what_a_click_shows(lesson, capsys):
    lesson.answer("fence-pick", ["f1"])
    lesson.answer("fence-count", "3")

    assert capsys.readouterr().out.splitlines()[-4:] == ["Not this one.", "A year can be looked up.", "fence-pick: saved.", "fence-count: saved."]


def test_answers_in_plain_code_follow_each_other_even_within_a_millisecond(lesson):
    for number in range(5):
        lesson.answer("fence-count", str(number))
    assert newest(lesson.journal.read().responses)["fence-count"].value == "4"


def test_handing_in_writes_one_file_and_remembers_the_name(lesson, capsys):
    lesson.answer("fence-count", "3")
    lesson.hand_in(learner="Zoë O'Brien")

    (file,) = (lesson.answers.parent / "hand_in").iterdir()
    header, *responses = map(json.loads, file.read_text().splitlines())
    assert (header["learner"], header["lesson"], header["responses"]) == ("Zoë O'Brien", "01_fences", len(responses))
    assert file.name in capsys.readouterr().out
    assert lesson.owner.learner == "Zoë O'Brien"


def test_a_name_is_remembered_as_it_is_written(lesson):
    lesson.hand_in(learner=" Zoë\u200b  Lund ")

    assert lesson.owner.learner == "Zoë Lund" and lesson.hand_in().status["learner"] == "Zoë Lund"


def test_a_text_above_its_limit_is_told_before_it_is_handed_in_and_stays_no_obstacle(lesson):
    lesson.answer("fence-essay", {"headline": "one two-three four five six seven eight nine ten eleven twelve thirteen"})
    lesson.answer("fence-essay", {"headline": "word " * 90})

    (row,) = [row for row in lesson.hand_in().status["items"] if row["id"] == "fence-essay"]
    (over,) = row["over"]
    assert over["words"] == 90 and over["max"] < 90 and row["state"] == "answered"
    assert all(other["over"] == [] for other in lesson.status()["items"] if other["id"] != "fence-essay")
    assert lesson.write_hand_in("ann")["kind"] == "handed_in"


def test_run_all_never_hands_in_and_asks_nobodys_name(lesson):
    panel = lesson.hand_in()

    assert panel.status["asks_learner"] and not (lesson.answers.parent / "hand_in").exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 200])
def test_a_name_that_cannot_be_a_file_is_said(lesson, name):
    assert lesson.write_hand_in(name)["kind"] == "problem"


def test_self_study_opens_the_keys_after_handing_in_and_only_then(lesson):
    lesson.answer("fence-count", "4")
    assert lesson.ask("fence-count").feedback == {}

    said = lesson.write_hand_in("ada")

    (count,) = [row for row in said["results"] if row["id"] == "fence-count"]
    assert (count["score"], count["max"]) == (0, 1) and "SECRET-WHY" in count["feedback"]["why"]
    assert "SECRET-WHY" in lesson.ask("fence-count").feedback["why"]
    (essay,) = [row for row in said["results"] if row["id"] == "fence-essay"]
    assert essay["feedback"]["outcome"] == "unanswered"


def test_an_answer_changed_after_handing_in_shows_no_key_until_handed_in_again(lesson):
    lesson.answer("fence-count", "4")
    lesson.write_hand_in("ada")
    view = lesson.ask("fence-count")
    assert view.feedback
    lesson.answer("fence-count", "3")

    assert view.feedback == lesson.ask("fence-count").feedback == {}


def test_what_a_later_lesson_opens_stays_closed_until_that_lesson_was_handed_in(lesson):
    for form in ("form-a", "form-b"):
        lesson._items[form] = replace(lesson._items[form], opens_with="07_last")
    lesson.answer("form", "yes")
    lesson.write_hand_in("ada")
    assert lesson.ask("form").feedback == {}
    (lesson.answers / "07_last").mkdir()
    (lesson.answers / "07_last" / "handed_in.json").write_text('{"at": "2026-03-02T10:00:00.000Z"}')

    assert lesson.ask("form").feedback


def test_an_answer_in_plain_code_that_does_not_fit_is_said_and_not_saved(lesson):
    for value in (["nonsense"], {"f3"}, 7):
        with pytest.raises(LessonError, match="fence-pick was not saved"):
            lesson.answer("fence-pick", value)
    lesson.answer("fence-pick", "f3")
    assert [line["value"] for line in on_disk(lesson)] == [["f3"]]


def test_an_installed_package_without_graded_keys_still_knows_what_counts(lesson):
    shutil.rmtree(lesson.data / "keys" / "graded")
    installed = open_lesson("01_fences", data=lesson.data, answers=lesson.answers)

    assert not installed.self_study
    assert {item.id for item in installed.content.items if item.graded} == {"fence-count", "fence-essay", "form-a", "form-b"}


def test_a_class_release_opens_nothing_after_handing_in(lesson):
    (lesson.data / "class.toml").write_text('[graded]\n01_fences = ["fence-count", "fence-essay", "form-a", "form-b"]\n')
    in_class = open_lesson("01_fences", data=lesson.data, answers=lesson.answers)
    in_class.answer("fence-count", "3")

    assert in_class.write_hand_in("ada")["results"] == []
    assert in_class.ask("fence-count").feedback == {}


def test_a_computer_that_forgot_continues_from_the_hand_in(lesson, tmp_path, capsys):
    lesson.answer("fence-count", "3")
    path = lesson.write_hand_in("ada")["path"]
    elsewhere = open_lesson("01_fences", data=lesson.data, answers=tmp_path / "new" / "answers")
    elsewhere.continue_from(path)

    assert newest(elsewhere.journal.read().responses)["fence-count"].value == "3"
    assert "1 answers came back" in capsys.readouterr().out


def test_texts_and_glossary_are_shown_to_read(lesson):
    shown = lesson.show("fence")._repr_mimebundle_()
    assert shown["text/plain"] == "Reading('fence')"
    assert "In other words" in shown["text/html"] and "&quot;It needs paint,&quot; Ida Moss said." in shown["text/html"]
    assert "shameful" not in lesson.show("fence", "f1").html()
    assert "clause" in lesson.glossary()._repr_mimebundle_()["text/html"]
    with pytest.raises(LessonError, match="no term 'lede'"):
        lesson.glossary("lede")


def test_an_argument_for_another_answer_is_kept_and_never_replaces_the_answer(lesson):
    deliver(lesson)
    said = deliver(lesson, id="b-2", at="2026-03-01T10:05:00.000Z", kind="challenge", value=["f1"], reason="It says 1990.")

    assert said[-1]["kept"] == "disk"
    assert lesson.saved("fence-pick")["value"] == ["f3"]
    assert [line.get("reason") for line in on_disk(lesson)] == [None, "It says 1990."]


@pytest.mark.parametrize("reason", ["word " * 41, None])
def test_an_argument_that_is_too_long_or_missing_is_refused(lesson, reason):
    assert "at most 40 words" in deliver(lesson, kind="challenge", reason=reason)[0]["why"]
