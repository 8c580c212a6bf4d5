"""A student's way through a lesson in a real JupyterLab: open, run, answer, reload, hand in."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.lab_server import Tab, wait_until
from tests.committed_notebooks import NOTEBOOKS

LESSONS = sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))


def test_a_click_is_saved_and_stands_on_the_disk(tab, desk):
    tab.question("fence-pick").expect_state("unanswered").choose("f3").expect_state("saved")
    (line,) = desk.lines()
    assert (line["item"], line["value"], line["kind"]) == ("fence-pick", ["f3"], "draft")
    assert tab.waiting() == {}


def test_check_says_at_once_what_is_right_and_why(tab, desk):
    question = tab.question("fence-pick").choose("f1").check()
    expect(question.root).to_contain_text("A year can be looked up.")
    question.expect_state("saved")
    assert [line["kind"] for line in sorted(desk.lines(), key=lambda line: line["at"])] == ["draft", "submitted"]


def test_progress_counts_an_answer_the_moment_it_is_saved(tab):
    progress = tab.page.locator(".sw-panel-progress .sw-progress")
    expect(progress).to_have_text("0 of 7 answered")
    tab.question("fence-pick").choose("f3").expect_state("saved")
    expect(progress).to_have_text("1 of 7 answered")


def test_a_reloaded_page_shows_the_answer_and_takes_the_next(tab, desk):
    tab.question("fence-pick").choose("f3").expect_state("saved")
    tab.save()
    tab.reload()
    tab.question("fence-pick").expect_state("saved").expect_chosen("f3")
    tab.question("fence-pick").choose("f1").expect_state("saved")
    assert desk.values("fence-pick") == [["f3"], ["f1"]]


def test_running_all_cells_again_changes_no_answer(tab, desk):
    tab.question("fence-pick").choose("f3").expect_state("saved")
    tab.run_all()
    tab.question("fence-pick").expect_state("saved").expect_chosen("f3")
    assert desk.values("fence-pick") == [["f3"]]


def test_handing_in_lists_what_is_open_and_only_its_button_writes(tab, desk):
    tab.question("fence-pick").choose("f3").expect_state("saved")
    panel = tab.page.locator(".sw-panel-hand_in")
    expect(panel).to_contain_text("6 questions are not answered yet")
    assert not (desk.folder / "hand_in").exists()
    panel.locator("input").fill("Ada Moss")
    panel.get_by_role("button", name="Hand in").click()
    expect(panel.get_by_role("status")).to_contain_text("Handed in at")
    (file,) = (desk.folder / "hand_in").iterdir()
    assert file.name == "Ada Moss--01_fences.jsonl"
    with tab.page.expect_download() as downloading:
        panel.locator(".sw-download").click()
    assert downloading.value.suggested_filename == file.name
    assert downloading.value.path().read_text("utf-8") == file.read_text("utf-8")
    assert json.loads(file.read_text("utf-8").splitlines()[1])["value"] == ["f3"]


def test_a_line_of_a_panel_leads_to_its_question_even_where_jupyterlab_has_taken_that_off_the_page(page, new_desks):
    opens = 'from course import open_lesson\nlesson = open_lesson("01_fences", data="../data")'
    tab = Tab(page, new_desks(None, opens, 'lesson.ask("fence-pick")', *["# Much text\n" + "Words.\n\n" * 60] * 3, "lesson.progress()")).open().run_all()
    question = tab.question("fence-pick").root
    page.locator(".sw-panel-progress summary").press("Enter")
    page.locator(".sw-panel-progress .sw-goto").first.press("Enter")
    expect(question.locator(".sw-prompt")).to_be_focused()
    expect(question.locator(".sw-prompt")).to_be_in_viewport()
    page.evaluate("() => { const { content } = jupyterapp.shell.currentWidget; content.notebookConfig = { ...content.notebookConfig, windowingMode: 'full' }; }")
    page.evaluate("async () => { const { content } = jupyterapp.shell.currentWidget; content.activeCellIndex = content.widgets.length - 1; content.activate(); await content.scrollToItem(content.activeCellIndex); }")
    expect(question).not_to_be_visible()
    page.locator(".sw-panel-progress .sw-goto").first.press("Enter")
    expect(question.locator(".sw-prompt")).to_be_focused()
    expect(question).to_be_in_viewport()


def test_handing_in_without_a_name_says_what_is_missing(tab, desk):
    panel = tab.page.locator(".sw-panel-hand_in")
    panel.get_by_role("button", name="Hand in").click()
    expect(panel.get_by_role("status")).to_contain_text("Write your name or student number first")
    assert not (desk.folder / "hand_in").exists()


def test_notebook_7_takes_answers_like_jupyterlab(page, desk):
    tab = Tab(page, desk, app="notebook").open().run_all()
    tab.question("fence-pick").expect_state("unanswered").choose("f3").expect_state("saved")
    assert desk.values("fence-pick") == [["f3"]]


# One lesson for each kind of thing that is drawn: marks, chains, a text with its headline, cards and tables, an essay with panels.
DRAWN = [lesson for lesson in LESSONS if lesson.name[:2] in ("01", "03", "05", "06", "07")]


@pytest.mark.parametrize("lesson", DRAWN, ids=lambda path: path.stem)
def test_a_lesson_of_the_kit_runs_through_without_a_click(lesson, new_context, new_desks, shot):
    """No question is answered, every one stands live, nothing fails, and nothing is asked of any other computer."""
    page = new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    desk = new_desks(lesson)
    tab = Tab(page, desk).open().run_all()
    questions = json.loads(lesson.read_text("utf-8"))["cells"]
    count = sum("lesson.ask(" in "".join(cell["source"]) for cell in questions)
    expect(page.locator(".sw[data-item]")).to_have_count(count, timeout=30_000)
    # What is asked for whoever would rather not use the article is the same place once more.
    twice = sum('-twin")' in "".join(cell["source"]) and "lesson.ask(" in "".join(cell["source"]) for cell in questions)
    expect(page.locator(".sw-panel-progress .sw-progress")).to_have_text(f"0 of {count - twice} answered")
    expect(page.locator(".sw-state[data-state]:not([data-state=unanswered])")).to_have_count(0)
    expect(page.locator(".jp-RenderedText[data-mime-type*=stderr], .jp-mod-error")).to_have_count(0)
    assert desk.lines() == []
    assert not (desk.folder / "hand_in").exists()
    assert {urlsplit(url).hostname for url in asked if url.startswith("http")} == {"127.0.0.1"}
    tab.page.locator(".sw[data-item]").first.scroll_into_view_if_needed()
    shot(page, lesson.stem)


def test_a_half_finished_lesson_runs_through_with_its_answers(page, new_desks):
    lesson = LESSONS[0]
    desk = new_desks(lesson)
    tab = Tab(page, desk).open().run_all()
    first = tab.page.locator(".sw[data-item]").first
    first.locator("label:has(input)").first.click()
    expect(first.locator(".sw-state")).to_have_attribute("data-state", "saved")
    desk.shut_down_kernel()
    tab = Tab(page, desk).open().run_all()
    expect(tab.page.locator(".sw-panel-progress .sw-progress")).to_contain_text("1 of ")
    expect(tab.page.locator(".sw[data-item]").first.locator("input:checked")).to_have_count(1)


def test_answers_given_in_plain_code_are_drawn(page, new_desks):
    opens = 'from course import open_lesson\nlesson = open_lesson("01_fences", data="../data")'
    desk = new_desks(None, opens, 'lesson.answer("fence-pick", ["f3"])', 'lesson.ask("fence-pick")')
    tab = Tab(page, desk).open().run_all()
    tab.question("fence-pick").expect_state("saved").expect_chosen("f3")
    wait_until(lambda: desk.values("fence-pick") == [["f3"]], "the answer is on the disk")
