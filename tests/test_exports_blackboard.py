"""Grades for Blackboard: every cell in quotation marks, columns by their numbers, and the encoding as it came."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.exports import ExportError, export_blackboard
from course.exports.rules_blackboard import blackboard_complaints
from tests.graded_folders import csv_file, graded_folder, roster_file, wanted
from tests.importers import blackboard_scores

HEADER = ["Last Name", "First Name", "Username", "Student ID", "Last Access", "Availability", "Total [Total Pts: up to 14 Score] |1", "Voices [Total Pts: 10 Score] |664617",
          "Cast doubt [Total Pts: 4] |664618", "Cast doubt"]
ROWS = [["Moss", "Ann", "ann", "001", "", "Yes", "", "", "3", ""], ["Lind", "Bo", "bo", "002", "", "Yes", "", "Needs Grading", "", ""],
        ["=김", "서연", "k3", "김", "", "Yes", "", "7.5", "", ""], ["Zed", "Zoe", "zz", "009", "", "Yes", "", "", "", ""]]
FORMS = [("utf-8-sig", ","), ("utf-8", ","), ("utf-8", "\t"), ("utf-16-le", "\t"), ("utf-16-be", "\t")]
MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@pytest.fixture
def graded(tmp_path):
    return graded_folder(tmp_path / "graded")


def exported(path, rows=ROWS, encoding="utf-8-sig", delimiter=","):
    """A gradebook as Blackboard downloads it."""
    csv_file(path, [HEADER, *rows], encoding=encoding, delimiter=delimiter, line_end="\r\n", quoted=True)
    path.write_bytes(MARKS.get(encoding, b"") + path.read_bytes())
    return path


@pytest.mark.parametrize(("encoding", "delimiter"), FORMS)
def test_only_names_and_our_columns_in_the_form_of_the_file(tmp_path, graded, encoding, delimiter):
    template = exported(tmp_path / "gc.csv", encoding=encoding, delimiter=delimiter)
    told = export_blackboard(template, wanted(graded), tmp_path / "out.csv")
    raw = (tmp_path / "out.csv").read_bytes()
    text = raw.removeprefix(MARKS.get(encoding, b"")).decode(encoding)
    assert raw.startswith(MARKS.get(encoding, b"")) and text.startswith('"Last Name"')
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) == [
        ["Last Name", "First Name", "Username", HEADER[7], HEADER[8]], ["Moss", "Ann", "ann", "8.5", "4"], ["Lind", "Bo", "bo", "0", "2.67"]]
    assert "1 in place of another score (ann)" in told and "no row of Blackboard's file: =cy" in told and "left as they are: Zoe Zed." in told


@pytest.mark.parametrize(("people", "total", "added_up"), [
    (("Nachname", "Vorname", "Benutzername"), "Gesamtpunkte", "bis zu"), (("Nom", "Prénom", "Nom d’utilisateur"), "Nombre total de points", "jusqu'à"),
    (("Apellidos", "Nombre", "Nombre de usuario"), "Puntos totales", "hasta"),
])
def test_a_gradebook_in_the_language_of_the_course(tmp_path, graded, people, total, added_up):
    header = [*people, *HEADER[3:6], *(one.replace("Total Pts: up to", f"{total}: {added_up}").replace("Total Pts", total) for one in HEADER[6:])]
    template = csv_file(tmp_path / "gc.csv", [header, *ROWS], encoding="utf-8-sig", quoted=True)
    export_blackboard(template, wanted(graded), tmp_path / "out.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert rows == [[*people, header[7], header[8]], ["Moss", "Ann", "ann", "8.5", "4"], ["Lind", "Bo", "bo", "0", "2.67"]]
    with pytest.raises(ExportError, match="no column 'Total'"):
        export_blackboard(template, wanted(graded, columns=("01=Total",)), tmp_path / "out2.csv")
    export_blackboard(template, wanted(graded), tmp_path / "out.csv")


def test_a_gradebook_of_two_languages_is_refused(tmp_path, graded):
    template = csv_file(tmp_path / "gc.csv", [["Nachname", "Vorname", "Benutzername", *HEADER], *(["", "", "", *row] for row in ROWS)], encoding="utf-8-sig", quoted=True)
    with pytest.raises(ExportError, match="its columns could be those of two languages"):
        export_blackboard(template, wanted(graded), tmp_path / "out.csv")


def test_what_stood_there_stays_where_we_have_nothing(tmp_path, graded):
    export_blackboard(exported(tmp_path / "gc.csv"), wanted(graded, with_waiting=True), tmp_path / "out.csv")
    assert blackboard_scores((tmp_path / "out.csv").read_bytes())["k3", "664617"] == "7.5"


def test_a_column_is_named_by_its_number_and_percent_keeps_the_share(tmp_path, graded):
    template = exported(tmp_path / "gc.csv")
    export_blackboard(template, wanted(graded, only=("02",), columns=("02=664617",), percent=True), tmp_path / "out.csv")
    scores = blackboard_scores((tmp_path / "out.csv").read_bytes())
    assert scores == {("ann", "664617"): "10", ("bo", "664617"): "6.68"}
    with pytest.raises(ExportError, match="no column 'Total'"):
        export_blackboard(template, wanted(graded, columns=("01=Total",)), tmp_path / "out2.csv")


def test_learners_are_joined_by_username_or_student_number(tmp_path, graded):
    roster = roster_file(tmp_path / "r.csv", login={"=cy": "ZZ"}, number={"ann": "002", "bo@example.org": "001"})
    told = export_blackboard(exported(tmp_path / "gc.csv"), wanted(graded, roster=roster), tmp_path / "out.csv")
    scores = blackboard_scores((tmp_path / "out.csv").read_bytes())
    assert scores["zz", "664617"] == "10"
    assert "none was taken: ann (Ann Moss / Bo Lind)" in told, "the username and the number of ann are those of two rows"


def test_excused_is_told_and_left(tmp_path, graded):
    told = export_blackboard(exported(tmp_path / "gc.csv"), wanted(graded, excused=("ann:02",)), tmp_path / "out.csv")
    assert blackboard_scores((tmp_path / "out.csv").read_bytes())["ann", "664618"] == "3" and "set Exempt in Blackboard" in told


def test_a_file_that_is_none_of_blackboards_is_a_sentence(tmp_path, graded):
    with pytest.raises(ExportError, match="needs the columns Last Name, First Name, Username"):
        export_blackboard(csv_file(tmp_path / "x.csv", [["a", "b"], ["1", "2"]]), wanted(graded), tmp_path / "out.csv")
    with pytest.raises(ExportError, match="There is no lesson|can't be read"):
        export_blackboard(tmp_path / "gone.csv", wanted(graded), tmp_path / "out.csv")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (("|664617", ""), "would become a new one worth nothing"), (('"ann"', "ann"), "not every cell"), (('"ann"', '"nobody"'), "the row of 'nobody' is not one"),
        (('"4"', '""'), "would clear one"), (('"4"', '"4.125"'), "is no score"), (('"Moss"', '"Moos"'), "the row of 'ann' is not one"),
        (('"bo"', '"ann"'), "username stands in it twice"), (("\ufeff", ""), "not written in the encoding"), (('"First Name",', ""), "its columns are not"),
    ],
)
def test_the_checker_finds_what_blackboard_would_do_wrong(tmp_path, graded, spoil, told):
    template = exported(tmp_path / "gc.csv")
    export_blackboard(template, wanted(graded), tmp_path / "out.csv")
    good = (tmp_path / "out.csv").read_bytes().decode("utf-8")
    assert blackboard_complaints(good.encode(), template.read_bytes()) == []
    bad = good.replace(*spoil, 1)
    assert bad != good and told in " ".join(blackboard_complaints(bad.encode(), template.read_bytes()))


totals = st.one_of(st.sampled_from(["", "malformed", "1w"]), st.decimals(0, 4, places=2).map(lambda one: f"{one.normalize():f}"))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(totals, totals, st.sampled_from(["", "2", "In Progress"])), min_size=1, max_size=5), st.sampled_from(FORMS))
def test_what_blackboard_would_read_is_our_gradebook(tmp_path_factory, told, form):
    folder = tmp_path_factory.mktemp("round")
    graded = graded_folder(folder / "graded", {f"l{number}": row[:2] for number, row in enumerate(told)}, {})
    rows = [["L", "F", f"l{number}", "", "", "", "", row[2], row[2], ""] for number, row in enumerate(told)]
    export_blackboard(exported(folder / "gc.csv", rows, *form), wanted(graded), folder / "out.csv")
    read = blackboard_scores((folder / "out.csv").read_bytes())
    for number, row in enumerate(told):
        for total, column in zip(row, ("664617", "664618")):
            score = read.get((f"l{number}", column), row[2])
            assert score == row[2] if total in ("", "malformed", "1w") else Decimal(score) == Decimal(total)
