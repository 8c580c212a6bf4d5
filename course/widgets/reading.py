"""Texts to read, without anything to answer: the article, a passage, the glossary. Static HTML, so it is there on reopening."""

from __future__ import annotations

import html
import re
from typing import Any

from course.items import Text, Unit
from course.messages import say

SERIF = '"Iowan Old Style","Charter","Source Serif 4","Source Serif Pro","Noto Serif",Cambria,Georgia,serif'
LOOK = f"""<style>
.sw-reading{{max-width:47rem;margin-block:6px;padding:16px clamp(12px,4%,26px) 6px;border:1px solid var(--jp-border-color2,#ccc);border-radius:12px;overflow-wrap:anywhere}}
.sw-reading>p:not(.sw-about){{font-family:{SERIF};font-size:1.14em;line-height:1.7;margin:0 0 .8em}}
.sw-reading>h4{{font-family:{SERIF};font-size:1.36em;font-weight:700;line-height:1.35;margin:.2em 0 .6em}}
.sw-reading>details{{border-inline-start:3px solid var(--jp-border-color2,#ccc);padding-inline-start:12px}}
.sw-term.sw-term{{position:relative;cursor:help;text-decoration:underline dotted;text-underline-offset:.22em}}
.sw-term:focus::after{{content:attr(title);position:absolute;inset-block-start:1.7em;inset-inline-start:0;z-index:9;inline-size:max-content;max-inline-size:min(18rem,60vw);padding:8px 12px;border:1px solid var(--jp-border-color1,#999);border-radius:9px;background:var(--jp-layout-color1,#fff);color:var(--jp-ui-font-color1,#222);font:.9rem/1.45 system-ui,sans-serif}}
.sw-glossary.sw-glossary{{display:grid;grid-template-columns:minmax(4rem,9rem) minmax(0,1fr);gap:8px 20px;max-width:47rem}}
.sw-glossary.sw-glossary>:is(dt,dd){{float:none;width:auto;margin:0;padding:0}}
</style>"""


class Reading:
    """A text as it is shown: real paragraphs, its origin and rights, and each paragraph's sense in other words if there is one."""

    def __init__(self, text: Text, units: tuple[str, ...] = (), terms: dict[str, str] | None = None) -> None:
        self.text, self.terms = text, terms or {}
        self.units = tuple(text.unit(name) for name in units) or text.units
        self.whole = not units

    def __repr__(self) -> str:
        return f"Reading({self.text.slug!r})"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.html()}

    def html(self) -> str:
        """The reading as one article element. The text's own words are escaped and stand word for word."""
        escape = html.escape
        numbers = dict.fromkeys(unit.paragraph for unit in self.units)
        body = "".join(self.paragraph(number) for number in numbers)
        about = " · ".join(escape(part) for part in (self.text.author, self.text.date) if part)
        rest = " · ".join(escape(part) for part in (self.text.origin, self.text.rights) if part and self.whole)
        notes = f"<p class='sw-about'><small>{rest}</small></p>" if rest else ""
        head = f"<p class='sw-about'><small>{say('lesson.reading_note')}{' · ' + about if about else ''}</small></p>"
        return f"{LOOK}<article class='sw-reading' aria-label=\"{escape(self.text.title)}\">{head}{body}{notes}</article>"

    def paragraph(self, number: int) -> str:
        """One paragraph with its own-words sense folded under it."""
        units = [unit for unit in self.units if unit.paragraph == number]
        tag = "h4" if is_headline(units) else "p"
        words = explained(" ".join(unit.shown for unit in units), self.terms)
        gist = self.text.gists.get(number)
        folded = f"<details style='margin-block: -0.4em 1.2em'><summary>{say('lesson.reading')}</summary><p>{html.escape(gist)}</p></details>" if gist else ""
        return f"<{tag}>{words}</{tag}>{folded}"


def explained(words: str, terms: dict[str, str]) -> str:
    """A paragraph's words, escaped, with the first place of each glossary term underlined: its meaning shows on hover, tap or focus.

    >>> explained("A scoop & a lede.", {"lede": "the first sentence"})
    'A scoop &amp; a <abbr class="sw-term" tabindex="0" title="the first sentence">lede</abbr>.'
    """
    if not terms:
        return html.escape(words)
    meanings = {term.lower(): meaning for term, meaning in terms.items()}
    longest_first = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))
    told: set[str] = set()
    pieces = []
    # Two terms never overlap: the pattern takes the longest, and what it took is left alone.
    for place, piece in enumerate(re.split(rf"(?i)\b((?:{longest_first})s?)\b", words)):
        term = piece.lower() if piece.lower() in meanings else piece.lower().removesuffix("s")
        if place % 2 and term not in told:
            told.add(term)
            pieces.append(f'<abbr class="sw-term" tabindex="0" title="{html.escape(meanings[term])}">{html.escape(piece)}</abbr>')
        else:
            pieces.append(html.escape(piece))
    return "".join(pieces)


def is_headline(units: list[Unit]) -> bool:
    """Whether a paragraph is the headline: by the kit's habit, the one unit called H."""
    return [unit.id for unit in units] == ["H"]


class Glossary:
    """Terms and what they mean, as a list to read."""

    def __init__(self, terms: dict[str, str]) -> None:
        self.terms = terms

    def __repr__(self) -> str:
        return f"Glossary({', '.join(self.terms)})"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        rows = "".join(f"<dt><strong>{html.escape(term)}</strong></dt><dd>{html.escape(meaning)}</dd>" for term, meaning in self.terms.items())
        return {"text/plain": repr(self), "text/html": f"{LOOK}<dl class='sw-glossary'>{rows}</dl>"}
