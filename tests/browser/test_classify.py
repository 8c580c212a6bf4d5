"""Labelling clauses on the plain page: cards for a short set, questions beside or below a long text."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

LOOKS = [("light", "light"), ("light", "dark"), ("narrow", "light"), ("narrow", "dark")]


def choose(one, unit: str, question: str, option: str) -> None:
    """Click an option of one clause by its words."""
    one.page.locator(f"label:has(input[name$='-{unit}-{question}'][value='{option}'])").click()


def tag(one, unit: str) -> str:
    """What the passage says of a clause."""
    found = one.page.locator(f".sw-passage [data-unit='{unit}'] .sw-tag")
    return found.inner_text().strip(" ()\n") if found.count() else ""


def progress(one) -> str:
    return one.page.locator(".sw-labelled-line").inner_text()


def test_partial_answers_are_kept_and_only_what_was_chosen(plain):
    one = plain("classify")
    assert one.sent() == [] and one.page.locator("input:checked").count() == 0
    choose(one, "u2", "voice", "source")
    assert one.value() == {"u2": {"voice": "source"}}
    choose(one, "u5", "kind", "judgement")
    choose(one, "u2", "kind", "fact")
    assert one.value() == {"u2": {"voice": "source", "kind": "fact"}, "u5": {"kind": "judgement"}}
    assert progress(one) == one.live() == "1 of 8 clauses labelled"
    assert tag(one, "u2") == "a source · fact" and tag(one, "u1") == ""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_tag_never_breaks_where_it_has_room_on_the_next_line(plain, theme):
    """Each tag is one box; one line of words, unless it is wider than the passage."""
    one = plain("classify-checked", "narrow", theme)
    broken = one.page.locator(".sw-passage .sw-tag").evaluate_all("""(tags) => tags.filter((tag) => tag.getClientRects().length > 1
      || (tag.offsetHeight > 24 && tag.offsetWidth < tag.closest(".sw-passage").clientWidth * .9)).map((tag) => tag.innerText)""")
    assert broken == [] and one.page.locator(".sw-passage .sw-tag").count() > 2 and one.overflow() == 0


def test_a_clause_is_cleared_and_focus_stays_with_it(plain):
    one = plain("classify-answered")
    one.page.get_by_role("button", name="Clear clause 1").click()
    assert "u1" not in one.value() and one.live() == "Clause 1 is cleared."
    assert one.page.evaluate("document.activeElement.name").endswith("-u1-voice")
    assert progress(one) == "2 of 8 clauses labelled" and tag(one, "u1") == ""
    for number in (2, 3, 4):
        one.page.get_by_role("button", name=f"Clear clause {number}").click()
    assert one.value() is None


def test_the_third_question_follows_from_the_first_two(plain):
    one = plain("classify-three")
    hows = lambda unit: one.page.locator(f"input[name$='-{unit}-how']:visible").evaluate_all("(all) => all.map((node) => node.value)")  # noqa: E731
    assert hows("u1") == ["shown", "not-shown"] and hows("u2") == ["marks", "no-marks"] and hows("u3") == []
    choose(one, "u1", "voice", "source")
    assert one.value()["u1"] == {"voice": "source", "kind": "fact"} and progress(one) == "0 of 3 clauses labelled"
    choose(one, "u1", "how", "marks")
    assert one.value()["u1"]["how"] == "marks" and tag(one, "u1") == "Quoted"
    choose(one, "u1", "voice", "author")
    choose(one, "u1", "kind", "judgement")
    assert one.value()["u1"] == {"voice": "author", "kind": "judgement"} and hows("u1") == []
    assert one.page.locator(".sw-class").first.inner_text() == "We call this Editorial"


def test_confidence_is_asked_where_it_is_wanted_and_kept_apart(plain):
    one = plain("classify")
    assert one.page.get_by_role("group", name="How sure are you?").count() == 2
    choose(one, "u3", "confidence", "leaning")
    assert one.value() is None and one.sent()[-1]["confidence"] == {"u3": "leaning"}
    choose(one, "u5", "confidence", "sure")
    choose(one, "u3", "voice", "source")
    assert one.sent()[-1]["confidence"] == {"u3": "leaning", "u5": "sure"} and one.value() == {"u3": {"voice": "source"}}


def test_a_saved_answer_with_its_confidence_is_drawn(plain):
    one = plain("classify-answered")
    checked = one.page.locator("input:checked").evaluate_all("(all) => all.map((node) => node.name.split('-').slice(-2).join() + '=' + node.value)")
    assert "u3,confidence=leaning" in checked and "u2,voice=source" in checked and len(checked) == 8
    one.page.evaluate("""() => host.change("saved", {id: "r9", at: "2030-01-01T00:00:00.000Z", kind: "draft", reason: null, confidence: "odd",
      value: {u1: {voice: "nobody"}, u9: {voice: "author"}, u2: 7, u4: {kind: "both"}}})""")
    assert one.page.locator("input:checked").evaluate_all("(all) => all.map((node) => node.value)") == ["both"] and not one.errors


def test_groups_are_named_and_belong_to_their_clause(plain):
    one = plain("classify")
    card = one.page.get_by_role("group", name="Clause 2 The first bus now leaves")
    assert card.get_by_role("group", name="Whose voice is it?").get_by_role("radio").count() == 3
    speaker = plain("classify-speaker")
    assert speaker.page.get_by_role("group", name="Who says this?").count() >= 8


def test_a_short_set_by_keyboard_alone(plain):
    one = plain("classify")
    for _ in range(6):
        one.keys("Tab")
        if one.page.evaluate("document.activeElement.matches('input')"):
            break
    one.keys("Space", "ArrowDown", "Tab", "Space", "PageDown", "2", "1")
    assert one.value() == {"u1": {"voice": "source", "kind": "fact"}, "u2": {"voice": "source", "kind": "fact"}}
    assert one.page.evaluate("document.activeElement.name").endswith("-u3-voice")
    one.keys("2", "2", "3", "PageUp")
    assert one.sent()[-1]["confidence"] == {"u3": "sure"} and one.page.evaluate("document.activeElement.name").endswith("-u3-voice")
    one.keys("PageDown", "2", "1", *("2", "1", "1"), *("2", "1"), *("2", "1"), *("2", "1"))  # u5 asks for confidence too
    assert len(one.value()) == 8
    for _ in range(40):
        one.keys("Tab")
        if one.focused() == "Check":
            break
    one.keys("Enter")
    one.page.wait_for_selector(".sw-clause-notes .sw-part")
    assert one.focused() == "Check"


def test_feedback_stands_with_each_clause_beside_the_learners_own_choice(plain):
    one = plain("classify-checked")
    card = one.page.locator("[data-clause=u3]")
    assert "Not this." in card.inner_text() and "Answer: someone the text hands it to, no record could settle it" in card.inner_text()
    assert card.locator("input[value=author]").is_checked()
    assert [tag(one, unit) for unit in ("u1", "u3", "u4", "u5")] == ["the text itself · fact · right", "the text itself · judgement · not this one", "the text itself · partly right", ""]
    choose(one, "u3", "voice", "source")
    assert one.page.locator(".sw-clause-notes .sw-part").count() == 0 and tag(one, "u3") == "a source · judgement"


def test_clauses_that_are_not_asked_stand_in_grey_in_their_place(plain):
    one = plain("classify-some")
    assert one.page.locator(".sw-unit").evaluate_all("(all) => all.map((node) => node.dataset.unit)") == [f"u{n}" for n in range(1, 9)]
    assert one.page.locator(".sw-context").count() == 5 and one.page.locator(".sw-clause-card").count() == 3
    one.page.locator(".sw-passage [data-unit=u4]").click()
    assert one.page.evaluate("document.activeElement.name").endswith("-u4-voice")


def test_a_long_text_is_read_with_one_clause_in_hand(plain):
    one = plain("classify-article", viewport={"width": 1200, "height": 900})
    assert one.page.locator(".sw-passage p.sw-paragraph").count() == 12 and one.page.locator(".sw-desk input:visible").count() == 7
    one.page.locator(".sw-passage [data-unit=L2]").click()
    assert one.page.locator(".sw-desk-number").inner_text() == "Clause 3 of 28" and one.page.locator("[aria-current]").get_attribute("data-unit") == "L2"
    one.keys("1", "1", "2", "2")
    assert one.value() == {"L2": {"voice": "author", "kind": "fact", "how": "not-shown"}, "S3": {"voice": "source"}}
    assert tag(one, "L2") == "Background" and progress(one) == "1 of 28 clauses labelled"
    one.page.get_by_role("button", name="Back").click()
    one.page.get_by_role("button", name="Next open one").click()
    assert one.page.locator(".sw-desk-number").inner_text() == "Clause 4 of 28"
    panel, clause = one.page.locator(".sw-desk").bounding_box(), one.page.locator("[aria-current]").bounding_box()
    assert panel["x"] > clause["x"] + 100


def test_a_long_text_by_keyboard_alone(plain):
    one = plain("classify-article", viewport={"width": 1200, "height": 900})
    one.keys("Tab")
    for number in range(28):
        one.keys("2", "1", "2")
        assert one.focused() != "body", number
    assert len(one.value()) == 28 and one.live() == "28 of 28 clauses labelled"
    one.keys("PageDown")
    assert one.live() == "This is the last clause."


def test_below_its_paragraph_where_there_is_no_room_beside(plain):
    one = plain("classify-article", "narrow")
    one.page.locator(".sw-passage [data-unit=S4]").click()
    place = "document.querySelector('.sw-desk').previousElementSibling.contains(document.querySelector('[aria-current]'))"
    assert one.page.evaluate(place) and one.focused() != "body"
    one.page.locator(".sw-desk").get_by_role("button", name="Next", exact=True).click()
    assert one.page.evaluate(place) and one.page.evaluate("document.activeElement.name").endswith("-S5a-voice")
    box = one.page.locator(".sw-desk input:visible").first.bounding_box()
    assert 0 <= box["y"] < 720


@pytest.mark.parametrize(("look", "theme"), LOOKS)
@pytest.mark.parametrize("case", ["classify", "classify-checked", "classify-three", "classify-some", "classify-article", "classify-article-checked"])
def test_every_state_is_accessible_and_fits(plain, case, look, theme):
    one = plain(case, look, theme)
    assert one.axe() == []
    assert one.overflow() == 0


def test_the_clause_in_hand_shows_in_forced_colours(plain):
    one = plain("classify-article", "forced")
    style = one.page.evaluate("(() => { const s = getComputedStyle(document.querySelector('[aria-current]')); return [s.outlineStyle, s.outlineWidth]; })()")
    assert style == ["solid", "2px"]
    assert one.page.evaluate("document.querySelector('.sw-choice:has(input:checked)')") is None
    one.keys("Tab", "1")
    border = one.page.evaluate("getComputedStyle(document.querySelector('.sw-desk .sw-choice:has(input:checked)')).borderWidth")
    assert border == "2px"


def test_focus_goes_along_when_the_window_changes_and_the_questions_move(plain):
    one = plain("classify-article", viewport={"width": 1200, "height": 900})
    one.page.locator(".sw-passage [data-unit=S3]").click()
    name = one.page.evaluate("document.activeElement.name")
    for width, wide in ((500, "false"), (1200, "true")):
        one.page.set_viewport_size({"width": width, "height": 900})
        one.page.wait_for_function(f"document.querySelector('.sw-reader').classList.contains('sw-wide') === {wide}")
        assert one.page.evaluate("document.activeElement.name") == name and name.endswith("-S3-voice")


def test_what_is_answered_after_talking_is_kept_as_such(plain):
    one = plain("classify-checked")
    said = one.page.get_by_role("checkbox", name="We have talked about it")
    assert said.is_checked() is False
    said.check()
    unit = one.page.locator(".sw-passage [data-unit]").first.get_attribute("data-unit")
    before = len(one.sent())
    one.page.locator(f"input[name$='-{unit}-voice']:not(:checked)").first.locator("xpath=ancestor::label").click()
    assert [sent["round"] for sent in one.sent()[before:]] == ["talk"]
    expect(said).to_be_checked()
    said.uncheck()
    one.page.locator(f"input[name$='-{unit}-voice']:not(:checked)").first.locator("xpath=ancestor::label").click()
    assert one.sent()[-1]["round"] == "alone"
