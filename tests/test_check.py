"""`sayswho check` proves what a class relies on, and says where and how to mend what does not hold."""

from __future__ import annotations

import json

import pytest

from course.check import RULES, check_content, find_notebooks, run
from course.check.asked import Asked, with_texts
from course.check.constants import best_constant
from course.content import find_data, load_lesson
from course.items import Key, UnitKey
from tests.scored_items import CLASSIFY, MARK, MARK_KEY, TEXT
from tests.small_content import replace_in, write_small_content

ITEMS, PRACTICE, GRADED = "items/01_fences.toml", "keys/practice/01_fences.toml", "keys/graded/01_fences.toml"
TEXT_KEY, UNITS = "keys/practice/texts/fence.toml", "texts/fence/units.csv"
ASKED = ["fence-pick", "fence-label", "fence-mark", "fence-order", "fence-count", "fence-essay", "form"]

FEEDBACK = {
    "f1": ("author", "fact"), "f2": ("source", "judgement"), "f3": ("author", "judgement"),
}


def complete(kit):
    """Fill the small kit up until there is nothing to mend."""
    for name, (voice, kind) in FEEDBACK.items():
        lines = [f'feedback.voice.{one} = "Look again."' for one in ("author", "source", "unclear") if one != voice]
        lines += [f'feedback.kind.{one} = "Look again."' for one in ("fact", "judgement", "both", "lost") if one != kind]
        lines = [line for line in lines if not (name == "f2" and line.startswith("feedback.voice.author"))]
        replace_in(kit, TEXT_KEY, f"[{name}]\n", f"[{name}]\n" + "\n".join(lines) + "\n")
    replace_in(kit, PRACTICE, "feedback.f1", 'feedback.f2 = "She judges."\nfeedback.f1')
    replace_in(kit, PRACTICE, 'why = "Name and verb."', 'why = "Name and verb."\nfeedback.source = "Who?"\nfeedback.cue = "Which verb?"')
    replace_in(kit, GRADED, 'answer = ["yes"]', 'answer = ["yes"]\nwhy = "So."\nfeedback.no = "No."')
    replace_in(kit, GRADED, 'answer = ["no"]', 'answer = ["no"]\nwhy = "So."\nfeedback.yes = "No."')
    return kit


def notebook(folder, *cells, name="01_fences.ipynb"):
    """A notebook with these code cells, written into a folder."""
    folder.mkdir(exist_ok=True)
    written = {"cells": [{"cell_type": "code", "source": [cell]} for cell in cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / name).write_text(json.dumps(written), "utf-8")
    return folder


OPEN = 'from course import open_lesson\nlesson = open_lesson("01_fences")'


def asking(*names):
    return [OPEN, *(f'lesson.ask("{name}")' for name in names)]


@pytest.fixture
def kit(tmp_path):
    return complete(write_small_content(tmp_path / "data"))


def complaints(kit, notebooks=None):
    return [str(one) for one in check_content(kit, notebooks).complaints]


def test_complete_content_passes_and_every_item_has_its_row(kit):
    report = check_content(kit)

    assert report.complaints == []
    assert {row.item for row in report.rows} == {*ASKED[:-1], "form-a", "form-b"}
    assert report.totals == {"01_fences": 4}
    assert all(row.full == 1 and row.blank == 0 for row in report.rows if row.item != "fence-essay")


def test_the_shipped_content_has_nothing_to_mend(monkeypatch):
    monkeypatch.delenv("SAYSWHO_DATA", raising=False)

    assert complaints(find_data(), find_notebooks(find_data())) == []


def test_the_report_is_a_table_that_ends_in_a_verdict(kit):
    lines = check_content(kit).text().splitlines()

    assert lines[0].split() == ["lesson", "item", "type", "counts", "points", "parts", "key", "blank", "best", "constant", "answer"]
    assert any("fence-mark" in line and "100%" in line and "every" in line for line in lines)
    assert any("fence-essay" in line and "by hand" in line for line in lines)
    assert lines[-1] == "8 items in 1 lesson checked: nothing to mend."


def test_the_rules_over_the_whole_course_print_their_figures_and_leave_a_small_kit_alone(kit):
    report = check_content(kit, notebook(kit.parent / "notebooks", *asking(*ASKED)))
    printed = report.text()

    assert report.complaints == []
    for title in ("Objectives and how many items", "Time on task in minutes", "Glossary"):
        assert f"\n\n{title}" in printed
    assert [rule.__name__ for rule in RULES] == [f"check_{name}" for name in (
        "points", "objectives", "balance", "blueprint", "parallel", "sharing", "forbidden", "glossary", "reading", "time")]


def test_practice_may_give_points_for_answering(kit):
    replace_in(kit, ITEMS, 'id = "fence-pick"', 'id = "fence-pick"\npoints = 2\ncredit = "completion"')
    report = check_content(kit)

    assert report.complaints == []
    assert report.totals == {"01_fences": 6}
    assert {row.item: row.counts for row in report.rows}["fence-pick"] == "completion"


def test_the_exit_code_says_whether_there_is_something_to_mend(kit, capsys):
    notebooks = notebook(kit.parent / "notebooks", *asking(*ASKED))

    assert run(kit, notebooks) == 0
    replace_in(kit, PRACTICE, 'answer = ["f3"]', 'answer = ["f9"]')
    assert run(kit, notebooks) == 1
    assert "To be mended (" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "old", "new", "words"), [
    (PRACTICE, '[fence-order]\nanswer = ["wish", "deed"]\nwhy = "First the wish."\nfeedback."deed<wish" = "Can it be done before it is wished?"',
     "", ["'fence-order'", "has no key"]),
    (PRACTICE, 'feedback.f2 = "She judges."\n', "", ["'fence-pick'", "nothing is said to the choice f2"]),
    (TEXT_KEY, 'feedback.kind.lost = "Look again."\nvoice = "author"\nkind = "judgement"', 'voice = "author"\nkind = "judgement"',
     ["'fence-label'", "kind.lost in unit f3"]),
    (PRACTICE, 'why = "Name and verb."', "", ["'fence-mark'", "the key has no reason"]),
    (PRACTICE, "Name and verb.", "word " * 61, ["'fence-mark'", "a reason of 61 words"]),
    (ITEMS, 'id = "fence-count"', 'id = "fence-count"\nopens_with = "99_never"', ["'fence-count'", "'99_never', which is no lesson"]),
    (ITEMS, 'prompt = "How many clauses?"\npoints = 1', 'prompt = "How many clauses?"', ["'fence-count'", "has no points"]),
    (ITEMS, 'id = "fence-pick"', 'id = "fence-pick"\npoints = 2', ["'fence-pick'", "a practice item has points"]),
    (ITEMS, 'prompt = "Form B?"\noptions = [{id = "yes", text = "Yes"}, {id = "no", text = "No"}]\npoints = 1',
     'prompt = "Form B?"\noptions = [{id = "yes", text = "Yes"}, {id = "no", text = "No"}]\npoints = 2', ["slot 'form'", "not worth the same"]),
    (UNITS, "f3,2,", 'f4,1,"It is old."\nf3,2,', ["texts/fence.toml", "1 of 4 units have no key: f4"]),
    (GRADED, "answer = 3", 'answer = "three or so"', ["'fence-count'", "an answer that the key calls right earns 0 of 1"]),
    (ITEMS, '[[item]]\nid = "fence-label"', '[[item]]\nid = "fence-label"\nunits = ["f1", "f7"]', ["no unit 'f7'"]),
])
def test_each_fault_is_found_and_named(kit, name, old, new, words):
    replace_in(kit, name, old, new)
    found = complaints(kit)

    assert any(all(word in complaint for word in words) for complaint in found), found


def test_a_key_in_both_folders_is_refused(kit):
    with (kit / GRADED).open("a") as file:
        file.write('[fence-order]\nanswer = ["wish", "deed"]\n')

    assert any("keyed in both folders" in one for one in complaints(kit))


def test_a_text_keyed_in_both_folders_is_refused(kit):
    (kit / "keys/graded/texts").mkdir(parents=True)
    (kit / "keys/graded/texts/fence.toml").write_text((kit / TEXT_KEY).read_text("utf-8"), "utf-8")

    assert any("the text is keyed in both folders" in one for one in complaints(kit))


def test_practice_never_uses_a_text_that_counts(kit):
    (kit / "keys/graded/texts").mkdir(parents=True)
    (kit / TEXT_KEY).rename(kit / "keys/graded/texts/fence.toml")

    assert any("'fence-mark'" in one and "a practice item uses the text 'fence', which counts" in one for one in complaints(kit))


def test_what_counts_is_not_keyed_in_practice(kit):
    text = (kit / PRACTICE).read_text("utf-8")
    table = text[text.index("[fence-label]"):text.index("[fence-mark]")]
    replace_in(kit, PRACTICE, table, "")
    (kit / GRADED).write_text((kit / GRADED).read_text("utf-8") + table, "utf-8")

    assert any("'fence-label'" in one and "is in practice" in one for one in complaints(kit))


def test_a_class_release_has_no_graded_keys_and_passes(kit):
    (kit / "class.toml").write_text('[graded]\n01_fences = ["fence-count", "fence-essay", "form-a", "form-b"]\n')
    (kit / GRADED).unlink()
    report = check_content(kit)

    assert report.complaints == []
    assert {row.item: row.counts for row in report.rows}["fence-count"] == "counts, key elsewhere"


def test_a_form_holds_three_clauses_of_each_voice_and_kind(kit):
    for name in ("texts/fence", TEXT_KEY):
        (kit / name).rename(kit / name.replace("fence", "bus-form-a"))
    replace_in(kit, ITEMS, 'text = "fence"\nfrom', 'text = "bus-form-a"\nfrom')
    found = complaints(kit)

    assert any("the form is out of balance: author fact 1, author judgement 1, source judgement 1, source fact 0" in one for one in found), found


# notebooks

@pytest.mark.parametrize(("cells", "words"), [
    (asking(*ASKED, "fence-gone"), "it asks for 'fence-gone', which the lesson does not have"),
    (asking(*ASKED[1:]), "it never asks for 'fence-pick'"),
    (asking(*ASKED[:-1]), "it never asks for 'form'"),
    (asking(*ASKED, "form"), "it asks for 'form' twice"),
    (asking(*reversed(ASKED)), "in another order"),
    ([*asking(*ASKED), 'lesson.show("hedge")'], "it shows the text 'hedge'"),
    ([*asking(*ASKED), 'lesson.show("fence", "f1", "f8")'], "it shows the unit 'f8'"),
    (["1 + 1"], "no notebook opens this lesson"),
    (['lesson = open_lesson("02_hedges")'], "it opens the lesson '02_hedges'"),
])
def test_notebooks_and_items_know_each_other(kit, cells, words):
    found = complaints(kit, notebook(kit.parent / "notebooks", *cells))

    assert any(words in one for one in found), found


def test_a_notebook_that_asks_for_all_passes_and_a_broken_one_is_named(kit):
    folder = notebook(kit.parent / "notebooks", *asking(*ASKED), "%matplotlib inline")
    assert complaints(kit, folder) == []

    (folder / "02_broken.ipynb").write_text('{"cells": ')
    assert any("02_broken.ipynb: it can't be read as a notebook" in one for one in complaints(kit, folder))


# constant answers

def test_every_constant_is_tried_on_a_set_of_six_or_more(kit):
    six = tuple(f"u{n}" for n in range(6))
    item = type(CLASSIFY)(**{**CLASSIFY.__dict__, "units": six})
    key = Key("x", units={unit: UnitKey(unit, "source", "fact" if n < 4 else "judgement") for n, unit in enumerate(six)})
    found = best_constant(item, key, None)

    assert (found.name, found.share) == ("source + fact", pytest.approx((4 + 2 / 3) / 6))
    assert best_constant(CLASSIFY, key, None) is None


def test_marking_everything_is_tried_on_every_passage():
    found = best_constant(MARK, MARK_KEY, TEXT)

    assert found.name.startswith("every")
    assert found.share < 0.35


SIX = """
[[item]]
id = "yard-label"
type = "classify"
prompt = "Whose voice?"
points = 6
text = "yard"
[[item.question]]
id = "voice"
"""


def unit_table(name, voice, **more):
    accept = f'accept = [{{voice = "{more["accept"]}", kind = "fact", why = "It can be read so."}}]\n' if "accept" in more else ""
    how = "marks" if voice == "source" else "not-shown"
    words = "".join(f'feedback.voice.{one} = "Look again."\n' for one in ("author", "source", "unclear") if one != voice)
    return f'[{name}]\nvoice = "{voice}"\nkind = "fact"\nhow = "{how}"\nwhy = "So."\n{words}{accept}'


def with_yard(kit, voices, accepted=()):
    """Add a graded set of six clauses with these voices, some with an alternative."""
    (kit / "texts/yard").mkdir()
    (kit / "texts/yard/text.toml").write_text('title = "Yard"\n')
    (kit / "texts/yard/units.csv").write_text("unit,paragraph,text\n" + "".join(f"y{n},1,It rained {n} times.\n" for n in range(6)))
    (kit / "keys/graded/texts").mkdir(parents=True)
    tables = [unit_table(f"y{n}", voice, **({"accept": "author"} if n in accepted else {})) for n, voice in enumerate(voices)]
    (kit / "keys/graded/texts/yard.toml").write_text("".join(tables))
    replace_in(kit, ITEMS, "[[slot]]", SIX + "[[slot]]")
    (kit / GRADED).write_text((kit / GRADED).read_text("utf-8") + '[yard-label]\nwhy = "So."\n')
    return kit


def test_a_set_that_one_answer_passes_is_refused(kit):
    with_yard(kit, ["source"] * 4 + ["author"] * 2)

    assert any("'yard-label'" in one and "the constant answer “source” earns 66.7%" in one for one in complaints(kit))


def test_added_alternatives_only_warn(kit):
    with_yard(kit, ["source", "source", "unclear", "unclear", "author", "author"], accepted=(0,))
    report = check_content(kit)

    assert report.complaints == []
    assert any("with the alternatives that were added" in str(one) and "50.0%" in str(one) for one in report.warnings)


def test_six_picks_with_the_same_options_are_one_set(kit):
    items = "".join(f'[[item]]\nid = "swap-{n}"\ntype = "pick"\nprompt = "Swap?"\npoints = 1\n'
                    'options = [{id = "same", text = "Same"}, {id = "gone", text = "Gone"}]\n' for n in range(6))
    keys = "".join(f'[swap-{n}]\nanswer = ["same"]\nwhy = "So."\nfeedback.gone = "No."\n' for n in range(6))
    replace_in(kit, ITEMS, "[[slot]]", items + "[[slot]]")
    (kit / GRADED).write_text((kit / GRADED).read_text("utf-8") + keys)

    assert any("items swap-0, swap-1" in one and "“same” earns 100.0%" in one for one in complaints(kit))


def test_a_text_shown_by_a_questions_or_slots_id_is_the_one_it_asks_about(kit):
    lesson = load_lesson(kit, "01_fences")
    asked = Asked("01_fences.ipynb", "01_fences", [("show", ("fence-label", "f1")), ("show", ("fence", "f2")), ("show", ("form",)), ("ask", ("form",))])
    texts = {item.id: item.text for item in lesson.items}
    named = with_texts(asked, lesson)
    assert named.shown[:2] == [("fence", ("f1",)), ("fence", ("f2",))] and texts["fence-label"] == "fence"
    assert named.shown[2] == (texts["form-a"] or "form", ()) and named.ids == ["form"]
    assert with_texts(asked, None) is asked
