"""The widget's Python half: what it leaves in a notebook, and that nothing a browser says can break it."""

from __future__ import annotations

import json
import threading
from dataclasses import replace

import pytest

from course.content import find_data, lesson_ids, load_keys, load_lesson
from course.items import Criterion, Field, Item, Label, Option, Question, Text, Unit
from course.messages import say
from course.messages.prompts import open_marks, split_prompt
from course.widgets import kit
from course.widgets.panel import HandIn, Progress
from course.widgets.payload import present
from course.widgets.static import static_html
from course.widgets.view import View

DATA = find_data()
TEXT = Text("fence", "The fence", (Unit("S1", 1, "The fence is too\u00a0high. "), Unit("S2", 2, "“No,” said <b>Ada</b>.")))
PICK = Item("fence-01", "01_fences", "pick", "Who says **so**?", options=(Option("a", "the text <script>"), Option("b", "Ada & co")))
STATUS = {"lesson": "01_fences", "title": "Fences <1>", "items": [], "answered": 0, "total": 0, "store": {}}


def view(deliver=lambda response, send: None, item=PICK, slot=None) -> View:
    return View(present(item, TEXT, slot), deliver=deliver)


def outputs(widget, monkeypatch) -> list[dict]:
    shown: list[dict] = []
    monkeypatch.setattr(kit, "display", lambda data, raw: shown.append(data))
    widget._ipython_display_()
    return shown


def hear(widget, message) -> list[dict]:
    """What a widget sends back when the browser says something."""
    sent: list[dict] = []
    widget.send = sent.append
    widget._handle_custom_msg(message, [])
    return sent


def test_a_question_leaves_its_static_half_and_then_the_widget(monkeypatch):
    static, live = outputs(view(), monkeypatch)
    assert static["text/plain"] == "View('fence-01')"
    assert 'class="sw-static"' in static["text/html"]
    assert live["text/plain"] == "" and kit.WIDGET_VIEW in live and "text/html" not in live


def test_the_static_half_never_depends_on_the_answer(monkeypatch):
    blank, answered = view(), view()
    answered.saved = {"id": "r1", "value": ["a"]}
    answered.feedback = {"outcome": "correct", "summary": "Right."}
    assert outputs(blank, monkeypatch)[0] == outputs(answered, monkeypatch)[0]


def test_the_static_half_escapes_every_text():
    every = Item(
        "all-01", "l", "essay", "<i>1</i>", help="<i>2</i>", text="fence", units=("S1", "S2"), options=(Option("a", "<i>3</i>"),),
        cards=(Option("c", "<i>4</i>"),), fields=(Field("f", "<i>5</i>"),), reasons=(Option("r", "<i>6</i>"),),
        questions=(Question("q", "<i>7</i>", (Option("o", "<i>8</i>"),)),), labels=(Label("l", "<i>9</i>", "<i>10</i>"),),
    )  # fmt: skip
    page = static_html(present(every, TEXT))
    assert "<i>" not in page and "<b>" not in page
    for number in range(1, 11):
        assert f"&lt;i&gt;{number}&lt;/i&gt;" in page


def test_the_static_half_starts_the_lesson_without_a_script():
    page = static_html(present(PICK, TEXT))
    assert 'data-commandlinker-command="notebook:run-all-cells"' in page and "<script" not in page
    assert say("start.or") in page


LONG = "The oven of the bakery is cold. So says a note, and *Mr. Ilie. He* has read it in the street this morning. **Who had it from whom?** Begin with yourself."


def test_a_long_prompt_is_told_apart_so_that_only_its_question_is_a_heading():
    payload = present(replace(PICK, prompt=LONG), TEXT)
    assert payload["lead"] == "The oven of the bakery is cold. So says a note, and *Mr. Ilie. He* has read it in the street this morning."
    assert (payload["prompt"], payload["more"]) == ("Who had it from whom?", "Begin with yourself.")
    page = static_html(payload)
    assert page.index("The oven") < page.index("<p><strong>Who had it from whom?</strong></p>") < page.index("<p>Begin with yourself.</p>")
    assert (present(PICK, TEXT)["lead"], present(PICK, TEXT)["prompt"]) == ("", PICK.prompt)


@pytest.mark.parametrize("lesson", lesson_ids(DATA))
def test_no_prompt_of_the_kit_loses_a_word_or_a_star_when_it_is_told_apart(lesson):
    for item in load_lesson(DATA, lesson).items:
        parts = split_prompt(item.prompt)
        assert " ".join(part for part in parts if part).replace("*", "").split() == item.prompt.replace("*", "").split(), item.id
        assert not any(open_marks(part) for part in parts), item.id
        assert len(parts.ask.replace("*", "")) <= 140, f"{item.id}: the question is no heading: {parts.ask}"


def test_nothing_to_mark_is_an_answer_unless_the_item_says_that_something_is_there():
    for lesson in lesson_ids(DATA):
        content = load_lesson(DATA, lesson)
        keys = load_keys(DATA, content)
        for item in content.items:
            assert item.nothing or (item.type == "mark" and keys[item.id].spans), item.id
    assert present(replace(PICK, type="mark", text="fence", units=("S1",), nothing=False), TEXT)["nothing"] is False


def test_what_a_slot_asks_is_not_told_before_the_lesson_runs(monkeypatch):
    static, _ = outputs(view(slot="first-test"), monkeypatch)
    assert PICK.prompt not in static["text/html"] and "Ada" not in static["text/html"]
    assert static["text/plain"] == "View('first-test')"


def test_clauses_are_shown_with_plain_spaces_and_their_paragraph():
    item = Item("read-01", "l", "classify", "Whose?", text="fence", units=("S1", "S2"))
    assert present(item, TEXT)["units"][0] == {"id": "S1", "paragraph": 1, "text": "The fence is too high."}


def test_a_payload_is_json_and_has_no_field_for_a_key():
    item = Item("e-01", "l", "essay", "?", points=2.5, fields=(Field("f", "?"),), criteria=(Criterion("c", "clear", 2.0, {"2": "yes"}),))
    payload = json.loads(json.dumps(present(item, None), allow_nan=False))
    assert payload["points"] == 2.5 and payload["criteria"][0]["points"] == 2
    assert not {"answer", "accept", "why", "feedback", "spans", "key"} & set(payload)


def test_a_response_goes_to_deliver_and_its_receipt_back():
    def deliver(response, send):
        send({"kind": "receipt", "id": response["id"], "kept": "disk", "why": ""})

    assert hear(view(deliver), {"kind": "response", "response": {"id": "r1"}}) == [{"kind": "receipt", "id": "r1", "kept": "disk", "why": ""}]


def test_an_error_in_deliver_becomes_a_sentence():
    def deliver(response, send):
        raise PermissionError("no")

    (receipt,) = hear(view(deliver), {"kind": "response", "response": {"id": "r1"}})
    assert receipt == {"kind": "receipt", "id": "r1", "kept": "", "why": say("why.refused", reason="no")}


@pytest.mark.parametrize("message", [None, 7, "response", [], {}, {"kind": "unknown"}, {"kind": ["response"]}, {"response": {}}])
def test_what_is_no_message_is_left_alone(message):
    assert hear(view(), message) == []


@pytest.mark.parametrize("response", [None, 7, "r1", ["r1"], float("nan")])
def test_a_hostile_response_is_refused_with_a_sentence(response):
    delivered = []
    (receipt,) = hear(view(lambda r, send: delivered.append(r)), {"kind": "response", "response": response})
    assert receipt["kept"] == "" and receipt["why"].startswith("The lesson could not read this answer")
    assert delivered == []


def test_a_page_without_the_script_gets_it_by_asking():
    (reply,) = hear(view(), {"kind": "script"})
    assert reply["kind"] == "script" and "draw_view" in reply["text"]


def test_a_widget_carries_a_short_script_and_no_key():
    state = view().get_state()
    assert len(state["_esm"]) < 2500
    assert set(state["payload"]) == set(present(PICK, TEXT))


def test_handlers_may_run_on_any_thread():
    heard = []
    widget = view(lambda response, send: heard.append(response["id"]))
    threads = [threading.Thread(target=widget._handle_custom_msg, args=({"kind": "response", "response": {"id": str(n)}}, [])) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(heard, key=int) == [str(n) for n in range(20)]


def test_the_hand_in_panel_answers_with_what_came_of_it():
    panel = HandIn(STATUS, on_hand_in=lambda learner: {"kind": "handed_in", "path": learner}, deliver=lambda r, send: None)
    assert hear(panel, {"kind": "hand_in", "learner": "Ada"}) == [{"kind": "handed_in", "path": "Ada"}]
    assert hear(panel, {"kind": "hand_in", "learner": {"a": 1}}) == [{"kind": "handed_in", "path": ""}]


def test_an_error_while_handing_in_becomes_a_sentence():
    def on_hand_in(learner):
        raise OSError("disk full")

    panel = HandIn(STATUS, on_hand_in=on_hand_in, deliver=lambda r, send: None)
    (reply,) = hear(panel, {"kind": "hand_in", "learner": "Ada"})
    assert reply["kind"] == "problem" and "disk full" in reply["why"]


def test_the_hand_in_panel_takes_answers_that_waited_in_the_browser():
    heard = []
    panel = HandIn(STATUS, on_hand_in=lambda learner: {}, deliver=lambda r, send: heard.append(r))
    hear(panel, {"kind": "response", "response": {"id": "r1"}})
    assert heard == [{"id": "r1"}]


def test_panels_leave_a_static_half_too(monkeypatch):
    static, live = outputs(Progress(STATUS), monkeypatch)
    assert static["text/plain"] == "Progress('01_fences')" and kit.WIDGET_VIEW in live
    static, _ = outputs(HandIn(STATUS, on_hand_in=lambda learner: {}, deliver=lambda r, send: None), monkeypatch)
    assert "Fences &lt;1&gt;" in static["text/html"]
