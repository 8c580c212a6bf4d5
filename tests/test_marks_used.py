"""Each line of the table of hand marks counts, or is told: where, what, and the cure."""

from __future__ import annotations

import pytest

from course.classroom import open_class
from course.classroom.hand_marks import read_marks
from course.content import ContentError
from tests.hand_ins import LESSON, answer, hand_in, small_catalogue


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return small_catalogue(tmp_path_factory.mktemp("content"))


@pytest.fixture()
def told(tmp_path, catalogue):
    """What is told of a table of marks about ann (who wrote and chose form-a), bo (who counted the fence) and dee, who handed in nothing."""
    def of(*rows, learners=("ann", "bo", "dee")):
        hand_in(tmp_path / "h", learners[0], answer(catalogue, "fence-essay", {"headline": "A fence"}), answer(catalogue, "form-a", ["no"]))
        hand_in(tmp_path / "h", learners[1], answer(catalogue, "fence-count", "3", name="of-bo"))
        (tmp_path / "roster.csv").write_text("learner,name,number\n" + "".join(f"{one},,n-{one}\n" for one in learners))
        (tmp_path / "marks.csv").write_text("learner,item,criterion,level,comment,marker\n" + "".join(f"{row}\n" for row in rows))
        classroom = open_class(tmp_path / "h", tmp_path / "roster.csv", marks=tmp_path / "marks.csv", catalogue=catalogue)
        return [found for found in classroom.problems if found.file == "marks.csv"]
    return of


REACHED_NOTHING = {
    # one line of marks.csv: (what is told of it, words of the cure)
    "dee,fence-essay,points,2,Oral exam.,AB": (f"this mark reached no answer: dee has handed in nothing for {LESSON}", "among the others (sayswho paper makes one"),
    "dee,fence-essay,fits,2,,AB": (f"this mark reached no answer: dee has handed in nothing for {LESSON}", "or give the points in your own gradebook"),
    "dee,fence-essay,,,Where is it?,AB": (f"this mark reached no answer: dee has handed in nothing for {LESSON}", "the line counts"),
    "bo,fence-essay,fits,1,,AB": ("the level of this line counts for nothing: this learner has not answered the question", "write points as the criterion"),
    "ann,form-b,points,1,,AB": ("this mark reached no answer: of form it is form-a that counts for this learner", "Write form-a instead of form-b."),
}


@pytest.mark.parametrize("row", REACHED_NOTHING)
def test_a_mark_that_reaches_no_answer_is_told_once_with_its_line(told, row):
    (found,) = told(row)
    what, cure = REACHED_NOTHING[row]
    learner, item = row.split(",")[:2]
    assert (found.line, found.learner, found.item, found.what) == (2, learner, item, what) and cure in found.cure


@pytest.mark.parametrize("row", ["bo,fence-essay,points,1,Seen on paper.,AB", "ann,fence-essay,fits,1,,AB", "ann,form-a,points,1,,AB", "ann,form,points,1,,AB",
                                 "bo,fence-essay,,,Come and see me.,AB", "dee,fence-essay,flag,1,,AB", "*,fence-essay,fits,1,,AB"])
def test_a_mark_that_counts_or_is_none_is_not_told(told, row):
    assert told(row) == []


WRONG = {
    "ann,fence-essay,fits,9,,AB": (2, "the level 9 of fits is not from 0 to 2", "until then no level of this answer counts"),
    "ann,fence-essay,fitts,1,,AB": (2, "there is no criterion 'fitts'; the criteria are: fits", "Correct the line"),
    "ann,fence-count,fits,1,,AB": (2, "there is no criterion 'fits'; this question has none, and takes only points", "Correct the line"),
    "ann,fence-essay,,1,,AB": (2, "the level stands beside no criterion; the criteria are: fits", "Correct the line"),
    "ann,,fits,1,,AB": (2, "the item is empty, so the line counts for nothing", "Correct the line"),
    ",fence-essay,fits,1,,AB": (2, "the learner is empty, so the line counts for nothing", "Correct the line"),
    "ann,fence-esay,fits,1,,AB": (2, "marks are given for fence-esay, which is no question that counts in the lessons handed in; perhaps fence-essay is meant", "Correct"),
    "ann,fence-count,points,9,,AB": (2, "fence-count is given 9 points and is worth 1; it counts as 1", "Correct"),
    "n-ann,fence-essay,fits,1,,AB": (2, "marks are given to n-ann, who is not in this class; perhaps ann is meant", "Correct"),
    "zed,fence-essay,fits,1,,AB": (2, "marks are given to zed, who is not in this class", "Correct"),
}


@pytest.mark.parametrize("row", WRONG)
def test_a_mark_that_cannot_be_used_says_its_line_its_value_and_what_there_is(told, row):
    (found,) = told(row)
    line, what, cure = WRONG[row]
    assert (found.line, found.what) == (line, what) and cure in found.cure


def test_an_id_without_its_address_is_known(told):
    (found,) = told("learner-004,fence-essay,fits,1,,AB", learners=("learner-004@example.org", "learner-005@example.org"))
    assert found.what == "marks are given to learner-004, who is not in this class; perhaps learner-004@example.org is meant"


def test_each_wrong_line_has_its_own_number(told):
    found = told("ann,fence-essay,fits,1,,AB", "", "ann,fence-essay,nice,1,,AB", "ann,fence-essay,fits,7,,AB", "ann,fence-essay,points,7,,AB")
    assert [(one.line, one.what.split(";")[0]) for one in found] == [
        (5, "fits is 7 here and 1 in an earlier line"), (5, "the level 7 of fits is not from 0 to 2"), (4, "there is no criterion 'nice'"),
        (6, "fence-essay is given 7 points and is worth 2"),
    ]


def test_a_cell_without_end_is_a_sentence(tmp_path):
    (tmp_path / "m.csv").write_text("learner,item,criterion,level\na,b,c,1\na,b,c," + "x" * 140_000 + "\n")
    with pytest.raises(ContentError, match="m.csv, line 3: this line can't be read as a table .*Look for a quotation mark without its partner."):
        read_marks(tmp_path / "m.csv")


def test_the_lines_of_a_table_are_kept_beside_its_marks(tmp_path):
    (tmp_path / "m.csv").write_text("learner,item,criterion,level\na,b,c,1\na,b,d,2\na,b,c,1\n")
    marks, refused = read_marks(tmp_path / "m.csv")
    assert (marks["a", "b"].lines, marks["a", "b"].line, refused) == ({"c": 4, "d": 3}, 3, [])
