"""Regrading: who changes and why, nobody falls without a yes, hand marks stay, and every file tells the same story."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.classroom import load_catalogue
from course.classroom.challenges.accepted import AcceptedError, Alternative
from course.classroom.challenges.alternatives import Asked, with_alternative
from course.classroom.challenges.deciding import accept, keep
from course.classroom.regrade.announcing import announcement
from course.classroom.regrade.changes import Change, read_gradebook
from course.classroom.regrade.regrading import LowerScores, regrade
from course.cli import main
from course.items import Answer
from course.reports import csv_bytes
from course.scoring import score_item
from course.scoring.marks import compare, marks_of
from tests.hand_ins import LESSON, answer, hand_in, header, lines, read_table, small_catalogue
from tests.scored_items import CHAIN, CHAIN_KEY, CLASSIFY, CLASSIFY_KEY, MARK, MARK_KEY, NUMBER, NUMBER_KEY, ONE, ONE_KEY, SEVERAL, SEVERAL_KEY, TEXT, TWO, TWO_KEY, TWO_STEP, TWO_STEP_KEY, WRITE, WRITE_KEY, mark, span
from tests.small_content import replace_in
from tests.test_scoring_properties import MARK_LISTS, choices_of, marks

# Accepting never lowers a score: tried on random answers and random acceptances of every type.

CARDS = st.permutations(["author", "paper", "official", "moss", "rumour"])
WORDS = st.sampled_from(["Yomiuri", "the Asahi", "asahi", "NHK", "17", "18", "21", "twenty-one"])


NESTED_KEY = replace(MARK_KEY, spans=(*(span("source", "f2", words) for words in ("Ida Moss of the town hall", "town hall", "hall said, according")), span("loaded", "f3", "shameful delay"), span("loaded", "f3", "delay of a full year")))


def subsets(letters, most=6):
    return st.lists(st.sampled_from(letters), min_size=1, max_size=most, unique=True)


@st.composite
def cards(draw):
    return draw(CARDS)[: draw(st.integers(1, 5))]


@st.composite
def clause_alternatives(draw):
    asked = draw(st.fixed_dictionaries({}, optional={question.id: st.sampled_from([option.id for option in question.options]) for question in CLASSIFY.questions}))
    return Alternative("classify", draw(st.sampled_from(CLASSIFY.units)), " ".join(asked), " ".join(asked.values()) or "fact", "So.")


@st.composite
def mark_alternatives(draw):
    one = draw(marks())
    return Alternative("mark", one["unit"], one["label"], one["quote"], "So.")


def picks(item):
    ids = [option.id for option in item.options]
    return subsets(ids, item.choose or len(ids))


def from_ids(item):
    return lambda ids: Alternative(item.id, answer=" ".join(ids), reason="So.")


REASONS = st.sampled_from([None, "r1", "r2"])
TRIED = {
    "classify": (CLASSIFY, CLASSIFY_KEY, choices_of(CLASSIFY), clause_alternatives()),
    "mark": (MARK, MARK_KEY, MARK_LISTS, mark_alternatives()),
    "nested": (MARK, NESTED_KEY, MARK_LISTS, mark_alternatives()),
    "one": (ONE, ONE_KEY, picks(ONE), picks(ONE).map(from_ids(ONE))),
    "two-step": (TWO_STEP, TWO_STEP_KEY, picks(TWO_STEP), picks(TWO_STEP).map(from_ids(TWO_STEP))),
    "two": (TWO, TWO_KEY, picks(TWO), picks(TWO).map(from_ids(TWO))),
    "several": (SEVERAL, SEVERAL_KEY, picks(SEVERAL), picks(SEVERAL).map(from_ids(SEVERAL))),
    "chain": (CHAIN, CHAIN_KEY, cards(), cards().map(from_ids(CHAIN))),
    "write": (WRITE, WRITE_KEY, WORDS, WORDS.map(lambda words: Alternative("write", answer=words, reason="So."))),
    "number": (NUMBER, NUMBER_KEY, WORDS, WORDS.map(lambda words: Alternative("number", answer=words, reason="So."))),
}


@pytest.mark.parametrize("name", TRIED)
@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_accepting_never_lowers_a_score(name, data):
    item, key, values, alternatives = TRIED[name]
    text = TEXT if item.text else None
    given_answer = Answer(data.draw(values), data.draw(REASONS) if item.reasons else None)
    earned = score_item(item, given_answer, key, text=text).points
    for one in data.draw(st.lists(alternatives, min_size=1, max_size=5)):
        try:
            key = with_alternative(Asked(item, key, text), one)
        except AcceptedError:
            continue
        now = score_item(item, given_answer, key, text=text).points
        assert now >= earned - 1e-12, one
        earned = now


def test_a_longer_mark_that_is_accepted_takes_no_span_from_another_mark():
    """The first mark fits the accepted length best, and moves on to the other span, so that the second is not left with none."""
    nested = replace(NESTED_KEY, spans=NESTED_KEY.spans[:2])
    both = [mark("source", "f2", "town hall said, a"), mark("source", "f2", "Ida Moss of t")]
    before = score_item(MARK, Answer(both), nested, text=TEXT)
    changed = with_alternative(Asked(MARK, nested, TEXT), Alternative("mark", "f2", "source", "own hall said, according to", "So."))
    assert len(compare(marks_of(both, TEXT), changed.accept[0].answer).hits) == 2, "the accepted length serves both"
    assert (score_item(MARK, Answer(both), changed, text=TEXT).points, before.points) == (3, 3)


# a small class


@pytest.fixture
def graded(tmp_path, monkeypatch):
    """Four learners, graded once with a hand mark for ann: ann and cy count four clauses, bo three, di five."""
    catalogue = small_catalogue(tmp_path)
    monkeypatch.setenv("SAYSWHO_DATA", str(tmp_path / "data"))
    for learner, count in (("ann", "4"), ("bo", "3"), ("cy", "4"), ("di", "5")):
        hand_in(tmp_path / "h", learner, answer(catalogue, "fence-count", count), answer(catalogue, "fence-essay", {"headline": f"A fence, says {learner}"}, minute=1),
                answer(catalogue, "form-a", ["no"], minute=2, slot="form"), answer(catalogue, "fence-count", count, minute=3, kind="challenge", reason="The by-line is one, too."))
    (tmp_path / "marks.csv").write_text("learner,item,criterion,level,comment,marker\nann,fence-essay,fits,1,Good.,Kim\n", "utf-8")
    again(tmp_path)
    return tmp_path


def again(folder, **more):
    return regrade(folder / "h", None, folder / "graded", **{"marks": folder / "marks.csv", "keys": folder / "pack" if (folder / "pack").exists() else None, "progress": False, **more})


def four(folder, answer_="4"):
    catalogue = load_catalogue(folder / "data", folder / "pack" if (folder / "pack").exists() else None)
    return accept(folder / "pack", catalogue, Alternative("fence-count", answer=answer_, reason="A by-line **is** a clause.", by="Kim"))


def books(folder):
    return (folder / "graded" / "gradebook.csv").read_bytes().splitlines()


def test_the_first_time_it_grades_and_says_so(tmp_path, monkeypatch):
    catalogue = small_catalogue(tmp_path)
    monkeypatch.setenv("SAYSWHO_DATA", str(tmp_path / "data"))
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-count", "4"))
    done = again(tmp_path, marks=None)
    assert done.first and "this was the first grading" in str(done)
    assert read_table(tmp_path / "graded" / "changes.csv") == []
    assert (tmp_path / "graded" / "feedback" / "ann.html").is_file()


def test_accepting_raises_exactly_those_who_gave_the_answer_and_tells_the_class(graded):
    before = books(graded)
    four(graded)
    done = again(graded)
    assert [change.row() for change in done.changes] == [[learner, "fence-count", "0", "1", "A by-line **is** a clause.", "Kim"] for learner in ("ann", "cy")]
    assert [list(row.values()) for row in read_table(graded / "graded" / "changes.csv")] == [change.row() for change in done.changes]
    after = books(graded)
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True, False, True], "the rows of the others are the same, byte for byte"
    rows = read_gradebook(graded / "graded" / "gradebook.csv")
    assert [(row["fence-count"], row["fence-essay"], row["total"]) for row in rows.values()] == [("1", "1", "3"), ("1", "needs a person", "2"), ("1", "needs a person", "2"), ("0", "needs a person", "1")]
    told = (graded / "graded" / "announcement.txt").read_text("utf-8")
    assert told == ("Some of you argued for another reading, and it holds. In lesson 1, Fences, at the question “How many clauses?”: “4” counts now as well, beside “3”. "
                    "A by-line is a clause. 2 of you gain 1 point each; nobody loses any.\n")
    assert str(done).startswith("2 scores of 2 learners went up, and none went down.")
    page = (graded / "graded" / "feedback" / "ann.html").read_text("utf-8")
    assert "A by-line <strong>is</strong> a clause." in page and "Good." in page
    assert "SECRET-WHY" in (graded / "graded" / "feedback" / "bo.html").read_text("utf-8")


def test_regrading_once_more_changes_nothing_and_keeps_the_record(graded):
    four(graded)
    again(graded)
    held = {path.name: path.read_bytes() for path in (graded / "graded").glob("*.*")}
    done = again(graded)
    assert str(done).startswith("Nothing has changed since the last grading.")
    assert {path.name: path.read_bytes() for path in (graded / "graded").glob("*.*")} == held


def test_the_record_of_an_earlier_regrade_is_moved_and_not_lost(graded):
    four(graded)
    again(graded)
    held = (graded / "graded" / "changes.csv").read_bytes()
    four(graded, "5")
    done = again(graded)
    assert [change.learner for change in done.changes] == ["di"]
    assert "“5” counts now as well" in (told := (graded / "graded" / "announcement.txt").read_text("utf-8")) and "“4”" not in told
    earlier = {path.name: path.read_bytes() for path in (graded / "graded" / "earlier").iterdir()}
    assert held in earlier.values() and len(earlier) == 4


def test_hand_marks_stay_and_are_named_as_the_cause_when_they_change(graded):
    (graded / "marks.csv").write_text("learner,item,criterion,level,comment,marker\nann,fence-essay,fits,2,Good.,Kim\nbo,fence-essay,fits,1,,Kim\n", "utf-8")
    done = again(graded)
    assert [(one.learner, one.before, one.after, one.why) for one in done.changes] == [("ann", "1", "2", "a person marked it"), ("bo", "needs a person", "1", "a person marked it")]


def test_what_is_handed_in_or_marked_since_is_a_change_and_no_news_for_the_class(graded):
    catalogue = load_catalogue(graded / "data")
    hand_in(graded / "h", "cy", answer(catalogue, "fence-count", "3", minute=9))
    four(graded)
    done = again(graded, allow_lower=True)
    assert {(one.learner, one.item): (one.why, one.by_key) for one in done.changes if one.item == "fence-count"} == {
        ("ann", "fence-count"): ("A by-line **is** a clause.", True), ("cy", "fence-count"): ("the answer or its key is another than at the last grading", False)}
    assert (graded / "graded" / "announcement.txt").read_text("utf-8").endswith("1 of you gains 1 point; nobody loses any.\n")


def test_a_key_that_nobody_can_compare_is_still_named_when_every_hand_in_is_the_same(graded):
    replace_in(graded / "data", f"keys/graded/{LESSON}.toml", "answer = 3", "answer = 5")
    done = again(graded, allow_lower=True)
    assert {(one.learner, one.why) for one in done.changes} == {("bo", "the key is another than at the last grading"), ("di", "the key is another than at the last grading")}
    assert "because the key is another than at the last grading" in (graded / "graded" / "announcement.txt").read_text("utf-8")


def correct_key(folder):
    graded_keys = folder / "pack" / "keys" / "graded"
    graded_keys.mkdir(parents=True, exist_ok=True)
    source = (folder / "data" / "keys" / "graded" / f"{LESSON}.toml").read_text("utf-8")
    (graded_keys / f"{LESSON}.toml").write_text(source.replace("answer = 3", "answer = 5"), "utf-8")


def test_a_corrected_key_that_lowers_scores_is_refused_until_somebody_says_yes(graded, capsys):
    correct_key(graded)
    held = {path: path.read_bytes() for path in (graded / "graded").rglob("*") if path.is_file()}
    with pytest.raises(LowerScores, match=r"^1 score would fall\. Nothing was written\. If that is what you want, regrade with --allow-lower\.$") as refused:
        again(graded)
    assert refused.value.lowered == (Change("bo", "fence-count", "1", "0", "the key was corrected"),)
    command = ["regrade", str(graded / "h"), "--out", str(graded / "graded"), "--marks", str(graded / "marks.csv"), "--keys", str(graded / "pack")]
    assert main(command) == 1
    told = capsys.readouterr()
    assert "bo: fence-count 1 → 0 (the key was corrected)" in told.out and "1 score would fall." in told.err
    with pytest.raises(LowerScores):
        again(graded, ask=lambda lowered: False)
    assert {path: path.read_bytes() for path in (graded / "graded").rglob("*") if path.is_file()} == held
    asked = []
    done = again(graded, ask=lambda lowered: bool(asked.append(lowered)) or True)
    assert [one.learner for one in asked[0]] == ["bo"]
    assert sorted(change.learner for change in done.changes) == ["bo", "di"]
    assert (graded / "graded" / "announcement.txt").read_text("utf-8") == "1 of you gains 1 point; 1 of you loses points, because the key was corrected.\n"


def test_the_command_writes_lower_scores_when_it_is_told_to_or_the_terminal_says_yes(graded, capsys, monkeypatch):
    correct_key(graded)
    command = ["regrade", str(graded / "h"), "--out", str(graded / "graded"), "--marks", str(graded / "marks.csv"), "--keys", str(graded / "pack")]
    monkeypatch.setattr("course.cli.regrade.can_ask", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: "n")
    assert main(command) == 1
    assert read_gradebook(graded / "graded" / "gradebook.csv")["bo"]["fence-count"] == "1"
    monkeypatch.setattr("builtins.input", lambda question: "Yes")
    assert main(command) == 0
    assert read_gradebook(graded / "graded" / "gradebook.csv")["bo"]["fence-count"] == "0"
    monkeypatch.setattr("course.cli.regrade.can_ask", lambda: False)
    (graded / "pack" / "keys" / "graded" / f"{LESSON}.toml").unlink()
    assert main([*command, "--allow-lower"]) == 0
    assert read_gradebook(graded / "graded" / "gradebook.csv")["di"]["fence-count"] == "0"
    capsys.readouterr()


def test_taking_back_what_was_accepted_asks_too_and_says_so(graded):
    four(graded)
    again(graded)
    (graded / "pack" / "accepted.csv").write_bytes(csv_bytes(("item", "unit", "question", "answer", "reason", "by", "at"), []))
    with pytest.raises(LowerScores) as refused:
        again(graded)
    assert {(one.why, one.by) for one in refused.value.lowered} == {("what was accepted was taken back", "Kim")}
    again(graded, allow_lower=True)
    assert (graded / "graded" / "announcement.txt").read_text("utf-8") == "Nobody gains points; 2 of you lose points, because what was accepted was taken back.\n"


def test_whoever_is_gone_would_lose_and_whoever_comes_is_named(graded):
    (graded / "h" / f"di--{LESSON}.jsonl").unlink()
    catalogue = load_catalogue(graded / "data")
    hand_in(graded / "h", "eve", answer(catalogue, "fence-count", "3"))
    with pytest.raises(LowerScores) as refused:
        again(graded)
    assert [one.row()[:5] for one in refused.value.lowered] == [["di", "total", "1", "", "this learner is no longer in the class"]]
    done = again(graded, allow_lower=True)
    assert ["eve", "total", "", "1", "this learner is new in the class", ""] in [one.row() for one in done.changes]


def test_an_answer_to_another_wording_still_waits_for_a_person(graded):
    hand_in(graded / "h", "di", {**answer(load_catalogue(graded / "data"), "fence-count", "4"), "seen": "another12345"})
    four(graded)
    with pytest.raises(LowerScores):
        again(graded)
    again(graded, allow_lower=True)
    assert read_gradebook(graded / "graded" / "gradebook.csv")["di"]["fence-count"] == "needs a person"


def test_a_gradebook_that_a_spreadsheet_has_saved_again_is_compared_by_what_it_says(graded):
    path = graded / "graded" / "gradebook.csv"
    path.write_bytes(path.read_bytes().replace(b",", b";").replace(b";1;", b";1,00;"))
    assert again(graded).changes == ()


def test_what_was_kept_is_answered_in_the_announcement(graded):
    catalogue = load_catalogue(graded / "data")
    keep(graded / "pack", catalogue, Alternative("fence-count", answer="4", reason="A by-line has no verb", by="Kim"))
    (graded / "pack" / "accepted.csv").write_bytes(csv_bytes(("item", "unit", "question", "answer", "reason", "by", "at"), []))
    done = again(graded)
    assert done.changes == ()
    assert (graded / "graded" / "announcement.txt").read_text("utf-8") == (
        "In lesson 1, Fences, at the question “How many clauses?”: some of you argued for “4”; the key stays. A by-line has no verb. Nobody's points change.\n")


def test_what_was_accepted_in_practice_is_told_though_it_gives_no_points(graded):
    catalogue = load_catalogue(graded / "data")
    accept(graded / "pack", catalogue, Alternative("fence-label", "f1", "", "author judgement", "Built is praise.", "Kim"))
    again(graded)
    told = (graded / "graded" / "announcement.txt").read_text("utf-8")
    assert "the clause “The fence was built in 1990.”: the text itself, no record could settle it counts now as well, beside the text itself, a record or a witness could settle it." in told
    assert told.endswith("Nobody's points change. It was practice, which gives no points; the reading stands all the same.\n")


def test_an_announcement_names_nobody(graded):
    four(graded)
    done = again(graded)
    told = announcement(load_catalogue(graded / "data", graded / "pack"), done.changes, [], [])
    assert not {"ann", "cy"} & set(told.replace(",", " ").split())


# the content of the course itself, with a class that argues


@pytest.fixture(scope="module")
def course_class(tmp_path_factory):
    """Twelve learners at two graded sets of the course, a third of them with one clause and one mark of their own, for which two argue."""
    folder, catalogue, chance = tmp_path_factory.mktemp("course"), load_catalogue(), random.Random(5)
    clause, tilt = catalogue.items["judged-01-a"], catalogue.items["tilt-01-a"]
    units = catalogue.keys[clause.id].units
    right = {name: {"voice": unit.voice, "kind": unit.kind} for name, unit in units.items()}
    name = next(name for name, unit in units.items() if (unit.voice, unit.kind) == ("author", "fact") and not unit.accept)
    keyed = [mark_of(span) for span in catalogue.keys[tilt.id].spans if not span.optional]
    other = {**keyed[0], **spare_words(catalogue.texts[tilt.text], tilt.units, keyed)}
    for number in range(12):
        differs = number % 3 == 0
        value = {unit: dict(given) for unit, given in right.items() if differs or chance.random() < 0.8}
        value |= {name: {"voice": "author", "kind": "judgement"}} if differs else {}
        marked = [*keyed, other] if differs else keyed
        for item, said in ((clause, value), (tilt, marked)):
            responses = [answer(catalogue, item.id, said)]
            responses += [answer(catalogue, item.id, said, minute=5, kind="challenge", reason="Say it to a friend and ask what happened.")] if number in (0, 3) else []
            learner = f"learner-{number:02}"
            (folder / "h").mkdir(exist_ok=True)
            (folder / "h" / f"{learner}--{item.lesson}.jsonl").write_bytes(lines(header(learner, len(responses), lesson=item.lesson), *responses))
    return folder, name, other


def mark_of(span):
    return {"label": span.label, "unit": span.unit, "start": span.start, "end": span.end, "quote": span.quote}


def spare_words(text, units, keyed):
    """The first word of a clause in which nothing is keyed."""
    unit = next(text.unit(name) for name in units if name not in {mark["unit"] for mark in keyed})
    word = unit.text.split()[0]
    return {"unit": unit.id, "start": unit.text.index(word), "end": unit.text.index(word) + len(word), "quote": word}


def test_from_challenge_to_announcement_every_file_tells_the_same(course_class, capsys):
    folder, clause, other = course_class
    handins, out, pack = str(folder / "h"), folder / "graded", str(folder / "pack")
    assert main(["regrade", handins, "--out", str(out)]) == 0
    before = read_gradebook(out / "gradebook.csv")
    assert main(["challenges", handins, "--out", str(folder / "challenges.csv")]) == 0
    rows = read_table(folder / "challenges.csv")
    assert {(row["item"], row["unit"], row["gave_it"], row["answered"]) for row in rows} == {("judged-01-a", clause, "4", "12"), ("tilt-01-a", other["unit"], "4", "12")}
    assert len(rows) == 4
    assert main(["challenges", "accept", "judged-01-a", clause, "author judgement", "--reason", "A weighing word carries it.", "--pack", pack, "--by", "R. Kim"]) == 0
    assert main(["challenges", "accept", "tilt-01-a", other["unit"], other["quote"], "--reason", "It leans.", "--pack", pack, "--by", "R. Kim"]) == 0
    assert main(["regrade", handins, "--out", str(out), "--keys", pack]) == 0
    capsys.readouterr()
    after, changes = read_gradebook(out / "gradebook.csv"), read_table(out / "changes.csv")
    differs = [f"learner-{number:02}" for number in (0, 3, 6, 9)]
    assert sorted((row["learner"], row["why"]) for row in changes) == sorted([(learner, why) for learner in differs for why in ("A weighing word carries it.", "It leans.")])
    gains = {learner: sum(float(row["after"]) - float(row["before"]) for row in changes if row["learner"] == learner) for learner in after}
    assert all(abs(float(after[learner]["total"]) - float(before[learner]["total"]) - gains[learner]) < 0.005 for learner in after)
    assert all(after[learner] == before[learner] for learner in after if learner not in differs)
    told = (out / "announcement.txt").read_text("utf-8")
    assert "4 of you gain " in told and "nobody loses any" in told and "A weighing word carries it. " in told and f"“{other['quote']}” counts now as well, and need no longer be left unmarked" in told
    pages = [(out / "feedback" / f"{learner}.html").read_text("utf-8") for learner in ("learner-00", "learner-01")]
    assert [page.count("A weighing word carries it.") for page in pages] == [1, 0]
    assert [page.count("It leans.") for page in pages] == [1, 0]
