"""What a regrade compares with: columns that are gone, totals that were another, and a regrade that was interrupted."""

from __future__ import annotations

import pytest

from course.classroom import grading
from course.classroom.hand_marks import GradingError
from course.classroom.regrade.changes import read_gradebook
from course.classroom.regrade.regrading import LowerScores, regrade
from tests.hand_ins import read_table
from tests.test_regrade import again, four, graded

__all__ = ["graded"]


def test_a_column_that_no_question_fills_now_has_fallen_and_is_asked_about(graded):
    path = graded / "graded" / "gradebook.csv"
    rows = [line.split(",", 2) for line in path.read_text("utf-8-sig").splitlines()]
    new = {"learner": "my-own-01", "ann": "3"}
    path.write_text("\n".join(",".join([*row[:2], new.get(row[0], ""), row[2]]) for row in rows), "utf-8")
    with pytest.raises(LowerScores, match=r"^1 score would fall\. Nothing was written\. 1 of them belongs to a question that is not here now: give --keys DIR") as refused:
        again(graded)
    assert [one.row()[:5] for one in refused.value.lowered] == [["ann", "my-own-01", "3", "", "no question of this name is asked now"]]
    assert again(graded, allow_lower=True).changes == refused.value.lowered


@pytest.mark.parametrize("title", ["01_fences total", "total"])
def test_a_total_that_falls_without_a_question_that_does_is_asked_about(graded, title):
    path = graded / "graded" / "gradebook.csv"
    header, first, *others = path.read_text("utf-8-sig").splitlines()
    cells = first.split(",")
    cells[header.split(",").index(title)] = "9"
    path.write_text("\n".join([header, ",".join(cells), *others]), "utf-8")
    with pytest.raises(LowerScores) as refused:
        again(graded)
    assert [(one.learner, one.item, one.before) for one in refused.value.lowered] == [("ann", title, "9")]


def test_a_regrade_that_was_interrupted_tells_the_same_when_it_is_run_again(graded, monkeypatch):
    four(graded)
    kept = read_gradebook(graded / "graded" / "gradebook.csv")
    real, left = grading.replace_file, [4]

    def full(path, contents):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        return real(path, contents)

    monkeypatch.setattr(grading, "replace_file", full)
    with pytest.raises(GradingError, match="No space left on device"):
        again(graded)
    assert read_gradebook(graded / "graded" / "gradebook.csv") != kept, "the gradebook is new already, and no longer tells what was before"
    monkeypatch.setattr(grading, "replace_file", real)
    done = again(graded)
    assert [change.row()[:4] for change in done.changes] == [[learner, "fence-count", "0", "1"] for learner in ("ann", "cy")]
    assert len(read_table(graded / "graded" / "changes.csv")) == 2 and "2 of you gain 1 point each" in (graded / "graded" / "announcement.txt").read_text("utf-8")
    assert again(graded).changes == ()
    assert not [path.name for path in (graded / "graded").iterdir() if path.name.startswith(".before")]


def test_grading_between_an_interrupted_regrade_and_the_next_says_what_stands_there_and_takes_nothing_away(graded, monkeypatch):
    four(graded)
    given = {"marks": graded / "marks.csv", "keys": graded / "pack", "progress": False}
    monkeypatch.setattr(grading, "replace_file", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(GradingError):
        again(graded)
    monkeypatch.undo()
    monkeypatch.setenv("SAYSWHO_DATA", str(graded / "data"))
    told = str(grading.grade(graded / "h", None, graded / "graded", **given))
    assert "An earlier regrade into this folder was interrupted" in told and "Run sayswho regrade again" in told
    done = again(graded)
    assert [change.row()[:4] for change in done.changes] == [[learner, "fence-count", "0", "1"] for learner in ("ann", "cy")] and "interrupted" not in str(done)
    assert "interrupted" not in str(grading.grade(graded / "h", None, graded / "graded", **given))


def test_what_was_compared_with_goes_at_once_so_that_no_half_of_it_is_compared_with(graded, monkeypatch):
    four(graded)
    monkeypatch.setattr("course.classroom.regrade.regrading.shutil.rmtree", lambda *_, **__: None)
    assert len(again(graded).changes) == 2
    assert not (graded / "graded" / ".before-regrade").exists(), "it was moved away, though nothing could be deleted"


def test_a_first_regrade_that_was_interrupted_is_still_the_first(graded, monkeypatch):
    def full(path, contents):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("course.classroom.challenges.accepted.replace_file", full)
    four_pack = graded / "pack"
    four_pack.mkdir()
    (four_pack / "accepted.csv").write_text("item,unit,question,answer,reason,by,at\nfence-count,,,4,A by-line is one.,Kim,\n", "utf-8")
    with pytest.raises(GradingError, match="No space left"):
        regrade(graded / "h", None, graded / "new", keys=four_pack, progress=False)
    monkeypatch.undo()
    monkeypatch.setenv("SAYSWHO_DATA", str(graded / "data"))
    assert regrade(graded / "h", None, graded / "new", keys=four_pack, progress=False).first
