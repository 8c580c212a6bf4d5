"""Check, feedback, each kind of answer and the panels, on a plain page: what a student sees and what is sent."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_page import check, choose, draw, focused, state, stored

# check and feedback


@pytest.mark.parametrize(("case", "options", "asked"), [
    ("pick-one", [], "Choose one answer first."),
    ("pick-two", ["S3"], "Choose one more."),
    ("pick-two", ["S3", "S8b", "S9a"], "One too many. Take one away."),
    ("pick-why", ["a"], "Choose a reason too, then check."),
    ("chain", [], "Put at least one card into the chain first."),
    ("write", [], "Write your answer first."),
])  # fmt: skip
def test_check_asks_for_what_is_missing_and_sends_nothing(plain, case, options, asked):
    one = plain(case)
    for option in options:
        choose(one, option)
    check(one)
    assert one.live() == asked
    assert "submitted" not in [response["kind"] for response in one.sent()]


def test_feedback_stands_in_a_live_region_that_was_there_and_is_said_once(plain):
    one = plain("pick-one")
    one.page.evaluate("""() => {
      const live = document.querySelector("[role=status]");
      window.said = [];
      new MutationObserver(() => window.said.push(live.textContent)).observe(live, {childList: true, characterData: true, subtree: true});
    }""")
    choose(one, "b")
    check(one)
    state(one, "saved")
    expect(one.page.locator(".sw-choice .sw-part")).to_contain_text("Much of it is, and well")
    assert one.page.evaluate("window.said.filter(Boolean)") == ["Not this one."]
    assert focused(one) == "Check"


def test_an_option_points_at_what_is_said_about_it(plain):
    one = plain("pick-one-wrong")
    note = one.page.locator('input[value="b"]').get_attribute("aria-describedby")
    expect(one.page.locator(f"#{note}")).to_contain_text("Not this.")


def test_a_changed_answer_takes_its_feedback_away(plain):
    one = plain("pick-one-wrong")
    choose(one, "c")
    assert one.page.locator(".sw-part, .sw-shown").count() == 0
    assert one.live() == ""


def test_feedback_to_an_answer_that_was_changed_meanwhile_is_not_shown(plain):
    one = plain("pick-one")
    one.page.evaluate("host.late = 300")
    choose(one, "b")
    check(one)
    choose(one, "c")
    state(one, "saved")
    one.page.wait_for_timeout(700)
    assert one.page.locator(".sw-part, .sw-shown").count() == 0


def test_a_counted_question_has_no_check_and_shows_what_the_kernel_opens_later(plain):
    one = plain("pick-graded")
    assert one.page.locator(".sw-check").count() == 0
    choose(one, "b")
    state(one, "saved")
    one.page.evaluate("""() => {
      host.change("saved", host.sent.at(-1).response);
      host.change("feedback", {outcome: "incorrect", summary: "Not this one.", why: "Because.", parts: []});
    }""")
    expect(one.page.locator(".sw-feedback")).to_contain_text("Because.")


def test_feedback_is_text_and_never_html(plain):
    one = plain("pick-one")
    one.page.evaluate("""() => { host.feedback = {outcome: "incorrect", summary: "<img src=x onerror=boom()>", why: "<b>why</b>", parts: [{id: "b", outcome: "incorrect", text: "<i>x</i>", key: "<u>k</u>"}]} }""")
    choose(one, "b")
    check(one)
    expect(one.page.locator(".sw-feedback")).to_contain_text("<b>why</b>")
    assert one.page.locator(".sw :is(img, b, i, u)").count() == 0


def test_a_part_without_an_outcome_is_said_without_a_verdict(plain):
    one = plain("pick-one")
    one.page.evaluate("""() => { host.feedback = {outcome: "correct", summary: "Noted.", why: "", parts: [{id: "b", outcome: "", text: "Many say so."}]} }""")
    choose(one, "b")
    check(one)
    expect(one.page.locator(".sw-part")).to_have_text("Many say so.")
    assert one.page.locator(".sw-part svg").count() == 0


def test_checking_again_offers_to_argue_only_once(plain):
    one = plain("pick-one-argue")
    choose(one, "b")
    for _ in range(3):
        check(one)
    expect(one.page.locator(".sw-challenge")).to_have_count(1)


def test_what_was_argued_for_stands_there_again(plain):
    one = plain("challenge-argued")
    expect(one.page.locator(".sw-challenge textarea")).to_have_value("The marks are still open.")
    expect(one.page.locator(".sw-challenge .sw-state")).to_have_attribute("data-state", "saved")
    assert one.sent() == []


def test_a_question_that_counts_can_be_argued_for_beside_its_answer(plain):
    one = plain("challenge-counts")
    one.page.locator(".sw-challenge summary").click()
    one.page.locator(".sw-challenge textarea").fill("The marks are still open.")
    one.page.locator(".sw-challenge button").click()
    expect(one.page.locator(".sw-challenge .sw-state")).to_have_text("Answer first, then argue for it.")
    assert [sent for sent in one.sent() if sent["kind"] == "challenge"] == []
    choose(one, "b")
    one.page.locator(".sw-challenge button").click()
    expect(one.page.locator(".sw-challenge .sw-state")).to_have_attribute("data-state", "saved")
    assert [(sent["kind"], sent["value"], sent["reason"]) for sent in one.sent()] == [("draft", ["b"], None), ("challenge", ["b"], "The marks are still open.")]
    choose(one, "c")
    expect(one.page.locator(".sw-challenge textarea")).to_have_value("The marks are still open.")


def test_a_student_may_argue_for_another_answer_and_the_answer_itself_stays(plain):
    one = plain("challenge")
    one.page.locator(".sw-challenge summary").click()
    one.page.locator(".sw-challenge textarea").fill("The marks are still open.")
    one.page.locator(".sw-challenge button").click()
    response = one.sent()[-1]
    assert (response["kind"], response["value"], response["reason"]) == ("challenge", ["b"], "The marks are still open.")
    expect(one.page.locator(".sw-challenge .sw-state")).to_have_attribute("data-state", "saved")
    expect(one.page.locator('input[value="b"]')).to_be_checked()
    expect(one.page.locator(".sw-feedback")).to_contain_text("Not this one.")
    choose(one, "c")
    assert one.page.locator(".sw-challenge").count() == 0


# chain


def test_a_chain_by_keyboard_alone(plain):
    one = plain("chain")
    one.keys("Tab", "Enter")
    assert one.live() == "the Courier, a newspaper: added at place 2 of 2."
    assert focused(one) == "Add an aide who asked not to be named"
    one.keys("Enter")
    assert one.value() == ["author", "paper", "aide"]
    one.page.get_by_role("button", name="Move an aide who asked not to be named up").focus()
    one.keys("ArrowUp")
    assert one.value() == ["author", "aide", "paper"]
    assert one.live() == "an aide who asked not to be named: now at place 2 of 3."
    assert focused(one) == "Move an aide who asked not to be named up"
    one.keys("Delete")
    assert one.value() == ["author", "paper"]
    assert focused(one) == "Add an aide who asked not to be named"


def test_a_given_card_moves_but_stays_and_the_ends_say_so(plain):
    one = plain("chain")
    one.page.get_by_role("button", name="Add a reader").click()
    up = one.page.get_by_role("button", name="Move the article up")
    up.click(force=True)
    assert one.live() == "the article is first already."
    assert up.get_attribute("aria-disabled") == "true"
    up.press("Delete")
    assert one.value() == ["author", "reader"]
    assert one.page.get_by_role("button", name="Take the article out").count() == 0


def test_a_saved_chain_is_drawn_and_unknown_cards_are_left_out(plain):
    one = plain("chain")
    one.page.evaluate("host.change('saved', {id: 'x', at: '2999-01-01T00:00:00.000Z', kind: 'draft', value: ['reader', 'gone', 'reader']})")
    texts = one.page.locator(".sw-order .sw-card-text").all_inner_texts()
    assert [text.split(" (")[0] for text in texts] == ["the article", "a reader"]


# writing


def test_a_text_is_sent_at_a_pause_and_never_looks_saved_before(plain):
    one = plain("write")
    one.page.locator("textarea").press_sequentially("Talks go on", delay=20)
    state(one, "saving")
    assert one.sent() == []
    state(one, "saved")
    assert [response["value"] for response in one.sent()] == ["Talks go on"]
    expect(one.page.locator(".sw-words")).to_have_text("3 of 12 words")


def test_a_receipt_that_comes_while_typing_goes_on_sends_nothing_early(plain):
    one = plain("write")
    one.page.evaluate("host.late = 300")
    box = one.page.locator("textarea")
    box.press_sequentially("Talks")
    one.page.wait_for_timeout(700)
    box.press_sequentially(" go on and on", delay=60)
    assert [response["value"] for response in one.sent()] == ["Talks"]
    state(one, "saved")
    assert one.value() == "Talks go on and on"


def test_leaving_the_box_and_check_do_not_wait_for_the_pause(plain):
    one = plain("write")
    one.page.locator("textarea").fill("Talks")
    one.keys("Tab")
    assert one.value() == "Talks"
    one.page.locator("textarea").fill("Talks go on")
    check(one)
    assert [response["kind"] for response in one.sent()][-1] == "submitted"
    assert one.value() == "Talks go on"


def test_a_text_typed_just_before_the_page_closes_is_in_the_browser(plain):
    one = plain("essay")
    one.page.locator("textarea").first.press_sequentially("Talks")
    one.page.evaluate("() => { host.deaf = true; dispatchEvent(new PageTransitionEvent('pagehide')) }")
    ((_, text),) = stored(one)
    assert '"claim":"Talks"' in text


def test_too_many_words_are_counted_and_stopped_only_at_check(plain):
    one = plain("write")
    one.page.locator("textarea").fill("one two three four five six seven eight nine ten eleven twelve thirteen")
    expect(one.page.locator(".sw-words")).to_have_text("13 of 12 words: 1 too many")
    check(one)
    assert one.live() == "Shorten it to 12 words first."


def test_a_number_wants_figures(plain):
    one = plain("number")
    one.page.locator("input").fill("many")
    check(one)
    assert one.live() == "Write a number in figures, such as 17 or 4.5."
    one.page.locator("input").fill("17")
    one.page.locator("input").press("Enter")
    check(one)
    assert one.value() == "17"


def test_an_essay_holds_only_the_boxes_that_were_filled(plain):
    one = plain("essay")
    boxes = one.page.locator("textarea")
    boxes.nth(1).fill("The date.")
    boxes.nth(1).blur()
    assert one.value() == {"limit": "The date."}
    boxes.nth(1).fill("")
    boxes.nth(1).blur()
    assert one.value() is None


# panels


def test_progress_counts_and_lists(plain):
    one = plain("progress")
    expect(one.page.locator(".sw-progress")).to_have_text("1 of 3 answered")
    one.page.locator("summary").click()
    expect(one.page.locator(".sw-item")).to_have_count(3)


def test_handing_in_delivers_what_waits_first(plain):
    one = plain("pick-deaf")
    choose(one, "a")
    state(one, "browser")
    one.page.wait_for_timeout(1100)
    one.page.evaluate("host.deaf = false")
    one.page.evaluate("host.late = 200")
    draw(one, "hand-in")
    one.page.locator(".sw-panel input").fill("Ada Moss")
    one.page.get_by_role("button", name="Hand in").click()
    expect(one.page.locator(".sw-panel [role=status]")).to_contain_text("Handed in at")
    assert one.page.evaluate("host.sent.map((one) => one.kind)") == ["response", "hand_in"]
    assert one.page.evaluate("host.sent[1].learner") == "Ada Moss"


def test_what_could_not_be_delivered_is_told_beside_the_file(plain):
    one = plain("pick-browser")
    choose(one, "a")
    state(one, "browser")
    draw(one, "hand-in")
    expect(one.page.locator(".sw-gaps")).to_contain_text("1 answer is still only in this browser")
    one.page.get_by_role("button", name="Hand in").click()
    expect(one.page.locator(".sw-after")).to_contain_text("1 answer is not in the file yet")


def test_results_of_a_self_learner_are_drawn_and_the_file_is_offered(plain):
    one = plain("hand-in")
    one.page.get_by_role("button", name="Hand in").click()
    expect(one.page.locator(".sw-total")).to_have_text("3 of 4 points in all. Each question now shows the answer, and why: open it here, or go there.")
    one.page.locator(".sw-result summary").first.click()
    expect(one.page.locator(".sw-result").first).to_contain_text("two steps below")
    assert one.page.locator("a[download]").get_attribute("download") == "Ada Moss--05_headline_and_lede.jsonl"


def test_each_line_of_a_panel_leads_to_its_question_by_keyboard(plain):
    one = plain("pick-two")
    draw(one, "progress")
    one.page.locator("summary").press("Enter")
    one.page.get_by_role("button", name="Go to: Which two sentences make it hardest to believe?").press("Enter")
    expect(one.page.locator("[data-item=lede-03] .sw-prompt")).to_be_focused()
    draw(one, "hand-in")
    one.page.get_by_role("button", name="Hand in").click()
    one.page.get_by_role("button", name="Go there (Which two sentences make it hardest to believe?)").press("Enter")
    expect(one.page.locator("[data-item=lede-03] .sw-prompt")).to_be_focused()


def test_a_question_that_is_not_on_the_page_is_told_and_looked_for(plain):
    one = plain("progress")
    one.page.locator("summary").click()
    way = one.page.get_by_role("button", name="Go to: Explain to a friend")
    way.click()
    expect(one.page.locator(".sw-goto-line")).to_have_text("This question is not on the page now. Look for it further up in the notebook.")
    cell = {"id": "c7", "type": "code"}
    one.page.evaluate("""() => { const cell = (id, type, source) => ({ id, type, sharedModel: { getSource: () => source } });
      host.notebook = { path: "course/05.ipynb", model: { cells: [cell("c1", "markdown", "## The **lede**"), cell("c7", "code", 'lesson.ask("essay-01")')] } }; }""")
    way.click()
    expect(way).to_have_attribute("data-commandlinker-command", "rendermime:handle-local-link")
    assert json.loads(way.get_attribute("data-commandlinker-args")) == {"path": "course/05.ipynb", "id": f"#cell-id={cell['id']}"}
    draw(one, "essay")
    expect(one.page.locator("[data-item=essay-01] .sw-prompt")).to_be_focused()


def test_a_text_above_its_limit_is_told_at_hand_in_with_the_way_to_it(plain):
    one = plain("hand-in-over")
    expect(one.page.locator(".sw-over-limit")).to_have_text("“What the lede claims” is 5 words above its limit of 40. Shorten it, or hand it in as it is. Go to this text")
    one.page.get_by_role("button", name="Hand in").click()
    expect(one.page.locator(".sw-panel [role=status]")).to_contain_text("Handed in at")


def test_the_right_chain_is_two_lists_with_each_place_in_words(plain):
    one = plain("chain-shown")
    assert one.page.get_by_role("list", name="The answer").get_by_role("listitem").all_inner_texts()[1].split("\n")[-1].strip() == "not in your chain"
    assert one.page.get_by_role("list", name="Your chain").last.get_by_role("listitem").count() == 3


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("case", ["chain-shown", "hand-in-over", "progress", "long-prompt", "pick-one-shown"])
def test_what_is_told_is_read_and_fits_a_phone(plain, case, theme):
    one = plain(case, "narrow", theme)
    for folded in one.page.locator("details:not([open]) > summary").all():
        folded.click()
    assert one.axe() == [] and one.overflow() == 0


def test_a_problem_with_handing_in_is_said_and_focus_stays(plain):
    one = plain("hand-in-problem")
    one.page.get_by_role("button", name="Hand in").click()
    expect(one.page.locator("[role=status]")).to_contain_text("Write your name or student number first.")
    assert focused(one) == "Hand in"


def test_a_lesson_that_does_not_reply_hands_nothing_in_and_says_so(plain):
    one = plain("hand-in")
    one.page.evaluate("host.deaf = true")
    one.page.get_by_role("button", name="Hand in").click()
    expect(one.page.locator("[role=status]")).to_contain_text("nothing was handed in")
    expect(one.page.locator(".sw-after .sw-start")).to_be_visible()


def test_a_name_that_is_not_known_is_asked_for_and_nothing_else_stands_there(plain):
    one = plain("hand-in")
    expect(one.page.locator(".sw-panel .sw-input")).to_be_visible()
    assert "null" not in one.page.locator(".sw-panel").inner_text()


def test_a_name_that_is_known_can_be_corrected(plain):
    one = plain("hand-in-problem")
    expect(one.page.locator(".sw-panel")).to_contain_text("Handing in as Ada Moss")
    one.page.get_by_role("button", name="Not you?").click()
    expect(one.page.locator(".sw-input")).to_be_focused()


def test_a_check_waits_until_every_clause_is_answered(plain):
    one = plain("classify")
    one.page.locator("[data-clause=u1] label:has(input)").first.click()
    check(one)
    expect(one.page.locator(".sw-status")).to_contain_text("still open")
    assert [response["kind"] for response in one.sent()] == ["draft"]


def test_one_choice_too_many_is_said_at_once(plain):
    one = plain("pick-two")
    for option in one.page.locator("input[type=checkbox]").all()[:3]:
        option.check()
    expect(one.page.locator(".sw-count")).to_have_class(re.compile("sw-over"))
