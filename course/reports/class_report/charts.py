"""The three charts that need axes, drawn by matplotlib in colours that everyone can tell apart (Okabe & Ito 2008)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from course.reports.class_report.shapes import SMALL_CLASS, Grown, ItemFigures, Sureness
from course.reports.class_report.svg import inline
from course.reports.class_report.words import count, decimal, interval, percent
from course.reports.html import Html, join, tag

BLUE, VERMILLION, GREEN, GREY = "#0072b2", "#d55e00", "#009e73", "#767676"
HARDLY = 0.2
SETTINGS = {
    "svg.fonttype": "none", "svg.hashsalt": "says-who", "axes.spines.top": False, "axes.spines.right": False, "axes.linewidth": 0.8,
    "font.size": 10, "axes.grid": False, "xtick.direction": "out", "figure.facecolor": "none", "axes.facecolor": "none", "savefig.transparent": True,
}
NOT_INSTALLED = "Charts need matplotlib: install the kit with its extra, pip install “says-who[lab]”. The tables hold the same figures."


def drawing_is_here() -> bool:
    """Whether matplotlib can be loaded."""
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        return False
    return True


def drawn(name: str, told: str, caption: str, size: tuple[float, float], draw: Any) -> Html:
    """A figure with what `draw` puts on its axes; the sentence of what is missing where there is no matplotlib."""
    if not drawing_is_here():
        return Html("")
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with rc_context(SETTINGS):
        figure = Figure(figsize=size, layout="constrained")
        FigureCanvasSVG(figure)
        draw(figure.add_subplot())
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    scrolled = tag("div", inline(written.getvalue(), name, told), klass="scrolls", role="region", aria_label=f"Chart: {caption}", tabindex="0")
    return tag("figure", scrolled, tag("figcaption", caption), klass="drawn")


def item_chart(items: Sequence[ItemFigures]) -> Html:
    """Every item that counts as a dot: to the right the easy ones, at the top those that go with the rest."""
    shown = [item for item in items if item.ease.value is not None and item.rest.value is not None]
    if len(shown) < 2:
        return Html("")
    told = f"{count(len(shown), 'item')} by how easy they are and how well they go with the rest. " + "; ".join(
        f"{item.id}: {percent(item.ease.value or 0)}, {decimal(item.rest.value or 0)}" for item in shown
    )

    def draw(axes: Any) -> None:
        plain, flagged = [item for item in shown if not item.warnings], [item for item in shown if item.warnings]
        axes.axhline(0, color=GREY, linewidth=0.8)
        axes.axhline(HARDLY, color=GREY, linewidth=0.8, linestyle=(0, (3, 3)))
        for group, colour, shape in ((plain, BLUE, "o"), (flagged, VERMILLION, "D")):
            axes.scatter([100 * item.ease.value for item in group], [item.rest.value for item in group], s=42, color=colour, marker=shape, linewidths=0)
        for item in shown:
            if item.warnings or item.rest.value < HARDLY:
                axes.annotate(item.id, (100 * item.ease.value, item.rest.value), xytext=(6, 3), textcoords="offset points", fontsize=8)
        axes.set_xlim(0, 103)
        axes.set_xlabel("mean share of the points, %  (easy →)")
        axes.set_ylabel("goes with the rest (r)")

    return drawn("item-map", told, "Each dot is an item that counts. Diamonds have something to look at. Below the dashed line (.20) an item hardly goes with the others of its lesson.",
                 (7.2, 3.6), draw)


def growth_chart(rows: Sequence[Grown]) -> Html:
    """Each comparison as a line from before to after, and its gain with the interval."""
    shown = [row for row in rows if row.gain.value is not None]
    if not shown:
        return Html("")
    told = "; ".join(f"{row.name}: {percent(row.before or 0)} before, {percent(row.after or 0)} after, gain {decimal(100 * (row.gain.value or 0), 1)} ({interval(row.gain) or row.gain.why})" for row in shown)

    def draw(axes: Any) -> None:
        axes.axvline(0, color=GREY, linewidth=0.8)
        for place, row in enumerate(reversed(shown)):
            first = place == len(shown) - 1
            if row.gain.low is not None and row.gain.high is not None:
                axes.plot([100 * row.gain.low, 100 * row.gain.high], [place, place], color=BLUE, linewidth=4 if first else 2.5, solid_capstyle="round")
            axes.plot([100 * row.gain.value], [place], marker="o" if first else "D", color=BLUE, markersize=9 if first else 7)
        axes.set_yticks(range(len(shown)), [f"{row.name} (n = {row.n})" for row in reversed(shown)])
        axes.set_ylim(-0.6, len(shown) - 0.4)
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("gain in points of a hundred  (better →)")

    return drawn("growth", told, "The dot is the mean gain of the learners who did both, the line its interval. A line that crosses 0 can’t be told from standing still; a dot without a line has no interval.",
                 (7.2, 0.9 + 0.42 * len(shown)), draw)


def confidence_chart(rows: Sequence[Sureness]) -> Html:
    """For each place the share right from guessing to sure."""
    rows = [row for row in rows if row.share.n >= SMALL_CLASS]
    if not rows:
        return Html("")
    places = list(dict.fromkeys(row.where for row in rows))
    told = "; ".join(f"{row.where}, {row.level}: {percent(row.share.value or 0)} of {row.share.n} right" for row in rows)
    levels = list(dict.fromkeys(row.level for row in rows))

    def draw(axes: Any) -> None:
        shapes = ("o", "s", "^", "D")
        colours = ("black", BLUE, GREEN, VERMILLION)
        for place, name in enumerate(places):
            several = [row for row in rows if row.where == name]
            at = [levels.index(row.level) + (place - (len(places) - 1) / 2) * 0.09 for row in several]
            share = [100 * row.share.value for row in several]
            reach = [[100 * (row.share.value - row.share.low) for row in several], [100 * (row.share.high - row.share.value) for row in several]]
            axes.errorbar(at, share, yerr=reach, color=colours[place % 4], marker=shapes[place % 4], markersize=7 if not place else 5, linewidth=2 if not place else 1.1, elinewidth=1.2, label=name)
        axes.set_xticks(range(len(levels)), levels)
        axes.set_xlim(-0.5, len(levels) - 0.5)
        axes.set_ylim(0, 103)
        axes.set_ylabel("right, %")
        axes.legend(frameon=False, fontsize=9, loc="upper left")

    return drawn("confidence", told, "A class that knows what it knows climbs from left to right.", (6.2, 3.4), draw)


def note_without_charts() -> Html:
    """What to install, where there is no matplotlib."""
    return Html("") if drawing_is_here() else join(tag("p", NOT_INSTALLED, klass="note"))
