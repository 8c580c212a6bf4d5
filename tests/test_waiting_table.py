"""Answers that wait, as a table for whoever marks in a spreadsheet: filled in and read back it gives the marks that the desk would."""

from __future__ import annotations

import csv
import io

import pytest

from course.classroom import GradingError, grade
from course.classroom.desks import merge_marks, split_marks
from course.classroom.waiting_table import write_tables
from course.cli import main
from course.desk.lines import DeskError
from tests.hand_ins import answer, hand_in, read_table, small_catalogue
from tests.test_marks import HEADER, kit  # noqa: F401

HEAD = ["learner", "lesson", "item", "asked", "text", "words", "fits", "comment", "marker", "marked_text"]


def fill(path, levels, delimiter=",", encoding="utf-8-sig", **more):
    """Fill a table in as a spreadsheet does: a level by the learner or code of its row, and other cells for every row."""
    rows = read_table(path)
    for row in rows:
        row.update({"fits": levels.get(row["learner"], ""), **more})
    written = io.StringIO(newline="")
    table = csv.DictWriter(written, rows[0], delimiter=delimiter, lineterminator="\r\n")
    table.writeheader()
    table.writerows(rows)
    path.write_bytes(written.getvalue().encode(encoding))


def essays(kit, marks="marks.csv"):  # noqa: F811
    grade(kit / "h", kit / "roster.csv", kit / "g", marks=kit / marks, progress=False, anew=True)
    return {row["learner"]: row["fence-essay"] for row in read_table(kit / "g/gradebook.csv")}


def test_a_table_has_a_line_an_answer_and_empty_cells_for_the_levels(kit, capsys):  # noqa: F811
    assert main(["marks", "table", "h", "--roster", "roster.csv", "--out", "m"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == ["m/waiting.csv: 3 answers to mark.", "Fill in the columns between words and comment, then: sayswho marks merge m/waiting.csv --out marks.csv"]
    rows = read_table(kit / "m/waiting.csv")
    assert list(rows[0]) == HEAD and {row["learner"] for row in rows} == {"ann", "bo", "cy"}
    (row,) = [row for row in rows if row["learner"] == "bo"]
    assert (row["item"], row["asked"], row["text"], row["words"], row["fits"], row["comment"]) == ("fence-essay", "fits 0 to 2", "headline: bo on a fence", "4", "", "")


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_table_that_was_filled_in_becomes_marks(kit, delimiter):  # noqa: F811
    write_tables(kit / "h", kit / "roster.csv", kit / "m")
    fill(kit / "m/waiting.csv", {"ann": "2", "bo": "1,0" if delimiter == ";" else "1"}, delimiter, comment="Seen.")
    assert "marks.csv holds 2 marks of 2 answers. No two markers differ." in merge_marks([kit / "m/waiting.csv"], kit / "marks.csv")
    assert essays(kit) == {"ann": "2", "bo": "1", "cy": "needs a person"} and "Seen." in (kit / "g/feedback/cy.html").read_text()


def test_an_empty_table_gives_no_marks_and_no_complaint(kit):  # noqa: F811
    write_tables(kit / "h", kit / "roster.csv", kit / "m")
    assert "holds 0 marks of 0 answers" in merge_marks([kit / "m/waiting.csv"], kit / "marks.csv")
    assert set(essays(kit).values()) == {"needs a person"} and not [row for row in read_table(kit / "g/problems.csv") if row["file"] == "marks.csv"]


def test_a_blind_table_names_nobody_and_is_read_with_the_codes_that_stay_behind(kit):  # noqa: F811
    assert "keep it, and give the markers only their tables" in write_tables(kit / "h", kit / "roster.csv", kit / "m", blind=True)
    rows = read_table(kit / "m/waiting.csv")
    assert not {row["learner"] for row in rows} & {"ann", "bo", "cy"}
    code = {row["learner"]: row["code"] for row in read_table(kit / "m/codes.csv")}
    (kit / "back").mkdir()
    (kit / "m/waiting.csv").rename(kit / "back/waiting.csv")
    fill(kit / "back/waiting.csv", {code["bo"]: "2"})
    merge_marks([kit / "back/waiting.csv"], kit / "m/marks.csv")
    assert essays(kit, "m/marks.csv")["bo"] == "2"
    merge_marks([kit / "back/waiting.csv"], kit / "lost.csv")
    essays(kit, "lost.csv")
    assert [row["what"] for row in read_table(kit / "g/problems.csv") if row["file"] == "lost.csv"] == [f"marks are given to {code['bo']}, who is not in this class"]


def test_each_marker_gets_a_table_and_two_who_differ_are_told(kit, capsys):  # noqa: F811
    split_marks(kit / "h", kit / "roster.csv", ["AB", "CD"], kit / "m", double=1.0)
    capsys.readouterr()
    write_tables(kit / "h", kit / "roster.csv", kit / "m", blind=True)
    code = {row["learner"]: row["code"] for row in read_table(kit / "m/codes.csv")}
    for marker, level in (("AB", "2"), ("CD", "1")):
        assert {row["marker"] for row in read_table(kit / f"m/waiting-{marker}.csv")} == {marker}
        fill(kit / f"m/waiting-{marker}.csv", {code["bo"]: level})
    told = merge_marks([kit / "m/waiting-AB.csv", kit / "m/waiting-CD.csv"], kit / "m/marks.csv", prefer="CD")
    assert "Two markers differ 1 time (each of them decided)" in told and essays(kit, "m/marks.csv")["bo"] == "1"


def test_what_is_marked_already_is_left_out_and_a_later_hand_in_that_is_dealt_to_nobody_is_told(kit):  # noqa: F811
    split_marks(kit / "h", kit / "roster.csv", ["AB"], kit / "m")
    hand_in(kit / "h", "dee", answer(small_catalogue(kit), "fence-essay", {"headline": "late"}, name="e-dee"))
    (kit / "marks.csv").write_text(HEADER + "ann,fence-essay,fits,1,,\n")
    told = write_tables(kit / "h", kit / "roster.csv", kit / "m", marks=kit / "marks.csv")
    assert [row["learner"] for row in read_table(kit / "m/waiting-AB.csv")] in (["bo", "cy"], ["cy", "bo"])
    assert f"1 answer that {kit / 'm/assignments.csv'} does not deal: split again" in told


def test_a_table_that_somebody_filled_in_is_never_written_over(kit):  # noqa: F811
    write_tables(kit / "h", kit / "roster.csv", kit / "m")
    write_tables(kit / "h", kit / "roster.csv", kit / "m")
    fill(kit / "m/waiting.csv", {"ann": "2"})
    held = (kit / "m/waiting.csv").read_bytes()
    with pytest.raises(DeskError, match="is filled in already, and stays as it is"):
        write_tables(kit / "h", kit / "roster.csv", kit / "m")
    assert (kit / "m/waiting.csv").read_bytes() == held
    (kit / "m/waiting.csv").write_text("guests\nIda\n")
    with pytest.raises(DeskError, match="nothing in it shows that this command wrote it"):
        write_tables(kit / "h", kit / "roster.csv", kit / "m")


def test_what_a_learner_wrote_runs_nothing_in_a_spreadsheet_and_a_text_without_end_is_cut(kit):  # noqa: F811
    catalogue = small_catalogue(kit)
    hand_in(kit / "h", "ann", answer(catalogue, "fence-essay", {"": '=HYPERLINK("http://example.org")\u202e'}, name="e-ann"))
    hand_in(kit / "h", "bo", answer(catalogue, "fence-essay", {"headline": "word " * 9_000}, name="e-bo"))
    write_tables(kit / "h", kit / "roster.csv", kit / "m")
    rows = {row["learner"]: row for row in read_table(kit / "m/waiting.csv")}
    assert rows["bo"]["text"].endswith("(cut here; the hand-in holds all)") and rows["bo"]["words"] == "9000" and len(rows["bo"]["text"]) < 21_000
    assert not any(cell.startswith(("=", "+", "@")) or "\u202e" in cell for row in rows.values() for cell in row.values())


def test_a_cell_that_is_no_level_is_told_with_its_line_and_an_own_column_is_let_be(kit):  # noqa: F811
    write_tables(kit / "h", kit / "roster.csv", kit / "m")
    fill(kit / "m/waiting.csv", {"ann": "good", "bo": "9", "cy": "N/A"}, notes="mine")
    told = merge_marks([kit / "m/waiting.csv"], kit / "marks.csv")
    assert "good is no level of fits, which goes from 0 to 2" in told and "9 is no level of fits" in told and "waiting.csv, line " in told
    assert "mine" not in told and "cy" not in (kit / "marks.csv").read_text()


def test_a_level_in_a_table_is_for_the_text_that_stood_in_it(kit):  # noqa: F811
    write_tables(kit / "h", kit / "roster.csv", kit / "m")
    fill(kit / "m/waiting.csv", {"bo": "2"})
    merge_marks([kit / "m/waiting.csv"], kit / "marks.csv")
    hand_in(kit / "h", "bo", answer(small_catalogue(kit), "fence-essay", {"headline": "bo on a wall"}, name="e-bo", minute=5))
    assert essays(kit)["bo"] == "2"
    assert [row["learner"] for row in read_table(kit / "g/problems.csv") if row["what"].startswith("the answer was handed in anew")] == ["bo"]


def test_grading_with_the_table_itself_is_told_what_to_do(kit):  # noqa: F811
    write_tables(kit / "h", kit / "roster.csv", kit / "m")
    with pytest.raises(GradingError, match="Make marks of it first: sayswho marks merge"):
        essays(kit, "m/waiting.csv")


def test_where_nothing_waits_nothing_is_written(kit):  # noqa: F811
    (kit / "marks.csv").write_text(HEADER + "*,fence-essay,points,1,,\n")
    with pytest.raises(DeskError, match="waits for a person, so there is nothing to write"):
        write_tables(kit / "h", kit / "roster.csv", kit / "m", marks=kit / "marks.csv")
    assert not (kit / "m").exists()
