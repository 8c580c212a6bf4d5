"""Grading into a folder takes nothing away without a word, and results are never taken for hand-ins."""

from __future__ import annotations

import json

import pytest

from course.classroom import GradingError, grade, open_class
from course.classroom.results.made_with import MadeWith, made_with
from course.cli import main
from tests import platform_zips as zips
from tests.hand_ins import LESSON, answer, hand_in, header, lines, read_table, small_catalogue
from tests.small_content import write_small_content


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return small_catalogue(tmp_path_factory.mktemp("content"))


@pytest.fixture()
def kit(tmp_path, monkeypatch, catalogue):
    """A folder to work in, with the small kit, a hand-in of ann, a roster, marks and keys."""
    data = write_small_content(tmp_path / "data")
    monkeypatch.setenv("SAYSWHO_DATA", str(data))
    monkeypatch.chdir(tmp_path)
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-essay", {"headline": "A fence"}))
    (tmp_path / "roster.csv").write_text("learner,name\nann,Ann\nbo,Bo\n")
    (tmp_path / "marks.csv").write_text("learner,item,criterion,level,comment,marker\nann,fence-essay,fits,2,,AB\n")
    return tmp_path


GIVEN = {"marks": ("the marks of marks.csv", "add --marks"), "keys": ("what the folder graded holds (--keys)", "add --keys"), "roster": ("those of roster.csv who handed in nothing", "add --roster")}


@pytest.mark.parametrize("what", GIVEN)
def test_what_was_given_and_is_not_given_now_stops_before_anything_is_written(kit, capsys, what):
    given = {"marks": "marks.csv", "roster": "roster.csv", "keys": "data/keys/graded"}
    first = ["grade", "h", "--out", "out", *(word for name, value in given.items() for word in (f"--{name}", value))]
    again = ["grade", "h", "--out", "out", *(word for name, value in given.items() if name != what for word in (f"--{name}", value))]
    assert main(first) == 0 and main(first) == 0, "the same once more is no loss"
    before = {path: path.read_bytes() for path in (kit / "out").rglob("*") if path.is_file()}
    capsys.readouterr()
    assert main(again) == 1
    told = capsys.readouterr().err
    assert GIVEN[what][0] in told and GIVEN[what][1] in told and "nothing was written" in told and "--anew" in told
    assert {path: path.read_bytes() for path in (kit / "out").rglob("*") if path.is_file()} == before
    assert main([*again, "--anew"]) == 0
    assert main(again) == 0, "the record is of the last grading"


def test_another_lesson_into_the_same_folder_is_told_by_name(tmp_path, catalogue):
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-count", "3"))
    open_class(tmp_path / "h", catalogue=catalogue).write(tmp_path / "out")
    MadeWith((LESSON, "02_gates", "03_walls")).keep(tmp_path / "out")
    with pytest.raises(GradingError, match=r"would take from it the lessons 02_gates and 03_walls; nothing was written. To keep it put all that was handed in into one folder and grade that, or name another folder; to go on without it say --anew"):
        open_class(tmp_path / "h", catalogue=catalogue).write(tmp_path / "out")
    open_class(tmp_path / "h", catalogue=catalogue).write(tmp_path / "out", anew=True)
    assert made_with(tmp_path / "out").lessons == (LESSON,)


def test_the_record_names_no_place_of_this_machine(kit):
    grade(kit / "h", kit / "roster.csv", kit / "out", marks=kit / "marks.csv")
    text = (kit / "out/made_with.json").read_text("utf-8")
    assert json.loads(text) == {"version": 1, "lessons": [LESSON], "marks": "marks.csv", "keys": "", "roster": "roster.csv", "due": "", "in_time_only": ""}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": 2}', '{"version": 1, "lessons": 3}', "null", "[" * 9000])
def test_a_record_that_is_none_stops_nobody(kit, text):
    (kit / "out").mkdir()
    (kit / "out/made_with.json").write_text(text)
    assert grade("h", None, "out").handins == 1


def test_results_do_not_go_among_the_hand_ins(kit):
    with pytest.raises(GradingError, match="h is the folder with the hand-ins, and results don't go among them. Name another folder, such as --out graded."):
        grade("h", None, kit / "h")
    assert [path.name for path in (kit / "h").iterdir()] == [f"ann--{LESSON}.jsonl"]


def test_a_folder_of_results_is_no_folder_of_hand_ins(kit):
    grade("h", None, "out")
    with pytest.raises(GradingError, match="out holds results .* and no hand-ins. Name the folder or the zip with what learners handed in."):
        grade("out", None, "out2")


def test_earlier_results_beside_the_hand_ins_are_passed_over_and_nothing_else_is(kit, catalogue):
    grade("h", None, "h/graded")
    hand_in(kit / "h/graded/feedback", "bo", answer(catalogue, "fence-count", "3", name="of-bo"))
    summary = grade("h", None, "out")
    assert (summary.handins, summary.problems) == (2, 1), "one line, and that is for the essay"


HIDDEN = [f".ann--{LESSON}.jsonl", f"~$ann--{LESSON}.jsonl", f".old/ann--{LESSON}.jsonl", f"~$x/ann--{LESSON}.jsonl.txt", f".a/.b/.ann--{LESSON}.JSONL", ".ann.zip", ".a/b.zip"]
NOISE = [f"._ann--{LESSON}.jsonl", f"__MACOSX/ann--{LESSON}.jsonl", ".DS_Store", "Thumbs.db", "~$essay.docx", "~$marks.xlsx", ".git/config", ".graded-cache.json"]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(("names", "told"), [(HIDDEN, True), (NOISE, False)])
def test_a_hidden_file_that_may_be_a_hand_in_is_told_and_noise_is_not(tmp_path, catalogue, packed, names, told):
    raw = lines(header("ann", 1), answer(catalogue, "fence-count", "3"))
    for number, name in enumerate(names):
        if packed:
            (tmp_path / "h").mkdir(exist_ok=True)
            zips.write_zip(tmp_path / f"h/{number}.zip", [(name, raw)])
        else:
            (tmp_path / f"h/{number}" / name).parent.mkdir(parents=True)
            (tmp_path / f"h/{number}" / name).write_bytes(raw)
    open_class(tmp_path / "h", catalogue=catalogue).write(tmp_path / "out")
    seen = {row["file"] for name in ("collected.csv", "problems.csv") for row in read_table(tmp_path / "out" / name)}
    assert all(any(file.endswith(name) for file in seen) == told for name in names)


def test_links_in_a_circle_are_a_sentence(tmp_path, catalogue):
    from course.handin import read_handins

    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (told,) = read_handins(tmp_path / "a")[1]
    assert told.what.startswith("there is no file or folder") or "can't be read" in told.what or "neither a file" in told.what
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-count", "3"))
    with pytest.raises(GradingError, match="can't be written"):
        open_class(tmp_path / "h", catalogue=catalogue, leave_out=[tmp_path / "a"]).write(tmp_path / "a")
