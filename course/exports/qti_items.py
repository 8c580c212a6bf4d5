"""One question as an item of QTI 1.2 with the metadata by which Canvas knows its type and its points."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from course.exports.elements import Xml, element
from course.exports.questions import ESSAY, NUMBER, ONE, PAIRS, SEVERAL, WORDS, Question
from course.reports.html import Html

TYPES = {
    ONE: "multiple_choice_question", SEVERAL: "multiple_answers_question", PAIRS: "matching_question", WORDS: "short_answer_question",
    NUMBER: "numerical_question", ESSAY: "essay_question",
}
GENERAL = "general_fb"
# Answers and stems, and what stems are matched with, are numbered apart: Canvas reads the number in an id.
FIRST_ANSWER, FIRST_MATCH = 1001, 2001


def written_item(question: Question, quiz: str) -> Xml:
    """One question; its id begins with the quiz, since a question may stand in several forms."""
    ident = f"{quiz}_{question.id}"
    presentation, conditions, feedback = BODIES[question.kind](question)
    ids = [str(FIRST_ANSWER + place) for place in range(len(question.replies) or len(question.rows) or len(question.answers))]
    about = {
        "question_type": TYPES[question.kind], "points_possible": f"{question.points:.7g}", "original_answer_ids": ",".join(ids),
        "assessment_question_identifierref": f"{ident}_ref",
    }
    metadata = element("itemmetadata", element("qtimetadata", *(meta_field(key, value) for key, value in about.items())))
    shown = [element("presentation", material(question.head), *presentation)]
    if question.why:
        conditions = [condition(element("other"), shows=GENERAL, goes_on=True), *conditions]
        feedback = [item_feedback(GENERAL, question.why), *feedback]
    outcomes = element("outcomes", element("decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal"))
    return element("item", metadata, *shown, element("resprocessing", outcomes, *conditions), *feedback, ident=ident, title=question.title)


def meta_field(label: str, entry: str) -> Xml:
    """One line of Canvas's metadata."""
    return element("qtimetadatafield", element("fieldlabel", label), element("fieldentry", entry))


def material(words: Html | str) -> Xml:
    """Words as they are shown: HTML of ours, or plain text."""
    return element("material", element("mattext", words, texttype="text/html" if isinstance(words, Html) else "text/plain"))


def condition(*when: Xml, score: str = "", add: bool = False, shows: str = "", goes_on: bool = False) -> Xml:
    """What happens if an answer is so: a score is set or added, a comment is shown."""
    parts = [element("conditionvar", *when)]
    if score:
        parts.append(element("setvar", score, action="Add" if add else "Set", varname="SCORE"))
    if shows:
        parts.append(element("displayfeedback", feedbacktype="Response", linkrefid=shows))
    return element("respcondition", *parts, **{"continue": "Yes" if goes_on else "No"})


def chosen(ident: str, response: str = "response1") -> Xml:
    """That an answer was chosen, or that something was written."""
    return element("varequal", ident, respident=response)


def item_feedback(ident: str, words: Html) -> Xml:
    """A comment that a condition shows."""
    return element("itemfeedback", element("flow_mat", material(words)), ident=ident)


def labels(words: Iterable[Html | str], first: int) -> list[Xml]:
    """Answers to choose from, with their ids."""
    return [element("response_label", material(one), ident=f"a{place}") for place, one in enumerate(words, start=first)]


Body = tuple[list[Xml], list[Xml], list[Xml]]


def choices(question: Question) -> Body:
    """One or several of the replies; to be right, several must be those and no others."""
    single = question.kind == ONE
    ids = {f"a{place}": reply for place, reply in enumerate(question.replies, start=FIRST_ANSWER)}
    shown = element(
        "response_lid", element("render_choice", *labels((reply.text for reply in question.replies), FIRST_ANSWER)),
        ident="response1", rcardinality="Single" if single else "Multiple",
    )
    told = {ident: reply.feedback for ident, reply in ids.items() if reply.feedback}
    conditions = [condition(chosen(ident), shows=f"{ident}_fb", goes_on=True) for ident in told]
    if single:
        conditions += [condition(chosen(ident), score="100") for ident, reply in ids.items() if reply.share > 0]
    else:
        wanted = [chosen(ident) if reply.share > 0 else element("not", chosen(ident)) for ident, reply in ids.items()]
        conditions.append(condition(element("and", *wanted), score="100"))
    return [shown], conditions, [item_feedback(f"{ident}_fb", words) for ident, words in told.items()]


def pairs(question: Question) -> Body:
    """Stems with one list of answers for all of them, in which those that fit none stand too."""
    words = list(dict.fromkeys([*(answer for _, answer in question.rows), *question.spare]))
    each = f"{100 / len(question.rows):.2f}"
    shown, conditions = [], []
    for place, (stem, answer) in enumerate(question.rows, start=FIRST_ANSWER):
        response = f"response_{place}"
        shown.append(element("response_lid", material(stem), element("render_choice", *labels(words, FIRST_MATCH)), ident=response))
        conditions.append(condition(chosen(f"a{FIRST_MATCH + words.index(answer)}", response), score=each, add=True, goes_on=True))
    return shown, conditions, []


def box(**attributes: str) -> Xml:
    """A box to write in."""
    return element("response_str", element("render_fib", element("response_label", ident="answer1", rshuffle="No"), **attributes), ident="response1", rcardinality="Single")


def written(question: Question) -> Body:
    """Wordings, any of which counts; without one, Canvas makes an essay of it."""
    return [box()], [condition(*(chosen(one) for one in question.answers), score="100")], []


def number(question: Question) -> Body:
    """Numbers, each with the bounds that the tolerance gives it."""
    conditions = []
    for one in question.answers:
        low, high = (f"{Decimal(one) + sign * Decimal(repr(question.tolerance)):f}" for sign in (-1, 1))
        within = element("and", element("vargte", low, respident="response1"), element("varlte", high, respident="response1"))
        conditions.append(condition(element("or", chosen(one), within), score="100"))
    return [box(fibtype="Decimal")], conditions, []


def essay(_question: Question) -> Body:
    """A box for a person to read."""
    return [box()], [condition(element("other"))], []


BODIES = {ONE: choices, SEVERAL: choices, PAIRS: pairs, WORDS: written, NUMBER: number, ESSAY: essay}
