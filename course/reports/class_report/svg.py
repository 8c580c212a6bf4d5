"""A chart of matplotlib as a drawing that fits the page: no style of its own, nothing that acts, black in the colour of the page's words."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from course.reports.html import Html, tag

NAMESPACE = re.compile(r"\{.*?\}")
DRAWN = {"svg", "g", "path", "defs", "use", "clipPath", "rect", "text", "tspan"}
KEPT = {
    "d", "x", "y", "width", "height", "viewBox", "transform", "id", "href", "clip-path", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity",
    "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "opacity", "font-size", "font-weight", "text-anchor",
}
BLACK = {"#000000", "black"}
SIZE = re.compile(r"(\d+(?:\.\d+)?)px")


def inline(raw: str, name: str, told: str) -> Html:
    """The chart as an element; `told` says in words what it shows, `name` makes its ids its own on a page with several."""
    root = ElementTree.fromstring(raw)
    return drawn(root, name, role="img", aria_label=told, klass="chart", preserveAspectRatio="xMidYMid meet")


def drawn(element: ElementTree.Element, name: str, **more: str) -> Html:
    """One element with what is in it. Whatever is not a drawing is left out."""
    held = {NAMESPACE.sub("", key): value for key, value in element.attrib.items()}
    held |= styled(held.pop("style", ""))
    attributes = {key: made for key, value in held.items() if key in KEPT and (made := attribute(key, value, name))}
    if more:
        attributes = {key: value for key, value in attributes.items() if key not in ("width", "height")}
    children = [drawn(child, name) for child in element if isinstance(child.tag, str) and NAMESPACE.sub("", child.tag) in DRAWN]
    words = (element.text or "").strip()
    return tag(NAMESPACE.sub("", element.tag), words, *children, **attributes, **more)


def styled(style: str) -> dict[str, str]:
    """The declarations of a style as attributes, which a strict policy of the page allows; a font is its size and weight.

    >>> styled("fill: #0072b2; stroke: none")
    {'fill': '#0072b2', 'stroke': 'none'}
    """
    pairs = (one.partition(":") for one in style.split(";") if ":" in one)
    found = {key.strip(): value.strip() for key, _, value in pairs}
    font = found.pop("font", "")
    if size := SIZE.search(font):
        found["font-size"] = size[1]
    if "bold" in font or " 700 " in f" {font} ":
        found["font-weight"] = "700"
    return found


def attribute(key: str, value: str, name: str) -> str:
    """An attribute's value: ids and what points to them bear the chart's name; black is the page's own colour; nothing points outside."""
    if key == "id":
        return f"{name}-{value}"
    if key == "href":
        return f"#{name}-{value[1:]}" if value.startswith("#") else ""
    if key == "clip-path":
        return value.replace("url(#", f"url(#{name}-")
    if "url(" in value:
        return ""
    return "currentColor" if key in ("fill", "stroke") and value in BLACK else value
