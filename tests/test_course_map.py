"""Where a learner stands in the course, what two tests say together, and when example essays open."""

from __future__ import annotations

import pytest

from course import course_map, open_lesson
from course.content import ContentError, load_lesson, load_norming
from course.handin import note_handed_in
from tests.small_content import write_small_content

LAST = """
[lesson]
id = "07_last"
title = "Last"
minutes = 9
[[item]]
id = "last-b"
type = "classify"
prompt = "Label once more."
text = "fence"
points = 3
[[item.question]]
id = "voice"
[[item]]
id = "last-a"
type = "classify"
prompt = "Label, and again."
text = "fence"
points = 3
[[item.question]]
id = "voice"
[[slot]]
id = "last"
choices = ["last-b", "last-a"]
rule = "other"
than = "first"
"""
FIRST = LAST.replace("07_last", "00_first").replace('"last', '"first').replace('rule = "other"\nthan = "first"', 'rule = "random"').replace('["first-b", "first-a"]', '["first-a", "first-b"]')
KEYS = '[{0}-a]\nwhy = "So."\n[{0}-b]\nwhy = "So."\n'
RIGHT = {"f1": {"voice": "author"}, "f2": {"voice": "source"}, "f3": {"voice": "author"}}
WRONG = {unit: {"voice": "unclear"} for unit in RIGHT}


@pytest.fixture
def kit(tmp_path):
    data = write_small_content(tmp_path / "data")
    for name, items, key in (("00_first", FIRST, "first"), ("07_last", LAST, "last")):
        (data / f"items/{name}.toml").write_text(items, "utf-8")
        (data / f"keys/graded/{name}.toml").write_text(KEYS.format(key), "utf-8")
    return data


def opened(kit, name):
    return open_lesson(name, data=kit, answers=kit.parent / "answers")


def handed_in(kit, name, answer):
    lesson = opened(kit, name)
    lesson.answer(next(iter(lesson._slots)), answer)
    lesson.hand_in(learner="ada")
    return lesson


def test_the_map_counts_places_and_points_with_slots_counted_once(kit):
    rows = {row["id"]: row for row in course_map.stages(kit, kit.parent / "answers", "07_last")}
    assert list(rows) == ["00_first", "01_fences", "07_last"]
    assert [(row["number"], row["points"], row["total"], row["state"]) for row in rows.values()] == [("0", 3, 1, "new"), ("1", 4, 7, "new"), ("7", 3, 1, "new")]
    assert [row["here"] for row in rows.values()] == [False, False, True]


def test_the_map_follows_what_is_answered_and_handed_in(kit):
    fences = opened(kit, "01_fences")
    panel = fences.course_map()
    fences.answer("fence-pick", "f3")
    assert [(row["state"], row["answered"]) for row in panel.status["stages"] if row["here"]] == [("begun", 1)]
    fences.hand_in(learner="ada")
    assert [row["state"] for row in panel.status["stages"]] == ["new", "handed_in", "new"]


def test_the_last_test_is_the_other_form_also_when_the_first_was_answered_elsewhere(kit):
    first = opened(kit, "00_first")
    drawn = first.resolve("first")[0].id
    other = "first-b" if drawn == "first-a" else "first-a"
    first.answer(other, RIGHT)
    assert opened(kit, "07_last").resolve("last")[0].id[-1] != other[-1]


def test_growth_waits_for_both_hand_ins_and_then_compares_whole_clauses(kit):
    handed_in(kit, "00_first", WRONG)
    last = opened(kit, "07_last")
    panel = last.growth()
    assert panel.status["state"] == "waiting"
    last.answer("last", RIGHT)
    last.hand_in(learner="ada")
    assert (panel.status["state"], panel.status["first"], panel.status["last"]) == ("open", [0, 3], [3, 3])
    assert panel.status["low"] < 1 <= panel.status["high"]


def test_growth_says_when_a_test_was_left_out(kit):
    note_handed_in(kit.parent / "answers", "00_first", {"at": "2026-03-01T10:00:00.000Z"})
    assert handed_in(kit, "07_last", RIGHT).growth().status["state"] == "missing"


def test_in_a_class_neither_growth_nor_essays_are_shown(kit):
    (kit / "class.toml").write_text('mode = "class"\n[graded]\n"07_last" = ["last-a", "last-b"]\n', "utf-8")
    lesson = opened(kit, "07_last")
    assert lesson.growth().status["state"] == lesson.norming().status["state"] == "class"


def test_every_panel_of_a_lesson_follows_an_answer_however_many_stand_below_it(kit):
    lesson = opened(kit, "01_fences")
    progress, *_ = [lesson.progress(), lesson.hand_in(), lesson.growth(), lesson.norming(), lesson.course_map()]
    lesson.answer("fence-pick", "f3")
    assert progress.status["answered"] == 1


def test_a_text_is_shown_by_the_question_or_slot_that_is_about_it(kit):
    assert opened(kit, "01_fences").show("fence-label").text.slug == opened(kit, "07_last").show("last").text.slug == "fence"


NORMING = """
[[essay]]
id = "strong"
headline = "Fence needs paint, Moss says"
[essay.marks]
fits = 2
[essay.reasons]
fits = "Both words stand on f2."
[[essay]]
id = "weak"
headline = "Fence scandal"
[essay.marks]
fits = 0
[essay.reasons]
fits = "No clause carries *scandal*."
"""


def with_norming(kit, text=NORMING):
    (kit / "norming").mkdir()
    (kit / "norming/01_fences.toml").write_text(text, "utf-8")
    return kit


def test_norming_essays_open_after_handing_in_weakest_first(kit):
    lesson = opened(with_norming(kit), "01_fences")
    panel = lesson.norming()
    assert panel.status["state"] == "waiting"
    lesson.hand_in(learner="ada")
    assert [essay["total"] for essay in panel.status["essays"]] == [0, 2]
    assert panel.status["essays"][1]["texts"] == [{"prompt": "The headline", "text": "Fence needs paint, Moss says"}]


@pytest.mark.parametrize(("was", "now", "said"), [
    ("fits = 2", "fits = 3", "its level of fits is 3"), ('headline = "Fence scandal"\n', "", "it has no headline"), ('fits = "Both words stand on f2."', "", "no reason for fits"),
])  # fmt: skip
def test_a_norming_essay_that_lacks_something_is_named(kit, was, now, said):
    essay = next(item for item in load_lesson(kit, "01_fences").items if item.type == "essay")
    with pytest.raises(ContentError, match=said):
        load_norming(with_norming(kit, NORMING.replace(was, now)), essay)
