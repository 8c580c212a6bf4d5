"""What a student did is never lost, and nothing looks saved that is not: crashes, two tabs, full disks, other people."""

from __future__ import annotations

import os
import sys

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser.lab_server import Desk, Tab, wait_until

RECORD_LETTERS = """
window.posted = []; window.acknowledged = [];
const { setItem, removeItem } = Storage.prototype;
const idOf = (name) => name.slice(name.lastIndexOf(":") + 1);
Storage.prototype.setItem = function (name, text) {
  setItem.call(this, name, text);
  if (name.startsWith("sayswho:")) window.posted.push(idOf(name));
};
Storage.prototype.removeItem = function (name) {
  removeItem.call(this, name);
  if (name.startsWith("sayswho:")) window.acknowledged.push(idOf(name));
};
"""
CLICK_200_TIMES = """async (root) => {
  const inputs = [...root.querySelectorAll("input[type=radio]")];
  for (let i = 0; i < 200; i += 1) {
    inputs[i % inputs.length].click();
    let patience = 8;
    do await new Promise((done) => setTimeout(done, 5));
    while (window.posted.length - window.acknowledged.length > 10 && (patience -= 1));
  }
}"""
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="a size limit on another process needs Linux")


def ids(desk: Desk) -> set[str]:
    """The ids of all answers on the disk."""
    return {line["id"] for line in desk.lines()}


def another_tab(tab: Tab) -> Tab:
    """A second page of the same browser, with the same notebook and kernel."""
    return Tab(tab.page.context.new_page(), tab.desk).open()


def close_hanging_kernel(desk: Desk) -> None:
    """End a kernel that was stopped, without letting it read what waits for it."""
    process = desk.kernel()
    process.kill()
    wait_until(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE, "the kernel is gone")


def test_after_a_kernel_restart_a_click_is_kept_in_the_browser_and_delivered_when_the_cell_runs_again(tab, desk, shot):
    question = tab.question("fence-pick").choose("f1").expect_state("saved")
    tab.restart_kernel()
    question.choose("f3").expect_state("browser")
    assert "Start the lesson" in question.notice
    assert desk.values("fence-pick") == [["f1"]]
    assert [letter["value"] for letter in tab.waiting().values()] == [["f3"]]
    shot(tab.page, "kept-in-browser")
    tab.run_all()
    tab.question("fence-pick").expect_state("saved").expect_chosen("f3")
    assert desk.values("fence-pick") == [["f1"], ["f3"]]
    assert tab.waiting() == {}


def test_the_button_of_the_cure_starts_the_lesson_and_delivers(tab, desk):
    tab.restart_kernel()
    question = tab.question("fence-pick").choose("f3").expect_state("browser")
    question.root.get_by_role("button", name="Start the lesson").click()
    tab.question("fence-pick").expect_state("saved").expect_chosen("f3")
    assert desk.values("fence-pick") == [["f3"]]


def test_a_kernel_that_ends_is_told_before_the_next_click(tab):
    question = tab.question("fence-pick").choose("f3").expect_state("saved")
    tab.restart_kernel()
    expect(question.root.locator(".sw-notice")).to_contain_text("The lesson has stopped. What says Saved is safe.")
    question.expect_state("saved")


def test_a_kernel_killed_in_the_middle_of_200_answers_loses_no_acknowledged_one(new_context, desk):
    context = new_context()
    context.add_init_script(RECORD_LETTERS)
    tab = Tab(context.new_page(), desk).open().run_all()
    question = tab.question("fence-pick").expect_state("unanswered")
    kernel = desk.kernel()
    question.root.evaluate(f"(root) => {{ window.done = ({CLICK_200_TIMES})(root) }}")
    tab.page.wait_for_function("() => window.acknowledged.length > 60")
    kernel.kill()
    tab.page.evaluate("() => window.done")
    posted, acknowledged = (set(tab.page.evaluate(f"() => window.{name}")) for name in ("posted", "acknowledged"))
    assert len(posted) == 200
    assert 60 < len(ids(desk)) < 200, "the kernel was not killed in the middle"
    assert acknowledged <= ids(desk)
    question.expect_state("browser")
    tab.page.wait_for_function("() => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'")
    tab.run_all()
    tab.question("fence-pick").expect_state("saved")
    wait_until(lambda: tab.waiting() == {}, "everything that waited is delivered")
    assert posted == ids(desk)
    assert len(desk.lines()) == 200, "an answer was written twice"


def test_two_tabs_at_once_lose_nothing_and_the_newest_wins(tab, desk):
    tab.save()
    other = another_tab(tab)
    first, second = tab.question("fence-pick").expect_state("unanswered"), other.question("fence-pick").expect_state("unanswered")
    for option in ("f1", "f2", "f1"):
        first.choose(option)
        second.choose("f3")
    second.expect_state("saved")
    first.expect_state("saved").expect_chosen("f3")
    wait_until(lambda: len(desk.lines()) >= 6, "every answer of both tabs is on the disk")
    assert sorted(desk.values("fence-pick")) == [["f1"], ["f1"], ["f2"], ["f3"], ["f3"], ["f3"]]
    assert desk.values("fence-pick")[-1] == ["f3"]
    first.choose("f2").expect_state("saved")
    second.expect_state("saved").expect_chosen("f2")


def test_two_kernels_on_one_answers_folder_lose_nothing(tab, desk):
    """The same notebook under two names, as after *Duplicate*: two sessions write beside each other."""
    copy = Desk(desk.server, desk.folder, "copy.ipynb")
    copy.file.write_bytes(desk.file.read_bytes())
    other = Tab(tab.page.context.new_page(), copy).open().run_all()
    tab.question("fence-pick").choose("f1").expect_state("saved")
    other.question("fence-pick").choose("f3").expect_state("saved")
    assert desk.values("fence-pick") == [["f1"], ["f3"]]
    assert len(list(desk.answers.glob("*/*.jsonl"))) == 2
    tab.run_all()
    tab.question("fence-pick").expect_state("saved").expect_chosen("f3")
    copy.shut_down_kernel()


def test_an_answers_folder_that_cannot_be_written_is_told_and_cured(page, desk, shot):
    desk.answers.write_text("A file where the folder should be.", "utf-8")
    tab = Tab(page, desk).open().run_all()
    question = tab.question("fence-pick").choose("f3").expect_state("browser")
    assert "The answers folder can't be written" in question.notice and "Start the lesson" in question.notice
    assert desk.answers.read_text("utf-8") == "A file where the folder should be."
    shot(page, "folder-not-writable")
    desk.answers.unlink()
    question.root.get_by_role("button", name="Start the lesson").click()
    tab.question("fence-pick").expect_state("saved").expect_chosen("f3")
    assert desk.values("fence-pick") == [["f3"]]
    assert tab.waiting() == {}


@linux_only
def test_a_full_disk_is_told_and_cured_and_tears_no_answer(tab, desk):
    question = tab.question("fence-pick").choose("f1").expect_state("saved")
    (journal,) = desk.answers.glob("*/*.jsonl")
    kernel, before = desk.kernel(), desk.kernel().rlimit(psutil.RLIMIT_FSIZE)
    kernel.rlimit(psutil.RLIMIT_FSIZE, (journal.stat().st_size + 20, before[1]))
    question.choose("f2").expect_state("browser")
    assert "can't be written" in question.notice and "free some space" in question.notice
    assert desk.values("fence-pick") == [["f1"]]
    kernel.rlimit(psutil.RLIMIT_FSIZE, before)
    question.choose("f3").expect_state("saved")
    wait_until(lambda: tab.waiting() == {}, "the answer that waited is delivered too")
    assert desk.values("fence-pick") == [["f1"], ["f2"], ["f3"]]
    desk.shut_down_kernel()
    again = Tab(tab.page, desk).open().run_all()
    again.question("fence-pick").expect_state("saved").expect_chosen("f3")


@pytest.mark.skipif(not hasattr(os, "kill") or sys.platform == "win32", reason="stopping a process needs signals")
def test_a_browser_closed_before_the_acknowledgement_delivers_the_next_time(new_context, desk):
    context = new_context()
    tab = Tab(context.new_page(), desk).open().run_all()
    tab.question("fence-pick").expect_state("unanswered")
    desk.kernel().suspend()
    tab.question("fence-pick").choose("f3").expect_state("saving")
    tab.page.close()
    close_hanging_kernel(desk)
    assert desk.lines() == []
    desk.shut_down_kernel()
    again = Tab(context.new_page(), desk).open().run_all()
    again.question("fence-pick").expect_state("saved").expect_chosen("f3")
    assert desk.values("fence-pick") == [["f3"]]


def test_a_kernel_that_is_busy_answers_late_and_the_answer_still_counts(tab, desk):
    kernel = desk.kernel()
    kernel.suspend()
    question = tab.question("fence-pick").choose("f3").expect_state("browser")
    assert "has not replied yet" in question.notice
    kernel.resume()
    question.expect_state("saved")
    assert desk.values("fence-pick") == [["f3"]]


def test_another_person_on_the_same_browser_gets_none_of_it(new_context, new_desks):
    """Two home folders on one computer, one browser profile: the first one's unsent answer waits for the first one."""
    opens = 'from course import open_lesson\nlesson = open_lesson("01_fences", data="../data")'
    hers, his = (new_desks(None, opens, 'lesson.ask("fence-pick")') for _ in range(2))
    context = new_context()
    tab = Tab(context.new_page(), hers).open().run_all()
    tab.restart_kernel()
    tab.question("fence-pick").choose("f3").expect_state("browser")
    tab.page.close()
    other = Tab(context.new_page(), his).open().run_all()
    other.question("fence-pick").expect_state("unanswered").expect_chosen()
    other.question("fence-pick").choose("f1").expect_state("saved")
    assert his.values("fence-pick") == [["f1"]]
    assert hers.lines() == []
    again = Tab(context.new_page(), hers).open().run_all()
    again.question("fence-pick").expect_state("saved").expect_chosen("f3")
    assert hers.values("fence-pick") == [["f3"]]
    assert his.values("fence-pick") == [["f1"]]


def test_answers_outlive_cleared_outputs(tab, desk):
    tab.question("fence-pick").choose("f3").expect_state("saved")
    tab.run("editmenu:clear-all")
    expect(tab.page.locator(".sw[data-item]")).to_have_count(0)
    tab.save()
    tab.run_all()
    tab.question("fence-pick").expect_state("saved").expect_chosen("f3")
    assert desk.values("fence-pick") == [["f3"]]


def test_a_copied_cell_is_the_same_question_twice(tab, desk):
    tab.question("fence-pick").choose("f1").expect_state("saved")
    tab.choose_cell(2)
    tab.run("notebook:duplicate-below")
    tab.run_all()
    first, second = tab.question("fence-pick"), tab.question("fence-pick", copy=1)
    second.expect_state("saved").expect_chosen("f1").choose("f3").expect_state("saved")
    first.expect_state("saved").expect_chosen("f3")
    assert desk.values("fence-pick") == [["f1"], ["f3"]]


def test_a_deleted_cell_deletes_no_answer(tab, desk):
    tab.question("fence-pick").choose("f3").expect_state("saved")
    tab.choose_cell(2)
    tab.run("notebook:delete-cell")
    expect(tab.page.locator('.sw[data-item="fence-pick"]')).to_have_count(0)
    tab.run_all()
    expect(tab.page.locator(".sw-panel-progress .sw-progress")).to_have_text("1 of 7 answered")
    assert desk.values("fence-pick") == [["f3"]]


def test_a_renamed_notebook_keeps_its_answers_and_goes_on(tab, desk):
    tab.question("fence-pick").choose("f1").expect_state("saved")
    tab.save()
    path = desk.file.relative_to(desk.server.root).as_posix()
    renamed = Desk(desk.server, desk.folder, "my lesson.ipynb")
    desk.server.call("PATCH", f"/api/contents/{path}", {"path": renamed.file.relative_to(desk.server.root).as_posix()})
    again = Tab(tab.page, renamed).open().run_all()
    again.question("fence-pick").expect_state("saved").expect_chosen("f1").choose("f3").expect_state("saved")
    assert desk.values("fence-pick") == [["f1"], ["f3"]]
    renamed.shut_down_kernel()
