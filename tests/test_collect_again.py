"""Grading again leaves alone what would come out the same, and comes to what a first grading comes to, byte for byte."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from course.classroom import grade, load_catalogue, open_class
from course.classroom.marked_texts import RECORD
from course.classroom.results.incremental import CACHE
from course.content import find_data
from tests.hand_ins import LESSON, answer, hand_in, read_table, small_catalogue

EXAMPLE = find_data() / "example_class"
ROOT = Path(__file__).resolve().parent.parent
MARK = "{learner},twelve-words,points,{points},{comment},me\n"


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


def files_of(out: Path) -> dict[str, bytes]:
    """Every file of a graded folder but what is only for grading again."""
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file() and path.name not in (CACHE, RECORD)}


def eight_learners(folder: Path) -> Path:
    folder.mkdir()
    for path in EXAMPLE.glob("learner-00*.jsonl"):
        shutil.copy(path, folder)
    return folder


def changed(handins: Path, chance: Random) -> str:
    """Change something that may change a page, or may not."""
    path = chance.choice(sorted(handins.glob("*.jsonl")))
    match kind := chance.choice(["cut", "delete", "copy", "shuffle", "nothing", "rename"]):
        case "cut":
            path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])
        case "delete":
            path.unlink()
        case "copy":
            shutil.copy(path, path.with_name(f"{path.stem} (1).jsonl"))
        case "shuffle":
            first, *rest = path.read_bytes().splitlines(keepends=True)
            chance.shuffle(rest)
            path.write_bytes(first + b"".join(rest))
        case "rename":
            path.rename(path.with_name(path.name.replace("learner-00", "learner-09")))
    return kind


@pytest.mark.parametrize("seed", range(6))
def test_grading_again_after_any_change_is_a_first_grading(tmp_path, catalogue, seed):
    chance, handins = Random(seed), eight_learners(tmp_path / "h")
    marks = tmp_path / "marks.csv"
    marks.write_text("learner,item,criterion,level,comment,marker\n")
    for number in range(4):
        classroom = open_class(handins, EXAMPLE / "roster.csv", marks=marks, catalogue=catalogue)
        again, fresh = classroom.write(tmp_path / "out"), classroom.write(tmp_path / f"fresh-{number}")
        assert files_of(tmp_path / "out") == files_of(tmp_path / f"fresh-{number}")
        assert (fresh.left, fresh.unchanged) == (0, 0) and again.left <= again.pages
        changed(handins, chance)
        with open(marks, "a") as file:
            learner = f"learner-00{chance.randrange(1, 9)}"
            file.write(chance.choice(["", MARK.format(learner=learner, points=chance.randrange(6), comment=chance.choice(["", "Good.", "=1+1"]))]))


def test_a_page_is_drawn_again_only_for_whom_something_changed(tmp_path, catalogue, monkeypatch):
    handins = eight_learners(tmp_path / "h")
    first = open_class(handins, catalogue=catalogue).write(tmp_path / "out")
    os.utime(tmp_path / "out/feedback/learner-003.html", (1, 1))
    assert "Unchanged since the last grading" not in str(first)
    path = handins / "learner-004--01_who_is_speaking.jsonl"
    head, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(head.replace(f'"responses":{len(rest)}'.encode(), b'"responses":2') + b"".join(rest[:2]))
    drawn = []
    import course.classroom.grading as grading

    real = grading.feedback_page
    monkeypatch.setattr(grading, "feedback_page", lambda learner, *more: drawn.append(learner) or real(learner, *more))
    summary = open_class(handins, catalogue=catalogue).write(tmp_path / "out")
    assert drawn == ["learner-004"] and (summary.left, summary.pages) == (summary.pages - 1, first.pages)
    assert summary.unchanged == first.handins - 1
    assert str(summary).endswith(f"Unchanged since the last grading: {first.handins - 1} hand-ins, {first.pages - 1} pages.")
    assert (tmp_path / "out/feedback/learner-003.html").stat().st_mtime == 1


def test_another_process_leaves_the_same_pages_alone(tmp_path):
    """The order of sets and dictionaries is another in each process; no hash may depend on it."""
    source = f"from course.classroom import grade; print(grade({str(EXAMPLE)!r}, {str(EXAMPLE / 'roster.csv')!r}, 'out').left)"
    told = [
        subprocess.run([sys.executable, "-c", source], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True,
                       env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}).stdout.strip()
        for seed in ("1", "2")
    ]
    assert told == ["0", "44"]


@pytest.fixture()
def small(tmp_path):
    catalogue = small_catalogue(tmp_path)
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-count", "4"))

    def write(out="out", **more):
        return open_class(tmp_path / "h", catalogue=more.pop("catalogue", catalogue), **more).write(tmp_path / out)
    return write


HOSTILE = {
    "not JSON": "{", "no object": "[]", "deep": "[" * 100_000, "another version": '{"version": 2, "handins": [], "pages": {}}', "no pages": '{"version": 1, "handins": []}',
    "odd pages": '{"version": 1, "handins": [7, null, {}], "pages": {"ann.html": 7}}', "no hashes": '{"version": 1, "handins": [], "pages": {"ann.html": [null, null]}}',
    "bytes": "\x00\x01", "a number of thousands of digits": '{"version": ' + "9" * 9000 + "}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_remembered_is_passed_over_when_it_can_not_be_read(tmp_path, small, name):
    small()
    before = files_of(tmp_path / "out")
    (tmp_path / "out" / CACHE).write_text(HOSTILE[name])
    assert small().left == 0 and files_of(tmp_path / "out") == before
    assert small().left == 1, "it was written anew"


def test_no_score_stands_in_what_is_remembered_and_a_changed_page_is_drawn_again(tmp_path, small):
    small()
    before, told = files_of(tmp_path / "out"), json.loads((tmp_path / "out" / CACHE).read_text())
    assert set(told) == {"version", "handins", "pages"} and all(len(one) == 64 for held in told["pages"].values() for one in held)
    page = tmp_path / "out/feedback/ann.html"
    page.write_bytes(page.read_bytes().replace(b"0", b"9"))
    assert small().left == 0 and files_of(tmp_path / "out") == before
    page.unlink()
    assert small().left == 0 and files_of(tmp_path / "out") == before


def test_a_link_in_the_place_of_what_is_remembered_or_of_a_page_is_not_followed(tmp_path, small):
    small()
    for path in (tmp_path / "out" / CACHE, tmp_path / "out/feedback/ann.html"):
        path.rename(tmp_path / path.name)
        path.symlink_to(tmp_path / path.name)
        assert small().left == 0
        assert not path.is_symlink()


def test_other_keys_other_wording_other_names_and_another_kit_draw_all_pages_again(tmp_path, small, monkeypatch):
    small()
    data = tmp_path / "data/keys/graded/01_fences.toml"
    data.write_text(data.read_text().replace("answer = 3", "answer = 4"))
    other = load_catalogue(tmp_path / "data")
    assert small(catalogue=other).left == 0 and small(catalogue=other).left == 1
    assert read_table(tmp_path / "out/gradebook.csv")[0]["fence-count"] == "1"
    (tmp_path / "roster.csv").write_text("learner,name\nann,Ann Moss\n")
    assert small(catalogue=other, roster=tmp_path / "roster.csv").left == 0
    monkeypatch.setattr("course.classroom.results.incremental.of_code", lambda: "another kit")
    assert small(catalogue=other, roster=tmp_path / "roster.csv").left == 0


def test_where_learners_files_and_results_lie_in_one_another_nothing_is_believed(tmp_path, monkeypatch):
    monkeypatch.setenv("SAYSWHO_DATA", str(tmp_path / "data"))
    catalogue = small_catalogue(tmp_path)
    hand_in(tmp_path / "a/h", "ann", answer(catalogue, "fence-count", "4"))
    for out in ("a/h/out", "a"):
        assert [grade(tmp_path / "a/h", None, tmp_path / out).left for _ in range(2)] == [0, 0]


def test_a_hand_in_that_brings_along_what_is_remembered_changes_nothing(tmp_path, small):
    small()
    before = files_of(tmp_path / "out")
    (tmp_path / "h" / CACHE).write_text(json.dumps({"version": 1, "handins": [], "pages": {"ann.html": ["0" * 64, "0" * 64]}}))
    (tmp_path / "h/feedback").mkdir()
    (tmp_path / f"h/feedback/ann--{LESSON}.html").write_text("<p>100 points</p>")
    small()
    assert {name: raw for name, raw in files_of(tmp_path / "out").items() if name not in ("problems.csv", "collected.csv")} == {
        name: raw for name, raw in before.items() if name not in ("problems.csv", "collected.csv")}
