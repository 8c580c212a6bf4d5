"""Who handed in nothing, and whose answers are somebody else's, is said and never guessed at."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from course.classroom import load_catalogue, open_class
from course.classroom.collecting.absences import copied_answers, missing_handins
from tests.hand_ins import LESSON, answer, hand_in
from tests.small_content import FILES, write_small_content

PACK = """[lesson]
id = "01_fences"
[[item]]
id = "form-p"
type = "pick"
prompt = "So?"
points = 1
credit = "completion"
[[item.option]]
id = "yes"
text = "Yes."
[[item.option]]
id = "no"
text = "No."
[[slot]]
id = "form"
choices = ["form-p", "form-a", "form-b"]
rule = "class"
"""


def handed(**ids):
    """Hand-ins of lesson 01 by learner, each with responses of these ids."""
    return {(learner, "01"): [SimpleNamespace(sender="", responses=[SimpleNamespace(id=one) for one in own])] for learner, own in ids.items()}


def test_the_absent_are_named_a_line_a_lesson():
    (line,) = missing_handins(["ann", "bob", "cy"], handed(bob=["r1"]))

    assert (line.lesson, line.what) == ("01", "2 on the roster have handed in nothing for this lesson: ann, cy")


def test_nobody_is_absent_where_all_handed_in():
    assert missing_handins(["bob"], handed(bob=["r1"])) == []


def test_the_same_entries_under_two_names_are_said_once_with_their_number():
    (line,) = copied_answers(handed(ann=["r1", "r2", "r3"], bob=["r2", "r3", "r9"]))

    assert line.learner == "bob" and line.what.startswith("2 answers are the very same entries") and "ann" in line.what


IDS = {
    # the two ids, the roster: what is told of their one work
    ("lena", "lenna", ("lena",)): "If lenna is a misspelling of lena,",
    ("aena", "lena", ("lena",)): "If aena is a misspelling of lena,",
    ("lena.park@x.org", "lena.prak@x.org", ()): "If one is a misspelling of the other,",
    ("lena", "lenna", ("lena", "lenna")): "One file was copied from the other, or somebody once typed",
    ("learner-016", "learner-017", ()): "One file was copied from the other, or somebody once typed",
    ("lena", "moss", ()): "One file was copied from the other, or somebody once typed",
}


@pytest.mark.parametrize("case", IDS)
def test_one_work_under_two_ids_is_told_as_a_misspelling_where_it_may_be_one(case):
    one, other, roster = case
    (line,) = copied_answers(handed(**{one: ["r1", "r2"], other: ["r1", "r2", "r3"]}), roster)
    assert IDS[case] in line.cure and "Both were graded" in line.cure and f"{max(case[:2])} {min(case[:2])}" == f"{line.learner} {one if line.learner == other else other}"


def test_a_part_that_is_the_same_is_no_misspelling():
    (line,) = copied_answers(handed(lena=["r1", "r2", "r4"], lenna=["r1", "r2", "r3"]), ("lena",))
    assert line.kind == "copied"


def test_who_corrects_the_id_and_hands_in_again_is_graded_under_both_and_told_the_cure(tmp_path, packed):
    kit = packed[0]
    hand_in(tmp_path / "h", "lenna", answer(kit, "fence-count", "3"))
    hand_in(tmp_path / "h", "lena", answer(kit, "fence-count", "3"), answer(kit, "form-a", ["no"]))
    (tmp_path / "roster.csv").write_text("learner,name\nlena,Lena Park\nbo,Bo\n")
    classroom = open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=kit)
    assert sorted(learner for learner, _ in classroom.sheets) == ["lena", "lenna"]
    assert [(found.kind, found.learner) for found in classroom.problems] == [("unknown_learner", "lenna"), ("two_ids", "lenna")]


def test_answers_of_ones_own_in_two_files_are_no_copies():
    own = handed(ann=["r1"])
    own["ann", "01"] *= 2

    assert copied_answers(own) == []


@pytest.fixture()
def packed(tmp_path):
    """The small kit, and a pack whose question fills the slot `form`: the catalogue of each."""
    data = write_small_content(tmp_path / "data", items__01_fences_dot_toml=FILES["items/01_fences.toml"] + 'rule = "class"\n')
    (tmp_path / "pack/items").mkdir(parents=True)
    (tmp_path / "pack/items/01_fences.toml").write_text(PACK)
    return load_catalogue(data), load_catalogue(data, tmp_path / "pack")


def test_questions_of_a_pack_without_its_keys_are_one_line_for_the_class(tmp_path, packed):
    kit, pack = packed
    for learner in ("ann", "bo", "cy"):
        hand_in(tmp_path / "h", learner, answer(pack, "form-p", ["no"], name=learner), answer(pack, "fence-count", "3", name=f"{learner}-2"))
    (line,) = open_class(tmp_path / "h", catalogue=kit).problems
    assert (line.kind, line.lesson, line.item) == ("unknown_items", LESSON, "form-p")
    assert line.what.endswith("and 3 learners answered it: ann, bo, cy") and "grade again with --keys and the folder of the pack" in line.cure
    assert open_class(tmp_path / "h", catalogue=pack).problems == []


def test_who_answered_the_kits_own_form_is_told_and_scored(tmp_path, packed):
    kit, pack = packed
    for learner, form in (("ann", "form-a"), ("bo", "form-p"), ("cy", "form-a")):
        hand_in(tmp_path / "h", learner, answer(pack, form, ["no"], name=learner))
    classroom = open_class(tmp_path / "h", catalogue=pack)
    (line,) = classroom.problems
    assert (line.kind, line.item) == ("kits_own_form", "form-a") and line.what.startswith("2 learners answered form-a, the kit's own form of form") and line.what.endswith("pack: ann, cy")
    assert classroom.sheets["ann", LESSON].cells["form"].written == "1"
    assert not [found for found in open_class(tmp_path / "h", catalogue=kit).problems if found.kind == "kits_own_form"]


def test_those_whose_answers_wait_are_named_and_the_summary_tells_how_many_handed_in(tmp_path, packed):
    kit, _ = packed
    (tmp_path / "roster.csv").write_text("learner\n" + "".join(f"l{number:02d}\n" for number in range(40)))
    for number in range(34):
        hand_in(tmp_path / "h", f"l{number:02d}", answer(kit, "fence-essay", {"headline": "A fence"}, name=f"r{number}"))
    classroom = open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=kit)
    (line,) = [found for found in classroom.problems if found.kind == "unmarked"]
    assert line.what.startswith("34 answers wait for a person to mark: l00, l01, ") and line.what.endswith(", l29 and others")
    assert str(classroom.write(tmp_path / "out", pages=False)).startswith("34 hand-ins of 34 of 40 learners graded into")
    hand_in(tmp_path / "one", "ann", answer(kit, "fence-essay", {"headline": "A fence"}))
    alone = open_class(tmp_path / "one", catalogue=kit)
    assert alone.problems[0].what == "1 answer waits for a person to mark: ann"
    assert str(alone.write(tmp_path / "out1", pages=False)).startswith("1 hand-in of 1 learner graded into")
