"""The content is read strictly, and every complaint says where, what and the cure."""

from __future__ import annotations

import pytest

from course.content import ContentError, find_data, lesson_ids, load_glossary, load_keys, load_lesson, load_text
from course.content.files import read_csv
from tests.small_content import replace_in, write_small_content

ITEMS, PRACTICE, GRADED = "items/01_fences.toml", "keys/practice/01_fences.toml", "keys/graded/01_fences.toml"
TEXT_KEY, UNITS = "keys/practice/texts/fence.toml", "texts/fence/units.csv"


@pytest.fixture
def kit(tmp_path):
    return write_small_content(tmp_path / "data")


def test_a_lesson_is_read_with_its_words_filled_in_from_the_codebook(kit):
    lesson = load_lesson(kit, "01_fences")
    items = {item.id: item for item in lesson.items}

    assert [option.id for option in items["fence-pick"].options] == ["f1", "f2", "f3"]
    assert items["fence-pick"].options[1].text == '"It needs paint," Ida Moss said.'
    assert [question.id for question in items["fence-label"].questions] == ["voice", "kind"]
    assert [label.name for label in items["fence-mark"].labels] == ["source", "cue"]
    assert items["fence-label"].units == ("f1", "f2", "f3")
    assert lesson.slots[0].choices == ("form-a", "form-b")


def test_the_folder_of_the_key_alone_says_what_counts(kit):
    graded = {item.id for item in load_lesson(kit, "01_fences").items if item.graded}

    assert graded == {"fence-count", "fence-essay", "form-a", "form-b"}
    assert {name for name, key in load_keys(kit, "01_fences").items() if key.graded} == graded


def test_a_class_release_knows_what_counts_without_its_keys(kit):
    (kit / "class.toml").write_text('[graded]\n01_fences = ["fence-count"]\n')
    for path in (kit / "keys" / "graded").glob("*.toml"):
        path.unlink()

    assert {item.id for item in load_lesson(kit, "01_fences").items if item.graded} == {"fence-count"}
    assert "fence-count" not in load_keys(kit, "01_fences")


def test_quotes_become_offsets_and_a_no_break_space_is_a_space(kit):
    spans = load_keys(kit, "01_fences")["fence-mark"].spans
    words = load_text(kit, "fence").unit("f2").text

    assert [(span.label, words[span.start:span.end]) for span in spans] == [("source", "Ida\u00a0Moss"), ("cue", "said")]


def test_an_alternative_keeps_the_reason_that_earns_it(kit):
    assert load_keys(kit, "01_fences")["fence-label"].units["f2"].accept[0].answer == {"kind": "fact"}


@pytest.mark.parametrize(("name", "old", "new", "words"), [
    (ITEMS, 'type = "write"', 'type = "wrote"', ["item 'fence-count'", "'wrote'", "pick, classify, mark"]),
    (ITEMS, 'id = "fence-count"', 'id = "Fence Count"', ["lower-case words and hyphens", "lede-03"]),
    (ITEMS, 'id = "fence-order"', 'id = "fence-pick"', ["'fence-pick' stands twice", "an id of its own"]),
    (ITEMS, "number = true", "nummer = true", ["fence-count", "not known", "nummer"]),
    (ITEMS, "points = 1\nnumber", 'points = "one"\nnumber', ["fence-count", "'one' is a str, not a float"]),
    (ITEMS, 'choices = ["form-a"', 'choices = ["form-x"', ["slot 'form'", "'form-x'", "form-a"]),
    (ITEMS, 'text = "fence"\nfrom', 'text = "hedge"\nfrom', ["no text called 'hedge'", "fence"]),
    (ITEMS, "[[item.label]]\nid = \"cue\"", "[[item.label]]\nid = \"clue\"", ["label 'clue'", "cue"]),
    (ITEMS, "minutes = 5", "minutes = ", ["not valid TOML", "line"]),
    (PRACTICE, 'answer = ["f3"]', 'answer = ["f9"]', ["item 'fence-pick'", "'f9'", "f1, f2, f3"]),
    (PRACTICE, "feedback.f1", "feedback.f7", ["feedback for 'f7'", "f1"]),
    (PRACTICE, "[fence-label]\nwhy", "[fence-label]\nwhyy", ["'whyy' is not known", "why"]),
    (PRACTICE, "[fence-order]", "[fence-odor]", ["'fence-odor'", "no such item"]),
    (GRADED, "[form-b]", "[fence-pick]", ["fence-pick", "both folders"]),
    (GRADED, "answer = 3\n", "", ["fence-count", "no answer", "by_hand"]),
    (TEXT_KEY, 'kind = "judgement"\nhow = "marks"', 'kind = "opinion"\nhow = "marks"', ["unit 'f2'", "kind = 'opinion'", "fact, judgement"]),
    (TEXT_KEY, 'class = "Quoted"', 'class = "Editorial"', ["unit 'f2'", "'Editorial'", "'Quoted'"]),
    (TEXT_KEY, 'quote = "said"', 'quote = "says"', ["'says'", "does not stand in unit f2", "The unit reads"]),
    (TEXT_KEY, ', why = "A painter could measure it."', "", ["alternative has no reason"]),
    (TEXT_KEY, "[f3]", "[f4]", ["unit 'f4'", "no such unit"]),
    (ITEMS, '[[item]]\nid = "fence-pick"', '[[items]]\nid = "fence-pick"', ["fence-pick"]),
    (ITEMS, "[lesson]", "lesson = 1\n[x]", ["lesson is not a table", "[lesson]"]),
    (ITEMS, "[[slot]]", "[slot]", ["slot is not a list of tables", "[[slot]]"]),
    (PRACTICE, "[fence-order]\nanswer", "fence-order = 1\n[x]\nanswer", ["fence-order"]),
    ("texts/fence/text.toml", '1 = "A', 'first = "A', ["'first' is no paragraph number"]),
    (UNITS, "f3,2", "f2,2", ["line 4", "'f2' stands twice"]),
    (UNITS, "f3,2", "3-Mar,2", ["line 4", "'3-Mar' looks like a date", "as text"]),
    (UNITS, "f3,2", "f3,0", ["line 4", "paragraph '0'"]),
    (UNITS, "unit,paragraph,text", "unit,para,text", ["column 'paragraph' is missing", "unit,paragraph,text"]),
])
def test_every_complaint_says_where_what_and_the_cure(kit, name, old, new, words):
    replace_in(kit, name, old, new)

    with pytest.raises(ContentError) as caught:
        load_keys(kit, "01_fences")

    told = str(caught.value)
    assert told.startswith("data/") and told.endswith("."), told
    for word in words:
        assert word in told


@pytest.mark.parametrize(("raw", "named"), [
    ("unit,paragraph,text\nk1,1,한국어".encode("cp949"), "CP949"),
    ("unit,paragraph,text\nk1,1,abc".encode("utf-16"), "UTF-16"),
    (b"unit,paragraph,text\nk1,1,caf\xe9", "Windows-1252"),
])
def test_a_spreadsheet_of_another_encoding_is_named(kit, raw, named):
    (kit / UNITS).write_bytes(raw)
    with pytest.raises(ContentError, match=named):
        load_text(kit, "fence")


def test_a_spreadsheets_semicolons_and_byte_order_mark_are_met_as_they_come(tmp_path):
    file = tmp_path / "units.csv"
    file.write_bytes("\ufeffunit;paragraph;text\r\nk1;1;\"One; two, three.\"\r\n".encode())

    assert read_csv(file, ("unit", "paragraph", "text")) == [{"unit": "k1", "paragraph": "1", "text": "One; two, three."}]


def test_data_is_found_by_argument_then_variable_then_checkout(kit, monkeypatch, tmp_path):
    other = write_small_content(tmp_path / "other")
    monkeypatch.setenv("SAYSWHO_DATA", str(other))
    assert find_data(kit) == kit
    assert find_data() == other
    monkeypatch.delenv("SAYSWHO_DATA")
    assert (find_data() / "items").is_dir()
    with pytest.raises(ContentError, match="SAYSWHO_DATA"):
        find_data(tmp_path / "nowhere")


def test_lessons_and_glossary_are_listed(kit):
    assert lesson_ids(kit) == ["01_fences"]
    assert load_glossary(kit) == {"clause": "a piece of a sentence with its own verb"}
    with pytest.raises(ContentError, match="The lessons are: 01_fences"):
        load_lesson(kit, "02_gates")


def test_a_text_keyed_in_both_folders_is_refused(kit):
    (kit / "keys/graded/texts").mkdir()
    (kit / "keys/graded/texts/fence.toml").write_text((kit / TEXT_KEY).read_text())

    with pytest.raises(ContentError, match="keyed in both folders"):
        load_keys(kit, "01_fences")
