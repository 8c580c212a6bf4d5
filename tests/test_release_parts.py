"""Releases of some lessons, and places that can't be had: what is said of what is not in it, and how numbers are written."""

from __future__ import annotations

import pytest

from course.cli import main
from course.content import ContentError, find_data
from course.release import ReleaseError, choose_lessons, release
from course.release.telling import later


def told(*wanted: str) -> list[str]:
    return list(later(find_data(), choose_lessons(find_data(), wanted)))


def test_a_release_without_the_first_test_says_so_and_how_the_next_part_is_made():
    assert told("1", "2") == [
        "name all lessons so far, and not only the next: --lessons 1 2 …",
        "the first test is in lesson 0, which is not among these. The last test, in lesson 7, is compared with it: release lesson 0 before you teach.",
    ]
    assert told("0", "1") == ["name all lessons so far, and not only the next: --lessons 0 1 …"]
    assert told() == []


@pytest.mark.parametrize(("written", "meant"), [("1,2", "1 2"), ("1-3", "1 2 3"), ("0;1;2", "0 1 2"), ("1,", "1")])
def test_numbers_in_one_piece_are_taken_apart_in_the_cure(written, meant):
    with pytest.raises(ContentError, match=f"there is no lesson '{written}'. Put spaces between the numbers: --lessons {meant}[.]"):
        choose_lessons(find_data(), [written])


@pytest.mark.parametrize("written", ["nan", "-1", "../..", "x" * 300, ""])
def test_what_is_no_lesson_is_shown_those_that_are(written):
    with pytest.raises(ContentError, match="The lessons are: 00_before_you_start") as caught:
        choose_lessons(find_data(), [written])
    assert len(str(caught.value)) < 400


def test_a_zip_that_is_there_asks_for_another_file(tmp_path):
    (tmp_path / "class.zip").write_bytes(b"mine")
    with pytest.raises(ReleaseError, match=r"class.zip is there already, and a release never writes over anything. Name another file: --out FILE.zip."):
        release(tmp_path / "class.zip")


@pytest.mark.parametrize(("name", "said"), [("x" * 300, "File name too long"), ("x" * 300 + ".zip", "File name too long"), ("x\udcff.zip", "letters in its name"), ("mine/out", "mine/out can't be written")])
def test_a_place_that_can_t_be_had_is_a_sentence_and_leaves_nothing(tmp_path, capsys, name, said):
    (tmp_path / "mine").write_text("keep")
    assert main(["release", "--lessons", "1", "--out", str(tmp_path / name)]) == 1
    assert said in capsys.readouterr().err and [path.name for path in tmp_path.iterdir()] == ["mine"]
