"""The marking desk on the plain page, as a test drives it, and a small class to mark."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from course import open_desk
from course.classroom import load_catalogue
from tests.browser.page.desk_page import DeskServer
from tests.hand_ins import answer, hand_in, read_table
from tests.small_content import FILES, write_small_content

RUBRIC = """
[[item.criterion]]
id = "fits"
name = "Fits: every word stands on a clause"
points = 3
levels = {"0" = "No word does.", "3" = "Every word does."}
[[item.criterion]]
id = "works"
name = "Works: it reads as a headline"
points = 3
levels = {"1" = "It does not.", "3" = "It does."}
[[item]]
id = "form-a"
"""
ITEMS = FILES["items/01_fences.toml"].split('[[item.criterion]]\nid = "fits"')[0] + RUBRIC + FILES["items/01_fences.toml"].split('[[item]]\nid = "form-a"')[1]
PLAIN = {"ann": "Fence gets paint", "bo": "Paint for a fence", "cy": "Fence, says Moss"}


class AtDesk:
    """A desk on the plain page, as a test drives it."""

    def __init__(self, page, server, folder, look_theme="light"):
        self.page, self.server, self.folder, self.errors = page, server, folder, []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(f"{server.address}/?theme={look_theme}")
        page.wait_for_selector("body[data-ready]")

    def keys(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def wake(self):
        """Click into the answer, as somebody does who begins."""
        self.page.locator(".sd-essay .sd-field-head").first.click()

    def saved(self):
        expect(self.page.locator(".sd-top .sd-state")).to_have_attribute("data-state", "saved")

    def marks(self):
        """What is on the disk: (criterion, level) in the order of the file."""
        path = self.folder / "marks.csv"
        return [(row["criterion"], row["level"] or row["comment"]) for row in read_table(path)] if path.exists() else []

    def number(self):
        return self.page.locator(".sd-where strong").inner_text()

    def live(self):
        return self.page.locator(".sd-live").inner_text()


@pytest.fixture
def seat(new_context, tmp_path):
    """Sit down at the desk of a small class: `seat(look, theme, texts=…)`."""
    servers = []

    def sit(look="light", theme="light", texts=PLAIN, example=False, marks=""):
        given = {}
        if not example:
            data = write_small_content(tmp_path / "data", items__01_fences_dot_toml=ITEMS)
            catalogue = load_catalogue(data)
            for learner, text in texts.items():
                hand_in(tmp_path / "h", learner, answer(catalogue, "fence-essay", {"headline": text}, name=f"e-{learner}"))
            given = {"handins": tmp_path / "h", "data": data}
        if marks:
            (tmp_path / "marks.csv").write_text(marks)
        servers.append(DeskServer(lambda: open_desk(marks=tmp_path / "marks.csv", marker="AB", **given)))
        page = new_context(look).new_page()
        return AtDesk(page, servers[-1], tmp_path, theme)

    yield sit
    for server in servers:
        server.shutdown()
        server.server_close()
        server.view.lock.release()
