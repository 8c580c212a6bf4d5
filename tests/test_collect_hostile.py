"""Who sent a hand-in can't be chosen by who wrote it: not by a file's name, a folder, a zip, a receipt or a first line."""

from __future__ import annotations

import zipfile
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.classroom import open_class
from course.roster import read_roster
from tests import platform_zips as zips
from tests.hand_ins import LESSON, answer, hand_in, header, lines, read_table, small_catalogue

ROSTER = "learner,name,canvas,login\nann,Ann Moss,1001,ann\nbob_lee,Bob Lee,1002,bob_lee\nlee,Lee Park,1003,lee\n"
FILE = f"ann--{LESSON}.jsonl"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return small_catalogue(tmp_path_factory.mktemp("content"))


@pytest.fixture()
def graded(tmp_path, catalogue):
    """Grade the entries of one zip: what each file's name is, and who answered what in it under which name."""
    def grade(entries, roster=ROSTER):
        zips.write_zip(tmp_path / "d.zip", entries)
        (tmp_path / "roster.csv").write_text(roster, "utf-8")
        return open_class(tmp_path / "d.zip", tmp_path / "roster.csv", catalogue=catalogue)
    return grade


def wrote(catalogue, learner: str, value: str = "3", minute: int = 0, **fields) -> bytes:
    return lines(header(learner, 1, **fields), answer(catalogue, "fence-count", value, minute=minute, name=f"{learner}-{value}-{minute}"))


SPOOFS = {
    # what bob's file is called, to pass for ann's: each counts for bob
    "Canvas, the name of another": f"leebob_1002_5555_{FILE}",
    "Canvas, the words of Canvas again": f"leebob_1002_5555_mossann_1001_7777_{FILE}",
    "Canvas, the words of Canvas, late": f"leebob_LATE_1002_5555_LATE_1001_7777_{FILE}",
    "Canvas, figures that look shifted": f"leebob_1002_5555_1001_{FILE}",
    "Canvas, the words of Moodle": f"leebob_1002_5555_Ann Moss_7_assignsubmission_file_{FILE}",
    "Canvas, the words of Blackboard": f"leebob_1002_5555_E_ann_attempt_2026-03-09-10-00-00_{FILE}",
    "Moodle, a folder of one's own": f"Bob Lee_7_assignsubmission_file/Ann Moss_8_assignsubmission_file/{FILE}",
    "Moodle, flat": f"Bob Lee_7_assignsubmission_file_Ann Moss_8_assignsubmission_file_{FILE}",
    "Moodle, another's name in one's own folder": f"Bob Lee_7_assignsubmission_file_/sub/{FILE}",
    "Blackboard, the words again": f"E_bob_lee_attempt_2026-03-03-10-00-00_E_ann_attempt_2026-03-09-10-00-00_{FILE}",
}


@pytest.mark.parametrize("name", SPOOFS)
def test_a_file_that_names_another_counts_for_its_sender(graded, catalogue, name):
    classroom = graded([(SPOOFS[name], wrote(catalogue, "ann", "4", 9))])
    assert list(classroom.sheets) == [("bob_lee", LESSON)]
    assert [row[2] for row in classroom.rows()] == ["", "0", ""]
    told = {found.kind for found in classroom.problems}
    assert told & {"name_sender", "header_sender"} and all(found.learner in ("bob_lee", "") for found in classroom.problems)


@pytest.mark.parametrize("name", SPOOFS)
def test_who_adds_anothers_file_to_the_own_gets_what_the_own_is_worth(graded, catalogue, name):
    own = SPOOFS[name].replace(FILE, f"bob_lee--{LESSON}.jsonl").replace("5555", "5556")
    classroom = graded([(SPOOFS[name], wrote(catalogue, "ann", "3", 9)), (own, wrote(catalogue, "bob_lee", "4"))])
    outcomes = sorted(one.outcome for one in classroom.files)
    assert [row[2] for row in classroom.rows()] == ["", "0", ""] and outcomes == ["another's name", "counted"]
    assert "set_aside" in [found.kind for found in classroom.problems]


def test_anothers_file_under_the_own_name_is_set_aside_in_a_plain_folder_too(tmp_path, catalogue):
    (tmp_path / "roster.csv").write_text(ROSTER)
    (tmp_path / "h").mkdir()
    (tmp_path / "h" / f"lee--{LESSON} (1).jsonl").write_bytes(wrote(catalogue, "ann", "3", 9))
    assert open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=catalogue).rows()[2][2] == "1", "alone it counts, and is told"
    (tmp_path / "h" / f"lee--{LESSON}.jsonl").write_bytes(wrote(catalogue, "lee", "4"))
    classroom = open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=catalogue)
    assert [row[2] for row in classroom.rows()] == ["", "", "0"]
    assert [found.kind for found in classroom.problems] == ["header_learner", "set_aside"]


WORDS = st.sampled_from([
    "mossann", "Ann Moss", "ann", "leebob", "bob_lee", "1001", "1002", "5555", "LATE", "anon_a1B2c", "assignsubmission", "file", "attempt", "2026-03-09-10-00-00",
    "_", "_", "_", "/", "\\", ".zip", ".txt", ".html", ".jsonl", "--", LESSON, "text", "link", " ", "..", "\u202e", "e\u0301", "김", "",
])
SENDERS = ["leebob_1002_5555_", "leebob_LATE_1002_5555_", "Bob Lee_7_assignsubmission_file/", "Bob Lee_7_assignsubmission_file_/", "E_bob_lee_attempt_2026-03-03-10-00-00_"]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.sampled_from(SENDERS), words=st.lists(WORDS, max_size=9), named=st.booleans(), ids=st.booleans())
def test_whatever_a_learner_calls_a_file_it_counts_for_nobody_else_and_is_listed(graded, catalogue, before, words, named, ids):
    called = "".join(words) + (FILE if named else "")
    if "/" not in before:
        called = called.replace("/", "_").replace("\\", "_")  # as the platforms do
    entry = before + called
    if not called or "" in entry.replace("\\", "/").split("/"):
        return
    # A class of Blackboard's has receipts, and one of Canvas's has other learners.
    others = [("E_lee_attempt_2026-03-03-10-00-00.txt" if "attempt" in before else "leepark_1003_5556_lee.pdf", b"x")]
    classroom = graded([(entry, wrote(catalogue, "ann", "3", 9)), *others], ROSTER if ids else "learner,name\nann,Ann Moss\nbob_lee,Bob Lee\nlee,Lee Park\n")
    assert {learner for learner, _ in classroom.sheets} <= {"bob_lee"}
    told = {one.file for one in classroom.files}
    hidden = any(part.startswith((".", "~$")) for part in entry.replace("\\", "/").split("/"))
    assert hidden or f"d.zip/{entry}" in told


def test_a_zip_of_ones_own_counts_for_whoever_sent_the_zip(tmp_path, graded, catalogue):
    inner = zips.write_zip(tmp_path / "inner.zip", [(f"mossann_1001_5_{FILE}", wrote(catalogue, "ann", "4"))]).read_bytes()
    for sent in ("leebob_1002_5555_mine.zip", "Bob Lee_7_assignsubmission_file/mine.zip", "Bob Lee_7_assignsubmission_file_mine.zip", "E_bob_lee_attempt_2026-03-03-10-00-00_mine.zip"):
        classroom = graded([(sent, inner)])
        assert list(classroom.sheets) == [("bob_lee", LESSON)], sent


def test_whom_the_roster_knows_by_another_id_is_not_the_sender(graded, catalogue):
    for sent, label in ((f"stranger_4242_5_{FILE}", "stranger_4242"), (f"E_zed_attempt_2026-03-03-10-00-00_{FILE}", "zed")):
        classroom = graded([(sent, wrote(catalogue, "ann"))])
        assert list(classroom.sheets) == [(label, LESSON)] and classroom.rows()[0][2] == ""
        assert {found.kind for found in classroom.problems} == {"name_unsent", "unknown_learner"}
        assert [one.outcome for one in classroom.files] == ["unknown learner"]


def test_a_name_that_is_surely_anothers_is_told_where_the_roster_has_no_ids(graded, catalogue):
    roster = "learner,name\nann,Ann Moss\nbo,Bo Lee\n"
    classroom = graded([(f"ZedZorn_7_assignsubmission_file/{FILE}", wrote(catalogue, "ann")), (f"annmariamoss_9_5_{FILE}", wrote(catalogue, "ann"))], roster)
    assert [found.sent.name for found in classroom.files if found.sent] == ["ZedZorn", "annmariamoss"]
    told = [found for found in classroom.problems if found.kind == "sender_unknown"]
    assert len(told) == 1 and "Moodle says that ZedZorn sent it" in told[0].what and "It counts for ann" in told[0].cure


def test_namesakes_are_told_apart_by_what_their_files_say(graded, catalogue):
    roster = "learner,name\nkim1,Kim Lee\nann,Ann Moss\nbo,Bo Park\n"
    entries = [(f"{name}_{seat}_assignsubmission_file/{learner}--{LESSON}.jsonl", wrote(catalogue, learner, value)) for name, seat, learner, value in
               (("Kim Lee", 1, "kim1", "3"), ("Kim Lee", 2, "kim2", "4"), ("Ann Moss", 3, "ann", "3"), ("Bo Park", 4, "bo", "3"))]
    classroom = graded(entries, roster)
    assert [(row[0], row[2]) for row in classroom.rows()] == [("kim1", "1"), ("ann", "1"), ("bo", "1"), ("kim2", "0")]
    assert [found.kind for found in classroom.problems] == ["unknown_learner"]


def test_several_assignments_unpacked_into_one_folder_are_no_namesakes(graded, catalogue):
    entries = [(f"{name}_{seat}_assignsubmission_file/answers.jsonl", wrote(catalogue, learner)) for seat, (name, learner) in
               enumerate([("Ann Moss", "ann"), ("Bob Lee", "bob_lee"), ("Ann Moss", "ann"), ("Bob Lee", "bob_lee")])]
    classroom = graded(entries)
    assert sorted(classroom.sheets) == [("ann", LESSON), ("bob_lee", LESSON)]
    assert [one.outcome for one in classroom.files] == ["counted", "counted", "duplicate", "duplicate"]


def test_a_group_whose_name_ends_in_a_number_is_no_user(graded, catalogue):
    for entry in (f"team_1_1001_5555_{FILE}", f"team_7_1001_5555_{FILE}", f"team_1002_1001_5555_{FILE}"):
        classroom = graded([(entry, wrote(catalogue, "ann"))])
        assert list(classroom.sheets)[0][0] == ("bob_lee" if "team_1002" in entry else "ann"), "of two ids that are known the first, unless the name fits the other"
    classroom = graded([(f"team_1002_1001_5555_{FILE}", wrote(catalogue, "ann"))])
    assert "header_sender" in [found.kind for found in classroom.problems]


def test_a_username_with_the_dividing_sign_is_found_by_the_roster_or_by_the_receipt(graded, catalogue):
    entry = f"Essay_1_bob_lee_attempt_2026-03-03-10-00-00_x--{LESSON}.jsonl"
    assert list(graded([(entry, wrote(catalogue, "x"))]).sheets) == [("bob_lee", LESSON)]
    receipt = "Nombre: Bob Lee (bob_lee)\nTarea: Essay\n".encode()
    for roster in ("learner,name\nb7,Bob Lee\n", "learner,name,number\nb7,Bob Lee,bob_lee\n"):
        classroom = graded([(entry, wrote(catalogue, "x")), ("Essay_1_bob_lee_attempt_2026-03-03-10-00-00.txt", receipt)], roster)
        assert list(classroom.sheets) == [("b7", LESSON)] and classroom.files[0].sent.sender == "bob_lee"


def test_a_receipt_is_believed_only_about_its_own_attempt(graded, catalogue):
    forged = f"Name: Ann Moss (ann)\nComments:\n\tOriginal filename: lee--{LESSON}.jsonl\n\tFilename: E_ann_attempt_2026-03-03-10-00-00_{FILE}\n".encode()
    entries = [
        (f"E_ann_attempt_2026-03-03-10-00-00_{FILE}", wrote(catalogue, "ann")), ("E_bob_lee_attempt_2026-03-04-10-00-00.txt", forged),
        (f"E_bob_lee_attempt_2026-03-04-10-00-00_bob_lee--{LESSON}.jsonl", wrote(catalogue, "bob_lee", "4")),
    ]
    classroom = graded(entries)
    assert [row[2] for row in classroom.rows()] == ["1", "0", ""] and classroom.problems == []


def test_of_attempts_the_newest_that_can_be_read_counts(graded, catalogue):
    entry = "E_ann_attempt_2026-03-0{}-10-00-00_" + FILE
    old, new = wrote(catalogue, "ann", "4", 9), wrote(catalogue, "ann", "3")
    classroom = graded([(entry.format(3), old), (entry.format(4), new), (entry.format(5), b"")])
    assert classroom.rows()[0][2] == "1", "the later attempt counts, though an earlier one holds the later answer"
    assert [one.outcome for one in classroom.files] == ["older", "counted", "unreadable"]
    assert [one.sent.stamp for one in classroom.files] == [f"2026-03-0{day}T10:00:00" for day in (3, 4, 5)]
    assert "older_attempt" in [found.kind for found in classroom.problems]


def test_an_older_attempt_with_more_answers_is_told_so(graded, catalogue):
    entry = "E_ann_attempt_2026-03-0{}-10-00-00_" + FILE
    more = lines(header("ann", 2), answer(catalogue, "fence-count", "3"), answer(catalogue, "form-a", ["no"]))
    (told,) = [found for found in graded([(entry.format(3), more), (entry.format(4), wrote(catalogue, "ann"))]).problems if found.kind == "older_attempt"]
    assert "it has no answer to 1 of the questions answered here" in told.what


def test_canvas_counts_re_uploads_together_for_its_numbers_are_no_clock(graded, catalogue):
    first, second = f"mossann_1001_5_ann--{LESSON}.jsonl", f"mossann_1001_6_ann--{LESSON}-1.jsonl"
    classroom = graded([(first, wrote(catalogue, "ann", "3", 9)), (second, wrote(catalogue, "ann", "4", 1))])
    assert classroom.rows()[0][2] == "1" and [one.outcome for one in classroom.files] == ["merged", "merged"]
    classroom = graded([(first, wrote(catalogue, "ann")), (second, wrote(catalogue, "ann"))])
    assert [found.kind for found in classroom.problems] == ["same_file"] and [one.outcome for one in classroom.files] == ["counted", "duplicate"]


ENDLESS = {
    # a name that would have a shape tried from every sign of it
    "figures for Canvas, and a line end": "1_" * 16_000 + "\n",
    "times for Blackboard, and a line end": "a_attempt_2026-03-03-10-00-00" * 2_000 + "\n",
    "usernames for Blackboard": "_" * 60_000 + f"_attempt_2026-03-03-10-00-00_{FILE}",
    "a hand-in's own name": "ann--" * 12_000 + FILE,
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", ENDLESS)
def test_an_endless_name_is_told_and_costs_nobody_any_time(graded, catalogue, monkeypatch, name):
    seen = []
    monkeypatch.setattr("course.classroom.collecting.collected.canvas", lambda part: seen.append(len(part)) or [])
    classroom = graded([(ENDLESS[name], b"x"), (f"ann--{LESSON}.jsonl", wrote(catalogue, "ann"))])
    (told,) = [found for found in classroom.problems if found.kind == "long_name"]
    assert len(told.file) < 220 and told.file.endswith("…") and "no hand-in's has over 1000" in told.what and max(seen) < 220
    assert classroom.rows()[0][2] == "1"


CLAIMS = {
    # what a hand-in says of itself: (first line, response, sentence)
    "points in the first line": ({"points": 99, "total": 100}, {}, "claims"),
    "a score in an answer": ({}, {"score": 5, "outcome": "right"}, "claims"),
    "another's name in the first line": ({"learner": "lee"}, {}, "header_sender"),
    "a time after it was handed in": ({"at": "2026-03-03T09:00:00.000Z"}, {"at": "2026-03-06T10:00:00.000Z"}, "later_time"),
    "a time after it was sent": ({}, {"at": "2026-03-06T10:00:00.000Z"}, "later_time"),
    "a time in another century": ({"at": "2999-01-01T00:00:00.000Z"}, {"at": "2998-12-31T10:00:00.000Z"}, "later_time"),
}


@pytest.mark.parametrize("name", CLAIMS)
@pytest.mark.parametrize("value", ["3", "4"])
def test_what_a_hand_in_claims_is_shown_and_changes_nothing(tmp_path, graded, catalogue, name, value):
    first, fields, kind = CLAIMS[name]
    entry = f"E_ann_attempt_2026-03-03-10-00-00_{FILE}"
    honest = [(f"E_lee_attempt_2026-03-03-10-00-00_lee--{LESSON}.jsonl", wrote(catalogue, "lee", "3"))]
    claimed = lines({**header("ann", 1), **first}, {**answer(catalogue, "fence-count", value), **fields})
    classroom, plain = graded([(entry, claimed), *honest]), graded([(entry, wrote(catalogue, "ann", value)), *honest])
    assert [row[:-1] for row in classroom.rows()] == [row[:-1] for row in plain.rows()]
    assert kind in [found.kind for found in classroom.problems if found.learner == "ann"] and plain.problems == []
    classroom.write(tmp_path / "out")
    assert [row["learner"] for row in read_table(tmp_path / "out/problems.csv")][:1] == ["ann"]


def test_a_clock_that_is_behind_the_class_judges_nobody(graded, catalogue, monkeypatch):
    class Past:
        @staticmethod
        def now(_):
            from datetime import datetime

            return datetime(2020, 1, 1)

    monkeypatch.setattr("course.classroom.collecting.claims.datetime", Past)
    monkeypatch.setattr("course.classroom.collecting.claims.a_day_after", lambda _: "")
    assert graded([(f"mossann_1001_5_{FILE}", wrote(catalogue, "ann", at="2026-03-02T11:00:00.000Z"))]).problems == []


def test_a_stranger_is_one_line_with_the_nearest_on_the_roster(graded, catalogue):
    entries = [(f"Lee Parc_4_assignsubmission_file/{place}lee parc--{LESSON}.jsonl", wrote(catalogue, "lee parc", "3", minute)) for minute, place in enumerate(("", "more/"))]
    told = [found.what for found in graded(entries).problems if found.kind == "unknown_learner"]
    assert told == ["lee parc is not on the roster; lee (Lee Park) is (2 files)"]


def test_what_was_typed_into_the_platform_is_told_unless_a_file_came_too(graded, catalogue):
    typed = [
        ("mossann_1001_text.html", b"<script>alert(1)</script>"), ("leebob_1002_link.html", b"x"), (f"leebob_1002_5_bob_lee--{LESSON}.jsonl", wrote(catalogue, "bob_lee")),
        ("Lee Park_7_assignsubmission_onlinetext/onlinetext.html", b"x"), ("E/E_lee_attempt_2026-03-03-10-00-00.txt", b"Name: Lee Park (lee)"),
    ]
    classroom = graded(typed)
    assert [(found.kind, found.learner) for found in classroom.problems] == [("typed_in", "ann"), ("typed_in", "lee"), ("no_attachment", "lee")]
    assert Counter(one.outcome for one in classroom.files) == {"not a hand-in": 4, "counted": 1}


def test_other_files_are_put_beside_the_learner_who_sent_them(graded, catalogue):
    classroom = graded([("mossann_1001_5_essay.docx", b"PK"), ("Bob Lee_7_assignsubmission_file/notebook.ipynb", b"{}"), (f"leepark_1003_8_{LESSON}.jsonl", b"junk")])
    assert [(found.kind, found.learner) for found in classroom.problems] == [("other_file", "ann"), ("notebook", "bob_lee"), ("no_header", "lee")]
    assert [(one.learner, one.outcome) for one in classroom.files] == [("ann", "not a hand-in"), ("bob_lee", "not a hand-in"), ("lee", "unreadable")]


def test_two_entries_of_one_name_are_both_read(tmp_path, catalogue):
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        for value, minute in (("4", 1), ("3", 2)):
            archive.writestr(f"Ann Moss_7_assignsubmission_file_{FILE}", wrote(catalogue, "ann", value, minute))
    (tmp_path / "roster.csv").write_text(ROSTER)
    classroom = open_class(tmp_path / "d.zip", tmp_path / "roster.csv", catalogue=catalogue)
    assert classroom.rows()[0][2] == "1" and [one.outcome for one in classroom.files] == ["merged", "merged"]


def test_names_without_the_mark_of_utf_8_are_joined(tmp_path, catalogue):
    roster = "learner,name\nzl,Zoë Lindqvist\nks,김 서연\n"
    (tmp_path / "roster.csv").write_text(roster, "utf-8")
    people = read_roster(tmp_path / "roster.csv")
    for learner in people:
        hand_in(tmp_path / "h", learner, answer(catalogue, "fence-count", "3", name=learner))
    packed = zips.moodle_zip(tmp_path / "h", people, tmp_path / "d.zip", flat=True)
    raw = bytearray(packed.read_bytes())
    for sign, at in ((b"PK\x01\x02", 9), (b"PK\x03\x04", 7)):
        place = raw.find(sign)
        while place >= 0:
            raw[place + at] &= ~0x08
            place = raw.find(sign, place + 1)
    packed.write_bytes(raw)
    classroom = open_class(packed, tmp_path / "roster.csv", catalogue=catalogue)
    assert [row[2] for row in classroom.rows()] == ["1", "1"] and all(one.joined for one in classroom.files)
