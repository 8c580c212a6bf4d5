"""An answer that is handed in anew after it was marked keeps its mark, and whoever marks and grades is told."""

from __future__ import annotations

import json

import pytest

from course.classroom import grade
from course.classroom.desks import merge_marks
from course.classroom.marked_texts import RECORD
from course.desk.lines import read_table as lines_of
from course.desk.store import MarksFile
from tests.hand_ins import answer, hand_in, read_table, small_catalogue
from tests.test_marks import HEADER, desk_of, give, key_of, kit  # noqa: F401

AT = "2026-03-02T1{}:00:00.000Z"


def hand_in_anew(kit, words="bo on a wall", learner="bo"):  # noqa: F811
    hand_in(kit / "h", learner, answer(small_catalogue(kit), "fence-essay", {"headline": words}, name=f"e-{learner}", minute=5))


def graded(kit, marks="marks-AB.csv"):  # noqa: F811
    """The learners' points for the essay, and the lines on texts that changed."""
    grade(kit / "h", kit / "roster.csv", kit / "g", marks=kit / marks, progress=False)
    told = [row for row in read_table(kit / "g/problems.csv") if row["what"].startswith("the answer was handed in anew")]
    return {row["learner"]: row["fence-essay"] for row in read_table(kit / "g/gradebook.csv")}, [(row["file"], row["line"], row["learner"], row["item"]) for row in told]


def state(desk, learner="bo"):
    return desk.marks_now()[key_of(desk, learner)]


def test_a_mark_of_the_desk_for_an_earlier_text_counts_and_is_told(kit):  # noqa: F811
    desk = desk_of(kit)
    for learner in ("ann", "bo"):
        give(desk, learner, "fits", 2)
    assert graded(kit) == ({"ann": "2", "bo": "2", "cy": "needs a person"}, []) and not state(desk)["changed"]
    hand_in_anew(kit)
    assert graded(kit) == ({"ann": "2", "bo": "2", "cy": "needs a person"}, [("marks-AB.csv", "3", "bo", "fence-essay")])


def test_the_desk_shows_it_as_changed_until_the_marker_says_that_it_holds_or_marks_anew(kit):  # noqa: F811
    give(desk_of(kit), "bo", "fits", 2)
    hand_in_anew(kit)
    desk = desk_of(kit)
    assert state(desk)["changed"] and state(desk)["levels"] == {"fits": 2}
    (receipt, marks) = give(desk, "bo", "changed", False)
    assert receipt["kept"] == "disk" and marks["kind"] == "marks" and not state(desk)["changed"] and graded(kit)[1] == []
    hand_in_anew(kit, "bo on a gate")
    desk = desk_of(kit)
    assert state(desk)["changed"]
    (_, marks) = give(desk, "bo", "fits", 2)
    assert not marks["marks"][key_of(desk, "bo")]["changed"] and graded(kit)[1] == [], "the same level, given for the text of now"


def test_saying_that_marks_hold_touches_no_line_of_others(kit):  # noqa: F811
    for marker in ("AB", "CD"):
        MarksFile(kit / "marks-AB.csv", marker).set_level("bo", "fence-essay", "fits", "2", text="told")
    give(desk_of(kit), "bo", "changed", False)
    assert [(line.marker, line.marked_text != "told") for line in lines_of(kit / "marks-AB.csv").lines] == [("AB", True), ("CD", False)]
    assert state(desk_of(kit))["others"] == [{"marker": "CD", "criterion": "fits", "level": "2", "comment": "given for an earlier text"}]


def test_only_what_the_words_say_counts_and_not_how_they_are_spaced(kit):  # noqa: F811
    give(desk_of(kit), "bo", "fits", 2)
    hand_in_anew(kit, " bo  on a fence\n")
    assert graded(kit)[1] == [] and not state(desk_of(kit))["changed"]


def test_a_table_written_by_hand_is_held_against_what_grading_first_saw(kit):  # noqa: F811
    (kit / "m.csv").write_text(HEADER + "ann,fence-essay,fits,1,,\nbo,fence-essay,fits,2,,\ncy,fence-essay,points,1,,\n")
    assert graded(kit, "m.csv")[1] == []
    for learner in ("bo", "cy"):
        hand_in_anew(kit, "a wall", learner)
    lines = [("m.csv", "3", "bo", "fence-essay"), ("m.csv", "4", "cy", "fence-essay")]
    assert graded(kit, "m.csv") == ({"ann": "1", "bo": "2", "cy": "1"}, lines) and graded(kit, "m.csv")[1] == lines, "until somebody has looked"
    (kit / "m.csv").write_text(HEADER + "ann,fence-essay,fits,1,,\nbo,fence-essay,fits,1,,\ncy,fence-essay,points,1,,\n")
    assert graded(kit, "m.csv")[1] == lines[1:], "a new level is one for the text of now"


def test_the_code_in_the_cure_says_that_a_mark_holds(kit):  # noqa: F811
    (kit / "m.csv").write_text(HEADER + "bo,fence-essay,fits,2,,\n")
    graded(kit, "m.csv")
    hand_in_anew(kit)
    graded(kit, "m.csv")
    (cure,) = [row["cure"] for row in read_table(kit / "g/problems.csv") if row["learner"] == "bo"]
    code = cure.split(" into the column marked_text")[0].rpartition(" ")[2]
    (kit / "m.csv").write_text(HEADER.replace("\n", ",marked_text\n") + f"bo,fence-essay,fits,2,,,{code}\n")
    assert graded(kit, "m.csv")[1] == []


@pytest.mark.parametrize("held", ["", "{", "[]", '{"version": 1, "marks": [1]}', '{"version": 9, "marks": []}'])
def test_a_broken_record_only_starts_anew(kit, held):  # noqa: F811
    (kit / "m.csv").write_text(HEADER + "bo,fence-essay,fits,2,,\n")
    graded(kit, "m.csv")
    (kit / "g" / RECORD).write_text(held)
    assert graded(kit, "m.csv")[1] == [] and json.loads((kit / "g" / RECORD).read_text())["marks"][0][:3] == ["bo", "fence-essay", "fits 2"]


def test_an_old_table_without_the_column_is_read_and_stays_as_it_is_until_a_level_is_given(kit):  # noqa: F811
    (kit / "marks-AB.csv").write_text(HEADER + "bo,fence-essay,fits,2,,AB\n")
    desk = desk_of(kit)
    give(desk, "ann", "comment", "Fine.")
    assert "marked_text" not in (kit / "marks-AB.csv").read_text() and not state(desk)["changed"]
    give(desk, "ann", "fits", 1)
    assert [row["marked_text"] != "" for row in read_table(kit / "marks-AB.csv") if row["level"]] == [False, True]


def test_merging_keeps_for_which_text_a_mark_was_given(kit):  # noqa: F811
    give(desk_of(kit), "bo", "fits", 2)
    merge_marks([kit / "marks-AB.csv"], kit / "marks.csv")
    hand_in_anew(kit)
    assert graded(kit, "marks.csv")[1] == [("marks.csv", "2", "bo", "fence-essay")]
    give(desk_of(kit), "bo", "changed", False)
    merge_marks([kit / "marks-AB.csv"], kit / "marks.csv")
    assert graded(kit, "marks.csv")[1] == []


def test_an_answer_taken_away_after_it_was_marked_is_told(kit):  # noqa: F811
    (kit / "m.csv").write_text(HEADER + "bo,fence-essay,points,2,,\n")
    graded(kit, "m.csv")
    hand_in(kit / "h", "bo", answer(small_catalogue(kit), "fence-count", "3", name="c-bo"))
    assert graded(kit, "m.csv")[1] == [("m.csv", "2", "bo", "fence-essay")]
