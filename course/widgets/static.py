"""The half of a question that needs no kernel: the question in full, and the button that starts the lesson.

It stands in the saved notebook. Two rules show it only while the live question below it is not there, so a reopened
notebook never shows a dead widget. It never depends on what a student answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any

from course.messages import say

SHOW_ONE = """<style>
.jp-OutputArea-child:has(.sw-static):has(+ .jp-OutputArea-child .sw-live){display:none}
.jp-OutputArea-child:has(.sw-static)+.jp-OutputArea-child:not(:has(.jp-OutputArea-output>*)){display:none}
.sw-static{max-width:47rem;box-sizing:border-box;margin-block:8px;padding:16px clamp(12px,4%,26px) 14px;border:1px solid var(--jp-border-color2,#ccc);border-radius:12px;line-height:1.6}
.sw-static>:is(p,ul,blockquote){margin:0 0 .7em}
.sw-static>p:first-child{font-size:1.14em;line-height:1.42}
.sw-static>p:last-child{margin:1em 0 0;padding-top:12px;border-top:1px solid var(--jp-border-color2,#ccc)}
.sw-static button{margin-inline:6px;vertical-align:middle}
</style>"""


def start_button() -> str:
    """The button that runs all cells in JupyterLab and Notebook 7; plain HTML, no script."""
    return (
        '<button type="button" class="jp-mod-styled jp-mod-accept" data-commandlinker-command="notebook:run-all-cells" '
        f'data-commandlinker-args="{{}}">{escape(say("start.button"))}</button>'
    )


def static_html(payload: dict[str, Any]) -> str:
    """A question as plain HTML: prompt, passage or options, and how to start it. Everything is escaped."""
    parts = [f"<div><p>{rich_html(payload['lead'])}</p></div>"] if payload["lead"] else []
    parts.append(f"<p><strong>{rich_html(payload['prompt'])}</strong></p>")
    parts += [f"<p>{rich_html(payload[name])}</p>" for name in ("more", "help") if payload[name]]
    parts += [f"<blockquote>{escape(passage)}</blockquote>" for passage in _passages(payload["units"])]
    parts += [_list(option["text"] for option in payload[name]) for name in ("options", "cards") if payload[name]]
    parts += [_list(field["prompt"] for field in payload["fields"])] if payload["fields"] else []
    for question in payload["questions"]:
        choices = " · ".join(escape(option["text"]) for option in question["options"])
        parts.append(f"<p>{rich_html(question['prompt'])} <em>{choices}</em></p>")
    parts += [_list(f"{label['name']}: {label['hint']}" for label in payload["labels"])] if payload["labels"] else []
    parts += [_list(reason["text"] for reason in payload["reasons"])] if payload["reasons"] else []
    return _frame(parts)


def static_panel(title: str) -> str:
    """What stands in place of a panel until the lesson runs."""
    return _frame([f"<p><strong>{escape(title)}</strong></p>"])


def rich_html(text: str) -> str:
    """Escaped text in which `**bold**` and `*italics*` are shown as such.

    >>> rich_html("Which **two** say <i>so</i>?")
    'Which <strong>two</strong> say &lt;i&gt;so&lt;/i&gt;?'
    """
    bold = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", escape(text))
    return re.sub(r"\*([^*\s][^*]*)\*", r"<em>\1</em>", bold)


def _frame(parts: list[str]) -> str:
    start = f"<p>{escape(say('start.not_running'))} {start_button()} {escape(say('start.or'))}</p>"
    return f'{SHOW_ONE}<div class="sw-static">{"".join(parts)}{start}</div>'


def _passages(units: list[dict[str, Any]]) -> list[str]:
    paragraphs: dict[int, list[str]] = {}
    for unit in units:
        paragraphs.setdefault(unit["paragraph"], []).append(unit["text"])
    return [" ".join(texts) for texts in paragraphs.values()]


def _list(texts: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{rich_html(text)}</li>" for text in texts) + "</ul>"
