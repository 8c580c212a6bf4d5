"""The report as one page that needs no network: what to do on Monday first, then every section with its own answer on top."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course.reports.class_report import class_sections, monday
from course.reports.class_report.charts import note_without_charts
from course.reports.class_report.drawing import patterns
from course.reports.class_report.item_section import items_section
from course.reports.class_report.shapes import SMALL_CLASS, ClassFigures
from course.reports.class_report.words import count
from course.reports.html import Html, join, tag

SMALL = (
    f"Fewer than {SMALL_CLASS} learners have handed in, so this page counts and does no statistics: "
    "shares and intervals of so few people would say more about chance than about the class."
)
ABOUT = "How the class read, in one picture. Sentences are judged here, never people, outlets or policies."


@dataclass(frozen=True)
class Section:
    """One part of the report: its name, the sentence that says what to do on Monday, and what is drawn below it."""

    id: str
    title: str
    monday: Callable[[ClassFigures], str] | None
    draw: Callable[[ClassFigures], list[Html]]


SECTIONS = (
    Section("article", "The article, as the class read it", monday.about_texts, class_sections.article_section),
    Section("items", "Questions", monday.about_items, items_section),
    Section("agreement", "Agreement, and which way the class leans", monday.about_agreement, class_sections.agreement_section),
    Section("growth", "From first test to last", monday.about_growth, class_sections.growth_section),
    Section("confidence", "Being sure, and being right", monday.about_confidence, class_sections.confidence_section),
    Section("talking", "Before and after talking", monday.about_talking, class_sections.talking_section),
    Section("people", "Who needs a word", monday.about_people, class_sections.people_section),
    Section("passages", "Tests and passages, as the class read them", None, class_sections.passages_section),
)


def section(one: Section, figures: ClassFigures) -> Html:
    """A section with its answer on top."""
    answer = tag("p", tag("span", "On Monday", klass="monday-label"), " ", one.monday(figures), klass="monday") if one.monday else ""
    return tag("section", tag("h2", one.title, id=one.id), answer, *one.draw(figures), aria_labelledby=one.id)


def summary(figures: ClassFigures) -> Html:
    """What to do on Monday, section by section, with the way to each."""
    rows = [tag("li", tag("a", one.title, href=f"#{one.id}"), tag("span", one.monday(figures))) for one in SECTIONS if one.monday]
    more = [tag("li", tag("a", one.title, href=f"#{one.id}"), tag("span", "Each text in a fold, for the lesson that asked it.")) for one in SECTIONS if not one.monday]
    return tag("nav", tag("h2", "What do I do on Monday?", id="monday"), tag("ul", *rows, *more, klass="mondays"), aria_labelledby="monday")


def small_note(figures: ClassFigures) -> Html:
    """Why a small class gets counts."""
    return tag("p", SMALL, klass="small-class") if figures.small else Html("")


def report_page(figures: ClassFigures) -> str:
    """The whole page as HTML."""
    style, policy = style_and_policy()
    head = tag(
        "head", tag("meta", charset="utf-8"), tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"), tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="color-scheme", content="light dark"), tag("meta", name="generator", content="Says Who? class report"),
        tag("title", "Class report · Says Who?"), Html(f"<style>{style}</style>"),
    )
    lessons = count(len(figures.states), "lesson")
    top = tag("header", tag("p", "Says Who?", klass="kit"), tag("h1", "The class, at a glance"), tag("p", f"{count(figures.learners, 'learner')}, {lessons}. {ABOUT}"))
    main = tag("main", small_note(figures), note_without_charts(), summary(figures), *(section(one, figures) for one in SECTIONS), id="page", tabindex="-1")
    foot = tag("footer", tag("p", "Every figure stands in the folder tables too, as CSV for a spreadsheet; learners’ ids stand only there. This page needs no network and holds no script."))
    body = tag("body", tag("a", "Skip to the report", href="#page", klass="skip"), patterns(), top, main, foot, klass="class-report page")
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en')}\n"


def report_piece(figures: ClassFigures, name: str = "") -> Html:
    """One section, or the summary, for a notebook: with its style, and without anything around it."""
    one = next((one for one in SECTIONS if one.id == name), None)
    inside = section(one, figures) if one else join(summary_in_notebook(figures), small_note(figures), note_without_charts())
    # Jupyter's own rules for lists and tables are strong ones.
    style = style_of("report.css").replace(".class-report ", ".class-report.class-report.class-report ")
    return tag("div", Html(f"<style>{style}</style>"), patterns(), inside, klass="class-report piece")


def summary_in_notebook(figures: ClassFigures) -> Html:
    """The answers without links: in a notebook each section is a cell of its own."""
    rows = [tag("li", tag("strong", one.title), tag("span", one.monday(figures))) for one in SECTIONS if one.monday]
    return tag("section", tag("h2", "What do I do on Monday?"), tag("ul", *rows, klass="mondays"))


@cache
def style_of(file: str) -> str:
    """A style sheet of the report."""
    return Path(__file__).with_name(file).read_text("utf-8").strip()


@cache
def style_and_policy() -> tuple[str, str]:
    """The page's style, and the policy that lets a browser apply it and load or run nothing at all."""
    style = f"{style_of('report.css')}\n{style_of('page.css')}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return style, f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
