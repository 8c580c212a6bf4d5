"""Several markers: fair shares, a part marked twice, files that become one without a mark made up, and how far they agree."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.content import ContentError
from course.desk.agreement import agreements, lines_beside
from course.desk.assignment import Assignment, deal, read_assignments, write_assignments
from course.desk.lines import DeskError, Line
from course.desk.lock import Lock
from course.desk.merging import merge, merge_files
from course.items import Criterion, Item
from course.measures import weighted_kappa
from tests.hand_ins import read_table

HEADER = "learner,item,criterion,level,comment,marker\n"
ITEM = Item("essay", "01", "essay", "Write.", points=2, criteria=(Criterion("true", "True", 5), Criterion("short", "Short", 5)))
answers = st.lists(st.tuples(st.text("abcdefgh", min_size=1, max_size=3), st.sampled_from(["one", "two"])), max_size=40, unique=True)
markers = st.lists(st.sampled_from(["AB", "CD", "EF", "GH"]), min_size=2, max_size=4, unique=True)


# who marks what


@given(answers, markers, st.sampled_from([0, 0.2, 0.5, 1]), st.integers(0, 99))
def test_everybody_gets_as_many_and_a_share_is_marked_by_two(asked, names, double, seed):
    dealt = deal(asked, names, double=double, seed=seed)
    first, second = [one for one in dealt if one.round == "first"], [one for one in dealt if one.round == "second"]
    assert sorted(one.answer for one in first) == sorted(asked), "every answer has one first marker"
    assert len({(*one.answer, one.marker) for one in dealt}) == len(dealt), "nobody marks an answer twice"
    for item in ("one", "two"):
        here = [one for one in first if one.item == item]
        counts = Counter(one.marker for one in here)
        assert max(counts[name] for name in names) - min(counts[name] for name in names) <= 1
        assert sum(one.item == item for one in second) == round(double * len(here))
    assert deal(list(reversed(asked)), names, double=double, seed=seed) == dealt


@given(answers, answers, markers)
def test_late_answers_are_dealt_on_top_and_nothing_moves(early, late, names):
    kept = deal(early, names, double=0.2)
    dealt = deal([*early, *late], names, double=0.2, kept=kept)
    assert dealt[: len(kept)] == kept
    assert {one.answer for one in dealt} == {*early, *late}


def test_another_seed_deals_another_way():
    asked = [(f"learner-{n}", "one") for n in range(20)]
    assert deal(asked, ["AB", "CD"], seed=1) != deal(asked, ["AB", "CD"], seed=2)


@pytest.mark.parametrize(("names", "double", "told"), [([], 0, "--markers AB,CD"), (["AB", "AB"], 0, "each marker once"), (["AB", ""], 0, "each marker once"), (["AB"], 0.2, "second marker"), (["AB", "CD"], 2, "from 0 to 1")])
def test_what_can_not_be_dealt_is_a_sentence(names, double, told):
    with pytest.raises(DeskError, match=told):
        deal([("ann", "one")], names, double=double)


def test_assignments_are_a_table_that_can_be_edited(tmp_path):
    path = tmp_path / "assignments.csv"
    dealt = [Assignment("@ann", "one", "AB"), Assignment("@ann", "one", "CD", "second")]
    write_assignments(path, dealt)
    assert read_assignments(path) == dealt
    path.write_text("\ufefflearner;item;marker\n bo ;one;AB\n;;\n")
    assert read_assignments(path) == [Assignment("bo", "one", "AB")]
    path.write_text("learner,item\nbo,one\n")
    with pytest.raises(ContentError, match="'marker' is missing"):
        read_assignments(path)


# merging


def line(level, marker, learner="ann", criterion="true", comment=""):
    return Line(learner, "essay", criterion, str(level), comment, marker)


def given_levels(merged):
    return sorted((one.criterion, one.level, one.marker) for one in merged.lines if one.level)


def test_marks_of_different_answers_and_equal_marks_are_all_kept():
    merged = merge([[line(3, "AB"), line(1, "AB", "bo")], [line("3,0", "CD"), line(5, "CD", "cy")]])
    assert merged.conflicts == () and len([one for one in merged.lines if one.level]) == 4


def test_where_two_differ_the_mark_is_left_out_and_the_comments_stay():
    merged = merge([[line(3, "AB", comment="nearly"), line(1, "AB", criterion="short")], [line(4, "CD"), line(1, "CD", criterion="short")]])
    assert given_levels(merged) == [("short", "1", "AB"), ("short", "1", "CD")]
    assert [one.comment for one in merged.lines if one.comment] == ["nearly"]
    assert [found.row for found in merged.open] == [("ann", "essay", "true", "AB", "3", "CD", "4", "nothing yet: write the level you decide on into the merged file")]


def test_the_preferred_markers_level_counts_and_the_conflict_is_still_told():
    merged = merge([[line(3, "AB")], [line(4, "CD")]], prefer="AB")
    assert given_levels(merged) == [("true", "3", "AB")]
    assert merged.open == [] and merged.conflicts[0].row[-1] == "3 by AB"


def test_a_persons_decision_in_the_merged_file_counts_before_everything():
    merged = merge([[line(3, "AB")], [line(4, "CD")]], held=[line(2, ""), line(3, "AB"), Line("ann", "essay", "", "", "agreed by us", "")], prefer="AB")
    assert given_levels(merged) == [("true", "2", "")]
    assert merged.open == [] and any(one.comment == "agreed by us" for one in merged.lines)


def test_lines_of_an_earlier_merge_do_not_come_back():
    first = merge([[line(3, "AB")], [line(3, "CD")]])
    again = merge([[line(4, "AB")], [line(4, "CD")]], held=first.lines, written=first.taken)
    assert given_levels(again) == [("true", "4", "AB"), ("true", "4", "CD")] and again.conflicts == ()


def test_a_flag_of_one_is_a_flag():
    merged = merge([[line(1, "AB", criterion="flag")], [line(0, "CD", criterion="flag")]])
    assert merged.conflicts == () and ("flag", "1", "AB") in given_levels(merged)


@given(st.lists(st.tuples(st.sampled_from(["AB", "CD", "EF"]), st.sampled_from(["ann", "bo"]), st.integers(0, 5), st.text("xy", max_size=3)), max_size=14))
def test_a_merged_level_was_given_by_somebody_and_two_never_disagree(rows):
    tables = {name: [line(level, name, learner, comment=comment) for marker, learner, level, comment in rows if marker == name] for name in ("AB", "CD", "EF")}
    merged = merge(list(tables.values()))
    newest = {(learner, marker): str(level) for marker, learner, level, _ in rows}
    for learner in ("ann", "bo"):
        kept = {(one.marker, one.level) for one in merged.lines if one.learner == learner and one.level}
        mine = {(marker, level) for (who, marker), level in newest.items() if who == learner}
        assert kept == (mine if len({level for _, level in mine}) == 1 else set())
    assert sorted(one.comment for one in merged.lines if one.comment) == sorted(comment for *_, comment in rows if comment)


def test_files_are_merged_into_one_table_with_its_conflicts_beside_it(tmp_path):
    (tmp_path / "marks-AB.csv").write_text(HEADER + "ann,essay,true,3,,AB\nbo,essay,true,1,,\n")
    (tmp_path / "marks-CD.csv").write_bytes("\ufefflearner;item;criterion;level;comment;marker\nann;essay;true;5;;CD\n".encode())
    files, out = [tmp_path / "marks-AB.csv", tmp_path / "marks-CD.csv"], tmp_path / "marks.csv"
    before = [one.read_bytes() for one in files]
    told = merge_files(files, out)
    assert told == f"{out} holds 1 mark of 1 answer. Two markers differ 1 time (1 of these left out, so the answers still wait for a person): see {tmp_path / 'conflicts.csv'}."
    assert [(row["learner"], row["level"], row["marker"]) for row in read_table(out)] == [("bo", "1", "AB")], "a line that names nobody is of the file's marker"
    assert [(row["level"], row["other_level"]) for row in read_table(tmp_path / "conflicts.csv")] == [("3", "5")]
    assert [one.read_bytes() for one in files] == before
    assert merge_files(files, out, prefer="CD").endswith(f"Two markers differ 1 time (each of them decided): see {tmp_path / 'conflicts.csv'}.")


def test_a_merge_that_can_not_be_is_a_sentence(tmp_path):
    one, out = tmp_path / "marks-AB.csv", tmp_path / "marks.csv"
    with pytest.raises(DeskError, match="There is no file"):
        merge_files([one], out)
    one.write_text(HEADER + "ann,essay,true,3,,AB\n")
    with pytest.raises(DeskError, match="to be merged and to be written"):
        merge_files([one], one)
    with pytest.raises(DeskError, match="No line is by 'XY', so it can't be preferred. The markers are AB."):
        merge_files([one], out, prefer="XY")
    lock = Lock(out, "CD")
    with pytest.raises(DeskError, match="open at another desk: CD"):
        merge_files([one], out)
    lock.release()


# agreement


def test_agreement_is_counted_on_answers_that_two_have_marked():
    lines = [*(line(n % 6, "AB", f"learner-{n}") for n in range(12)), *(line(min(5, n % 6 + n % 2), "CD", f"learner-{n}") for n in range(12)), line(3, "AB", "alone"), line(3, "", "nobody")]
    (found,) = agreements(lines, [(("essay",), ITEM)])
    pairs = [(n % 6, min(5, n % 6 + n % 2)) for n in range(12)]
    assert (found.name, found.n, found.alike, found.near) == ("True", 12, sum(a == b for a, b in pairs), 12)
    assert found.kappa == weighted_kappa(*zip(*pairs, strict=True)) and found.as_dict()["kappa"] == round(found.kappa.value, 2)


def test_fewer_than_ten_have_counts_only():
    lines = [line(level, marker, f"learner-{n}") for n in range(9) for marker, level in (("AB", n % 6), ("CD", 5 - n % 6))]
    (found,) = agreements(lines, [(("essay",), ITEM)])
    assert (found.n, found.as_dict()["kappa"], found.kappa.why) == (9, None, "fewer than 10 answers marked twice")


def test_the_files_of_the_folder_are_read_and_a_broken_one_is_left_out(tmp_path):
    (tmp_path / "marks-CD.csv").write_text(HEADER + "ann,essay,true,5,,\n")
    (tmp_path / "marks-EF.csv").write_bytes(b"\xff\xfe\x00")
    found = lines_beside(tmp_path / "marks-AB.csv", [line(3, "")], "AB")
    assert [(one.marker, one.level) for one in found] == [("AB", "3"), ("CD", "5")]


levels = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=40)


@pytest.fixture(scope="module")
def metrics():
    from sklearn import metrics as published  # takes two seconds, and only one test needs it

    return published


@settings(deadline=None)
@given(pairs=levels)
def test_weighted_kappa_is_what_scikit_learn_says(metrics, pairs):
    one, other = zip(*pairs, strict=True)
    found = weighted_kappa(one, other, levels=range(6))
    if len({*one, *other}) == 1:
        assert found.value is None and "one and the same level" in found.why
    else:
        assert found.value == pytest.approx(metrics.cohen_kappa_score(one, other, labels=list(range(6)), weights="quadratic"))
        assert weighted_kappa(one, other).value == pytest.approx(found.value), "whole numbers are their own distances"


def test_weighted_kappa_says_why_when_there_is_none():
    assert weighted_kappa([], []).why == "two lists of the same answers are needed"
    assert weighted_kappa([1, 7], [1, 2], levels=range(6)).why == "7 is none of the levels"


def test_of_unequal_steps_the_numbers_themselves_are_the_distances_unless_the_levels_are_named():
    one, other = [0, 1, 5, 5], [1, 1, 5, 0]
    assert weighted_kappa(one, other).value != weighted_kappa(one, other, levels=[0, 1, 5]).value
