"""No command writes over a file that this kit did not make: the same promise and the same sentence everywhere, and nothing is written."""

from __future__ import annotations

import sqlite3

import pytest

from course.classroom import GradingError, grade
from course.classroom.desks import merge_marks
from course.classroom.report import write_report
from course.desk.lines import DeskError
from course.exports.nbgrader import refuse_other_database
from course.exports.told import ExportError
from course.handin.writing import write_handin
from course.paper import PaperError, print_packets, read_entry
from course.paper.plan import Wanted
from tests.hand_ins import LESSON, read_table
from tests.test_marks import HEADER, kit  # noqa: F401
from tests.test_paper_places import data, roster  # noqa: F401

SENTENCE = "is there already, and nothing in it shows that this command wrote it: it stays as it is. Name another {}."
MINE = "guest,seat\nIda,7\n"
PAGE = "<!DOCTYPE html><html><head><title>Mine</title></head><body>Says Who?</body></html>"


def put(path, contents=MINE):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(contents)
    return path


def files_of(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


GRADED = {"gradebook.csv": MINE, "problems.csv": MINE, "collected.csv": MINE, "feedback/ann.html": PAGE, "gradebook.csv of Canvas": "Student,ID,Section\nMoss,1,A\n"}


@pytest.mark.parametrize("name", GRADED)
def test_grading_writes_over_nothing_of_others(kit, name):  # noqa: F811
    held = put(kit / "g" / name.split(" ")[0], GRADED[name])
    with pytest.raises(GradingError) as error:
        grade(kit / "h", kit / "roster.csv", kit / "g", progress=False, anew=True)
    assert str(error.value) == f"{held} {SENTENCE.format('folder: --out DIR')}"
    assert files_of(kit / "g") == [name.split(" ")[0]] and held.read_text() == GRADED[name]


def test_grading_goes_on_over_its_own_tables_as_a_spreadsheet_left_them(kit):  # noqa: F811
    grade(kit / "h", kit / "roster.csv", kit / "g", progress=False)
    for name in ("gradebook.csv", "problems.csv"):
        path = kit / "g" / name
        rows = path.read_text("utf-8-sig").replace(",", ";").splitlines()
        path.write_text("\n".join(f"{row};{'my note' if place == 0 else ''}" for place, row in enumerate(rows)), "utf-8")
    grade(kit / "h", kit / "roster.csv", kit / "g", progress=False)
    assert "my note" not in (kit / "g/gradebook.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("name", ["report.html", "tables/items.csv", "tables/hand_ins.csv"])
def test_a_report_writes_over_nothing_of_others(kit, name):  # noqa: F811
    held = put(kit / "r" / name, PAGE if name.endswith("html") else MINE)
    with pytest.raises(GradingError) as error:
        write_report(kit / "h", kit / "roster.csv", kit / "r")
    assert str(error.value) == f"{held} {SENTENCE.format('folder: --out DIR')}" and files_of(kit / "r") == [name]
    held.unlink()
    write_report(kit / "h", kit / "roster.csv", kit / "r")
    write_report(kit / "h", kit / "roster.csv", kit / "r")


def test_merging_writes_over_no_list_of_others(kit):  # noqa: F811
    put(kit / "marks-AB.csv", HEADER + "ann,fence-essay,fits,1,,\n")
    held = put(kit / "m/conflicts.csv")
    with pytest.raises(DeskError) as error:
        merge_marks([kit / "marks-AB.csv"], kit / "m/marks.csv")
    assert str(error.value) == f"{held} {SENTENCE.format('file: --out FILE')}" and files_of(kit / "m") == ["conflicts.csv"]
    held.unlink()
    for _ in range(2):
        merge_marks([kit / "marks-AB.csv"], kit / "m/marks.csv")


def test_sheets_to_print_are_written_over_nothing_of_others(tmp_path, data):  # noqa: F811
    held = put(tmp_path / f"sheets/{LESSON}.html", PAGE)
    with pytest.raises(PaperError) as error:
        print_packets(tmp_path / "sheets", Wanted())
    assert str(error.value) == f"{held} {SENTENCE.format('folder: --out DIR')}" and files_of(tmp_path / "sheets") == [f"{LESSON}.html"]
    held.unlink()
    assert print_packets(tmp_path / "sheets", Wanted()) == print_packets(tmp_path / "sheets", Wanted())


def test_what_is_typed_from_paper_takes_no_place_of_what_was_handed_in_from_a_computer(tmp_path, data):  # noqa: F811
    beside = tmp_path / "h/paper"
    own = write_handin(tmp_path / "h", [], learner="bo", lesson=LESSON)
    before = own.read_bytes()
    rows = "".join(f"{learner},{LESSON},fence-count,,text,3,\n" for learner in ("ann", "bo"))
    put(tmp_path / "entry.csv", f"learner,lesson,item,unit,question,answer,printed\n{rows}")
    with pytest.raises(PaperError) as error:
        read_entry([tmp_path / "entry.csv"], tmp_path / "h")
    assert str(error.value) == f"{own} {SENTENCE.format(f'folder beside it: --out {beside}')}"
    assert own.read_bytes() == before and files_of(tmp_path / "h") == [own.name]
    for _ in range(2):
        assert len(read_entry([tmp_path / "entry.csv"], tmp_path / "h/paper").files) == 2


def test_a_database_of_others_is_left_as_it_is(tmp_path):
    place = tmp_path / "x.db"
    with sqlite3.connect(place) as held:
        held.execute("CREATE TABLE guests (name TEXT)")
    before = place.read_bytes()
    told = f"{place} is there already, and it is no database of nbgrader's: it stays as it is. Name another: --db sqlite:///gradebook.db."
    for contents in (before, b"not a database at all" * 100):
        place.write_bytes(contents)
        with pytest.raises(ExportError) as error:
            refuse_other_database(f"sqlite:///{place}?timeout=5")
        assert str(error.value) == told and place.read_bytes() == contents and files_of(tmp_path) == ["x.db"]


def test_a_database_of_nbgraders_and_a_place_without_one_are_taken(tmp_path):
    with sqlite3.connect(tmp_path / "ours.db") as held:
        for table in ("assignment", "student", "submitted_assignment", "more"):
            held.execute(f"CREATE TABLE {table} (id TEXT)")
    (tmp_path / "empty.db").write_bytes(b"")
    for name in ("ours.db", "empty.db", "new.db"):
        refuse_other_database(f"sqlite:///{tmp_path / name}")
    refuse_other_database("postgresql://nowhere/db")
    assert not (tmp_path / "new.db").exists() and read_table(tmp_path / "empty.db") == []
