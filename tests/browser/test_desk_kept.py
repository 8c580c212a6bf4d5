"""At the marking desk nothing that was pressed is lost, and nothing that a learner wrote acts: not on a plain page, not in JupyterLab."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.at_desk import PLAIN, seat  # noqa: F401
from tests.browser.lab_server import Tab
from tests.hand_ins import read_table

HOSTILE = {
    "script": '<script>document.title = "ran"</script><img src=x onerror="document.title=\'ran\'"><svg onload="document.title=\'ran\'"></svg>',
    "link": '<a href="javascript:document.title=\'ran\'">press me</a> [press](javascript:alert(1)) **bold** {{7*7}} ${7*7}',
    "bidi": "abc \u202egnp.exe\u202c \u2067 def \u0000 ghi",
    "long": "W" * 900_000,
    "formula": "=HYPERLINK(\"http://example.org\";\"x\")",
}


# nothing is lost


def test_marks_given_to_a_dead_kernel_wait_in_the_browser_and_are_saved_when_it_is_back(seat):
    desk = seat()
    desk.wake()
    desk.keys("1")
    desk.saved()
    desk.page.evaluate("host.deaf = true; host.lose()")
    desk.keys("3", "n", "2")
    expect(desk.page.locator(".sd-top .sd-state")).to_have_text("Not saved: 2 changes kept in this browser")
    expect(desk.page.locator(".sd-side .sd-state")).to_have_text("Not saved: 2 changes kept in this browser")
    expect(desk.page.locator(".sd-notice")).to_contain_text("Run the cell of the desk again")
    assert desk.marks() == [("fits", "1")]
    desk.page.reload()
    desk.page.wait_for_selector("body[data-ready]")
    desk.saved()
    assert sorted(desk.marks()) == [("fits", "1"), ("fits", "2"), ("works", "3")]
    assert desk.page.locator(".sd-level[aria-pressed=true]").count() == 1, "the desk opens where the next mark is missing"
    assert desk.page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('sayswho:'))") == []


def test_a_page_that_dies_in_mid_mark_loses_nothing_that_was_pressed(seat):
    desk = seat()
    desk.wake()
    desk.page.evaluate("host.deaf = true")
    desk.keys("2")
    desk.page.goto("about:blank")
    desk.page.goto(desk.server.address)
    desk.page.wait_for_selector("body[data-ready]")
    desk.saved()
    assert desk.marks() == [("fits", "2")]


def test_a_full_disk_is_told_with_its_cure(seat, monkeypatch):
    desk = seat()
    desk.wake()
    with monkeypatch.context() as patch:
        patch.setattr("course.desk.lines.replace_file", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        desk.keys("2")
        expect(desk.page.locator(".sd-notice")).to_contain_text("The disk is full, so marks.csv can't be written. Free some space")
        expect(desk.page.locator(".sd-top .sd-state")).to_have_text("Not saved: 1 change kept in this browser")
        desk.page.wait_for_timeout(1100)  # what was tried a moment ago is not tried again at once
    desk.keys("3")
    desk.saved()
    assert sorted(desk.marks()) == [("fits", "2"), ("works", "3")], "what waited goes along with the next"


def test_what_somebody_changes_in_the_file_stands_on_screen_after_the_next_mark(seat):
    desk = seat()
    desk.wake()
    desk.keys("2")
    desk.saved()
    path = desk.folder / "marks.csv"
    path.write_bytes(path.read_bytes().replace(b"fits,2,", b"fits,0,by hand"))
    desk.keys("3")
    expect(desk.page.locator("[data-criterion=fits] .sd-level[aria-pressed=true]")).to_have_text("0")
    assert ("fits", "0") in desk.marks() and ("works", "3") in desk.marks()


# hostile answers


@pytest.mark.parametrize("look", ["light", "narrow"])
def test_what_a_learner_wrote_runs_nothing_and_breaks_no_layout(seat, look):
    desk = seat(look, texts=HOSTILE)
    asked = []
    desk.page.on("request", lambda request: asked.append(request.url))
    desk.wake()
    seen = []
    for _ in HOSTILE:
        seen.append(desk.page.locator(".sd-words").inner_text())
        assert desk.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert desk.page.locator(".sd-words *").count() == 0, "only text, no element"
        desk.keys("ArrowUp", "2", "n")
    desk.saved()
    assert desk.page.title() != "ran" and desk.errors == []
    assert not [url for url in asked if "/message" not in url]
    together = "\n".join(seen)
    assert "<script>" in together and "\u202e" not in together and "{{7*7}}" in together
    assert max(map(len, seen)) <= 20_000
    expect(desk.page.locator(".sd-progress-words")).to_have_text("0 of 5 marked")


def test_a_hostile_comment_in_the_file_is_text_too(seat):
    desk = seat()
    (desk.folder / "marks.csv").write_text('learner,item,criterion,level,comment,marker\nann,fence-essay,fits,3,"<img src=x onerror=""document.title=\'ran\'"">",CD\n')
    desk.page.reload()
    desk.page.wait_for_selector("body[data-ready]")
    desk.wake()
    for _ in PLAIN:
        desk.keys("n")
    assert desk.page.title() != "ran" and desk.page.locator(".sd img").count() == 0


def test_an_answer_that_changed_since_it_was_marked_waits_until_its_marks_hold(seat):
    rows = "".join(f"{learner},fence-essay,{name},2,,AB,{'t-earlier' if learner == 'bo' else ''}\n" for learner in PLAIN for name in ("fits", "works"))
    desk = seat(marks=f"learner,item,criterion,level,comment,marker,marked_text\n{rows}")
    note = desk.page.locator(".sd-changed")
    expect(desk.page.locator(".sd-progress-words")).to_have_text("2 of 3 marked")
    expect(note).to_contain_text("Changed since marked.")
    desk.wake()
    desk.keys("2")
    expect(note).to_be_visible()
    note.get_by_role("button").click()
    expect(note).to_be_hidden()
    expect(desk.page.locator(".sd-progress-words")).to_have_text("3 of 3 marked")
    desk.saved()
    assert [level for _, level in desk.marks()] == ["2"] * 6 and "t-earlier" not in (desk.folder / "marks.csv").read_text() and desk.errors == []


def test_what_is_stored_in_the_browser_tells_nobodys_name_and_no_answer(seat):
    desk = seat()
    desk.wake()
    desk.page.evaluate("host.deaf = true")
    desk.keys("2")
    stored = json.dumps(desk.page.evaluate("({...localStorage})"))
    assert not any(word in stored for word in (*PLAIN, *PLAIN.values()))


# in JupyterLab

# Keys on which Lab's command mode acts, without those that the desk uses itself.
LAB_KEYS = ("x", "a", "v", "z", "m", "y", "r", "d", "d", "i", "i", "k", "Shift+m", "Shift+ArrowUp", "Shift+Home", "Shift+End", "Shift+Enter")


def test_in_jupyterlab_no_key_reaches_the_notebook_and_a_killed_kernel_loses_nothing(page, new_desks):
    opens = 'from course import open_desk\ndesk = open_desk(marks="marks.csv", marker="AB")'
    notebook = new_desks(None, opens, "desk")
    tab = Tab(page, notebook).open().run_all()
    page.get_by_role("button", name="Skip to the marking").click()
    page.locator(".sd-field-head").first.click()
    cells = page.locator(".jp-Cell").count()
    page.keyboard.press("1")
    expect(page.locator(".sd-top .sd-state")).to_have_attribute("data-state", "saved")
    for key in LAB_KEYS:
        page.keyboard.press(key)
        assert page.evaluate("Boolean(document.activeElement.closest('.sd'))"), key
    assert page.locator(".jp-Cell").count() == cells and page.locator(".jp-Dialog").count() == 0
    notebook.kernel().kill()
    page.keyboard.press("0")
    expect(page.locator(".sd-notice")).to_contain_text("kernel")
    assert [row["level"] for row in read_table(notebook.folder / "marks.csv")] == ["1"]
    page.wait_for_function("() => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'")
    tab.run_all()
    expect(page.locator(".sd-notice")).to_be_hidden()
    expect(page.locator(".sd-top .sd-state")).to_have_text("Saved in marks.csv")
    assert [row["level"] for row in read_table(notebook.folder / "marks.csv")] == ["1", "0"]
