"""Questions as QTI 2.1: read again by the specification each answer earns there what it earns here, and no text breaks the package."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course.cli import main
from course.exports.carrying import combinations, sets_of
from course.exports.qti import export_qti
from course.exports.qti21 import export_qti21, for_platforms, qti21_zip
from course.exports.questions import COUNTING, PRACTICE, Notes
from course.exports.rules_qti import parse as parse_12
from course.exports.rules_qti21 import Package, parse, qti21_complaints
from course.exports.rules_qti21_items import Asked
from course.exports.told import ExportError
from course.items import Answer, Key, Option, Text, Unit
from course.reports.html import visible
from course.scoring import score_item
from tests.asked_elsewhere import asking, course, invented, our_share, several_answers, single_answers
from tests.scored_items import CHAIN, CHAIN_KEY, CLASSIFY, CLASSIFY_KEY, ESSAY, ESSAY_KEY, EVERY, NUMBER, NUMBER_KEY, ONE, ONE_KEY, SEVERAL, SEVERAL_KEY, TEXT, WRITE, WRITE_KEY


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Package:
    """The whole course, exported and read again."""
    out = tmp_path_factory.mktemp("qti21") / "tests.zip"
    export_qti21(asking(), out)
    return parse(out.read_bytes())


def by_our_id(package: Package) -> dict[str, Asked]:
    """The items by our ids."""
    return {asked.ident.removeprefix("sayswho_"): asked for items in package.tests.values() for asked in items}


def imported(tmp_path: Path, *pairs) -> dict[str, Asked]:
    """Invented items, exported and read again."""
    export_qti21(invented(*pairs, texts=(TEXT,)), tmp_path / "q.zip")
    package = parse((tmp_path / "q.zip").read_bytes())
    assert package.complaints == []
    return by_our_id(package)


def test_the_whole_course_is_as_the_specification_has_it(package):
    assert package.complaints == []
    assert {"Says Who? 01 Who is speaking?, form 1", "Says Who? 01 Who is speaking?, form 2", "Says Who? 08 Two weeks later"} <= set(package.tests)
    assert {asked.kind for items in package.tests.values() for asked in items} == {"choiceInteraction", "matchInteraction", "extendedTextInteraction"}
    assert {(one["maxAttempts"], one["showFeedback"]) for one in package.controls.values()} == {("1", "false")}


def test_the_items_that_leave_with_their_keys_are_those_that_leave_for_canvas(package, tmp_path):
    export_qti(asking(), tmp_path / "canvas.zip")
    canvas = parse_12((tmp_path / "canvas.zip").read_bytes())
    assert {title: [asked.ident.removeprefix("sayswho_") for asked in items] for title, items in package.tests.items()} == {
        title: [question.ident.rpartition("_")[2] for question in questions] for title, questions in canvas.quizzes.items()
    }


def test_each_answer_to_a_clause_earns_there_what_it_earns_here(package):
    items, compared = by_our_id(package), 0
    for item in course().items.values():
        if item.type != "classify" or item.credit != "score":
            continue
        for place, unit in enumerate(item.units):
            asked = items[f"{item.id}-{unit}"]
            for choice, chosen in zip(asked.sides[0], combinations(item), strict=True):
                part = score_item(item, Answer({unit: chosen}), course().keys[item.id]).parts[place]
                assert asked.earned([choice]) == pytest.approx(part.points, abs=1e-5), (item.id, unit, chosen)
                compared += 1
    assert compared > 500


def test_picks_earn_there_what_they_earn_here(package):
    items = by_our_id(package)
    for item in course().items.values():
        key = course().keys.get(item.id)
        if item.type != "pick" or item.choose > 1 or item.credit != "score" or not key or not key.answer or any(other.needs for other in key.accept):
            continue
        asked = items[item.id]
        answers = several_answers(item) if item.choose == 0 else (((place,), answer) for place, answer in single_answers(item))
        for places, answer in answers:
            chosen = [list(asked.sides[0])[place] for place in places]
            assert asked.earned(chosen) == pytest.approx(asked.points * our_share(item, answer, key), abs=1e-5), item.id


def test_every_type_of_item_arrives(tmp_path):
    items = imported(tmp_path, *{item.id: (item, key) for item, key in EVERY}.values())
    assert {name: (asked.kind.removesuffix("Interaction"), asked.base) for name, asked in items.items()} == {
        **dict.fromkeys(("one", "two-step", "two-step-why", "several", "two", "classify-f1", "classify-f2", "classify-f3"), ("choice", "identifier")),
        **dict.fromkeys(("mark", "essay"), ("extendedText", "string")),
        "chain": ("match", "directedPair"), "write": ("textEntry", "string"), "number": ("textEntry", "float"),
    }
    assert (items["one"].right, items["several"].right) == (["a1"], ["a1", "a2", "a3", "a4"])
    assert items["one"].worth == {"a1": 2, "a2": 2, "a3": 0}, "a second right answer earns all, though only one is called right"
    stems, cards = items["chain"].sides
    assert {stems[one.split()[0]]: cards[one.split()[1]] for one in items["chain"].right} == {"Place 2": "paper", "Place 3": "official", "Place 4": "moss"}
    assert "rumour" in cards.values() and items["chain"].earned(items["chain"].right[:1]) == pytest.approx(items["chain"].points / 3)
    assert list(items["write"].worth) == ["Yomiuri", "the Yomiuri"] and items["number"].numbers == [(16.0, 18.0)]
    assert "Ownership" in items["essay"].whole and "Ownership" not in items["essay"].text, "what is for the marker is not shown with the question"
    assert items["two-step"].points == items["two-step-why"].points == 1


def test_what_is_said_to_each_answer_goes_along(package):
    asked, item, key = by_our_id(package)["judged-02-a"], course().items["judged-02-a"], course().keys["judged-02-a"]
    for (ident, words), option in zip(asked.sides[0].items(), item.options, strict=True):
        assert option.text.split()[0] in words and key.feedback[option.id].split()[0].strip("*") in asked.said[ident]
    assert key.why.split()[0] in asked.whole


def test_what_has_no_wrong_answer_is_named(tmp_path):
    left_out = export_qti21(asking("00_before_you_start", "07_newsroom"), tmp_path / "q.zip").partition("What was not carried:")[2]
    assert "since none of its answers is wrong: ask it as a survey there, or in the kit (impression-01, first-test-a, first-test-b, impression-02)" in left_out
    with pytest.raises(ExportError, match="None of the questions that were chosen can be carried"):
        export_qti21(asking("06_upstream", which=COUNTING), tmp_path / "none.zip")
    assert not (tmp_path / "none.zip").exists()


def test_practice_shows_feedback_and_may_be_tried_again(tmp_path):
    export_qti21(asking("01_who_is_speaking", which=PRACTICE), tmp_path / "q.zip")
    (control,) = parse((tmp_path / "q.zip").read_bytes()).controls.values()
    assert (control["maxAttempts"], control["showFeedback"]) == ("0", "true")


def test_the_same_questions_make_the_same_package_and_an_item_of_two_forms_is_one_file(tmp_path):
    for name in ("a.zip", "b.zip"):
        export_qti21(asking("02_whose_judgement"), tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    tests = parse((tmp_path / "a.zip").read_bytes()).tests
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        files = [name for name in opened.namelist() if name.startswith("sayswho_items/")]
    assert len(files) == len(set(files)) < sum(len(items) for items in tests.values())


def changed(contents: bytes, name: str, before: str, after: str) -> bytes:
    """The package with other words in one file; with no words before, without that file."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contents)) as old, zipfile.ZipFile(written, "w") as new:
        for path in old.namelist():
            text = old.read(path).decode("utf-8")
            if path == name and not before:
                continue
            assert path != name or before in text
            new.writestr(path, text.replace(before, after) if path == name else text)
    return written.getvalue()


ITEM, TEST, MANIFEST = "item", "sayswho_07_invented.xml", "imsmanifest.xml"
TOLD = replace(ONE_KEY, feedback={"a": "Yes."}, why="So.")
@pytest.mark.parametrize(("item", "key", "name", "before", "after", "complaint"), [
    (ONE, ONE_KEY, ITEM, "<value>a1</value></correct", "<value>a9</value></correct", "the right answer 'a9' can't be given"),
    (ONE, ONE_KEY, ITEM, "<value>a1</value></correct", "<value>a3</value></correct", "its right answer does not earn its points"),
    (ONE, ONE_KEY, ITEM, "<value>a1</value>", "<value>a1</value><value>a2</value>", "no right answer, or several where one can be given"),
    (ONE, ONE_KEY, ITEM, 'mapKey="a2"', 'mapKey="a9"', "the mapping names 'a9'"),
    (ONE, ONE_KEY, ITEM, 'mapKey="a3" mappedValue="0"', 'mapKey="a3" mappedValue="7"', None),
    (ONE, ONE_KEY, ITEM, ' defaultValue="0"', "", "it has no mapping"),
    (ONE, ONE_KEY, ITEM, 'simpleChoice identifier="a2"', 'simpleChoice identifier="a1"', "2 choices are called 'a1'"),
    (ONE, ONE_KEY, ITEM, 'simpleChoice identifier="a2"', 'simpleChoice identifier="2"', "the choice '2' is no XML name"),
    (ONE, ONE_KEY, ITEM, 'maxChoices="1"', 'maxChoices="0"', "how many may be chosen is not what its declaration says"),
    (ONE, ONE_KEY, ITEM, 'baseType="identifier"', 'baseType="string"', "can't be single string"),
    (ONE, ONE_KEY, ITEM, "rptemplates/map_response", "rptemplates/mine", "is none of the standard ones"),
    (ONE, ONE_KEY, ITEM, "<itemBody>", "<itemBody><script>1</script>", "script can't stand in itemBody"),
    (ONE, ONE_KEY, ITEM, "<itemBody><p>", '<itemBody><p onclick="x()">', "'onclick' is no attribute of p"),
    (ONE, ONE_KEY, ITEM, "<itemBody>", '<itemBody><p><a href="https://example.org">x</a></p>', "a can't stand in p"),
    (ONE, ONE_KEY, ITEM, "<itemBody>", "<itemBody>words", "itemBody holds text of its own"),
    (ONE, ONE_KEY, ITEM, "v2p1\"", "v2p2\"", "it is no item of QTI 2.1"),
    (ONE, ONE_KEY, ITEM, ' adaptive="false"', "", "it lacks adaptive"),
    (ONE, ONE_KEY, ITEM, 'normalMaximum="2"', 'normalMaximum="two"', "its points are no number"),
    (ONE, ONE_KEY, ITEM, '<?xml version="1.0" encoding="UTF-8"?>', "<!DOCTYPE assessmentItem [<!ENTITY x 'y'>]>", "declares a document type"),
    (ONE, ONE_KEY, ITEM, "</assessmentItem>", "", "is no XML in UTF-8"),
    (ONE, ONE_KEY, ITEM, "", "", "is not in the zip"),
    (ONE, ONE_KEY, ITEM, '<outcomeDeclaration identifier="SCORE"', '<outcomeDeclaration identifier="MAXSCORE"', "'MAXSCORE' is declared 2 times"),
    (ONE, TOLD, ITEM, 'modalFeedback outcomeIdentifier="FEEDBACK" identifier="a1"', 'modalFeedback outcomeIdentifier="FEEDBACK" identifier="z"', "what is said under 'z' is never shown"),
    (ONE, TOLD, ITEM, '<setOutcomeValue identifier="WHY">', '<setOutcomeValue identifier="OTHER">', "'OTHER' is not declared"),
    (ONE, TOLD, ITEM, '<setOutcomeValue identifier="SCORE">', '<setOutcomeValue identifier="WHY">', "nothing gives it a score"),
    (CHAIN, CHAIN_KEY, ITEM, 'identifier="m1" matchMax="1"', 'identifier="m1"', "how often it may be matched"),
    (CHAIN, CHAIN_KEY, ITEM, 'maxAssociations="3"', 'maxAssociations="2"', "fewer pairs can be made than are right"),
    (CHAIN, CHAIN_KEY, ITEM, "<value>s2 m2</value>", "<value>m2 s2</value>", "the right answer 'm2 s2' can't be given"),
    (CHAIN, CHAIN_KEY, ITEM, "<value>s2 m2</value>", "<value>s2 m1</value>", "'m1' is needed more often than it may be matched"),
    (SEVERAL, SEVERAL_KEY, ITEM, 'upperBound="4"', 'upperBound="1"', "its right answer does not earn its points"),
    (NUMBER, NUMBER_KEY, ITEM, "<value>17</value>", "<value>27</value>", "its right number earns nothing"),
    (WRITE, WRITE_KEY, ITEM, "<p><textEntryInteraction", "<p/><p><b><x/></b><textEntryInteraction", "x can't stand in b"),
    (ESSAY, ESSAY_KEY, ITEM, 'baseType="string"/>', 'baseType="string"><correctResponse><value>x</value></correctResponse></responseDeclaration>', "a box for a person to mark has a right answer"),
    (ONE, ONE_KEY, TEST, 'submissionMode="simultaneous"', 'submissionMode="together"', "lacks its modes"),
    (ONE, ONE_KEY, TEST, 'maxAttempts="1"', 'maxAttempts="3"', "allows more than one attempt"),
    (ONE, ONE_KEY, TEST, "sayswho_items/one.xml", "sayswho_items/two.xml", "which is no item on which it depends"),
    (ONE, ONE_KEY, TEST, "assessmentItemRef", "assessmentItemLink", "did not arrive with its 2 points"),
    (ONE, ONE_KEY, TEST, "outcomeProcessing", "outcomeMaking", "the parts of the test 'Says Who? 07 Invented' are not those of a test"),
    (ONE, ONE_KEY, MANIFEST, "imsqti_test_xmlv2p1", "imsqti_test_xmlv9", "has no resource of the type imsqti_test_xmlv2p1"),
    (ONE, ONE_KEY, MANIFEST, "QTIv2.1 Package", "IMS Content", "does not say that it is a package of QTI 2.1"),
    (ONE, ONE_KEY, MANIFEST, '<dependency identifierref="sayswho_one"/>', '<dependency identifierref="sayswho_two"/>', "the dependency 'sayswho_two' leads nowhere"),
    (ONE, ONE_KEY, MANIFEST, '<file href="sayswho_items/one.xml"/>', '<file href="../one.xml"/>', "'../one.xml' is no path within the package"),
    (ONE, ONE_KEY, MANIFEST, '<file href="sayswho_items/one.xml"/>', "", "sayswho_items/one.xml is in the zip and not in the manifest"),
    (ONE, ONE_KEY, MANIFEST, 'identifier="sayswho_one"', 'identifier="sayswho_07_invented"', "2 resources have the identifier 'sayswho_07_invented'"),
    (ONE, ONE_KEY, MANIFEST, "", "", "imsmanifest.xml is not in the zip"),
])  # fmt: skip
def test_the_rules_notice_what_breaks_the_specification(tmp_path, item, key, name, before, after, complaint):
    export_qti21(invented((item, key), texts=(TEXT,)), tmp_path / "q.zip")
    contents, name = (tmp_path / "q.zip").read_bytes(), f"sayswho_items/{item.id}.xml" if name == ITEM else name
    expected = {"Says Who? 07 Invented": {f"sayswho_{item.id}": item.points}}
    assert qti21_complaints(contents, expected) == []
    found = qti21_complaints(changed(contents, name, before, after), expected)
    # The upper bound of the mapping keeps an answer from earning more than the item is worth, whatever its entry says.
    assert any(complaint in told for told in found) if complaint else found == [], found


def test_what_is_no_zip_is_said_to_be_none():
    assert qti21_complaints(b"PK, but no zip") == ["it is no zip."]


HOSTILE = st.text(st.characters(), min_size=1, max_size=40)


@given(HOSTILE, HOSTILE)
@example("]]>", "<![CDATA[ ]]> &amp; \x00\x0b\ud800")
@example("</p></itemBody><script>alert(1)</script>", "\u202eevil\u2066 שלום \U0001f4f0 a\uffff")
@example("<!DOCTYPE x [<!ENTITY y 'z'>]>", "javascript:alert(1) <?xml-stylesheet?> *a* **b**")
def test_no_text_breaks_the_package(words, other):
    shown = Text("t", words, (Unit("u1", 1, f"x{words}"), Unit("u2", 1, f"y{other}")), rights=f"Ask the author. {other}")
    item = replace(CLASSIFY, text="t", units=("u1", "u2"), prompt=f"p{words}")
    key = Key("classify", why=other, units={name: replace(CLASSIFY_KEY.units["f1"], unit=name, why=f"w{words}{other}") for name in item.units})
    chain = replace(CHAIN, cards=tuple(Option(card.id, f"{card.id} {other}") for card in CHAIN.cards))
    sets = [for_platforms(one, Notes()) for one in sets_of(invented((item, key), (chain, CHAIN_KEY), texts=(shown,)), Notes())]
    package = parse(qti21_zip(sets, practice=False))
    assert package.complaints == []
    (items,) = package.tests.values()
    assert len(items) == 3
    assert visible(f"paper {other}".replace("*", "")).strip() in items[2].sides[1].values()


def test_the_command_writes_warns_and_keeps_what_is_not_its_own(tmp_path, capsys):
    out = tmp_path / "q.zip"
    assert main(["export", "qti", "--version", "2.1", "--lessons", "3", "4", "--all", "--out", str(out)]) == 0
    told = capsys.readouterr().out
    for words in ("is ready for QTI 2.1", "It holds the right answers: keep it away from learners", "check in the platform that results stay closed", "(verbs-01)"):
        assert words in told
    assert len(parse(out.read_bytes()).tests) == 4
    assert main(["export", "qti", "--version", "2.1", "--lessons", "3", "--out", str(out)]) == 0, "its own package is replaced"
    out.write_bytes(b"something else")
    assert main(["export", "qti", "--version", "2.1", "--lessons", "3", "--out", str(out)]) == 1
    assert out.read_bytes() == b"something else"
    assert main(["export", "qti", "--lessons", "3", "--out", str(tmp_path / "canvas.zip")]) == 0
    assert parse_12((tmp_path / "canvas.zip").read_bytes()).quizzes
