"""Questions for Moodle: read again by Moodle's rules they are worth what they are worth here, and no text breaks the file."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course.cli import main
from course.exports.carrying import combinations, sets_of
from course.exports.elements import element, file_of
from course.exports.moodle_xml import FRACTIONS, export_moodle_xml, moodle_xml
from course.exports.questions import Notes
from course.exports.rules_moodle_xml import KNOWN_FRACTIONS, Bank, moodle_xml_complaints, parse
from course.exports.told import ExportError
from course.items import Answer, Key, Option, Text, Unit
from course.release import release
from course.reports.html import Html, visible
from course.scoring import score_item
from tests.asked_elsewhere import asking, course, invented, our_share, several_answers, single_answers
from tests.scored_items import CHAIN, CHAIN_KEY, CLASSIFY, CLASSIFY_KEY, ESSAY, ESSAY_KEY, EVERY, NUMBER, NUMBER_KEY, ONE, ONE_KEY, SEVERAL, SEVERAL_KEY, TEXT, TWO, TWO_KEY, WRITE, WRITE_KEY


@pytest.fixture(scope="module")
def bank(tmp_path_factory) -> Bank:
    """The whole course, exported and read again."""
    out = tmp_path_factory.mktemp("moodle") / "questions.xml"
    export_moodle_xml(asking(), out)
    return parse(out.read_bytes())


def imported(tmp_path: Path, *pairs) -> Bank:
    """Invented items, exported and read again."""
    export_moodle_xml(invented(*pairs, texts=(TEXT,)), tmp_path / "questions.xml")
    return parse((tmp_path / "questions.xml").read_bytes())


def test_the_whole_course_is_taken_as_it_is_meant(bank):
    assert bank.complaints == []
    assert len(bank.questions) > 250
    assert {question.category for question in bank.questions} >= {"$course$/top/Says Who?/06 Upstream", "$course$/top/Says Who?/01 Who is speaking?/Form 2"}
    assert {question.type for question in bank.questions} == {"multichoice", "matching", "essay"}
    assert all(tag in question.tags for question in bank.questions if question.idnumber == "owner-01-f1" for tag in ("01_who_is_speaking", "practice", "objective 1"))


def test_a_question_stands_once_even_where_every_form_asks_it(bank):
    names = [question.idnumber for question in bank.questions]
    assert len(names) == len(set(names))


def test_every_clause_is_worth_there_what_it_is_worth_here(bank):
    by_id = {question.idnumber: question for question in bank.questions}
    compared = 0
    for item in course().items.values():
        if item.type != "classify" or item.credit != "score":
            continue
        for place, unit in enumerate(item.units):
            question = by_id[f"{item.id}-{unit}"]
            for chosen, (_, share, _) in zip(combinations(item), question.answers, strict=True):
                score = score_item(item, Answer({unit: chosen}), course().keys[item.id])
                assert share * question.mark == pytest.approx(score.parts[place].points, abs=1e-5), (item.id, unit, chosen)
                compared += 1
    assert compared > 1000


def test_every_pick_is_worth_there_what_it_is_worth_here(bank):
    by_id = {question.idnumber: question for question in bank.questions}
    picks = [item for item in course().items.values() if item.type == "pick" and item.choose < 2 and item.credit == "score" and course().keys[item.id].answer]
    for item in picks:
        question, key = by_id[item.id], course().keys[item.id]
        if item.choose == 1:
            for place, answer in single_answers(item):
                assert question.single and question.answers[place][1] == our_share(item, answer, key), (item.id, answer)
            continue
        for places, answer in several_answers(item):
            there = max(0, min(1, sum(question.answers[place][1] for place in places)))
            assert not question.single and there == pytest.approx(our_share(item, answer, key), abs=1e-5), (item.id, answer)
    assert len(picks) > 40


def test_what_is_said_to_each_answer_and_after_all_of_them_goes_along(bank):
    by_id = {question.idnumber: question for question in bank.questions}
    key, question = course().keys["judged-02-a"], by_id["judged-02-a"]
    item = course().items["judged-02-a"]
    for option, (words, _, feedback) in zip(item.options, question.answers, strict=True):
        assert option.text.split()[0] in words and key.feedback[option.id].split()[0].strip("*") in feedback
    assert "The key says:" in by_id["owner-01-f1"].feedback
    assert "<li>5: Both links are there and in order" in by_id["report-01-a"].graderinfo


def test_every_type_of_item_arrives(tmp_path):
    bank = imported(tmp_path, *{item.id: (item, key) for item, key in EVERY}.values())
    types = {question.idnumber: question.type for question in bank.questions}
    assert types == {
        "one": "multichoice", "two-step": "multichoice", "two-step-why": "multichoice", "several": "multichoice", "two": "multichoice", "mark": "essay", "chain": "matching",
        "classify-f1": "multichoice", "classify-f2": "multichoice", "classify-f3": "multichoice", "write": "shortanswer", "number": "numerical", "essay": "essay",
    }
    by_id = {question.idnumber: question for question in bank.questions}
    assert by_id["chain"].rows == [("<p>Place 2</p>", "paper"), ("<p>Place 3</p>", "official"), ("<p>Place 4</p>", "moss"), ("", "rumour")]
    assert (by_id["number"].answers[0][0], by_id["number"].tolerance) == ("17", [1.0])
    assert [answer for answer, _, _ in by_id["write"].answers] == ["Yomiuri", "the Yomiuri"]
    assert "Ownership" in by_id["essay"].graderinfo and "Report" in by_id["essay"].template
    assert [share for _, share, _ in by_id["two"].answers] == pytest.approx([1 / 3, 1 / 3, 1 / 3, -1 / 3, -1 / 3, -1 / 3], abs=1e-6)


def test_a_stroke_in_a_title_makes_no_category_of_its_own(tmp_path):
    asked = invented((ONE, ONE_KEY))
    export_moodle_xml(replace(asked, lessons=(replace(asked.lessons[0], title="Who/whom?"),)), tmp_path / "q.xml")
    assert [question.category for question in parse((tmp_path / "q.xml").read_bytes()).questions] == ["$course$/top/Says Who?/07 Who//whom?"]


def test_what_moodle_has_no_share_for_is_named_and_left_out(tmp_path):
    item = replace(SEVERAL, options=tuple(Option(f"o{number}", f"o{number}") for number in range(12)))
    told = export_moodle_xml(invented((item, Key("several", [option.id for option in item.options[:11]])), (ONE, ONE_KEY)), tmp_path / "q.xml")
    assert "The question itself: Moodle knows no share of 1 in 11, so it has no room for so many right options (several)" in told
    assert [question.idnumber for question in parse((tmp_path / "q.xml").read_bytes()).questions] == ["one"]
    with pytest.raises(ExportError, match="None of the questions that were chosen can be carried"):
        export_moodle_xml(invented((item, Key("several", [option.id for option in item.options[:11]]))), tmp_path / "none.xml")
    assert not (tmp_path / "none.xml").exists()


@pytest.mark.parametrize(("item", "key", "before", "after", "complaint"), [
    (ONE, ONE_KEY, 'fraction="100"', 'fraction="13"', "Moodle does not know the share 13 %"),
    (ONE, ONE_KEY, 'fraction="100"', 'fraction="90"', "no answer earns 100 %: the import stops here"),
    (ONE, ONE_KEY, 'fraction="0"', 'fraction="ten"', "Moodle does not know the share nan %"),
    (SEVERAL, SEVERAL_KEY, 'fraction="25"', 'fraction="50"', "its right answers earn 200% together: the import stops here"),
    (ONE, ONE_KEY, "<text><![CDATA[a]]></text>", "<text/>", "an answer has no words"),
    (ONE, ONE_KEY, 'type="multichoice"', 'type="choice"', "the type 'choice' is unknown"),
    (ONE, ONE_KEY, "<name><text>one</text></name>", "", "it has no name"),
    (ONE, ONE_KEY, 'format="html"', 'format="htm"', "the text format 'htm' is unknown"),
    (ONE, ONE_KEY, "<defaultgrade>2<", "<defaultgrade>two<", "its default mark is no number"),
    (ONE, ONE_KEY, "<defaultgrade>2<", "<defaultgrade>3<", "the question 'one' is worth 3 there"),
    (ONE, ONE_KEY, "<idnumber>one<", "<idnumber>two<", "the question 'one' did not arrive"),
    (CLASSIFY, CLASSIFY_KEY, "<idnumber>classify-f2<", "<idnumber>classify-f1<", "its idnumber stands twice in the category"),
    (CHAIN, CHAIN_KEY, "<text>moss</text>", "<text/>", "a stem has no answer"),
    (CHAIN, CHAIN_KEY, "<text>moss</text>", "<text>paper</text>", "two stems have the same answer"),
    (CHAIN, CHAIN_KEY, "<text>rumour</text>", "<text>0</text>", "an answer that fits no stem is empty"),
    (NUMBER, NUMBER_KEY, "<text>17</text>", "<text>seventeen</text>", "'seventeen' is no number"),
    (WRITE, WRITE_KEY, 'fraction="100"', 'fraction="50"', "no answer earns 100 %"),
    (ESSAY, ESSAY_KEY, "<responseformat>editor<", "<responseformat>paper<", "its response format is unknown"),
    (ONE, ONE_KEY, "</quiz>", "", "it is no XML in UTF-8"),
    (ONE, ONE_KEY, "quiz>", "quizz>", "it holds no <quiz>"),
])  # fmt: skip
def test_the_rules_notice_what_moodle_would_refuse_or_take_otherwise(tmp_path, item, key, before, after, complaint):
    export_moodle_xml(invented((item, key), texts=(TEXT,)), tmp_path / "q.xml")
    contents = (tmp_path / "q.xml").read_bytes()
    expected = {question.idnumber: question.mark for question in parse(contents).questions}
    broken = contents.replace(before.encode(), after.encode())
    assert broken != contents and moodle_xml_complaints(contents, expected) == []
    assert any(complaint in told for told in moodle_xml_complaints(broken, expected)), moodle_xml_complaints(broken, expected)


def test_a_choice_between_one_answer_stops_an_import(tmp_path):
    with pytest.raises(ExportError, match=r"was not written, since Moodle would not take it as it is meant: .*fewer than two answers"):
        imported(tmp_path, (replace(ONE, options=ONE.options[:1]), Key("one", ["a"])))


def test_the_fractions_are_those_of_both_files():
    assert [float(one) / 100 for one in FRACTIONS] == pytest.approx(KNOWN_FRACTIONS, abs=1e-7)


@given(st.text(st.sampled_from("]>[!<&CDAT x")))
@example("a]]>b<![CDATA[c]]>")
def test_html_that_holds_the_end_of_a_section_comes_back_whole(words):
    written = file_of(element("quiz", element("text", Html(words))))
    assert ElementTree.fromstring(written).findtext("text") == words


HOSTILE = st.text(st.characters(), min_size=1, max_size=40)


@given(HOSTILE, HOSTILE)
@example("]]>", "<![CDATA[ ]]> &amp; \x00\x0b\ud800")
@example("</text></questiontext><script>alert(1)</script>", "\u202eevil\u2066 שלום \U0001f4f0 a\uffff")
@example("&#0; &bogus; %s {0} @@PLUGINFILE@@", "**bold** *it*")
def test_no_text_breaks_the_file(words, other):
    shown = Text("t", words, (Unit("u1", 1, f"x{words}"), Unit("u2", 1, f"y{other}")), rights=f"Ask the author. {other}")
    item = replace(CLASSIFY, text="t", units=("u1", "u2"), prompt=f"p{words}")
    key = Key("classify", why=other, units={name: replace(CLASSIFY_KEY.units["f1"], unit=name, why=f"w{words}{other}") for name in item.units})
    chain = replace(CHAIN, cards=tuple(Option(card.id, f"{card.id} {other}") for card in CHAIN.cards))
    sets = sets_of(invented((item, key), (chain, CHAIN_KEY), texts=(shown,)), Notes())
    bank = parse(moodle_xml(sets))
    assert bank.complaints == [] and len(bank.questions) == 3
    assert "<script" not in bank.questions[0].text
    # An asterisk sets bold and italics in our texts; in a card it has nothing to do.
    assert bank.questions[2].rows[0][1] == visible(f"paper {other}".replace("*", "")).strip().replace("\r", "\n")


def test_the_command_writes_warns_and_names_what_is_left_behind(tmp_path, capsys):
    assert main(["export", "moodle-xml", "--lessons", "1", "5", "--out", str(tmp_path / "q.xml")]) == 0
    told = capsys.readouterr().out
    for words in ("is ready for Moodle", "It holds the right answers: keep it away from learners", "What is different there:", "ask the author", "harbour-03-a, harbour-03-b"):
        assert words in told
    bank = parse((tmp_path / "q.xml").read_bytes())
    assert {question.category.split("/")[3][:2] for question in bank.questions} == {"01", "05"}
    assert main(["export", "moodle-xml", "--lessons", "1", "--practice", "--out", str(tmp_path / "p.xml")]) == 0
    assert all("practice" in question.tags for question in parse((tmp_path / "p.xml").read_bytes()).questions)
    assert main(["export", "moodle-xml", "--lessons", "99", "--out", str(tmp_path / "n.xml")]) == 1
    assert "There is no lesson '99'" in capsys.readouterr().err and not (tmp_path / "n.xml").exists()


def test_a_class_release_has_no_keys_to_export(tmp_path, monkeypatch, capsys):
    release(tmp_path / "class")
    monkeypatch.setattr("course.classroom.catalogue.find_data", lambda data: tmp_path / "class" / "data")
    assert main(["export", "moodle-xml", "--out", str(tmp_path / "q.xml")]) == 1
    assert "Name the folder with the graded keys: --keys DIR." in capsys.readouterr().err
