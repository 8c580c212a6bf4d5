"""A question on the plain test page, as a test drives it."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# One question is no whole page: rules about landmarks and the page's own headings have nothing to say about it.
WHOLE_PAGE_RULES = {name: {"enabled": False} for name in ("region", "landmark-one-main", "page-has-heading-one", "bypass")}


class Plain:
    """One case of tests/browser/page drawn in a browser, with an empty outbox."""

    def __init__(self, page: Page, address: str, case: str, theme: str = "") -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(f"{address}/?case={case}&theme={theme or 'light'}")
        page.wait_for_selector("body[data-ready]")

    def sent(self) -> list[dict[str, Any]]:
        """Every response the view has sent, oldest first."""
        return self.page.evaluate("host.sent.filter((one) => one.kind === 'response').map((one) => one.response)")

    def value(self) -> Any:
        """The value of the newest response; None when nothing was sent."""
        sent = self.sent()
        return sent[-1]["value"] if sent else None

    def quotes(self) -> list[tuple[str, str]]:
        """The newest answer of a marking item as (label, quotation)."""
        return [(mark["label"], mark["quote"]) for mark in self.value() or []]

    def live(self) -> str:
        """What stands in the live region."""
        return self.page.locator("[role=status]").first.inner_text().strip().replace("\u00a0", " ")

    def line(self) -> str:
        """The line of the palette that says what is chosen."""
        return self.page.locator(".sw-palette-line").inner_text()

    def word(self, text: str, nth: int = 0) -> Locator:
        """A word of the passage, by its whole text."""
        return self.page.locator(".sw-word").get_by_text(text, exact=True).nth(nth)

    def drag(self, first: Locator, last: Locator) -> None:
        """Press on one word, move to another, let go."""
        first.scroll_into_view_if_needed()
        start, end = first.bounding_box(), last.bounding_box()
        self.page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=6)
        self.page.mouse.up()

    def keys(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def at(self, text: str, nth: int = 0) -> None:
        """Put focus on a word as if the arrows had led there."""
        self.word(text, nth).evaluate("(node) => { node.tabIndex = -1; node.focus(); }")

    def focused(self) -> str:
        """The text of what is in focus, or "body" when focus is lost."""
        return self.page.evaluate("document.activeElement === document.body ? 'body' : document.activeElement.innerText || document.activeElement.tagName")

    def axe(self) -> list[str]:
        """What axe-core finds in the question."""
        return look_at(self.page)

    def overflow(self) -> float:
        """By how many pixels the page is wider than its window, or anything in the question than the question."""
        return self.page.evaluate("""() => {
          const root = document.querySelector(".sw").getBoundingClientRect();
          const out = [...document.querySelectorAll(".sw *")].filter((node) => getComputedStyle(node).clipPath === "none" && node.offsetParent)
            .map((node) => Math.max(node.getBoundingClientRect().right - root.right, root.left - node.getBoundingClientRect().left) - 1);
          return Math.max(document.documentElement.scrollWidth - innerWidth, ...out, 0);
        }""")


def look_at(page: Page) -> list[str]:
    """What axe-core finds in the questions of a page, with contrast and target size really looked at."""
    results = Axe().run(page, context=".sw", options={"runOnly": {"type": "tag", "values": TAGS}, "rules": WHOLE_PAGE_RULES}).response
    looked_at = {one["id"] for one in results["passes"]} | {one["id"] for one in results["violations"]}
    # Where there is nothing to press there is no target to measure.
    expected = {"color-contrast"} | ({"target-size"} if page.locator(".sw :is(button, input, summary, a)").count() else set())
    assert expected <= looked_at, "axe looked at no colours or targets"
    unsure = [one for one in results["incomplete"] if one["id"] == "color-contrast"]
    assert all(node["any"][0]["data"]["messageKey"] in UNSURE_IS_FINE for one in unsure for node in one["nodes"]), unsure
    return [f"{one['id']}: {node['html'][:160]}" for one in results["violations"] for node in one["nodes"]]


# axe can't judge text of one letter, such as the digit of a label.
UNSURE_IS_FINE = ("shortTextContent",)
