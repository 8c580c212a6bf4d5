"""The projector: what a room sees, what only a key press brings, and that nobody is ever named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from course.classroom.stage import SEALED, StageError, open_projector, open_stage
from course.content import find_data, lesson_ids, text_folder
from course.projector import bundle
from tests.hand_ins import answer, hand_in, small_catalogue
from tests.small_content import replace_in, write_small_content

ROOT = Path(__file__).resolve().parent.parent
LABELS = {"f1": {"voice": "author", "kind": "fact"}, "f2": {"voice": "source", "kind": "judgement"}, "f3": {"voice": "author", "kind": "fact"}}
WRONG = {**LABELS, "f3": {"voice": "source", "kind": "fact"}}


@pytest.fixture
def data(tmp_path):
    return write_small_content(tmp_path / "data")


def stage_with(tmp_path: Path, people: int, *values: dict):
    """The small lesson with `people` learners who answered the labels with the values in turn."""
    catalogue = small_catalogue(tmp_path)
    for number in range(people):
        responses = [answer(catalogue, "fence-label", values[number % len(values)], kind="submitted"), answer(catalogue, "fence-pick", ["f3"], kind="submitted")]
        hand_in(tmp_path / "handins", f"secret-person-{number}", *responses)
    return open_stage("01_fences", tmp_path / "handins", data=tmp_path / "data")


def screen(stage, name: str):
    return next(one for group in stage.groups for one in group.screens if one.id == name)


def test_a_lesson_becomes_one_screen_for_each_clause_and_question(data):
    names = [one.id for group in open_stage("1", data=data).groups for one in group.screens]
    assert names[0] == "fence-pick/choice"
    assert names[1:7] == [f"fence-label/{unit}/{question}" for unit in ("f1", "f2", "f3") for question in ("voice", "kind")]
    assert names[7:9] == ["fence-mark/f1/source", "fence-mark/f1/cue"]
    assert not [name for name in names if name.startswith(("fence-order", "fence-count", "fence-essay"))], "hands can't order or write"


def test_a_clause_stands_among_the_others_of_its_paragraph(data):
    shown = screen(open_stage("fence", data=data), "fence/f2/voice")
    assert (shown.before, shown.words, shown.after) == (("The fence was built in 1990.",), '"It needs paint," Ida Moss said.', ())
    assert [option.text for option in shown.options] == ["the text itself", "someone the text hands it to", "can't tell"]


def test_the_class_is_told_in_counts_below_ten_and_in_shares_from_ten_on(tmp_path):
    few = stage_with(tmp_path / "few", 9, LABELS, LABELS, WRONG)
    told = few.tell_class(screen(few, "fence-label/f3/voice"))
    assert (told["n"], told["counts"], told["shares"]) == (9, {"author": 6, "source": 3, "unclear": 0}, {})
    assert told["note"] == "9 answers: too few for percentages."
    many = stage_with(tmp_path / "many", 10, LABELS, LABELS, LABELS, LABELS, WRONG)
    told = many.tell_class(screen(many, "fence-label/f3/voice"))
    assert (told["n"], told["shares"]) == (10, {"author": 80, "source": 20, "unclear": 0})


def test_a_text_pools_what_every_item_asked_of_it_one_answer_a_learner(tmp_path):
    stage_with(tmp_path, 4, LABELS, WRONG)
    stage = open_stage("fence", tmp_path / "handins", data=tmp_path / "data")
    assert stage.tell_class(screen(stage, "fence/f3/voice"))["counts"] == {"author": 2, "source": 2, "unclear": 0}
    assert stage.tell_class(screen(stage, "fence/f3/how"))["note"] == "Nobody has answered this in these hand-ins."


def test_practice_shows_the_first_answer_that_was_checked_and_never_a_challenge(tmp_path):
    catalogue = small_catalogue(tmp_path)
    mine = [answer(catalogue, "fence-label", value, minute=minute, kind=kind, **more) for minute, (value, kind, more) in enumerate(
        [(WRONG, "submitted", {}), (LABELS, "submitted", {}), (None, "challenge", {"reason": "I see it differently"})])]
    hand_in(tmp_path / "handins", "ann", *mine)
    stage = open_stage("01_fences", tmp_path / "handins", data=tmp_path / "data")
    assert stage.tell_class(screen(stage, "fence-label/f3/voice"))["counts"] == {"author": 0, "source": 1, "unclear": 0}


def test_marks_are_told_as_whether_there_is_one(tmp_path):
    catalogue = small_catalogue(tmp_path)
    mark = {"label": "source", "unit": "f2", "start": 18, "end": 26, "quote": "Ida Moss"}
    hand_in(tmp_path / "handins", "ann", answer(catalogue, "fence-mark", [mark], kind="submitted"))
    hand_in(tmp_path / "handins", "ben", answer(catalogue, "fence-mark", [], kind="submitted"))
    stage = open_stage("01_fences", tmp_path / "handins", data=tmp_path / "data")
    assert stage.tell_class(screen(stage, "fence-mark/f2/source"))["counts"] == {"here": 1, "not-here": 1}
    key = stage.tell_key(screen(stage, "fence-mark/f2/source"))
    assert (key["right"], key["quotes"], key["why"]) == (["here"], ["Ida Moss"], "You could phone her.")
    assert stage.tell_key(screen(stage, "fence-mark/f1/source"))["right"] == ["not-here"]


def test_the_key_comes_with_its_reason_and_with_what_is_accepted_too(data):
    stage = open_stage("1", data=data)
    told = stage.tell_key(screen(stage, "fence-label/f2/kind"))
    assert told["right"] == ["judgement"] and told["why"] == "*Ida Moss said* hands it over."
    assert told["also"] == [{"options": ["fact"], "why": "A painter could measure it."}]
    assert stage.tell_key(screen(stage, "fence-label/f2/voice"))["also"] == [], "an alternative stands only with the question it changes"
    assert stage.tell_key(screen(stage, "fence-pick/choice"))["right"] == ["f3"]
    article = open_stage("fence", data=data)
    assert "does not arise" in article.tell_key(screen(article, "fence/f3/how"))["note"]


def test_a_reason_has_a_screen_of_its_own(data):
    replace_in(data, "items/01_fences.toml", 'from = "units"\n', 'from = "units"\nreasons = [{id = "r1", text = "It judges."}, {id = "r2", text = "It is short."}]\n')
    replace_in(data, "keys/practice/01_fences.toml", 'answer = ["f3"]\n', 'answer = ["f3"]\nreason = "r1"\n')
    stage = open_stage("1", data=data)
    shown = screen(stage, "fence-pick/reason")
    assert [option.id for option in shown.options] == ["r1", "r2"] and stage.tell_key(shown)["right"] == ["r1"]


def test_what_counts_is_sealed_and_practice_is_not(data):
    sealed = {group.id: group.sealed for group in open_stage("1", data=data).groups}
    assert sealed == {"fence-pick": "", "fence-label": "", "fence-mark": "", "form-a": SEALED, "form-b": SEALED}


def test_a_text_without_a_key_here_is_sealed_and_says_so(data):
    (data / "keys/practice/texts/fence.toml").unlink()
    stage = open_stage("fence", data=data)
    assert stage.groups[0].sealed == SEALED
    assert "not in this copy" in stage.tell_key(screen(stage, "fence/f1/voice"))["note"]


def test_the_article_and_every_passage_and_lesson_of_the_kit_can_be_shown():
    folder = find_data()
    for name in [*lesson_ids(folder), *(path.name for path in (folder / "texts").iterdir() if path.is_dir())]:
        stage = open_stage(name)
        screens = [one for group in stage.groups for one in group.screens]
        assert screens and len({one.id for one in screens}) == len(screens)
        told = [stage.tell_key(one) for one in screens]
        assert all(one["right"] or one["note"] for one in told), f"{name} has a screen whose key says nothing"
        if name not in lesson_ids(folder):
            assert bool(stage.groups[0].sealed) == (text_folder(folder, name) == "graded"), name


def test_nothing_of_key_or_class_is_in_the_widget_before_or_after_it_was_shown(tmp_path, monkeypatch):
    stage_with(tmp_path, 4, LABELS, WRONG)
    projector = open_projector("01_fences", tmp_path / "handins", data=tmp_path / "data")
    sent = []
    monkeypatch.setattr(projector, "send", sent.append)
    projector._on_message(None, {"kind": "reveal", "screen": "fence-label/f2/kind", "what": "key"}, [])
    projector._on_message(None, {"kind": "reveal", "screen": "fence-label/f2/kind", "what": "class"}, [])
    assert [message["kind"] for message in sent] == ["key", "class"] and sent[0]["right"] == ["judgement"] and sent[1]["n"] == 4
    assert "secret-person" not in json.dumps(sent), "nobody is named"
    state = json.dumps({name: value for name, value in projector.get_state().items() if name not in ("_esm", "layout")}, default=str)
    for words in ("hands it over", "A painter", "SECRET-WHY", "You could phone her", "secret-person", '"right"', '"counts"'):
        assert words not in state


def test_the_saved_output_is_a_title_and_a_button(data, monkeypatch):
    shown = []
    monkeypatch.setattr("course.projector.view.display", lambda bundle, raw: shown.append(bundle))
    open_projector("1", data=data)._ipython_display_()
    assert shown[0]["text/plain"] == "Projector('1', 15 screens)"
    assert "Projector: Fences" in shown[0]["text/html"] and "paint" not in shown[0]["text/html"] and "run-all-cells" in shown[0]["text/html"]


def test_the_committed_notebook_holds_neither_key_nor_class():
    cells = json.loads((ROOT / "notebooks/instructor/projector.ipynb").read_text("utf-8"))["cells"]
    outputs = json.dumps([cell["outputs"] for cell in cells if cell["cell_type"] == "code"])
    assert "Projector('article', 84 screens)" in outputs
    assert not re.search(r"No source stands here|learner-0\d\d|%|counts|shares", outputs.partition("</style>")[2].replace("clamp(12px,4%,26px)", ""))


@pytest.mark.parametrize("message", [None, "reveal", {}, {"kind": "other", "screen": "fence-pick/choice", "what": "key"}])
def test_a_message_that_asks_for_nothing_is_not_answered(data, message):
    assert open_projector("1", data=data).answer(message) == []


@pytest.mark.parametrize(("screen", "what"), [(None, None), (["x"], "key"), ("gone", "key"), ("fence-pick/choice", "marks"), ("fence-pick/choice", ["key"])])
def test_what_can_t_be_revealed_is_a_sentence(data, screen, what):
    (said,) = open_projector("1", data=data).answer({"kind": "reveal", "screen": screen, "what": what})
    assert said == {"kind": "problem", "screen": screen, "what": what, "why": "There is no such screen. Run the cell again."}


def test_a_bug_behind_a_key_press_is_a_sentence_on_screen(data):
    projector = open_projector("1", data=data)
    projector._tell["key"] = lambda _: 1 / 0
    (said,) = projector.answer({"kind": "reveal", "screen": "fence-pick/choice", "what": "key"})
    assert said["kind"] == "problem" and "ZeroDivisionError" in said["why"]


@pytest.mark.parametrize(
    ("what", "more", "told"),
    [
        ("gone", {}, "There is no lesson and no text called 'gone'. The lessons are: 01_fences. The texts are: fence."),
        ("fence", {"questions": ["mood"]}, "There is no question called 'mood'. The questions are: voice, kind, how."),
    ],
)
def test_what_can_t_be_shown_is_one_sentence(data, what, more, told):
    with pytest.raises(StageError) as caught:
        open_stage(what, data=data, **more)
    assert str(caught.value) == told and caught.value._render_traceback_() == [told]


def test_without_hand_ins_the_class_is_a_sentence(data):
    stage = open_stage("1", data=data)
    assert stage.tell_class(screen(stage, "fence-pick/choice"))["note"].startswith("No hand-ins were opened.")


def test_a_pack_is_laid_over_what_is_shown(data, tmp_path):
    pack = tmp_path / "pack"
    (pack / "keys/practice").mkdir(parents=True)
    (pack / "keys/practice/01_fences.toml").write_text('[fence-pick]\nanswer = ["f2"]\nwhy = "Mine."\n[fence-label]\n[fence-mark]\n', "utf-8")
    stage = open_stage("1", data=data, keys=pack)
    assert stage.tell_key(screen(stage, "fence-pick/choice"))["right"] == ["f2"]


def test_the_script_stands_alone():
    module = bundle.module()
    assert "\nimport " not in module and "innerHTML" not in module
    assert module.count("export default") == 1 and "fetch(" not in module and "import(" not in module


def test_the_front_door_opens_it():
    import course

    assert course.open_projector is open_projector
