"""Who handed in nothing, and whose answers are somebody else's, is said and never guessed at."""

from __future__ import annotations

from types import SimpleNamespace

from course.classroom.absences import copied_answers, missing_handins


def handed(**ids):
    """Hand-ins of lesson 01 by learner, each with responses of these ids."""
    return {(learner, "01"): [SimpleNamespace(responses=[SimpleNamespace(id=one) for one in own])] for learner, own in ids.items()}


def test_the_absent_are_named_a_line_a_lesson():
    (line,) = missing_handins(["ann", "bob", "cy"], handed(bob=["r1"]))

    assert (line.lesson, line.what) == ("01", "2 on the roster have handed in nothing for this lesson: ann, cy")


def test_nobody_is_absent_where_all_handed_in():
    assert missing_handins(["bob"], handed(bob=["r1"])) == []


def test_the_same_entries_under_two_names_are_said_once_with_their_number():
    (line,) = copied_answers(handed(ann=["r1", "r2", "r3"], bob=["r2", "r3", "r9"]))

    assert line.learner == "bob" and line.what.startswith("2 answers are the very same entries") and "ann" in line.what


def test_answers_of_ones_own_in_two_files_are_no_copies():
    own = handed(ann=["r1"])
    own["ann", "01"] *= 2

    assert copied_answers(own) == []
