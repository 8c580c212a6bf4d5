"""Marking and labelling inside a real JupyterLab: the palette stays on screen, and no plain key reaches the notebook."""

from __future__ import annotations

import json

import pytest

from tests.browser.lab_server import Tab
from tests.browser.page.cases_marking import CASES

OPENS = """
import json
from course.widgets.view import View
def keep(response, send):
    send({"kind": "receipt", "id": response["id"], "kept": "disk", "why": ""})
def draw(name):
    return View(json.load(open("cases.json"))[name], store={"key": "lab:test"}, deliver=keep)
"""
# Keys that Lab's command mode acts on (research: 33 plain bindings), without those that a marking item uses itself.
LAB_KEYS = ("x", "a", "b", "c", "v", "z", "m", "y", "r", "d", "d", "i", "i", "0", "0", "j", "k", "1", "Shift+ArrowUp", "Shift+ArrowDown", "Shift+Home", "Shift+End", "ArrowUp", "ArrowDown", "Shift+m", "Shift+Enter")


@pytest.fixture
def lab(page, new_desks):
    """A notebook with the article to mark, a short passage to mark, and clauses to label, all run."""
    names = ("mark-article", "mark", "classify", "classify-article")
    desk = new_desks(None, OPENS, *[f"draw({name!r})" for name in names])
    (desk.folder / "cases.json").write_text(json.dumps({name: CASES[name]["payload"] for name in names}), encoding="utf-8")
    tab = Tab(page, desk).open().run_all()
    page.wait_for_selector(".sw[data-item=article-mark] .sw-word")
    return tab


def test_the_palette_stays_on_screen_in_a_notebook(lab):
    page = lab.page
    words = page.locator(".sw[data-item=article-mark] .sw-word")
    words.first.click()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowUp")
    palette, word = page.locator(".sw[data-item=article-mark] .sw-palette").bounding_box(), page.locator(".sw-word:focus").bounding_box()
    assert palette["y"] > 0 and palette["y"] + palette["height"] <= word["y"] < 900
    page.keyboard.press("1")
    assert page.locator(".sw[data-item=article-mark] .sw-passage .sw-tag").count() == 1


def test_no_plain_key_reaches_the_notebook_from_a_word(lab):
    page = lab.page
    cells = page.locator(".jp-Cell").count()
    page.locator(".sw[data-item=mark-01] .sw-word").first.click()
    for key in LAB_KEYS:
        page.keyboard.press(key)
        assert page.evaluate("Boolean(document.activeElement.closest('.sw[data-item=mark-01]'))"), key
    assert page.locator(".jp-Cell").count() == cells
    assert page.locator(".jp-Dialog").count() == 0


def test_no_plain_key_reaches_the_notebook_from_palette_list_or_labels(lab):
    page = lab.page
    cells = page.locator(".jp-Cell").count()
    page.locator(".sw[data-item=mark-01] .sw-word").first.dblclick()
    page.keyboard.press("1")
    stops = (".sw[data-item=mark-01] .sw-quote", ".sw[data-item=mark-01] select", ".sw[data-item=mark-01] .sw-pen[tabindex='0']", ".sw[data-item=mark-01] summary",
             ".sw[data-item=mark-01] .sw-nothing input", ".sw[data-item=label-01] input", ".sw[data-item=article-label] input")  # fmt: skip
    for stop in stops:
        page.locator(stop).first.focus()
        item = page.evaluate("document.activeElement.closest('.sw').dataset.item")
        for key in LAB_KEYS:
            page.keyboard.press(key)
            assert page.evaluate("document.activeElement.closest('.sw')?.dataset.item") == item, (stop, key)
    assert page.locator(".jp-Cell").count() == cells
    assert page.locator(".jp-Dialog").count() == 0


def test_the_questions_of_a_long_text_stay_beside_it(lab):
    page = lab.page
    page.locator(".sw[data-item=article-label] [data-unit=S9a]").click()
    page.wait_for_timeout(200)
    desk, clause = page.locator(".sw-desk").bounding_box(), page.locator(".sw[data-item=article-label] [aria-current]").bounding_box()
    assert page.locator(".sw-desk-number").inner_text() == "Clause 15 of 28"
    assert 0 < desk["y"] < clause["y"] + clause["height"] < 900 and desk["y"] + desk["height"] < 900


def test_narrow_notebook_shows_the_questions_below_their_paragraph(lab):
    page = lab.page
    page.set_viewport_size({"width": 520, "height": 800})
    page.wait_for_function("!document.querySelector('.sw-reader').classList.contains('sw-wide')")
    assert page.evaluate("document.querySelector('.sw-desk').previousElementSibling.matches('p')")
    palette = page.evaluate("(() => { const s = document.querySelector('.sw-palette'); return s.scrollWidth - s.clientWidth; })()")
    assert palette <= 0
