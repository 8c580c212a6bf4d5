"""Students of every kind take the whole course in plain code, hand in, and are graded: what they earn is what they should."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import pytest

from course import open_lesson
from course.check.constants import constants
from course.check.right_answers import right_answers
from course.classroom import grade, load_catalogue
from course.content import find_data, lesson_ids
from course.items import Answer, Item, Key
from tests.hand_ins import read_table

DATA = find_data()
LESSONS = lesson_ids(DATA)
PLAN = {"00": 5, "01": 10, "02": 12, "03": 10, "04": 10, "05": 15, "06": 6, "07": 32, "08": 0}
WHOLE = sum(PLAN[name[:2]] for name in LESSONS)
WITHOUT_UPSTREAM = sum(PLAN[name[:2]] for name in LESSONS if not name.startswith("06"))
LIMIT = 0.35


def complete(item: Item, key: Key | None) -> Answer:
    """A right answer; where a person marks or nothing is keyed, something that answers the question."""
    right = next(right_answers(item, key), None) if key else None
    if right is not None:
        return Answer(right.value, right.reason, sure(item))
    made = {
        "essay": lambda: {field.id: "The ferry office said so." for field in item.fields},
        "pick": lambda: [option.id for option in item.options[: item.choose or 1]],
        "write": lambda: "1" if item.number else "The ferry office said so.",
    }  # fmt: skip
    return Answer(made[item.type](), None, sure(item))


def sure(item: Item) -> Any:
    """How sure a student says it is, where the item asks."""
    return {unit: "sure" for unit in item.confidence_units} or ("sure" if item.confidence else None)


def perfect(item: Item, key: Key | None, _chance: random.Random) -> Answer | None:
    return complete(item, key)


def blank(_item: Item, _key: Key | None, _chance: random.Random) -> Answer | None:
    return None


def constant(item: Item, _key: Key | None, _chance: random.Random) -> Answer | None:
    """The first thing that is offered, everywhere the same: no reading needed."""
    if item.type == "classify":
        return Answer({unit: {question.id: question.options[0].id for question in item.questions} for unit in item.units}, None, sure(item))
    if item.type == "pick":
        reason = item.reasons[0].id if item.reasons else None
        return Answer([option.id for option in item.options[: item.choose or 1]], reason, sure(item))
    if item.type == "chain":
        return Answer([card.id for card in item.cards])
    if item.type == "mark":
        text = load_catalogue(DATA).text_of(item)
        return Answer(next(value for _, value in constants(item, text)))
    return None


def careless(item: Item, key: Key | None, chance: random.Random) -> Answer | None:
    """Right about half the time, and now and then nothing."""
    luck = chance.random()
    return complete(item, key) if luck < 0.5 else constant(item, key, chance) if luck < 0.85 else None


KINDS = {"perfect": perfect, "blank": blank, "constant": constant, "careless": careless}


def take(folder: Path, name: str, answers, lessons) -> None:
    """Open each lesson, answer every question the lesson asks this student, and hand in."""
    chance = random.Random(name)
    for lesson_id in lessons:
        lesson = open_lesson(lesson_id, data=DATA, answers=folder / name / "answers")
        for place, _ in lesson.places():
            item, _ = lesson.resolve(place)
            answer = answers(item, lesson.keys.get(item.id), chance)
            if answer is not None:
                lesson.answer(place, answer.value, reason=answer.reason, confidence=answer.confidence)
        lesson.hand_in(learner=name)


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Path:
    """The folder with the gradebook of all these students, with full marks by hand for the perfect one."""
    folder = tmp_path_factory.mktemp("class")
    for name, answers in KINDS.items():
        take(folder, name, answers, LESSONS)
    take(folder, "half", perfect, LESSONS[:4])
    take(folder, "skips-six", perfect, [name for name in LESSONS if not name.startswith("06")])
    write_marks(folder / "marks.csv", ("perfect", "half", "skips-six"))
    gather(folder)
    grade(folder / "handins", None, folder / "out", marks=folder / "marks.csv")
    return folder / "out"


def gather(folder: Path) -> None:
    """Put the hand-ins of all students into one folder, as an instructor collects them."""
    (folder / "handins").mkdir()
    for file in folder.glob("*/hand_in/*.jsonl"):
        file.rename(folder / "handins" / file.name)


def write_marks(path: Path, learners: tuple[str, ...]) -> None:
    """Full marks for everything that a person reads."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["learner", "item", "criterion", "level", "comment", "marker"])
        for item in load_catalogue(DATA).items.values():
            if item.type == "essay":
                table.writerows([learner, item.id, one.id, f"{one.points:g}", "", "m"] for learner in learners for one in item.criteria)


def row_of(graded: Path, learner: str) -> dict[str, str]:
    return next(row for row in read_table(graded / "gradebook.csv") if row["learner"] == learner)


def worth(lessons=LESSONS) -> float:
    """The points of some lessons, slots counted once."""
    catalogue = load_catalogue(DATA)
    return sum(column.max for name in lessons for column in catalogue.columns[name])


def by_hand() -> float:
    """The points that a person gives."""
    catalogue = load_catalogue(DATA)
    return sum(column.max for columns in catalogue.columns.values() for column in columns if column.items[0].type == "essay")


def test_each_lesson_is_worth_what_the_plan_says():
    assert {name: worth([name]) for name in LESSONS} == {name: PLAN[name[:2]] for name in LESSONS}
    assert worth([name for name in LESSONS if not name.startswith("06")]) == WITHOUT_UPSTREAM


def test_a_perfect_student_earns_everything(graded):
    assert float(row_of(graded, "perfect")["total"]) == WHOLE


def test_a_blank_student_earns_nothing(graded):
    assert float(row_of(graded, "blank")["total"]) == 0


def test_whoever_answers_the_same_everywhere_stays_below_a_third_of_what_is_scored(graded):
    catalogue = load_catalogue(DATA)
    row, scored = row_of(graded, "constant"), [
        column for columns in catalogue.columns.values() for column in columns
        if all(item.credit == "score" and item.type != "essay" for item in column.items)
    ]  # fmt: skip
    earned = sum(float(row[column.id] or 0) for column in scored)
    assert earned < LIMIT * sum(column.max for column in scored)


def test_a_careless_student_lies_in_between(graded):
    assert 0.2 * WHOLE < float(row_of(graded, "careless")["total"]) < 0.8 * WHOLE


def test_a_student_who_stops_half_way_earns_what_was_done(graded):
    assert float(row_of(graded, "half")["total"]) == worth(LESSONS[:4])


def test_without_lesson_six_a_perfect_student_earns_the_rest(graded):
    assert float(row_of(graded, "skips-six")["total"]) == WITHOUT_UPSTREAM


@pytest.mark.parametrize("learner", [*KINDS, "half", "skips-six"])
def test_totals_are_the_sum_of_their_columns(graded, learner):
    row, columns = row_of(graded, learner), [column.id for columns in load_catalogue(DATA).columns.values() for column in columns]
    points = [float(row[name]) for name in columns if row[name].replace(".", "").isdigit()]
    assert sum(points) == pytest.approx(float(row["total"]), abs=0.011)
