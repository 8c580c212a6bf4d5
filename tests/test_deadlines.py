"""Late work is told with how late it is and costs nothing; which attempt counts is plain; a time that nobody knows is called so."""

from __future__ import annotations

import json
import zipfile

import pytest

from course.classroom import GradingError, grade, open_class
from course.classroom.collecting.deadlines import read_deadlines
from course.cli import main
from tests.hand_ins import LESSON, answer, header, lines, read_table, small_catalogue

ROSTER = "learner,name\nann,Ann Moss\nbob_lee,Bob Lee\n"
DUE = "2026-03-03T12:00"
EARLY, LATER = "2026-03-03-11-30-00", "2026-03-03-14-05-00"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return small_catalogue(tmp_path_factory.mktemp("content"))


@pytest.fixture()
def opened(tmp_path, catalogue):
    """Opens a class of files by their names as they lie in Blackboard's zip: (name, the answer to fence-count)."""
    (tmp_path / "roster.csv").write_text(ROSTER)

    def opened(files: dict[str, str], **more):
        with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
            for number, (name, value) in enumerate(files.items()):
                archive.writestr(name, lines(header("ann", 1), answer(catalogue, "fence-count", value, minute=number)))
        return open_class(tmp_path / "d.zip", tmp_path / "roster.csv", catalogue=catalogue, **more)

    return opened


def sent(stamp: str, learner: str = "ann") -> str:
    return f"E_{learner}_attempt_{stamp}_{learner}--{LESSON}.jsonl"


def told(classroom, *kinds: str) -> list[str]:
    return [found.what for found in [*classroom.problems, *classroom.absent] if found.kind in (kinds or ("late", "too_late", "time_not_known", "late_says_platform"))]


def of_files(classroom) -> dict[str, tuple[str, str]]:
    """How each file stands to its deadline, and what became of it."""
    return {one.file.rpartition("_attempt_")[2][:19]: (one.row("")[5], one.outcome) for one in classroom.files}


TIMES = {
    # when it came: how late that is
    "2026-03-03-11-59-59": "in time", "2026-03-03-12-00-59": "in time", "2026-03-03-12-01-00": "late by 1 min", "2026-03-03-14-05-10": "late by 2 h 5 min",
    "2026-03-06-13-00-00": "late by 3 days 1 h", "2026-13-77-99-00-00": "time not known",
}


@pytest.mark.parametrize("stamp", TIMES)
def test_a_hand_in_is_told_by_how_much_it_is_late_and_loses_nothing(opened, stamp):
    classroom = opened({sent(stamp): "3"}, due=DUE)
    assert of_files(classroom) == {stamp: (TIMES[stamp], "counted")}
    assert classroom.sheets["ann", LESSON].cells["fence-count"].written == "1"
    late = [f"it came {TIMES[stamp].removeprefix('late by ')} after the deadline of 2026-03-03 12:00"] if "late" in TIMES[stamp] else []
    assert told(classroom, "late") == late


def test_without_a_deadline_nothing_is_late(opened):
    assert of_files(opened({sent(LATER): "3"})) == {LATER: ("", "counted")} and told(opened({sent(LATER): "3"})) == []


def test_the_newest_counts_and_the_one_in_time_is_named(opened):
    classroom = opened({sent(EARLY): "3", sent(LATER): "4"}, due=DUE)
    assert classroom.sheets["ann", LESSON].cells["fence-count"].written == "0"
    assert of_files(classroom) == {EARLY: ("in time", "older"), LATER: ("late by 2 h 5 min", "counted")}
    (line,) = [found for found in classroom.problems if found.kind == "late"]
    assert line.what == f"it came 2 h 5 min after the deadline of 2026-03-03 12:00; the one in time was d.zip/{sent(EARLY)}" and "--in-time-only" in line.cure


def test_only_if_asked_the_newest_in_time_counts(opened):
    files = {sent("2026-03-03-09-00-00"): "2", sent(EARLY): "3", sent(LATER): "4"}
    classroom = opened(files, due=DUE, in_time_only=True)
    assert classroom.sheets["ann", LESSON].cells["fence-count"].written == "1"
    assert of_files(classroom) == {"2026-03-03-09-00-00": ("in time", "older"), EARLY: ("in time", "counted"), LATER: ("late by 2 h 5 min", "too late")}
    assert told(classroom) == [f"it came late by 2 h 5 min, and one that came in time is here (d.zip/{sent(EARLY)})"]


def test_where_none_is_in_time_the_newest_counts_all_the_same(opened):
    classroom = opened({sent("2026-03-03-13-00-00"): "4", sent(LATER): "3"}, due=DUE, in_time_only=True)
    assert classroom.sheets["ann", LESSON].cells["fence-count"].written == "1" and "2 h 5 min" in told(classroom)[0]


def test_the_same_file_sent_again_after_the_deadline_is_told_so_and_may_count_as_in_time(opened, tmp_path, catalogue):
    opened({})
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        for stamp in (EARLY, LATER):
            archive.writestr(sent(stamp), lines(header("ann", 1), answer(catalogue, "fence-count", "3")))
    first = open_class(tmp_path / "d.zip", tmp_path / "roster.csv", catalogue=catalogue, due=DUE)
    assert told(first)[0].endswith(f"the very same file came in time (d.zip/{sent(EARLY)})")
    again = open_class(tmp_path / "d.zip", tmp_path / "roster.csv", catalogue=catalogue, due=DUE, in_time_only=True)
    assert of_files(again) == {EARLY: ("in time", "counted"), LATER: ("late by 2 h 5 min", "too late")}


def test_a_time_that_no_platform_tells_is_not_known_whatever_the_file_says(tmp_path, catalogue):
    (tmp_path / "h").mkdir()
    for name in ("ann", "bo"):
        record = answer(catalogue, "fence-count", "3", name=name)
        (tmp_path / "h" / f"{name}--{LESSON}.jsonl").write_bytes(lines(header(name, 1, at="2026-03-02T10:00:00Z"), record))
    classroom = open_class(tmp_path / "h", catalogue=catalogue, due=DUE, in_time_only=True)
    assert [one.row("")[5] for one in classroom.files] == ["time not known"] * 2 and {one.outcome for one in classroom.files} == {"counted"}
    assert told(classroom) == ["nobody can say if 2 hand-ins came in time: ann, bo"]
    assert [row[-1] for row in classroom.rows()] == ["0", "0"], "one line a lesson, not one a learner"


def test_what_canvas_calls_late_is_told_with_or_without_a_deadline(tmp_path, catalogue):
    (tmp_path / "h").mkdir()
    (tmp_path / "h" / f"mossann_LATE_1001_5_ann--{LESSON}.jsonl").write_bytes(lines(header("ann", 1), answer(catalogue, "fence-count", "3")))
    for due in (None, DUE):
        classroom = open_class(tmp_path / "h", catalogue=catalogue, due=due)
        assert told(classroom) == ["Canvas marks 1 hand-in as late and does not say by how much: ann"] and classroom.files[0].row("")[5] == "late"


TABLES = {
    # the table of deadlines: (of ann, of bob)
    "one for all": ("*,,2026-03-03T12:00\n", "2026-03-03 12:00", "2026-03-03 12:00"),
    "a lesson's own": (",,2026-03-01\n,1,2026-03-03\n", "2026-03-03 23:59", "2026-03-03 23:59"),
    "more time for one": (",,2026-03-03T12:00\nANN,,2026-03-05\n", "2026-03-05 23:59", "2026-03-03 12:00"),
    "more time in one lesson": (f",,2026-03-03T12:00+01:00\nann,{LESSON},2026-03-05\n", "2026-03-05 23:59", "2026-03-03 12:00"),
    "an own line takes no time away": (",,2026-03-03T12:00\nann,,2026-03-01\n", "2026-03-03 12:00", "2026-03-03 12:00"),
    "for one only": ("ann,,2026-03-03T12:00\n", "2026-03-03 12:00", ""),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_holds_deadlines_by_lesson_and_more_time_by_learner(tmp_path, name):
    from course.classroom.collecting.senders import Roll
    from course.roster import Person

    rows, *expected = TABLES[name]
    (tmp_path / "due.csv").write_text(f"learner,lesson,due\n{rows}")
    deadlines, unmet = read_deadlines(tmp_path / "due.csv").held_against(Roll({"ann": Person("ann"), "bob": Person("bob")}), [LESSON])
    assert [f"{due:%Y-%m-%d %H:%M}" if (due := deadlines.of(who, LESSON)) else "" for who in ("ann", "bob")] == expected and unmet == []


def test_a_deadline_for_nobody_or_for_no_lesson_is_told_with_its_line(opened, tmp_path):
    (tmp_path / "due.csv").write_text("learner,lesson,due\n,,2026-03-03\nanm,,2026-03-05\n,99_none,2026-03-05\n")
    classroom = opened({sent(EARLY): "3"}, due=tmp_path / "due.csv")
    assert [(found.kind, found.file, found.line) for found in classroom.absent[1:]] == [("due_for_nobody", "due.csv", 3), ("due_for_no_lesson", "due.csv", 4)]


REFUSED = {
    "no time": ("tomorrow", "--due: 'tomorrow' is no time. Write it as"),
    "no such day": ("2026-02-30", "--due: '2026-02-30' is no time."),
    "no such table": ("gone.csv", "There is no file gone.csv. It is a table whose first line is learner,lesson,due."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_deadline_is_told_before_anything_is_read(opened, name):
    written, sentence = REFUSED[name]
    with pytest.raises(GradingError) as error:
        opened({sent(EARLY): "3"}, due=written)
    assert str(error.value).startswith(sentence)


def test_a_table_of_deadlines_may_not_contradict_itself_and_the_switch_needs_one(tmp_path):
    (tmp_path / "due.csv").write_text("learner,lesson,due\n,,2026-03-03\n*,,2026-03-05\n")
    with pytest.raises(GradingError, match="line 3: line 2 has a deadline for the same learner and lesson"):
        read_deadlines(tmp_path / "due.csv")
    (tmp_path / "due.csv").write_text("learner,lesson,due\n,,soon\n")
    with pytest.raises(GradingError, match="due.csv, line 2: 'soon' is no time"):
        read_deadlines(tmp_path / "due.csv")
    with pytest.raises(GradingError, match="--in-time-only needs a deadline"):
        read_deadlines(None, in_time_only=True)


def test_the_command_tells_late_work_and_does_not_forget_the_deadline(opened, tmp_path, catalogue, monkeypatch, capsys):
    monkeypatch.setattr("course.classroom.grading.load_catalogue", lambda *_: catalogue)
    opened({sent(EARLY): "3", sent(LATER): "4"})
    given = [str(tmp_path / "d.zip"), "--roster", str(tmp_path / "roster.csv"), "--out", str(tmp_path / "out")]
    assert main(["grade", *given, "--due", DUE]) == 0
    assert "Came late: 1 hand-in." in capsys.readouterr().out
    assert {row["file"]: row["late"] for row in read_table(tmp_path / "out/collected.csv")}[f"d.zip/{sent(LATER)}"] == "late by 2 h 5 min"
    assert main(["grade", *given]) == 1 and "add --due" in capsys.readouterr().err
    assert main(["grade", *given, "--due", DUE, "--in-time-only"]) == 0
    assert json.loads((tmp_path / "out/made_with.json").read_text())["in_time_only"] == "--in-time-only"
    assert main(["regrade", *given, "--due", DUE]) == 1 and "--in-time-only" in capsys.readouterr().err, "regrading counts no other attempt in silence"
    assert main(["regrade", *given, "--due", DUE, "--in-time-only"]) == 0


def test_a_table_of_deadlines_among_the_hand_ins_is_no_hand_in(tmp_path, catalogue):
    (tmp_path / "h").mkdir()
    (tmp_path / "h" / f"ann--{LESSON}.jsonl").write_bytes(lines(header("ann", 1), answer(catalogue, "fence-count", "3")))
    (tmp_path / "h/due.csv").write_text("learner,lesson,due\n,,2026-03-03\n")
    assert grade_files(tmp_path, catalogue) == [f"ann--{LESSON}.jsonl"]


def grade_files(tmp_path, catalogue) -> list[str]:
    return [one.file for one in open_class(tmp_path / "h", catalogue=catalogue, due=tmp_path / "h/due.csv").files]


def test_grading_from_python_takes_a_deadline_too(opened, tmp_path, catalogue, monkeypatch):
    monkeypatch.setattr("course.classroom.grading.load_catalogue", lambda *_: catalogue)
    opened({sent(LATER): "3"})
    assert grade(tmp_path / "d.zip", None, tmp_path / "out", due=DUE, progress=False).late == 1
