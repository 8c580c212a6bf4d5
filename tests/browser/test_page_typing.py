"""What a lesson can't read, and typing that comes to nothing: neither may leave a question in a false state."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.test_page import choose, state, stored


def test_an_answer_that_the_lesson_can_never_read_is_said_and_not_sent_again(plain):
    one = plain("pick-one")
    one.page.evaluate("Object.assign(host, {kept: 'refused', why: 'The lesson could not read this answer.'})")
    choose(one, "b")
    state(one, "refused")

    expect(one.page.locator(".sw-notice")).to_contain_text("could not read")
    assert stored(one) == []
    one.page.evaluate("host.kept = 'disk'")
    choose(one, "a")
    state(one, "saved")
    assert [response["value"] for response in one.sent()] == [["b"], ["a"]]


def test_a_letter_typed_and_taken_back_leaves_the_state_as_it_was(plain):
    one = plain("write")
    box = one.page.locator(".sw-input")
    box.press_sequentially("7")
    box.press("Backspace")

    state(one, "unanswered")
    assert one.sent() == []


def test_an_answer_from_elsewhere_never_wipes_what_is_being_typed(plain):
    one = plain("write")
    box = one.page.locator(".sw-input")
    box.press_sequentially("17")
    one.page.evaluate("host.change('saved', {id: 'other', at: '2026-03-01T10:00:00.000Z', kind: 'draft', value: '4'})")

    expect(box).to_have_value("17")
    state(one, "saved")
    assert one.sent()[-1]["value"] == "17"
