"""The table of marks: every key press on the disk, nothing of anybody else lost, whatever was done to the file meanwhile."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.content import ContentError
from course.desk import lock as locks
from course.desk.bank import Bank
from course.desk.lines import DeskError, Line, Table, read_table, write_table
from course.desk.lock import Lock, check_free
from course.desk.store import MarksFile
from tests.hand_ins import read_table as rows_of

HEADER = "learner,item,criterion,level,comment,marker\n"
CRITERIA = ("true", "short")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "marks.csv"


def levels(path):
    return [(row["learner"], row["criterion"], row["level"], row["marker"]) for row in rows_of(path)]


# one mark at a time


def test_a_mark_is_on_the_disk_when_the_call_returns(path):
    MarksFile(path, "AB").set_level("ann", "essay", "true", "3")
    assert levels(path) == [("ann", "true", "3", "AB")]


def test_a_second_level_takes_the_place_of_the_first_and_an_empty_one_takes_it_away(path):
    file = MarksFile(path, "AB")
    file.set_level("ann", "essay", "true", "3")
    file.set_level("bo", "essay", "true", "1")
    file.set_level("ann", "essay", "true", "5")
    assert levels(path) == [("ann", "true", "5", "AB"), ("bo", "true", "1", "AB")]
    file.set_level("ann", "essay", "true", "")
    assert levels(path) == [("bo", "true", "1", "AB")]


def test_lines_of_one_answer_stand_together(path):
    file = MarksFile(path, "AB")
    for learner, criterion in (("ann", "true"), ("bo", "true"), ("ann", "short")):
        file.set_level(learner, "essay", criterion, "1")
    assert [row[0] for row in levels(path)] == ["ann", "ann", "bo"]


@pytest.mark.parametrize("text", ["Who says so?", "two\nlines, and “quotes”", "=HYPERLINK(\"http://example.org\")", "+1", "김서연"])
def test_a_comment_comes_back_as_it_was_and_a_spreadsheet_never_runs_it(path, text):
    file = MarksFile(path, "AB")
    file.set_comment("ann", "essay", text)
    assert MarksFile(path, "AB").marks_of("ann", ("essay",), CRITERIA)["comment"] == text
    assert not rows_of(path)[0]["comment"].startswith(("=", "+"))
    file.set_comment("ann", "essay", "")
    assert rows_of(path) == []


def test_a_learner_whose_id_looks_like_a_formula_is_still_known(path):
    MarksFile(path, "AB").set_level("@ann", "essay", "true", "3")
    assert MarksFile(path, "AB").marks_of("@ann", ("essay",), CRITERIA)["levels"] == {"true": 3}


# what others wrote


def test_a_file_as_a_spreadsheet_leaves_it_is_read_kept_and_written_the_same_way(path):
    path.write_bytes("\ufefflearner;item;criterion;level;comment;marker;seen by\r\nann;essay;true;2,5;\"well; said\";;Head\r\n;;;;;;\r\nbo;essay;;;kept;CD;\r\n".encode())
    file = MarksFile(path, "AB")
    assert file.marks_of("ann", ("essay",), CRITERIA)["levels"] == {"true": 2.5}
    file.set_level("ann", "essay", "short", "1")
    text = path.read_bytes().decode("utf-8-sig")
    assert text.splitlines() == ["learner;item;criterion;level;comment;marker;seen by", 'ann;essay;true;2,5;"well; said";;Head', "ann;essay;short;1;;AB;", "bo;essay;;;kept;CD;"]


def test_old_comments_on_a_line_stay_when_its_level_changes_or_goes(path):
    path.write_text(HEADER + "ann,essay,true,2,a slip,AB\nann,essay,true,3,again,\n")
    file = MarksFile(path, "AB")
    file.set_level("ann", "essay", "true", "4")
    assert sorted((row["level"], row["comment"]) for row in rows_of(path)) == [("", "a slip"), ("4", "again")]
    file.set_level("ann", "essay", "true", "")
    assert sorted((row["level"], row["comment"]) for row in rows_of(path)) == [("", "a slip"), ("", "again")]


def test_a_line_of_another_marker_is_shown_and_never_changed(path):
    path.write_text(HEADER + "ann,essay,true,5,,CD\n")
    file = MarksFile(path, "AB")
    file.set_level("ann", "essay", "true", "3")
    assert ("ann", "true", "5", "CD") in levels(path) and ("ann", "true", "3", "AB") in levels(path)
    assert [one["level"] for one in file.marks_of("ann", ("essay",), CRITERIA)["others"]] == ["5"]


def test_a_flag_is_raised_and_lowered_also_somebody_elses(path):
    path.write_text(HEADER + "bo,essay,flag,1,,CD\n")
    file = MarksFile(path, "AB")
    file.set_flag("ann", "essay", raised=True)
    file.set_flag("ann", "essay", raised=False)
    assert file.marks_of("bo", ("essay",), CRITERIA)["flag"] is True
    file.set_flag("bo", "essay", raised=False)
    assert file.marks_of("bo", ("essay",), CRITERIA)["flag"] is False
    assert levels(path) == [("bo", "flag", "1", "CD"), ("bo", "flag", "0", "AB")]


def test_a_line_that_names_nobody_is_the_markers_own(path):
    path.write_text(HEADER + "ann,essay,true,5,,\n")
    MarksFile(path, "AB").set_level("ann", "essay", "true", "3")
    assert levels(path) == [("ann", "true", "3", "AB")]


def test_what_changed_on_the_disk_is_merged_in_before_the_next_mark(path):
    mine, theirs = MarksFile(path, "AB"), MarksFile(path, "CD")
    mine.set_level("ann", "essay", "true", "3")
    theirs.set_level("bo", "essay", "true", "1")
    assert mine.set_level("ann", "essay", "short", "1") is True, "the desk is told to draw the marks again"
    assert levels(path) == [("ann", "true", "3", "AB"), ("ann", "short", "1", "AB"), ("bo", "true", "1", "CD")]


def test_a_file_that_was_deleted_comes_back_whole(path):
    file = MarksFile(path, "AB")
    file.set_level("ann", "essay", "true", "3")
    path.unlink()
    file.set_level("bo", "essay", "true", "1")
    assert [row[0] for row in levels(path)] == ["ann", "bo"]


def test_a_file_that_was_broken_meanwhile_is_not_written_over(path):
    file = MarksFile(path, "AB")
    file.set_level("ann", "essay", "true", "3")
    path.write_bytes("learner;item\n김".encode("cp949"))
    with pytest.raises(ContentError, match="CP949"):
        file.set_level("bo", "essay", "true", "1")
    assert path.read_bytes() == "learner;item\n김".encode("cp949")


@pytest.mark.parametrize(("number", "told"), [(errno.ENOSPC, "disk is full"), (errno.EACCES, "Close it in other programs")])
def test_what_the_disk_refuses_is_a_sentence_and_the_mark_can_be_given_again(path, monkeypatch, number, told):
    file = MarksFile(path, "AB")
    file.set_level("ann", "essay", "true", "3")
    with monkeypatch.context() as patch:
        patch.setattr("course.desk.lines.replace_file", lambda *_: (_ for _ in ()).throw(OSError(number, os.strerror(number))))
        with pytest.raises(DeskError, match=told):
            file.set_level("ann", "essay", "true", "4")
    assert levels(path) == [("ann", "true", "3", "AB")]
    file.set_level("ann", "essay", "true", "4")
    assert levels(path) == [("ann", "true", "4", "AB")]


cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8).map(str.strip)
edits = st.lists(st.tuples(st.sampled_from(["AB", "CD"]), st.sampled_from(["ann", "bo"]), st.sampled_from(CRITERIA), st.integers(0, 5)), max_size=12)


@settings(deadline=None, max_examples=40)
@given(edits, st.lists(st.tuples(st.sampled_from(["ann", "zed"]), cells), max_size=4))
def test_however_two_markers_take_turns_each_has_the_newest_of_its_own(tmp_path_factory, turns, comments):
    path = tmp_path_factory.mktemp("turns") / "marks.csv"
    write_table(path, Table(tuple(Line(learner, "essay", "", "", comment, "EF") for learner, comment in comments if comment)))
    before = [line.comment for line in read_table(path).lines]
    files = {marker: MarksFile(path, marker) for marker in ("AB", "CD")}
    for marker, learner, criterion, level in turns:
        files[marker].set_level(learner, "essay", criterion, str(level))
    wanted = {(marker, learner, criterion): str(level) for marker, learner, criterion, level in turns}
    lines = read_table(path).lines
    assert {(line.marker, line.learner, line.criterion): line.level for line in lines if line.level} == wanted
    assert len([line for line in lines if line.level]) == len(wanted)
    assert sorted(line.comment for line in lines if line.marker == "EF") == sorted(before)


def test_marks_from_many_threads_are_all_there(path):
    files = [MarksFile(path, marker) for marker in ("AB", "CD")]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: files[n % 2].set_level(f"learner-{n}", "essay", "true", "1"), range(40)))
    assert sorted(row[0] for row in levels(path)) == sorted(f"learner-{n}" for n in range(40))


KEEPS_MARKING = """
import itertools, sys
from pathlib import Path
from course.desk.store import MarksFile
file = MarksFile(Path(sys.argv[1]), "AB")
for n in itertools.count():
    file.set_level(f"learner-{n % 50}", "essay", "true", str(n % 6))
    print(n, flush=True)
"""


def test_a_process_that_is_killed_while_it_marks_leaves_every_mark_that_it_called_saved(path):
    process = subprocess.Popen([sys.executable, "-c", KEEPS_MARKING, str(path)], stdout=subprocess.PIPE, text=True)
    said = [process.stdout.readline() for _ in range(37)]
    process.kill()
    said += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    last = max(int(line) for line in said if line.endswith("\n"))
    found = {row["learner"]: row["level"] for row in rows_of(path)}
    for n in range(max(0, last - 48), last + 1):
        assert found[f"learner-{n % 50}"] == str(n % 6)


# the lock


def test_a_second_desk_is_refused_with_who_since_when_and_the_cure(path):
    sleeper = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        lock = Lock(path, "AB")
        told = json.loads(lock.path.read_text())
        lock.path.write_text(json.dumps({**told, "process": sleeper.pid, "started": locks.started(sleeper.pid)}))
        for open_again in (lambda: Lock(path, "CD"), lambda: check_free(path)):
            with pytest.raises(DeskError) as caught:
                open_again()
            assert "marks.csv is open at another desk: AB, since 20" in str(caught.value)
            assert "sayswho marks merge" in str(caught.value) and "delete marks.csv.lock" in str(caught.value)
    finally:
        sleeper.kill()
        sleeper.wait()
    assert Lock(path, "CD").told["marker"] == "CD", "the lock of a process that has ended is cleared"
    assert json.loads(lock.path.read_text())["marker"] == "CD"


def test_a_desk_gives_its_file_free_and_never_somebody_elses(path):
    lock = Lock(path, "AB")
    lock.release()
    assert not lock.path.exists()
    lock.path.write_text(json.dumps({"marker": "CD", "computer": "elsewhere", "process": 1}))
    lock.release()
    assert lock.path.exists()


@pytest.mark.skipif(not locks.started(os.getpid()), reason="the system does not tell when a process began")
def test_a_number_that_is_given_out_again_is_not_taken_for_the_old_process(path):
    held = {"computer": locks.socket.gethostname(), "process": os.getppid(), "started": locks.started(os.getppid())}
    path.write_text("")
    assert not locks.is_left_over(path, held)
    assert locks.is_left_over(path, {**held, "started": "before the last start"})


def test_the_same_kernel_may_open_its_file_again(path):
    first = Lock(path, "AB")
    again = Lock(path, "AB")
    assert json.loads(again.path.read_text()) == first.told
    again.release()
    assert not again.path.exists()


def test_a_lock_of_another_computer_holds_for_half_a_day(path):
    path.parent.mkdir(exist_ok=True)
    lock = path.with_name("marks.csv.lock")
    lock.write_text(json.dumps({"marker": "CD", "computer": "elsewhere", "process": 1, "since": "2026-03-02 10:00"}))
    with pytest.raises(DeskError, match="on elsewhere"):
        Lock(path, "AB")
    old = lock.stat().st_mtime - 13 * 3600
    os.utime(lock, (old, old))
    assert Lock(path, "AB").told["marker"] == "AB"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"process": "x", "computer": 3}'])
def test_a_lock_file_that_says_nothing_is_no_lock(path, text):
    lock = path.with_name("marks.csv.lock")
    lock.write_text(text)
    old = lock.stat().st_mtime - 13 * 3600
    os.utime(lock, (old, old))
    Lock(path, "AB")
    assert json.loads(lock.read_text())["marker"] == "AB"


def test_a_lock_that_somebody_took_meanwhile_is_put_back(path):
    lock = path.with_name("marks.csv.lock")
    lock.write_text(json.dumps({"marker": "CD"}))
    locks.clear(lock, {"marker": "an older one"})
    assert json.loads(lock.read_text()) == {"marker": "CD"}
    locks.clear(lock, {"marker": "CD"})
    assert list(lock.parent.iterdir()) == []


# the bank


def test_comments_to_use_again_are_a_table_that_a_teacher_may_fill(tmp_path):
    bank = Bank(tmp_path / "comments.csv")
    assert bank.read() == []
    assert bank.add("Who says so?") == ["Who says so?"]
    (tmp_path / "comments.csv").write_bytes("\ufeffcomment;mine\nWho says so?;1\n=1+1;\n;\n".encode())
    assert bank.add("Name the paper.") == ["Who says so?", "=1+1", "Name the paper."]
    assert rows_of(tmp_path / "comments.csv")[1]["comment"] == "'=1+1"
    assert rows_of(tmp_path / "comments.csv")[0]["mine"] == "1", "a column of the teacher's own stays"
    assert bank.remove("=1+1") == bank.read() == ["Who says so?", "Name the paper."]
