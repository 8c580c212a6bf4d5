"""A term, from the release to the gradebook of the platform: every figure is the same from file to file."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest

from course.classroom import open_class
from course.classroom.desks import waiting_answers
from course.cli import main
from course.content import find_data
from course.desk.store import MarksFile
from tests.hand_ins import read_table
from tests.platform_zips import canvas_roster, canvas_zip, with_ids

LESSONS = ("02_whose_judgement", "07_newsroom")
ARGUED, UNIT = "judged-01-a", "x7"
COLUMNS = {"02": "Lesson 2 (102)", "07": "Lesson 7 (107)"}


def run(*words: object) -> int:
    """One command, as it is typed."""
    return main([str(word) for word in words])


@pytest.fixture(scope="module")
def term(tmp_path_factory):
    """The folder in which an instructor works, after the whole walk; each step by its command."""
    folder = tmp_path_factory.mktemp("term")
    people = with_ids(find_data() / "example_class/roster.csv")
    roster = canvas_roster(people, folder / "class.csv")
    (folder / "handed_in").mkdir()
    for lesson in LESSONS:
        for path in (find_data() / "example_class").glob(f"*--{lesson}.jsonl"):
            (folder / "handed_in" / path.name).write_bytes(path.read_bytes())
    argue(folder / "handed_in")
    (folder / "submissions").mkdir()
    for lesson in LESSONS:
        canvas_zip(folder / "handed_in", people, folder / "submissions" / f"{lesson}.zip", lesson=lesson)
    common = (folder / "submissions", "--roster", roster)
    assert run("release", "--out", folder / "release.zip", "--lessons", "2", "7") == 0
    assert run("grade", *common, "--out", folder / "graded") == 0
    keep(folder / "graded/gradebook.csv", folder / "first.csv")
    mark_essays(folder, roster)
    assert run("challenges", *common, "--out", folder / "challenges.csv") == 0
    reason = "The verb may be read as the paper's own."
    assert run("challenges", "accept", ARGUED, UNIT, "author judgement", "--reason", reason, "--pack", folder / "pack", "--by", "R. Kim") == 0
    assert run("regrade", *common, "--keys", folder / "pack", "--marks", folder / "marks.csv", "--out", folder / "graded") == 0
    assert run("report", *common, "--keys", folder / "pack", "--marks", folder / "marks.csv", "--out", folder / "report") == 0
    canvas_template(people, folder / "exported.csv")
    named = [word for lesson, column in COLUMNS.items() for word in ("--column", f"{lesson}={column}")]
    assert run("export", "canvas", "--graded", folder / "graded", "--template", folder / "exported.csv", "--roster", roster, *named, "--out", folder / "upload.csv") == 0
    assert run("return", folder / "submissions/07_newsroom.zip", "--graded", folder / "graded", "--for", "canvas", "--out", folder / "back.zip") == 0
    return folder


def argue(folder: Path) -> None:
    """Let everybody who called the clause a judgement of the text's own argue for it."""
    for path in sorted(folder.glob("*--02_whose_judgement.jsonl")):
        head, *rest = path.read_text("utf-8").splitlines()
        answers = [one for one in map(json.loads, rest) if one["item"] == ARGUED and one["value"]]
        claimed = (answers[-1]["value"].get(UNIT) if answers else None) or {}
        if (claimed.get("voice"), claimed.get("kind")) == ("author", "judgement"):
            more = {**answers[-1], "id": f"argued-{path.stem}", "kind": "challenge", "reason": "The verb is the paper's own."}
            path.write_text("\n".join([head, *rest, json.dumps(more, ensure_ascii=False)]) + "\n", "utf-8")


def keep(file: Path, copy: Path) -> None:
    """Keep what stands in a file now."""
    copy.write_bytes(file.read_bytes())


def mark_essays(folder: Path, roster: Path) -> None:
    """Mark every essay as the desk does, one key after the other: level 2 of each criterion."""
    classroom = open_class(folder / "submissions", roster, progress=False)
    marks = MarksFile(folder / "marks.csv", "AB")
    for answer in waiting_answers(classroom):
        for criterion in answer.item.criteria:
            marks.set_level(answer.learner, answer.item.id, criterion.id, "2", names=answer.names)


def canvas_template(people, out: Path) -> None:
    """Canvas's gradebook before the upload: both lessons empty, and a column that is none of ours."""
    rows = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *COLUMNS.values(), "Attendance (9)"]]
    rows.append(["    Points Possible", "", "", "", "", "12", "32", "1"])
    rows += [[one.name, one.canvas, one.sis, one.login, one.section, "", "", "1"] for one in people.values()]
    with open(out, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def by_learner(path: Path) -> dict[str, dict[str, str]]:
    return {row["learner"]: row for row in read_table(path)}


def test_the_zips_of_the_platform_are_graded_like_the_plain_files(term):
    run("grade", term / "handed_in", "--roster", find_data() / "example_class/roster.csv", "--out", term / "plain")
    plain, first = by_learner(term / "plain/gradebook.csv"), by_learner(term / "first.csv")
    told = ("name", "problems")
    assert {who: {name: cell for name, cell in row.items() if name not in told} for who, row in first.items()} == {
        who: {name: cell for name, cell in row.items() if name not in told} for who, row in plain.items()
    }


def test_every_file_is_accounted_for(term):
    collected = read_table(term / "graded/collected.csv")
    packed = [name for archive in (term / "submissions").glob("*.zip") for name in zipfile.ZipFile(archive).namelist()]
    assert len(collected) == len(packed) == len(list((term / "handed_in").iterdir()))
    assert {row["platform"] for row in collected} == {"canvas"}
    counted = {(row["learner"], row["lesson"]) for row in collected if row["outcome"] in ("counted", "merged")}
    graded = by_learner(term / "graded/gradebook.csv")
    assert counted == {(who, lesson) for who, row in graded.items() for lesson in LESSONS if row[f"{lesson} total"]}


def test_marks_of_the_desk_stand_in_the_gradebook_and_after_them_nobody_waits(term):
    first, last = by_learner(term / "first.csv"), by_learner(term / "graded/gradebook.csv")
    marked = {row["learner"] for row in read_table(term / "marks.csv")}
    assert marked == {who for who, row in first.items() if row["report-01"] == "needs a person"} and len(marked) > 30
    assert {last[who]["report-01"] for who in marked} == {"8"}, "four criteria, level 2 of 5 each"
    assert {row["needs_a_person"] for row in last.values()} == {"0"}


def test_an_accepted_argument_raises_those_who_gave_that_answer_and_lowers_nobody(term):
    first, last = by_learner(term / "first.csv"), by_learner(term / "graded/gradebook.csv")
    challenged = [row for row in read_table(term / "challenges.csv") if row["item"] == ARGUED and row["unit"] == UNIT]
    gained = {who: round(float(last[who]["judged-01"]) - float(first[who]["judged-01"]), 2) for who in first if first[who]["judged-01"] != last[who]["judged-01"]}
    raised = {who for who, points in gained.items() if points == 1}
    assert set(gained.values()) == {0.33, 1.0}, "the whole clause, or the half of it that the accepted answer makes right"
    changes = read_table(term / "graded/changes.csv")
    assert set(gained) == {row["learner"] for row in changes if row["item"] == "judged-01"}
    assert len(challenged) == len(raised) > 10, "everybody who gave that answer had argued for it"
    words = (term / "graded/announcement.txt").read_text("utf-8")
    assert str(len(gained)) in words and "The verb may be read" in words


def test_totals_add_up_and_the_report_counts_as_the_gradebook_does(term):
    graded = by_learner(term / "graded/gradebook.csv")
    for row in graded.values():
        assert float(row["total"]) == pytest.approx(sum(float(row[f"{lesson} total"] or 0) for lesson in LESSONS))
    handed = {row["lesson"]: row for row in read_table(term / "report/tables/hand_ins.csv")}
    for lesson in LESSONS:
        assert int(handed[lesson]["handed_in"]) == sum(bool(row[f"{lesson} total"]) for row in graded.values())
    items = {row["item"]: row for row in read_table(term / "report/tables/items.csv")}
    points = [float(row["judged-01"]) / 8 for row in graded.values() if row["judged-01"] and row["judged-01"] != "unanswered"]
    assert int(items[ARGUED]["n"]) == len(points)
    assert float(items[ARGUED]["mean_share"]) == pytest.approx(sum(points) / len(points), abs=1e-3)


def test_the_platform_gets_the_same_points_and_its_own_column_is_left_alone(term):
    graded = by_learner(term / "graded/gradebook.csv")
    rows = list(csv.DictReader(open(term / "upload.csv", encoding="utf-8-sig", newline="")))
    people = {row["SIS Login ID"]: row for row in rows if row["ID"]}
    for learner, row in graded.items():
        for lesson in LESSONS:
            if row[f"{lesson} total"]:
                assert float(people[learner][COLUMNS[lesson[:2]]]) == pytest.approx(float(row[f"{lesson} total"]))
    assert "Attendance (9)" not in rows[0]


def test_everybody_who_handed_in_gets_a_page_back(term):
    sent = [name for name in zipfile.ZipFile(term / "submissions/07_newsroom.zip").namelist()]
    back = zipfile.ZipFile(term / "back.zip").namelist()
    senders = lambda names: {tuple(part for part in name.split("_") if part.isdigit())[:2] for name in names}  # noqa: E731
    assert senders(back) == senders(sent) and len(back) == len(set(back))


def test_the_release_went_out_as_a_zip_without_a_key(term):
    names = zipfile.ZipFile(term / "release.zip").namelist()
    assert any(name.endswith("notebooks/02_whose_judgement.ipynb") for name in names)
    assert not any("graded" in name or "instructor" in name for name in names)
