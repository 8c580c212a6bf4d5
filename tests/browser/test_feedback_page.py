"""A learner's page in a real browser: nothing in it acts, nothing overflows, everybody can read it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe

from course.classroom import open_class
from course.handin.writing import replace_file
from course.items import Answer
from course.reports import Answered, LessonReport, feedback_page
from course.scoring import score_item
from tests.hand_ins import LESSON, small_catalogue

AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
HOSTILE = '<script>document.title = "ran"</script><img src="http://127.0.0.1:9/x" onerror="document.title=\'ran\'">' + "\u202e" + "W" * 50_000
ANSWERS = {
    "fence-pick": ["f1"],
    "fence-label": {"f1": {"voice": "author", "kind": "fact"}, "f2": {"voice": "author", "kind": "judgement"}},
    "fence-mark": [{"label": "source", "unit": "f2", "start": 18, "end": 26}, {"label": "cue", "unit": "f3", "start": 4, "end": 9}],
    "fence-order": ["deed", "wish"],
    "fence-count": "3",
}


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    """A page with every type and every state, and an essay that would like to run and to burst the page."""
    folder = tmp_path_factory.mktemp("page")
    catalogue = small_catalogue(folder)
    questions = [one_of(catalogue, item, value) for item, value in ANSWERS.items()]
    questions += [
        one_of(catalogue, "fence-essay", {"headline": HOSTILE}, state="needs a person"), one_of(catalogue, "form-a", None, state="unanswered"),
        one_of(catalogue, "form-b", None, state="malformed"), replace(one_of(catalogue, "fence-count", "4"), opens_after="7", comments=(HOSTILE,)),
    ]
    path = folder / "ann.html"
    replace_file(path, feedback_page("ann", HOSTILE, [LessonReport(LESSON, "Fences", tuple(questions), practised=2)]).encode())
    return path


def one_of(catalogue, name, value, state="scored"):
    item, key, text = replace(catalogue.items[name], points=2.0), catalogue.keys[name], catalogue.text_of(catalogue.items[name])
    given = None if value is None else Answer(value)
    score = score_item(item, given, key, text=text)
    return Answered(item, state, score.points, text, key, given, score)


@pytest.fixture
def opened(new_context, page_file):
    """Open the page in one of the looks, and collect what it asks of the network and what goes wrong."""
    def open_page(look="light", path=page_file):
        page = new_context(look).new_page()
        page.asked, page.wrong = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.wrong.append(message.text))
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.goto(path.as_uri())
        return page
    return open_page


def test_nothing_on_the_page_runs_or_loads(opened, page_file):
    page = opened()
    assert page.title() != "ran"
    assert page.asked == [page_file.as_uri()]
    assert page.wrong == [], "the policy found nothing to forbid, and the style applied"
    assert page.evaluate("getComputedStyle(document.querySelector('.question')).borderTopStyle") == "solid"


@pytest.mark.parametrize("look", ["light", "dark", "narrow"])
def test_axe_finds_nothing(opened, look):
    page = opened(look)
    found = Axe().run(page, options=AXE).response
    assert "color-contrast" in {one["id"] for one in found["passes"]}
    assert [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]] == []


@pytest.mark.parametrize("look", ["light", "narrow"])
def test_a_word_of_fifty_thousand_letters_does_not_burst_the_page(opened, look):
    page = opened(look)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_marks_can_be_told_apart_without_colours(opened):
    page = opened("forced")
    lines = page.evaluate("[...document.querySelectorAll('mark')].map((mark) => [mark.className, getComputedStyle(mark).textDecorationStyle])")
    assert {tuple(line) for line in lines} == {("found", "solid"), ("missed", "dashed"), ("extra", "wavy")}


def test_the_page_prints_on_white_with_its_marks(opened):
    page = opened("dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.querySelector('mark')).printColorAdjust") == "exact"


def test_the_keyboard_reaches_the_lessons(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the results"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#{LESSON}")


def test_pages_of_the_invented_class_are_in_order(opened, tmp_path):
    from course.content import find_data

    data = find_data()
    open_class(data / "example_class", data / "example_class" / "roster.csv").write(tmp_path)
    for path in sorted((tmp_path / "feedback").glob("*.html"))[::22]:
        for look in ("light", "dark"):
            page = opened(look, path)
            assert [one["id"] for one in Axe().run(page, options=AXE).response["violations"]] == []
            assert page.wrong == []
