"""The projector in a real browser: readable from the back row, all by keys and all by mouse, and silent about class and key until asked."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from course.classroom.stage import open_projector
from tests.browser.lab_server import Tab
from tests.browser.page.serve_projector import served
from tests.browser.plain_page import TAGS, WHOLE_PAGE_RULES
from tests.hand_ins import answer, hand_in, small_catalogue
from tests.small_content import replace_in, write_small_content

HOSTILE = "<img src=x onerror=document.title=1><script>document.title=1</script>"
LABELS = {"f1": {"voice": "author", "kind": "fact"}, "f2": {"voice": "source", "kind": "judgement"}, "f3": {"voice": "author", "kind": "fact"}}
RIGHT = "ArrowRight"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The address of the small lesson with a class of twelve."""
    folder = tmp_path_factory.mktemp("projector")
    catalogue = small_catalogue(folder)
    for number in range(12):
        hand_in(folder / "handins", f"secret-person-{number}", answer(catalogue, "fence-label", LABELS, kind="submitted"))
    with served(open_projector("01_fences", folder / "handins", data=folder / "data")) as address:
        yield address


@pytest.fixture(scope="module")
def article():
    with served(open_projector("article", "data/example_class", "data/example_class/roster.csv")) as address:
        yield address


@pytest.fixture
def opened(new_context):
    """Open a projector's page with focus on it; `keys` are pressed one after the other."""
    def open_page(address, look="light", size=None, theme="", keys=()):
        page = new_context(look, **({"viewport": {"width": size[0], "height": size[1]}} if size else {})).new_page()
        page.wrong = []
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.goto(f"{address}/?theme={theme}")
        page.wait_for_selector("body[data-ready]")
        page.locator(".sp").focus()
        press(page, *keys)
        return page
    return open_page


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def hands(page):
    return [int(one) for one in page.locator(".sp-number").all_inner_texts()]


def test_nothing_of_class_or_key_is_there_before_its_key_is_pressed_and_it_goes_with_the_screen(opened, small):
    page = opened(small, keys=[RIGHT] * 4)
    expect(page.locator(".sp-unit")).to_have_text('"It needs paint," Ida Moss said.')
    before = page.content()
    assert page.evaluate("host.heard.length") == 0
    for words in ("hands it over", "The key", "Class: "):
        assert words not in before
    press(page, "p")
    expect(page.locator(".sp-share").nth(1)).to_have_text("Class: 100 % (12)")
    assert page.locator(".sp-why").count() == 0, "the class is shown and the key is not"
    press(page, "s")
    expect(page.locator(".sp-right")).to_have_text("Bno record could settle itHands−0+Class: 100 % (12)The key")
    expect(page.locator(".sp-also .sp-verdict")).to_have_text("Accepted too")
    expect(page.locator(".sp-why")).to_contain_text("A painter could measure it.")
    expect(page.get_by_role("status")).to_have_text("The key: B, no record could settle it.")
    press(page, RIGHT, "ArrowLeft")
    assert page.locator(".sp-why, .sp-right").count() == 0 and page.locator(".sp-share:visible").count() == 0
    assert "secret-person" not in page.content() + json.dumps(page.evaluate("host.heard"))


def test_a_key_pressed_twice_hides_again(opened, small):
    page = opened(small, keys=[RIGHT, "s"])
    expect(page.locator(".sp-right")).to_have_count(1)
    press(page, "s")
    expect(page.locator(".sp-right")).to_have_count(0)
    expect(page.get_by_role("button", name="Key S")).to_have_attribute("aria-pressed", "false")


def test_an_answer_that_comes_too_late_is_not_drawn_on_the_next_screen(opened, small):
    page = opened(small, keys=[RIGHT])
    page.evaluate("() => { const press = (key) => document.querySelector('.sp').dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true})); press('s'); press('ArrowRight'); }")
    page.wait_for_function("host.heard.length === 1")
    assert page.locator(".sp-right, .sp-why").count() == 0


def test_hands_are_counted_by_keys(opened, small):
    page = opened(small, keys=[RIGHT, "1", "1", "7", "Enter", "2", "9", "Enter"])
    assert hands(page) == [17, 9, 0]
    expect(page.get_by_role("status")).to_have_text("26 hands in all.")
    press(page, "c", "+", "+", "+", "-")
    assert hands(page) == [17, 9, 2]
    expect(page.locator(".sp-counting .sp-badge")).to_have_text("C")
    press(page, "a", "4", "Backspace", "5", "Enter", "9")
    assert hands(page) == [5, 9, 2], "there is no ninth answer"
    press(page, "b", "1", "2", "3", "4")
    assert hands(page) == [5, 123, 2], "no room holds a thousand"
    press(page, "Escape", RIGHT)
    assert hands(page) == [0, 0, 0, 0]
    press(page, "ArrowLeft")
    assert hands(page) == [5, 123, 2], "counts stay with their question"
    press(page, "Delete")
    assert hands(page) == [0, 0, 0]


def test_everything_is_there_for_the_mouse(opened, small):
    page = opened(small)
    page.get_by_role("button", name="Next →").click()
    for _ in range(3):
        page.get_by_role("button", name="One hand more for B").click()
    page.get_by_role("button", name="One hand less for B").click()
    assert hands(page) == [0, 2, 0]
    page.get_by_role("button", name="Class P").click()
    expect(page.locator(".sp-share").first).to_have_text("Class: 100 % (12)")
    page.get_by_role("button", name="Key S").click()
    expect(page.locator(".sp-right .sp-badge")).to_have_text("A")
    page.get_by_role("button", name="Clear hands").click()
    assert hands(page) == [0, 0, 0]
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator(".sp")).to_have_attribute("data-look", "dark")
    press(page, RIGHT)
    expect(page.locator(".sp-ask")).to_have_text("What kind of statement is it?")


def test_focus_never_falls_to_the_notebook(opened, small):
    page = opened(small, keys=[RIGHT])
    page.get_by_role("button", name="One hand more for B").click()
    press(page, RIGHT, RIGHT)
    expect(page.locator(".sp-place")).to_contain_text("4 of 15")
    page.get_by_role("button", name="Class P").focus()
    press(page, "End", "Home")
    expect(page.locator(".sp-place")).to_contain_text("1 of 15")
    expect(page.locator(".sp-heard")).to_have_text("1 of 15. Which clause judges? ")
    assert page.evaluate("Boolean(document.activeElement.closest('.sp'))")


def test_a_clicker_turns_the_pages_and_the_ends_say_so(opened, small):
    page = opened(small, keys=["PageDown", "PageDown", "PageUp"])
    expect(page.locator(".sp-place")).to_contain_text("2 of 15 · clause f1")
    press(page, "Home", "PageUp")
    expect(page.get_by_role("status")).to_have_text("This is the first one.")
    press(page, "End", RIGHT)
    expect(page.get_by_role("status")).to_have_text("This is the last one.")


def test_what_counts_is_shown_only_after_somebody_agreed(opened, small):
    page = opened(small, keys=["End"])
    expect(page.locator(".sp-gate-words")).to_contain_text("Show it to the class only when the last hand-in is in.")
    assert "Form B?" not in page.locator(".sp").inner_text()
    press(page, "s", "p")
    assert page.evaluate("host.sent.length") == 0
    page.get_by_role("button", name="Show it to the class now").click()
    expect(page.locator(".sp-unit")).to_have_text("Form B?")
    press(page, "ArrowLeft")
    expect(page.locator(".sp-gate")).to_be_visible()


def test_the_whole_screen_and_back(opened, small):
    page = opened(small, keys=["w"])
    page.wait_for_function("document.fullscreenElement?.className.startsWith('sp')")
    expect(page.get_by_role("button", name="Full screen W")).to_have_attribute("aria-pressed", "true")
    press(page, RIGHT)
    expect(page.locator(".sp-place")).to_contain_text("2 of 15")
    page.evaluate("document.exitFullscreen()")  # what Esc does; a browser without a window hears no Esc
    expect(page.get_by_role("button", name="Full screen W")).to_have_attribute("aria-pressed", "false")


def test_a_kernel_that_is_gone_is_said(opened, small):
    page = opened(small, keys=[RIGHT])
    page.evaluate("host.deaf = true")
    press(page, "s")
    expect(page.get_by_role("status")).to_have_text("Python does not answer. Run this cell again.")


# How each clause of the article stands on a screen: its letters' height in per cent of the screen's, its longest line in words, what does not fit.
MEASURE = """() => {
  const root = document.querySelector(".sp"), unit = document.querySelector(".sp-unit"), area = document.querySelector(".sp-area");
  const context = document.createElement("canvas").getContext("2d");
  context.font = getComputedStyle(unit).font;
  const height = context.measureText("H").actualBoundingBoxAscent, text = unit.firstChild, range = document.createRange(), lines = {};
  for (const word of text.data.matchAll(/\\S+/g)) {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    const top = Math.round(range.getBoundingClientRect().top);
    lines[top] = (lines[top] ?? 0) + 1;
  }
  const wide = [...root.querySelectorAll("*")].filter((node) => node.getBoundingClientRect().right > root.getBoundingClientRect().right + 1).length;
  return { size: 100 * parseFloat(getComputedStyle(unit).fontSize) / root.offsetHeight, capital: 100 * height / root.offsetHeight, words: Math.max(...Object.values(lines)),
           over: area.scrollHeight - area.clientHeight - 1 + wide };
}"""


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_every_clause_of_the_article_can_be_read_from_the_back_row(opened, article, size):
    page = opened(article, size=size, keys=["w"])
    page.wait_for_function("document.fullscreenElement")
    found = []
    for _ in range(28):
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found.append(page.evaluate(MEASURE))
        press(page, RIGHT, RIGHT, RIGHT)
    assert len(found) == 28 and max(one["over"] for one in found) <= 0, "something is cut off"
    assert max(one["words"] for one in found) <= 13, "lines are too long to find the next one"
    assert min(one["size"] for one in found) >= 5, "a line of text is at least five per cent of the screen"
    assert sum(one["capital"] >= 4.9 for one in found) >= 18, "most clauses stand in letters of five per cent"


@pytest.mark.parametrize(("look", "theme"), [("light", "light"), ("dark", "dark"), ("narrow", "light"), ("forced", "light")])
def test_axe_finds_nothing_and_nothing_overflows(opened, small, article, shot, look, theme):
    pages = [(small, "fence", [RIGHT] * 4 + ["1", "7", "p", "s"]), (article, "article", [RIGHT] * 27), (small, "gate", ["End"])]
    for address, name, keys in pages if look == "light" else pages[:1]:
        page = opened(address, look, theme=theme, keys=keys)
        if "s" in keys:
            expect(page.locator(".sp-why")).to_be_visible()
            expect(page.locator(".sp-share").first).to_be_visible()
        shot(page, f"{name}-{look}", full_page=True)
        found = Axe().run(page, context=".sp", options={"runOnly": {"type": "tag", "values": TAGS}, "rules": WHOLE_PAGE_RULES}).response
        assert look == "forced" or {"color-contrast", "target-size"} <= {one["id"] for one in found["passes"]}
        assert [f"{one['id']}: {node['html'][:150]}" for one in found["violations"] for node in one["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.wrong == []


def test_answers_differ_in_pattern_and_letter_and_the_key_in_words(opened, small):
    page = opened(small, keys=[RIGHT] * 2 + ["p"])
    expect(page.locator(".sp-share").first).to_be_visible()
    patterns = page.evaluate("[...document.querySelectorAll('.sp-bar-fill')].map((bar) => getComputedStyle(bar).backgroundImage)")
    assert len(set(patterns)) == 4 and page.locator(".sp-badge").all_inner_texts() == ["A", "B", "C", "D"]


def test_hostile_words_do_nothing(opened, tmp_path):
    data = write_small_content(tmp_path / "data")
    replace_in(data, "items/01_fences.toml", 'prompt = "Which clause judges?"', f'prompt = "{HOSTILE}"')
    replace_in(data, "texts/fence/units.csv", "The delay is shameful.", HOSTILE + "W" * 3000 + "\u202e")
    replace_in(data, "keys/practice/01_fences.toml", 'why = "Only f3 judges in the text\'s own voice."', f'why = "{HOSTILE}"')
    with served(open_projector("1", data=data)) as address:
        page = opened(address, keys=["s"])
        expect(page.locator(".sp-why")).to_contain_text("<script>")
        press(page, *[RIGHT] * 5)
        expect(page.locator(".sp-unit")).to_contain_text("WWWW")
        assert page.title() == "The projector on a plain page" and page.locator(".sp img, .sp script").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_no_key_reaches_the_notebook_and_no_saved_notebook_holds_what_was_shown(page, new_desks, shot):
    """In JupyterLab: the keys that it would take stay in the projector; what was shown is in no file."""
    desk = new_desks(None, 'from course import open_projector\nopen_projector("fence", data="../data")')
    tab = Tab(page, desk).open().run_all()
    page.locator(".sp").click(position={"x": 30, "y": 60})
    press(page, "x", "d", "d", "y", "m", "0", "0", "Shift+Enter", "ArrowDown", "a", "1", "2", "Enter", RIGHT, "s")
    expect(page.locator(".sp-why")).to_contain_text("A record could show the year.")
    expect(page.locator(".sp-place")).to_contain_text("2 of 9 · clause f1")
    shot(page, "lab")
    assert page.locator(".jp-Cell").count() == 1 and page.locator(".jp-Dialog").count() == 0
    assert page.evaluate("Boolean(document.activeElement.closest('.sp'))")
    tab.save()
    saved = desk.file.read_text("utf-8")
    assert "Projector: Fence to be painted" in saved and "A record could show" not in saved
