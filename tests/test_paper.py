"""The course on paper: sheets without a key, a table to type into, and hand-ins that grade like any other."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from pathlib import Path
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.classroom import load_catalogue, open_class
from course.cli import main
from course.cli.paper import TO_TYPE
from course.content import find_data
from course.handin import read_handins
from course.items import Key, Option
from course.paper import COLUMNS, PaperError, print_packets, read_entry, write_grid
from course.paper.codes import CodeError, find_quote, read_letters
from course.paper.plan import Wanted, packets_of
from course.paper.readings import shown_before
from course.scoring.clauses import right_answers
from tests.hand_ins import read_table, small_catalogue
from tests.small_content import replace_in, write_small_content


@pytest.fixture
def data(tmp_path):
    return write_small_content(tmp_path / "data")


def fill(path: Path, answers: dict[tuple[str, str, str], str], learner: str = "ann") -> Path:
    """Type answers into a table by (item, unit, question); every other cell stays empty."""
    rows = read_table(path)
    asked = {(row["item"], row["unit"], row["question"]) for row in rows}
    assert answers.keys() <= asked, answers.keys() - asked
    for row in rows:
        row["learner"] = row["learner"] or learner
        row["answer"] = answers.get((row["item"], row["unit"], row["question"]), row["answer"])
    return write_rows(path, rows)


def write_rows(path: Path, rows: list[dict[str, str]], delimiter: str = ",") -> Path:
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, delimiter=delimiter, extrasaction="ignore")
        table.writeheader()
        table.writerows(rows)
    return path


def small_entry(tmp_path: Path, data: Path, answers: dict[tuple[str, str, str], str]) -> Path:
    write_grid(tmp_path / "entry.csv", Wanted(data=data))
    return fill(tmp_path / "entry.csv", answers)


def values(folder: Path) -> dict[str, object]:
    """Every answer in a folder of hand-ins, by item."""
    handins, problems = read_handins(folder)
    assert problems == []
    return {response.item: response.value for handin in handins for response in handin.responses}


# printing

def words_of_keys() -> list[str]:
    """Every reason and every piece of feedback that the kit's keys hold."""
    found: list[str] = []
    waiting = [(tomllib.loads(path.read_text("utf-8")), False) for path in (find_data() / "keys").rglob("*.toml")]
    while waiting:
        one, told = waiting.pop()
        if isinstance(one, dict):
            waiting += [(value, told or name in ("why", "feedback")) for name, value in one.items()]
        elif isinstance(one, list):
            waiting += [(value, told) for value in one]
        elif told:
            found.append(one)
    return found


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    out = tmp_path_factory.mktemp("printed")
    return {path.name: path.read_text("utf-8") for large in (False, True) for path in print_packets(out, Wanted(), large=large)}


def bare(words: str) -> str:
    return " ".join(re.findall(r"\w+", re.sub(r"<[^>]+>|&\w+;|&#\w+;", " ", words)))


def test_every_lesson_and_the_article_are_printed_in_both_sizes_without_any_key(printed):
    lessons = [path.stem for path in (find_data() / "items").glob("*.toml")]
    assert printed.keys() == {f"{name}{large}.html" for name in [*lessons, "article"] for large in ("", "-large")}
    everything = bare(" ".join(printed.values()))
    keys = words_of_keys()
    assert len(keys) > 500 and [why for why in keys if len(bare(why)) > 30 and bare(why) in everything] == []


def test_a_page_loads_nothing_and_holds_its_own_style(printed):
    for name, page in printed.items():
        assert "default-src &#x27;none&#x27;" in page and "<script" not in page and "src=" not in page and "url(" not in page, name
        assert "@page" in page and "break-inside: avoid" in page
    assert "20pt" in printed["00_before_you_start-large.html"] and "20pt" not in printed["00_before_you_start.html"]


def test_the_article_is_printed_once_with_its_rights_and_nowhere_else(printed):
    page = printed["article.html"]
    assert "The article belongs to its author." in page and "[S12d]" in page and "2023-03-08" in page
    sentence = "There is a problem,” he said, including control of Korea"
    assert sentence in page
    assert [name for name, other in printed.items() if sentence in other and not name.startswith("article")] == []
    assert "You need the sheet with <strong>the article</strong>" in printed["07_newsroom.html"]
    assert "You need the sheet" not in printed["08_two_weeks_later.html"]


def test_what_the_notebook_shows_before_a_question_is_printed_before_it(printed):
    page = printed["07_newsroom.html"]
    assert page.index("Read first: The puppet theatre") < page.index('id="q-desk-01"')
    assert "Read first, on the sheet with the article: <strong>[H], [L1], [L2]</strong>" in printed["00_before_you_start.html"]


def test_each_sheet_says_which_form_is_on_it(printed):
    assert "Forms printed here: owner-03-a, cue-05-a, cue-06-a." in printed["01_who_is_speaking.html"]
    assert "first-test-a" in printed["00_before_you_start.html"] and "first-test-b" not in printed["00_before_you_start.html"]
    assert "second-test-b" in printed["07_newsroom.html"] and "second-test-a" not in printed["07_newsroom.html"], "the last test is the other form"


def test_a_slot_can_be_set_and_the_last_test_follows(tmp_path):
    print_packets(tmp_path, Wanted(["0", "7"], ["first-test=first-test-b", "map-01=map-01-c"]))
    assert "first-test-b" in (tmp_path / "00_before_you_start.html").read_text("utf-8")
    newsroom = (tmp_path / "07_newsroom.html").read_text("utf-8")
    assert "second-test-a" in newsroom and "second-test-b" not in newsroom and "map-01-c" in newsroom


def test_make_up_and_scored_only(tmp_path):
    with packets_of(Wanted(["1"], make_up=True, scored_only=True)) as (_, (packet,)):
        assert [one.item.id for one in packet.asked] == ["owner-03-b", "cue-05-b", "cue-06-b"]
        assert [one.number for one in packet.asked] == [1, 2, 3]
    with pytest.raises(PaperError, match="nothing to print"):
        print_packets(tmp_path, Wanted(["8"], scored_only=True))


def test_a_learners_own_choice_is_printed_as_one_or_the_other():
    with packets_of(Wanted(["5"])) as (_, (packet,)):
        own = [(one.item.id, one.number, one.instead) for one in packet.asked if one.slot and one.slot.rule == "learner"]
    assert own == [("twelve-words-article", 16, False), ("twelve-words-twin", 16, True)]


def test_hostile_words_are_printed_and_do_nothing(tmp_path, data):
    replace_in(data, "items/01_fences.toml", '"Which clause judges?"', '"<script>1</script><img src=x onerror=1>"')
    print_packets(tmp_path / "out", Wanted(data=data))
    page = (tmp_path / "out/01_fences.html").read_text("utf-8")
    assert "&lt;script&gt;" in page and "<script" not in page and "<img" not in page


def test_a_notebook_that_is_not_there_or_broken_shows_nothing(tmp_path):
    (tmp_path / "broken.ipynb").write_text("{", "utf-8")
    assert shown_before(tmp_path / "gone.ipynb") == shown_before(tmp_path / "broken.ipynb") == {}


# the table

def test_the_table_has_a_line_for_each_thing_asked_and_each_learner(tmp_path, data):
    (tmp_path / "roster.csv").write_text("learner,name\n=ann,Ann\n007,Ben\n", "utf-8")
    count = write_grid(tmp_path / "entry.csv", Wanted(data=data), tmp_path / "roster.csv")
    rows = read_table(tmp_path / "entry.csv")
    assert tuple(rows[0]) == COLUMNS and len(rows) == count == 2 * 19
    assert [row["learner"] for row in rows[::19]] == ["'=ann", "007"], "no spreadsheet runs a name"
    one = [(row["item"], row["unit"], row["question"]) for row in rows[:19]]
    assert one[:3] == [("fence-pick", "", "choice"), ("fence-label", "f1", "voice"), ("fence-label", "f1", "kind")]
    assert ("fence-mark", "f2", "source") in one and ("fence-mark", "", "nothing") in one and ("fence-order", "A", "place") in one
    assert ("fence-count", "", "text") in one and ("fence-essay", "", "headline") in one
    assert all(row["answer"] == "" and re.fullmatch("w[0-9a-f]{12}", row["printed"]) for row in rows)


def test_a_table_that_may_hold_answers_is_never_written_over(tmp_path, data):
    (tmp_path / "entry.csv").write_text("mine", "utf-8")
    with pytest.raises(PaperError, match="is there already and may hold answers"):
        write_grid(tmp_path / "entry.csv", Wanted(data=data))
    assert (tmp_path / "entry.csv").read_text("utf-8") == "mine"


# reading

def test_a_letter_of_the_sheet_is_never_taken_for_an_id():
    options = (Option("B", "first"), Option("A", "second"), Option("S3", "third"))
    assert read_letters("A", options) == ["B"] and read_letters("b", options) == ["A"] and read_letters("S3", options) == ["S3"]


ANSWERS = {
    ("fence-pick", "", "choice"): "c", ("fence-label", "f1", "voice"): "A", ("fence-label", "f1", "kind"): "a.", ("fence-label", "f2", "voice"): "B",
    ("fence-mark", "f2", "source"): "ida moss", ("fence-mark", "f2", "cue"): "said", ("fence-order", "A", "place"): "1", ("fence-order", "B", "place"): "2",
    ("fence-count", "", "text"): "3", ("fence-essay", "", "headline"): "A fence waits", ("form-a", "", "choice"): "A",
}  # fmt: skip


def test_every_type_is_read_as_it_would_have_been_clicked(tmp_path, data):
    done = read_entry([small_entry(tmp_path, data, ANSWERS)], tmp_path / "handins", data=data)
    assert done.problems == [] and [path.name for path in done.files] == ["ann--01_fences.jsonl"] and done.answers == 7
    assert values(tmp_path / "handins") == {
        "fence-pick": ["f3"], "fence-label": {"f1": {"voice": "author", "kind": "fact"}, "f2": {"voice": "source"}},
        "fence-mark": [{"label": "source", "unit": "f2", "start": 18, "end": 26, "quote": "Ida\u00a0Moss"}, {"label": "cue", "unit": "f2", "start": 27, "end": 31, "quote": "said"}],
        "fence-order": ["wish", "deed"], "fence-count": "3", "fence-essay": {"headline": "A fence waits"}, "form-a": ["yes"],
    }  # fmt: skip
    first, *others = [json.loads(line) for line in done.files[0].read_text("utf-8").splitlines()]
    assert first["mode"] == "paper" and {one["kind"] for one in others} == {"draft"}
    assert [one["slot"] for one in others if one["item"] == "form-a"] == ["form"]


def test_reading_twice_changes_nothing_and_a_correction_replaces(tmp_path, data):
    entry = small_entry(tmp_path, data, ANSWERS)
    (path,) = read_entry([entry], tmp_path / "handins", data=data).files
    before = path.read_bytes()
    assert read_entry([entry], tmp_path / "handins", data=data).files == [path] and path.read_bytes() == before
    fill(entry, {("fence-pick", "", "choice"): "B"})
    read_entry([entry], tmp_path / "handins", data=data)
    assert values(tmp_path / "handins")["fence-pick"] == ["f2"] and len(list((tmp_path / "handins").iterdir())) == 1


def test_an_empty_table_makes_no_hand_in(tmp_path, data):
    done = read_entry([small_entry(tmp_path, data, {})], tmp_path / "handins", data=data)
    assert done.files == [] and done.problems == [] and not (tmp_path / "handins").exists()


def test_nothing_to_mark_is_an_answer_and_an_empty_box_is_none(tmp_path, data):
    read_entry([small_entry(tmp_path, data, {("fence-mark", "", "nothing"): "x"})], tmp_path / "handins", data=data)
    assert values(tmp_path / "handins") == {"fence-mark": []}


UNREADABLE = [
    ({("fence-pick", "", "choice"): "Q"}, "“Q” is none of A, B, C"),
    ({("fence-pick", "", "choice"): "A B"}, "“A B” is 2 answers where 1 can be"),
    ({("fence-pick", "", "choice"): "-"}, "“-” is none of A, B, C"),
    ({("fence-label", "f1", "voice"): "7", ("fence-label", "f1", "kind"): "A"}, "“7” is none of A, B, C"),
    ({("fence-mark", "f2", "source"): "Ida Mose"}, "“Ida Mose” does not stand in this clause (f2)"),
    ({("fence-mark", "f2", "source"): "Ida Moss | gone"}, "“gone” does not stand in this clause (f2)"),
    ({("fence-mark", "", "nothing"): "x", ("fence-mark", "f2", "cue"): "said"}, "nothing to mark is ticked, and there are marks"),
    ({("fence-mark", "", "nothing"): "perhaps"}, "“perhaps” is neither a tick nor empty"),
    ({("fence-order", "A", "place"): "1", ("fence-order", "B", "place"): "1"}, "two cards have the number 1"),
    ({("fence-order", "A", "place"): "1", ("fence-order", "B", "place"): "last"}, "“last” is no place in an order"),
]


@pytest.mark.parametrize(("typed", "what"), UNREADABLE)
def test_what_can_t_be_read_is_told_with_its_line_and_counts_as_unanswered(tmp_path, data, typed, what):
    entry = small_entry(tmp_path, data, typed)
    done = read_entry([entry], tmp_path / "handins", data=data)
    (found,) = done.problems
    assert found.what == what and found.cure.endswith(".")
    assert read_table(entry)[found.line - 2]["item"] == found.item and found.learner == "ann"
    assert done.files == [], "half an answer would count as wrong"
    assert f"entry.csv, line {found.line} (ann, {found.item}): {what}." in str(done)


def test_lines_that_are_about_nobody_or_nothing_are_told(tmp_path, data):
    entry = small_entry(tmp_path, data, {("fence-count", "", "text"): "3"})
    rows = [row for row in read_table(entry) if row["answer"]]
    changes = ({"learner": ""}, {"learner": "bob"}, {"lesson": "09_gone"}, {"item": "gone-01"}, {"unit": "f9"}, {"answer": "4"}, {"printed": "1.2E+11", "item": "fence-pick", "question": "choice", "answer": "C"})
    write_rows(entry, [*rows, *({**rows[0], **change} for change in changes)])
    (tmp_path / "roster.csv").write_text("learner,name\nann,Ann\n", "utf-8")
    done = read_entry([entry], tmp_path / "handins", data=data, roster=tmp_path / "roster.csv")
    told = {found.line: found.what for found in done.problems}
    assert told == {
        3: "no learner stands in this line", 4: "bob is not on the roster", 5: "there is no lesson '09_gone'", 6: "the lesson 01_fences has no question 'gone-01'",
        7: "this question asks nothing called 'f9 text'", 8: "line 2 says something else about the same thing", 9: "the wording '1.2E+11' is not one that is printed on a sheet",
    }  # fmt: skip
    assert values(tmp_path / "handins") == {"fence-pick": ["f3"]}, "of two lines that differ neither counts"


def test_a_table_as_spreadsheets_leave_it(tmp_path, data):
    entry = small_entry(tmp_path, data, {("fence-count", "", "text"): "3", ("fence-pick", "", "choice"): " C "})
    write_rows(entry, [{**row, "learner": "7"} for row in read_table(entry)], delimiter=";")
    (tmp_path / "roster.csv").write_text("learner,name\n007,Ann\n", "utf-8")
    (path,) = read_entry([entry], tmp_path / "handins", data=data, roster=tmp_path / "roster.csv").files
    assert path.name == "007--01_fences.jsonl", "a spreadsheet took the zeros away"


def test_an_answer_to_another_wording_waits_for_a_person(tmp_path, data):
    entry = small_entry(tmp_path, data, {("fence-count", "", "text"): "3"})
    replace_in(data, "items/01_fences.toml", "How many clauses?", "How many clauses are there?")
    read_entry([entry], tmp_path / "handins", data=data)
    (sheet,) = open_class(tmp_path / "handins", data=data).sheets.values()
    assert sheet.cells["fence-count"].state == "needs a person"


def test_a_typed_essay_and_a_hostile_name_are_only_text(tmp_path, data):
    entry = small_entry(tmp_path, data, {("fence-essay", "", "headline"): "=HYPERLINK(1) <script>"})
    write_rows(entry, [{**row, "learner": "../../ann"} for row in read_table(entry)])
    (path,) = read_entry([entry], tmp_path / "handins", data=data).files
    assert path.parent == tmp_path / "handins" and values(tmp_path / "handins") == {"fence-essay": {"headline": "=HYPERLINK(1) <script>"}}


def test_no_table_is_a_sentence(tmp_path, data):
    with pytest.raises(PaperError, match="There is no file .*gone.csv. Make one with: sayswho paper grid --out gone.csv."):
        read_entry([tmp_path / "gone.csv"], tmp_path, data=data)


@given(st.text(max_size=30), st.text(max_size=60))
def test_a_quote_is_found_where_it_stands_or_refused(typed, words):
    try:
        start, end = find_quote(typed, words)
    except CodeError:
        return
    assert 0 <= start < end <= len(words)


@given(st.lists(st.sampled_from(["he", "the", "said", "Ida\u00a0Moss", "paint,", "“so”"]), min_size=1, max_size=8), st.data())
def test_every_word_of_a_clause_can_be_quoted(pieces, choose):
    words = " ".join(pieces)
    place = choose.draw(st.integers(0, len(pieces) - 1))
    nth = pieces[:place + 1].count(pieces[place])
    start, end = find_quote(f"{pieces[place].replace(chr(160), ' ').upper()} #{nth}", words)
    assert words[start:end] == pieces[place] and words[:start].split(" ").count("") <= 1


# print, type, read, grade

def typed_from_key(item, key: Key, text) -> dict[tuple[str, str], str]:
    """What an assistant would type of a sheet on which everything is right."""
    letter = lambda options, one: ascii_uppercase[[option.id for option in options].index(one)]  # noqa: E731
    if item.type == "pick":
        cells = {("", "choice"): " ".join(letter(item.options, one) for one in (key.answer or [item.options[0].id])[: item.choose or None])}
    elif item.type == "classify":
        cells = {(unit, asked.id): letter(asked.options, right) for unit in item.units for asked in item.questions
                 if (right := next(right_answers(key.units[unit]))[0].get(asked.id)) is not None}
    elif item.type == "chain":
        cells = {(ascii_uppercase[place], "place"): str(key.answer.index(card.id) + 1) for place, card in enumerate(item.cards) if card.id in key.answer and card.id not in item.given}
    elif item.type == "mark":
        cells = {}
        for span in key.spans:
            if not span.optional:
                cells.setdefault((span.unit, span.label), []).append(quote_of(text.unit(span.unit).text, span))
        cells = {cell: " | ".join(quotes) for cell, quotes in cells.items()} or {("", "nothing"): "x"}
    else:
        cells = {("", "text"): str(key.answer)} if item.type == "write" else {("", field.id): "Written by hand." for field in item.fields}
    return cells | ({("", "reason"): letter(item.reasons, key.reason)} if item.reasons and key.reason else {})


def quote_of(words: str, span) -> str:
    """A quotation, with its number where the words stand more than once."""
    for nth in ("", " #1", " #2", " #3"):
        try:
            if find_quote(span.quote + nth, words) == (span.start, span.end):
                return span.quote + nth
        except CodeError:
            continue
    raise AssertionError(f"{span.quote} can't be quoted")


def test_a_whole_course_on_paper_earns_what_it_would_have_earned_by_clicking(tmp_path):
    catalogue = load_catalogue()
    (tmp_path / "roster.csv").write_text("learner,name\nann,Ann\nben,Ben\ncy,Cy\n", "utf-8")
    write_grid(tmp_path / "entry.csv", Wanted([str(number) for number in range(8)]), tmp_path / "roster.csv")
    rows = read_table(tmp_path / "entry.csv")
    right = {name: typed_from_key(item, catalogue.keys[name], catalogue.text_of(item)) for name, item in catalogue.items.items() if name in catalogue.keys}
    hand = {name for name, item in catalogue.items.items() if item.type == "essay"}
    for row in rows:
        cell = right.get(row["item"], {}).get((row["unit"], row["question"]), "")
        row["answer"] = cell if row["learner"] == "ann" or (row["learner"] == "ben" and row["lesson"] < "03" and row["item"] not in hand) else ""
    done = read_entry([write_rows(tmp_path / "entry.csv", rows)], tmp_path / "handins", roster=tmp_path / "roster.csv")
    assert done.problems == [] and len(done.files) == 8 + 3
    classroom = open_class(tmp_path / "handins", tmp_path / "roster.csv", catalogue=catalogue)
    assert not [found for found in classroom.problems if found.kind not in ("unmarked", "missing", "copied", "same_answers")], classroom.problems
    ann = [cell for sheet in classroom.sheets.values() if sheet.learner == "ann" for cell in sheet.cells.values()]
    assert sum(cell.points for cell in ann) == 100 - 22 and {cell.state for cell in ann} == {"scored", "needs a person"}
    assert [(cell.column.id, cell.points, cell.column.max) for cell in ann if cell.state == "scored" and cell.points != cell.column.max] == []
    ben = {cell.column.id: cell for sheet in classroom.sheets.values() if sheet.learner == "ben" for cell in sheet.cells.values()}
    assert sum(cell.points for cell in ben.values()) == 5 + 10 + 12
    table = classroom.gradebook()
    assert table.loc["cy", "total"] == "0" and not [one for one in classroom.sheets if one[0] == "cy"], "who left everything empty handed nothing in"


def test_blank_and_wrong_stay_apart_on_one_sheet(tmp_path):
    catalogue = small_catalogue(tmp_path)
    data = tmp_path / "data"
    read_entry([small_entry(tmp_path, data, {("fence-count", "", "text"): "9"})], tmp_path / "handins", data=data)
    (sheet,) = open_class(tmp_path / "handins", catalogue=catalogue).sheets.values()
    assert {name: cell.written for name, cell in sheet.cells.items()} == {"fence-count": "0", "fence-essay": "unanswered", "form": "unanswered"}


def test_the_command_prints_makes_a_table_and_reads_it(tmp_path, data, capsys, monkeypatch):
    monkeypatch.setenv("SAYSWHO_DATA", str(data))
    monkeypatch.chdir(tmp_path)
    assert main(["paper", "print", "--lessons", "1", "--out", "sheets", "--large"]) == 0
    assert main(["paper", "grid", "--lessons", "1", "--out", "entry.csv"]) == 0
    assert capsys.readouterr().out == (
        "1 page in sheets: 01_fences-large.html. Open each in a browser and print it.\n"
        f"entry.csv has 19 lines to fill in, in the column answer. {TO_TYPE}\nThen: sayswho paper read entry.csv --out HANDINS\n"
    )
    fill(tmp_path / "entry.csv", {("fence-count", "", "text"): "3", ("fence-pick", "", "choice"): "Z"})
    assert main(["paper", "read", "entry.csv", "--out", "handins"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("1 hand-in with 1 answer written. 1 thing could not be read and count as unanswered:\n  entry.csv, line 2 (ann, fence-pick): “Z” is none of A, B, C.")
    assert main(["paper", "grid", "--out", "entry.csv"]) == 1 and "may hold answers" in capsys.readouterr().err
    assert main(["paper"]) == 0 and "print" in capsys.readouterr().out
