"""What each platform says in a file's name, in all the shapes that are known, and what only looks like it."""

from __future__ import annotations

import pytest

from course.classroom.collecting.platforms import blackboard, canvas, moodle, original_names, parts_of, sender_on_receipt, tails_of

CANVAS = {
    # name: sender, submission, late, file, kind
    "learnerone_1234_56789_essay.docx": ("1234", "56789", False, "essay.docx", "file"),
    "learnerone_LATE_1234_56789_essay-1.docx": ("1234", "56789", True, "essay-1.docx", "file"),
    "LATE_anon_a1B2c_56789_essay.pdf": ("anon_a1B2c", "56789", True, "essay.pdf", "file"),
    "anon_a1B2c_56789_essay.pdf": ("anon_a1B2c", "56789", False, "essay.pdf", "file"),
    "learnerone_1234_text.html": ("1234", "", False, "learnerone_1234_text.html", "text"),
    "learnerone_LATE_1234_link.html": ("1234", "", True, "learnerone_LATE_1234_link.html", "link"),
    "learner--one-late_1234_56789_a.docx": ("1234", "56789", True, "a.docx", "file"),
    "김서연_1234_56789_김 서연--01_a.jsonl": ("1234", "56789", False, "김 서연--01_a.jsonl", "file"),
    "สมชาย_1234_56789_a_1_2.jsonl": ("1234", "56789", False, "a_1_2.jsonl", "file"),
}


@pytest.mark.parametrize("name", CANVAS)
def test_a_name_of_canvas(name):
    first = canvas(name)[0]
    assert (first.sender, first.submission, first.late, first.file, first.kind) == CANVAS[name]


MOODLE = {
    # (name, whether it is a file): name, participant, file, kind
    ("Learner One_1234567_assignsubmission_file", False): ("Learner One", "1234567", "", "file"),
    ("Learner One_1234567_assignsubmission_file_", False): ("Learner One", "1234567", "", "file"),
    ("Learner One_1234567_assignsubmission_file_essay_v2.docx", True): ("Learner One", "1234567", "essay_v2.docx", "file"),
    ("Teilnehmer_77_assignsubmission_onlinetext", False): ("Teilnehmer", "77", "", "text"),
    ("Ida Moss_77_assignsubmission_onlinetext_onlinetext.html", True): ("Ida Moss", "77", "onlinetext.html", "text"),
    ("Default group_assignsubmission_file_plan.pdf", True): ("", "", "plan.pdf", "file"),
    ("Ida Moss_77_assignfeedback_file_page.html", True): ("Ida Moss", "77", "page.html", "receipt"),
}


@pytest.mark.parametrize(("name", "leaf"), MOODLE)
def test_a_name_of_moodle(name, leaf):
    sent = moodle(name, leaf=leaf)
    assert (sent.name, sent.sender, sent.file, sent.kind) == MOODLE[name, leaf]


BLACKBOARD = {
    "Essay 1_learner01_attempt_2024-03-01-10-15-00_essay.docx": ("learner01", "2024-03-01T10:15:00", "essay.docx", "file"),
    "Essay_1_learner01_attempt_2024-03-02-09-00-01_my_draft.pdf": ("learner01", "2024-03-02T09:00:01", "my_draft.pdf", "file"),
    "Essay 1_learner01_attempt_2024-03-01-10-15-00.txt": ("learner01", "2024-03-01T10:15:00", "Essay 1_learner01_attempt_2024-03-01-10-15-00.txt", "receipt"),
    "Essay_a_b_c_attempt_2024-03-01-10-15-00_x.txt": ("b_c", "2024-03-01T10:15:00", "x.txt", "file"),
}


@pytest.mark.parametrize("name", BLACKBOARD)
def test_a_name_of_blackboard(name):
    sent = blackboard(name, {"b_c", "c"})
    assert (sent.sender, sent.stamp, sent.file, sent.kind) == BLACKBOARD[name]


@pytest.mark.parametrize("name", ["ann--01_voices.jsonl", "ann_12--01_voices.jsonl", "essay.docx", "_1_2_", "1_2.jsonl", "x_attempt_2024-03-01_y.pdf", "LATE_x_1_a.pdf", ""])
def test_what_no_platform_writes(name):
    assert canvas(name) == [] and moodle(name, leaf=True) is None and moodle(name, leaf=False) is None and blackboard(name, ()) is None


@pytest.mark.timeout(5)
def test_a_name_with_a_line_end_is_no_platforms_and_is_refused_at_once():
    assert canvas("1_" * 100_000 + "\n") == [] and blackboard("a_attempt_2024-03-01-10-15-00" * 10_000 + "\n", ()) is None


def test_what_may_be_a_username_is_looked_at_one_at_a_time():
    tails = tails_of("_" * 1_000_000 + "ann")
    assert len(next(tails)) == 1_000_002
    assert blackboard("Essay_ann_moss_attempt_2024-03-01-10-15-00_a.pdf", ()).sender == "moss"


def test_a_path_of_any_system_in_composed_letters():
    assert parts_of("a\\b/Zoe\u0308.jsonl") == ["a", "b", "Zoë.jsonl"]


RECEIPT = "Name: Ann (A.) Moss (ann_moss)\r\nAssignment: E\r\nFiles:\r\n\tOriginal filename: a: b.jsonl\r\n\tFilename: E_ann_moss_attempt_T_ab.jsonl\r\n\r\n\tOriginal filename: c\r\n\tFilename: E_bo_attempt_T_c\r\n"


def test_a_receipt_names_its_sender_and_its_files():
    assert sender_on_receipt("\ufeff" + RECEIPT, "E_ann_moss") == ("ann_moss", "Ann (A.) Moss")
    assert original_names(RECEIPT, "E_ann_moss_attempt_T") == {"E_ann_moss_attempt_T_ab.jsonl": "a: b.jsonl"}


@pytest.mark.parametrize("text", ["", "\n", "Name: Ann Moss", "Name: Ann (bo)", "Name: Ann ()", ")", "("])
def test_a_receipt_without_a_username_that_the_file_bears_says_nothing(text):
    assert sender_on_receipt(text, "E_ann") == ("", "")
