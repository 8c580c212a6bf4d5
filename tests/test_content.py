"""The content is read strictly, and every complaint says where, what and the cure."""

from __future__ import annotations

import pytest

from course.check import check_content
from course.content import ContentError, find_data, lesson_ids, load_glossary, load_keys, load_lesson, load_text
from course.content.files import read_csv
from course.content.shape import structure
from course.items import Option
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
    (ITEMS, "points = 1\nnumber", 'points = "one"\nnumber', ["fence-count", "'one' is a text, not a number at points"]),
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


SLIPS = {
    # a value of another kind than its field: (file, old, new, what must be said of it)
    "feedback that is a text": (PRACTICE, 'feedback.f1 = "A year can be looked up."', 'feedback = "no"', ["item 'fence-pick', feedback", "'no' is a text, not a table"]),
    "feedback that is a number": (PRACTICE, '"A year can be looked up."', "3", ["feedback.f1", "3 is a whole number, not a text"]),
    "a unit that is a text": (TEXT_KEY, '[f1]\n', 'f1 = "source"\n[f9]\n', ["unit 'f1'", "'source' is a text, not a table", "[f1]"]),
    "an alternative that is a text": (TEXT_KEY, '[{kind = "fact", why = "A painter could measure it."}]', '["x"]', ["unit 'f2', accept", "'x' is a text, not a table"]),
    "alternatives that are a text": (TEXT_KEY, '[{kind = "fact", why = "A painter could measure it."}]', '"x"', ["unit 'f2', accept", "'x' is a text, not a list"]),
    "an alternative of an item": (PRACTICE, 'answer = ["f3"]', 'answer = ["f3"]\naccept = ["x"]', ["item 'fence-pick', accept", "'x' is a text, not a table"]),
    "a span that is a text": (TEXT_KEY, 'why = "A record could show the year."', 'span = ["x"]', ["unit 'f1', span", "'x' is a text, not a table", "[[….span]]"]),
    "a reason that is a number": (TEXT_KEY, '"You could phone her."', "3", ["unit 'f2', span, why", "3 is a whole number, not a text"]),
    "one quote without brackets": (TEXT_KEY, 'quote = "said"', 'quote = "said"\naccept = "Ida"', ["unit 'f2', span, accept", "'Ida' is a text, not a list"]),
    "a place in quotation marks": (TEXT_KEY, 'quote = "said"', 'quote = "said"\nnth = "2"', ["unit 'f2', span, nth", "'2' is a text, not a whole number"]),
    "a tolerance in words": (GRADED, "answer = 3", 'answer = 3\ntolerance = "one"', ["item 'fence-count', tolerance", "'one' is a text, not a number"]),
    "a tolerance without end": (GRADED, "answer = 3", "answer = 3\ntolerance = inf", ["item 'fence-count', tolerance", "inf is no number to count with"]),
    "a yes in quotation marks": (GRADED, "by_hand = true", 'by_hand = "true"', ["item 'fence-essay', by_hand", "'true' is a text, not yes or no (true or false)"]),
    "one answer without brackets": (PRACTICE, 'answer = ["f3"]', 'answer = "f3"', ["item 'fence-pick', answer", "'f3' is a text, not a list", 'answer = ["f1"]']),
    "an answer that is a table": (GRADED, "answer = 3", "answer = {a = 3}", ["item 'fence-count', answer", "is a table, not a text"]),
    "a question that is a text": (ITEMS, '[[item.question]]\nid = "voice"\n[[item.question]]\nid = "kind"', 'question = ["x"]', ["fence-label", "question", "'x' is a text, not a table"]),
    "a label that is a text": (ITEMS, '[[item.label]]\nid = "source"\n[[item.label]]\nid = "cue"', 'label = ["x"]', ["fence-mark", "label", "'x' is a text, not a table"]),
    "a card that is a text": (ITEMS, '[[item.card]]\nid = "wish"\ntext = "wished"\n[[item.card]]\nid = "deed"\ntext = "done"', 'card = ["x"]', ["fence-order", "'x' is a text, not a table at cards"]),
    "cards that are one text": (ITEMS, 'prompt = "Order them."', 'prompt = "Order them."\ngiven = "wish"', ["fence-order", "'wish' is a text, not a list at given"]),
    "units that are one text": (ITEMS, 'prompt = "Label the clauses."', 'prompt = "Label the clauses."\nunits = "f1"', ["fence-label", "units", "'f1' is a text, not a list"]),
    "choices that are one text": (ITEMS, 'choices = ["form-a", "form-b"]', 'choices = "form-a"', ["slot 'form'", "'form-a' is a text, not a list"]),
    "minutes in words": (ITEMS, "minutes = 5", 'minutes = "x"', ["[lesson]", "'x' is a text, not a whole number at minutes"]),
    "minutes below zero": (ITEMS, "minutes = 5", "minutes = -5", ["[lesson]", "minutes = -5 is below zero"]),
    "a date for a title": (ITEMS, 'title = "Fences"', "title = 2026-03-01", ["[lesson]", "is a date or a time, not a text at title"]),
    "a speaker that is a text": (
        "texts/fence/text.toml", '[gists]\n1 = "A fence gets a colour."\n[[speaker]]\nid = "moss"\ntext = "Ida Moss"', 'speaker = ["x"]', ["speaker", "'x' is a text, not a table"]),
    "gists that are a text": ("texts/fence/text.toml", '[gists]\n1 = "A fence gets a colour."', 'gists = "x"', ["gists", "'x' is a text, not a table"]),
}
UNKNOWN = {
    # a word that is spelt wrong and would say nothing to anybody: (file, old, new, what must be said of it)
    "a question of an alternative": (TEXT_KEY, '{kind = "fact"', '{kynd = "fact"', ["unit 'f2', accept", "no question 'kynd'", "voice, kind, how, speaker"]),
    "an answer of an alternative": (TEXT_KEY, '{kind = "fact"', '{kind = "fakt"', ["unit 'f2', accept", "'fakt' is no answer to the question 'kind'", "fact, judgement"]),
    "a speaker of an alternative": (TEXT_KEY, '{kind = "fact"', '{speaker = "mos"', ["unit 'f2', accept", "'mos'", "moss, author, nobody"]),
    "a speaker": (TEXT_KEY, 'speaker = "moss"', 'speaker = "mos"', ["unit 'f2'", "'mos'", "moss, author, nobody"]),
    "an answer with feedback": (TEXT_KEY, "feedback.voice.author", "feedback.voice.auther", ["unit 'f2', feedback", "'auther' is no answer to the question 'voice'"]),
    "a question with feedback": (TEXT_KEY, "feedback.voice.author", "feedback.vioce.author", ["unit 'f2', feedback", "no question 'vioce'"]),
    "feedback to no answer": (TEXT_KEY, "feedback.voice.author", "feedback.voice", ["unit 'f2', feedback.voice", "is a text, not a table"]),
    "a place before the first": (TEXT_KEY, 'quote = "said"', 'quote = "said"\nnth = 0', ["unit 'f2', span, nth", "0 is no place", "Write 1"]),
    "a reason": (PRACTICE, 'answer = ["f3"]', 'answer = ["f3"]\nreason = "stayz"', ["item 'fence-pick'", "'stayz' is not one of its reasons", "stays"]),
    "a needed reason": (PRACTICE, 'answer = ["f3"]', 'answer = ["f3"]\naccept = [{answer = ["f2"], why = "So.", needs = "stayz"}]', ["'stayz' is not one of its reasons", "stays"]),
    "a unit of its own": (PRACTICE, '[fence-label]\n', '[fence-label]\nunits.f4 = {voice = "author", kind = "fact", how = "shown"}\n', ["fence-label", "'f4'", "f1, f2, f3"]),
    "a field of the lesson": (ITEMS, "minutes = 5", "minuts = 5", ["[lesson]", "not known: minuts", "id, title, minutes, talk"]),
    "what counts": (ITEMS, 'prompt = "Order them."', 'prompt = "Order them."\ngraded = true', ["fence-order", "'graded' is not one to write"]),
    "where the options come from": (ITEMS, 'from = "units"', 'from = "unit"', ["fence-pick", "from = 'unit' is not known"]),
    "an answer that is asked for": (ITEMS, '[[item.question]]\nid = "kind"', '[[item.question]]\nid = "kind"\nonly = ["fakt"]', ["question 'kind', only", "'fakt'", "fact, judgement"]),
}


@pytest.mark.parametrize(("name", "old", "new", "words"), [*SLIPS.values(), *UNKNOWN.values()], ids=[*SLIPS, *UNKNOWN])
def test_a_slip_of_any_kind_is_a_sentence_and_never_a_traceback(kit, name, old, new, words):
    replace_in(kit, ITEMS, 'from = "units"\n', 'from = "units"\nreasons = [{id = "stays", text = "It stays."}]\n')
    replace_in(kit, name, old, new)

    report = check_content(kit)
    with pytest.raises(ContentError) as caught:
        load_keys(kit, "01_fences")

    told = str(caught.value)
    assert told.startswith("data/") and told.endswith("."), told
    assert all(word in told for word in words), told
    assert caught.value.problem in [found.problem for found in report.complaints]


def test_only_what_an_author_may_write_is_named_among_the_fields(kit):
    replace_in(kit, ITEMS, "number = true", "nummer = true")
    with pytest.raises(ContentError, match="The fields of this table are: id, type, prompt, points,") as caught:
        load_lesson(kit, "01_fences")
    assert "graded" not in str(caught.value) and "lesson" not in caught.value.cure


@pytest.mark.parametrize("field", ["great", "t", "a at"])
def test_a_field_keeps_all_its_letters_in_a_complaint(field):
    with pytest.raises(ContentError) as caught:
        structure({"id": "a", "text": "b", field: 1}, Option, "here")
    assert caught.value.problem == f"it has a field that is not known: {field}"


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
