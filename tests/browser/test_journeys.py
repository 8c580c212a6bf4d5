"""A student's way through a lesson in a real JupyterLab: open, run, answer, reload, hand in."""

from __future__ import annotations

import pytest

from tests.browser.lab_server import Tab, wait_until


def test_a_click_is_saved_and_stands_on_the_disk(tab, desk):
    tab.question("fence-pick").expect_state("unanswered").choose("f3").expect_state("saved")
    (line,) = desk.lines()
    assert (line["item"], line["value"], line["kind"]) == ("fence-pick", ["f3"], "draft")
    assert tab.waiting() == {}
