"""A learner's page: one file that needs no network, prints well, and says first what went right."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course.messages import say, say_many
from course.reports.html import Html, join, rich, tag
from course.reports.questions import Answered, anchor, figure, question, went_right
from course.reports.questions import points_of as most_of
from course.responses import name_in_file

GROUPS = ("right", "again", "waiting", "later", "blank", "unread")
GENERATOR = tag("meta", name="generator", content="Says Who? feedback")
FEW = 4  # with fewer questions, a list of links to them is longer than the way
LONGEST_STEM = 180  # bytes; systems take 255 for the whole name
DEVICE_NAMES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}


@dataclass(frozen=True)
class LessonReport:
    """One lesson on a learner's page: its questions that count, in the order in which they were asked.

    `out_of` is what the gradebook gives the lesson as its most; without it, the questions' points are added up.
    """

    id: str
    title: str
    questions: tuple[Answered, ...]
    practised: int = 0
    usable: bool = True
    handed_in: bool = True
    out_of: float | None = None

    @property
    def points(self) -> float:
        """What counts so far and may be told: points whose feedback is still closed stay out, unless they are for answering."""
        return sum(one.points for one in self.questions if one.state == "scored" and told_now(one))

    @property
    def max(self) -> float:
        """What could be earned in this lesson."""
        return sum(one.item.points for one in self.questions) if self.out_of is None else self.out_of

    @property
    def open(self) -> bool:
        """Whether points may still be added: something waits for a person, for a later lesson or for a new file."""
        return any((one.opens_after and one.item.credit != "completion") or one.state in ("needs a person", "malformed") for one in self.questions)


def told_now(one: Answered) -> bool:
    """Whether the points of a question may stand on the page already."""
    return not one.opens_after or one.item.credit == "completion"


def feedback_file(learner: str, taken: set[str]) -> str:
    """What a learner's page is called: a name that every system takes and no other learner has.

    >>> taken = set()
    >>> feedback_file("김/서연", taken), feedback_file("ann", taken), feedback_file("Ann", taken)
    ('김%2F서연.html', 'ann.html', 'Ann-2.html')
    """
    stem = name_in_file(learner).encode()[:LONGEST_STEM].decode("utf-8", "ignore")
    stem = f"_{stem}" if stem.partition(".")[0].lower() in DEVICE_NAMES or stem.startswith(".") else stem
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name.casefold())
    return f"{name}.html"


def feedback_page(learner: str, name: str, lessons: list[LessonReport]) -> str:
    """The whole page as HTML: a table of the lessons, then each lesson with what went right first."""
    who = name or learner
    style, policy = style_and_policy()
    head = tag(
        "head", tag("meta", charset="utf-8"), tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"), tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="color-scheme", content="light dark"), GENERATOR, tag("title", say("page.title", learner=who)), Html(f"<style>{style}</style>"),
    )
    top = tag("header", tag("p", say("page.kit"), klass="kit"), tag("h1", say("page.heading"), " ", tag("bdi", who)), tag("p", rich(say("page.about"))))
    average = next((one for lesson in lessons for one in in_order(lesson) if one.tells_average), None)
    again = any(one.group == "again" for lesson in lessons if lesson.usable for one in lesson.questions)
    following = tag("p", say("page.next"), klass="next") if again else ""
    main = tag("main", overview(lessons), *(lesson_section(lesson, average) for lesson in lessons), following, id="page", tabindex="-1")
    foot = tag("footer", tag("p", say("page.foot")))
    skip = tag("a", say("page.skip"), href="#page", klass="skip")
    return f"<!DOCTYPE html>\n{tag('html', head, tag('body', skip, top, main, foot), lang='en')}\n"


def is_feedback_page(raw: bytes) -> bool:
    """Whether a file is a learner's page that this kit has written."""
    head, found, _ = raw.partition(GENERATOR.encode())
    return bool(found) and b"<body" not in head


@cache
def style_and_policy() -> tuple[str, str]:
    """The page's style, and the policy that lets a browser apply it and load or run nothing at all."""
    style = (Path(__file__).with_name("feedback.css")).read_text("utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return style, f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def overview(lessons: list[LessonReport]) -> Html:
    """The points lesson by lesson, and what is still open."""
    names = ("page.lesson", "page.points", "page.out_of", "page.open")
    rows = [tag("tr", *(tag("th", say(name), scope="col") for name in names))]
    for lesson in lessons:
        link = tag("a", lesson.title, href=f"#{lesson.id}")
        rows.append(tag("tr", tag("th", link, scope="row"), *(tag("td", words) for words in (points_of(lesson), figure(lesson.max), still_open(lesson)))))
    total = (say("page.total"), figure(sum(one.points for one in lessons)), figure(sum(one.max for one in lessons)), "")
    foot = tag("tr", tag("th", total[0], scope="row"), *(tag("td", words) for words in total[1:]))
    table = tag("table", tag("caption", say("page.overview")), tag("thead", rows[0]), tag("tbody", *rows[1:]), tag("tfoot", foot), klass="overview")
    return tag("section", tag("h2", say("page.overview_heading"), id="overview"), table, aria_labelledby="overview")


def points_of(lesson: LessonReport) -> str:
    """The points of a lesson, unless nothing of it could be read."""
    return figure(lesson.points) if lesson.usable else say("page.unusable_cell")


def in_order(lesson: LessonReport) -> list[Answered]:
    """The questions as they stand on the page: group by group."""
    return [one for group in GROUPS for one in lesson.questions if one.group == group] if lesson.usable else []


def still_open(lesson: LessonReport) -> str:
    """How many answers wait for a person or for a later lesson, in words."""
    if not lesson.handed_in:
        return say("page.missing_cell")
    waiting = sum(one.state == "needs a person" for one in lesson.questions)
    later = sum(bool(one.opens_after) for one in lesson.questions)
    told = [say("page.open_waiting", count=waiting)] if waiting else []
    return ", ".join(told + ([say("page.open_later")] if later else []))


def lesson_points(lesson: LessonReport) -> str:
    """The points of a lesson in a sentence, or why there are none."""
    told = most_of(lesson.points, lesson.max)
    if not lesson.handed_in:
        return say("page.missing", told=told)
    if not lesson.usable:
        return say("page.unusable_points")
    return say("page.points_so_far" if lesson.open else "page.points_now", told=told)


def way_to_each(lesson: LessonReport, numbers: dict[str, int]) -> Html:
    """A link to each question in the order in which they were asked, with how it went; the page itself puts what went right first."""
    if len(lesson.questions) < FEW:
        return join()
    links = [
        tag("li", tag("a", f"{numbers[one.item.id]}", tag("span", f" {say(f'page.way_{one.group}')}"), href=f"#{anchor(one.item)}", klass=one.group))
        for one in lesson.questions
    ]
    return tag("nav", tag("p", say("page.way"), klass="label"), tag("ol", *links), klass="way", aria_label=say("page.way_of", lesson=lesson.title))


def lesson_section(lesson: LessonReport, average: Answered | None) -> Html:
    """One lesson: points, then its questions in groups, the right ones first; the question `average` explains its points."""
    pieces = [tag("h2", lesson.title, id=lesson.id), tag("p", lesson_points(lesson), klass="points")]
    if not lesson.usable:
        return tag("section", *pieces, tag("p", say("page.unusable")), klass="lesson", aria_labelledby=lesson.id)
    if right := went_right(lesson.questions):
        pieces.append(tag("p", right, klass="went-right"))
    if lesson.practised:
        pieces.append(tag("p", say_many("page.practised", lesson.practised), klass="note"))
    numbers = {one.item.id: number for number, one in enumerate(lesson.questions, start=1)}
    pieces.append(way_to_each(lesson, numbers))
    for group in GROUPS:
        members = [one for one in lesson.questions if one.group == group]
        if members:
            pieces.append(tag("h3", say(f"page.group_{group}"), klass=group))
            pieces += [question(one, numbers[one.item.id], average=one is average) for one in members]
    return tag("section", *pieces, klass="lesson", aria_labelledby=lesson.id)
