"""The panels that look beyond a lesson, drawn on the plain page: the map of the course, growth, norming essays."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.page.cases_course import STAGES

CASES = ("map", "growth", "growth-waiting", "norming", "norming-class")


@pytest.mark.parametrize("look", ["light", "dark", "narrow", "forced"])
@pytest.mark.parametrize("case", CASES)
def test_every_panel_is_accessible_and_fits_in_every_look(plain, shot, case, look):
    one = plain(case, look, theme="dark" if look == "dark" else "")
    for folded in one.page.locator("summary").all():
        folded.click()
    shot(one.page, f"{case}-{look}", full_page=True)
    assert one.errors == []
    assert one.axe() == []
    assert one.overflow() == 0


def test_the_map_says_of_each_lesson_how_far_it_is_and_where_the_learner_stands(plain):
    rows = plain("map").page.locator(".sw-stage")
    expect(rows).to_have_count(4)
    expect(rows.nth(0)).to_contain_text("handed in")
    expect(rows.nth(1)).to_contain_text("all 9 answered, not handed in yet")
    expect(rows.nth(2)).to_contain_text("3 of 9 answered · you are here")
    expect(rows.nth(3)).to_contain_text("not begun")
    expect(rows.nth(2)).to_have_attribute("aria-current", "step")
    expect(rows.nth(1).locator("[aria-current]")).to_have_count(0)


def test_the_map_is_drawn_again_when_its_state_changes(plain):
    one = plain("map")
    stages = [{**row, "state": "handed_in"} for row in STAGES]
    one.page.evaluate("(status) => host.change('status', status)", {"lesson": "02_lesson", "stages": stages})
    expect(one.page.locator(".sw-progress")).to_contain_text("4 of 4 handed in")


def test_growth_is_told_in_words_with_what_chance_alone_could_do(plain):
    body = plain("growth").page.locator(".sw-growth")
    expect(body).to_contain_text("5 of 12 clauses right")
    expect(body).to_contain_text("4 more than at the start.")
    expect(body).to_contain_text("anything between -0.5 and +7.5 clauses")
    expect(body).to_contain_text("cannot tell whether you got better")


def test_marks_of_a_norming_essay_are_folded_away_until_the_reader_has_judged(plain):
    one = plain("norming")
    one.page.locator(".sw-norming > details > summary").first.click()
    expect(one.page.locator(".sw-example").first).to_be_visible()
    expect(one.page.get_by_text("Ownership: 3 of 5").first).not_to_be_visible()
    one.page.locator(".sw-marks-earned > summary").first.click()
    expect(one.page.get_by_text("One claim has no owner.")).to_be_visible()


def test_in_a_class_the_panel_says_who_has_the_essays(plain):
    expect(plain("norming-class").page.locator(".sw-norming")).to_contain_text("Your teacher has example reports")


def test_of_the_files_that_were_offered_the_browser_holds_only_the_last(plain):
    one = plain("hand-in")
    one.page.evaluate("""() => {
      const [make, free] = [URL.createObjectURL, URL.revokeObjectURL];
      [window.made, window.held] = [0, []];
      URL.createObjectURL = (blob) => { const href = make.call(URL, blob); made += 1; held.push(href); return href; };
      URL.revokeObjectURL = (href) => { held = held.filter((one) => one !== href); free.call(URL, href); };
    }""")
    for count in (1, 2):
        one.page.get_by_role("button", name="Hand in").click()
        one.page.wait_for_function("(count) => made === count", arg=count)
    expect(one.page.locator("a[download]")).to_have_count(1)
    assert one.page.evaluate("held") == [one.page.locator("a[download]").get_attribute("href")]
