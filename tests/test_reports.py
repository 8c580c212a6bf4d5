"""A learner's page: right things first, the learner's marks beside the key's, and nothing in it that acts."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from course.classroom import Column, open_class
from course.items import Answer, Field, Outcome, Score
from course.reports import Answered, LessonReport, csv_bytes, feedback_page, harmless
from course.reports.html import escape, rich, tag, visible
from course.reports.tables import meant
from course.scoring import score_by_hand, score_credit, score_item
from tests.hand_ins import LESSON, answer, hand_in, read_table, small_catalogue

OVERRIDE = "\u202e"
MARKS = [{"label": "source", "unit": "f2", "start": 18, "end": 26, "quote": "Ida\u00a0Moss"}, {"label": "cue", "unit": "f3", "start": 4, "end": 9, "quote": "delay"}]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return small_catalogue(tmp_path_factory.mktemp("content"))


def answered(catalogue, item_id, value, *, state="scored", points=2.0, **more) -> Answered:
    """A question of the small kit as if it counted two points."""
    item = replace(catalogue.items[item_id], points=points)
    key, text = catalogue.keys[item_id], catalogue.text_of(item)
    given = None if value is None else Answer(value)
    score = score_item(item, given, key, text=text)
    return Answered(item, state, score.points, text, key, given, more.pop("score", score), **more)


def page_of(*questions: Answered, name: str = "Ann", **more) -> str:
    return feedback_page("ann", name, [LessonReport(LESSON, "Fences", questions, **more)])


class Outline(HTMLParser):
    """The elements of a page, and whether every one that is opened is closed."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        assert self.open == [], f"not closed: {self.open}"

    def handle_starttag(self, name, attributes):
        self.seen.append((name, dict(attributes)))
        if name not in ("meta", "br", "hr"):
            self.open.append(name)

    def handle_endtag(self, name):
        assert self.open.pop() == name

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join("".join(f"{part} " for part in self.text).split())


# what it says


def test_what_went_right_stands_before_what_did_not(catalogue):
    words = Outline(page_of(answered(catalogue, "fence-pick", ["f1"]), answered(catalogue, "fence-order", ["wish", "deed"]))).words
    assert words.index("You got these right") < words.index("Order them.") < words.index("Not right yet: read the reason, then find it in the passage") < words.index("Which clause judges?")
    assert "1 question all right." in words and "In the others" not in words


def test_a_lesson_says_what_was_right_in_questions_that_are_not_all_right(catalogue):
    label = answered(catalogue, "fence-label", {"f1": {"voice": "author", "kind": "fact"}, "f2": {"voice": "author", "kind": "judgement"}, "f3": {"voice": "author", "kind": "judgement"}})
    words = Outline(page_of(label, answered(catalogue, "fence-mark", MARKS))).words
    assert "2 clauses, 1 mark right." in words
    whole = [answered(catalogue, "fence-pick", ["f3"]), answered(catalogue, "fence-count", "3")]
    assert "2 questions all right. In the others, 1 mark right." in Outline(page_of(*whole, answered(catalogue, "fence-mark", MARKS))).words


def test_each_clause_shows_the_learners_labels_beside_the_keys_with_the_reason(catalogue):
    words = Outline(page_of(answered(catalogue, "fence-label", {"f2": {"voice": "author", "kind": "judgement"}}))).words
    assert "look again You the text itself, no record could settle it The key someone the text hands it to, no record could settle it Look at Ida Moss said" in words
    assert "You nothing chosen The key the text itself, a record or a witness could settle it" in words


def test_marks_stand_on_the_passage_beside_the_keys_and_share_a_number(catalogue):
    page = page_of(answered(catalogue, "fence-mark", MARKS))
    mine, keyed = re.findall(r"<figure>(.*?)</figure>", page, re.DOTALL)
    assert '<mark class="found">Ida Moss</mark><span class="tag found">1 source</span>' in mine
    assert '<mark class="found">Ida Moss</mark><span class="tag found">1 source</span>' in keyed
    assert '<mark class="missed">said</mark><span class="tag missed">2 cue</span>' in keyed and "2 cue" not in mine
    assert '<mark class="extra">delay</mark><span class="tag extra">3 cue</span>' in mine and "3 cue" not in keyed
    words = Outline(page).words
    assert "source · found You could phone her. cue · you missed this cue · one too many The key does not mark this as cue." in words


def test_marks_are_counted_label_by_label_and_the_average_is_explained_once(catalogue):
    words = Outline(page_of(answered(catalogue, "fence-mark", MARKS), answered(catalogue, "fence-mark", MARKS))).words
    assert "1 found, 1 missed, 1 too many. source: 1 of 1 found. cue: 0 of 1 found, 1 too many." in words
    assert words.count("Points are the average over the labels.") == 1


def test_a_near_miss_shares_its_number_with_the_key_and_says_what_to_mark(catalogue):
    page = page_of(answered(catalogue, "fence-mark", [{"label": "source", "unit": "f2", "start": 0, "end": 31, "quote": ""}]))
    mine, keyed = re.findall(r"<figure>(.*?)</figure>", page, re.DOTALL)
    assert '<span class="tag extra">1 source</span>' in mine and '<mark class="missed">Ida Moss</mark><span class="tag missed">1 source</span>' in keyed
    words = Outline(page).words
    assert "source · nearly: your mark is too long here. Mark just Ida Moss . You could phone her." in words and "one too many" not in words


def test_a_passage_stands_there_once_when_all_is_right_and_else_only_its_paragraphs_with_marks(catalogue):
    right = [MARKS[0], {"label": "cue", "unit": "f2", "start": 27, "end": 31, "quote": "said"}]
    page = page_of(answered(catalogue, "fence-mark", right))
    assert page.count("<figure>") == 1 and page.count("The delay is shameful.") == 1
    page = page_of(answered(catalogue, "fence-mark", MARKS[:1]))
    assert page.count("<figure>") == 2 and "The delay" not in page and page.count("Only the paragraphs with marks are shown.") == 1
    assert "Only the paragraphs" not in page_of(answered(catalogue, "fence-mark", MARKS))


def test_bold_and_italics_of_a_reason_are_no_stars(catalogue):
    one = answered(catalogue, "fence-mark", MARKS)
    spans = tuple(replace(span, why="**Ends** says that it is *over*.") for span in one.key.spans)
    page = page_of(replace(one, key=replace(one.key, spans=spans)))
    assert "<strong>Ends</strong> says that it is <em>over</em>." in page and "**" not in page.partition("<body>")[2]


def test_overlapping_marks_all_show(catalogue):
    marks = [{"label": "source", "unit": "f2", "start": 18, "end": 31, "quote": ""}, {"label": "cue", "unit": "f2", "start": 22, "end": 31, "quote": ""}]
    mine = re.findall(r"<figure>(.*?)</figure>", page_of(answered(catalogue, "fence-mark", marks)), re.DOTALL)[0]
    assert '<mark class="found">Ida </mark><mark class="found extra">Moss said</mark>' in mine
    assert "1 source" in mine and "2 cue" in mine


def test_nothing_to_mark_is_said_in_words(catalogue):
    assert "You marked nothing." in page_of(answered(catalogue, "fence-mark", []))


@pytest.mark.parametrize(
    ("state", "value", "told"),
    [
        ("unanswered", None, "0 of 2 points: not answered There is no answer here, so it earns nothing. Hand in again with an answer if your teacher still takes it."),
        ("malformed", None, "Not counted, and not counted as wrong"),
        ("needs a person", {"headline": "A fence"}, "Your teacher reads this one and gives the points."),
    ],
)
def test_an_answer_without_points_says_why(catalogue, state, value, told):
    assert told in Outline(page_of(answered(catalogue, "fence-essay", value, state=state))).words


def test_an_answer_to_another_wording_says_that_it_does_not_count_as_wrong(catalogue):
    one = replace(answered(catalogue, "fence-count", "4", state="needs a person"), score=None)
    words = Outline(page_of(one)).words
    assert "an earlier wording" in words and "SECRET-WHY" not in words


def test_an_essay_says_what_stands_empty_and_counts_words_and_shows_its_rubric(catalogue):
    one = answered(catalogue, "fence-essay", {"headline": "A five-part fence"}, state="needs a person")
    levels = replace(one.item.criteria[0], levels={"0": "A word stands on nothing.", "1": "Each stands."})
    item = replace(one.item, criteria=(levels,), fields=(*one.item.fields, Field("why", "Which sentence?")))
    words = Outline(page_of(replace(one, item=item))).words
    assert "A five-part fence 3 of 12 words Which sentence? You left this empty." in words
    assert "What your teacher looks at Every word stands on a clause 0 points : A word stands on nothing. 1 point : Each stands." in words


@pytest.mark.parametrize(("state", "value", "shown"), [("unanswered", None, False), ("needs a person", "A fence", False), ("scored", "A fence", True)])
def test_a_model_answer_waits_until_a_person_has_marked(catalogue, state, value, shown):
    one = answered(catalogue, "fence-essay", value and {"headline": value}, state=state)
    one = replace(one, key=replace(one.key, why="MODEL"), score=score_by_hand(one.item, {"fits": 1}) if state == "scored" else one.score)
    assert ("MODEL" in page_of(one)) is shown


def test_points_that_a_teacher_set_are_no_verdict(catalogue):
    one = replace(answered(catalogue, "fence-pick", ["f1"]), points=2.0, score=Score(Outcome.NEEDS_A_PERSON, 2.0, 2.0))
    words = Outline(page_of(one)).words
    assert "Your teacher set the points." in words and "Not this one." not in words


def test_one_right_choice_of_two_is_said(catalogue):
    one = answered(catalogue, "fence-pick", ["f1", "f3"])
    item, key = replace(one.item, choose=2), replace(one.key, answer=["f2", "f3"])
    one = replace(one, item=item, key=key, answer=Answer(["f1", "f3"]), points=0.0, score=score_item(item, Answer(["f1", "f3"]), key))
    assert "One of your two is right, and one is not." in Outline(page_of(one)).words


def test_a_rubric_and_its_comments_come_back(catalogue):
    item = catalogue.items["fence-essay"]
    one = replace(answered(catalogue, "fence-essay", {"headline": "A fence"}), points=1.5, score=score_by_hand(item, {"fits": 1.5}), comments=("Good <verb>.",))
    words = Outline(page_of(one)).words
    assert "Every word stands on a clause 1.5 of 2 points." in words and "Your teacher writes: Good <verb>." in words


def test_feedback_that_opens_later_is_not_on_the_page(catalogue):
    one = answered(catalogue, "fence-count", "4", opens_after="7, Newsroom")
    page = page_of(one)
    words = Outline(page).words
    assert "Your answer has arrived. What the key says comes after you hand in lesson 7, Newsroom." in words
    assert "SECRET-WHY" not in page and "0 of 2 points." not in page and "Up to 2 points, told later" in words
    assert LessonReport(LESSON, "", (replace(one, points=2.0),)).points == 0


def test_points_for_answering_say_how_much_was_answered(catalogue):
    item = replace(catalogue.items["fence-label"], points=5.0, credit="completion")
    answer = Answer({"f1": {"voice": "author", "kind": "fact"}})
    one = Answered(item, "scored", 1.67, catalogue.text_of(item), None, answer, score_credit(item, answer, None), opens_after="7")
    words = Outline(page_of(one)).words
    assert "These points are for answering, right or wrong. You answered 1 of 3 parts. You will see what is right later in the course." in words
    assert "answers shown later in the course" in words and "1.67 of 5 points." in words and "so far" not in words


def test_the_page_is_out_of_the_same_as_the_gradebook_and_lists_what_is_missing(tmp_path):
    catalogue = small_catalogue(tmp_path)
    catalogue.lessons["02_gates"] = replace(catalogue.lessons[LESSON], id="02_gates", title="Gates")
    gate = replace(catalogue.items["fence-count"], id="gate-count", lesson="02_gates", points=15.0)
    catalogue.items["gate-count"], catalogue.keys["gate-count"] = gate, replace(catalogue.keys["fence-count"], item="gate-count")
    catalogue.wording["gate-count"], catalogue.columns["02_gates"] = "", (Column("gate-count", "02_gates", (gate,)),)
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-count", "3"))
    hand_in(tmp_path / "h", "bo", answer(catalogue, "gate-count", "3"), file="bo--02_gates.jsonl", lesson="02_gates")
    open_class(tmp_path / "h", catalogue=catalogue).write(tmp_path / "out")
    out_of = {row["learner"]: row["out_of"] for row in read_table(tmp_path / "out/gradebook.csv")}
    for learner, told in (("ann", "Not handed in: 0 of 15 points."), ("bo", "Not handed in: 0 of 4 points.")):
        words = Outline((tmp_path / f"out/feedback/{learner}.html").read_text("utf-8")).words
        assert told in words and out_of[learner] == "19"
        assert re.search(r"Total [\d.]+ 19 ", words)


def test_a_file_that_stopped_says_what_to_send(tmp_path):
    catalogue = small_catalogue(tmp_path)
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-count", "3"), responses=7)
    open_class(tmp_path / "h", catalogue=catalogue).write(tmp_path / "out")
    words = Outline((tmp_path / "out/feedback/ann.html").read_text("utf-8")).words
    assert "Your file stopped before this question. Press Hand in again and send the new file." in words and "1 of 1 point." in words


def test_what_to_do_next_is_said_where_something_is_not_right_yet(catalogue):
    right, wrong = answered(catalogue, "fence-pick", ["f3"]), answered(catalogue, "fence-pick", ["f1"])
    assert "What next?" in page_of(right, wrong) and "What next?" not in page_of(right)
    assert "2 of 2 points." in page_of(right) and "so far" not in page_of(right)


def test_one_practice_question_is_one(catalogue):
    right = answered(catalogue, "fence-pick", ["f3"])
    assert "1 practice question. You saw its answer at once." in page_of(right, practised=1)
    assert "2 practice questions. You saw their answers at once." in page_of(right, practised=2)


def test_feedback_opens_when_the_lesson_it_waits_for_is_handed_in(tmp_path):
    catalogue = small_catalogue(tmp_path)
    for later, told in (("07_newsroom", False), (LESSON, True)):
        catalogue.items["fence-count"] = replace(catalogue.items["fence-count"], opens_with=later)
        catalogue.columns[LESSON] = tuple(replace(column, items=tuple(catalogue.items[item.id] for item in column.items)) for column in catalogue.columns[LESSON])
        hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-count", "4"))
        open_class(tmp_path / "h", catalogue=catalogue).write(tmp_path / "out")
        assert ("SECRET-WHY" in (tmp_path / "out/feedback/ann.html").read_text("utf-8")) is told


MISSHAPEN = {
    # an answer that a person gave points: (item, what stands in the file)
    "a number for options": ("fence-pick", 5),
    "options inside options": ("fence-pick", [["f3"]]),
    "an option that is gone": ("fence-pick", ["f9"]),
    "a number for marks": ("fence-mark", 7),
    "a mark in a unit that is gone": ("fence-mark", [{"label": "cue", "unit": "f9", "start": 0, "end": 4, "quote": "said"}]),
    "a mark beyond the unit": ("fence-mark", [{"label": "cue", "unit": "f3", "start": 0, "end": 400, "quote": ""}]),
    "a list for labels": ("fence-label", ["author"]),
    "labels of a unit that is gone": ("fence-label", {"f9": {"voice": "author"}}),
    "a number for an order": ("fence-order", 3),
    "a list for a number": ("fence-count", ["3"]),
    "a text for fields": ("fence-essay", "A fence"),
}


@pytest.mark.parametrize("points", [0.5, 2.0])
@pytest.mark.parametrize("name", MISSHAPEN)
def test_points_by_hand_for_an_answer_that_does_not_fit_make_a_page(catalogue, name, points):
    item, value = MISSHAPEN[name]
    by_hand = Score(Outcome.NEEDS_A_PERSON, points, 2.0)
    one = replace(answered(catalogue, item, None, points=2.0, score=by_hand, comments=("I see what you meant.",)), points=points, answer=Answer(value))
    words = Outline(page_of(one)).words
    assert f"{points:g} of 2 points." in words and "could not be read here" in words and "I see what you meant." in words


@pytest.mark.parametrize(("item", "value"), [("fence-pick", 5), ("fence-mark", 7), ("fence-mark", [{"label": "cue", "unit": "f9", "start": 0, "end": 4}])])
@pytest.mark.parametrize("row", ["points,1", "wording,accept"])
def test_the_cure_for_an_answer_that_does_not_fit_leads_to_a_page(tmp_path, item, value, row):
    catalogue = small_catalogue(tmp_path)
    catalogue.columns[LESSON] += (Column(item, LESSON, (replace(catalogue.items[item], points=2.0, graded=True),)),)
    hand_in(tmp_path / "h", "ann", {**answer(catalogue, item, value), "seen": "another12345"})
    (tmp_path / "marks.csv").write_text(f"learner,item,criterion,level,comment\nann,{item},{row},So be it.\n")
    classroom = open_class(tmp_path / "h", marks=tmp_path / "marks.csv", catalogue=catalogue)
    classroom.write(tmp_path / "out")
    assert classroom.sheets["ann", LESSON].cells[item].written == {"points,1": "1", "wording,accept": "malformed"}[row]
    assert "So be it." in (tmp_path / "out/feedback/ann.html").read_text("utf-8")


def test_a_file_that_could_not_be_read_is_no_wrong_answer(catalogue):
    words = Outline(page_of(answered(catalogue, "fence-pick", None, state="malformed"), usable=False)).words
    assert "nothing was counted as wrong" in words and "not readable" in words and "Your file could not be read: no points yet." in words


# what it may not do


HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'><!--</style></title>&lt;b&gt;' + OVERRIDE + "txt.exe\x00\x1b[31m\ud800"


def test_no_text_of_a_learner_becomes_markup(catalogue):
    essay = answered(catalogue, "fence-essay", {"headline": HOSTILE}, state="needs a person")
    count = replace(answered(catalogue, "fence-count", "3"), answer=Answer(HOSTILE, reason=HOSTILE, confidence=HOSTILE), comments=(HOSTILE,))
    page = page_of(essay, count, name=HOSTILE)
    outline = Outline(page)
    assert not {"script", "img", "b", "iframe", "link", "object"} & {name for name, _ in outline.seen}
    assert all(not key.startswith("on") and key != "style" for _, attributes in outline.seen for key in attributes)
    assert "alert(1)</script>" in outline.words and "&lt;b&gt;" in outline.words
    assert not set(page) & {OVERRIDE, "\x00", "\x1b", "\ud800"}
    page.encode("utf-8")


def test_the_page_loads_nothing_and_may_run_nothing(catalogue):
    page = page_of(answered(catalogue, "fence-count", "3"))
    policy = next(attributes["content"] for name, attributes in Outline(page).seen if attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy
    assert not re.search(r"https?://|src=|url\(|@import", page)


def test_a_very_long_text_is_cut_and_says_so(catalogue):
    page = page_of(answered(catalogue, "fence-essay", {"headline": "x" * 1_000_000}, state="needs a person"))
    assert len(page) < 60_000 and "Only the beginning is shown here" in page


def test_the_page_has_a_language_landmarks_and_headings_in_order(catalogue):
    outline = Outline(page_of(answered(catalogue, "fence-count", "3"), answered(catalogue, "fence-mark", MARKS)))
    names = [name for name, _ in outline.seen]
    assert dict(outline.seen)["html"]["lang"] == "en"
    assert all(names.count(landmark) == 1 for landmark in ("header", "main", "footer", "h1"))
    levels = [int(name[1]) for name in names if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    ids = [attributes["id"] for _, attributes in outline.seen if "id" in attributes]
    assert len(set(ids)) == len(ids)


def test_each_question_has_a_link_in_the_order_in_which_it_was_asked(catalogue):
    asked = [answered(catalogue, "fence-pick", ["f1"]), answered(catalogue, "fence-count", "3"), answered(catalogue, "fence-mark", MARKS), answered(catalogue, "form-a", None, state="unanswered")]
    outline = Outline(page_of(*asked))
    places = {attributes["id"] for name, attributes in outline.seen if name == "article"}
    links = [attributes["href"] for name, attributes in outline.seen if name == "a" and attributes["href"].startswith("#question-")]
    assert links == [f"#question-{one.item.id}" for one in asked] and {link[1:] for link in links} == places
    assert "1 look again 2 right 3 look again 4 not answered" in outline.words
    assert "#question-" not in page_of(*asked[:2])


def test_the_chain_of_the_key_is_a_list_beside_the_learners(catalogue):
    page = page_of(answered(catalogue, "fence-order", ["deed", "wish"]))
    sides = re.findall(r'<ol class="chain">(.*?)</ol>', page)
    assert [side.count("<li") for side in sides] == [2, 2] and "in another place" in sides[0] and "in order" in sides[1]


def test_only_the_question_of_a_long_prompt_is_a_heading(catalogue):
    one = answered(catalogue, "fence-count", "3")
    long = "Mr. Ilie has painted the fence, and then he has painted it again, and nobody in the street knows why. **How many coats?** Write a figure."
    page = page_of(replace(one, item=replace(one.item, prompt=long)))
    assert "</span>How many coats?</h4>" in page and "street knows why. Write a figure.</p>" in page


# pieces


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("=1", "'=1"), ("\n=1", "'\n=1"), ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠A", "'＠A"), ("\t=1", "'\t=1"), ("\r=1", "'\ufffd=1"), ("-", "'-"), ("3.5", "3.5"), ("a=b", "a=b"), (f"{OVERRIDE}=1", "\ufffd=1"), ("", "")],
)
def test_a_cell_is_shown_and_never_run(cell, shown):
    assert harmless(cell) == shown
    assert "\ufffd" in shown or meant(shown) == cell


def test_a_table_opens_in_excel_as_utf_8_and_keeps_its_cells():
    assert csv_bytes(["a"], [["Zoë, \"김\"\n2"]]) == '\ufeffa\r\n"Zoë, ""김""\n2"\r\n'.encode()


def test_what_is_built_is_escaped_once():
    assert tag("p", "a & b", tag("i", "<"), title='"') == '<p title="&quot;">a &amp; b<i>&lt;</i></p>'
    assert rich("**a** *b* <c> 2*3") == "<strong>a</strong> <em>b</em> &lt;c&gt; 2*3"
    assert escape(3) == "3" and visible("a\tb\nc") == "a\tb\nc"


def test_every_state_has_its_group(catalogue):
    one = answered(catalogue, "fence-count", "3")
    states = [replace(one, state=state) for state in ("needs a person", "unanswered", "malformed")]
    assert [question.group for question in (one, replace(one, points=0), *states)] == ["right", "again", "waiting", "blank", "unread"]
    assert Score(Outcome.CORRECT).outcome.value == "correct"
