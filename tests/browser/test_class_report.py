"""The report of a class in a real browser: nothing acts, nothing overflows, everybody can read it, and it prints on white."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from course.classroom import open_class
from course.classroom.report.opening import report_of
from course.content import find_data
from tests.class_of_twelve import LEARNERS, catalogue_of, class_of, speaker_of
from tests.test_class_report import answers

AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
HOSTILE = '<script>document.title = ""ran""</script><svg onload=""document.title=\'ran\'""></svg>\u202e' + "W" * 50_000


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    """The report of the invented class."""
    data = find_data() / "example_class"
    return report_of(open_class(data, data / "roster.csv", progress=False)).write(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory):
    """A report with names, of a class whose names would like to run and to burst the page."""
    folder = tmp_path_factory.mktemp("hostile")
    catalogue = catalogue_of(folder)
    roster = "learner,name,section\n" + "".join(f'{learner},"{HOSTILE}","{"W" * 5_000} {learner}"\n' for learner in LEARNERS)
    return report_of(class_of(folder, catalogue, answers(speaker_of(catalogue)), roster=roster), names=True).write(folder / "report")


@pytest.fixture
def opened(new_context, page_file):
    """Open a report in one of the looks, and collect what it asks of the network and what goes wrong."""
    def open_page(look="light", path=page_file):
        page = new_context(look).new_page()
        page.asked, page.wrong = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.wrong.append(message.text))
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.goto(path.as_uri())
        return page
    return open_page


def open_folds(page):
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")


def test_nothing_on_the_page_runs_or_loads_and_its_style_applies(opened, page_file, shot):
    page = opened()
    assert page.asked == [page_file.as_uri()] and page.wrong == []
    assert page.evaluate("getComputedStyle(document.querySelector('.map')).borderTopStyle") == "solid"
    colours = page.evaluate("['.fill-editorial', '.fill-source'].map((one) => getComputedStyle(document.querySelector(one)).fill)")
    assert len(set(colours)) == 2 and "rgb(0, 0, 0)" not in colours
    shot(page, "light")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_nothing(opened, look, shot):
    page = opened(look)
    shot(page, look)
    found = Axe().run(page, options=AXE).response
    assert "color-contrast" in {one["id"] for one in found["passes"]}
    assert [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]] == []


def test_axe_finds_nothing_in_what_can_be_opened_on_a_narrow_page(opened, hostile_file):
    page = opened("narrow", hostile_file)
    open_folds(page)
    assert [one["id"] for one in Axe().run(page, options=AXE).response["violations"]] == []


def test_nobodys_name_runs_or_bursts_the_page(opened, hostile_file):
    for look in ("light", "narrow"):
        page = opened(look, hostile_file)
        open_folds(page)
        assert page.title() == "Class report · Says Who?" and page.wrong == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_narrow_page_scrolls_one_way_only_and_its_tables_take_the_keyboard(opened):
    page = opened("narrow")
    open_folds(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("[...document.querySelectorAll('.scrolls')].every((one) => one.tabIndex === 0 && one.ariaLabel)")
    assert page.evaluate("document.querySelector('.map').scrollWidth - document.querySelector('.map').clientWidth") <= 0, "the text itself never scrolls sideways"


def test_a_link_of_the_summary_leads_to_its_section(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#article")


def test_what_many_marked_has_a_thicker_line(opened):
    page = opened()
    thick = page.evaluate("[1, 2, 3, 4].map((step) => parseFloat(getComputedStyle(document.querySelector(`.legend .d${step}`)).textDecorationThickness))")
    assert thick == sorted(thick) and thick[-1] > thick[0]
    assert page.locator(".map .d4").count() > 0


def test_letters_tell_readings_apart_without_colours(opened):
    page = opened("forced")
    chips = page.locator(".map").first.locator(".chip").all_inner_texts()
    assert len(chips) == 28 and all(len(chip.split("·")) == 2 for chip in chips)


def test_the_page_prints_on_white_without_its_folds(opened):
    page = opened("dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(28, 27, 25)"
    assert page.evaluate("getComputedStyle(document.querySelector('details')).display") == "none"
    assert page.evaluate("getComputedStyle(document.querySelector('.clause.s2')).printColorAdjust") == "exact"


def test_a_section_fits_a_notebook_in_both_themes(new_context, page_file):
    from course.reports.class_report.page import report_piece

    data = find_data() / "example_class"
    figures = report_of(open_class(data, data / "roster.csv", progress=False)).figures
    paints = {}
    for theme in ("true", "false"):
        page = new_context().new_page()
        page.set_content(f'<body data-jp-theme-light="{theme}"><main><h1>Notebook</h1><p id="other">other</p>{report_piece(figures, "article")}</main></body>')
        paints[theme] = page.evaluate("getComputedStyle(document.querySelector('.class-report')).backgroundColor")
        assert page.evaluate("getComputedStyle(document.getElementById('other')).color") == "rgb(0, 0, 0)", "the style stays inside"
    assert paints["true"] != paints["false"]
