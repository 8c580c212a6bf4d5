"""The sheets themselves: one HTML page a lesson that needs no network and prints on A4 and Letter, and the article on its own."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from course.content import load_text
from course.handin.writing import refuse_foreign, replace_file
from course.items import Text, Unit
from course.paper.plan import ARTICLE, Packet, PaperError, Wanted, packets_of, refuse_file
from course.paper.questions import question
from course.reports.html import Html, join, rich, tag

LARGE = "-large"
TITLE_ENDS = " · paper"
HOW = (
    "Write your id into the box above before you begin. Your teacher tells you which one.",
    "Tick **one** box for each answer, unless the question says otherwise. To change your mind, cross the tick out and circle the box that you mean.",
    "A letter in brackets, such as [f2], is the name of a clause.",
    "You may leave out what you do not know. An empty box counts as not answered.",
)


def print_packets(out: Path | str, wanted: Wanted, *, large: bool = False) -> list[Path]:
    """Write a page for each lesson, and the article if a question needs it; with `large`, in 20-point letters and one column.

    Nothing of a key is on them. Open a page in a browser and print it, or save it as PDF. Returns the files.
    """
    out, ending = Path(out), f"{LARGE if large else ''}.html"
    refuse_file(out)
    with packets_of(wanted) as (folder, packets):
        if not any(packet.asked for packet in packets):
            raise PaperError("There is nothing to print: no question of these lessons counts. Leave out --scored-only, or name other lessons.")
        pages = {f"{packet.lesson.id}{ending}": lesson_page(packet, large=large) for packet in packets if packet.asked}
        if any(packet.on_the_article for packet in packets):
            pages[f"{ARTICLE}{ending}"] = article_page(load_text(folder, ARTICLE), large=large)
    try:
        for name in pages:
            refuse_foreign(out / name, is_sheet_page, PaperError, "folder: --out DIR")
        for name, page in pages.items():
            replace_file(out / name, page.encode("utf-8", "replace"))
    except OSError as error:
        raise PaperError(f"{out} can't be written ({error.strerror}). Name another folder: --out DIR.") from error
    return [out / name for name in pages]


def lesson_page(packet: Packet, *, large: bool) -> str:
    """One lesson to print: a box for the learner's id, how to answer, and its questions."""
    lesson = packet.lesson
    number = lesson.id.partition("_")[0].lstrip("0") or "0"
    title = f"{number} · {lesson.title}" if lesson.id[:1].isdigit() else lesson.title
    beside = [tag("li", rich("You need the sheet with **the article** beside this one."))] if packet.on_the_article else []
    how = tag("ul", *(tag("li", rich(line)) for line in HOW), *beside, klass="how")
    printed = ", ".join(one.item.id for one in packet.asked if one.slot and not one.instead)
    forms = tag("p", f"Forms printed here: {printed}.", klass="forms") if printed else ""
    head = tag("header", tag("p", "Says Who?", klass="kit"), tag("h1", title), identity(), how, forms)
    return page_of(title, join(head, tag("main", *(question(one, large=large) for one in packet.asked))), large=large)


def identity() -> Html:
    """Boxes for who it is."""
    return tag("div", tag("p", tag("span", "Learner id", klass="asked"), tag("span", klass="line")), tag("p", tag("span", "Date", klass="asked"), tag("span", klass="line short")), klass="identity")


def article_page(text: Text, *, large: bool) -> str:
    """The article, once, word for word, with where it comes from and whose it is, its clauses named."""
    numbers = dict.fromkeys(unit.paragraph for unit in text.units)
    paragraphs = [paragraph([unit for unit in text.units if unit.paragraph == number]) for number in numbers]
    about = [tag("p", words, klass="about") for words in (" · ".join(part for part in (text.author, text.date) if part), text.note) if words]
    rights = [tag("p", words, klass="about") for words in (text.origin, text.rights) if words]
    head = tag("header", tag("p", "Says Who?", klass="kit"), tag("h1", "The article"), *about)
    return page_of("The article", join(head, tag("main", tag("article", *paragraphs, klass="passage apart"), *rights)), large=large)


def paragraph(units: Sequence[Unit]) -> Html:
    """A paragraph with the name of each clause before it."""
    return tag("p", *(join(tag("span", f"[{unit.id}]", klass="unit"), " ", unit.shown, " ") for unit in units))


def page_of(title: str, body: Html, *, large: bool) -> str:
    """A whole page around its body. It holds its style, and its policy lets it run and load nothing."""
    style, policy = style_and_policy(large=large)
    head = tag(
        "head", tag("meta", charset="utf-8"), tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"), tag("title", f"{title}{TITLE_ENDS}"), Html(f"<style>{style}</style>"),
    )
    return f"<!DOCTYPE html>\n{tag('html', head, tag('body', body, klass='large' if large else None), lang='en')}\n"


def is_sheet_page(contents: bytes) -> bool:
    """Whether a file is a sheet that this kit has made."""
    head, found, body = contents.partition(b"<body")
    return bool(found) and TITLE_ENDS.encode() in head and b">Says Who?</p>" in body


@cache
def style_and_policy(*, large: bool) -> tuple[str, str]:
    """The style of the sheets, or of the large ones, and the policy that lets a browser apply it."""
    here = Path(__file__)
    names = ("paper.css", "large.css") if large else ("paper.css",)
    style = "\n".join(here.with_name(name).read_text("utf-8").strip() for name in names)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return style, f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
