"""What two reviewers broke at the desk: decisions that a merge wiped, keys in a saved notebook, marks that no rubric knows, and turns that overlap."""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from course.classroom.desks import merge_marks, open_desk, split_marks
from course.cli import main
from course.desk import lock as locks
from course.desk.bank import Bank
from course.desk.lines import DeskError, Line
from course.desk.lock import Lock, check_free
from course.desk.merging import merge, merge_files
from course.desk.store import MarksFile
from course.desk.strays import by_one_name, renamed
from tests.hand_ins import read_table
from tests.test_marks import criteria, desk_of, give, key_of, kit  # noqa: F401

HEADER = "learner,item,criterion,level,comment,marker\n"


def levels(path):
    return sorted((row["learner"], row["criterion"], row["level"], row["marker"]) for row in read_table(path) if row["level"])


# a decision in the merged file


@pytest.fixture
def merged(tmp_path):
    """Two markers who differ on ann and agree on bo, merged once: the folder, and a function that merges again."""
    for marker, level in (("AB", "3"), ("CD", "5")):
        (tmp_path / f"marks-{marker}.csv").write_text(HEADER + f"ann,e,c,{level},,{marker}\nbo,e,c,3,fine,{marker}\n")
    files = [tmp_path / "marks-AB.csv", tmp_path / "marks-CD.csv"]
    merge_files(files, tmp_path / "marks.csv")
    return tmp_path, lambda **more: merge_files(files, tmp_path / "marks.csv", **more)


def test_a_decision_under_a_markers_own_initials_survives_every_later_merge(merged):
    folder, again = merged
    lead = MarksFile(folder / "marks.csv", "AB")
    lead.set_level("ann", "e", "c", "4")
    lead.set_comment("ann", "e", "decided after talking")
    MarksFile(folder / "marks-AB.csv", "AB").set_level("zed", "e", "c", "2")
    for _ in range(3):
        told = again()
        assert ("ann", "c", "4", "AB") in levels(folder / "marks.csv") and ("zed", "c", "2", "AB") in levels(folder / "marks.csv")
        assert [row["comment"] for row in read_table(folder / "marks.csv")].count("decided after talking") == 1
    assert told.splitlines()[1] == (
        "2 lines were written into it by hand and stay, before what the markers' files say: ann e c 4 (AB); ann e a comment (AB). "
        "To undo one, delete it from marks.csv and merge again."
    )


def test_a_decision_for_ones_own_level_and_one_in_a_spreadsheet_count_too(merged):
    folder, again = merged
    path = folder / "marks.csv"
    path.write_text(path.read_text("utf-8-sig").replace("bo,e,c,3,fine,CD", "bo,e,c,\"2,5\",fine,CD") + "ann,e,c,3,,AB\n")
    again()
    assert levels(path) == [("ann", "c", "3", "AB"), ("bo", "c", "2,5", "CD")]
    assert sorted(row["comment"] for row in read_table(path) if row["comment"]) == ["fine", "fine"], "no comment twice"
    assert [row["what_counts"] for row in read_table(folder / "conflicts.csv")] == ["2,5 by CD", "3 by AB"]


def test_a_mark_that_its_marker_changed_is_taken_and_a_marker_who_is_not_named_again_stays(merged):
    folder, again = merged
    MarksFile(folder / "marks-AB.csv", "AB").set_level("bo", "e", "c", "4")
    again(prefer="AB")
    assert levels(folder / "marks.csv") == [("ann", "c", "3", "AB"), ("bo", "c", "4", "AB")]
    (folder / "marks-EF.csv").write_text(HEADER + "cy,e,c,1,,EF\n")
    told = merge_files([folder / "marks-EF.csv"], folder / "marks.csv")
    assert ("bo", "c", "4", "AB") in levels(folder / "marks.csv") and "by hand" not in told


def test_where_nobody_knows_what_the_last_merge_wrote_no_line_is_lost():
    held = [Line("ann", "e", "c", "4", "", "AB"), Line("bo", "e", "c", "3", "", "AB")]
    found = merge([[Line("ann", "e", "c", "3", "", "AB"), Line("bo", "e", "c", "3", "", "AB")]], held=held)
    assert sorted(line.level for line in found.lines) == ["3", "4"] and [line.level for line in found.decided] == ["4"]


# what a notebook may save


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk of the example class."""
    found = open_desk(marks=tmp_path_factory.mktemp("desk") / "marks.csv", marker="AB")
    found.lock.release()
    return found


def test_the_state_that_a_notebook_saves_holds_no_answer_no_key_and_no_norming_mark(desk):
    saved = json.dumps({name: value for name, value in desk.get_state().items() if name != "_esm"}, ensure_ascii=False)
    sent = desk.answer({"kind": "open"})[0]["shown"]
    whys = [item["why"] for item in sent["items"].values() if item["why"]]
    words = [text for answer in (*sent["answers"], *sent["norming"]) for text in answer["texts"].values() if len(text) > 20]
    assert whys and len(words) > 10 and len(saved) < 3000
    assert not [one for one in (*whys, *words) if one[:40] in saved] and "published" not in saved and desk.get_state().keys() & {"marks"} == set()


def test_published_marks_reach_the_page_only_when_the_marker_has_judged_all_of_an_essay(desk):
    essays = desk.answer({"kind": "open"})[0]["shown"]["norming"]
    assert essays and not any("published" in one or "reasons" in one for one in essays)
    name = essays[0]["id"]
    item, essay = desk.norming.essays[name]
    for place, one in enumerate(item.criteria, start=1):
        told = desk.answer({"kind": "response", "response": {"id": "r", "at": f"2026-{place}", "item": f"{name}/{one.id}", "answer": name, "criterion": one.id, "value": 3}})
        assert [message["kind"] for message in told] == ["receipt", "published"][: 1 + (place == len(item.criteria))]
    assert told[1]["essay"] == name and told[1]["published"] == essay.marks and told[1]["reasons"] == essay.reasons
    later = {one["id"]: "published" in one for one in desk.answer({"kind": "open"})[0]["shown"]["norming"]}
    assert [known for known, is_there in later.items() if is_there] == [name]


# lines that no rubric knows


def test_a_merge_lists_what_no_rubric_knows_with_file_line_and_cure(kit, capsys):
    (kit / "marks-AB.csv").write_text(HEADER + f"ann,fence-essay,{criteria()[0]},9,,AB\nbo,fence-essay,fitz,1,,AB\ncy,fence-esay,fits,1,,AB\ncy,fence-essay,flag,1,,AB\ncy,fence-essay,,,fine,AB\n")
    assert main(["marks", "merge", "marks-AB.csv", "--out", "marks.csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "3 lines can't count as written (nothing is lost; correct the file and merge again):",
        "  marks-AB.csv, line 2: 9 is no level of fits, which goes from 0 to 2. Write one of these.",
        "  marks-AB.csv, line 3: 'fitz' is no criterion of fence-essay. Write fits.",
        "  marks-AB.csv, line 4: 'fence-esay' is no question of this course. Write fence-essay, or name the folder with your own questions: --keys.",
    ]
    assert len(read_table(kit / "marks.csv")) == 5


def test_the_desk_tells_a_level_that_the_rubric_does_not_have_and_the_answer_still_waits(kit):
    (kit / "marks-AB.csv").write_text(HEADER + "ann,fence-essay,fits,9,,AB\n")
    desk = desk_of(kit)
    marks = desk.marks_now()[key_of(desk, "ann")]
    assert marks["levels"] == {} and [one["comment"] for one in marks["others"]] == ["9 is no level here (0 to 2): give one of these"]
    assert "marks-AB.csv, line 2: 9 is no level of fits, which goes from 0 to 2." in desk.payload["note"] and "ann" not in desk.payload["note"]
    give(desk, "ann", "fits", 1)
    assert levels(kit / "marks-AB.csv") == [("ann", "fits", "1", "AB")]


def test_a_merge_without_the_course_says_that_nothing_was_checked(kit, monkeypatch):
    (kit / "marks-AB.csv").write_text(HEADER + "ann,fence-essay,fits,9,,AB\n")
    monkeypatch.setenv("SAYSWHO_DATA", str(kit / "gone"))
    assert "Items, criteria and levels were not checked, for the course can't be read: " in merge_marks(["marks-AB.csv"], "marks.csv")


def test_one_answer_called_by_its_slot_and_by_its_item_is_one(tmp_path):
    one, other = tmp_path / "marks-AB.csv", tmp_path / "marks-CD.csv"
    one.write_text(HEADER + "ann,slot,c,3,,AB\nbo,slot,c,3,,AB\n")
    other.write_text(HEADER + "ann,slot-a,c,5,,CD\nbo,slot-b,c,3,,CD\n")
    slots = {"slot-a": "slot", "slot-b": "slot"}
    assert "Two markers differ 1 time (1 of these left out" in merge_files([one, other], tmp_path / "marks.csv", slots=slots)
    assert [(row["learner"], row["item"], row["level"]) for row in read_table(tmp_path / "marks.csv")] == [("bo", "slot-b", "3"), ("bo", "slot-b", "3")]
    both = [Line("cy", "slot-a", "c", "3"), Line("cy", "slot-b", "c", "2"), Line("cy", "slot", "c", "1")]
    assert renamed(both, by_one_name([both], slots)) == both, "of two items nobody knows which is meant"


# dealing again


def test_a_split_that_deals_nothing_says_so_and_how_to_deal_anew(kit, capsys):
    split_marks("h", "roster.csv", ["AB"], kit)
    given_before = (kit / "assignments.csv").read_bytes()
    assert main(["marks", "split", "h", "--roster", "roster.csv", "--markers", "AB,CD", "--out", "."]) == 0
    told = capsys.readouterr().out
    assert "Nothing was dealt: every answer that waits has its marker from the split before, and stays there. CD got nothing." in told and "--anew" in told
    assert (kit / "assignments.csv").read_bytes() == given_before
    assert main(["marks", "split", "h", "--roster", "roster.csv", "--markers", "AB,CD", "--out", ".", "--anew"]) == 0
    assert "All answers are dealt anew; the deal before stands in assignments-before.csv." in capsys.readouterr().out
    assert {row["marker"] for row in read_table(kit / "assignments.csv")} == {"AB", "CD"} and (kit / "assignments-before.csv").read_bytes() == given_before


# turns that overlap


@pytest.mark.parametrize("text", ["", "{"])
def test_a_lock_that_has_no_words_yet_is_held(tmp_path, text):
    path = tmp_path / "marks.csv.lock"
    path.write_text(text)
    for come in (lambda: Lock(tmp_path / "marks.csv", "CD"), lambda: check_free(tmp_path / "marks.csv")):
        with pytest.raises(DeskError, match=r"Another desk opens marks\.csv at this moment\. Wait 5 seconds and run the cell again\."):
            come()
    assert path.read_text() == text
    os.utime(path, (time.time() - 10, time.time() - 10))
    Lock(tmp_path / "marks.csv", "CD").release()


def test_comments_that_two_desks_keep_at_once_are_all_there(tmp_path):
    # Two banks know of each other only by the file beside the table, as two processes do.
    banks = [Bank(tmp_path / "comments.csv") for _ in range(2)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: banks[n % 2].add(f"comment {n}"), range(40)))
    assert sorted(banks[0].read()) == sorted(f"comment {n}" for n in range(40))
    assert [one.name for one in tmp_path.iterdir()] == ["comments.csv"]


def test_a_turn_that_was_never_ended_is_cleared_and_one_that_lasts_is_told(tmp_path, monkeypatch):
    bank, turn = Bank(tmp_path / "comments.csv"), tmp_path / "comments.csv.lock"
    turn.write_text('{"turn": "gone"}')
    os.utime(turn, (time.time() - 60, time.time() - 60))
    assert bank.add("Who says so?") == ["Who says so?"] and not turn.exists()
    turn.write_text('{"turn": "theirs"}')
    monkeypatch.setattr(locks.time, "monotonic", iter([0, 100]).__next__)
    with pytest.raises(DeskError, match="comments.csv is being written by another desk. Try again in a moment; if nobody is at work, delete comments.csv.lock."):
        bank.add("Lost?")
    assert turn.read_text() == '{"turn": "theirs"}' and bank.read() == ["Who says so?"]
