"""The marking desk in a real browser, with its real Python object and a real file behind it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.at_desk import PLAIN, seat  # noqa: F401
from tests.browser.plain_page import look_at
from tests.hand_ins import read_table

# marking by keyboard


def test_keys_give_levels_and_move_on_and_each_is_on_the_disk(seat):
    desk = seat()
    desk.wake()
    desk.keys("2")
    desk.saved()
    assert desk.marks() == [("fits", "2")]
    assert desk.live() == "Fits: 2 of 3. Now Works."
    assert desk.page.locator(".sd-current").get_attribute("data-criterion") == "works"
    desk.keys("3")
    desk.saved()
    assert desk.marks() == [("fits", "2"), ("works", "3")]
    expect(desk.page.locator(".sd-progress-words")).to_have_text("1 of 3 marked")
    expect(desk.page.locator(".sd-sum")).to_have_text("All levels given: 1.67 of 2 points.")
    first = desk.number()
    desk.keys("n")
    assert desk.number() != first and desk.page.locator(".sd-level[aria-pressed=true]").count() == 0
    desk.keys("p")
    assert desk.number() == first and desk.page.locator(".sd-level[aria-pressed=true]").count() == 2
    assert desk.errors == []


def test_a_key_that_is_no_level_of_the_rubric_changes_nothing_and_says_which_are(seat):
    desk = seat()
    desk.wake()
    desk.keys("7")
    assert desk.live() == "Fits has the levels 0, 1, 2, 3."
    assert desk.marks() == []


def test_a_stray_space_gives_no_level(seat):
    desk = seat()
    desk.wake()
    desk.keys("n", "Space", "Enter", "ArrowDown", "Space")
    assert desk.page.locator(".sd-level[aria-pressed=true]").count() == 0 and desk.marks() == []


def test_arrows_move_among_criteria_and_answers_and_backspace_takes_a_level_back(seat):
    desk = seat()
    desk.wake()
    desk.keys("ArrowDown", "3", "ArrowUp", "1", "ArrowUp", "Backspace")
    desk.saved()
    assert desk.marks() == [("works", "3")]
    first = desk.number()
    desk.keys("ArrowRight")
    assert desk.number() != first
    desk.keys("ArrowLeft", "ArrowLeft")
    assert desk.number() == first and desk.live() == "This is the first answer."


def test_undo_takes_back_one_change_after_the_other_also_after_a_reload(seat):
    desk = seat()
    desk.wake()
    desk.keys("2", "3", "n", "1", "f")
    desk.saved()
    desk.keys("u")
    desk.saved()
    assert ("flag", "1") not in desk.marks()
    desk.page.reload()
    desk.page.wait_for_selector("body[data-ready]")
    desk.wake()
    desk.keys("u", "u")
    desk.saved()
    assert desk.marks() == [("fits", "2")] and desk.live() == "Undone: Works."
    desk.keys("u", "u")
    desk.saved()
    assert desk.marks() == [] and desk.live() == "There is nothing to undo."


def test_a_comment_is_written_kept_for_reuse_and_taken_from_the_bank_by_a_digit(seat):
    desk = seat()
    desk.wake()
    desk.keys("c")
    desk.page.keyboard.type("Who says u2n?")
    desk.keys("Escape")
    assert desk.page.evaluate("document.activeElement.className") == "sd-criterion-name"
    desk.saved()
    assert desk.marks() == [("", "Who says u2n?")], "letters typed into the comment are no commands"
    desk.page.get_by_text("Keep it for reuse").click()
    expect(desk.page.locator(".sd-live")).to_have_text("Kept in the comment bank.")
    desk.page.locator(".sd-level").first.focus()
    desk.keys("n", "/", "1")
    desk.saved()
    assert desk.page.locator(".sd-comment-box").input_value() == "Who says u2n?"
    assert [text for _, text in desk.marks()] == ["Who says u2n?"] * 2
    assert read_table(desk.folder / "comments.csv") == [{"comment": "Who says u2n?"}]


def test_a_comment_that_is_still_being_typed_stays_with_its_answer(seat):
    desk = seat()
    desk.wake()
    desk.keys("c")
    desk.page.keyboard.type("For the first one only")
    desk.page.get_by_role("button", name="Next", exact=True).click()
    assert desk.page.locator(".sd-comment-box").input_value() == ""
    desk.saved()
    desk.keys("p")
    assert desk.page.locator(".sd-comment-box").input_value() == "For the first one only"
    assert desk.marks() == [("", "For the first one only")]


def test_in_the_bank_a_digit_is_never_a_level(seat):
    desk = seat()
    (desk.folder / "comments.csv").write_text("comment\nOne\n")
    desk.page.reload()
    desk.page.wait_for_selector("body[data-ready]")
    desk.wake()
    desk.keys("b", "3", "1")
    desk.saved()
    assert desk.marks() == [("", "One")]


def test_j_leads_to_the_next_answer_that_waits_and_a_korean_keyboard_has_the_same_keys(seat):
    desk = seat()
    desk.wake()
    desk.keys("1", "1", "n", "n")
    third = desk.number()
    desk.keys("p", "p")
    desk.page.evaluate("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ㅜ', code: 'KeyN', bubbles: true, cancelable: true}))")
    desk.keys("2", "2", "j")
    assert desk.number() == third
    desk.keys("2", "2", "j")
    expect(desk.page.locator(".sd-live")).to_have_text("No answer here waits any more.")


def test_flags_are_listed_and_lead_to_their_answer(seat):
    desk = seat()
    desk.wake()
    desk.keys("n", "f", "p")
    there = desk.page.locator(".sd-where strong").inner_text()
    desk.page.get_by_role("button", name="Flags (1)").click()
    desk.page.locator(".sd-goto").click()
    assert desk.number() != there and desk.page.locator(".sd-flag").get_attribute("aria-pressed") == "true"
    desk.saved()
    assert desk.marks() == [("flag", "1")]


def test_everything_works_by_pointer_too(seat):
    desk = seat()
    desk.page.locator("[data-criterion=works] .sd-level", has_text="3").click()
    desk.page.locator("[data-criterion=fits] .sd-criterion-name").click()
    desk.page.locator("[data-criterion=fits] .sd-level", has_text="2").click()
    desk.page.locator(".sd-flag").click()
    desk.saved()
    assert sorted(desk.marks()) == [("fits", "2"), ("flag", "1"), ("works", "3")]
    desk.page.get_by_role("button", name="Undo").click()
    desk.page.get_by_role("button", name="Next", exact=True).click()
    desk.saved()
    assert sorted(desk.marks()) == [("fits", "2"), ("works", "3")]


def test_the_desk_is_blind_until_names_are_asked_for(seat):
    desk = seat()
    assert not any(name in desk.page.content() for name in (">ann<", "Answer ann"))
    assert desk.number().startswith("Answer ")
    desk.page.get_by_role("switch", name="Names").click()
    expect(desk.page.get_by_role("switch", name="Names")).to_be_checked()
    assert desk.number() in PLAIN
    desk.page.get_by_role("switch", name="Names").click()
    expect(desk.page.locator(".sd-where strong")).to_contain_text("Answer ")


def test_keys_are_listed_and_escape_closes_the_list(seat):
    desk = seat()
    desk.wake()
    desk.keys("?")
    expect(desk.page.locator(".sd-panel .sd-keys-row")).to_have_count(12)
    desk.keys("Escape")
    expect(desk.page.locator(".sd-panel")).to_be_hidden()
    assert desk.page.evaluate("document.activeElement.className") == "sd-criterion-name"


# the norming round


def test_the_round_before_shows_published_marks_once_an_essay_is_marked(seat, shot):
    desk = seat(example=True)
    *same, last = next(iter(desk.server.view.norming.essays.values()))[1].marks.values()
    mine = 5 if last < 5 else 1
    desk.page.locator(".sd-offer .sd-main").click()
    desk.keys(*(f"{level:g}" for level in same))
    assert desk.page.locator(".sd-published").count() == 0, "judge first, compare then"
    desk.keys(str(mine))
    expect(desk.page.locator(".sd-published.sd-alike")).to_have_count(3)
    expect(desk.page.locator(".sd-published.sd-differs")).to_contain_text(f"Published: {last:g}; you say {mine}.")
    shot(desk.page, "norming", full_page=True)
    desk.page.get_by_role("button", name="How I compare").click()
    expect(desk.page.locator(".sd-result li").first).to_contain_text("the same level 1 of 1 times, within one level 1 of 1.")
    expect(desk.page.locator(".sd-result li").last).to_contain_text("the same level 0 of 1 times")
    desk.saved()
    assert desk.marks() == [] and len(read_table(desk.folder / "norming-AB.csv")) == 4
    desk.page.get_by_role("button", name="Go to the marking").click()
    expect(desk.page.locator(".sd-where strong")).to_contain_text("Answer ")
    desk.page.reload()
    desk.page.wait_for_selector("body[data-ready]")
    expect(desk.page.locator(".sd-offer")).to_have_count(0)


# everybody can use it


@pytest.mark.parametrize("look", ["light", "dark", "narrow", "forced"])
def test_the_desk_is_accessible_and_fits_in_every_look(seat, shot, look):
    desk = seat(look, "dark" if look == "dark" else "light", example=True)
    shot(desk.page, f"offer-{look}", full_page=True)
    desk.page.get_by_role("button", name="Skip to the marking").click()
    desk.page.locator("select").select_option("report-01-a")
    desk.keys("3", "f")
    shot(desk.page, f"marking-{look}", full_page=True)
    desk.page.locator("summary").click()
    desk.page.locator(".sd-level").first.focus()
    desk.keys("?")
    assert look_at(desk.page) == []
    assert desk.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert desk.errors == []


def test_every_panel_of_the_desk_is_accessible(seat):
    desk = seat()
    (desk.folder / "comments.csv").write_text("comment\nWho says so?\nName the paper.\n")
    desk.page.reload()
    desk.page.wait_for_selector("body[data-ready]")
    desk.wake()
    desk.keys("2", "f", "b")
    found = {"bank": look_at(desk.page)}
    for name in ("Flags (1)", "Agreement"):
        desk.page.get_by_role("button", name=name).click()
        found[name] = look_at(desk.page)
    expect(desk.page.locator(".sd-panel-body")).to_contain_text("No answer has been marked by two people yet.")
    assert {name: what for name, what in found.items() if what} == {}


def test_the_agreement_of_two_markers_stands_in_a_table(seat):
    desk = seat()
    desk.wake()
    rows = "".join(f"{learner},fence-essay,{name},1,,CD\n" for learner in PLAIN for name in ("fits", "works"))
    (desk.folder / "marks-CD.csv").write_text(f"learner,item,criterion,level,comment,marker\n{rows}")
    desk.keys("1", "3", "n", "2", "1")
    desk.saved()
    desk.page.get_by_role("button", name="Agreement").click()
    expect(desk.page.locator(".sd-table tbody tr")).to_have_count(2)
    assert [cell.inner_text() for cell in desk.page.locator(".sd-table tbody tr").first.locator("td").all()] == ["2", "1", "2", "–"]
