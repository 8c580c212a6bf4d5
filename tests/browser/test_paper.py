"""The sheets in a real browser: everybody can read them, nothing loads, and printed they are whole on A4 and on Letter."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from course.paper import print_packets
from course.paper.plan import Wanted

AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
PAGES = ("07_newsroom.html", "07_newsroom-large.html", "article-large.html")
# A4 and Letter at 96 pixels an inch, without their margins.
WIDTHS = {"A4": 680, "Letter": 703}


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    out = tmp_path_factory.mktemp("sheets")
    for large in (False, True):
        print_packets(out, Wanted(["3", "7"]), large=large)
    return out


@pytest.mark.parametrize("name", PAGES)
def test_a_sheet_is_accessible_and_loads_nothing(new_context, sheets, name):
    page = new_context("narrow").new_page()
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.goto((sheets / name).as_uri())
    found = Axe().run(page, options=AXE).response
    assert "color-contrast" in {one["id"] for one in found["passes"]}
    assert [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]] == []
    assert asked == [(sheets / name).as_uri()] and wrong == []


@pytest.mark.parametrize("paper", sorted(WIDTHS))
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_off_in_print(new_context, sheets, name, paper):
    page = new_context(viewport={"width": WIDTHS[paper], "height": 960}).new_page()
    page.emulate_media(media="print")
    page.goto((sheets / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    out = page.evaluate("[...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.className || one.tagName)")
    assert out == []
    size = float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")) * 0.75
    assert size >= (18 if "large" in name else 9)


def test_a_printed_lesson_keeps_its_questions_whole(page, sheets):
    page.goto((sheets / "03_a_says_that_b_says.html").as_uri())
    pdf = page.pdf(format="A4", prefer_css_page_size=False, print_background=True)
    pages = len(re.findall(rb"/Type ?/Page[^s]", pdf))
    assert 6 <= pages <= 14, "a lesson on paper is a handful of pages"
    assert page.evaluate("[...document.querySelectorAll('.question')].every((one) => getComputedStyle(one).breakInside === 'avoid')")
