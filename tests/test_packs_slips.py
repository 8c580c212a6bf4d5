"""Slips at the very beginning of a pack: a name that can't be, a place that can't be had, a sheet that can't be read. Each is one sentence, once."""

from __future__ import annotations

import os

import pytest

from course.cli import main
from course.content import find_data
from course.packs.checking import check_pack
from course.packs.laying import PackError
from course.packs.starting import new_pack


@pytest.mark.parametrize("lesson", ["../..", "nan", "-1", "7", "20_" + "x" * 300, "07_newsroom", "20_Boats"])
def test_a_lesson_that_can_t_be_is_refused_before_anything_is_made(tmp_path, lesson):
    with pytest.raises(PackError, match="can't name a new lesson. Write two figures and a name in small letters that the kit does not have, such as 20_paper_boats.") as caught:
        new_pack(tmp_path / "boats", lesson=lesson)
    assert len(str(caught.value)) < 250 and not (tmp_path / "boats").exists()


@pytest.mark.parametrize(("name", "said"), [("x\udcff", "letters in its name that can't be written. Name another folder."), ("x" * 300, "File name too long")])
def test_a_folder_that_can_t_be_is_a_sentence_and_leaves_nothing(tmp_path, capsys, name, said):
    assert main(["pack", "new", str(tmp_path / name)]) == 1
    assert said in capsys.readouterr().err and list(tmp_path.iterdir()) == []
    assert main(["pack", "check", str(tmp_path / ("x" * 300))]) == 1 and "Name another folder" in capsys.readouterr().err


def test_nothing_half_made_is_left_when_the_disk_fails(tmp_path, monkeypatch):
    done = []

    def failing(path, contents):
        done.append(path)
        if len(done) > 2:
            raise OSError(28, "No space left on device")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents)

    monkeypatch.setattr("course.packs.starting.replace_file", failing)
    with pytest.raises(PackError, match="can't be written .No space left on device"):
        new_pack(tmp_path / "boats")
    monkeypatch.undo()
    assert sorted(path.name for path in new_pack(tmp_path / "boats").iterdir())[0] == "README.txt"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_a_sentence(tmp_path):
    (tmp_path / "closed").mkdir(mode=0)
    for act in (new_pack, check_pack):
        with pytest.raises(PackError, match=r"can't be looked into .Permission denied."):
            act(tmp_path / "closed")


@pytest.mark.parametrize(("sheet", "line"), [("passage.csv", 2), ("key.csv", 3), ("pack.csv", 4), ("spans.csv", 3)])
def test_a_sheet_in_another_encoding_is_one_complaint(tmp_path, sheet, line):
    pack = new_pack(tmp_path / "boats", with_example=True, fills="cue-05")
    text = (pack / sheet).read_text("utf-8-sig").splitlines()
    (pack / sheet).write_bytes("\r\n".join(f"{one} “”" if number == line - 1 else one for number, one in enumerate(text)).encode("cp1252", "replace"))
    said = [str(one) for one in check_pack(pack, data=find_data()).report.complaints]
    assert len(said) == 1 and said[0].startswith(f"{sheet}, line ") and "its letters are not saved as UTF-8" in said[0]
