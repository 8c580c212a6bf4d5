"""Grades for Canvas: only what its importer knows, ids byte for byte, and nothing cleared that nobody meant to clear."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.exports import Asked, ExportError, Wanted, export_canvas
from course.exports.rules_canvas import canvas_complaints, changes, parse
from tests.graded_folders import ASKED, collected_file, csv_file, graded_folder, roster_file, wanted

HEADER = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Notes", "Voices (71)", "Cast doubt (72)", "Other (73)", "Essays Current Score (9)", "Final Score"]
POSSIBLE = ["    Points Possible", "", "", "", "", "", "10.00", "4.00", "1000.00", "(read only)", "(read only)"]
STUDENTS = {
    # learner: the student's cells, as Canvas exported them
    "ann": ["Moss, Ann", "501", "007", "ann", "Monday", "", "", "3.00", "1000.00", "90", "88"],
    "bo@example.org": ["Lind, Bo", "502", "0E5", "bo@example.org", "Monday", "", "", "", "", "", ""],
    "김": ["김서연", "503", "s-3", "", "Monday", "", "7.25", "2.00", "", "", ""],
    "=cy": ['=HYPERLINK("x")', "504", "+4", "=cy", "Monday", "", "", "1.00", "", "", ""],
}
TEST_STUDENT = ["Student, Test", "599", "", "f00", "Monday", "", "", "", "", "", ""]


def exported(path, *, header=HEADER, possible=POSSIBLE, students=STUDENTS, **form):
    """A gradebook as Canvas exports it."""
    return csv_file(path, [header, possible, *students.values(), TEST_STUDENT], **form)


@pytest.fixture
def graded(tmp_path):
    return graded_folder(tmp_path / "graded")


def export(tmp_path, graded, template=None, /, **options):
    template = template or exported(tmp_path / "canvas.csv")
    told = export_canvas(template, wanted(graded, **options), tmp_path / "out.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_bytes().decode("utf-8"), newline="")))
    return told, rows


def test_only_the_student_and_our_columns_are_written_and_ids_stay_as_they_are(tmp_path, graded):
    _, rows = export(tmp_path, graded)
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Voices (71)", "Cast doubt (72)"]
    assert rows[1] == ["    Points Possible", "", "", "", "", "10.00", "4.00"]
    assert rows[2] == ["Moss, Ann", "501", "007", "ann", "Monday", "8.5", "4"]
    assert [row[:5] for row in rows[3:]] == [STUDENTS[one][:5] for one in ("bo@example.org", "=cy")]


def test_a_blank_is_no_zero_and_clears_nothing(tmp_path, graded):
    told, rows = export(tmp_path, graded)
    by_id = {row[1]: row[5:] for row in rows}
    assert by_id["502"] == ["0", "2.67"], "a zero is written"
    assert "503" not in by_id, "nothing handed in and an answer to be read: nothing of ours, so the row stays out"
    assert by_id["504"] == ["10", "1.00"], "a file that can't be read leaves the score that Canvas has"
    assert "1 not handed in, left as it was" in told and "1 waiting for a person, left as it was (김)" in told
    assert "1 of a file that can't be read, left as it was (=cy)" in told and "1 in place of another score (ann)" in told


def test_waiting_totals_are_written_when_asked_for(tmp_path, graded):
    _, rows = export(tmp_path, graded, with_waiting=True)
    assert {row[1]: row[5:] for row in rows}["503"] == ["7.25", "1"]


def test_excused_is_ex_and_an_excuse_in_canvas_stays(tmp_path, graded):
    students = STUDENTS | {"ann": ["Moss, Ann", "501", "007", "ann", "Monday", "", "EX", "3.00", "", "", ""]}
    template = exported(tmp_path / "c.csv", students=students)
    (tmp_path / "excused.csv").write_text("learner,lesson\n=cy,02\n")
    told, rows = export(tmp_path, graded, template, excused=("bo@example.org:Voices", str(tmp_path / "excused.csv")))
    by_id = {row[1]: row[5:] for row in rows}
    assert (by_id["501"], by_id["502"], by_id["504"]) == (["EX", "4"], ["EX", "2.67"], ["10", "EX"])
    assert "1 excused there already, left so (ann)" in told and "1 excused (bo@example.org)" in told


@pytest.mark.parametrize(("who", "told"), [("zed:01", "no learner 'zed'"), ("ann:07", "no lesson '07'"), ("ann", "no learner ''")])
def test_an_excuse_that_fits_nobody_is_refused(tmp_path, graded, who, told):
    with pytest.raises(ExportError, match=told):
        export(tmp_path, graded, excused=(who,))
    assert not (tmp_path / "out.csv").exists()


def test_percent_is_the_share_on_the_columns_scale(tmp_path, graded):
    possible = [*POSSIBLE[:6], "100.00", "5.00", *POSSIBLE[8:]]
    template = exported(tmp_path / "c.csv", possible=possible)
    _, rows = export(tmp_path, graded, template, percent=True)
    assert {row[1]: row[5:] for row in rows[2:]} == {"501": ["85", "5"], "502": ["0", "3.34"], "504": ["100", "1.00"]}
    with pytest.raises(ExportError, match="01_voices is worth 10 points and the column 'Voices \\(71\\)' 100. Set the column to 10"):
        export(tmp_path, graded, template)


def test_a_column_is_named_by_header_or_id_and_never_guessed(tmp_path, graded):
    header = [title.replace("Voices", "Week 1").replace("Cast doubt", "Week 2") for title in HEADER]
    template = exported(tmp_path / "c.csv", header=header)
    with pytest.raises(ExportError, match="No lesson has a column in Canvas's file. Its columns are: Week 1 \\(71\\), Week 2"):
        export(tmp_path, graded, template)
    told, rows = export(tmp_path, graded, template, columns=("01=Week 1 (71)",))
    assert rows[0][5:] == ["Week 1 (71)"] and "Left out, since no column has their title: 02_doubt (Cast doubt)." in told
    assert export(tmp_path, graded, template, columns=("Voices=(71)", "02_doubt=Week 2"))[1][0][5:] == ["Week 1 (71)", "Week 2 (72)"]


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("01=Voices (79)", "no column 'Voices \\(79\\)'"), ("09=Voices", "no lesson '09'"), ("Voices", "can't be understood"),
        ("01=Cast doubt", "would both go|01_voices and 02_doubt|no column"),
    ],
)
def test_a_column_that_cannot_be_meant_is_refused(tmp_path, graded, column, told):
    with pytest.raises(ExportError, match=told):
        export(tmp_path, graded, columns=(column, "02=Cast doubt"))


def test_two_columns_of_one_title_are_left_out_with_both_named(tmp_path, graded):
    told, rows = export(tmp_path, graded, exported(tmp_path / "c.csv", header=[*HEADER[:8], "Lesson 1: Voices (73)", *HEADER[9:]]))
    assert rows[0][5:] == ["Cast doubt (72)"]
    assert "01_voices was left out: several columns have its title: Voices (71), Lesson 1: Voices (73)." in told


def test_a_title_without_an_id_makes_a_new_assignment_only_when_named(tmp_path, graded):
    told, rows = export(tmp_path, graded, columns=("01=Voices of the week",))
    assert rows[0][5:] == ["Voices of the week", "Cast doubt (72)"] and rows[1][5:] == ["10", "4.00"]
    assert "Canvas will ask what 'Voices of the week' is" in told


@pytest.mark.parametrize("title", ["Final Score essay", "My Current Grade", "Override Status (5)"])
def test_titles_that_canvas_ignores_are_refused_with_a_sentence(tmp_path, graded, title):
    header = [*HEADER[:6], f"{title} (71)", *HEADER[7:]]
    with pytest.raises(ExportError, match="Canvas ignores every column with .* Rename the assignment"):
        export(tmp_path, graded, exported(tmp_path / "c.csv", header=header), columns=("01=(71)",))
    with pytest.raises(ExportError, match="Canvas ignores every column|no column"):
        export(tmp_path, graded, columns=(f"01={title}",))


def test_read_only_columns_are_no_columns_for_grades(tmp_path, graded):
    possible = [*POSSIBLE[:6], "10.00 (read only)", *POSSIBLE[7:]]
    told, rows = export(tmp_path, graded, exported(tmp_path / "c.csv", possible=possible))
    assert rows[0][5:] == ["Cast doubt (72)"] and "01_voices (Voices)" in told


def test_learners_are_joined_by_ids_then_by_a_name_that_only_one_bears(tmp_path, graded):
    students = {
        "by canvas id": ["Nobody, A", "501", "", "", "M", "", "", "", "", "", ""], "by sis id": ["Nobody, B", "502", "S-2", "", "M", "", "", "", "", "", ""],
        "by name": ["Moss, Ann", "503", "", "", "M", "", "", "", "", "", ""], "stranger": ["Zed", "505", "", "", "M", "", "", "", "", "", ""],
    }
    roster = roster_file(tmp_path / "roster.csv", canvas={"=cy": "501"}, sis={"bo@example.org": "s-2"})
    told, rows = export(tmp_path, graded, exported(tmp_path / "c.csv", students=students), roster=roster)
    assert {row[1]: row[5] for row in rows[2:]} == {"501": "10", "502": "0", "503": "8.5"}
    assert "In the gradebook and in no row of Canvas's file: 김." in told and "left as they are: Zed (505)." in told


def test_who_could_be_two_is_nobody(tmp_path, graded):
    # One row has the login of ann, another the number that the roster has for her.
    twin = ["Moss, Ann", "509", "", "", "M", "", "", "", "", "", ""]
    told, rows = export(tmp_path, graded, exported(tmp_path / "c.csv", students=STUDENTS | {"twin": twin}), roster=roster_file(tmp_path / "r.csv", canvas={"ann": "509"}))
    assert "none was taken: ann (Moss, Ann (501) / Moss, Ann (509))." in told and not {"501", "509"} & {row[1] for row in rows}
    same = graded_folder(tmp_path / "two", {"x": ("1", "1"), "y": ("2", "2"), "ann": ("3", "3")}, {"x": "Bo Lind", "y": "Bo Lind"})
    told, rows = export(tmp_path, same)
    assert "Several learners lay claim to one row, so none got it: x (Lind, Bo (502)), y (Lind, Bo (502))" in told and [row[1] for row in rows[2:]] == ["501"]


def test_a_name_does_not_join_against_an_id(tmp_path, graded):
    told, rows = export(tmp_path, graded, exported(tmp_path / "c.csv", students=STUDENTS | {"ann": ["Moss, Ann", "501", "", "", "M", *[""] * 6]}),
                        roster=roster_file(tmp_path / "r.csv", canvas={"ann": "777"}))
    assert "no row of Canvas's file: ann" in told and "501" not in {row[1] for row in rows}


def test_what_canvas_said_of_the_sender_joins_unless_another_id_speaks_against_it(tmp_path, graded):
    sent = [("=cy", "505"), ("ann", "502"), ("bo@example.org", "502")]
    collected_file(graded, [{"file": f"{learner}.jsonl", "platform": "canvas", "sender": sender, "learner": learner, "outcome": "counted"} for learner, sender in sent])
    students = STUDENTS | {"=cy": ["Else, Somebody", "505", "", "", "M", *[""] * 6]}
    told, rows = export(tmp_path, graded, exported(tmp_path / "c.csv", students=students))
    assert {row[1]: row[5] for row in rows[2:]} == {"501": "8.5", "502": "0", "505": "10"}, "a sender of two names joins neither"
    collected_file(graded, [{"file": "ann.jsonl", "platform": "canvas", "sender": "502", "learner": "ann", "outcome": "counted"}])
    told, rows = export(tmp_path, graded, exported(tmp_path / "c.csv"))
    assert "none was taken: ann (Moss, Ann (501) / Lind, Bo (502))." in told and {row[1] for row in rows[2:]} == {"504"}


def test_rows_that_are_no_students_stay_out_and_learners_without_anything_are_not_missed(tmp_path, graded):
    posting = ["", "", "", "", "", "", "Manual Posting", " ", "", "", ""]
    template = csv_file(tmp_path / "c.csv", [HEADER, posting, POSSIBLE, *STUDENTS.values(), TEST_STUDENT])
    told, rows = export(tmp_path, graded, template, only=("01",))
    assert [row[1] for row in rows] == ["ID", "", "501", "502", "504"]
    told, _ = export(tmp_path, graded, exported(tmp_path / "c2.csv", students={"ann": STUDENTS["ann"]}), only=("01",))
    assert "no row of Canvas's file: bo@example.org, =cy." in told, "김 handed in nothing"


def test_a_name_that_would_steer_the_terminal_is_shown_without_that(tmp_path, graded):
    told, _ = export(tmp_path, graded, exported(tmp_path / "c.csv", students=STUDENTS | {"zed": ["\x1b[2JZed\u202e", "505", "", "", "M", *[""] * 6]}))
    assert "Zed" in told and "\x1b" not in told and "\u202e" not in told


@pytest.mark.parametrize("form", [{"encoding": "utf-8-sig"}, {"delimiter": ";"}, {"line_end": "\r\n"}])
def test_the_form_of_the_file_stays_but_for_the_mark_of_utf8(tmp_path, graded, form):
    template = exported(tmp_path / "c.csv", **form)
    export_canvas(template, wanted(graded), tmp_path / "out.csv")
    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"Student") and raw.split(b"ID")[0][-1:] == form.get("delimiter", ",").encode()
    assert raw.endswith(form.get("line_end", "\n").encode()) and changes(raw, template.read_bytes())["501", "Voices (71)"] == "8.5"


def test_first_and_last_names_in_two_columns_are_read(tmp_path, graded):
    rows = [["LastName", "FirstName", "ID", "SIS Login ID", "Section", "Voices (71)"], ["    Points Possible", "", "", "", "", "10"], ["Moss", "Ann", "501", "", "M", ""]]
    template = csv_file(tmp_path / "c.csv", rows, encoding="utf-8-sig")
    _, written = export(tmp_path, graded, template)
    assert written[2] == ["Moss", "Ann", "501", "", "M", "8.5"]


BROKEN = {
    # what is wrong with the template: (its rows, what is told)
    "no gradebook": ([["a", "b"], ["1", "2"]], "no gradebook of Canvas"),
    "no points possible": ([HEADER, STUDENTS["ann"]], "0 rows Points Possible"),
    "an id as a spreadsheet writes it": ([HEADER, POSSIBLE, ["Moss, Ann", "5.01E+05", *STUDENTS["ann"][2:]]], "a spreadsheet has changed it"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_damaged_template_is_a_sentence(tmp_path, graded, name):
    rows, told = BROKEN[name]
    with pytest.raises(ExportError, match=told):
        export(tmp_path, graded, csv_file(tmp_path / "c.csv", rows))
    assert not (tmp_path / "out.csv").exists()


def test_the_template_is_never_written_over_and_excel_files_are_refused(tmp_path, graded):
    template = exported(tmp_path / "canvas.csv")
    with pytest.raises(ExportError, match="stays as it is"):
        export_canvas(template, wanted(graded), template)
    (tmp_path / "x.csv").write_bytes(b"PK\x03\x04")
    with pytest.raises(ExportError, match="no CSV file"):
        export_canvas(tmp_path / "x.csv", wanted(graded), tmp_path / "out.csv")
    (tmp_path / "y.csv").write_bytes("Student,ID,Section,Größe (1)\n".encode("cp1252"))
    with pytest.raises(ExportError, match="Download it from Canvas again"):
        export_canvas(tmp_path / "y.csv", wanted(graded), tmp_path / "out.csv")


def test_a_gradebook_of_other_questions_is_refused(tmp_path, graded):
    asked = (ASKED[0], Asked("02_doubt", "Cast doubt", ("b-1", "b-2"), Decimal(5)))
    with pytest.raises(ExportError, match="made with other questions than these"):
        export_canvas(exported(tmp_path / "c.csv"), Wanted(graded, asked), tmp_path / "out.csv")
    worth = (ASKED[0], Asked("02_doubt", "Cast doubt", ("b-1",), Decimal(6)))
    with pytest.raises(ExportError, match="out of 14 points, and the lessons are now worth 16"):
        export_canvas(exported(tmp_path / "c.csv"), Wanted(graded, worth), tmp_path / "out.csv")


WRONG = {
    # what a file does that nobody means: (how it is made from a good one, what the checker says)
    "a new assignment": (lambda text: text.replace("(71)", "(79)"), "would become a new assignment"),
    "a new student": (lambda text: text.replace(",501,", ",500,"), "no student with the ID '500'"),
    "a cleared score": (lambda text: text.replace("ann,Monday,8.5,4", "ann,Monday,8.5,"), "the score 3.00 of the student 501 in 'Cast doubt (72)' would be cleared"),
    "a separator of thousands": (lambda text: text.replace("8.5", '"1,234"'), "'1.234' of the student 501"),
    "three decimals": (lambda text: text.replace("8.5", "8.512"), "is no score"),
    "words": (lambda text: text.replace("8.5", "good"), "is no score"),
    "other points": (lambda text: text.replace("10.00", "12.00"), "points to be had in 'Voices (71)' would change"),
    "no points": (lambda text: text.replace("    Points Possible,,,,,10.00,4.00\n", ""), "Points Possible is missing"),
    "a total": (lambda text: text.replace("Voices (71)", "Final Score (71)"), "Canvas ignores the column"),
    "a changed name": (lambda text: text.replace("007", "7"), "SIS User ID of the student 501 is not as Canvas wrote it"),
    "a student twice": (lambda text: text + text.splitlines()[2] + "\n", "stands in it twice"),
    "a column twice": (lambda text: text.replace("Cast doubt (72)", "Voices (71)"), "the column 'Voices (71)' stands in it twice"),
    "no section": (lambda text: text.replace("Section", "Group"), "first line is not"),
    "a mark before LastName": (lambda text: "\ufeff" + text.replace("Student,ID,SIS User ID", "LastName,FirstName,ID"), "first line is not"),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_checker_finds_what_canvas_would_do_wrong(tmp_path, graded, name):
    template = exported(tmp_path / "canvas.csv")
    export_canvas(template, wanted(graded), tmp_path / "out.csv")
    good = (tmp_path / "out.csv").read_text("utf-8")
    assert canvas_complaints(good.encode(), template.read_bytes()) == []
    spoil, told = WRONG[name]
    assert spoil(good) != good
    assert told in " ".join(canvas_complaints(spoil(good).encode(), template.read_bytes()))


def test_the_command_leaves_no_file_that_the_checker_refuses(tmp_path, graded, monkeypatch):
    monkeypatch.setattr("course.exports.canvas.canvas_complaints", lambda *_: ["one thing.", "another."])
    with pytest.raises(ExportError, match="out.csv was not written, since Canvas would not take it as it is meant: one thing. There are 1 more"):
        export(tmp_path, graded)
    assert not (tmp_path / "out.csv").exists()


totals = st.one_of(st.just(""), st.just("malformed"), st.decimals(0, 4, places=2).map(lambda one: f"{one.normalize():f}"), st.decimals(0, 4, places=2).map("{}w".format))
names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(lambda name: name.strip() and "Points Possible" not in name)
scores = st.sampled_from(["", "3.00", "0.00", "EX", "N/A"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(totals, totals, names, scores, scores), min_size=1, max_size=6), st.sampled_from(",;"))
def test_what_canvas_would_read_is_our_gradebook(tmp_path_factory, rows, delimiter):
    folder = tmp_path_factory.mktemp("round")
    learners = {f"l{number}": row for number, row in enumerate(rows)}
    graded = graded_folder(folder / "graded", {learner: row[:2] for learner, row in learners.items()}, {})
    students = {learner: [row[2], f"{600 + number}", "", learner, "M", "", row[3], row[4], "", "", ""] for number, (learner, row) in enumerate(learners.items())}
    template = exported(folder / "canvas.csv", students=students, delimiter=delimiter)
    export_canvas(template, wanted(graded), folder / "out.csv")
    written = parse((folder / "out.csv").read_bytes()).students
    for number, row in enumerate(learners.values()):
        for place, title in enumerate(("Voices (71)", "Cast doubt (72)")):
            before, total = row[3 + place], row[place]
            ours = total not in ("", "malformed") and not total.endswith("w") and before != "EX"
            read = written.get(f"{600 + number}", {}).get(title, before)
            assert Decimal(read) == Decimal(total) if ours else read == before
