"""Where sheets and tables go, and for whom: a place that can't be had is told before anything is made."""

from __future__ import annotations

import pytest

from course.cli import main
from course.paper import PaperError, print_packets, read_entry, write_grid
from course.paper.plan import Wanted
from tests.hand_ins import read_table
from tests.small_content import write_small_content

TOO_LONG = "x" * 300


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = write_small_content(tmp_path / "data")
    monkeypatch.setenv("SAYSWHO_DATA", str(made))
    return made


@pytest.fixture
def roster(tmp_path):
    (tmp_path / "roster.csv").write_text("learner,name\nann,Ann\nbo,Bo\n0042,Cy\n", "utf-8")
    return tmp_path / "roster.csv"


@pytest.mark.usefixtures("data")
def test_a_file_where_a_folder_is_wanted_is_told_in_words_for_a_teacher(tmp_path):
    (tmp_path / "mine.txt").write_text("keep")
    write_grid(tmp_path / "entry.csv", Wanted())
    with pytest.raises(PaperError, match=r"mine.txt is a file. Name a folder: --out\."):
        print_packets(tmp_path / "mine.txt", Wanted())
    with pytest.raises(PaperError, match=r"mine.txt is a file. Name a folder: --out\."):
        read_entry([tmp_path / "entry.csv"], tmp_path / "mine.txt")
    with pytest.raises(PaperError, match=r"data is a folder. Name a new file: --out data.csv"):
        write_grid(tmp_path / "data", Wanted())
    assert (tmp_path / "mine.txt").read_text() == "keep"


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("command", [f"paper grid --out {TOO_LONG}.csv", f"paper print --out {TOO_LONG}", f"paper read {TOO_LONG} --out handins", f"paper read entry.csv --out {TOO_LONG}"])
def test_a_name_that_no_disk_takes_is_a_sentence(capsys, command):
    assert main("paper grid --out entry.csv".split()) == 0
    assert main(command.split()) == 1
    said = capsys.readouterr().err
    assert "xxx" in said and "File name too long" in said and "Free some space" not in said


@pytest.mark.usefixtures("data")
def test_the_table_can_be_made_for_some(tmp_path, roster, capsys):
    assert main(["paper", "grid", "--out", "all.csv", "--roster", str(roster)]) == 0
    assert "If only some answer on paper, make it for them: --learners ann bo" in capsys.readouterr().out
    assert main(["paper", "grid", "--out", "some.csv", "--roster", str(roster), "--learners", "bo", "42", "bo"]) == 0
    assert "If only some" not in capsys.readouterr().out
    assert list(dict.fromkeys(row["learner"] for row in read_table(tmp_path / "some.csv"))) == ["bo", "0042"]
    assert 3 * len(read_table(tmp_path / "some.csv")) == 2 * len(read_table(tmp_path / "all.csv"))
    with pytest.raises(PaperError, match=r"anne is not on the roster .*roster.csv. Did you mean ann\?"):
        write_grid(tmp_path / "none.csv", Wanted(), roster, ["anne"])
    write_grid(tmp_path / "free.csv", Wanted(), learners=["zoe"])
    assert {row["learner"] for row in read_table(tmp_path / "free.csv")} == {"zoe"}
