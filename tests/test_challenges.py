"""Challenges: collected beside the vote and the key, listed without names, and decided about from the command line and at the desk."""

from __future__ import annotations

import json
import shlex

import pytest

from course.classroom import open_class
from course.classroom.challenges.accepted import ACCEPTED, AcceptedError, Alternative, read_decisions
from course.classroom.challenges.argued import challenges_of, clipped
from course.classroom.challenges.at_desk import Deciding, open_challenges
from course.classroom.challenges.deciding import from_words
from course.cli import main
from course.desk.lines import DeskError
from tests.argued import HOSTILE, JUDGED, argued_class
from tests.hand_ins import answer, hand_in, read_table, small_catalogue


@pytest.fixture
def argued(tmp_path, monkeypatch):
    """That class, graded, with its folder; the kit's data is the small kit's."""
    given = argued_class(tmp_path)
    monkeypatch.setenv("SAYSWHO_DATA", str(given["data"]))
    return open_class(given["handins"], progress=False)


# collecting


def test_challenges_are_grouped_by_clause_with_the_vote_before_feedback_and_the_key(argued):
    clause, count = challenges_of(argued).contested
    assert (clause.item.id, clause.unit, clause.key) == ("fence-label", "f1", "the text itself, a record or a witness could settle it")
    assert (clause.words, clause.why) == ("The fence was built in 1990.", "A record could show the year.")
    assert [(vote.count, vote.keyed, vote.claimed) for vote in clause.votes] == [(3, False, True), (1, True, False)]
    assert (clause.voters, clause.of_key, clause.first) == (4, 1, True), "ann and cy changed their answers after the feedback"
    (claim,) = clause.claims
    assert (claim.question, claim.answer, claim.count, claim.state) == ("voice kind", "author judgement", 3, "open")
    assert [one.learner for one in claim.arguments] == ["ann", "cy"]
    assert (count.item.id, count.unit, count.of_key, count.claims[0].answer, count.first) == ("fence-count", "", 3, "4", False)


def test_a_clause_whose_answer_is_right_is_not_argued_about_and_several_wrong_ones_say_so(tmp_path):
    catalogue = small_catalogue(tmp_path)
    value = {"f1": {"voice": "source", "kind": "fact"}, "f2": {"voice": "source", "kind": "fact"}, "f3": {"voice": "author", "kind": "fact"}}
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-label", value, kind="challenge", reason="So it is."))
    found = challenges_of(open_class(tmp_path / "h", catalogue=catalogue)).contested
    assert [(place.unit, place.claims[0].arguments[0].about) for place in found] == [("f1", 2), ("f3", 2)], "f2 counts already, as the key's alternative"


def test_of_two_arguments_for_one_answer_the_later_stays(tmp_path):
    catalogue = small_catalogue(tmp_path)
    hand_in(tmp_path / "h", "ann", *(answer(catalogue, "fence-count", "4", minute=minute, kind="challenge", reason=f"Minute {minute}.") for minute in (5, 2)))
    (place,) = challenges_of(open_class(tmp_path / "h", catalogue=catalogue)).contested
    assert [one.words for one in place.claims[0].arguments] == ["Minute 5."]


def test_a_mark_too_many_is_argued_for_under_its_label(tmp_path):
    catalogue = small_catalogue(tmp_path)
    marks = [{"label": "source", "unit": "f1", "start": 4, "end": 9, "quote": "fence"}, {"label": "cue", "unit": "f2", "start": 27, "end": 31, "quote": "said"}]
    for learner in ("ann", "bo"):
        hand_in(tmp_path / "h", learner, answer(catalogue, "fence-mark", marks if learner == "ann" else marks[1:], kind="submitted"),
                *([answer(catalogue, "fence-mark", marks, minute=1, kind="challenge", reason="It has a maker.")] if learner == "ann" else []))
    (place,) = challenges_of(open_class(tmp_path / "h", catalogue=catalogue)).contested
    assert (place.unit, place.label, place.key, place.claims[0].answer) == ("f1", "source", "nothing here", "fence")
    assert [(vote.said, vote.count, vote.keyed) for vote in place.votes] == [("nothing here", 1, True), ("“fence”", 1, False)]


@pytest.mark.parametrize(
    ("changed", "kind"),
    [({"value": {"f9": {}}}, "challenge_unreadable"), ({"value": [[[]]]}, "challenge_unreadable"), ({"seen": "another12345"}, "challenge_other_wording")],
)
def test_a_challenge_that_cannot_be_shown_is_told_and_the_others_are_shown(tmp_path, changed, kind):
    catalogue = small_catalogue(tmp_path)
    broken = {**answer(catalogue, "fence-label", JUDGED, kind="challenge", reason="Look!", name="broken"), **changed}
    hand_in(tmp_path / "h", "ann", broken, answer(catalogue, "fence-count", "4", kind="challenge", reason="Four."))
    hand_in(tmp_path / "h", "bo", answer(catalogue, "fence-essay", {"headline": "x"}, kind="challenge", reason="Mine is good."))
    gathered = challenges_of(open_class(tmp_path / "h", catalogue=catalogue))
    assert [(found.kind, found.learner) for found in gathered.problems] == [(kind, "ann"), ("challenge_without_key", "bo")]
    assert [place.item.id for place in gathered.contested] == ["fence-count"]


def test_many_answers_end_in_one_line_for_the_rest(tmp_path):
    catalogue = small_catalogue(tmp_path)
    for number in range(12):
        hand_in(tmp_path / "h", f"l{number:02}", answer(catalogue, "fence-count", str(10 + number)))
    hand_in(tmp_path / "h", "ann", answer(catalogue, "fence-count", "4"), answer(catalogue, "fence-count", "4", minute=1, kind="challenge", reason="Four."))
    (place,) = challenges_of(open_class(tmp_path / "h", catalogue=catalogue)).contested
    assert (len(place.votes), place.votes[-1].said, place.votes[-1].count) == (6, "9 other answers", 9)
    assert sum(vote.count for vote in place.votes) == place.voters == 13


# what is said in a challenge is text and nothing else


def test_hostile_words_are_cut_and_harmless_in_the_table_and_on_screen(tmp_path, monkeypatch, capsys):
    given = argued_class(tmp_path, HOSTILE)
    monkeypatch.setenv("SAYSWHO_DATA", str(given["data"]))
    assert main(["challenges", str(given["handins"]), "--out", str(tmp_path / "c.csv")]) == 0
    rows = read_table(tmp_path / "c.csv")
    assert len(rows) == 3
    assert {row["learner"]: row["argument"][:12] for row in rows}["di"] == "'=HYPERLINK("
    assert not any("\u202e" in row["argument"] or len(row["argument"]) > 402 for row in rows)
    shown = capsys.readouterr().out
    assert "\u202e" not in shown and len(shown) < 5000
    desk = open_challenges(**given, pack=tmp_path / "pack")
    told = json.dumps(desk.places)
    assert len(told) < 10_000 and "\\u202e" not in told
    assert not {"ann", "cy"} & set(told.replace('"', " ").split()), "no learner is named to the browser"


def test_no_name_is_on_the_screen_unless_it_is_asked_for(argued, tmp_path, capsys):
    roster = tmp_path / "roster.csv"
    roster.write_text("learner,name\nann,Ann Lee\nbo,Bo\ncy,Cy\ndi,Di\n", "utf-8")
    assert main(["challenges", str(tmp_path / "h"), "--roster", str(roster)]) == 0
    shown = capsys.readouterr().out
    assert "A fence is never just built." in shown and "Ann" not in shown and "ann" not in shown.split()
    assert main(["challenges", str(tmp_path / "h"), "--roster", str(roster), "--names"]) == 0
    assert "Ann Lee: “A fence is never just built.”" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "length"), [("", 0), ("one  two\nthree", 13), ("w" * 5000, 401), ("a b " * 100, 80)])
def test_an_argument_is_cut_at_forty_words_and_four_hundred_letters(words, length):
    assert len(clipped(words)) == length


# commands


def test_words_of_a_command_become_an_answer(argued):
    catalogue = argued.catalogue
    assert from_words(catalogue, "fence-label", ["f1", "author", "judgement"]) == Alternative("fence-label", "f1", "", "author judgement")
    assert from_words(catalogue, "fence-mark", ["f1", "source", "The fence"]) == Alternative("fence-mark", "f1", "source", "The fence")
    assert from_words(catalogue, "fence-count", ["4"]) == Alternative("fence-count", "", "", "4")
    with pytest.raises(AcceptedError, match=r"Perhaps fence-count \(How many clauses\?\)"):
        from_words(catalogue, "fence-conut", ["4"])
    with pytest.raises(AcceptedError, match=r"Perhaps form-a \(.*\); form-b \(.*\)\?$"):
        from_words(catalogue, "form", ["4"])
    with pytest.raises(AcceptedError, match=r"^Name the clause: f1, f2, f3\.$"):
        from_words(catalogue, "fence-label", ["", "author judgement"])


def test_a_table_of_challenges_takes_the_place_of_no_other_file(argued, tmp_path, capsys):
    held = "learner,name\nann,Ann\n"
    (tmp_path / "r.csv").write_text(held)
    command = ["challenges", str(argued.place), "--out"]
    assert main([*command, str(tmp_path / "r.csv")]) == 1
    assert "nothing in it shows that this command wrote it" in capsys.readouterr().err and (tmp_path / "r.csv").read_text() == held
    assert [main([*command, str(tmp_path / "c.csv")]) for _ in range(2)] == [0, 0]
    capsys.readouterr()


def test_a_pack_that_was_not_there_is_made_and_that_is_said(argued, tmp_path, capsys):
    command = ["challenges", "accept", "fence-count", "--reason", "So.", "--pack", str(tmp_path / "my-pak"), "--by", "Kim"]
    assert main([*command[:3], "4", *command[3:]]) == 0
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'my-pak'} was not there and was made.\n")
    assert main([*command[:3], "5", *command[3:]]) == 0
    assert "was made" not in capsys.readouterr().out


def test_the_command_accepts_keeps_and_refuses(argued, tmp_path, capsys):
    pack = str(tmp_path / "pack")
    assert main(["challenges", "accept", "fence-count", "4", "--reason", "Four.", "--pack", pack, "--by", "Kim"]) == 0
    assert main(["challenges", "keep", "fence-label", "f1", "author judgement", "--reason", "It is on record.", "--pack", pack, "--by", "Kim"]) == 0
    assert main(["challenges", "accept", "fence-count", "4", "--reason", "Four.", "--pack", pack, "--by", "Kim"]) == 1
    told = capsys.readouterr()
    assert "Accepted: '4' for fence-count from now on." in told.out
    assert "Kim accepted it on" in told.err
    assert main(["challenges", str(tmp_path / "h"), "--keys", pack]) == 0
    assert "(1 of 4), accepted" in capsys.readouterr().out


def test_the_command_that_is_shown_for_a_challenge_is_one_that_works(argued, tmp_path, capsys):
    main(["challenges", str(tmp_path / "h")])
    shown = [line.strip() for line in capsys.readouterr().out.splitlines() if "challenges accept" in line]
    assert len(shown) == 2
    for line in shown:
        words = shlex.split(line.replace("DIR", str(tmp_path / "pack")).replace("NAME", "Kim"))
        assert main(words[1:]) == 0


# the desk


def test_the_desk_writes_a_decision_and_draws_the_place_anew(argued, tmp_path):
    desk = open_challenges(tmp_path / "h", pack=tmp_path / "pack", by="Kim")
    assert repr(desk) == "ChallengeDesk(2 places, 2 open)"
    drawn = json.dumps(desk.places)
    synced = json.dumps({name: value for name, value in desk.get_state().items() if name != "_esm"}, default=str)
    for words in ("A fence is never just built.", "Built stands for well built."):
        assert words in drawn and words not in synced, "a saved notebook holds nothing of what was argued"
    assert desk.answer({"kind": "open"}) == [{"kind": "opened", "places": desk.places}]
    claim = desk.places[0]["claims"][0]["id"]
    (told,) = desk.answer({"kind": "decide", "action": "accept", "claim": claim, "words": "", "by": "Kim"})
    assert told == {"kind": "problem", "why": "No reason is given. Write the reason that earns it: it becomes feedback."}
    (told,) = desk.answer({"kind": "decide", "action": "accept", "claim": claim, "words": "It *holds*.", "by": "Kim"})
    assert told["kind"] == "decided" and told["places"][0]["claims"][0]["state"] == "accepted"
    assert desk.places[0]["readings"] == [{"said": "the text itself, no record could settle it", "why": "It *holds*."}]
    assert [one.answer for one in read_decisions(tmp_path / "pack")] == ["author judgement"]
    assert repr(desk) == "ChallengeDesk(2 places, 1 open)"


@pytest.mark.parametrize("message", [{"action": "delete"}, {"claim": "x"}, {"words": None}, {"claim": ["x"]}])
def test_a_message_that_is_no_decision_is_a_sentence(argued, tmp_path, message):
    desk = open_challenges(tmp_path / "h", pack=tmp_path / "pack")
    claim = desk.places[0]["claims"][0]["id"]
    (told,) = desk.answer({"kind": "decide", "action": "accept", "claim": claim, "words": "w", "by": "Kim", **message})
    assert told["kind"] == "problem"
    assert not (tmp_path / "pack" / ACCEPTED).exists()


def test_the_example_class_opens_for_trying_with_invented_arguments_and_writes_nowhere():
    desk = open_challenges(by="Kim")
    split = next(place for place in desk.places if (place["item"], place["unit"]) == ("article-01", "S7a"))
    assert [(vote["count"], vote["keyed"], vote["claimed"]) for vote in split["votes"]][:2] == [(14, True, False), (14, False, True)]
    assert len(split["claims"][0]["arguments"]) == 3
    assert "invented" in desk.payload["note"] and "temporary folder" in desk.payload["note"]


def test_deciding_about_a_claim_that_is_gone_says_so(argued, tmp_path):
    with pytest.raises(DeskError, match="no such claim"):
        Deciding(argued, tmp_path / "pack").decide("accept", "nothing", "w", "Kim")
