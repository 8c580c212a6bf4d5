"""A saved notebook that is opened again: the question stands there, and one click brings all of them back, live.

Three things are never seen: "model not found", "Loading widget", and a widget that looks alive and is dead.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab_server import Desk, Tab
from tests.committed_notebooks import NOTEBOOKS, tidy

APPS = pytest.mark.parametrize("app", ["lab", "notebook"])
# One of each kind is enough here: every lesson is run through in test_journeys.
LESSONS = [NOTEBOOKS / f"{name}.ipynb" for name in ("05_headline_and_lede",)]
START = ".sw-static:visible button"
RECORD_WORDS = """
window.seen = [];
const look = () => {
  const text = document.body?.innerText ?? "";
  for (const words of ["model not found", "Loading widget", "Error displaying widget"]) {
    if (text.includes(words) && !window.seen.includes(words)) window.seen.push(words);
  }
};
addEventListener("DOMContentLoaded", () => setInterval(look, 20));
"""


def fresh_page(new_context, look: str = "light") -> Page:
    """A page that notes any dead widget's words the moment they can be read."""
    context = new_context(look)
    context.add_init_script(RECORD_WORDS)
    return context.new_page()


def expect_static(page: Page, count: int) -> None:
    """Every question stands there as plain text with its button, and no widget does."""
    expect(page.locator(START)).to_have_count(count, timeout=20_000)
    page.wait_for_timeout(2500)
    expect(page.locator(START)).to_have_count(count)
    assert page.evaluate("() => window.seen") == []
    expect(page.locator(".sw-live:visible")).to_have_count(0)


def start(page: Page, *, agree: bool = False) -> None:
    """Press the first button, and agree where Jupyter asks because it does not know the notebook yet."""
    page.locator(START).first.click()
    if agree:
        dialog = page.locator(".jp-Dialog")
        expect(dialog).to_contain_text("Run")
        dialog.get_by_role("button", name="Run Once").click()


def expect_live(page: Page, count: int) -> None:
    """Every question is a live widget, and nothing static or dead stands beside it."""
    expect(page.locator(".sw-live:visible")).to_have_count(count, timeout=30_000)
    expect(page.locator(".sw-static:visible")).to_have_count(0)
    assert page.evaluate("() => window.seen") == []


def leave(tab: Tab, desk: Desk) -> None:
    """Save, close the page, and let the kernel end: the student has gone home."""
    tab.save()
    tab.page.close()
    desk.shut_down_kernel()


@APPS
def test_a_notebook_that_was_run_here_reopens_with_its_questions_and_one_click_revives_them(app, tab, desk, new_context, shot):
    tab.question("fence-pick").choose("f3").expect_state("saved")
    leave(tab, desk)
    page = fresh_page(new_context)
    again = Tab(page, desk, app=app).open()
    expect_static(page, 4)
    expect(page.locator(".sw-static").first).to_contain_text("Which clause judges?")
    shot(page, f"trusted-{app}")
    start(page)
    expect_live(page, 4)
    again.question("fence-pick").expect_state("saved").expect_chosen("f3").choose("f1").expect_state("saved")
    assert desk.values("fence-pick") == [["f3"], ["f1"]]


@APPS
def test_a_notebook_from_somebody_else_shows_its_questions_and_starts_with_consent(app, tab, desk, new_context, new_desks, shot):
    """Jupyter signs outputs that were made here; one letter that differs, and their styles are not trusted."""
    tab.save()
    other = new_desks(desk.file)
    mailed = other.file.read_text("utf-8").replace("View('fence-pick')", "View('fence-pick') ")
    other.file.write_text(mailed, "utf-8")
    page = fresh_page(new_context)
    again = Tab(page, other, app=app).open()
    expect_static(page, 4)
    shot(page, f"untrusted-{app}")
    start(page, agree=True)
    expect_live(page, 4)
    again.question("fence-pick").expect_state("unanswered").choose("f3").expect_state("saved")


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_a_committed_lesson_opens_with_its_questions_and_starts_with_consent(lesson, new_context, new_desks, shot):
    page = fresh_page(new_context)
    desk = new_desks(lesson)
    Tab(page, desk).open()
    count = lesson.read_text("utf-8").count('class=\\"sw-static\\"')
    expect_static(page, count)
    page.locator(START).first.scroll_into_view_if_needed()
    shot(page, f"committed-{lesson.stem}")
    start(page, agree=True)
    expect_live(page, count)


def test_a_page_that_is_loaded_again_while_the_kernel_lives_is_live_at_once(desk, new_context):
    page = fresh_page(new_context)
    tab = Tab(page, desk).open().run_all()
    tab.question("fence-pick").choose("f3").expect_state("saved")
    tab.save()
    tab.reload()
    expect_live(page, 4)
    tab.question("fence-pick").expect_state("saved").expect_chosen("f3")


def test_a_notebook_stripped_as_for_a_commit_opens_like_one_that_was_saved(tab, desk, new_context, new_desks):
    import nbformat

    tab.save()
    stripped = nbformat.read(desk.file, as_version=4)
    tidy(stripped)
    other = new_desks(None, "# nothing yet")
    nbformat.write(stripped, other.file)
    page = fresh_page(new_context)
    Tab(page, other).open()
    expect_static(page, 4)
    start(page, agree=True)
    expect_live(page, 4)
