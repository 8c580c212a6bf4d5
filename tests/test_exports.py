"""What leaves the kit as a whole: the example class by the commands, every number the same from file to file."""

from __future__ import annotations

import csv
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from course.cli import main
from course.exports import ExportError
from course.exports.cells import excusals
from course.exports.columns import Target, match_columns
from course.exports.gradebook import ABSENT, SCORED, UNREADABLE, WAITING, read_gradebook
from course.exports.joining import Seat, join
from course.exports.rules_canvas import changes
from course.exports.rules_return import canvas_takes
from course.exports.tables import read_export
from course.exports.told import named
from course.roster import Person
from tests.graded_folders import ASKED, csv_file, graded_folder
from tests.hand_ins import read_table
from tests.importers import blackboard_scores, gradebook_grades, worksheet_grades

CLASS = Path(__file__).resolve().parent.parent / "data" / "example_class"


def run(capsys, *arguments):
    code = main([str(one) for one in arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The example class, graded by the command, and its learners in order."""
    folder = tmp_path_factory.mktemp("example")
    assert main(["grade", str(CLASS), "--roster", str(CLASS / "roster.csv"), "--out", str(folder / "graded")]) == 0
    return folder, read_table(folder / "graded" / "gradebook.csv")


def expected(rows, lesson, columns):
    """The totals of a lesson as they stand in gradebook.csv, without those that wait for a person."""
    return {row["learner"]: Decimal(row[f"{lesson} total"]) for row in rows if row[f"{lesson} total"] not in ("", "malformed") and "needs a person" not in [row[one] for one in columns]}


LESSONS = {
    # lesson: (its title, its points, the columns of it which may wait for a person)
    "01_who_is_speaking": ("Who is speaking?", "10", []), "02_whose_judgement": ("Whose judgement?", "12", []), "05_headline_and_lede": ("Headline, lede, body", "15", ["twelve-words"]),
}


def test_the_example_class_reaches_canvas_with_the_numbers_of_its_gradebook(capsys, example):
    folder, rows = example
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *(f"{title} ({number})" for number, (title, *_) in enumerate(LESSONS.values(), start=41)), "Final Score"]
    students = [[row["name"], f"{5000 + number}", "", row["learner"], "All", "", "", "", ""] for number, row in enumerate(rows)]
    template = csv_file(folder / "canvas.csv", [header, ["    Points Possible", "", "", "", "", *(f"{points}.00" for _, points, _ in LESSONS.values()), "(read only)"], *students])
    code, out, err = run(capsys, "export", "canvas", "--graded", folder / "graded", "--template", template, "--out", folder / "to-canvas.csv")
    assert (code, err) == (0, "") and out.startswith(f"{folder / 'to-canvas.csv'} is ready for Canvas")
    read = changes((folder / "to-canvas.csv").read_bytes(), template.read_bytes())
    for place, (lesson, (_, _, waits)) in enumerate(LESSONS.items(), start=5):
        told = {rows[int(student) - 5000]["learner"]: Decimal(score) for (student, title), score in read.items() if title == header[place]}
        assert told == expected(rows, lesson, waits) and len(told) < 44
    assert "38 waiting for a person" in out


def test_the_example_class_reaches_moodle_and_blackboard_with_the_same_numbers(capsys, example):
    folder, rows = example
    graded, right = folder / "graded", expected(rows, "01_who_is_speaking", [])
    sheet = csv_file(folder / "sheet.csv", [["Identifier", "ID number", "Grade", "Maximum Grade", "Last modified (grade)"], *([f"Participant {n}", row["learner"], "", "10.00", "-"] for n, row in enumerate(rows))])
    assert run(capsys, "export", "moodle", "--graded", graded, "--template", sheet, "--lesson", 1, "--out", folder / "to-sheet.csv")[0] == 0
    read = worksheet_grades((folder / "to-sheet.csv").read_bytes(), sheet.read_bytes())
    assert {rows[int(number)]["learner"]: grade for number, grade in read.items()} == right
    users = csv_file(folder / "users.csv", [["Username", "Last name"], *([row["learner"], row["name"]] for row in rows)])
    assert run(capsys, "export", "moodle", "--graded", graded, "--template", users, "--lesson", "01", "--out", folder / "to-moodle.csv")[0] == 0
    assert {user: grade for (user, _), grade in gradebook_grades((folder / "to-moodle.csv").read_bytes()).items()} == right
    center = csv_file(folder / "gc.csv", [["Last Name", "First Name", "Username", "Who is speaking? [Total Pts: 100 Score] |7"], *([row["name"], "", row["learner"], ""] for row in rows)], quoted=True)
    code, _, err = run(capsys, "export", "blackboard", "--graded", graded, "--template", center, "--percent", "--out", folder / "to-blackboard.csv")
    assert (code, err) == (0, "")
    assert {user: Decimal(score) for (user, _), score in blackboard_scores((folder / "to-blackboard.csv").read_bytes()).items()} == {user: grade * 10 for user, grade in right.items()}


def test_a_zip_of_canvas_goes_in_and_its_pages_come_back(capsys, tmp_path):
    roster = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Who is speaking? (41)"], ["    Points Possible", "", "", "", "", "10.00"]]
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        for number, path in enumerate(sorted(CLASS.glob("*--01_who_is_speaking.jsonl"))):
            learner = path.name.partition("--")[0]
            roster.append([learner, f"{5000 + number}", "", learner, "All", ""])
            archive.write(path, f"someone_{5000 + number}_{9000 + number}_{path.name}")
    csv_file(tmp_path / "canvas.csv", roster)
    assert run(capsys, "grade", tmp_path / "submissions.zip", "--roster", tmp_path / "canvas.csv", "--out", tmp_path / "graded")[0] == 0
    code, out, err = run(capsys, "return", tmp_path / "submissions.zip", "--graded", tmp_path / "graded", "--for", "canvas", "--out", tmp_path / "back.zip")
    assert (code, err) == (0, "") and "42 pages" in out
    takes = [canvas_takes(name) for name in zipfile.ZipFile(tmp_path / "back.zip").namelist()]
    assert sorted(takes) == [(f"{5000 + number}", f"{9000 + number}") for number in range(42)]
    code, out, err = run(capsys, "export", "canvas", "--graded", tmp_path / "graded", "--template", tmp_path / "canvas.csv", "--roster", tmp_path / "canvas.csv", "--out", tmp_path / "out.csv")
    assert (code, err) == (0, "") and "42 scores" in out and "Left out" not in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["export", "canvas", "--graded", "gone", "--template", "gone.csv", "--out", "o.csv"], "gone.csv can't be read (No such file or directory). It is the file that Canvas exports.\n"),
        (["return", "gone.zip", "--graded", "gone", "--for", "moodle", "--out", "o.zip"], "There is no file gone/collected.csv"),
    ],
)
def test_what_goes_wrong_is_one_sentence(capsys, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (1, "") and err.startswith(told) and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["export"], ["export", "canvas"], ["return"], ["export", "moodle"], ["export", "blackboard"]])
def test_every_export_explains_itself(capsys, arguments):
    with pytest.raises(SystemExit) as caught:
        main([*arguments, "--help"])
    assert caught.value.code == 0 and f"usage: sayswho {' '.join(arguments)}" in capsys.readouterr().out


def test_points_are_the_default_and_percent_is_not_both(capsys):
    with pytest.raises(SystemExit):
        main(["export", "canvas", "--graded", "g", "--template", "t", "--out", "o", "--points", "--percent"])
    assert "not allowed with" in capsys.readouterr().err


def test_the_gradebook_says_why_there_are_no_points(tmp_path):
    book = read_gradebook(graded_folder(tmp_path / "g"), ASKED)
    states = {learner: [book.marks[learner, one.id].state for one in ASKED] for learner in book.names}
    assert states == {"ann": [SCORED, SCORED], "bo@example.org": [SCORED, SCORED], "김": [ABSENT, WAITING], "=cy": [SCORED, UNREADABLE]}
    assert book.marks["bo@example.org", "01_voices"].points == 0 and book.marks["김", "01_voices"].points is None


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [(",8.5,4,", ",11,4,", "11 points for 01_voices lie outside of 0 to 10"), (",8.5,4,", ",fine,4,", "'fine' is no number of points"), ("bo@example.org", "ann", "ann stands here a second time")],
)
def test_a_gradebook_that_somebody_broke_is_not_exported(tmp_path, before, after, told):
    path = graded_folder(tmp_path / "g") / "gradebook.csv"
    path.write_text(path.read_text("utf-8").replace(before, after, 1), "utf-8")
    with pytest.raises(ExportError, match=told):
        read_gradebook(tmp_path / "g", ASKED)


def test_a_total_that_its_questions_no_longer_come_to_is_told(tmp_path):
    path = graded_folder(tmp_path / "g") / "gradebook.csv"
    assert read_gradebook(tmp_path / "g", ASKED).lines() == []
    path.write_text(path.read_text("utf-8").replace("8.5,0,4,8.5,4", "8.5,0,4,9.5,4", 1), "utf-8")
    book = read_gradebook(tmp_path / "g", ASKED)
    assert book.marks["ann", "01_voices"].points == Decimal("9.5") and "don't add up to the lesson's total" in book.lines()[0] and "ann (01_voices)" in book.lines()[0]


def test_a_gradebook_that_a_spreadsheet_saved_with_semicolons_is_read(tmp_path):
    path = graded_folder(tmp_path / "g") / "gradebook.csv"
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    csv_file(path, rows, delimiter=";")
    assert read_gradebook(tmp_path / "g", ASKED).marks["ann", "01_voices"].points == Decimal("8.5")


def test_an_excuse_without_a_lesson_is_for_every_lesson(tmp_path):
    book = read_gradebook(graded_folder(tmp_path / "g"), ASKED)
    (tmp_path / "x.csv").write_text("learner,lesson\nann,\nbo@example.org,Cast doubt\n")
    assert excusals([str(tmp_path / "x.csv")], book) == {("ann", "01_voices"), ("ann", "02_doubt"), ("bo@example.org", "02_doubt")}
    (tmp_path / "y.csv").write_text("name\nann\n")
    with pytest.raises(ExportError, match="first line has to be learner,lesson"):
        excusals([str(tmp_path / "y.csv")], book)


def test_two_lessons_never_share_a_column():
    lessons = {one.id: one for one in ASKED}
    with pytest.raises(ExportError, match="would both go into the column 'Quiz \\(1\\)'"):
        match_columns(lessons, [Target("Quiz (1)", "Quiz", "1", 3)], ["01=Quiz", "02=1"], "Canvas")


def test_ids_join_before_names_and_a_learners_own_id_may_be_any_but_canvas():
    seats = [Seat(0, "A", ("Ann",), canvas="7"), Seat(1, "B", ("Bo",), number="7"), Seat(2, "C", ("Ann",), email="ANN@example.org")]
    assert join({"7": ""}, {}, seats, "Canvas").learners == {1: "7"}
    assert join({"x": "Ann"}, {}, seats, "Canvas").learners == {}, "two are called Ann"
    assert join({"x": "Ann"}, {"x": Person("x", "Ann", email="ann@example.org")}, seats, "Canvas").learners == {2: "x"}
    assert join({"x": "Zed"}, {}, seats, "Canvas", {"x": "7"}).learners == {}, "a sender joins only where the platform's own id stands"


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-16", "\t"), ("utf-8-sig", ";"), ("utf-8", ",")])
def test_a_table_is_written_back_as_it_was_read(tmp_path, encoding, delimiter):
    path = csv_file(tmp_path / "t.csv", [["Name", "ID", "x"], ["=1+1", "007", 'a"b'], ["@김\u202e", "-5", "1E5"]], encoding=encoding, delimiter=delimiter, line_end="\r\n")
    table = read_export(path, "Moodle")
    assert table.written(table.header, table.rows) == path.read_bytes()


def test_long_lists_of_names_are_cut():
    assert named(map(str, range(12))).endswith("10, 11") and named(map(str, range(40))).endswith("11 and 28 more")
