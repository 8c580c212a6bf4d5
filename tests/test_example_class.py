"""Three learners of the invented class, scored by hand from their files and the printed keys, with the arithmetic shown.

The rules, from the codebook: a speaker is right or wrong, a point a clause. Marks earn F1 a label, which is
2 × found ÷ (2 × found + too many + missed), and the labels' mean is the share of the points; a source or a cue is found when
the mark and the key share at least half of all the characters that either covers, other labels when they overlap at all. Two
sentences to pick earn half each. The first test earns its 5 points for 24 answers.
"""

from __future__ import annotations

import pytest

from course.classroom import grade
from course.content import find_data
from tests.hand_ins import read_table

EXAMPLE = find_data() / "example_class"


def f1(found: int, extra: int, missed: int) -> float:
    return 2 * found / (2 * found + extra + missed)


BY_HAND = {
    # learner-003 reads well, and marks too much or too long.
    "learner-003": {
        "first-test": 5 * 24 / 24,
        "owner-03": 1 + 1 + 1 + 1 + 1 + 1,
        # sources: both found, "keeps" too many; cues: said, calls
        "cue-05": 2 * (f1(found=2, extra=1, missed=0) + f1(found=2, extra=0, missed=0)) / 2,
        # "recalled Henrik Dahl, the" covers 25 characters, the key 11 of them: 11 ÷ 25 < ½. With "the night guard" 16 ÷ 37 < ½. So
        # one source too many and one missed, "the log book" found; of the cues "According to" found, "recalled" missed
        "cue-06": 2 * (f1(found=1, extra=1, missed=1) + f1(found=1, extra=0, missed=1)) / 2,
        "harbour-01": 2,  # B3
        "harbour-02": 2,  # B5
        "harbour-03": 3 * 1 / 2,  # B8 is right, B7 is not
        "harbour-04": 2 * f1(found=2, extra=0, missed=0),  # ends …, Every crew …
        "harbour-05": 2 * 0,  # nothing marked, two to mark
        "harbour-06": 1,  # asks
        "harbour-07": 0,  # nothing
        "twelve-words": "needs a person",
    },
    # learner-008 lays two of Nadia Haddad's clauses at the text's own door, and misses cues.
    "learner-008": {
        "first-test": 5 * 24 / 24,
        "owner-03": 1 + 0 + 1 + 1 + 1 + 0,
        "cue-05": 2 * (0 + f1(found=1, extra=0, missed=1)) / 2,  # no source marked; of the cues only "calls"
        "cue-06": 2 * (f1(found=2, extra=0, missed=0) + f1(found=1, extra=1, missed=1)) / 2,  # "Nothing" is no cue, "According to" is one
        "harbour-01": 0,  # B2
        "harbour-02": 0,  # B4
        "harbour-03": 3 * 1 / 2,  # B8 is right, B9 is not
        "harbour-04": 2 * f1(found=2, extra=0, missed=0),  # both a little long, and they overlap
        "harbour-05": 2 * f1(found=2, extra=0, missed=0),
        "harbour-06": 1,  # asks
        "harbour-07": 0,  # side
        "twelve-words": "needs a person",
    },
    # learner-013 handed lesson 5 in twice; the second file holds the rest.
    "learner-013": {
        "first-test": 5 * 24 / 24,
        "owner-03": 1 + 1 + 1 + 1 + 1 + 1,
        # "said Amara Nwosu, who" covers 21 characters, the key 11 of them: 11 ÷ 21 ≥ ½, so both sources are found; no cue is
        "cue-05": 2 * (f1(found=2, extra=0, missed=0) + 0) / 2,
        # "to the log book, the" covers 20, the key 12 of them: found; "recalled" is missed
        "cue-06": 2 * (f1(found=2, extra=0, missed=0) + f1(found=1, extra=0, missed=1)) / 2,
        "harbour-01": 0,  # B5
        "harbour-02": 2,  # B5
        "harbour-03": 3 * 0 / 2,  # B6 and B9 are both wrong
        "harbour-04": 2 * f1(found=1, extra=0, missed=1),  # Every crew; "ends" is missed
        "harbour-05": 2 * f1(found=1, extra=0, missed=1),  # because it was afraid …
        "harbour-06": 0,  # bows
        "harbour-07": 1,  # shown
        "twelve-words": "unanswered",
    },
}
TOTALS = {
    # lesson 0, lesson 1, lesson 5, all
    "learner-003": (5, 6 + 1.8 + 1.17, 2 + 2 + 1.5 + 2 + 0 + 1 + 0, 5 + 8.97 + 8.5),
    "learner-008": (5, 4 + 0.67 + 1.5, 0 + 0 + 1.5 + 2 + 2 + 1 + 0, 5 + 6.17 + 6.5),
    "learner-013": (5, 6 + 1 + 1.67, 0 + 2 + 0 + 1.33 + 1.33 + 0 + 1, 5 + 8.67 + 5.66),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    out = tmp_path_factory.mktemp("graded")
    summary = grade(EXAMPLE, EXAMPLE / "roster.csv", out)
    return summary, {row["learner"]: row for row in read_table(out / "gradebook.csv")}, read_table(out / "problems.csv"), out


@pytest.mark.parametrize("learner", BY_HAND)
def test_grade_equals_what_was_worked_out_by_hand(graded, learner):
    row = graded[1][learner]
    for column, expected in BY_HAND[learner].items():
        if isinstance(expected, str):
            assert row[column] == expected
        else:
            assert float(row[column]) == pytest.approx(expected, abs=0.005), column
    told = [float(row[column]) for column in row if column.endswith("total")]
    assert told == pytest.approx(list(TOTALS[learner]), abs=0.001)


def test_every_row_adds_up(graded):
    for row in graded[1].values():
        cells = [float(cell) for column, cell in row.items() if column in BY_HAND["learner-003"] and cell.replace(".", "").isdigit()]
        lessons = [float(cell) for column, cell in row.items() if column.endswith(" total") and cell]
        assert sum(cells) == pytest.approx(float(row["total"])) == pytest.approx(sum(lessons))
        assert row["out_of"] == "30"
        assert int(row["needs_a_person"]) == list(row.values()).count("needs a person")


def test_the_only_things_to_look_at_are_the_second_file_and_the_headlines(graded):
    summary, rows, problems, out = graded
    absent = [row for row in problems if "handed in nothing" in row["what"]]
    assert [(row["learner"], row["item"]) for row in problems if row not in absent] == [("learner-013", ""), ("", "twelve-words")]
    assert [row["lesson"] for row in absent] == ["01_who_is_speaking", "05_headline_and_lede"]
    assert (summary.learners, summary.pages, len(list((out / "feedback").iterdir()))) == (44, 44, 44)
    assert sum(int(row["needs_a_person"]) for row in rows.values()) == summary.waiting
