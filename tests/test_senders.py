"""Whose a hand-in is: by id, by name, and by what a learning platform says of the sender."""

from __future__ import annotations

import pytest

from course.classroom import open_class
from tests.hand_ins import LESSON, answer, hand_in, small_catalogue


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return small_catalogue(tmp_path_factory.mktemp("content"))


def test_a_name_that_is_nearly_on_the_roster_is_named(tmp_path, catalogue):
    hand_in(tmp_path / "h", "learner-07", answer(catalogue, "fence-count", "3"))
    (tmp_path / "roster.csv").write_text("learner,name\nlearner-007,Ann\n")
    assert open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=catalogue).problems[0].what == "learner-07 is not on the roster; learner-007 is"


BEFORE = ["moss_1234_56789_", "LATE_anon_a1B2c_56789_", "moss_LATE_1234_5_", "Ida Moss_1234567_assignsubmission_file_", "Default group_assignsubmission_file_", "Essay 1_ann_attempt_2026-03-03-10-15-00_"]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("roster", ["learner,name\nann,Ida Moss\n", None])
def test_what_a_learning_platform_puts_before_a_name_is_taken_off(tmp_path, catalogue, before, roster):
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-count", "3"), file=f"{before}ann--{LESSON}.jsonl")
    (tmp_path / "roster.csv").write_text(roster or "")
    classroom = open_class(tmp_path / "h", roster and tmp_path / "roster.csv", catalogue=catalogue)
    assert classroom.rows()[0][2] == "1" and classroom.problems == []


def test_an_id_that_looks_like_a_platforms_words_is_an_id(tmp_path, catalogue):
    for learner in ("s_2026_1_07", "s_2026_1_08"):
        hand_in(tmp_path / "h", learner, answer(catalogue, "fence-count", "3", name=learner))
    (tmp_path / "roster.csv").write_text("learner,name\ns_2026_1_07,Ann\ns_2026_1_08,Bo\n")
    classroom = open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=catalogue)
    assert sorted(learner for learner, _ in classroom.sheets) == ["s_2026_1_07", "s_2026_1_08"] and classroom.problems == []


BY_NAME = {
    # what stands in the file's name: (it, the learner whom it counts for)
    "the name as it stands": ("Ida Moss", "learner-1"),
    "another case": ("IDA moss", "learner-1"),
    "more spaces": ("Ida  Moss", "learner-1"),
    "letters and their marks apart": ("Zoe\u0308 Lund", "learner-2"),
    "an id and after a platform's words": ("moss_1234_5_Ida Moss", "learner-1"),
    "a name that two bear": ("Kim Lee", "Kim Lee"),
    "a part of a name": ("Ida", "Ida"),
}


@pytest.mark.parametrize("name", BY_NAME)
def test_a_name_that_only_one_on_the_roster_bears_counts_for_its_id(tmp_path, catalogue, name):
    written, learner = BY_NAME[name]
    hand_in(tmp_path / "h", written, answer(catalogue, "fence-count", "3"))
    (tmp_path / "roster.csv").write_text("learner,name\nlearner-1,Ida Moss\nlearner-2,Zo\u00eb  Lund\nlearner-3,Kim Lee\nlearner-4,kim lee\nlearner-5,\n", "utf-8")
    classroom = open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=catalogue)
    assert list(classroom.sheets) == [(learner, LESSON)]
    kinds = [found.kind for found in classroom.problems if found.kind != "header_learner"]
    assert kinds == ["known_by_name" if learner.startswith("learner") else "unknown_learner"]
    assert classroom.problems[-1].learner == learner


def test_an_id_is_believed_before_a_name(tmp_path, catalogue):
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-count", "3"))
    (tmp_path / "roster.csv").write_text("learner,name\nbo,Ann\nann,Bo\n")
    classroom = open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=catalogue)
    assert list(classroom.sheets) == [("ann", LESSON)] and classroom.problems == []


PLATFORMS = {
    # how a platform names the sender: of a file (sender, file)
    "Canvas": lambda sender, file: f"{sender}_{len(sender)}000_77_{file}",
    "Canvas, late": lambda sender, file: f"{sender}_LATE_{len(sender)}000_78_{file}",
    "Moodle, in folders": lambda sender, file: f"{sender}_9{len(sender)}_assignsubmission_file/{file}",
    "Moodle, in names": lambda sender, file: f"{sender}_9{len(sender)}_assignsubmission_file_{file}",
}


def sent(folder, platform, sender, learner, value, catalogue, *, minute=0):
    path = folder / PLATFORMS[platform](sender, f"{learner}--{LESSON}.jsonl")
    hand_in(path.parent, learner, answer(catalogue, "fence-count", value, minute=minute, name=f"{sender}-{minute}"), file=path.name)


AARON_AND_MOSS = "learner,name\naaron,Aaron\nmoss,Ida Moss\n"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_file_counts_for_whoever_sent_it_and_not_for_whom_it_names(tmp_path, catalogue, platform):
    sent(tmp_path / "h", platform, "Aaron" if "Moodle" in platform else "aaron", "moss", "4", catalogue, minute=9)
    sent(tmp_path / "h", platform, "Ida Moss" if "Moodle" in platform else "mossida", "moss", "3", catalogue)
    (tmp_path / "roster.csv").write_text(AARON_AND_MOSS)
    classroom = open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=catalogue)
    assert [row[2] for row in classroom.rows()] == ["0", "1"], "the later answer of aaron does not count for moss"
    told = [(found.kind, found.learner) for found in classroom.problems]
    assert told == [("name_sender", "aaron")]
    assert f"{platform.partition(',')[0]} says that aaron sent it, and the name of the file says moss" in classroom.problems[0].what


@pytest.mark.parametrize("platform", PLATFORMS)
def test_two_senders_of_one_name_are_never_put_together(tmp_path, catalogue, platform):
    """Neither is on the roster by the name that the platform has: who sends under one name only is believed."""
    sent(tmp_path / "h", platform, "axel", "aaron", "4", catalogue)
    sent(tmp_path / "h", platform, "axel", "moss", "4", catalogue, minute=9)
    sent(tmp_path / "h", platform, "mo", "moss", "3", catalogue)
    (tmp_path / "roster.csv").write_text("learner,name\naaron,\nmoss,\n")
    classroom = open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=catalogue)
    assert [row[2] for row in classroom.rows()] == ["0", "1"], "the later answer of axel does not count for moss"
    told = [found for found in classroom.problems if found.kind == "sent_by_two"]
    assert len(told) == 1 and told[0].learner == "moss" and told[0].file.startswith("axel")
    assert told[0].what.startswith("axel") and "under the name of moss, and mo" in told[0].what
    (told,) = [found for found in classroom.problems if found.kind == "many_names"]
    assert told.what.startswith("one sender, axel") and told.what.endswith("sent files under the names of aaron and moss")


def test_a_late_file_of_ones_own_is_no_second_name(tmp_path, catalogue):
    sent(tmp_path / "h", "Canvas", "axel", "moss", "4", catalogue)
    sent(tmp_path / "h", "Canvas", "axel", "aaron", "4", catalogue)
    for minute, platform in enumerate(("Canvas", "Canvas, late")):
        sent(tmp_path / "h", platform, "mo", "moss", "3", catalogue, minute=minute)
    (tmp_path / "roster.csv").write_text("learner,name\naaron,\nmoss,\n")
    assert [row[2] for row in open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=catalogue).rows()] == ["0", "1"]


def test_of_two_who_send_one_name_only_the_first_counts_unless_the_roster_knows_the_second(tmp_path, catalogue):
    sent(tmp_path / "h", "Canvas", "axel", "moss", "4", catalogue)
    sent(tmp_path / "h", "Canvas", "mossida", "moss", "3", catalogue)
    for name, points in (("", "0"), ("Ida Moss", "1")):
        (tmp_path / "roster.csv").write_text(f"learner,name\nmoss,{name}\n")
        classroom = open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=catalogue)
        assert classroom.rows()[0][2] == points and "sent_by_two" in [found.kind for found in classroom.problems]
        assert sorted(one.outcome for one in classroom.files) == ["counted", "unknown learner"]


def test_one_sender_may_send_twice_and_a_file_by_hand_belongs_to_its_name(tmp_path, catalogue):
    sent(tmp_path / "h", "Canvas", "moss", "moss", "4", catalogue)
    sent(tmp_path / "h", "Canvas, late", "moss", "moss", "3", catalogue, minute=5)
    hand_in(tmp_path / "h", "moss", answer(catalogue, "form-a", ["no"]))
    (tmp_path / "roster.csv").write_text("learner,name\nmoss,Ida Moss\n")
    classroom = open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=catalogue)
    assert [found.kind for found in classroom.problems] == ["several_files"]
    assert classroom.rows()[0][2:5] == ["1", "unanswered", "1"]
