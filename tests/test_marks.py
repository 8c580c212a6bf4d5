"""From the desk to the gradebook: marks of the desk are what grading reads, and the commands around them."""

from __future__ import annotations

import pytest

from course.classroom import grade, load_catalogue
from course.classroom.desks import merge_marks, open_desk, split_marks, waiting_answers
from course.classroom.grading import open_class
from course.classroom.hand_marks import read_marks
from course.cli import main
from course.desk.lines import DeskError
from tests.hand_ins import LESSON, answer, hand_in, read_table, small_catalogue
from tests.small_content import write_small_content

HEADER = "learner,item,criterion,level,comment,marker\n"


@pytest.fixture
def kit(tmp_path, monkeypatch):
    """A class of three who wrote the small essay, and the folder for marks."""
    monkeypatch.setenv("SAYSWHO_DATA", str(write_small_content(tmp_path / "data")))
    monkeypatch.chdir(tmp_path)
    catalogue = small_catalogue(tmp_path)
    for learner in ("ann", "bo", "cy"):
        hand_in(tmp_path / "h", learner, answer(catalogue, "fence-essay", {"headline": f"{learner} on a fence"}, name=f"e-{learner}"), answer(catalogue, "fence-count", "3", name=f"c-{learner}"))
    (tmp_path / "roster.csv").write_text("learner,name\nann,Ann Moss\nbo,Bo\ncy,Cy\n")
    return tmp_path


def desk_of(kit, marker="AB", **more):
    desk = open_desk(kit / "h", kit / "roster.csv", marks=kit / f"marks-{marker}.csv", marker=marker, **more)
    desk.lock.release()
    return desk


def give(desk, learner, criterion, value, at="2026-03-02T10:00:00.000Z"):
    """One key press at the desk, as the browser sends it."""
    name = key_of(desk, learner)
    return desk.answer({"kind": "response", "response": {"id": "r", "at": at, "item": f"{name}/{criterion}", "kind": "mark", "answer": name, "criterion": criterion, "value": value}})


def shown(desk):
    """What a page is sent when it opens."""
    return desk.answer({"kind": "open"})[0]["shown"]


def criteria():
    return [one.id for one in load_catalogue().items["fence-essay"].criteria]


# desk, grade, gradebook


def test_marks_of_the_desk_are_the_points_of_the_gradebook(kit, capsys):
    desk = desk_of(kit)
    item = desk.answers[next(iter(desk.answers))].item
    for one in item.criteria:
        assert give(desk, "ann", one.id, one.points) == [{"kind": "receipt", "id": "r", "kept": "disk", "why": ""}]
        give(desk, "bo", one.id, 0)
    give(desk, "ann", "comment", "Well said.")
    give(desk, "ann", "flag", True)
    grade(kit / "h", kit / "roster.csv", kit / "g", marks=kit / "marks-AB.csv")
    rows = {row["learner"]: row for row in read_table(kit / "g/gradebook.csv")}
    assert {name: row["fence-essay"] for name, row in rows.items()} == {"ann": f"{item.points:g}", "bo": "0", "cy": "needs a person"}
    assert rows["ann"]["problems"] == "0" and "Well said." in (kit / "g/feedback/ann.html").read_text()
    assert [row["what"] for row in read_table(kit / "g/problems.csv") if row["learner"]] == []
    assert capsys.readouterr().err == ""


def test_old_lines_and_comments_are_kept_and_a_hand_edited_file_is_understood(kit):
    (kit / "marks-AB.csv").write_bytes("\ufefflearner;item;criterion;level;comment;marker\r\n*;fence-count;wording;accept;;Head\r\nann;fence-essay;;;\"Seen; fine.\";\r\n".encode())
    desk = desk_of(kit)
    give(desk, "ann", criteria()[0], 1)
    marks, refused = read_marks(kit / "marks-AB.csv")
    assert refused == [] and marks["*", "fence-count"].wording_accepted
    assert marks["ann", "fence-essay"].comments == ["Seen; fine."] and marks["ann", "fence-essay"].levels == {criteria()[0]: 1}


def test_a_flag_is_no_mark(kit):
    (kit / "m.csv").write_text(HEADER + "ann,fence-essay,flag,1,look again,AB\nbo,fence-essay,flag,0,,AB\ncy,fence-essay,flag,yes,,AB\n")
    marks, refused = read_marks(kit / "m.csv")
    assert marks["ann", "fence-essay"].flagged and not marks["bo", "fence-essay"].flagged
    assert marks["ann", "fence-essay"].levels == {} and marks["ann", "fence-essay"].points is None
    assert refused == [(4, "the level 'yes' of flag is neither 1 nor 0")]
    classroom = open_class(kit / "h", kit / "roster.csv", marks=kit / "m.csv")
    assert classroom.sheets["ann", LESSON].cells["fence-essay"].written == "needs a person"


def test_an_answer_to_another_wording_counts_once_it_is_marked(kit):
    catalogue = small_catalogue(kit)
    hand_in(kit / "h", "ann", {**answer(catalogue, "fence-essay", {"headline": "Old"}), "seen": "another12345"})
    desk = desk_of(kit)
    assert [one["other_wording"] for one in shown(desk)["answers"] if desk.answers[one["id"]].learner == "ann"] == [True]
    for one in criteria():
        give(desk, "ann", one, 1)
    classroom = open_class(kit / "h", kit / "roster.csv", marks=kit / "marks-AB.csv")
    assert classroom.sheets["ann", LESSON].cells["fence-essay"].state == "scored"


# what waits


def test_only_answers_that_a_person_marks_are_on_the_desk_and_none_bears_a_name(kit):
    desk = desk_of(kit)
    assert sorted(one.learner for one in desk.answers.values()) == ["ann", "bo", "cy"]
    told = repr(desk.payload) + repr(shown(desk)["items"]) + repr([{**one, "texts": {}} for one in shown(desk)["answers"]])
    assert not any(name in told for name in ("'ann'", "Ann Moss", "'bo'"))
    (names,) = desk.answer({"kind": "names"})
    assert "Ann Moss (ann)" in names["names"].values()


def test_numbers_are_the_same_each_time_and_differ(kit):
    first, again = desk_of(kit), desk_of(kit)
    numbers = {one["id"]: one["number"] for one in shown(first)["answers"]}
    assert numbers == {one["id"]: one["number"] for one in shown(again)["answers"]} and len(set(numbers.values())) == 3
    hand_in(kit / "h", "dee", answer(small_catalogue(kit), "fence-essay", {"headline": "late"}, name="e-dee"))
    later = {one["id"]: one["number"] for one in shown(desk_of(kit))["answers"]}
    assert {name: later[name] for name in numbers} == numbers, "a late hand-in changes no number"


def test_an_empty_answer_does_not_wait(kit):
    hand_in(kit / "h", "ann", answer(small_catalogue(kit), "fence-essay", {"headline": "  "}, name="e-ann"))
    assert [one.learner for one in waiting_answers(open_class(kit / "h", kit / "roster.csv"))] == ["bo", "cy"]


def test_without_marks_the_desk_is_for_trying_out(kit):
    desk = open_desk(kit / "h", kit / "roster.csv")
    give(desk, "ann", criteria()[0], 1)
    assert "trying" in desk.payload["note"] and kit not in desk.file.path.parents and desk.file.path.is_file()


def test_in_a_notebook_a_desk_that_can_not_open_is_one_sentence(kit):
    with pytest.raises(DeskError) as caught:
        open_desk(kit / "gone")
    assert caught.value._render_traceback_() == [f"There is no file or folder {kit / 'gone'}. Name the folder, the zip or the file with the hand-ins."]
    (kit / "marks-AB.csv").write_text("learner;item\n")
    with pytest.raises(DeskError, match="the column 'criterion' is missing"):
        desk_of(kit)


def test_a_class_without_anything_to_mark_is_a_sentence(kit):
    for one in (kit / "h").iterdir():
        one.unlink()
    hand_in(kit / "h", "ann", answer(small_catalogue(kit), "fence-count", "3"))
    with pytest.raises(DeskError, match="No answer of this class waits for a person"):
        desk_of(kit)


# several markers


def test_split_desk_merge_grade(kit, capsys):
    assert main(["marks", "split", "h", "--roster", "roster.csv", "--markers", "AB,CD", "--double", "0.4", "--seed", "3", "--out", "."]) == 0
    told = capsys.readouterr().out
    assert told.startswith("assignments.csv deals 3 answers, 1 of them to two markers.\n") and "into marks-AB.csv" in told
    desks = {marker: desk_of(kit, marker) for marker in ("AB", "CD")}
    both = {one.learner for one in desks["AB"].answers.values()} & {one.learner for one in desks["CD"].answers.values()}
    assert len(both) == 1 and "of the 3 answers that wait" in desks["AB"].payload["note"]
    for level, desk in enumerate(desks.values()):
        for one in list(desk.answers.values()):
            for name in criteria():
                give(desk, one.learner, name, level)
    (kit / "assignments.csv").unlink()
    assert [one.n for one in desks["AB"].agreement()] == [1] * len(criteria()), "the other marker's file lies beside"
    assert main(["marks", "merge", "marks-AB.csv", "marks-CD.csv", "--out", "marks.csv"]) == 0
    assert "still wait for a person" in capsys.readouterr().out
    grade("h", "roster.csv", "g", marks="marks.csv")
    waiting = [row["learner"] for row in read_table(kit / "g/gradebook.csv") if row["fence-essay"] == "needs a person"]
    assert waiting == sorted(both), "where two differ no mark is made up"
    assert main(["marks", "merge", "marks-AB.csv", "marks-CD.csv", "--out", "marks.csv", "--prefer", "CD"]) == 0
    grade("h", "roster.csv", "g", marks="marks.csv")
    assert [row["fence-essay"] for row in read_table(kit / "g/gradebook.csv") if row["learner"] in both] != ["needs a person"]
    assert merge_marks(["marks-AB.csv", "marks-CD.csv"], "marks.csv", prefer="AB")


def test_whoever_decides_sees_both_levels_and_the_decision_survives_the_next_merge(kit):
    split_marks("h", "roster.csv", ["AB", "CD"], kit, double=1)
    for level, marker in enumerate(("AB", "CD")):
        give(desk_of(kit, marker), "ann", "fits", level)
    assert desk_of(kit, "CD").marks_now()[key_of(desk_of(kit, "CD"), "ann")]["others"] == [], "two who mark the same stay blind to each other"
    merge_marks(["marks-AB.csv", "marks-CD.csv"], "marks.csv")
    desk = open_desk("h", "roster.csv", marks="marks.csv", marker="Head")
    desk.lock.release()
    assert len(desk.answers) == 3 and "for whoever decides" in desk.payload["note"]
    (line,) = desk.marks_now()[key_of(desk, "ann")]["others"]
    assert (line["criterion"], line["comment"]) == ("fits", "the markers differ: AB gives 0, CD gives 1")
    give(desk, "ann", "fits", 2)
    merge_marks(["marks-AB.csv", "marks-CD.csv"], "marks.csv")
    marks, _ = read_marks(kit / "marks.csv")
    assert marks["ann", "fence-essay"].levels == {"fits": 2}


def key_of(desk, learner):
    return next(name for name, one in desk.answers.items() if one.learner == learner)


def test_a_second_split_deals_only_what_is_new(kit):
    split_marks("h", "roster.csv", ["AB", "CD"], kit)
    before = (kit / "assignments.csv").read_bytes()
    hand_in(kit / "h", "dee", answer(small_catalogue(kit), "fence-essay", {"headline": "late"}, name="e-dee"))
    assert "(1 new line)" in split_marks("h", "roster.csv", ["AB", "CD"], kit)
    assert (kit / "assignments.csv").read_bytes().startswith(before)


def test_somebody_whom_the_assignments_do_not_name_is_told_who_is(kit):
    split_marks("h", "roster.csv", ["AB", "CD"], kit)
    with pytest.raises(DeskError, match="gives 'XY' nothing to mark; it names AB and CD"):
        desk_of(kit, "XY")
    with pytest.raises(DeskError, match="sayswho marks split"):
        desk_of(kit, "AB", assignments=kit / "gone.csv")


@pytest.mark.parametrize(("arguments", "told"), [
    (["marks", "merge", "gone.csv", "--out", "marks.csv"], "There is no file gone.csv."),
    (["marks", "split", "gone", "--markers", "AB", "--out", "."], "There is no file or folder gone."),
    (["marks", "split", "h", "--markers", "AB", "--double", "0.2", "--out", "."], "A second look takes a second marker."),
])  # fmt: skip
def test_what_goes_wrong_is_one_sentence_and_exit_code_1(kit, capsys, arguments, told):
    assert main(arguments) == 1
    written = capsys.readouterr()
    assert written.out == "" and written.err.startswith(told) and written.err.count("\n") == 1


# messages that are wrong


@pytest.mark.parametrize(("criterion", "value"), [("true", 99), ("true", "3"), ("true", True), ("nothing", 1), ("comment", 3), ("true", -1), ("true", float("nan"))])
def test_a_mark_that_the_rubric_does_not_know_is_refused_and_nothing_is_written(kit, criterion, value):
    desk = desk_of(kit)
    (receipt,) = give(desk, "ann", criteria()[0] if criterion == "true" else criterion, value)
    assert receipt["kept"] == "refused" and not (kit / "marks-AB.csv").exists()


@pytest.mark.parametrize("message", [None, [], {}, {"kind": "nothing"}, {"kind": "response"}, {"kind": "response", "response": 3}, {"kind": "bank"}, {"kind": "response", "response": {"id": "r"}}])
def test_a_message_that_is_none_never_raises(kit, message):
    assert all(one["kind"] in ("receipt", "problem") for one in desk_of(kit).answer(message))


def test_a_late_letter_does_not_undo_a_newer_mark(kit):
    desk = desk_of(kit)
    name = criteria()[0]
    give(desk, "ann", name, 1, at="2026-03-02T10:00:02.000Z")
    receipt, told = give(desk, "ann", name, 0, at="2026-03-02T10:00:01.000Z")
    assert receipt["kept"] == "disk"
    assert [row["level"] for row in read_table(kit / "marks-AB.csv")] == ["1"]
    (marks,) = [one for one in told["marks"].values() if one["levels"]]
    assert marks["levels"] == {name: 1}, "the screen with the older mark is told which one stands"


def test_a_full_disk_is_told_and_the_letter_comes_again(kit, monkeypatch):
    desk = desk_of(kit)
    with monkeypatch.context() as patch:
        patch.setattr("course.desk.lines.replace_file", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        (receipt,) = give(desk, "ann", criteria()[0], 1)
    assert receipt["kept"] == "" and "disk is full" in receipt["why"]
    assert give(desk, "ann", criteria()[0], 1)[0]["kept"] == "disk"


# the norming round


def test_norming_marks_stay_out_of_the_marks(tmp_path):
    desk = open_desk(marks=tmp_path / "marks.csv", marker="AB")
    desk.lock.release()
    essays = shown(desk)["norming"]
    published = {name: essay.marks for name, (_, essay) in desk.norming.essays.items()}
    assert len(essays) == 6
    for one in (essays[0]["id"], "norm:gone:n9"):
        desk.answer({"kind": "response", "response": {"id": "r", "at": "2026", "item": f"{one}/chain", "answer": one, "criterion": "chain", "value": 2}})
    assert not (tmp_path / "marks.csv").exists()
    (row,) = read_table(tmp_path / "norming-AB.csv")
    assert (row["criterion"], row["level"], row["published"], row["marker"]) == ("chain", "2", f"{published[essays[0]['id']]['chain']:g}", "AB")
    assert [sum(one.values()) for one in published.values()] != sorted(sum(one.values()) for one in published.values()), "their order tells no level"
    again = open_desk(marks=tmp_path / "marks.csv", marker="AB")
    again.lock.release()
    assert again.marks_now()[essays[0]["id"]]["levels"] == {"chain": 2}


def test_a_desk_that_can_not_open_holds_no_lock(kit):
    (kit / "marks-AB.csv").write_text("learner;item\n")
    with pytest.raises(DeskError):
        desk_of(kit)
    assert not (kit / "marks-AB.csv.lock").exists()


def test_a_folder_that_is_gone_for_a_moment_is_told_and_the_letter_comes_again(kit, monkeypatch):
    desk = desk_of(kit)
    with monkeypatch.context() as patch:
        patch.setattr("course.desk.store.read_table", lambda *_: (_ for _ in ()).throw(OSError(5, "Input/output error")))
        (kit / "marks-AB.csv").write_text(HEADER)
        (receipt,) = give(desk, "ann", criteria()[0], 1)
    assert receipt["kept"] == "" and "Input/output error" in receipt["why"]
    assert give(desk, "ann", criteria()[0], 1)[0]["kept"] == "disk"
