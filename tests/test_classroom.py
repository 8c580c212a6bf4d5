"""Grading a class: every cell is a number or the word for why there is none, and totals add up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.classroom import GradingError, grade, load_catalogue, open_class
from course.classroom.grading import shown_progress
from tests.hand_ins import LESSON, answer, hand_in, header, lines, read_table, small_catalogue
from tests.small_content import replace_in, write_small_content


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return small_catalogue(tmp_path_factory.mktemp("content"))


@pytest.fixture()
def cells(tmp_path, catalogue):
    """Hand in as ann, and get ann's cells by column."""
    def graded(*responses, **more):
        hand_in(tmp_path / "h", "ann", *responses)
        return {name: cell.written for name, cell in open_class(tmp_path / "h", catalogue=catalogue, **more).sheets["ann", LESSON].cells.items()}
    return graded


def marks(folder, *rows):
    path = folder / "marks.csv"
    path.write_text("learner,item,criterion,level,comment,marker\n" + "".join(f"{row}\n" for row in rows), "utf-8")
    return path


# cells


def test_practice_has_no_column_and_a_slot_has_one(catalogue):
    assert [(column.id, column.max) for column in catalogue.columns[LESSON]] == [("fence-count", 1), ("fence-essay", 2), ("form", 1)]


@pytest.mark.parametrize(
    ("column", "item", "value", "written"),
    [
        ("fence-count", "fence-count", "3", "1"),
        ("fence-count", "fence-count", "three", "1"),
        ("fence-count", "fence-count", "4", "0"),
        ("fence-count", "fence-count", "", "unanswered"),
        ("fence-count", "fence-count", None, "unanswered"),
        ("fence-count", "fence-count", ["3"], "malformed"),
        ("fence-essay", "fence-essay", {"headline": "A fence"}, "needs a person"),
        ("fence-essay", "fence-essay", {"headline": "  "}, "unanswered"),
        ("fence-essay", "fence-essay", "A fence", "malformed"),
        ("form", "form-a", ["no"], "1"),
        ("form", "form-b", ["yes"], "1"),
        ("form", "form-b", [], "unanswered"),
        ("form", "form-b", ["maybe"], "malformed"),
    ],
)
def test_a_cell_is_a_number_or_says_why_not(cells, catalogue, column, item, value, written):
    assert cells(answer(catalogue, item, value))[column] == written


def test_the_newest_answer_counts_whatever_its_place_in_the_file(cells, catalogue):
    assert cells(answer(catalogue, "fence-count", "3", minute=9), answer(catalogue, "fence-count", "4", minute=1))["fence-count"] == "1"


def test_a_challenge_is_no_answer(cells, catalogue):
    assert cells(answer(catalogue, "fence-count", "3"), answer(catalogue, "fence-count", "I object", minute=9, kind="challenge"))["fence-count"] == "1"


def test_of_a_slot_the_form_answered_first_counts_and_a_second_is_reported(tmp_path, catalogue):
    hand_in(tmp_path, "ann", answer(catalogue, "form-b", ["yes"], minute=1, slot="form"), answer(catalogue, "form-a", ["no"], minute=2, slot="form"))
    classroom = open_class(tmp_path, catalogue=catalogue)
    assert classroom.sheets["ann", LESSON].cells["form"].item.id == "form-b"
    assert [found.what for found in classroom.problems] == ["this learner answered more than one form of form"]


def test_an_answer_to_another_wording_waits_for_a_person_until_it_is_accepted(tmp_path, catalogue):
    hand_in(tmp_path / "h", "ann", {**answer(catalogue, "fence-count", "3"), "seen": "another12345"})
    classroom = open_class(tmp_path / "h", catalogue=catalogue)
    assert classroom.sheets["ann", LESSON].cells["fence-count"].written == "needs a person"
    assert "another wording" in classroom.problems[0].what and "marks.csv" in classroom.problems[0].cure
    for row in ("ann,fence-count,wording,accept,,", "*,fence-count,wording,accept,,", "ann,fence-count,points,1,,"):
        accepted = open_class(tmp_path / "h", catalogue=catalogue, marks=marks(tmp_path, row))
        assert accepted.sheets["ann", LESSON].cells["fence-count"].written == "1"
        assert accepted.problems == []


def test_points_for_answering_do_not_depend_on_the_wording(cells, catalogue):
    assert cells({**answer(catalogue, "form-a", ["no"]), "seen": "another12345"})["form"] == "1"


# files


def test_several_files_of_one_learner_are_put_together_and_reported(tmp_path, catalogue):
    hand_in(tmp_path, "ann", answer(catalogue, "fence-count", "4", minute=1), answer(catalogue, "form-a", ["no"]))
    hand_in(tmp_path, "ann", answer(catalogue, "fence-count", "3", minute=2), file=f"ann--{LESSON} (1).jsonl")
    classroom = open_class(tmp_path, catalogue=catalogue)
    assert {name: cell.written for name, cell in classroom.sheets["ann", LESSON].cells.items()} == {"fence-count": "1", "fence-essay": "unanswered", "form": "1"}
    assert classroom.problems[0].what == f"2 files for the same lesson (ann--{LESSON} (1).jsonl, ann--{LESSON}.jsonl)"


def test_a_whole_file_beside_a_broken_one_is_enough(tmp_path, catalogue):
    (tmp_path / f"ann--{LESSON} (1).jsonl").write_bytes(b"")
    hand_in(tmp_path, "ann", answer(catalogue, "fence-count", "3"))
    sheet = open_class(tmp_path, catalogue=catalogue).sheets["ann", LESSON]
    assert [cell.written for cell in sheet.cells.values()] == ["1", "unanswered", "unanswered"]


def test_the_class_is_the_roster_in_its_order_and_strangers_come_below(tmp_path, catalogue):
    for learner in ("bo", "ann", "zed", "Cid"):
        hand_in(tmp_path / "h", learner, answer(catalogue, "fence-count", "3", name=f"of-{learner}"))
    (tmp_path / "roster.csv").write_text("\ufefflearner;name\nbo;Bo\n cid ; Cid  Moss\nann;Ann\ndee;Dee\n", "utf-8")
    classroom = open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=catalogue)
    assert [row[:3] for row in classroom.rows()] == [["bo", "Bo", "1"], ["cid", "Cid Moss", "1"], ["ann", "Ann", "1"], ["dee", "Dee", ""], ["zed", "", "1"]]
    assert [found.what for found in classroom.problems] == ["zed is not on the roster"]


def test_the_name_of_the_file_decides_not_what_stands_in_it(tmp_path, catalogue):
    (tmp_path / f"ann--{LESSON}.jsonl").write_bytes(lines(header("bo", 1), answer(catalogue, "fence-count", "3")))
    classroom = open_class(tmp_path, catalogue=catalogue)
    assert list(classroom.sheets) == [("ann", LESSON)]
    assert "its first line says bo" in classroom.problems[0].what


# hand marks


def test_levels_of_a_person_become_points_and_the_table_is_never_written(tmp_path, cells, catalogue):
    table = marks(tmp_path, 'ann,fence-essay,fits,"1,5",Good verb.,IM')
    before = table.read_bytes()
    assert cells(answer(catalogue, "fence-essay", {"headline": "A fence"}), marks=table)["fence-essay"] == "1.5"
    assert table.read_bytes() == before


def test_hand_marks_that_cannot_be_used_are_lines_to_look_at(tmp_path, catalogue):
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-essay", {"headline": "A fence"}))
    table = marks(tmp_path, "ann,fence-essay,fits,5,,", "ann,fence-essay,nice,1,,", "zed,fence-essay,fits,1,,", "ann,fence-nine,fits,1,,", "ann,fence-count,points,9,,", "ann,fence-essay,fits,good,,", "ann,fence-essay,fits,nan,,")
    told = " | ".join(found.what for found in open_class(tmp_path / "h", catalogue=catalogue, marks=table).problems)
    for words in ("no criterion 'nice'; the criteria are: fits", "given to zed, who is not in this class", "fence-nine, which is no question", "9 points and is worth 1; it counts as 1", "'good' of fits is not a number", "'nan' of fits"):
        assert words in told
    table = marks(tmp_path, "ann,fence-essay,fits,5,,")
    classroom = open_class(tmp_path / "h", catalogue=catalogue, marks=table)
    assert classroom.problems[0].what == "the level 5 of fits is not from 0 to 2" and classroom.problems[0].line == 2
    assert classroom.sheets["ann", LESSON].cells["fence-essay"].written == "needs a person"


MERGED = {
    # the rows of marks.csv: (rows, the cell of fence-essay or form, its comments)
    "everyone's wording, one learner's comment": (["*,fence-essay,wording,accept,,", "ann,fence-essay,,,Well seen.,", "ann,fence-essay,fits,2,,"], "fence-essay", "2", ["Well seen."]),
    "everyone's level, one learner's wording": (["ann,fence-essay,wording,Accept,,", "*,fence-essay,fits,1,For all.,"], "fence-essay", "1", ["For all."]),
    "one learner's level over everyone's": (["ann,fence-essay,fits,2,Hers.,", "*,fence-essay,fits,1,For all.,", "*,fence-essay,wording,accept,,"], "fence-essay", "2", ["For all.", "Hers."]),
    "the slot's points, the item's comment": (["ann,form,points,0.5,,", "ann,form-a,,,Late.,"], "form", "0.5", ["Late."]),
    "the item's points over the slot's": (["ann,form-a,points,1,,", "*,form,points,0,,"], "form", "1", []),
}


@pytest.mark.parametrize("name", MERGED)
def test_what_everyone_gets_and_what_a_learner_gets_are_put_together(tmp_path, catalogue, name):
    rows, column, written, comments = MERGED[name]
    hand_in(tmp_path / "h", "ann", {**answer(catalogue, "fence-essay", {"headline": "A fence"}), "seen": "another12345"}, answer(catalogue, "form-a", ["no"]))
    cell = open_class(tmp_path / "h", catalogue=catalogue, marks=marks(tmp_path, *rows)).sheets["ann", LESSON].cells[column]
    assert (cell.written, list(cell.comments)) == (written, comments)


def test_lines_are_counted_as_an_editor_counts_them(tmp_path, catalogue):
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-essay", {"headline": "A fence"}))
    table = marks(tmp_path, "", 'ann,fence-essay,fits,1,"Two', 'lines",', ",,,,,", "", "ann,fence-essay,wording,yes,,", "ann,fence-essay,fits,good,,")
    refused = [(found.line, found.what) for found in open_class(tmp_path / "h", catalogue=catalogue, marks=table).problems if found.line]
    assert refused == [(7, "the level 'yes' of wording is not accept"), (8, "the level 'good' of fits is not a number")]
    (tmp_path / "roster.csv").write_text('learner,name\n\nann,"Ann\nMoss"\n\nann,Ann\n')
    with pytest.raises(GradingError, match="line 6: the learner ann stands here a second time"):
        open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=catalogue)


# tables


def test_totals_add_up_and_the_columns_stand_in_order(tmp_path, catalogue):
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-count", "3"), answer(catalogue, "form-a", ["no"]), answer(catalogue, "fence-essay", {"headline": "A fence"}))
    hand_in(tmp_path / "h", "bo", answer(catalogue, "fence-count", ["3"], name="of-bo"))
    open_class(tmp_path / "h", catalogue=catalogue).write(tmp_path / "out")
    rows = read_table(tmp_path / "out/gradebook.csv")
    assert list(rows[0]) == ["learner", "name", "fence-count", "fence-essay", "form", f"{LESSON} total", "total", "out_of", "needs_a_person", "problems"]
    assert list(rows[0].values()) == ["ann", "", "1", "needs a person", "1", "2", "2", "4", "1", "0"]
    assert list(rows[1].values()) == ["bo", "", "malformed", "unanswered", "unanswered", "0", "0", "4", "0", "1"]


def test_no_cell_of_any_table_runs_as_a_formula(tmp_path, catalogue):
    nasty = ['=HYPERLINK("http://x.example","me")', "+1", "-1+2", "@SUM(A1)"]
    for learner in nasty:
        hand_in(tmp_path / "h", learner, answer(catalogue, "=cmd|' /C calc'!A0", "x"), file=f"{learner.replace('/', '%2F')}--{LESSON}.jsonl")
    rows = "".join(f'"{learner.replace(chr(34), chr(34) * 2)}","{name}"\n' for learner, name in zip(nasty, ["=1+1", "\t=2", "@x", "'ok"], strict=True))
    (tmp_path / "roster.csv").write_text(f"learner,name\n{rows}", "utf-8")
    open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=catalogue).write(tmp_path / "out")
    tables = [read_table(tmp_path / "out" / name) for name in ("gradebook.csv", "problems.csv")]
    assert [row["learner"] for row in tables[0]] == [f"'{learner}" for learner in nasty]
    assert [row["name"] for row in tables[0]] == ["'=1+1", "'=2", "'@x", "'ok"]
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for table in tables for row in table for cell in row.values())


def test_names_with_commas_quotes_and_any_script_come_through(tmp_path, catalogue):
    (tmp_path / "roster.csv").write_text('learner,name\na,"O\'Brien, Zoë ""Zed"""\nb,김서연\nc,محمد\n', "utf-8")
    hand_in(tmp_path / "h", "a", answer(catalogue, "fence-count", "3"))
    open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=catalogue).write(tmp_path / "out")
    assert [row["name"] for row in read_table(tmp_path / "out/gradebook.csv")] == ['O\'Brien, Zoë "Zed"', "김서연", "محمد"]


def test_the_gradebook_as_a_table_for_a_notebook(tmp_path, catalogue):
    hand_in(tmp_path, "ann", answer(catalogue, "fence-count", "3"))
    assert open_class(tmp_path, catalogue=catalogue).gradebook().loc["ann", "fence-count"] == "1"


# beginning


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"handins": "gone"}, "There is no file or folder"),
        ({"roster": "gone.csv"}, "There is no file .*learner,name"),
        ({"marks": "gone.csv"}, "There is no file .*learner,item,criterion"),
        ({"keys": "gone"}, "There is no folder .*holds the keys"),
    ],
)
def test_grading_that_cannot_begin_says_why_in_one_sentence(tmp_path, monkeypatch, changes, told):
    monkeypatch.setenv("SAYSWHO_DATA", str(write_small_content(tmp_path / "data")))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "h").mkdir()
    (tmp_path / "roster.csv").write_text("learner,name\n")
    with pytest.raises(GradingError, match=told):
        grade(**{"handins": "h", "roster": "roster.csv", "out": "out", **changes})
    assert not (tmp_path / "out").exists()


def test_a_learner_twice_on_the_roster_is_refused(tmp_path, catalogue):
    (tmp_path / "roster.csv").write_text("learner,name\nann,Ann\nann,Ann\n")
    with pytest.raises(GradingError, match="line 3: the learner ann stands here a second time"):
        open_class(tmp_path, tmp_path / "roster.csv", catalogue=catalogue)


def test_an_output_folder_inside_the_hand_ins_is_not_read(tmp_path, monkeypatch, catalogue):
    monkeypatch.setenv("SAYSWHO_DATA", str(write_small_content(tmp_path / "data")))
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-count", "3"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "linked").symlink_to(tmp_path / "h")
    for handins, out in ((tmp_path / "h", tmp_path / "h/out"), ("h", "h/out"), ("./h", "linked/out"), ("linked", "h/../h/out")):
        for _ in range(2):
            summary = grade(handins, None, out)
            assert (summary.handins, summary.problems, summary.pages) == (1, 0, 1), (handins, out)


def test_grading_again_removes_the_pages_of_those_who_have_none_now(tmp_path, catalogue):
    for learner in ("ann", "bo"):
        hand_in(tmp_path / "h", learner, answer(catalogue, "fence-count", "3"))
    open_class(tmp_path / "h", catalogue=catalogue).write(tmp_path / "out")
    (tmp_path / "out/feedback/notes.html").write_text("<html><body>Says Who? feedback</body></html>")
    (tmp_path / f"h/bo--{LESSON}.jsonl").rename(tmp_path / f"h/Bo--{LESSON}.jsonl")
    (tmp_path / f"h/ann--{LESSON}.jsonl").unlink()
    open_class(tmp_path / "h", catalogue=catalogue).write(tmp_path / "out", pages=False)
    assert (tmp_path / "out/feedback/ann.html").is_file()
    open_class(tmp_path / "h", catalogue=catalogue).write(tmp_path / "out")
    held = {path.name.lower() for path in (tmp_path / "out/feedback").iterdir()}
    assert held == {"bo.html", "notes.html"}


def test_a_file_where_the_output_folder_should_be(tmp_path, catalogue):
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-count", "3"))
    (tmp_path / "out").write_text("")
    with pytest.raises(GradingError, match="can't be written"):
        open_class(tmp_path / "h", catalogue=catalogue).write(tmp_path / "out")


def test_keys_of_an_instructor_lie_over_the_shipped_ones(tmp_path):
    data = write_small_content(tmp_path / "data")
    shipped = (data / "keys/graded/01_fences.toml").read_text("utf-8")
    for place in ("mine", "mine2/graded", "mine3/keys/graded"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "01_fences.toml").write_text(shipped.replace("answer = 3", "answer = 4"), "utf-8")
        catalogue = load_catalogue(data, tmp_path / place.partition("/")[0])
        assert catalogue.keys["fence-count"].answer == 4
    assert (data / "keys/graded/01_fences.toml").read_text("utf-8") == shipped


def test_a_folder_without_keys_is_refused(tmp_path):
    data = write_small_content(tmp_path / "data")
    (tmp_path / "mine/texts").mkdir(parents=True)
    (tmp_path / "mine/readme.txt").write_text("Keys follow.")
    with pytest.raises(GradingError, match="mine holds no keys. Name the folder with the key files"):
        load_catalogue(data, tmp_path / "mine")


@pytest.mark.parametrize("place", ["keys/graded", "keys", "."])
def test_a_correction_in_a_clone_counts_whichever_of_its_folders_is_named(tmp_path, place):
    data, clone = write_small_content(tmp_path / "data"), write_small_content(tmp_path / "clone")
    for kit in (data, clone):
        (kit / "keys/graded/texts").mkdir()
        (kit / "keys/practice/texts/fence.toml").rename(kit / "keys/graded/texts/fence.toml")
        merged = (kit / "keys/practice/01_fences.toml").read_text("utf-8") + (kit / "keys/graded/01_fences.toml").read_text("utf-8")
        (kit / "keys/graded/01_fences.toml").write_text(merged, "utf-8")
        (kit / "keys/practice/01_fences.toml").unlink()
    replace_in(clone, "keys/graded/texts/fence.toml", "No record could settle *shameful*.", "Corrected.")
    assert load_catalogue(data, clone / place).keys["fence-label"].units["f3"].why == "Corrected."
    (data / "keys/graded/texts/fence.toml").unlink()
    assert load_catalogue(data, clone / place).keys["fence-label"].units["f3"].why == "Corrected."


def test_a_class_release_cannot_grade_without_its_keys(tmp_path):
    data = write_small_content(tmp_path / "data")
    (data / "class.toml").write_text('[graded]\n01_fences = ["fence-count", "fence-essay", "form-a", "form-b"]\n')
    (tmp_path / "keys").mkdir()
    (data / "keys/graded/01_fences.toml").rename(tmp_path / "keys/01_fences.toml")
    with pytest.raises(GradingError, match="this is a class release. Name the folder with the graded keys: --keys DIR"):
        load_catalogue(data)
    assert load_catalogue(data, tmp_path / "keys").keys["fence-count"].answer == 3


def test_an_item_added_later_does_not_shift_what_was_handed_in(tmp_path):
    data = write_small_content(tmp_path / "data")
    hand_in(tmp_path / "h", "ann", answer(load_catalogue(data), "fence-count", "3"))
    replace_in(data, "items/01_fences.toml", '[[item]]\nid = "fence-count"', '[[item]]\nid = "fence-new"\ntype = "write"\nprompt = "Why?"\n[[item]]\nid = "fence-count"')
    assert open_class(tmp_path / "h", catalogue=load_catalogue(data)).sheets["ann", LESSON].cells["fence-count"].written == "1"


# speed


def test_the_same_answer_is_scored_once_for_all(tmp_path, catalogue, monkeypatch):
    calls = []
    import course.classroom.marking as marking

    real = marking.score_credit
    monkeypatch.setattr(marking, "score_credit", lambda *one, **more: calls.append(one) or real(*one, **more))
    for number in range(30):
        hand_in(tmp_path, f"l{number}", answer(catalogue, "fence-count", str(number % 2)))
    open_class(tmp_path, catalogue=catalogue)
    assert len(calls) == 2


def test_progress_is_shown_only_to_a_terminal(capsys, monkeypatch):
    assert shown_progress([1, 2, 3], "hand-ins", True) == [1, 2, 3]
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert list(shown_progress([1, 2, 3], "hand-ins", True)) == [1, 2, 3]
    assert capsys.readouterr().out == ""
    assert shown_progress([1, 2, 3], "hand-ins", False) == [1, 2, 3]


def test_unanswered_is_not_the_same_as_a_cell_of_a_lesson_not_handed_in(tmp_path, catalogue):
    both = replace(catalogue, lessons={**catalogue.lessons}, columns={**catalogue.columns})
    hand_in(tmp_path / "h", "ann", answer(both, "fence-count", "3"))
    (tmp_path / "roster.csv").write_text("learner,name\nann,Ann\nbo,Bo\n")
    ann, bo = open_class(tmp_path / "h", tmp_path / "roster.csv", catalogue=both).rows()
    assert ann[3] == "unanswered" and bo[2:] == ["", "", "", "", "0", "4", "0", "0"]



def test_two_markers_who_disagree_are_reported_and_the_later_line_counts(tmp_path, catalogue):
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-essay", {"headline": "A fence"}))
    (tmp_path / "marks.csv").write_text("learner,item,criterion,level,comment,marker\nann,fence-essay,fits,1,,KL\nann,fence-essay,fits,2,,JM\n", "utf-8")
    classroom = open_class(tmp_path / "h", marks=tmp_path / "marks.csv", catalogue=catalogue)

    assert classroom.sheets["ann", LESSON].points == 2
    (told,) = [found for found in classroom.problems if found.file == "marks.csv"]
    assert told.line == 3 and "fits is 2 here and 1 in an earlier line" in told.what
