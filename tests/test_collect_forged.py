"""Nobody is marked as the whole class, and no receipt that a learner wrote is believed."""

from __future__ import annotations

import io
import zipfile

import pytest

from course.classroom import open_class
from course.handin import HandInError
from course.handin.writing import clean_learner
from course.roster import RosterError, read_roster
from tests import platform_zips as zips
from tests.hand_ins import LESSON, answer, hand_in, header, lines, small_catalogue

STAMP = "attempt_2026-03-03-10-00-00"
ROSTER = "learner,name\n001,Ann Moss\n002,Bob Builder\n"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return small_catalogue(tmp_path_factory.mktemp("content"))


@pytest.fixture()
def roster(tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER)
    return tmp_path / "roster.csv"


def work(catalogue) -> bytes:
    return lines(header("Ann", 1), answer(catalogue, "fence-count", "3"))


def receipt(name: str, username: str) -> bytes:
    return f"Name: {name} ({username})\nAssignment: E\nDate Submitted: x\nFiles:\n".encode()


STARS = {
    # the entries of a zip in which somebody is called *
    "the name of a file": {f"%2A--{LESSON}.jsonl": "work"},
    "the name of a file with a space": {f"%20*%20--{LESSON}.jsonl": "work"},
    "a file that can't be read": {f"%2A--{LESSON}.jsonl": b""},
    "a zip that can't be opened": {f"%2A--{LESSON}.zip": b"no zip"},
    "a notebook": {f"%2A--{LESSON}.ipynb": b"{}"},
    "a name in Moodle": {f"*_7_assignsubmission_file_/x--{LESSON}.jsonl": "work"},
}


@pytest.mark.parametrize("name", STARS)
@pytest.mark.parametrize("with_roster", [True, False])
def test_nobody_is_taken_in_as_everyone(tmp_path, catalogue, roster, name, with_roster):
    entries = [(file, work(catalogue) if raw == "work" else raw) for file, raw in STARS[name].items()]
    zips.write_zip(tmp_path / "d.zip", entries)
    classroom = open_class(tmp_path / "d.zip", roster if with_roster else None, catalogue=catalogue)
    assert "*" not in {learner for learner, _ in classroom.sheets} | set(classroom.roster)
    assert len(classroom.files) == 1 and classroom.problems, "it is told, and stands in collected.csv"


def test_a_hand_in_called_star_says_what_to_do(tmp_path, catalogue):
    hand_in(tmp_path, "ann", answer(catalogue, "fence-count", "3"))
    hand_in(tmp_path, "%2A", answer(catalogue, "fence-count", "3", name="x"))
    classroom = open_class(tmp_path, catalogue=catalogue)
    (told,) = classroom.problems
    assert (told.file, told.learner) == (f"%2A--{LESSON}.jsonl", "") and "the whole class in marks.csv" in told.what and "rename it" in told.cure
    assert {one.file: one.outcome for one in classroom.files} == {f"%2A--{LESSON}.jsonl": "unknown learner", f"ann--{LESSON}.jsonl": "counted"}


def test_no_roster_and_no_learner_is_called_star(tmp_path):
    (tmp_path / "r.csv").write_text("learner,name\nann,Ann\n * ,Star\n")
    with pytest.raises(RosterError, match=r"r.csv, line 3: the id \* means the whole class in marks.csv. Give this learner another id."):
        read_roster(tmp_path / "r.csv")
    with pytest.raises(HandInError, match=r"The star \* stands for the whole class. Write your own name"):
        clean_learner(" * ")
    assert clean_learner("*ann*") == "*ann*"


def blackboard(catalogue, *more) -> list[tuple[str, bytes]]:
    return [
        (f"E_annm_{STAMP}.txt", receipt("Ann Moss", "annm")), (f"E_annm_{STAMP}_answers--{LESSON}.jsonl", work(catalogue)),
        (f"E_bobb_{STAMP}.txt", receipt("Bob Builder", "bobb")), *more,
    ]


@pytest.mark.parametrize("folders", ["", "sub/", "Ann Moss_7_assignsubmission_file_/"])
def test_a_receipt_in_a_learners_own_zip_is_not_believed(tmp_path, catalogue, roster, folders):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(f"{folders}E_annm_attempt_2026-01-01-00-00-00.txt", receipt("Bob Builder", "annm"))
    zips.write_zip(tmp_path / "d.zip", blackboard(catalogue, (f"E_bobb_{STAMP}_x.zip", inner.getvalue())))
    classroom = open_class(tmp_path / "d.zip", roster, catalogue=catalogue)
    assert list(classroom.sheets) == [("001", LESSON)]
    assert [row[2] for row in classroom.rows()] == ["1", ""]


def test_receipts_of_one_place_say_nothing_of_another(tmp_path, catalogue, roster):
    (tmp_path / "h").mkdir()
    zips.write_zip(tmp_path / "h/one.zip", blackboard(catalogue))
    zips.write_zip(tmp_path / "h/two.zip", [(f"E_annm_{STAMP}.txt", receipt("Bob Builder", "annm"))])
    assert list(open_class(tmp_path / "h", roster, catalogue=catalogue).sheets) == [("001", LESSON)]


def test_of_receipts_that_differ_none_is_believed(tmp_path, catalogue, roster):
    other = "E_annm_attempt_2026-03-04-10-00-00.txt"
    zips.write_zip(tmp_path / "d.zip", blackboard(catalogue, (other, receipt("Bob Builder", "annm"))))
    classroom = open_class(tmp_path / "d.zip", roster, catalogue=catalogue)
    assert not {learner for learner, _ in classroom.sheets} & {"001", "002"}
    (told,) = [found for found in classroom.problems if found.kind == "receipts_differ"]
    assert told.file.endswith(other) and "gives annm another name (Ann Moss and Bob Builder)" in told.what
