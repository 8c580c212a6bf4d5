"""The invented class: the same from the same seed, byte for byte, and wrong in the ways people are wrong."""

from __future__ import annotations

import csv
from statistics import mean

import pytest

from course.classroom import load_catalogue, open_class
from course.content import find_data
from course.simulate import SimulationError, simulate
from course.simulate.people import NAMES, invent_learners
from tests.hand_ins import small_catalogue

EXAMPLE = find_data() / "example_class"


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


@pytest.fixture(scope="module")
def classroom(catalogue):
    return open_class(EXAMPLE, EXAMPLE / "roster.csv", catalogue=catalogue)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_committed_class_is_what_the_script_makes_from_its_seed(tmp_path, catalogue):
    simulate(tmp_path / "example_class", 2023, catalogue=catalogue)
    made, committed = contents(tmp_path / "example_class"), contents(EXAMPLE)
    assert sorted(made) == sorted(committed)
    stale = [name for name in made if made[name] != committed[name]]
    assert stale == [], "the content changed: sayswho simulate --out data/example_class --seed 2023"


def test_another_seed_makes_another_class(tmp_path):
    catalogue = small_catalogue(tmp_path)
    for seed in (1, 2, 1):
        simulate(tmp_path / f"class-{seed}", seed, learners=6, catalogue=catalogue)
    assert contents(tmp_path / "class-1") != contents(tmp_path / "class-2")


def test_at_least_forty_learners_with_names_from_many_languages():
    with open(EXAMPLE / "roster.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 40 and len({row["learner"] for row in rows}) == len(rows)
    names = " ".join(row["name"] for row in rows)
    assert all(one in names for one in ("O'Brien", "Zoë", "김", "محمد", "Łukasz")) and len(set(NAMES)) == len(NAMES)
    assert any("@example.org" in row["learner"] for row in rows) and any(row["learner"].startswith("learner-") for row in rows)


def test_everything_in_the_class_can_be_graded_and_one_handed_in_twice(classroom):
    assert {found.kind for found in classroom.problems} == {"several_files", "unmarked"}
    assert classroom.lessons == list(classroom.catalogue.lessons)


def test_some_miss_a_lesson_and_some_leave_questions_blank(classroom):
    handed_in = [sum(learner == one for one, _ in classroom.sheets) for learner in classroom.roster]
    assert min(handed_in) < max(handed_in) == len(classroom.lessons)
    states = [cell.state for sheet in classroom.sheets.values() for cell in sheet.cells.values()]
    assert 0.01 < states.count("unanswered") / len(states) < 0.2
    assert states.count("malformed") == 0


def test_no_question_is_too_easy_or_too_hard_and_able_learners_do_better(classroom):
    ability = {person.id: person.ability for person in invent_learners(2023, len(classroom.roster), classroom.lessons)}
    for column in classroom.columns:
        cells = {sheet.learner: sheet.cells[column.id] for sheet in classroom.sheets.values() if sheet.lesson == column.lesson}
        shares = [cell.points / column.max for cell in cells.values() if cell.state == "scored"]
        if shares and column.items[0].credit == "score":
            assert 0.25 < mean(shares) < 0.95, column.id
    whole = {learner: total for learner in ability if (total := total_of(classroom, learner)) is not None}
    ranked = sorted(whole, key=lambda learner: ability[learner])
    third = len(ranked) // 3
    assert mean(whole[one] for one in ranked[-third:]) > mean(whole[one] for one in ranked[:third]) + 4


def total_of(classroom, learner):
    """The points of a learner who handed in every lesson."""
    sheets = [classroom.sheets.get((learner, lesson)) for lesson in classroom.lessons]
    return sum(sheet.points for sheet in sheets) if all(sheets) else None


def test_practice_is_tried_again_and_graded_items_are_drafts_only(classroom):
    from course.handin import read_handins

    handins, _ = read_handins(EXAMPLE)
    kinds = {(classroom.catalogue.items[one.item].graded, one.kind) for handin in handins for one in handin.responses}
    assert kinds == {(True, "draft"), (False, "draft"), (False, "submitted")}
    tries = [sum(one.kind == "submitted" and one.item == "ladder-01" for one in handin.responses) for handin in handins]
    assert max(tries) >= 2
    assert {one.confidence for handin in handins for one in handin.responses if isinstance(one.confidence, str)} == {"guessing", "leaning", "sure"}


def test_the_mistakes_are_those_of_people(classroom):
    blamed, too_long, missed_cue = 0, 0, 0
    for sheet in classroom.sheets.values():
        for cell in sheet.cells.values():
            key = classroom.catalogue.keys.get(cell.item.id)
            if cell.response is None or key is None:
                continue
            if cell.item.type == "classify":
                for unit, given in cell.response.value.items():
                    keyed = key.units[unit]
                    blamed += keyed.voice == "source" and keyed.kind == "judgement" and given.get("voice") == "author" and given.get("kind") == "judgement"
            if cell.item.type == "mark":
                lengths = {(span.label, span.unit): span.end - span.start for span in key.spans}
                too_long += sum(one["end"] - one["start"] > 1.3 * lengths.get((one["label"], one["unit"]), 9999) for one in cell.response.value)
                missed_cue += "cue" in {span.label for span in key.spans} - {one["label"] for one in cell.response.value}
    assert blamed >= 20, "a quoted judgement laid at the author's door"
    assert too_long >= 5
    assert missed_cue >= 3


FOREIGN = {
    # what is in the folder: (its files, whether an invented class is there already, the file that is named)
    "a document": (["thesis.docx"], False, "thesis.docx"),
    "hand-ins of a real class": (["README.md", "ann--01_fences.jsonl", "roster.csv"], False, "ann--01_fences.jsonl"),
    "hand-ins of a real class that is numbered": (["README.md", "learner-001--01_fences.jsonl", "roster.csv"], False, "learner-001--01_fences.jsonl"),
    "hand-ins without a list": (["learner-001--01_fences.jsonl"], False, "learner-001--01_fences.jsonl"),
    "a list and nothing more": (["roster.csv"], False, "roster.csv"),
    "a real hand-in among invented ones": (["ann--01_fences.jsonl"], True, "ann--01_fences.jsonl"),
    "a journal among invented hand-ins": (["answers.jsonl"], True, "answers.jsonl"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_folder_with_anything_else_is_left_alone(tmp_path, name):
    files, invented, named = FOREIGN[name]
    catalogue = small_catalogue(tmp_path / "small")
    if invented:
        simulate(tmp_path / "c", 1, learners=2, catalogue=catalogue)
    (tmp_path / "c").mkdir(exist_ok=True)
    for file in files:
        (tmp_path / "c" / file).write_text("# Our class\n")
    before = contents(tmp_path / "c")
    with pytest.raises(SimulationError, match=f"holds {named} that is not of an invented class. Name a new folder"):
        simulate(tmp_path / "c", 1, catalogue=catalogue)
    assert contents(tmp_path / "c") == before


def test_an_empty_folder_is_filled_and_a_file_is_none(tmp_path):
    catalogue = small_catalogue(tmp_path / "small")
    (tmp_path / "c").mkdir()
    assert simulate(tmp_path / "c", 1, learners=2, catalogue=catalogue)
    (tmp_path / "file").write_text("keep")
    with pytest.raises(SimulationError, match="Name a new folder"):
        simulate(tmp_path / "file", 1, learners=2, catalogue=catalogue)


def test_an_earlier_class_is_replaced_whole(tmp_path):
    catalogue = small_catalogue(tmp_path)
    simulate(tmp_path / "c", 1, learners=5, catalogue=catalogue)
    simulate(tmp_path / "c", 1, learners=2, catalogue=catalogue)
    assert len(list((tmp_path / "c").glob("*.jsonl"))) == 2
