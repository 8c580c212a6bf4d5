"""Zips as Canvas, Moodle and Blackboard hand them out give the gradebook that the plain folder gives, and no file goes unmentioned."""

from __future__ import annotations

import unicodedata
import zipfile
from collections import Counter

import pytest

from course.classroom import load_catalogue, open_class
from course.content import find_data
from tests import platform_zips as zips
from tests.hand_ins import read_table

EXAMPLE = find_data() / "example_class"
LESSONS = ("01_who_is_speaking", "08_two_weeks_later")
ZIPS = {
    "Canvas": lambda people, out: zips.canvas_zip(EXAMPLE, people, out, late=["learner-005"]),
    "Moodle, in folders": lambda people, out: zips.moodle_zip(EXAMPLE, people, out),
    "Moodle, older": lambda people, out: zips.moodle_zip(EXAMPLE, people, out, older=True),
    "Moodle, flat": lambda people, out: zips.moodle_zip(EXAMPLE, people, out, flat=True),
    "Moodle, blind, in Korean": lambda people, out: zips.moodle_zip(EXAMPLE, people, out, word="참가자"),
    "Blackboard": lambda people, out: zips.blackboard_zip(EXAMPLE, people, out),
}
ROSTERS = {"ours": zips.own_roster, "Canvas": zips.canvas_roster, "Blackboard": zips.blackboard_roster}


@pytest.fixture(scope="module")
def people():
    return zips.with_ids(EXAMPLE / "roster.csv")


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


@pytest.fixture(scope="module")
def plain(catalogue):
    return open_class(EXAMPLE, EXAMPLE / "roster.csv", catalogue=catalogue)


def kinds(classroom) -> Counter[str]:
    """What there is to look at. Where a platform tells the time, the earlier of two files is no longer put together with the later."""
    return Counter(found.kind.replace("older_attempt", "several_files") for found in classroom.problems)


@pytest.mark.parametrize("name", ZIPS)
def test_a_platforms_zip_gives_the_gradebook_of_the_plain_folder(tmp_path, people, catalogue, plain, name):
    packed = ZIPS[name](people, tmp_path / "download.zip")
    classroom = open_class(packed, zips.own_roster(people, tmp_path / "roster.csv"), catalogue=catalogue)
    assert classroom.rows() == plain.rows() and classroom.header() == plain.header()
    assert kinds(classroom) == kinds(plain)
    senders = [one for one in classroom.files if one.sent and one.sent.kind == "file"]
    assert len(senders) == len(plain.files) and {one.sent.platform for one in senders} == {name.partition(",")[0].lower()}
    assert all(one.joined for one in senders) == ("blind" not in name)


@pytest.mark.parametrize("kind", ROSTERS)
@pytest.mark.parametrize("name", ["Canvas", "Blackboard"])
def test_a_roster_of_a_platform_gives_the_same_points(tmp_path, people, catalogue, plain, name, kind):
    classroom = open_class(ZIPS[name](people, tmp_path / "d.zip"), ROSTERS[kind](people, tmp_path / "gc_MEDIA.csv"), catalogue=catalogue)
    assert [row[:1] + row[2:] for row in classroom.rows()] == [row[:1] + row[2:] for row in plain.rows()]
    assert kinds(classroom) == kinds(plain)


def test_with_the_participants_of_moodle_the_address_is_the_id(tmp_path, people, catalogue, plain):
    classroom = open_class(ZIPS["Moodle, flat"](people, tmp_path / "d.zip"), zips.moodle_roster(people, tmp_path / "p.csv"), catalogue=catalogue)
    assert [row[2:-1] for row in classroom.rows()] == [row[2:-1] for row in plain.rows()]
    assert [row[0] for row in classroom.rows()][:2] == ["learner-001@example.org", "zoe.lindqvist@example.org"]
    assert set(kinds(classroom)) == {*kinds(plain), "other_name"}, "the ids in the files are nobody's here, and that is told"


@pytest.mark.parametrize("name", ["Canvas", "Moodle, in folders", "Moodle, flat", "Blackboard"])
def test_what_such_a_zip_was_unpacked_to_counts_alike_in_whatever_it_lies(tmp_path, people, catalogue, plain, name):
    with zipfile.ZipFile(ZIPS[name](people, tmp_path / "d.zip")) as archive:
        archive.extractall(tmp_path / "h" / "submissions (2)")
    (tmp_path / "h/__MACOSX").mkdir()
    (tmp_path / "h/__MACOSX/._x.jsonl").write_bytes(b"x")
    for path in sorted((tmp_path / "h").rglob("*"), reverse=True):
        path.rename(path.with_name(unicodedata.normalize("NFD", path.name)))  # as a Mac writes names
    classroom = open_class(tmp_path / "h", zips.own_roster(people, tmp_path / "h/people.csv"), catalogue=catalogue)
    assert classroom.rows() == plain.rows() and kinds(classroom) == kinds(plain)


@pytest.mark.parametrize("make", [zips.canvas_zip, zips.moodle_zip, zips.blackboard_zip])
def test_a_folder_of_zips_one_an_assignment(tmp_path, people, catalogue, plain, make):
    (tmp_path / "h").mkdir()
    for number, lesson in enumerate(sorted(find_lessons(plain))):
        make(EXAMPLE, people, tmp_path / "h" / f"MED1-lesson_{number}_{number}-{1000 + number}.zip", lesson=lesson)
    classroom = open_class(tmp_path / "h", zips.own_roster(people, tmp_path / "roster.csv"), catalogue=catalogue)
    assert classroom.rows() == plain.rows()


def find_lessons(classroom) -> set[str]:
    return {lesson for _, lesson in classroom.sheets}


def test_names_that_blackboard_has_mangled_are_read_from_the_receipt_and_without_it_from_the_first_line(tmp_path, people, catalogue, plain):
    packed = zips.blackboard_zip(EXAMPLE, people, tmp_path / "d.zip", mangled=True)
    roster = zips.own_roster(people, tmp_path / "roster.csv")
    assert open_class(packed, roster, catalogue=catalogue).rows() == plain.rows()
    with zipfile.ZipFile(packed) as archive:
        bare = [(name, archive.read(name)) for name in archive.namelist() if not name.endswith(".txt")]
    classroom = open_class(zips.write_zip(tmp_path / "bare.zip", bare), roster, catalogue=catalogue)
    assert [row[:-1] for row in classroom.rows()] == [row[:-1] for row in plain.rows()]


def test_every_file_has_its_line_with_what_became_of_it(tmp_path, people, catalogue):
    packed = zips.canvas_zip(EXAMPLE, people, tmp_path / "c.zip", late=["learner-005"])
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("obriensiobhan_1001_text.html", "<p>here it is</p>")
        archive.writestr("eldjrn_4242_90001_essay.docx", b"PK")
        names = [name for name in archive.namelist() if not name.endswith("/")]
    classroom = open_class(packed, zips.own_roster(people, tmp_path / "r.csv"), catalogue=catalogue)
    classroom.write(tmp_path / "out")
    rows = read_table(tmp_path / "out/collected.csv")
    assert list(rows[0]) == ["file", "platform", "sender", "submission", "stamp", "late", "learner", "lesson", "outcome", "page"]
    assert sorted(row["file"] for row in rows) == sorted(f"c.zip/{name}" for name in names)
    assert Counter(row["outcome"] for row in rows) == {"counted": len(names) - 4, "merged": 2, "not a hand-in": 2}
    late = [row for row in rows if row["late"]]
    assert {row["learner"] for row in late} == {"learner-005"} and late[0]["sender"] == people["learner-005"].canvas
    assert late[0]["page"] == "feedback/learner-005.html" and (tmp_path / "out" / late[0]["page"]).is_file()
    assert late[0]["submission"] in late[0]["file"] and late[0]["stamp"] == ""


def test_without_a_roster_the_files_say_who(tmp_path, people, catalogue, plain):
    for name in ZIPS:
        classroom = open_class(ZIPS[name](people, tmp_path / "d.zip"), catalogue=catalogue)
        assert {row[0]: row[2:-1] for row in classroom.rows()} == {row[0]: row[2:-1] for row in plain.rows() if row[0] in classroom.roster}, name
