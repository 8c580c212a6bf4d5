"""One view on a plain page: what it sends, what it keeps, what it says, whatever the other side does."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

STATE = ".sw-state"
STORED = "() => Object.entries(localStorage).filter(([name]) => name.startsWith('sayswho:'))"


def state(one, name: str, nth: int = 0) -> None:
    expect(one.page.locator(STATE).nth(nth)).to_have_attribute("data-state", name)


def choose(one, option: str, nth: int = 0) -> None:
    one.page.locator(f'label:has(input[value="{option}"])').nth(nth).click()


def check(one) -> None:
    one.page.locator(".sw-check").click()


def stored(one) -> list:
    return one.page.evaluate(STORED)


def draw(one, case: str) -> None:
    """Draw one more question on the same page."""
    one.page.evaluate("async (name) => host.draw((await (await fetch('/cases.json')).json())[name])", case)


def focused(one) -> str:
    return one.page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent")


# drafts and states


@pytest.mark.parametrize("case", ["pick-one", "pick-two", "pick-why", "pick-graded", "chain", "write", "number", "essay", "mark", "classify"])
def test_nothing_is_chosen_or_sent_before_the_student_does(plain, case):
    one = plain(case)
    state(one, "unanswered")
    assert one.page.locator("input:checked").count() == 0
    assert one.sent() == [] and stored(one) == [] and one.errors == []


def test_an_answer_is_in_the_browser_before_the_kernel_has_it_and_leaves_when_it_is_on_disk(plain):
    one = plain("pick-one")
    one.page.evaluate("host.kept = null")
    choose(one, "b")
    state(one, "saving")
    ((name, _),) = stored(one)
    (response,) = one.sent()
    assert name == f"sayswho:page:test:05_headline_and_lede:fair-02:{response['id']}"
    one.page.evaluate("host.say({kind: 'receipt', id: host.sent[0].response.id, kept: 'disk', why: ''})")
    state(one, "saved")
    assert stored(one) == []


def test_a_response_has_the_fields_of_the_journal_and_no_more(plain):
    one = plain("pick-why")
    choose(one, "a")
    choose(one, "r2")
    choose(one, "sure")
    response = one.sent()[-1]
    assert {**response, "id": "", "at": ""} == {
        "id": "", "at": "", "item": "why-01", "kind": "draft", "round": "alone", "seen": "0123456789ab",
        "value": ["a"], "reason": "r2", "confidence": "sure",
    }  # fmt: skip
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", response["at"])


def test_no_two_answers_share_a_time(plain):
    one = plain("pick-one")
    one.page.evaluate("Date.now = () => 1700000000000")
    for option in "abc":
        choose(one, option)
    times = [response["at"] for response in one.sent()]
    assert times == sorted(set(times)) and len(times) == 3


@pytest.mark.parametrize("case", ["pick-browser", "pick-deaf", "pick-silent"])
def test_what_is_not_on_disk_says_so_with_the_cure(plain, case):
    one = plain(case)
    choose(one, "b")
    state(one, "browser")
    expect(one.page.locator(".sw-notice")).to_contain_text("Start the lesson")
    button = one.page.locator(".sw-notice .sw-start")
    assert button.get_attribute("data-commandlinker-command") == "notebook:run-all-cells"
    assert one.live().startswith("Kept in this browser only")
    assert len(stored(one)) == 1


def test_a_late_receipt_counts(plain):
    one = plain("pick-silent")
    choose(one, "b")
    state(one, "browser")
    one.page.evaluate("host.say({kind: 'receipt', id: host.sent[0].response.id, kept: 'disk', why: ''})")
    state(one, "saved")
    expect(one.page.locator(".sw-notice")).to_be_hidden()


def test_a_place_without_a_disk_says_so_and_keeps_the_answer_in_the_browser(plain):
    one = plain("pick-one")
    one.page.evaluate("Object.assign(host, {kept: 'session', why: 'Hand in before you close the page.'})")
    choose(one, "b")
    state(one, "browser")
    expect(one.page.locator(".sw-notice")).to_contain_text("Hand in before you close the page.")
    assert len(stored(one)) == 1


def test_the_next_answer_takes_the_waiting_ones_along(plain):
    one = plain("pick-deaf")
    choose(one, "a")
    state(one, "browser")
    one.page.wait_for_timeout(1100)
    one.page.evaluate("host.deaf = false")
    choose(one, "b")
    state(one, "saved")
    assert sorted(response["value"] for response in one.sent()) == [["a"], ["b"]]
    assert stored(one) == []


def test_a_question_drawn_later_delivers_for_the_whole_lesson(plain):
    one = plain("pick-deaf")
    choose(one, "a")
    state(one, "browser")
    one.page.wait_for_timeout(1100)
    one.page.evaluate("host.deaf = false")
    draw(one, "write")
    state(one, "saved")
    assert [response["item"] for response in one.sent()] == ["fair-05"]


def test_after_a_reload_the_waiting_answer_stands_there_and_is_delivered(plain):
    one = plain("pick-silent")
    choose(one, "c")
    (sent,) = one.sent()
    one.page.reload()
    one.page.wait_for_selector("body[data-ready]")
    assert one.page.locator("input:checked").get_attribute("value") == "c"
    state(one, "saving")
    assert one.sent() == [sent]
    one.page.evaluate("host.say({kind: 'receipt', id: host.sent[0].response.id, kept: 'disk', why: ''})")
    state(one, "saved")


def test_when_the_browser_keeps_nothing_either_the_answer_is_said_to_be_on_this_page_only(plain):
    one = plain("pick-deaf")
    one.page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }")
    choose(one, "a")
    state(one, "page")
    expect(one.page.locator(STATE)).to_have_text("Not saved yet")
    expect(one.page.locator(".sw-notice")).to_contain_text("only on this page")
    one.page.wait_for_timeout(1100)
    one.page.evaluate("host.deaf = false")
    choose(one, "b")
    state(one, "saved")
    assert [["a"], ["b"]] == sorted(response["value"] for response in one.sent())


def test_a_kernel_that_stops_is_told_at_once_and_saved_stays_saved(plain):
    one = plain("pick-one")
    choose(one, "a")
    state(one, "saved")
    one.page.evaluate("host.lose('restarting')")
    expect(one.page.locator(".sw-notice")).to_contain_text("The lesson has stopped")
    state(one, "saved")
    choose(one, "b")
    state(one, "browser")


@pytest.mark.parametrize("rubbish", ["", "{", "7", "null", '{"id": 7}', '{"item": "fair-02"}', '["fair-02"]'])
def test_rubbish_in_the_browsers_storage_is_passed_over(plain, rubbish):
    one = plain("pick-one")
    one.page.evaluate("(text) => localStorage.setItem('sayswho:page:test:05_headline_and_lede:fair-02:x', text)", rubbish)
    one.page.reload()
    one.page.wait_for_selector("body[data-ready]")
    state(one, "unanswered")
    choose(one, "a")
    state(one, "saved")
    assert one.errors == []


def test_another_persons_waiting_answers_are_neither_shown_nor_sent(plain):
    one = plain("pick-deaf")
    choose(one, "a")
    state(one, "browser")
    one.page.evaluate("async () => { const one = (await (await fetch('/cases.json')).json())['pick-deaf']; host.draw({...one, host: {deaf: false}, store: {key: 'page:somebody'}}) }")
    state(one, "unanswered", 1)
    assert one.page.locator(".sw").nth(1).locator("input:checked").count() == 0
    assert one.sent() == []


def test_focus_on_the_cure_is_not_lost_when_the_cure_leaves(plain):
    one = plain("pick-silent")
    choose(one, "b")
    one.page.locator(".sw-start").focus()
    one.page.evaluate("host.say({kind: 'receipt', id: host.sent[0].response.id, kept: 'disk', why: ''})")
    state(one, "saved")
    assert focused(one) == "Saved"


# copies and tabs


def test_a_copied_question_follows_the_other_and_shares_no_radio_group(plain):
    one = plain("pick-silent")
    draw(one, "pick-silent")
    choose(one, "b", 1)
    assert one.page.locator("input:checked").evaluate_all("(found) => found.map((input) => input.value)") == ["b", "b"]
    names = one.page.locator("input[type=radio]").evaluate_all("(found) => found.map((input) => input.name)")
    assert len(set(names)) == 2
    ids = one.page.locator("[id^=sw-]").evaluate_all("(found) => found.map((node) => node.id)")
    assert len(ids) == len(set(ids))


def test_another_tab_shows_the_answer_and_its_delivery(plain):
    one = plain("pick-silent")
    other = one.page.context.new_page()
    other.goto(one.page.url)
    other.wait_for_selector("body[data-ready]")
    choose(one, "c")
    expect(other.locator('input[value="c"]')).to_be_checked()
    expect(other.locator(STATE)).to_have_attribute("data-state", "saving")
    one.page.evaluate("host.say({kind: 'receipt', id: host.sent[0].response.id, kept: 'disk', why: ''})")
    expect(other.locator(STATE)).to_have_attribute("data-state", "saved")


def test_another_tab_does_not_take_a_refused_answer_for_a_saved_one(plain):
    one = plain("pick-silent")
    other = one.page.context.new_page()
    other.goto(one.page.url)
    other.wait_for_selector("body[data-ready]")
    choose(one, "c")
    expect(other.locator(STATE)).to_have_attribute("data-state", "saving")
    one.page.evaluate("host.say({kind: 'receipt', id: host.sent[0].response.id, kept: 'refused', why: 'Answer once more.'})")
    expect(other.locator(STATE)).to_have_attribute("data-state", "refused")
    expect(other.locator(".sw-notice")).to_contain_text("Answer once more.")
    state(one, "refused")
    assert stored(one) == []


def test_a_newer_answer_from_the_kernel_is_drawn_and_an_older_one_is_not(plain):
    one = plain("pick-one")
    choose(one, "a")
    set_saved = "([at, value]) => host.change('saved', {id: 'other', at, kind: 'draft', value, reason: null, confidence: null})"
    one.page.evaluate(set_saved, ["2001-01-01T00:00:00.000Z", ["c"]])
    expect(one.page.locator('input[value="a"]')).to_be_checked()
    one.page.evaluate(set_saved, ["2999-01-01T00:00:00.000Z", ["c"]])
    expect(one.page.locator('input[value="c"]')).to_be_checked()
    state(one, "saved")
