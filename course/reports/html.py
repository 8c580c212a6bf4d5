"""HTML that nobody's text can break: everything is escaped unless it was built here."""

from __future__ import annotations

import html
import re

VOID = {"meta", "br", "hr"}
# Line feeds and tabs stay. Overrides, embeddings and isolates of writing direction can make a page read as it was not written.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufeff\ufffe\uffff\ud800-\udfff]")
RICH = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")


class Html(str):
    """Text that is HTML already. Only this module's functions make it, so it can hold nothing unescaped."""

    __slots__ = ()


def visible(text: str) -> str:
    """A text without the characters that act instead of being seen; each leaves a mark where it stood.

    >>> visible("abc\\u202egpj.exe"), visible("two\\nlines"), visible("a\\r\\nb")
    ('abc�gpj.exe', 'two\\nlines', 'a\\nb')
    """
    return UNSEEN.sub("\ufffd", text.replace("\r\n", "\n"))


def escape(text: object) -> Html:
    """Any value as text of a page.

    >>> escape("<script>")
    '&lt;script&gt;'
    """
    return text if isinstance(text, Html) else Html(html.escape(visible(str(text))))


def join(*children: object, between: str = "") -> Html:
    """Several pieces as one; plain text among them is escaped."""
    return Html(escape(between).join(escape(child) for child in children if child not in (None, "")))


def tag(name: str, /, *children: object, **attributes: object) -> Html:
    """An element. Attributes that are None or False are left out; `klass` is written class, and `_` as `-`.

    >>> tag("p", "1 < 2 ", tag("b", "is right"), klass="why")
    '<p class="why">1 &lt; 2 <b>is right</b></p>'
    """
    written = "".join(
        f' {"class" if key == "klass" else key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items() if value not in (None, False, "")
    )
    return Html(f"<{name}{written}>" if name in VOID else f"<{name}{written}>{join(*children)}</{name}>")


def rich(text: str) -> Html:
    """A text of the kit in which **bold** and *italics* are meant; everything else stays as it is.

    >>> rich("Who says **that**? <i>")
    'Who says <strong>that</strong>? &lt;i&gt;'
    """
    made = RICH.sub(lambda found: f"<strong>{found[1]}</strong>" if found[1] else f"<em>{found[2]}</em>", escape(text))
    return Html(made)
