"""Grades for Moodle: a worksheet in which only grades change, and a table that its importer takes whole."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.exports import Asked, ExportError, Wanted, export_moodle
from course.exports.rules_moodle import gradebook_complaints, worksheet_complaints
from tests.graded_folders import ASKED, collected_file, csv_file, graded_folder, roster_file, wanted
from tests.importers import gradebook_grades, worksheet_grades

HEADER = ["Identifier", "Full name", "Email address", "ID number", "Status", "Grade", "Maximum grade", "Grade can be changed", "Last modified (submission)",
          "Last modified (grade)", "Feedback comments"]


def row(number, name, email="", student="", grade="", most="10.00", free="Yes", comment=""):
    """One row of a worksheet as Moodle hands it out."""
    return [f"Teilnehmer/in {number}", name, email, student, "Submitted for grading - ", grade, most, free, "Monday, 2 March 2026, 10:00 AM", "-", comment]


ROWS = [row(7001, "Ann Moss", "ann"), row(7002, "Bo Lind", "BO@example.org", grade="3.00"), row(7003, "=김서연", "", "김"), row(7004, "Zed", "zed@example.org")]


@pytest.fixture
def graded(tmp_path):
    return graded_folder(tmp_path / "graded")


def sheet(path, rows=ROWS, header=HEADER, **form):
    return csv_file(path, [header, *rows], **{"encoding": "utf-8-sig", **form})


def read(path, delimiter=","):
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=delimiter))


def fill(tmp_path, graded, template=None, /, comment="", **options):
    template = template or sheet(tmp_path / "sheet.csv")
    told = export_moodle(template, wanted(graded, **{"only": ("01",), **options}), tmp_path / "out.csv", comment=comment)
    return told, read(tmp_path / "out.csv")


def test_in_a_worksheet_only_grades_change(tmp_path, graded):
    told, rows = fill(tmp_path, graded)
    assert rows[0] == HEADER and [one[5] for one in rows[1:]] == ["8.5", "0", "", ""]
    assert [one[:5] + one[6:] for one in rows[1:]] == [one[:5] + one[6:] for one in ROWS]
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "1 in place of another score (bo@example.org)" in told and "1 not handed in" in told
    assert "In the gradebook and in no row of Moodle's file: =cy." in told and "left as they are: Zed." in told


def test_a_grade_that_moodle_has_is_never_emptied(tmp_path, graded):
    _, rows = fill(tmp_path, graded, sheet(tmp_path / "s.csv", [row(7003, "김서연", grade="5.00", most="4.00"), row(7005, "Cy O'Neil", student="=cy", grade="6.00", most="4.00")]), only=("02",), percent=True)
    assert [one[5] for one in rows[1:]] == ["5.00", "6.00"]


def test_comments_go_only_where_there_is_none_and_a_grade_is_written(tmp_path, graded):
    rows = [row(7001, "Ann Moss", comment="Well done"), row(7002, "Bo Lind"), row(7003, "김서연")]
    _, written = fill(tmp_path, graded, sheet(tmp_path / "s.csv", rows), comment="See the page, please.")
    assert [one[10] for one in written[1:]] == ["Well done", "See the page, please.", ""]
    (tmp_path / "out.csv").unlink()
    told, _ = fill(tmp_path, graded, sheet(tmp_path / "s.csv", [one[:10] for one in rows], HEADER[:10]), comment="See")
    assert "the worksheet has no column Feedback comments" in told


def test_a_locked_grade_is_left_alone(tmp_path, graded):
    told, rows = fill(tmp_path, graded, sheet(tmp_path / "s.csv", [row(7001, "Ann Moss", grade="1.00", free="No")]))
    assert rows[1][5] == "1.00" and "Locked in Moodle and left as they are: ann" in told


def test_under_hidden_names_the_number_of_the_hand_in_joins(tmp_path, graded):
    blind = [HEADER[0], *HEADER[4:]]
    rows = [[one[0], *one[4:]] for one in (row(8001, ""), row(8002, ""), row(8003, ""))]
    found = [("ann", "8001", "01_voices"), ("bo@example.org", "8003", "01_voices"), ("=cy", "8002", "02_doubt")]
    collected_file(graded, [{"file": name, "platform": "moodle", "sender": name, "learner": learner, "lesson": lesson, "outcome": "counted"} for learner, name, lesson in found])
    _, written = fill(tmp_path, graded, csv_file(tmp_path / "s.csv", [blind, *rows]))
    assert [one[2] for one in written[1:]] == ["8.5", "", "0"], "the number of another assignment joins nobody"


@pytest.mark.parametrize("title", ["Maximum Grade", "Maximum grade", "MAXIMUM GRADE"])
def test_another_maximum_is_refused_or_shared(tmp_path, graded, title):
    header = [title if one == "Maximum grade" else one for one in HEADER]
    template = sheet(tmp_path / "s.csv", [row(7001, "Ann Moss", most="50.00")], header)
    with pytest.raises(ExportError, match="01_voices is worth 10 points and the column 'Grade' 50"):
        fill(tmp_path, graded, template)
    assert fill(tmp_path, graded, template, percent=True)[1][1][5] == "42.5"


def test_numbers_have_the_comma_of_the_worksheet(tmp_path, graded):
    _, rows = fill(tmp_path, graded, sheet(tmp_path / "s.csv", [row(7001, "Ann Moss", most="10,00")]))
    assert rows[1][5] == "8,5"


# The worksheet's own words by Moodle's language packs: who, what a person is called, the grade, the most, whether it can be changed, when it was.
LANGUAGES = {
    "de": ("ID", "Vollständiger Name", "E-Mail-Adresse", "ID-Nummer", "Status", "Bewertung", "Bestwertung", "Bewertung kann geändert werden", "Zuletzt geändert (Abgabe)",
           "Zuletzt geändert (Bewertung)"),
    "fr": ("Identifiant", "Nom complet", "Adresse de courriel", "Numéro d’identification", "Statut", "Note", "Note maximale", "La note peut être modifiée",
           "Dernière modification (travail remis)", "Dernière modification (note)"),
    "es": ("Identificador", "Nombre completo", "Dirección de correo", "Número de ID", "Estatus", "Calificación", "Calificación máxima", "La calificación puede ser cambiada",
           "Última modificación (entrega)", "Última modificación (calificación)"),
}


@pytest.mark.parametrize(("language", "no"), [("de", "Nein"), ("fr", "Non"), ("es", "No")])
def test_a_worksheet_in_the_language_of_the_teacher(tmp_path, graded, language, no):
    header = list(LANGUAGES[language])
    rows = [row(7001, "Ann Moss", "ann", most="10,00")[:10], row(7002, "Bo Lind", "bo@example.org", grade="3,00", most="10,00", free=no)[:10], row(7003, "김", student="k3")[:10]]
    template = sheet(tmp_path / "s.csv", rows, header)
    told, written = fill(tmp_path, graded, template, comment="See")
    assert written[0] == header and [one[5] for one in written[1:]] == ["8,5", "3,00", ""]
    assert "Locked in Moodle and left as they are: bo@example.org" in told and "the worksheet has no column Feedback comments" in told
    spoilt = sheet(tmp_path / "bad.csv", [[cell.replace("8,5", "10,5") for cell in one] for one in written[1:]], header)
    assert "more than the maximum grade 10,00" in " ".join(worksheet_complaints(spoilt.read_bytes(), template.read_bytes()))


def test_a_worksheet_in_another_language_without_its_maximum_is_taken_for_one_with_a_scale(tmp_path, graded):
    header = [one.replace("Bestwertung", "Noten") for one in LANGUAGES["de"]]
    with pytest.raises(ExportError, match="graded with a scale"):
        fill(tmp_path, graded, sheet(tmp_path / "s.csv", [row(7001, "Ann Moss")[:10]], header))
    with pytest.raises(ExportError, match="lacks the column 'Zuletzt geändert \\(Bewertung\\)'.*in English, German, French or Spanish"):
        fill(tmp_path, graded, sheet(tmp_path / "s.csv", header=[one.replace("geändert (B", "bearbeitet (B") for one in LANGUAGES["de"]], rows=[row(7001, "Ann Moss")[:10]]))


def test_a_worksheet_of_two_languages_is_refused(tmp_path, graded):
    with pytest.raises(ExportError, match="columns of two languages.*Take out those that Moodle did not write"):
        fill(tmp_path, graded, sheet(tmp_path / "s.csv", [[*row(7001, "Ann Moss"), "1", "2"]], [*HEADER, "ID", "Bewertung"]))


@pytest.mark.parametrize("header", [
    ("Vorname", "Nachname", "Anmeldename", "E-Mail-Adresse"), ("Prénom", "Nom de famille", "Nom d'utilisateur", "Adresse de courriel"),
    ("Nombre", "Apellido(s)", "Nombre de usuario", "Dirección de correo"),
])
def test_participants_in_the_language_of_the_teacher_make_a_table_for_the_gradebook(tmp_path, graded, header):
    template = csv_file(tmp_path / "p.csv", [list(header), ["Ann", "Moss", "ann", "a@example.org"]])
    export_moodle(template, wanted(graded, only=("01",)), tmp_path / "out.csv")
    (titles, (who, grade)) = read(tmp_path / "out.csv")
    assert (titles[0], who, grade) == (header[2], "ann", "8.5")


def test_what_is_missing_is_a_sentence(tmp_path, graded):
    with pytest.raises(ExportError, match="worksheet of one assignment. Say of which lesson"):
        fill(tmp_path, graded, only=())
    with pytest.raises(ExportError, match="lacks the column 'Last modified \\(grade\\)'"):
        fill(tmp_path, graded, sheet(tmp_path / "s.csv", header=[one.replace("(grade)", "") for one in HEADER]))
    with pytest.raises(ExportError, match="graded with a scale"):
        fill(tmp_path, graded, sheet(tmp_path / "s.csv", header=[one.replace("Maximum grade", "Scale") for one in HEADER]))
    with pytest.raises(ExportError, match="--comment needs a grading worksheet"):
        fill(tmp_path, graded, csv_file(tmp_path / "p.csv", [["Username", "Email address"], ["ann", ""]]), comment="x")


SPOILT = {
    # what is wrong with a filled worksheet: (how it is made of a good one, what the checker says)
    "a row less": (lambda rows: rows[:-1], "not those of the worksheet"),
    "another column": (lambda rows: [[*one, ""] for one in rows], "not those of the worksheet"),
    "another order": (lambda rows: [rows[0], rows[2], rows[1], *rows[3:]], "changed in more than its grade"),
    "another time": (lambda rows: [[cell if cell != "-" else "now" for cell in one] for one in rows], "changed in more than its grade"),
    "too much": (lambda rows: [[cell.replace("8.5", "10.5") for cell in one] for one in rows], "more than the maximum grade 10.00"),
    "no number": (lambda rows: [[cell.replace("8.5", "A+") for cell in one] for one in rows], "'A+' of Teilnehmer/in 7001 is no grade"),
    "an emptied grade": (lambda rows: [rows[0], *([*one[:5], "", *one[6:]] for one in rows[1:])], "'' of Teilnehmer/in 7002 is no grade"),
    "an emptied comment": (lambda rows: [[cell.replace("kept", "") for cell in one] for one in rows], "comment that Teilnehmer/in 7004 has already would be overwritten"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_the_checker_finds_what_moodle_would_skip_or_lose(tmp_path, graded, name):
    template = sheet(tmp_path / "sheet.csv", [*ROWS[:3], row(7004, "Zed", comment="kept")])
    _, rows = fill(tmp_path, graded, template)
    assert worksheet_complaints((tmp_path / "out.csv").read_bytes(), template.read_bytes()) == []
    spoil, told = SPOILT[name]
    assert told in " ".join(worksheet_complaints(sheet(tmp_path / "bad.csv", spoil(rows)[1:], spoil(rows)[0]).read_bytes(), template.read_bytes()))


grades = st.one_of(st.sampled_from(["", "malformed", "3w"]), st.decimals(0, 10, places=2).map(lambda one: f"{one.normalize():f}"))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(grades, st.sampled_from(["", "2.00", "10.00"])), min_size=1, max_size=6), st.sampled_from(["10.00", "10,00"]))
def test_what_moodle_would_read_from_a_worksheet_is_our_gradebook(tmp_path_factory, told, most):
    folder = tmp_path_factory.mktemp("round")
    graded = graded_folder(folder / "graded", {f"l{number}": (total, "") for number, (total, _) in enumerate(told)}, {})
    template = sheet(folder / "sheet.csv", [row(9000 + number, "", f"l{number}", grade=grade, most=most) for number, (_, grade) in enumerate(told)])
    export_moodle(template, wanted(graded, only=("01",)), folder / "out.csv")
    expected = {f"{9000 + number}": Decimal(total) for number, (total, grade) in enumerate(told)
                if total not in ("", "malformed", "3w") and (grade == "" or Decimal(total) != Decimal(grade))}
    assert worksheet_grades((folder / "out.csv").read_bytes(), template.read_bytes()) == expected


PEOPLE = [["First name", "Last name", "Username", "Email address", "ID number"], ["Ann", "Moss", "ann", "a@example.org", ""],
          ["Bo", "Lind", "bo", "bo@example.org", "9"], ["서연", "김", "=k", "k@example.org", "김"], ["Zed", "Zed", "zed", "z@example.org", ""]]


def people(path, rows=PEOPLE):
    return csv_file(path, rows, encoding="utf-8-sig")


def test_a_lesson_becomes_a_table_for_the_import(tmp_path, graded):
    told = export_moodle(people(tmp_path / "p.csv"), wanted(graded, only=("02",)), tmp_path / "out.csv")
    assert read(tmp_path / "out.csv") == [["Username", "Cast doubt"], ["ann", "4"], ["bo", "2.67"]]
    assert "map the first column to the username" in told and "waiting for a person, left as it was (김)" in told


def test_where_cells_would_be_empty_each_lesson_has_its_own_file(tmp_path, graded):
    told = export_moodle(people(tmp_path / "p.csv"), wanted(graded, columns=("01=Week 1",), with_waiting=True), tmp_path / "out.csv")
    assert read(tmp_path / "out-01_voices.csv") == [["Username", "Week 1"], ["ann", "8.5"], ["bo", "0"]]
    assert read(tmp_path / "out-02_doubt.csv") == [["Username", "Cast doubt"], ["ann", "4"], ["bo", "2.67"], ["=k", "1"]]
    assert not (tmp_path / "out.csv").exists() and "Moodle clears the grade where a cell is empty" in told


def test_one_table_where_no_cell_is_empty_and_exported_grades_fill_the_gaps(tmp_path, graded):
    export = [["Email address", "Assignment: Voices (Real)", "Cast doubt (Real)"], ["bo@example.org", "-", "1.00"], ["k@example.org", "6.50", "2.00"]]
    template = people(tmp_path / "p.csv", export)
    roster = roster_file(tmp_path / "r.csv", email={"김": "k@example.org"})
    export_moodle(template, wanted(graded, with_waiting=True, roster=roster), tmp_path / "out.csv")
    assert read(tmp_path / "out.csv") == [["Email address", *export[0][1:]], ["bo@example.org", "0", "2.67"], ["k@example.org", "6.50", "1"]]
    with pytest.raises(ExportError, match="no column 'Other \\(1\\)'"):
        export_moodle(template, wanted(graded, columns=("01=Other (1)",)), tmp_path / "out.csv")


def test_users_are_known_by_a_column_that_names_each_once(tmp_path, graded):
    twice = [PEOPLE[0], *([*one[:2], "same", *one[3:]] for one in PEOPLE[1:])]
    export_moodle(people(tmp_path / "p.csv", twice), wanted(graded, only=("02",)), tmp_path / "out.csv")
    assert read(tmp_path / "out.csv")[0][0] == "Email address"
    with pytest.raises(ExportError, match="no column by which Moodle knows its users"):
        export_moodle(people(tmp_path / "n.csv", [one[:2] for one in PEOPLE]), wanted(graded), tmp_path / "out.csv")


def test_more_than_moodle_takes_is_refused(tmp_path):
    asked = (Asked("01_long", "Long", ("x",), Decimal(120)),)
    graded = graded_folder(tmp_path / "g", {"ann": ("110",)}, asked=asked)
    with pytest.raises(ExportError, match="takes no grade above 100 from a file. Use --percent"):
        export_moodle(people(tmp_path / "p.csv"), Wanted(graded, asked), tmp_path / "out.csv")
    export_moodle(people(tmp_path / "p.csv"), Wanted(graded, asked, percent=True), tmp_path / "out.csv")
    assert read(tmp_path / "out.csv")[1] == ["ann", "91.67"]


def test_nobody_matched_writes_nothing(tmp_path, graded):
    with pytest.raises(ExportError, match="no grade to write"):
        export_moodle(people(tmp_path / "p.csv", [["Username", "Email address"], ["x", "y"]]), wanted(graded), tmp_path / "out.csv")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("out")] == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (("ann", "nobody"), "no user 'nobody', or several, and would cancel the whole import"), (("ann", ""), "no user ''"), (("bo", "ann"), "'ann' stands in it 2 times"),
        (('"4"', '"4.5"'), "no grade from 0 to 4"), (('"4"', '"vier"'), "would cancel the whole import"), (('"4"', '""'), "of ann in 'Cast doubt' would be cleared"),
        (('"4"', '"-"'), "would be cleared"), (("Username", "User"), "its columns are not"), (('"4"', '"4","5"'), "has 3 cells and not 2"),
    ],
)
def test_the_checker_finds_what_would_cancel_an_import(tmp_path, graded, spoil, told):
    users = people(tmp_path / "p.csv")
    export_moodle(users, wanted(graded, only=("02",)), tmp_path / "out.csv")
    good = (tmp_path / "out.csv").read_text("utf-8")
    assert gradebook_complaints(good.encode(), users.read_bytes(), "Username", {"Cast doubt": Decimal(4)}) == []
    bad = good.replace(*spoil, 1)
    assert bad != good and told in " ".join(gradebook_complaints(bad.encode(), users.read_bytes(), "Username", {"Cast doubt": Decimal(4)}))


def test_a_row_without_a_user_counts_for_the_one_before(tmp_path):
    assert gradebook_grades(b'Username,A\nann,1\n,2\n') == {("ann", "A"): Decimal(2)}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(grades, st.sampled_from(["", "4", "0.5"])), min_size=1, max_size=6).filter(lambda told: any(total for row in told for total in row if total not in ("malformed", "3w"))))
def test_what_moodle_would_import_is_our_gradebook(tmp_path_factory, told):
    folder = tmp_path_factory.mktemp("round")
    graded = graded_folder(folder / "graded", {f"l{number}": pair for number, pair in enumerate(told)}, {})
    users = csv_file(folder / "p.csv", [["Username", "Surname"], *([f"l{number}", ""] for number in range(len(told)))])
    export_moodle(users, wanted(graded), folder / "out.csv")
    found = {}
    for path in folder.glob("out*.csv"):
        found |= gradebook_grades(path.read_bytes())
    expected = {(f"l{number}", asked.title): Decimal(total) for number, pair in enumerate(told) for asked, total in zip(ASKED, pair)
                if total not in ("", "malformed") and not total.endswith("w")}
    assert found == expected
