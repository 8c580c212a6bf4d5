"""XML that nobody's text can break: plain text is escaped, HTML of the kit stands in CDATA sections, and the rest was built here."""

from __future__ import annotations

import html
import xml.etree.ElementTree as ElementTree

from course.reports.html import Html, visible

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Xml(str):
    """Text that is XML already. Only this module's functions make it."""

    __slots__ = ()


def element(name: str, /, *children: object, **attributes: object) -> Xml:
    """An element with its children; attributes that are None are left out, and `_` at the end of a name only keeps Python happy.

    >>> element("text", "1 < 2"), element("answer", element("text", "a"), fraction="0")
    ('<text>1 &lt; 2</text>', '<answer fraction="0"><text>a</text></answer>')
    """
    written = "".join(f' {key.rstrip("_")}="{html.escape(visible(str(value)))}"' for key, value in attributes.items() if value is not None)
    inside = "".join(as_xml(child) for child in children)
    return Xml(f"<{name}{written}>{inside}</{name}>") if inside else Xml(f"<{name}{written}/>")


def as_xml(child: object) -> str:
    """A child of an element as it stands in the file."""
    if isinstance(child, Xml):
        return child
    if isinstance(child, Html):
        return cdata(child)
    return html.escape(visible(str(child)), quote=False)


def cdata(words: Html) -> str:
    """HTML as a CDATA section; the three signs that would end it are parted between two sections.

    >>> from course.reports.html import tag
    >>> cdata(tag("p", "a < b"))
    '<![CDATA[<p>a &lt; b</p>]]>'
    """
    return "<![CDATA[" + words.replace("]]>", "]]]]><![CDATA[>") + "]]>" if words else ""


def embedded(words: Html) -> Xml:
    """HTML of ours as elements among the others, without attributes: some formats have none for the direction of writing.

    >>> from course.reports.html import tag
    >>> embedded(tag("p", "a < b", dir="auto"))
    '<p>a &lt; b</p>'
    """

    def inside(node: ElementTree.Element) -> str:
        held = ((element(child.tag, Xml(inside(child))), child.tail or "") for child in node)
        return "".join(as_xml(piece) for piece in (node.text or "", *(piece for pair in held for piece in pair)))

    return Xml(inside(ElementTree.fromstring(f"<div>{words}</div>")))


def file_of(root: Xml) -> bytes:
    """An XML file, with an element that has elements in it on lines of its own so that a person can read it."""
    return (DECLARATION + root.replace("><question ", ">\n<question ").replace("><item ", ">\n<item ") + "\n").encode("utf-8")
