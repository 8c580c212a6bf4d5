"""A learner's page as plain text, for a place where only a text can be opened."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

APART = {"h1", "h2", "h3", "h4", "table", "section", "article", "ol", "ul", "dl", "blockquote", "header", "footer", "figure", "p", "div"}
LINES = {"tr", "caption", "dt", "summary", "figcaption", "br"}
CELLS = {"td", "th"}
HIDDEN_TAGS = {"style", "script", "title"}
UNDERLINED = {"h1": "=", "h2": "-"}
# What the page shows by a colour and a frame: the words of a mark, and the tag after them.
MARKED = {"mark": ("*", "*"), "tag": (" [", "]"), "number": ("", ". ")}
VOID = {"br", "meta", "link", "img", "hr", "input"}


class Reader(HTMLParser):
    """Collects what a page says; what is not meant for reading is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.ends: list[tuple[str, str]] = []
        self.lists: list[int | None] = []
        self.hidden = 0
        self.heading = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """What comes before the words of an element, and what will come after them."""
        kinds = (dict(attrs).get("class") or "").split()
        self.hidden += tag in HIDDEN_TAGS or (tag == "a" and "skip" in kinds)
        before, after = MARKED.get(tag) or next((MARKED[kind] for kind in kinds if kind in MARKED), ("", ""))
        if tag in UNDERLINED:
            self.heading = len(self.pieces)
        if tag in ("ol", "ul"):
            self.lists.append(0 if tag == "ol" else None)
        if tag == "li":
            before, after = f"\n{self.bullet()} \v", "\n"
        elif tag in APART:
            before, after = "\n\n", "\n\n"
        elif tag in LINES:
            before = "\n"
        elif tag in CELLS:
            after = " | "
        elif tag == "dd":
            before = ": \v"
        self.pieces.append(before)
        if tag not in VOID:
            self.ends.append((tag, after))

    def bullet(self) -> str:
        """What an entry of the innermost list begins with: its number or a dash."""
        if not self.lists or self.lists[-1] is None:
            return "-"
        self.lists[-1] += 1
        return f"{self.lists[-1]}."

    def handle_endtag(self, tag: str) -> None:
        """What comes after the words. Headings of the page and of a lesson are underlined."""
        after = self.ends.pop()[1] if self.ends and self.ends[-1][0] == tag else ""
        if tag in UNDERLINED:
            words = "".join(self.pieces[self.heading:]).strip()
            wide = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)
            after = f"\n{UNDERLINED[tag] * min(wide, 60)}\n\n"
        if tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        self.pieces.append(after)
        self.hidden = 0 if tag in (*HIDDEN_TAGS, "a") else self.hidden

    def handle_data(self, data: str) -> None:
        """Text, its spaces as a browser shows them."""
        if not self.hidden:
            self.pieces.append(re.sub(r"\s+", " ", data))


def page_text(page: str) -> str:
    """What stands on a page, as lines of text; words that are marked there stand between asterisks.

    >>> print(page_text("<body><h2>Week 1</h2><p>2 of <b>3</b></p><ol><li><p>a &lt; b</p></li></ol></body>"))
    Week 1
    ------
    <BLANKLINE>
    2 of 3
    <BLANKLINE>
    1. a < b
    """
    reader = Reader()
    reader.feed(page)
    reader.close()
    # What stands after a bullet or a colon begins on its line, even if it is a paragraph of its own.
    joined = re.sub(r"\v\s*", "", re.sub(r"\n+(: \v)", r"\1", "".join(reader.pieces)))
    lines = [re.sub(" +", " ", line).strip().removesuffix(" |") for line in joined.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
