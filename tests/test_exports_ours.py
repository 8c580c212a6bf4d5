"""No command takes the place of a file that it did not write, and a file that somebody broke is a sentence."""

from __future__ import annotations

import pytest

from course.cli import main
from course.exports import ExportError, export_blackboard, export_canvas, export_moodle, return_feedback
from course.exports.gradebook import read_gradebook
from course.exports.ours import OF_QTI, RETURNED, is_moodle_xml, is_worksheet, is_zip_of
from course.exports.returning import zip_of
from course.exports.rules_blackboard import blackboard_complaints
from tests.graded_folders import ASKED, csv_file, graded_folder, wanted
from tests.test_return import CANVAS, collected_file, handed_out, rows_for
from tests.test_return import send as send_back

STAYS = "is there already, and nothing in it shows that this command wrote it: it stays as it is"
CANVAS_FILE = [["Student", "ID", "SIS Login ID", "Section", "Voices (71)", "Final Score"], ["    Points Possible", "", "", "", "10.00", "(read only)"], ["Moss, Ann", "501", "ann", "A", "", ""]]
SHEET = [["Identifier", "ID number", "Grade", "Maximum Grade", "Last modified (grade)"], ["Participant 7", "ann", "", "10.00", "-"]]
USERS = [["Username", "Last name"], ["ann", "Moss"]]
CENTER = [["Last Name", "First Name", "Username", "Student ID", "Voices [Total Pts: 10] |7"], ["Moss", "Ann", "ann", "1", ""]]
KINDS = {"canvas": (export_canvas, CANVAS_FILE), "worksheet": (export_moodle, SHEET), "users": (export_moodle, USERS), "blackboard": (export_blackboard, CENTER)}


@pytest.fixture
def graded(tmp_path):
    return graded_folder(tmp_path / "graded")


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_replaces_its_own_file_and_no_other(tmp_path, graded, kind):
    export, rows = KINDS[kind]
    template, out = csv_file(tmp_path / "t.csv", rows, quoted=kind == "blackboard"), tmp_path / "out.csv"
    for _ in range(2):
        export(template, wanted(graded, only=("01",)), out)
    others = [[["learner", "name"], ["ann", "Ann"]], [["learner", "item", "criterion", "level"], ["ann", "x", "fits", "2"]], *(other for name, (_, other) in KINDS.items() if name != kind)]
    others += [] if kind == "worksheet" else [[*rows, rows[-1]]]
    for foreign in others:
        held = csv_file(out, foreign).read_bytes()
        with pytest.raises(ExportError, match=STAYS):
            export(template, wanted(graded, only=("01",)), out)
        assert out.read_bytes() == held
    out.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ExportError, match=STAYS):
        export(template, wanted(graded, only=("01",)), out)


def test_a_zip_of_pages_replaces_only_such_a_zip(tmp_path):
    send_back(tmp_path)
    send_back(tmp_path)
    held = (tmp_path / "out.zip").write_bytes((tmp_path / "week 1.zip").read_bytes())
    with pytest.raises(ExportError, match=STAYS):
        send_back(tmp_path)
    assert (tmp_path / "out.zip").stat().st_size == held


def test_questions_know_their_own_files_again():
    assert is_zip_of(OF_QTI)(zip_of({"imsmanifest.xml": b"", "sayswho_01/sayswho_01.xml": b""})) and not is_zip_of(OF_QTI)(zip_of({"imsmanifest.xml": b"", "quiz.xml": b""}))
    assert not is_zip_of(RETURNED)(b"PK\x03\x04") and not is_zip_of(RETURNED)(zip_of({"essay.html": b""}))
    assert not is_moodle_xml(b'<?xml version="1.0"?>\n<quiz>\n<!-- question: 12 -->') and not is_worksheet(b"", b"Identifier,Grade\n", 0)


def test_the_questions_replace_only_questions(tmp_path, capsys):
    for system, name in (("moodle-xml", "q.xml"), ("qti", "q.zip")):
        command = ["export", system, "--lessons", "1", "--out", str(tmp_path / name)]
        assert main(command) == 0 and main(command) == 0
        (tmp_path / name).write_text("learner,name\nann,Ann\n")
        assert main(command) == 1 and STAYS in capsys.readouterr().err
        assert (tmp_path / name).read_text() == "learner,name\nann,Ann\n"


# files that somebody broke


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (",8.5,4,", ",NaN,4,", "'NaN' is no number of points"), (",8.5,4,", ",sNaN,4,", "'sNaN' is no number"), (",14,0,0", ",x,0,0", "is out of 14, x points"), (",14,0,0", ",NaN,0,0", "is out of"),
        ("김,", "zed\r\n김,", "line 4: this line has 1 cell, and the first one has 11"), ("김,", f"{'z' * 140_000},", "can't be read as the table"),
    ],
)
def test_a_broken_gradebook_is_a_sentence(graded, before, after, told):
    path = graded / "gradebook.csv"
    path.write_bytes(path.read_bytes().decode("utf-8").replace(before, after, 1).encode())
    with pytest.raises(ExportError, match=told):
        read_gradebook(graded, ASKED)


def test_a_row_that_ends_early_is_a_sentence_or_is_no_score(tmp_path, graded):
    with pytest.raises(ExportError, match="the row of Participant 7 has 2 cells, and the first line 5: another program has saved it"):
        export_moodle(csv_file(tmp_path / "s.csv", [SHEET[0], SHEET[1][:2]]), wanted(graded, only=("01",)), tmp_path / "o.csv")
    header, row = CENTER
    short = [header, row[:4], ["Lind"]]
    written = ",".join(f'"{cell}"' for cell in [*header[:3], header[4]]) + '\r\n"Moss","Ann","ann","8"\r\n'
    template = csv_file(tmp_path / "b.csv", short, quoted=True)
    assert blackboard_complaints(written.encode(), template.read_bytes()) == []


def test_a_share_is_taken_of_a_maximum_with_thousands_and_never_of_one_that_cant_be_read(tmp_path, graded):
    sheet = csv_file(tmp_path / "s.csv", [SHEET[0], ["Participant 7", "ann", "", "1.000,00", "-"]])
    export_moodle(sheet, wanted(graded, only=("01",), percent=True), tmp_path / "o.csv")
    assert (tmp_path / "o.csv").read_text("utf-8").splitlines()[1] == 'Participant 7,ann,850,"1.000,00",-'
    sheet = csv_file(tmp_path / "s.csv", [SHEET[0], ["Participant 7", "ann", "", "ten", "-"]])
    with pytest.raises(ExportError, match=r"the maximum grade is not one number \(ten\), so there is nothing to take a share of"):
        export_moodle(sheet, wanted(graded, only=("01",), percent=True), tmp_path / "p.csv")


# which column, and who waits


def test_a_column_with_the_lessons_number_is_taken_and_told_and_another_is_offered(tmp_path, graded):
    header = ["Student", "ID", "SIS Login ID", "Section", "Lesson 1 (71)", "Week 2 quiz (72)"]
    template = csv_file(tmp_path / "c.csv", [header, ["    Points Possible", "", "", "", "10.00", "4.00"], ["Moss, Ann", "501", "ann", "A", "", ""]])
    told = export_canvas(template, wanted(graded), tmp_path / "o.csv")
    assert "01_voices (Voices) goes into 'Lesson 1 (71)', since that column has its number." in told
    assert "If one is called otherwise, say so, such as --column '2=Week 2 quiz (72)'. For a new column: --column '2=Cast doubt'." in told
    export_canvas(template, wanted(graded, columns=("2=Week 2 quiz (72)",)), tmp_path / "o.csv")
    assert (tmp_path / "o.csv").read_text("utf-8").splitlines()[0].endswith("Lesson 1 (71),Week 2 quiz (72)")


def test_two_columns_with_a_lessons_number_are_asked_about(tmp_path, graded):
    header = ["Student", "ID", "SIS Login ID", "Section", "Lesson 1 (71)", "Lesson 01 (72)", "Cast doubt (73)"]
    template = csv_file(tmp_path / "c.csv", [header, ["    Points Possible", "", "", "", "10.00", "10.00", "4.00"], ["Moss, Ann", "501", "ann", "A", "", "", ""]])
    assert "Say which: --column '1=Lesson 1 (71)'." in export_canvas(template, wanted(graded), tmp_path / "o.csv")


def test_what_waits_on_the_pages_and_who_sent_nothing_here_is_told(tmp_path):
    graded, sent = graded_folder(tmp_path / "graded"), dict(list(CANVAS.items())[:2])
    path = graded / "gradebook.csv"
    path.write_bytes(path.read_bytes().replace(b",14,0,0", b",14,3,0"))
    paper = {"file": "paper.jsonl", "platform": "", "learner": "김", "lesson": "01_voices", "outcome": "counted"}
    collected_file(graded, [*rows_for("canvas", sent), paper])
    told = return_feedback(handed_out(tmp_path / "week 1.zip", sent), graded, "canvas", tmp_path / "out.zip")
    assert "6 answers on them are not marked yet." in told
    assert f"Graded as well, but not sent in through Canvas, so their pages don't go back: 김. Give them theirs from {graded / 'feedback'}." in told
