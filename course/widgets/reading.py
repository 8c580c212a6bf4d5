"""Texts to read, without anything to answer: the article, a passage, the glossary. Static HTML, so it is there on reopening."""

from __future__ import annotations

import html
from typing import Any

from course.items import Text, Unit
from course.messages import say

SERIF = '"Iowan Old Style","Charter","Source Serif 4","Source Serif Pro","Noto Serif",Cambria,Georgia,serif'
LOOK = f"""<style>
.sw-reading{{max-width:47rem;margin-block:6px;padding:16px clamp(12px,4%,26px) 6px;border:1px solid var(--jp-border-color2,#ccc);border-radius:12px;overflow-wrap:anywhere}}
.sw-reading>p:not(.sw-about){{font-family:{SERIF};font-size:1.14em;line-height:1.7;margin:0 0 .8em}}
.sw-reading>h4{{font-family:{SERIF};font-size:1.36em;font-weight:700;line-height:1.35;margin:.2em 0 .6em}}
.sw-reading>details{{border-inline-start:3px solid var(--jp-border-color2,#ccc);padding-inline-start:12px}}
.sw-glossary.sw-glossary{{display:grid;grid-template-columns:minmax(4rem,9rem) minmax(0,1fr);gap:8px 20px;max-width:47rem}}
.sw-glossary.sw-glossary>:is(dt,dd){{float:none;width:auto;margin:0;padding:0}}
</style>"""


class Reading:
    """A text as it is shown: real paragraphs, its origin and rights, and each paragraph's sense in other words if there is one."""

    def __init__(self, text: Text, units: tuple[str, ...] = ()) -> None:
        self.text = text
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
        words = " ".join(html.escape(unit.shown) for unit in units)
        gist = self.text.gists.get(number)
        folded = f"<details style='margin-block: -0.4em 1.2em'><summary>{say('lesson.reading')}</summary><p>{html.escape(gist)}</p></details>" if gist else ""
        return f"<{tag}>{words}</{tag}>{folded}"


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
