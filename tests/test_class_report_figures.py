"""The figures of a class report are what one counts by hand, and each answer is the one that tells something."""

from __future__ import annotations

import pytest
from scipy import stats

from course.classroom.report import class_figures
from course.classroom.report.answers import answers_of
from tests.class_of_twelve import FACT, LEARNERS, OPENED, OURS, THEIRS, catalogue_of, class_of, speaker_of

SUBMITTED = {"kind": "submitted"}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return catalogue_of(tmp_path_factory.mktemp("content"))


@pytest.fixture(scope="module")
def say(catalogue):
    return speaker_of(catalogue)


@pytest.fixture
def figures(tmp_path, catalogue):
    """The figures of a class of twelve, or of those named."""
    return lambda says, **more: class_figures(class_of(tmp_path, catalogue, says, **more))


def clause(figures, text: str, unit: str):
    return next(one for held in figures.texts if held.slug == text for one in held.clauses if one.id == unit)


def item(figures, name: str):
    return next(one for one in (*figures.items, *figures.clauses) if one.id == name)


# how clauses were read


def test_a_clause_has_the_share_of_each_reading_its_entropy_its_key_and_what_else_is_accepted(figures, say):
    found = figures(lambda place: [say("fence-label", {"f2": THEIRS if place < 6 else {"voice": "source", "kind": "fact"} if place < 9 else OURS}, **SUBMITTED)])
    read = clause(found, "fence", "f2").read[0]
    assert [(tally.reading.name, tally.count) for tally in read.tallies] == [("A source’s judgement", 6), ("Editorial", 3), ("A source’s fact", 3)]
    assert read.spread.value == pytest.approx(stats.entropy([6, 3, 3], base=2))
    assert (read.key, read.accepted, read.right) == ("A source’s judgement", (("A source’s fact", "A painter could measure it."),), 9)


def test_the_clauses_that_divide_most_come_first(figures, say):
    found = figures(lambda place: [say("fence-label", {"f1": FACT, "f2": THEIRS if place % 2 else OURS, "f3": OURS if place else FACT}, **SUBMITTED)])
    assert [one.id for one in found.texts[0].split] == ["f2", "f3", "f1"]


def test_an_answer_that_leaves_a_question_open_is_no_reading(figures, say):
    found = figures(lambda place: [say("fence-label", {"f1": FACT if place else {"voice": "author"}, "f3": OPENED}, **SUBMITTED)])
    assert clause(found, "fence", "f1").read[0].n == 11
    assert clause(found, "fence", "f3").read[0].top.reading.name == "Unclear"
    assert clause(found, "fence", "f2").read == ()


def test_of_practice_the_first_answer_that_was_checked_counts_for_later_ones_have_seen_the_feedback(figures, say):
    found = figures(lambda place: [say("fence-label", {"f1": OURS}, minute=1, kind="draft"), say("fence-label", {"f1": THEIRS}, minute=2, **SUBMITTED),
                                   say("fence-label", {"f1": FACT}, minute=3, **SUBMITTED)])
    assert clause(found, "fence", "f1").read[0].top.reading.name == "A source’s judgement"


def test_of_a_question_that_counts_the_newest_answer_counts_and_its_score_is_not_worked_out_again(tmp_path, catalogue, say):
    classroom = class_of(tmp_path, catalogue, lambda place: [say("gate-pick", ["b"], minute=1), say("gate-pick", ["a"], minute=2), say("form-a", ["yes"])])
    answers = answers_of(catalogue, classroom.sheets.values())
    assert all(given.right for given in answers.of("gate-pick").values())
    assert {name for name, _ in answers.scored} == {"form-a"}, "points for answering say nothing of the answer, so that one is held against its key"


def test_an_answer_to_another_wording_or_of_another_shape_is_no_reading_and_is_counted_apart(figures, say):
    def says(place):
        yield say("fence-label", {"f1": "nonsense"} if place == 0 else {"f1": FACT}, **SUBMITTED, **({"seen": "older"} if place == 1 else {}))
        yield say("gate-pick", ["a"], **({"seen": "older"} if place == 2 else {}))
        yield say("gate-two", {"a": 1} if place == 3 else ["a"])

    found = figures(says)
    assert clause(found, "fence", "f1").read[0].n == 10
    (state,) = found.states
    assert (state.other_wording, state.malformed) == (1, 1)
    assert (item(found, "gate-pick").n, item(found, "gate-two").n) == (11, 11)


def test_challenges_are_no_answers(figures, say):
    found = figures(lambda place: [say("fence-label", {"f1": FACT}, minute=1, **SUBMITTED), say("fence-label", {"f1": OURS}, minute=2, kind="challenge", reason="It judges.")])
    assert [tally.count for tally in clause(found, "fence", "f1").read[0].tallies] == [12]


def test_marks_are_counted_letter_by_letter(figures, say):
    name, said = {"label": "source", "unit": "f2", "start": 18, "end": 26}, {"label": "source", "unit": "f2", "start": 22, "end": 31}
    found = figures(lambda place: [say("fence-mark", [name, said] if place < 3 else [name] if place < 8 else [], **SUBMITTED)])
    (marked,) = [one for one in clause(found, "fence", "f2").marked if one.label.lower().startswith("source")]
    assert [(one.start, one.end, one.count) for one in marked.stretches] == [(18, 26, 8), (26, 31, 3)]
    assert (marked.n, marked.keyed) == (12, ("Ida Moss",))


def test_clauses_picked_out_of_others_are_counted(figures, say):
    found = figures(lambda place: [say("fence-pick", ["f3"] if place < 7 else ["f1"], **SUBMITTED)])
    assert [(one.id, one.picked[0].count, one.picked[0].keyed) for one in found.texts[0].clauses] == [("f1", 5, False), ("f2", 0, False), ("f3", 7, True)]


# items


def test_an_items_ease_and_its_place_among_the_rest_are_scipys(figures, say):
    right = [(place % 3 > 0, place > 4, place % 4) for place in range(12)]

    def says(place):
        first, second, clauses = right[place]
        yield say("gate-pick", ["a" if first else "b"])
        yield say("gate-two", ["a" if second else "b"])
        yield say("gate-read", {unit: (FACT, OURS, FACT, OURS)[number] if number < clauses else OPENED for number, unit in enumerate(("g1", "g2", "g3", "g4"))})

    found = figures(says)
    shares = [[float(first), float(second), clauses / 4] for first, second, clauses in right]
    gate = item(found, "gate-pick")
    assert (gate.n, gate.right, gate.ease.value) == (12, 8, pytest.approx(8 / 12))
    # The columns of fence-count, of the form and of the last test were left out by all: nothing, as in the gradebook.
    assert gate.rest.value == pytest.approx(stats.pearsonr([row[0] for row in shares], [row[1] + row[2] for row in shares]).statistic)
    clause_two = item(found, "gate-read, g2")
    assert (clause_two.right, clause_two.rest.n) == (sum(row[2] >= 2 for row in right), 12)


def test_who_chose_what_is_kept_with_the_upper_and_the_lower_third(figures, say):
    def says(place):
        yield say("gate-pick", ["b" if place < 4 else "a"])
        yield say("gate-two", ["a" if place < 6 else "b"])

    options = {option.id: option for option in item(figures(says), "gate-pick").options}
    assert options["b"].learners == LEARNERS[:4]
    assert [(one.count, one.keyed) for one in options.values()] == [(8, True), (4, False), (0, False), (0, False)]
    assert (options["b"].upper, options["b"].lower) == (4, 0)


def test_warnings_are_in_plain_words(figures, say):
    def says(place):
        yield say("gate-pick", ["b" if place < 4 else "a"])
        yield say("gate-two", ["a" if place < 6 else "b"])
        yield say("fence-count", "3")

    found = figures(says)
    told = " ".join(item(found, "gate-pick").warnings)
    assert "No one chose these distractors: “no gate”, “a wall”." in told
    assert "The best learners chose “the new gate” more often than the weakest (4 against 0): look at the key." in told
    assert "Those who did well elsewhere did worse here: look at the key." in told
    assert item(found, "fence-count").warnings == ("Nearly everybody had it right: it tells you nothing about who knows.",)


def test_an_item_that_hardly_anyone_had_right_is_named(figures, say):
    found = figures(lambda place: [say("gate-pick", ["c"])])
    assert "Hardly anyone had it right: look at the wording and the key before you look at the class." in item(found, "gate-pick").warnings


# the class


def test_agreement_is_alpha_of_the_readings_with_its_n(figures, say):
    from course.measures import krippendorff_alpha

    labels = [[OURS if (place + unit) % 3 else FACT for place in range(12)] for unit in range(3)]
    found = figures(lambda place: [say("fence-label", {f"f{unit + 1}": labels[unit][place] for unit in range(3)}, **SUBMITTED)])
    (agreed,) = [one for one in found.agreed if one.item == "fence-label"]
    assert agreed.alpha.value == pytest.approx(krippendorff_alpha([[one["kind"] for one in unit] for unit in labels]).value)
    assert (agreed.learners, agreed.clauses, agreed.alike) == (12, 3, 0)


def test_hits_and_false_alarms_are_counted_over_the_clauses_of_what_counts(figures, say):
    found = figures(lambda place: [say("gate-read", {"g1": OURS if place < 3 else FACT, "g2": OURS, "g3": FACT, "g4": OURS if place < 6 else FACT})])
    whole = found.detected[0]
    assert (whole.hits, whole.targets, whole.false_alarms, whole.others) == (18, 24, 3, 24)
    assert whole.criterion.value > 0 and whole.d_prime.value > 1
    assert dict(found.by_reader)["learner-12"].hits == 1


def test_sections_of_the_roster_are_told_apart(figures, say):
    roster = "learner,name,section\n" + "".join(f"{learner},N,{'East' if learner < 'learner-07' else 'West'}\n" for learner in LEARNERS)
    found = figures(lambda place: [say("gate-read", {"g1": OURS if place < 6 else FACT, "g2": OURS})], roster=roster)
    rows = {one.group: (one.false_alarms, one.others) for one in found.detected}
    assert (rows["Section East"], rows["Section West"]) == ((6, 6), (0, 6))


def test_growth_pairs_the_learners_who_did_both_and_keeps_the_forms_apart(figures, say):
    def says(place):
        if place:
            yield say("form-a" if place % 2 else "form-b", ["no"])
        if place < 11:
            yield say("last-b" if place % 2 else "last-a", ["yes"])

    together, *by_form = figures(says).grown
    assert together.n == 10 and sum(one.n for one in by_form) == 10 and len(by_form) == 2
    # form-b's key is "no", so who began with it had it right and still has.
    assert together.gain.value == pytest.approx(0.5) and (together.rose, together.fell) == (5, 0)
    assert together.gain.low < 0.5 < together.gain.high
    assert [one.gain.why for one in by_form] == ["fewer than 10 learners"] * 2


def test_confidence_beside_accuracy(figures, say):
    def says(place):
        yield say("gate-pick", ["a" if place < 9 else "b"], confidence="sure" if place % 2 else "guessing")
        yield say("gate-read", {"g1": FACT, "g3": OURS}, confidence={"g3": "sure", "g1": "sure"})

    found = figures(says)
    rows = {row.level: (row.right, row.share.n) for row in found.sureness if row.where == "Everything together"}
    assert rows == {"guessing": (5, 6), "leaning": (0, 0), "sure": (4, 18)}
    assert [(one.item, one.words, one.count, one.sure) for one in found.sure_and_wrong] == [("gate-read", "It is green.", 12, 12), ("gate-pick", "Which gate?", 2, 6)]


def test_talking_is_the_last_answer_alone_beside_the_last_one_after_it(figures, say):
    def says(place):
        yield say("fence-pick", ["f1"], minute=1, **SUBMITTED)
        yield say("fence-pick", ["f3" if place < 4 else "f2"], minute=2, **SUBMITTED)
        if place < 11:
            yield say("fence-pick", ["f3" if place > 1 else "f1"], minute=3, round="talk", **SUBMITTED)

    (talked,) = figures(says).talked
    assert (talked.n, talked.before, talked.after) == (11, pytest.approx(4 / 11), pytest.approx(9 / 11))
    assert (talked.to_key, talked.from_key) == (7, 2)


def test_the_reasons_for_no_points_stay_apart(figures, say):
    def says(place):
        yield say("gate-pick", None if place == 0 else ["a"])
        yield say("fence-essay", {"headline": "A gate"})

    found = figures(says, learners=LEARNERS[:11], roster="learner,name\n" + "".join(f"{learner},\n" for learner in LEARNERS))
    (state,) = found.states
    assert (state.handed_in, state.missing, state.malformed, state.waiting, state.other_wording) == (11, 1, 0, 11, 0)
    assert state.unanswered == 1 + 11 * 5, "gate-pick once; fence-count, gate-two, gate-read, the form and the last test by all"


# too few to say anything


def test_a_small_class_has_counts_and_no_statistics(figures, say):
    found = figures(lambda place: [say("gate-pick", ["a"]), say("gate-two", ["b" if place else "a"]), say("gate-read", {"g1": FACT, "g2": OURS})], learners=LEARNERS[:9])
    assert found.small
    assert all(row.figure.value is None for row in found.reliability)
    assert all(one.alpha.value is None for one in found.agreed) and all(one.d_prime.value is None for one in found.detected)
    assert all(one.rest.value is None and not one.warnings for one in (*found.items, *found.clauses))
    assert (item(found, "gate-pick").n, item(found, "gate-pick").right, item(found, "gate-two").right) == (9, 9, 1)


def test_one_learner_or_nobody_is_no_error(figures, say):
    assert figures(lambda place: [say("gate-pick", ["a"])], learners=LEARNERS[:1]).items[0].right == 1


def test_everyone_alike_has_no_reliability_and_says_why(figures, say):
    found = figures(lambda place: [say("gate-pick", ["a"]), say("gate-two", ["a"]), say("gate-read", {"g1": FACT})])
    assert {row.figure.why for row in found.reliability} == {"everyone has the same total"}
    assert item(found, "gate-pick").rest.why == "everyone has the same score"


def test_kr_20_of_a_test_is_made_of_its_clauses(tmp_path):
    from course.classroom import open_class
    from course.content import find_data

    data = find_data() / "example_class"
    found = class_figures(open_class(data, data / "roster.csv", progress=False))
    rows = [row for row in found.reliability if row.measure == "KR-20"]
    assert [row.parts for row in rows] == [12] * 4
    assert all(row.figure.low < row.figure.value < row.figure.high for row in rows)
    assert {text.sort for text in found.texts} == {"article", "test", "passage"} and found.texts[0].slug == "article"
    assert all(clause.read for clause in found.texts[0].clauses), "every clause of the article was labelled somewhere"
    forms = [text for text in found.texts if text.sort == "test"]
    assert {"form-a", "form-b", "form-c"} == {text.slug for text in forms}
    assert forms[0].clauses[0].read[0].item.startswith("second-test"), "the later test says how the class reads it now"
