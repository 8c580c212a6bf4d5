"""Scores in nbgrader's own gradebook: the same as in ours, and a mark by hand there stays. nbgrader itself runs here."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from course.classroom import grade, load_catalogue
from course.cli import main
from tests import find_nbgrader

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "data" / "example_class"
LESSONS = ("01_who_is_speaking", "05_headline_and_lede")
# Who of the invented class plays whom here. Dan handed nothing in.
LEARNERS = {"learner-001": "ann", "learner-003": "bo", "learner-004": "cara"}
POINTS, MOST, AUTO, MANUAL, WAITS, FAILED, COMMENT = range(7)


def hand_ins(folder: Path) -> None:
    """Three learners' files for two lessons; Bo's first one is cut short."""
    folder.mkdir()
    for theirs, ours in LEARNERS.items():
        for lesson in LESSONS:
            text = (EXAMPLE / f"{theirs}--{lesson}.jsonl").read_text("utf-8").replace(theirs, ours)
            (folder / f"{ours}--{lesson}.jsonl").write_text(text, "utf-8")
    lines = (folder / f"bo--{LESSONS[0]}.jsonl").read_text("utf-8").splitlines(keepends=True)
    (folder / f"bo--{LESSONS[0]}.jsonl").write_text("".join(lines[:3]), "utf-8")


def gradebook_of(folder: Path) -> dict[str, dict[str, str]]:
    """Our own gradebook: row by learner, cell by column."""
    with (folder / "gradebook.csv").open(encoding="utf-8-sig", newline="") as opened:
        return {row["learner"]: row for row in csv.DictReader(opened)}


def in_nbgraders_python(*command: str, cwd: Path) -> str:
    """What a Python prints that finds nbgrader; without nbgrader the test fails, and says how to fetch it."""
    environment = find_nbgrader.environment()
    if environment is None:
        pytest.fail(find_nbgrader.CURE, pytrace=False)
    done = subprocess.run([sys.executable, "-m", *command], cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> tuple[dict, Path]:
    """What nbgrader held after each step, and the folder with the database. Between the steps Ann's `cue-05` is set to 1.25."""
    folder = tmp_path_factory.mktemp("nbgrader")
    hand_ins(folder / "handins")
    (folder / "roster.csv").write_text("learner,name\nann,Ann Ó Briain\nbo,\"Li, Bo\"\ncara,Cara 김\ndan,Dan\n", "utf-8")
    (folder / "marks.csv").write_text("learner,item,criterion,level,comment,marker\nann,cue-05,points,1.25,,me\n", "utf-8")
    grade(folder / "handins", folder / "roster.csv", folder / "first", progress=False)
    grade(folder / "handins", folder / "roster.csv", folder / "second", marks=folder / "marks.csv", progress=False)
    printed = in_nbgraders_python("tests.nbgrader_steps", str(folder), cwd=ROOT)
    return json.loads(printed.splitlines()[-1]), folder


def test_every_cell_has_our_points_and_says_why_it_has_none(exported):
    found, folder = exported
    catalogue, ours = load_catalogue(), gradebook_of(folder / "first")
    seen = set()
    for learner in LEARNERS.values():
        for lesson in LESSONS:
            cells = found["first"][f"{learner} {lesson}"]["cells"]
            assert set(cells) == {column.id for column in catalogue.columns[lesson]}
            for column in catalogue.columns[lesson]:
                cell, written = cells[column.id], ours[learner][column.id]
                seen.add(written if written[:1].isalpha() else "points")
                assert cell[MOST] == column.max
                assert cell[FAILED] is False
                if written in ("needs a person", "malformed"):
                    assert cell[AUTO] is None and cell[WAITS] is True
                else:
                    assert cell[AUTO] == (0 if written == "unanswered" else float(written)) and cell[WAITS] is False
                word = {"unanswered": "Not answered", "needs a person": "A person has still", "malformed": "could not be read"}.get(written)
                assert cell[COMMENT] is None if word is None else word in cell[COMMENT]
    assert seen == {"points", "unanswered", "needs a person", "malformed"}, "the hand-ins no longer hold all four states"


def test_who_handed_nothing_in_has_no_submission(exported):
    found, _ = exported
    assert {name.partition(" ")[0] for name in found["first"]} == set(LEARNERS.values())
    assert "has no submission there" in found["told"]
    # Ann was there from an earlier export.
    assert "so they were added; if it knows them by another id, use that one in your roster: bo, cara, dan." in found["told"]
    assert "so they were added" not in found["told again"]


def test_a_mark_by_hand_stays_and_other_scores_follow_ours(exported):
    found, _ = exported
    before, after = found["first"]["cara 05_headline_and_lede"]["cells"]["twelve-words"], found["second"]["cara 05_headline_and_lede"]["cells"]["twelve-words"]
    assert before[WAITS] and before[MANUAL] is None
    assert (after[POINTS], after[MANUAL], after[WAITS], after[COMMENT]) == (2.0, 2.0, False, "Carried by the body.")
    cells = found["second"]["ann 01_who_is_speaking"]["cells"]
    assert (cells["owner-03"][POINTS], cells["owner-03"][MANUAL]) == (0.5, 0.5)
    assert cells["owner-03"][AUTO] == found["first"]["ann 01_who_is_speaking"]["cells"]["owner-03"][AUTO] != 0.5
    assert cells["cue-05"][POINTS] == 1.25 != found["first"]["ann 01_who_is_speaking"]["cells"]["cue-05"][POINTS]
    assert "Marks by hand in nbgrader were kept where ours differ: ann (01_who_is_speaking), cara (05_headline_and_lede)." in found["told again"]


def test_a_submission_older_than_a_cell_gets_its_place(exported):
    # An export from before the lesson had its last column came first.
    cells = exported[0]["first"]["ann 01_who_is_speaking"]["cells"]
    last = load_catalogue().columns[LESSONS[0]][-1]
    assert cells[last.id][MOST] == last.max and cells[last.id][AUTO] == float(gradebook_of(exported[1] / "first")["ann"][last.id])


def test_what_can_not_be_used_is_refused_with_a_sentence(exported):
    other, nowhere, no_url = exported[0]["refused"]
    assert "The assignment 05_headline_and_lede in that database holds what this gradebook does not ask: problem1" in other
    assert exported[0]["after"] == exported[0]["second"]
    for sentence in (nowhere, no_url):
        assert "can't be used" in sentence and "sqlite:///gradebook.db" in sentence


def test_nbgrader_export_prints_the_scores_of_the_gradebook(exported):
    found, folder = exported
    in_nbgraders_python("nbgrader", "export", "--db", f"sqlite:///{folder / 'gradebook.db'}", "--to", str(folder / "grades.csv"), cwd=folder)
    rows = [line.split(",") for line in (folder / "grades.csv").read_text("utf-8").splitlines()]
    # A comma in a name shifts nbgrader's columns, and we say so: so the line is read from its end.
    assert "puts no quotation marks around names" in found["told"] and ": bo." in found["told"]
    scores = {(row[3], row[0]): (float(row[-4]), float(row[-1])) for row in rows[1:]}
    ours = gradebook_of(folder / "second")
    most = {lesson: sum(column.max for column in load_catalogue().columns[lesson]) for lesson in LESSONS}
    by_hand = {("cara", LESSONS[1]): 2.0, ("ann", LESSONS[0]): 0.5 - float(ours["ann"]["owner-03"])}
    for learner in ours:
        for lesson in LESSONS:
            expected = float(ours[learner][f"{lesson} total"] or 0) + by_hand.get((learner, lesson), 0)
            assert scores[learner, lesson] == (pytest.approx(expected), most[lesson])


def test_a_students_jupyterlab_knows_nothing_of_nbgrader():
    from jupyter_core.paths import jupyter_config_path, jupyter_path
    from jupyter_server.extension.config import ExtensionConfigManager
    from jupyterlab_server.config import get_federated_extensions

    panels = get_federated_extensions(jupyter_path("labextensions"))
    assert "@jupyter-widgets/jupyterlab-manager" in panels, "the list of panels is not the one that JupyterLab uses"
    assert [name for name in panels if "nbgrader" in name] == []
    servers = ExtensionConfigManager(read_config_path=jupyter_config_path()).get_jpserver_extensions()
    assert "jupyterlab" in servers and not [name for name, on in servers.items() if "nbgrader" in name and on]


def test_without_nbgrader_the_command_says_what_to_do(tmp_path, monkeypatch, capsys):
    # As on a computer without it, also where somebody has it.
    monkeypatch.setattr("importlib.util.find_spec", lambda name, package=None: None)
    hand_ins(tmp_path / "handins")
    grade(tmp_path / "handins", None, tmp_path / "graded", progress=False)
    assert main(["export", "nbgrader", "--graded", str(tmp_path / "graded"), "--db", f"sqlite:///{tmp_path / 'x.db'}"]) == 1
    assert "nbgrader is not installed in this environment. Install it: pip install" in capsys.readouterr().err
    assert not (tmp_path / "x.db").exists()


def test_the_test_says_how_to_fetch_nbgrader_where_it_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(find_nbgrader, "FOLDER", tmp_path)
    monkeypatch.setattr(find_nbgrader.importlib.util, "find_spec", lambda name: None)
    assert find_nbgrader.environment() is None and not find_nbgrader.is_current()
    with pytest.raises(pytest.fail.Exception, match="python -m tests.find_nbgrader --install"):
        in_nbgraders_python("nbgrader", cwd=tmp_path)


def test_make_test_fetches_the_pinned_versions():
    assert "tests.find_nbgrader --install" in (ROOT / "Makefile").read_text("utf-8")
    assert {pin.partition("==")[0] for pin in find_nbgrader.pins()} == set(find_nbgrader.PACKAGES)
