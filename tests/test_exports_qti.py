"""Questions for Canvas: read again by Canvas's rules they have our right answers and points, and no text breaks the zip."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course.cli import main
from course.exports.carrying import combinations
from course.exports.qti import canvas_sets, export_qti, qti_zip
from course.exports.questions import COUNTING, PRACTICE, Notes
from course.exports.rules_qti import Imported, Package, parse, qti_complaints
from course.exports.told import ExportError
from course.items import Answer, Key, Option, Text, Unit
from course.reports.html import visible
from course.scoring import score_item
from tests.asked_elsewhere import asking, course, invented, our_share, several_answers
from tests.scored_items import CHAIN, CHAIN_KEY, CLASSIFY, CLASSIFY_KEY, EVERY, NUMBER, NUMBER_KEY, ONE, ONE_KEY, SEVERAL, SEVERAL_KEY, TEXT, WRITE, WRITE_KEY


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Package:
    """The whole course, exported and read again."""
    out = tmp_path_factory.mktemp("canvas") / "quizzes.zip"
    export_qti(asking(), out)
    return parse(out.read_bytes())


def by_our_id(package: Package) -> dict[str, Imported]:
    """The questions by our ids, those of one form each."""
    return {question.ident.split("_", 2)[2].partition("_")[2].split("_")[-1]: question for questions in package.quizzes.values() for question in questions}


def imported(tmp_path: Path, *pairs) -> dict[str, Imported]:
    """Invented items, exported and read again."""
    export_qti(invented(*pairs, texts=(TEXT,)), tmp_path / "q.zip")
    package = parse((tmp_path / "q.zip").read_bytes())
    assert package.complaints == []
    return by_our_id(package)


def test_the_whole_course_is_taken_as_it_is_meant(package):
    assert package.complaints == []
    assert {"Says Who? 01 Who is speaking?, form 1", "Says Who? 01 Who is speaking?, form 2", "Says Who? 08 Two weeks later"} <= set(package.quizzes)
    types = {question.type for questions in package.quizzes.values() for question in questions}
    assert types == {"multiple_choice_question", "multiple_answers_question", "matching_question", "essay_question"}
    for title, questions in package.quizzes.items():
        assert float(package.settings[title]["points_possible"]) == pytest.approx(sum(question.points for question in questions), abs=0.01)
        assert package.settings[title]["available"] == "false" and package.settings[title]["hide_results"] == "always"


def test_the_right_answer_of_each_clause_earns_all_here(package):
    questions, compared = by_our_id(package), 0
    for item in course().items.values():
        if item.type != "classify" or item.credit != "score":
            continue
        for place, unit in enumerate(item.units):
            question, key = questions[f"{item.id}-{unit}"], course().keys[item.id]
            (right,) = question.right
            given = list(combinations(item))[list(question.answers).index(right)]
            part = score_item(item, Answer({unit: given}), key).parts[place]
            assert (part.points, part.note) == (pytest.approx(question.points, abs=1e-5), ""), (item.id, unit)
            compared += 1
    assert compared > 100


def test_picks_of_several_earn_there_what_they_earn_here(package):
    questions = by_our_id(package)
    items = [item for item in course().items.values() if item.type == "pick" and item.choose == 0 and course().keys[item.id].answer]
    for item in items:
        question = questions[item.id]
        for places, answer in several_answers(item):
            chosen = {list(question.answers)[place] for place in places}
            # Canvas: each right one adds a share, each wrong one takes one away, and nobody gets less than nothing.
            there = max(0, len(chosen & set(question.right)) - len(chosen - set(question.right))) / len(question.right)
            assert there == pytest.approx(our_share(item, answer, course().keys[item.id]), abs=1e-9)
    assert items


def test_every_type_of_item_arrives(tmp_path):
    questions = imported(tmp_path, *{item.id: (item, key) for item, key in EVERY}.values())
    assert {name: question.type.removesuffix("_question") for name, question in questions.items()} == {
        "one": "multiple_choice", "two-step": "multiple_choice", "two-step-why": "multiple_choice", "several": "multiple_answers", "two": "multiple_answers", "mark": "essay",
        "classify-f1": "multiple_choice", "classify-f2": "multiple_choice", "classify-f3": "multiple_choice", "chain": "matching", "write": "short_answer", "number": "numerical",
        "essay": "essay",
    }
    assert [questions["one"].answers[right] for right in questions["one"].right] == ["a"]
    assert [questions["several"].answers[right] for right in questions["several"].right] == ["a", "b", "c", "d"]
    assert questions["chain"].matches == {"Place 2": "paper", "Place 3": "official", "Place 4": "moss"} and "rumour" in questions["chain"].options
    assert questions["write"].right == ["Yomiuri", "the Yomiuri"]
    assert questions["number"].numbers == [(16.0, 18.0)]
    assert "Ownership" in questions["essay"].general
    assert questions["two-step"].points == questions["two-step-why"].points == 1


def test_what_is_said_to_each_answer_goes_along(package):
    question, item, key = by_our_id(package)["judged-02-a"], course().items["judged-02-a"], course().keys["judged-02-a"]
    for (ident, words), option in zip(question.answers.items(), item.options, strict=True):
        assert option.text.split()[0] in words and key.feedback[option.id].split()[0].strip("*") in question.comments[ident]
    assert key.why.split()[0] in question.general


def test_what_canvas_can_not_ask_is_named(tmp_path):
    told = export_qti(asking("00_before_you_start", "07_newsroom"), tmp_path / "q.zip")
    left_out = told.partition("What was not carried:")[2]
    assert "since Canvas wants a right answer that earns the points: ask it as a survey there, or in the kit (impression-01, first-test-a, first-test-b, impression-02)" in left_out
    assert "Canvas knows one right answer to a choice (map-01-a, map-01-b, map-01-c)" in left_out
    assert "impression-01" not in told.partition("What was not carried:")[0], "what was left out is not said to be different"
    assert not {"first-test-a-a1", "impression-01"} & by_our_id(parse((tmp_path / "q.zip").read_bytes())).keys()
    with pytest.raises(ExportError, match="None of the questions that were chosen can be carried"):
        export_qti(asking("06_upstream", which=COUNTING), tmp_path / "none.zip")


def test_practice_shows_its_results_and_the_rest_does_not(tmp_path):
    export_qti(asking("01_who_is_speaking", which=PRACTICE), tmp_path / "q.zip")
    (settings,) = parse((tmp_path / "q.zip").read_bytes()).settings.values()
    assert (settings["quiz_type"], settings["hide_results"], settings["allowed_attempts"]) == ("practice_quiz", "", "-1")


def test_the_same_questions_make_the_same_zip(tmp_path):
    for name in ("a.zip", "b.zip"):
        export_qti(asking("02_whose_judgement"), tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def changed(contents: bytes, name: str, before: str, after: str) -> bytes:
    """The zip with other words in the files whose path ends with a name; with no words before, without those files."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contents)) as old, zipfile.ZipFile(written, "w") as new:
        for path in old.namelist():
            text = old.read(path).decode("utf-8")
            if path.endswith(name) and not before:
                continue
            assert not path.endswith(name) or before in text
            new.writestr(path, text.replace(before, after) if path.endswith(name) else text)
    return written.getvalue()


QUIZ, SETTINGS, MANIFEST = "invented.xml", "assessment_meta.xml", "imsmanifest.xml"
@pytest.mark.parametrize(("item", "key", "name", "before", "after", "complaint"), [
    (ONE, ONE_KEY, QUIZ, "multiple_choice_question", "choice_question", "the type 'choice_question' is unknown"),
    (ONE, ONE_KEY, QUIZ, '<setvar action="Set" varname="SCORE">100', '<setvar action="Set" varname="SCORE">0', "Canvas can't tell which answer is right"),
    (ONE, ONE_KEY, QUIZ, ">a1001<", ">a1009<", "a right answer is not among its answers"),
    (ONE, ONE_KEY, QUIZ, "<fieldentry>2<", "<fieldentry>two<", "its points are no number"),
    (ONE, ONE_KEY, QUIZ, "<fieldentry>2<", "<fieldentry>3<", "did not arrive with its 2 points"),
    (ONE, ONE_KEY, QUIZ, 'ident="a1002"', 'ident="1002"', "the id '1002' is no XML name"),
    (ONE, ONE_KEY, QUIZ, "<![CDATA[b]]>", "", "an answer has no words"),
    (ONE, replace(ONE_KEY, feedback={"a": "Yes."}), QUIZ, "a1001_fb", "a1001_correct_fb", "Canvas takes the comment 'a1001_correct_fb' on one answer for one on the whole question"),
    (ONE, replace(ONE_KEY, feedback={"a": "Yes."}), QUIZ, 'linkrefid="a1001_fb"', 'linkrefid="b_fb"', "the comment 'b_fb' is not there"),
    (SEVERAL, SEVERAL_KEY, QUIZ, "multiple_answers_question", "multiple_choice_question", "a choice of one has several right answers"),
    (CHAIN, CHAIN_KEY, QUIZ, 'action="Add"', 'action="Set"', "a stem has no right answer"),
    (CHAIN, CHAIN_KEY, QUIZ, ">rumour<", ">moss<", "two of its answers read alike"),
    (NUMBER, NUMBER_KEY, QUIZ, "vargte", "varbig", "it has no right number"),
    (WRITE, WRITE_KEY, QUIZ, ">Yomiuri<", "><", "Canvas makes an essay of it"),
    (ONE, ONE_KEY, QUIZ, "</assessment>", "", "is no XML in UTF-8"),
    (ONE, ONE_KEY, QUIZ, "", "", "invented.xml is not in the zip"),
    (ONE, ONE_KEY, SETTINGS, "", "", "assessment_meta.xml is not in the zip"),
    (ONE, ONE_KEY, SETTINGS, "<points_possible>2<", "<points_possible>5<", "says that it is worth 5"),
    (ONE, ONE_KEY, SETTINGS, 'identifier="sayswho', 'identifier="other', "belong to another quiz"),
    (ONE, ONE_KEY, MANIFEST, "imsqti_xmlv1p2", "imsqti_xmlv9", "its manifest has no resource of the type imsqti_xmlv1p2"),
    (ONE, ONE_KEY, MANIFEST, "", "", "imsmanifest.xml is not in the zip"),
])  # fmt: skip
def test_the_rules_notice_what_canvas_would_refuse_or_take_otherwise(tmp_path, item, key, name, before, after, complaint):
    export_qti(invented((item, key), texts=(TEXT,)), tmp_path / "q.zip")
    contents = (tmp_path / "q.zip").read_bytes()
    expected = {"Says Who? 07 Invented": {item.id: item.points}}
    assert qti_complaints(contents, expected) == []
    found = qti_complaints(changed(contents, name, before, after), expected)
    assert any(complaint in told for told in found), found


def test_what_is_no_zip_is_said_to_be_none():
    assert qti_complaints(b"PK, but no zip") == ["it is no zip."]


HOSTILE = st.text(st.characters(), min_size=1, max_size=40)


@given(HOSTILE, HOSTILE)
@example("]]>", "<![CDATA[ ]]> &amp; \x00\x0b\ud800")
@example("</mattext></material><script>alert(1)</script>", "\u202eevil\u2066 שלום \U0001f4f0 a\uffff")
def test_no_text_breaks_the_zip(words, other):
    shown = Text("t", words, (Unit("u1", 1, f"x{words}"), Unit("u2", 1, f"y{other}")), rights=f"Ask the author. {other}")
    item = replace(CLASSIFY, text="t", units=("u1", "u2"), prompt=f"p{words}")
    key = Key("classify", why=other, units={name: replace(CLASSIFY_KEY.units["f1"], unit=name, why=f"w{words}{other}") for name in item.units})
    chain = replace(CHAIN, cards=tuple(Option(card.id, f"{card.id} {other}") for card in CHAIN.cards))
    package = parse(qti_zip(canvas_sets(invented((item, key), (chain, CHAIN_KEY), texts=(shown,)), Notes()), practice=False))
    assert package.complaints == []
    (questions,) = package.quizzes.values()
    assert len(questions) == 3 and "<script" not in questions[0].text
    assert questions[2].matches["Place 2"] == visible(f"paper {other}".replace("*", "")).strip().replace("\r", "\n")


def test_the_command_writes_warns_and_names_what_is_left_behind(tmp_path, capsys):
    assert main(["export", "qti", "--lessons", "3", "4", "--all", "--out", str(tmp_path / "q.zip")]) == 0
    told = capsys.readouterr().out
    for words in ("is ready for Canvas", "It holds the right answers: keep it away from learners", "hides its results", "Another order that also earns all (verbs-01)"):
        assert words in told
    assert len(parse((tmp_path / "q.zip").read_bytes()).quizzes) == 4
    assert main(["export", "qti", "--lessons", "3", "--out", str(tmp_path)]) == 1
    assert "can't be written" in capsys.readouterr().err
