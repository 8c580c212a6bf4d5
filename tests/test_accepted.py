"""Another answer is accepted: laid over the key of every type of item, written into a pack, read back, and shown as feedback."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.classroom import GradingError, load_catalogue, open_class
from course.classroom.challenges.accepted import ACCEPTED, KEPT, AcceptedError, Alternative, read_decisions
from course.classroom.challenges.alternatives import Asked, counts_in_full, read, settled, with_alternative
from course.classroom.challenges.argued import challenges_of
from course.classroom.challenges.deciding import accept, catalogue_with, keep, kept_in
from course.feedback import explain_answer
from course.items import Answer
from course.reports import Answered
from course.reports.questions import question
from course.scoring import score_item
from tests.argued import argued_class
from tests.hand_ins import LESSON, read_table
from tests.scored_items import (
    CHAIN,
    CHAIN_KEY,
    CLASSIFY,
    CLASSIFY_KEY,
    ESSAY,
    ESSAY_KEY,
    MARK,
    MARK_KEY,
    NUMBER,
    NUMBER_KEY,
    ONE,
    ONE_KEY,
    SEVERAL,
    SEVERAL_KEY,
    TEXT,
    TWO,
    TWO_KEY,
    WRITE,
    WRITE_KEY,
    mark,
)


@pytest.fixture
def argued(tmp_path, monkeypatch):
    """That class, graded, with its folder; the kit's data is the small kit's."""
    given = argued_class(tmp_path)
    monkeypatch.setenv("SAYSWHO_DATA", str(given["data"]))
    return open_class(given["handins"], progress=False)


# accepting


def alternative(item, answer, unit="", question="", reason="It holds."):
    return Alternative(item.id, unit, question, answer, reason)


@pytest.mark.parametrize(
    ("item", "key", "given", "value", "written"),
    [
        (CLASSIFY, CLASSIFY_KEY, ("author judgement", "f1"), {"f1": {"voice": "author", "kind": "judgement"}}, "author judgement"),
        (CLASSIFY, CLASSIFY_KEY, ("kind=judgement", "f1"), {"f1": {"voice": "author", "kind": "judgement"}}, "judgement"),
        (CLASSIFY, CLASSIFY_KEY, ("judgement, source", "f1"), {"f1": {"voice": "source", "kind": "judgement"}}, "source judgement"),
        (ONE, ONE_KEY, ("c",), ["c"], "c"),
        (SEVERAL, SEVERAL_KEY, ("f e",), ["e", "f"], "e f"),
        (TWO, TWO_KEY, ("e d",), ["d", "e"], "d e"),
        (CHAIN, CHAIN_KEY, ("author > moss > paper",), ["author", "moss", "paper"], "author moss paper"),
        (WRITE, WRITE_KEY, ("The  Asahi",), "the asahi", "The Asahi"),
        (NUMBER, NUMBER_KEY, ("21",), "twenty-one", "21"),
    ],
)
def test_an_accepted_answer_earns_everything_and_tells_its_reason(item, key, given, value, written):
    asked = Asked(item, key, TEXT if item.text else None)
    one = alternative(item, *given)
    assert settled(asked, one).answer == written
    assert score_item(item, Answer(value), key, text=asked.text).points < item.points
    changed = with_alternative(asked, settled(asked, one))
    told = explain_answer(item, Answer(value), changed, asked.text, reveal=True)
    if item is CLASSIFY:
        assert told["parts"][0] == {"id": "f1", "outcome": "correct", "text": "It holds."}
    else:
        assert (told["outcome"], told["why"]) == ("correct", "It holds.")
    assert with_alternative(replace(asked, key=changed), one) == changed, "accepting it once more adds nothing"


def test_what_was_said_against_an_option_is_said_no_longer():
    key = replace(ONE_KEY, feedback={"c": "No, c is never right.", "b": "Nor b."})
    changed = with_alternative(Asked(ONE, key), alternative(ONE, "c"))
    assert changed.feedback == {"b": "Nor b."}


def test_on_the_page_an_accepted_option_is_right_its_reason_is_text_and_the_keys_is_not_missed():
    key = with_alternative(Asked(ONE, ONE_KEY), alternative(ONE, "c", reason="<b>So</b> *it* is."))
    given = Answer(["c"])
    page = question(Answered(ONE, "scored", 2, key=key, answer=given, score=score_item(ONE, given, key)), 1)
    assert "&lt;b&gt;So&lt;/b&gt; <em>it</em> is." in page and "<b>" not in page
    assert 'class="found"' in page and 'class="missed"' not in page


@pytest.mark.parametrize(
    ("label", "unit", "quote", "found"),
    [("source", "f2", "town hall said, according to the paper", "hits"), ("source", "f1", "fence", "spare"), ("loaded", "f3", "a full year has one cause, the greed of the hall", "spare")],
)
def test_an_accepted_mark_costs_nothing_and_one_that_was_too_long_counts_as_found(label, unit, quote, found):
    asked = Asked(MARK, MARK_KEY, TEXT)
    value = [mark(label, unit, quote)]
    before = explain_answer(MARK, Answer(value), MARK_KEY, TEXT, reveal=True)
    assert [span["state"] for span in before["spans"] if span["state"] != "missed"] in (["extra"], ["near"])
    changed = with_alternative(asked, alternative(MARK, quote, unit, label))
    after = explain_answer(MARK, Answer(value), changed, TEXT, reveal=True)
    assert [(span["state"], span["text"]) for span in after["spans"] if span["state"] != "missed"] == [("hit", "It holds.")]
    gained = score_item(MARK, Answer(value), changed, text=TEXT).points > 0
    assert gained == (found == "hits"), "a mark that may stand earns nothing by itself"


def test_words_that_stand_twice_in_a_clause_are_told_apart():
    asked = Asked(MARK, MARK_KEY, TEXT)
    one = read(asked, alternative(MARK, "the #2", "f3", "loaded"))
    assert (one.start, one.quote) == (TEXT.unit("f3").text.index("the hall"), "the")
    assert settled(asked, alternative(MARK, "the #2", "f3", "loaded")).answer == "the #2"


@pytest.mark.parametrize(
    ("item", "key", "given", "complaint"),
    [
        (CLASSIFY, CLASSIFY_KEY, ("judgemnt", "f1"), "'judgemnt' is no answer that classify offers. Its answers are: voice: author, source, unclear; kind: fact, judgement, both, lost"),
        (CLASSIFY, CLASSIFY_KEY, ("fact both", "f1"), "answers kind twice"),
        (CLASSIFY, CLASSIFY_KEY, ("fact", "f9"), "classify has no clause 'f9'. Its clauses are: f1, f2, f3"),
        (CLASSIFY, CLASSIFY_KEY, ("fact", "f1", "how"), "has no question 'how'. Its questions are: voice, kind"),
        (ONE, ONE_KEY, ("d",), "'d' is no answer that one offers. Its answers are: a, b, c"),
        (ONE, ONE_KEY, ("b c",), "asks for 1 of its options, and 2 are named here"),
        (TWO, TWO_KEY, ("d",), "asks for 2 of its options, and 1 is named here"),
        (ONE, ONE_KEY, ("c", "f1"), "asks about no single clause"),
        (ONE, ONE_KEY, (" ",), "no answer is named"),
        (CHAIN, CHAIN_KEY, ("moss moss",), "names one answer twice"),
        (CHAIN, CHAIN_KEY, ("author",), "only the card that is given"),
        (NUMBER, NUMBER_KEY, ("many",), "'many' is no number"),
        (WRITE, WRITE_KEY, ("w" * 501,), "longer than 500"),
        (MARK, MARK_KEY, ("gate", "f1", "source"), "the words 'gate' do not stand in f1. The clause reads: 'The fence was built in 1990.'"),
        (MARK, MARK_KEY, ("fence", "f1", "colour"), "no label 'colour'. Its labels are: source, cue, loaded"),
        (ESSAY, ESSAY_KEY, ("x",), "a person marks it"),
        (ONE, replace(ONE_KEY, answer=None), ("c",), "has no right answer"),
        (ONE, ONE_KEY, ("c", "", "", " "), "no reason is given"),
    ],
)
def test_what_is_no_answer_is_refused_with_what_would_be_one(item, key, given, complaint):
    with pytest.raises(AcceptedError) as refused:
        with_alternative(Asked(item, key, TEXT), alternative(item, *given))
    assert complaint in str(refused.value)


# the pack


def test_accepting_writes_who_and_when_into_the_pack_and_reading_lays_it_over_the_key(argued, tmp_path):
    pack, catalogue = tmp_path / "pack", argued.catalogue
    written = accept(pack, catalogue, Alternative("fence-label", "f1", "", "judgement author", "A *fence* is more.", " R.  Kim "))
    (row,) = read_table(pack / ACCEPTED)
    assert (row["item"], row["unit"], row["question"], row["answer"], row["reason"], row["by"]) == ("fence-label", "f1", "voice kind", "author judgement", "A *fence* is more.", "R. Kim")
    assert row["at"] == written.at and row["at"].endswith("Z")
    again = load_catalogue(tmp_path / "data", pack)
    assert again.keys == catalogue.keys and again.accepted == (written,)
    assert again.unchanged["fence-label"] == load_catalogue(tmp_path / "data").keys["fence-label"]
    assert counts_in_full(again.asked("fence-label"), "f1", {"voice": "author", "kind": "judgement"})


def test_what_counts_already_or_has_no_name_or_reason_is_refused_and_nothing_is_written(argued, tmp_path):
    pack, catalogue = tmp_path / "pack", argued.catalogue
    one = Alternative("fence-count", answer="4", reason="Four.", by="Kim")
    for changed, complaint in (({"answer": "three"}, "counts in full already"), ({"by": " "}, "Nobody is named"), ({"reason": ""}, "no reason is given"), ({"item": "fence-cuont"}, "no question called"),
                               ({"reason": "w" * 2001}, "Shorten it")):
        with pytest.raises(AcceptedError, match=complaint):
            accept(pack, catalogue, replace(one, **changed))
    assert not pack.exists() and catalogue.accepted == ()
    accept(pack, catalogue, one)
    held = (pack / ACCEPTED).read_bytes()
    with pytest.raises(AcceptedError, match=r"'four' for fence-count counts in full already|Kim accepted it on \d{4}"):
        accept(pack, catalogue, one)
    assert (pack / ACCEPTED).read_bytes() == held


def test_two_who_accept_at_once_lose_nothing_of_each_other(argued, tmp_path):
    pack, mine, others = tmp_path / "pack", argued.catalogue, load_catalogue(tmp_path / "data")
    accept(pack, others, Alternative("fence-label", "f1", "", "author judgement", "Theirs.", "Lee"))
    accept(pack, mine, Alternative("fence-count", answer="4", reason="Mine.", by="Kim"))
    with pytest.raises(AcceptedError, match=r"Lee accepted it on \d{4}-\d\d-\d\d"):
        accept(pack, mine, Alternative("fence-label", "f1", "", "author judgement", "Mine too.", "Kim"))
    assert [(row["answer"], row["by"]) for row in read_table(pack / ACCEPTED)] == [("author judgement", "Lee"), ("4", "Kim")]


def test_a_formula_for_a_reason_is_harmless_in_the_file_and_comes_back_as_it_was_written(argued, tmp_path):
    accept(tmp_path / "pack", argued.catalogue, Alternative("fence-count", answer="4", reason='=HYPERLINK("x")', by="@Kim"))
    (row,) = read_table(tmp_path / "pack" / ACCEPTED)
    assert (row["reason"], row["by"]) == ("'=HYPERLINK(\"x\")", "'@Kim")
    (accepted,) = load_catalogue(tmp_path / "data", tmp_path / "pack").accepted
    assert (accepted.reason, accepted.by) == ('=HYPERLINK("x")', "@Kim")


def test_the_kits_own_data_is_never_written(argued, tmp_path):
    for place in (tmp_path / "data", tmp_path / "data" / "keys" / "graded"):
        with pytest.raises(AcceptedError, match="stays as it was shipped"):
            accept(place, argued.catalogue, Alternative("fence-count", answer="4", reason="Four.", by="Kim"))
    assert not list((tmp_path / "data").rglob(ACCEPTED))


def test_keeping_the_key_is_written_too_and_is_dropped_when_the_answer_is_accepted_after_all(argued, tmp_path):
    pack, catalogue = tmp_path / "pack", argued.catalogue
    one = Alternative("fence-count", answer="4", reason="A by-line has no verb.", by="Kim")
    keep(pack, catalogue, one)
    (place,) = [place for place in challenges_of(argued, kept_in(pack)).contested if place.item.id == "fence-count"]
    assert (place.claims[0].state, place.claims[0].told) == ("kept", "A by-line has no verb.")
    accept(pack, catalogue, replace(one, reason="It has one in Korean."))
    assert read_decisions(pack, KEPT) == []
    (place,) = [place for place in challenges_of(argued, kept_in(pack)).contested if place.item.id == "fence-count"]
    assert [(vote.said, vote.keyed, vote.counts) for vote in place.votes] == [("“3”", True, True), ("“4”", False, True)]
    assert (place.claims[0].state, place.claims[0].told, place.readings) == ("accepted", "It has one in Korean.", (("“4”", "It has one in Korean."),))
    with pytest.raises(AcceptedError, match="delete its line from accepted.csv"):
        keep(pack, catalogue, one)


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ("fence-label,f1,,author judgment,It holds.,Kim,\n", "pack/accepted.csv, line 2: 'judgment' is no answer"),
        ("fence-count,,,4,It holds.,,\nfence-count,,,5,,Kim,\n", "pack/accepted.csv, line 3: no reason is given"),
        ("fence,,,4,It holds.,,\n", "pack/accepted.csv, line 2: there is no question called 'fence'"),
        ("fence-count,,4,It holds.\n", "line 2: this line does not have 7 cells"),
    ],
)
def test_a_broken_line_is_named_with_its_file_and_its_number(argued, tmp_path, lines, complaint):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / ACCEPTED).write_text("item,unit,question,answer,reason,by,at\n" + lines, "utf-8")
    with pytest.raises(Exception, match=r"(Correct the line|Put double quotes)") as refused:
        load_catalogue(tmp_path / "data", tmp_path / "pack")
    assert complaint in str(refused.value)


def test_a_table_that_a_spreadsheet_saved_is_read_as_it_was_meant(argued, tmp_path):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / ACCEPTED).write_bytes("\ufeffitem;unit;question;answer;reason\r\nfence-label;f1;kind;judgement;'=A fence; it holds\r\n".replace("fence; it", "fence, it").encode())
    (accepted,) = load_catalogue(tmp_path / "data", tmp_path / "pack").accepted
    assert (accepted.reason, accepted.by) == ("=A fence, it holds", "")


def test_a_pack_may_hold_keys_and_what_was_accepted_or_nothing_yet(argued, tmp_path):
    graded = tmp_path / "pack" / "keys" / "graded"
    graded.mkdir(parents=True)
    assert catalogue_with(tmp_path / "nothing", tmp_path / "data").accepted == ()
    source = (tmp_path / "data" / "keys" / "graded" / f"{LESSON}.toml").read_text("utf-8")
    (graded / f"{LESSON}.toml").write_text(source.replace("answer = 3", "answer = 5"), "utf-8")
    accept(tmp_path / "pack", catalogue_with(tmp_path / "pack", tmp_path / "data"), Alternative("fence-count", answer="4", reason="Four.", by="Kim"))
    key = load_catalogue(tmp_path / "data", tmp_path / "pack").keys["fence-count"]
    assert (key.answer, [other.answer for other in key.accept]) == (5, ["4"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(GradingError, match="holds no keys"):
        load_catalogue(tmp_path / "data", tmp_path / "empty")
