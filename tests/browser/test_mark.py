"""The marking item on the plain page: every way of marking, what is stored, what is seen and said."""

from __future__ import annotations

import re

import pytest

# The spacing a reader may set by WCAG 1.4.12.
SPACING = ".sw * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } .sw p { margin-block-end: 2em !important }"
COURIER = {"label": "source", "unit": "u1", "start": 59, "end": 70, "quote": "the Courier"}
LOOKS = [("light", "light"), ("light", "dark"), ("narrow", "light"), ("narrow", "dark")]


def by_drag(one):
    one.drag(one.word("the"), one.word("Courier"))
    one.page.locator("[data-label=source]").click()


def by_drag_backwards(one):
    one.drag(one.word("Courier"), one.word("the"))
    one.keys("1")


def by_clicks(one):
    one.word("the").click()
    one.word("Courier").click()
    one.keys("1")


def by_shift_click(one):
    one.word("the").click()
    one.word("Courier").click(modifiers=["Shift"])
    one.keys("1")


def by_pen(one):
    one.page.locator("[data-label=source]").click()
    one.drag(one.word("the"), one.word("Courier"))


def by_shift_arrows(one):
    one.at("the")
    one.keys("Shift+ArrowRight", "1")


def by_enter(one):
    one.at("the")
    one.keys("Enter", "ArrowRight", "Enter", "1")


def by_space_and_palette(one):
    one.at("the")
    one.keys("Space", "ArrowRight", "Space", "Enter", "Enter")


def by_native_selection(one):
    one.page.evaluate("""() => {
      const [first, last] = ["the", "Courier"].map((text) => [...document.querySelectorAll(".sw-word")].find((node) => node.textContent === text));
      first.dispatchEvent(new Event("selectstart", {bubbles: true}));
      getSelection().setBaseAndExtent(first.firstChild, 0, last.firstChild, 4);
    }""")
    one.page.wait_for_function("document.querySelector('.sw-on')")
    one.page.locator("[data-label=source]").click()


WAYS = [by_drag, by_drag_backwards, by_clicks, by_shift_click, by_pen, by_shift_arrows, by_enter, by_space_and_palette, by_native_selection]


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_marking_gives_the_same_answer(plain, way):
    one = plain("mark")
    way(one)
    assert one.value() == [COURIER]
    assert one.live() == "“the Courier” marked as source. 1 mark."
    assert one.focused() != "body" and not one.errors


def test_touch_gives_the_same_answer_and_leaves_scrolling_alone(plain):
    one = plain("mark", has_touch=True)
    one.word("the").tap()
    assert one.line() == one.live() == "First word: “the”. Now the last word, or a label."
    one.word("Courier").tap()
    one.page.locator("[data-label=source]").tap()
    assert one.value() == [COURIER]
    assert one.page.evaluate("getComputedStyle(document.querySelector('.sw-passage')).touchAction") == "auto"


def test_touch_with_a_label_taken_up_first(plain):
    one = plain("mark", has_touch=True)
    one.page.locator("[data-label=source]").tap()
    one.word("the").tap()
    one.word("Courier").tap()
    assert one.value() == [COURIER]


def test_a_double_click_chooses_one_word_and_a_triple_click_the_clause(plain):
    one = plain("mark")
    one.word("greedy").dblclick()
    one.keys("3")
    assert one.quotes() == [("loaded", "greedy")]
    one.word("nothing").click(click_count=3)
    assert one.line().startswith("“People close to the")


def test_letting_go_in_the_middle_of_words_still_takes_whole_words(plain):
    one = plain("mark")
    first, last = one.word("night").bounding_box(), one.word("ferry").bounding_box()
    one.page.mouse.move(first["x"] + first["width"] - 3, first["y"] + 8)
    one.page.mouse.down()
    one.page.mouse.move(last["x"] + 4, last["y"] + 8, steps=3)
    one.page.mouse.up()
    assert one.line() == "“night ferry” chosen. Now a label."


def test_marks_overlap_are_relabelled_removed_and_undone(plain):
    one = plain("mark")
    by_drag(one)
    one.drag(one.word("Courier"), one.word("reported"))
    one.keys("2")
    assert one.quotes() == [("source", "the Courier"), ("cue", "Courier reported")]
    one.page.get_by_role("combobox", name="Label of “Courier reported”").select_option("loaded")
    assert one.quotes() == [("source", "the Courier"), ("loaded", "Courier reported")]
    assert one.live() == "“Courier reported” is now loaded word."
    one.page.get_by_role("button", name="Remove “the Courier”").click()
    assert one.quotes() == [("loaded", "Courier reported")] and one.focused() == "Remove"
    one.page.get_by_role("button", name="Undo").click()
    assert one.quotes() == [("source", "the Courier"), ("loaded", "Courier reported")]
    one.at("reported")
    one.keys("Control+z", "Control+z")
    assert one.quotes() == [("source", "the Courier")]
    one.keys("Control+Shift+z")
    assert one.quotes() == [("source", "the Courier"), ("cue", "Courier reported")]


def test_a_press_on_marked_words_picks_the_mark(plain):
    one = plain("mark")
    by_drag(one)
    one.word("Courier").click()
    assert one.line() == "“the Courier” is marked as source. Choose another label, or remove it."
    one.page.locator("[data-label=cue]").click()
    assert one.quotes() == [("cue", "the Courier")]
    one.page.locator(".sw-palette").get_by_role("button", name="Remove").click()
    assert one.value() is None and one.focused() == "Courier"


def test_focus_survives_when_the_button_it_is_on_goes_away(plain):
    one = plain("mark")
    by_drag(one)
    one.keys("Enter")
    one.page.locator(".sw-palette").get_by_role("button", name="Remove").focus()
    one.keys("Control+z")
    assert one.value() is None and one.focused() == "Courier"


def test_the_same_label_over_the_same_words_replaces_the_old_mark(plain):
    one = plain("mark")
    by_drag(one)
    one.drag(one.word("the"), one.word("reported"))
    one.keys("1")
    assert one.quotes() == [("source", "the Courier reported")]
    assert "in place of “the Courier”" in one.live()
    one.drag(one.word("the"), one.word("reported"))
    one.keys("1")
    assert one.live() == "“the Courier reported” is marked as source already."


def test_nothing_to_mark_is_an_answer_and_marking_takes_it_back(plain):
    one = plain("mark")
    assert one.sent() == []
    box = one.page.get_by_label("Nothing to mark here")
    box.check()
    assert one.value() == [] and one.live() == "Nothing to mark: that is your answer now."
    by_drag(one)
    assert one.value() == [COURIER] and not box.is_checked()
    box.click()
    assert one.value() == [COURIER] and not box.is_checked() and "Remove them first" in one.live()
    one.page.get_by_role("button", name="Remove “the Courier”").click()
    assert one.value() is None and one.focused() != "body"


def test_a_choice_over_two_clauses_becomes_a_mark_in_each(plain):
    one = plain("mark")
    one.drag(one.word("said"), one.word("the", 1))
    one.keys("2")
    assert [(mark["unit"], mark["quote"]) for mark in one.value()] == [("u2", "said"), ("u3", "and the")]
    assert one.live() == "Your choice reached over 2 clauses. It became 2 marks, one in each: cue. 2 marks."


def test_offsets_are_code_points(plain):
    one = plain("mark-scripts")
    one.drag(one.word("𝒮𝒶𝒾𝒹"), one.word("so"))
    one.keys("2")
    one.word("👩‍👩‍👧").dblclick()
    one.keys("1")
    text = one.page.evaluate("host.sent.length && document.querySelector('[data-unit=u1]').textContent")
    shown = re.sub(r" \((source|cue)\) ", "", text)
    assert [shown[mark["start"] : mark["end"]] for mark in one.value()] == ["👩‍👩‍👧", "𝒮𝒶𝒾𝒹 so"] == [mark["quote"] for mark in one.value()]


def test_text_without_spaces_and_text_from_right_to_left(plain):
    one = plain("mark-scripts")
    words = one.page.locator("[data-unit=u2] .sw-word").all_inner_texts()
    assert len(words) > 6 and "".join(words) in "政府は新しい橋を提案したと読売新聞が報じた"
    arabic = one.page.locator("[data-unit=u3] .sw-word")
    arabic.first.evaluate("(node) => { node.tabIndex = -1; node.focus(); }")
    one.keys("Shift+ArrowLeft", "1")
    assert one.quotes() == [("source", "قال المتحدث")]


def test_words_are_what_a_reader_takes_for_one(plain):
    words = plain("mark-article").page.locator(".sw-word").all_inner_texts()
    assert {"US-Japanese", "Korea-U.S.", "U.S.", "8th", "Jean-Pierre", "NATO’s"} <= set(words) and "iron-clad" in words
    assert not any(word.strip() != word or word in ",.“”-" for word in words)


def test_context_is_shown_but_not_asked(plain):
    one = plain("mark-context")
    assert one.page.locator(".sw-context").count() == 3
    assert one.page.locator(".sw-word").first.inner_text() == "We"
    assert one.page.locator(".sw-unit").all_inner_texts()[0].startswith("The port has")


def test_arrows_walk_by_word_line_and_paragraph(plain):
    one = plain("mark")
    one.at("The")
    walked = []
    for key in ("ArrowRight", "ArrowLeft", "End", "ArrowRight", "Home", "ArrowUp", "PageDown", "PageDown", "PageUp", "Control+End", "Control+Home"):
        one.keys(key)
        walked.append(one.focused())
    last, first = walked[2], walked[3]
    assert walked == ["port", "The", last, first, first, "The", "We", "People", "We", "signed", "The"]
    assert one.word(last).bounding_box()["y"] < one.word(first).bounding_box()["y"]
    assert one.page.locator(".sw-word[tabindex='0']").count() == 1


def test_keys_that_walk_do_not_scroll_the_page_as_well(plain):
    one = plain("mark")
    one.page.evaluate("""() => { window.left = []; document.querySelector(".sw-passage").addEventListener("keydown", (event) => { if (!event.defaultPrevented) window.left.push(event.key); }); }""")
    one.at("the")
    one.keys("ArrowDown", "ArrowUp", "Home", "End", "PageDown", "PageUp", "Space", "Enter", "1", "Delete", "Backspace", "Control+End", "q", "Control+c")
    assert one.page.evaluate("window.left.filter((key) => key !== 'Control')") == ["q", "c"]


def test_a_whole_item_by_keyboard_alone(plain):
    one = plain("mark")
    for _ in range(12):
        one.keys("Tab")
        if one.focused() == "The":
            break
    one.keys(*["ArrowRight"] * 12, "Shift+ArrowRight", "1", "ArrowRight", "2", "PageDown", "PageDown", "Shift+End", "Escape")
    assert one.quotes() == [("source", "the Courier"), ("cue", "reported")]
    one.keys("ArrowLeft", "Delete")
    assert one.live() == "There is no mark on this word."
    for _ in range(12):
        one.keys("Tab")
        if one.focused() == "Check":
            break
    one.keys("Enter")
    one.page.wait_for_selector(".sw-tag.sw-state-missed")
    assert one.sent()[-1]["kind"] == "submitted" and one.focused() == "Check"
    one.keys("Shift+Tab")
    assert one.focused() != "body"


def test_escape_lets_go_of_one_thing_at_a_time(plain):
    one = plain("mark")
    one.at("the")
    one.keys("Shift+ArrowRight", "Escape")
    assert one.line() == "Choose words in the text." and one.live() == "Choice cancelled."
    one.page.evaluate("addEventListener('keydown', (event) => { window.seen = event.key; })")
    one.keys("Escape")
    assert one.page.evaluate("window.seen") == "Escape"
    one.keys("x", "ArrowDown", "j", "Shift+ArrowUp")
    assert one.page.evaluate("window.seen") == "Escape"


def test_a_word_says_its_labels_and_is_prose_when_left(plain):
    one = plain("mark-answered")
    one.at("Japanese") if one.word("Japanese").count() else one.at("US-Japanese")
    word = one.page.evaluate("""() => { const node = document.activeElement;
      return [node.getAttribute("role"), node.getAttribute("aria-roledescription"), node.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).textContent.trim())]; }""")
    assert word == ["button", "word", ["(source)", "(cue)"]]
    one.keys("Tab")
    assert one.page.locator(".sw-passage [role=button]").count() == 0
    assert one.page.locator(".sw-passage p").count() == 3


def test_feedback_stands_in_words_on_the_passage_and_leaves_with_the_next_change(plain):
    one = plain("mark-checked")
    tags = one.page.locator(".sw-passage .sw-tag").all_inner_texts()
    assert sorted({tag.strip(" ()\n") for tag in tags}) == ["cue · found", "cue · missed", "cue · not needed", "source · found", "source · missed"]
    assert one.page.get_by_text("Name and office: she can be phoned.").is_visible()
    assert one.page.get_by_text("Look at the verbs once more").is_visible()
    one.at("greedy")
    one.keys("ArrowLeft", "ArrowRight", "3")
    assert ("loaded", "greedy") in one.quotes()
    assert one.page.locator(".sw-state-hit, .sw-state-missed, .sw-state-extra").count() == 0


def test_a_saved_answer_is_drawn_and_an_impossible_one_is_left_out(plain):
    one = plain("mark")
    one.page.evaluate("""() => host.change("saved", {id: "r9", at: "2030-01-01T00:00:00.000Z", kind: "draft", reason: null, confidence: null, value: [
      {label: "source", unit: "u1", start: 59, end: 70, quote: "the Courier"}, {label: "nonsense", unit: "u1", start: 1, end: 2},
      {label: "cue", unit: "u9", start: 0, end: 3}, {label: "cue", unit: "u1", start: 900, end: 950}, null, 7]})""")
    assert one.page.locator(".sw-passage .sw-tag").count() == 1 and not one.errors
    one.page.evaluate("""() => host.change("saved", {id: "r10", at: "2031-01-01T00:00:00.000Z", kind: "draft", reason: null, confidence: null, value: []})""")
    assert one.page.get_by_label("Nothing to mark here").is_checked()


@pytest.mark.parametrize(("look", "theme"), LOOKS)
@pytest.mark.parametrize("case", ["mark", "mark-answered", "mark-checked", "mark-seven", "mark-overlap"])
def test_every_state_is_accessible_and_fits(plain, case, look, theme):
    one = plain(case, look, theme)
    assert one.axe() == []
    assert one.overflow() == 0


def test_a_whole_article_with_marks_is_accessible_and_fits(plain):
    test_every_state_is_accessible_and_fits(plain, "mark-article-answered", "narrow", "dark")


def test_choosing_and_picking_are_accessible(plain):
    for theme in ("light", "dark"):
        one = plain("mark-answered", theme=theme)
        one.page.locator(".sw-mark-help summary").click()
        one.at("People")
        one.keys("Shift+ArrowRight", "Shift+ArrowRight")
        assert one.axe() == []
        one.at("Courier")
        one.keys("Enter")
        assert one.axe() == []


def test_marks_stay_apart_in_forced_colours(plain):
    one = plain("mark-seven", "forced")
    lines = one.page.evaluate("""() => [...document.querySelectorAll(".sw-passage .sw-span")].map((node) => { const style = getComputedStyle(node);
      return [style.textDecorationLine, style.textDecorationStyle, parseFloat(style.textDecorationThickness) > 3].join(); })""")
    assert len(set(lines)) == 7 and not any(line.startswith("none") for line in lines)
    one.at("closes")
    plain_word = one.page.evaluate("getComputedStyle(document.activeElement).backgroundColor")
    one.keys("Shift+ArrowRight")
    assert one.page.evaluate("getComputedStyle(document.querySelector('.sw-on')).backgroundColor") != plain_word


def test_the_palette_stays_on_screen_over_a_long_text(plain):
    one = plain("mark-article")
    one.at("Taiwan")
    one.keys("ArrowLeft", "ArrowRight")
    palette, word = one.page.locator(".sw-palette").bounding_box(), one.word("Taiwan").bounding_box()
    assert 0 <= palette["y"] < 5 and word["y"] > palette["y"] + palette["height"]
    one.keys("Control+Home", "PageDown")
    palette, word = one.page.locator(".sw-palette").bounding_box(), one.page.locator(".sw-word:focus").bounding_box()
    assert word["y"] >= palette["y"] + palette["height"]


def test_a_change_touches_only_the_clause_it_is_made_in(plain):
    one = plain("mark-article")
    one.page.evaluate("""() => { window.touched = new Set();
      new MutationObserver((changes) => changes.forEach((change) => window.touched.add(change.target.closest?.("[data-unit]")?.dataset.unit ?? "none")))
        .observe(document.querySelector(".sw-passage"), {childList: true, subtree: true}); }""")
    one.at("Yomiuri")
    one.keys("1")
    assert one.page.evaluate("[...window.touched]") == ["S3"]


def test_wider_spacing_and_a_page_from_right_to_left_cut_nothing_off(plain):
    for case in ("mark-checked", "classify-checked", "classify-article-checked"):
        one = plain(case, "narrow")
        one.page.add_style_tag(content=SPACING)
        assert one.overflow() == 0, case
        one.page.evaluate("document.documentElement.dir = 'rtl'")
        assert one.overflow() == 0, case


def test_lines_are_tall_enough_for_a_finger_and_controls_are_24_pixels(plain):
    one = plain("mark-answered", "narrow")
    small = one.page.evaluate("""() => [...document.querySelectorAll(".sw :is(button, select, summary, input)")].filter((node) => node.offsetParent)
      .map((node) => [node.tagName, (node.closest("label") ?? node).getBoundingClientRect()]).filter(([, box]) => box.width < 24 || box.height < 24).map(([tag]) => tag)""")
    assert small == []
    assert one.page.evaluate("parseFloat(getComputedStyle(document.querySelector('.sw-passage p')).lineHeight)") >= 28


def test_focus_stays_in_browsers_that_can_only_take_a_word_out_and_put_it_back(plain):
    one = plain("mark")
    one.page.evaluate("delete Element.prototype.moveBefore")
    by_shift_arrows(one)
    assert one.value() == [COURIER] and one.focused() == "Courier"
    one.keys("Delete")
    assert one.value() is None and one.focused() == "Courier"
