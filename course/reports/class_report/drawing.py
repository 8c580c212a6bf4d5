"""The small drawings of a report: bars of shares, shares with an interval, tables and folds. Plain SVG, with the numbers beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from course.measures import Figure
from course.reports.class_report.shapes import SMALL_CLASS, ClauseRead, Tally
from course.reports.class_report.words import interval, percent
from course.reports.html import Html, join, tag

ROOM_FOR_A_LETTER = 0.06
FAMILIES = ("source", "fact", "editorial", "mixed", "unclear", "text", "judgement")


def patterns() -> Html:
    """The hatchings that tell the readings of one colour apart; a bar refers to them by name."""
    line = {"stroke": "#111", "stroke-width": "1.5"}
    made = [
        tag("pattern", tag("path", d="M0 8L8 0M-2 2L2 -2M6 10L10 6", **line), id="hatch-lines", width="8", height="8", patternUnits="userSpaceOnUse"),
        tag("pattern", tag("circle", cx="3", cy="3", r="1.2", fill="#111"), id="hatch-dots", width="7", height="7", patternUnits="userSpaceOnUse"),
    ]
    return tag("svg", tag("defs", *made), width="1", height="1", klass="patterns", aria_hidden="true", focusable="false")


HATCHED = {"paraphrased": "lines", "editorial": "lines", "background": "dots", "source-judgement": "lines", "source-both": "dots", "mixed": "dots"}


def bar_of_readings(read: ClauseRead) -> Html:
    """One bar, as wide as the class, cut into the readings of a clause; each piece with its letter where there is room."""
    pieces, left = [], 0.0
    for tally in read.tallies:
        wide = tally.count / read.n
        place = {"x": f"{100 * left:.2f}%", "y": "0", "width": f"{100 * wide:.2f}%", "height": "100%"}
        pieces.append(tag("rect", **place, klass=f"fill-{tally.reading.family} piece"))
        if hatch := HATCHED.get(tally.reading.id):
            pieces.append(tag("rect", **place, fill=f"url(#hatch-{hatch})", klass="hatch"))
        if wide >= ROOM_FOR_A_LETTER:
            middle = {"x": f"{100 * (left + wide / 2):.2f}%", "y": "50%", "dy": ".36em", "text-anchor": "middle"}
            pieces.append(tag("text", tally.reading.letter, **middle, klass="letter"))
        left += wide
    return tag("svg", *pieces, klass="bar", role="img", aria_label=told_tallies(read.tallies, read.n), height="26", width="100%")


def told_tallies(tallies: Iterable[Tally], n: int) -> str:
    """The readings with their shares, in words; of a few learners only counts."""
    if n < SMALL_CLASS:
        return ", ".join(f"{tally.reading.name} {tally.count}" for tally in tallies)
    return ", ".join(f"{tally.reading.name} {percent(tally.count / n)} ({tally.count})" for tally in tallies)


def bar_of_share(share: float, klass: str = "plain") -> Html:
    """A share as a bar; the number stands beside it."""
    full = tag("rect", x="0", y="0", width="100%", height="100%", klass="ground")
    part = tag("rect", x="0", y="0", width=f"{100 * share:.2f}%", height="100%", klass=f"fill-{klass}")
    return tag("svg", full, part, klass="small-bar", height="12", width="100%", aria_hidden="true", focusable="false")


def whisker(figure: Figure) -> Html:
    """A share as a dot on a line from 0 to 1, its interval as a thick stroke; the numbers stand beside it."""
    pieces = [tag("line", x1="0", x2="100%", y1="50%", y2="50%", klass="axis"), tag("line", x1="50%", x2="50%", y1="15%", y2="85%", klass="axis")]
    if figure.low is not None and figure.high is not None:
        pieces.append(tag("line", x1=f"{100 * figure.low:.1f}%", x2=f"{100 * figure.high:.1f}%", y1="50%", y2="50%", klass="reach"))
    pieces.append(tag("circle", cx=f"{100 * (figure.value or 0):.1f}%", cy="50%", r="4", klass="dot"))
    return tag("svg", *pieces, klass="whisker", height="16", width="100%", aria_hidden="true", focusable="false")


def share_cell(figure: Figure) -> Html:
    """A share with its interval: number, drawing, and the interval in words; nothing for a few answers."""
    if figure.value is None:
        return tag("span", figure.why, klass="why-not")
    if figure.n < SMALL_CLASS:
        return tag("span", f"fewer than {SMALL_CLASS} answers", klass="why-not")
    return join(tag("strong", percent(figure.value)), " ", tag("span", interval(figure) or "all alike", klass="soft"), whisker(figure))


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[object]], *, klass: str = "", numbers: Sequence[int] = ()) -> Html:
    """A table whose first column names the rows; `numbers` are the columns that hold numbers. It scrolls sideways on a small screen."""
    head = tag("tr", *(tag("th", name, scope="col", klass="number" if place in numbers else "") for place, name in enumerate(header)))
    body = []
    for row in rows:
        cells = [tag("td", cell, klass="number" if place in numbers else "") for place, cell in enumerate(row) if place]
        body.append(tag("tr", tag("th", row[0], scope="row"), *cells))
    made = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *body), klass=klass)
    return tag("div", made, klass="scrolls", role="region", aria_label=caption, tabindex="0")


def fold(summary: object, *inside: object, klass: str = "", opened: bool = False) -> Html:
    """Something to open: a line that says what is inside, and the inside."""
    return tag("details", tag("summary", summary), *inside, klass=klass, open="open" if opened else None)
