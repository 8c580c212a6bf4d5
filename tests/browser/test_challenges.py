"""Challenges in a real browser, with the real Python object and a real pack behind it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from course import open_challenges
from tests.argued import HOSTILE, argued_class
from tests.browser.page.desk_page import DeskServer
from tests.browser.plain_page import look_at
from tests.hand_ins import read_table


class AtChallenges:
    """The view on the plain page, as a test drives it."""

    def __init__(self, page, server, folder, theme):
        self.page, self.folder, self.errors = page, folder, []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(f"{server.address}/?theme={theme}")
        page.wait_for_selector("body[data-ready]")

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def accepted(self):
        path = self.folder / "pack" / "accepted.csv"
        return [(row["item"], row["unit"], row["answer"], row["reason"], row["by"]) for row in read_table(path)] if path.exists() else []


@pytest.fixture
def seat(new_context, tmp_path):
    """Open the challenges of a small class: `seat(look, theme, words=…)`; `example=True` opens the invented class."""
    servers = []

    def sit(look="light", theme="light", by="R. Kim", example=False, **more):
        given = {} if example else argued_class(tmp_path, **more)
        servers.append(DeskServer(lambda: open_challenges(**given, pack=tmp_path / "pack", by=by)))
        return AtChallenges(new_context(look).new_page(), servers[-1], tmp_path, theme)

    yield sit
    for server in servers:
        server.shutdown()


def test_a_reading_is_accepted_with_its_reason_and_by_keyboard(seat):
    desk = seat()
    expect(desk.page.locator(".sd-where")).to_contain_text("clause f1")
    expect(desk.page.locator(".sd-vote-key")).to_contain_text("1 of 4")
    desk.page.get_by_role("button", name="Accept…").focus()
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.type("A tape can't say n or p, so nothing moves.")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".sd-live")).to_contain_text("Accepted.")
    expect(desk.page.locator(".sd-claim-accepted .sd-told")).to_contain_text("A tape can't say n or p")
    assert desk.accepted() == [("fence-label", "f1", "author judgement", "A tape can't say n or p, so nothing moves.", "R. Kim")]
    expect(desk.page.locator(".sd-progress-words")).to_have_text("1 of 2 decided")
    desk.page.keyboard.press("n")
    expect(desk.page.locator(".sd-where")).to_contain_text("2 of 2")
    assert desk.errors == []


def test_keeping_the_key_needs_no_reply_and_escape_leaves_the_question(seat):
    desk = seat()
    desk.press("Keep the key…")
    desk.page.keyboard.press("Escape")
    assert desk.page.evaluate("document.activeElement.dataset.ask") == "keep"
    desk.press("Keep the key…")
    desk.press("Keep the key")
    expect(desk.page.locator(".sd-claim-kept")).to_contain_text("key kept")
    assert desk.accepted() == []
    assert [row["answer"] for row in read_table(desk.folder / "pack" / "kept.csv")] == ["author judgement"]


def test_without_a_name_or_a_reason_nothing_is_sent_and_the_desk_says_what_is_missing(seat):
    desk = seat(by="")
    desk.press("Accept…")
    desk.press("Accept this answer")
    expect(desk.page.get_by_role("alert")).to_contain_text("Write your name")
    desk.page.get_by_label("Your name").fill("R. Kim")
    desk.press("Accept this answer")
    expect(desk.page.get_by_role("alert")).to_contain_text("Write the reason")
    assert desk.page.evaluate("host.sent.filter((one) => one.kind !== \"open\").length") == 0
    assert desk.accepted() == []


def test_hostile_words_stand_there_as_words(seat):
    desk = seat("narrow", words=HOSTILE)
    for _ in range(2):
        expect(desk.page.locator(".sd-argument").first).to_be_visible()
        assert desk.page.locator(".sd-argument :is(script, img, a, svg, b)").count() == 0
        assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        desk.page.locator(".sd-where").focus()
        desk.page.keyboard.press("n")
    assert desk.page.title() == "A desk on a plain page"
    assert desk.errors == []


@pytest.mark.parametrize(("look", "theme"), [("light", "light"), ("dark", "dark"), ("narrow", "light"), ("forced", "light")])
def test_axe_finds_nothing_in_any_state_and_nothing_overflows(seat, shot, look, theme):
    desk = seat(look, theme, example=True)
    desk.page.locator(".sd-where").focus()
    desk.page.keyboard.press("n")
    shot(desk.page, f"{look}", full_page=True)
    assert look_at(desk.page) == []
    desk.press("Accept…")
    desk.page.keyboard.type("The lead-in is the text's own.")
    shot(desk.page, f"{look}-asking", full_page=True)
    assert look_at(desk.page) == []
    desk.press("Accept this answer")
    expect(desk.page.locator(".sd-claim-accepted")).to_be_visible()
    shot(desk.page, f"{look}-accepted", full_page=True)
    assert look_at(desk.page) == []
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert desk.errors == []
