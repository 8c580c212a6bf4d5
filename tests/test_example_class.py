"""Three learners of the invented class, scored by hand from their files and the printed keys, with the arithmetic shown.

The rules, from the codebook: a speaker is right or wrong, a point a clause. Marks earn F1 a label, which is
2 × found ÷ (2 × found + too many + missed), and the labels' mean is the share of the points; a source or a cue is found when
the mark and the key share at least half of all the characters that either covers, other labels when they overlap at all. Two
sentences to pick earn half each. The first test earns its 5 points for 24 answers.
"""

from __future__ import annotations

import pytest

from course.classroom import grade, load_catalogue
from course.content import find_data, lesson_ids
from tests.hand_ins import read_table

EXAMPLE = find_data() / "example_class"


def f1(found: int, extra: int, missed: int) -> float:
    return 2 * found / (2 * found + extra + missed)


BY_HAND = {
    # learner-003 reads well, and marks too much or too long.
    "learner-003": {
        "first-test": 5 * 24 / 24,
        "owner-03": 1 + 1 + 1 + 1 + 0 + 1,  # g5 is the text's own
        # "… food office calls the" covers 41 characters, the key 31 of them: found, as is Amara Nwosu. "beans, said Amara Nwosu," covers
        # 24, "said" 4 of them: one cue too many and one missed, "calls" found
        "cue-05": 2 * (f1(found=2, extra=0, missed=0) + f1(found=1, extra=1, missed=1)) / 2,
        # "to the log book, the" covers 20, the key 12 of them: found; of the cues "According to" is missed
        "cue-06": 2 * (f1(found=2, extra=0, missed=0) + f1(found=1, extra=0, missed=1)) / 2,
        "judged-01": 8, "judged-02": 2, "judged-03": 2,  # all as the key has it
        "tilt-01": 2 * f1(found=1, extra=1, missed=1),  # "swallowed"; "on" is too many, "ugly" missed
        "tilt-02": 2,  # nothing to mark, and nothing marked
        "tilt-03": 2 * f1(found=1, extra=0, missed=1),  # "wonderful"; "could not be bothered" is missed
        "tilt-04": 2, "tilt-05": 2,
        "harbour-01": 2,  # B3
        "harbour-02": 2,  # B5
        "harbour-03": 3 * 1 / 2,  # B2 is right, B5 is not
        "harbour-04": 2 * f1(found=1, extra=0, missed=1),  # Every crew …; "ends" is missed
        "harbour-05": 2 * f1(found=1, extra=0, missed=1),  # the ferry, a word too long; the fear of complaints is missed
        "harbour-06": 1,  # asks
        "harbour-07": 1,  # wait
        "twelve-words": "unanswered",
    },
    # learner-008 gives the text's clauses to Nadia Haddad and hers to nobody, and misses cues.
    "learner-008": {
        "first-test": 5 * 22 / 24,  # one clause was left out
        "owner-03": 0 + 1 + 0 + 1 + 1 + 0,
        # "said Amara Nwosu, who" covers 21 characters, the key 11 of them: found; the report is missed, and so is "said"
        "cue-05": 2 * (f1(found=1, extra=0, missed=1) + f1(found=1, extra=0, missed=1)) / 2,
        # the log book found, Henrik Dahl missed; "melted,” recalled Henrik Dahl," is no cue, "According to" is one, "recalled" missed
        "cue-06": 2 * (f1(found=1, extra=0, missed=1) + f1(found=1, extra=1, missed=1)) / 2,
        "harbour-01": 0,  # B5
        "harbour-02": 2,  # B5
        "harbour-03": 3 * 0 / 2,  # B7 and B9 are both wrong
        "harbour-04": 2 * 0,  # nothing marked, two to mark
        "harbour-05": 2 * f1(found=1, extra=0, missed=1),
        "harbour-06": 0,  # bows
        "harbour-07": 0,  # yes
        "twelve-words": "needs a person",
    },
    # learner-013 handed the last notebook in twice; the second file holds the rest.
    "learner-013": {
        "first-test": 5 * 24 / 24,
        "owner-03": 1 + 1 + 1 + 1 + 0 + 1,
        "cue-05": "unanswered",
        "cue-06": 2 * (f1(found=1, extra=0, missed=1) + f1(found=1, extra=0, missed=1)) / 2,  # one source, one cue
        "tilt-01": 2 * f1(found=1, extra=0, missed=1),  # "ugly"
        "tilt-02": 2,
        "tilt-03": 2 * 0,  # "nothing to mark", where there are two
        "harbour-01": 2,  # B3
        "harbour-02": 2,  # B5
        "harbour-03": 3 * 2 / 2,  # B2 and B8
        "harbour-04": 2 * f1(found=1, extra=0, missed=1),  # Every crew …
        "harbour-05": 2 * f1(found=1, extra=0, missed=1),  # the ferry
        "harbour-06": 0,  # april
        "harbour-07": 1,  # wait
        "twelve-words": "needs a person",
    },
}
TOTALS = {
    # lesson 0, lesson 1, lesson 5
    "learner-003": (5, 5 + 1.5 + 1.67, 2 + 2 + 1.5 + 1.33 + 1.33 + 1 + 1),
    "learner-008": (4.58, 3 + 1.33 + 1.17, 0 + 2 + 0 + 0 + 1.33 + 0 + 0),
    "learner-013": (5, 5 + 1.33, 2 + 2 + 3 + 1.33 + 1.33 + 0 + 1),
}
LESSONS = ("00_before_you_start", "01_who_is_speaking", "05_headline_and_lede")


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
    told = [float(row[f"{lesson} total"]) for lesson in LESSONS]
    assert told == pytest.approx(list(TOTALS[learner]), abs=0.001)


def test_every_row_adds_up(graded):
    catalogue = load_catalogue()
    columns = [column.id for lesson in catalogue.columns.values() for column in lesson]
    out_of = sum(column.max for lesson in catalogue.columns.values() for column in lesson)
    for row in graded[1].values():
        cells = [float(row[column]) for column in columns if row[column].replace(".", "").isdigit()]
        lessons = [float(cell) for column, cell in row.items() if column.endswith(" total") and cell]
        assert sum(cells) == pytest.approx(float(row["total"])) == pytest.approx(sum(lessons))
        assert float(row["out_of"]) == out_of
        assert int(row["needs_a_person"]) == list(row.values()).count("needs a person")


def test_the_only_things_to_look_at_are_the_second_file_and_what_a_person_marks(graded):
    summary, rows, problems, out = graded
    absent = [row for row in problems if "handed in nothing" in row["what"]]
    assert [(row["learner"], row["item"]) for row in problems if row not in absent] == [("learner-013", ""), ("", "twelve-words"), ("", "report-01")]
    assert {row["lesson"] for row in absent} <= set(lesson_ids(find_data()))
    assert (summary.learners, summary.pages, len(list((out / "feedback").iterdir()))) == (44, 44, 44)
    assert sum(int(row["needs_a_person"]) for row in rows.values()) == summary.waiting
