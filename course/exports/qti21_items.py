"""One question as an item of QTI 2.1: what is asked, which answers earn what, and what is said to them.

Every answer's points stand in a mapping, so that parts of the points and second right answers are carried. A platform that
goes by the right answer alone finds exactly one set of them. An item whose answers are told something has the rules of the
standard template `map_response` written out, with those that show what is said; by the specification they go before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from course.exports.elements import Xml, element, embedded
from course.exports.questions import ESSAY, NUMBER, ONE, PAIRS, SEVERAL, WORDS, Question
from course.reports.html import Html

QTI21 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
MAP_RESPONSE = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"
RESPONSE, SCORE, MOST, FEEDBACK, WHY = "RESPONSE", "SCORE", "MAXSCORE", "FEEDBACK", "WHY"
# Canvas takes a comment for one on the whole question by these letters in its id.
GENERAL = "general_fb"


@dataclass(frozen=True)
class Body:
    """What a kind of question adds to an item: the declaration of its answer, what is shown, how it is scored, and what is said to an answer."""

    declared: Xml
    shown: Xml
    scored: tuple[Xml, ...] = ()
    said: Mapping[str, Html] = field(default_factory=dict)
    cardinality: str = "single"


def written_item(question: Question) -> Xml:
    """One question as an assessmentItem; the same question in two forms is one item."""
    body = BODIES[question.kind](question)
    outcomes = [outcome(SCORE, "0", normalMaximum=number(question.points) if question.points else None), outcome(MOST, number(question.points))]
    if body.said:
        outcomes.append(element("outcomeDeclaration", identifier=FEEDBACK, cardinality=body.cardinality, baseType="identifier"))
    if question.why:
        outcomes.append(element("outcomeDeclaration", identifier=WHY, cardinality="single", baseType="identifier"))
    shown = [element("modalFeedback", embedded(words), outcomeIdentifier=FEEDBACK, identifier=ident, showHide="show") for ident, words in body.said.items()]
    shown += [element("modalFeedback", embedded(question.why), outcomeIdentifier=WHY, identifier=GENERAL, showHide="show")] if question.why else []
    return element(
        "assessmentItem", body.declared, *outcomes, element("itemBody", embedded(question.head), body.shown), *processing(question, body), *shown,
        xmlns=QTI21, identifier=item_name(question), title=question.title, adaptive="false", timeDependent="false",
    )


def item_name(question: Question) -> str:
    """What the item is called in the whole package."""
    return f"sayswho_{question.id}"


def number(value: float) -> str:
    """Points as they are written: exact to a hundred-thousandth.

    >>> number(2.0), number(1 / 3), number(-0.5)
    ('2', '0.3333333', '-0.5')
    """
    return f"{value:.7g}"


def outcome(identifier: str, begins: str, **attributes: object) -> Xml:
    """A number that the platform keeps of an answer."""
    return element("outcomeDeclaration", element("defaultValue", element("value", begins)), identifier=identifier, cardinality="single", baseType="float", **attributes)


def declaration(kind: str, cardinality: str, right: list[str], mapping: Xml | None = None) -> Xml:
    """What an answer is made of, which is the right one, and what each is worth."""
    held = [element("correctResponse", *(element("value", one) for one in right))] if right else []
    return element("responseDeclaration", *held, *([mapping] if mapping else []), identifier=RESPONSE, cardinality=cardinality, baseType=kind)


def mapping(worth: Mapping[str, float], most: float, **each: str) -> Xml:
    """What each answer is worth; together never less than nothing, and never more than the question."""
    entries = (element("mapEntry", mapKey=key, mappedValue=number(value), **each) for key, value in worth.items())
    return element("mapping", *entries, lowerBound="0", upperBound=number(most), defaultValue="0")


def sets(identifier: str, value: Xml) -> Xml:
    """A rule that gives an outcome its value."""
    return element("setOutcomeValue", value, identifier=identifier)


def base(kind: str, value: str) -> Xml:
    """A value that is written out."""
    return element("baseValue", value, baseType=kind)


def answer() -> Xml:
    """What was answered."""
    return element("variable", identifier=RESPONSE)


def condition(when: Xml, then: Xml, otherwise: Xml) -> Xml:
    """A rule with two ways."""
    return element("responseCondition", element("responseIf", when, then), element("responseElse", otherwise))


def processing(question: Question, body: Body) -> list[Xml]:
    """How an answer is scored and told: by the standard template alone where that says everything, and nothing at all for a person to mark."""
    told = [sets(FEEDBACK, answer())] if body.said else []
    told += [sets(WHY, base("identifier", GENERAL))] if question.why else []
    mapped = question.kind not in (NUMBER, ESSAY)
    if mapped and not told:
        return [element("responseProcessing", template=MAP_RESPONSE)]
    rules = [condition(element("isNull", answer()), sets(SCORE, base("float", "0.0")), sets(SCORE, element("mapResponse", identifier=RESPONSE)))] if mapped else body.scored
    return [element("responseProcessing", *rules, *told, template=MAP_RESPONSE if mapped else None)] if rules or told else []


def choices(question: Question) -> Body:
    """One or several of the replies, each with what it earns or takes away."""
    single = question.kind == ONE
    replies = {f"a{place}": reply for place, reply in enumerate(question.replies, start=1)}
    right = [ident for ident, reply in replies.items() if reply.share > 0]
    if single:
        whole = [ident for ident in right if replies[ident].share >= 1]
        right = [ident for ident in whole if replies[ident].keyed][:1] or whole[:1]
    worth = {ident: reply.share * question.points for ident, reply in replies.items()}
    cardinality = "single" if single else "multiple"
    shown = element(
        "choiceInteraction", *(element("simpleChoice", embedded(reply.text), identifier=ident) for ident, reply in replies.items()),
        responseIdentifier=RESPONSE, shuffle="false", maxChoices="1" if single else "0",
    )
    said = {ident: reply.feedback for ident, reply in replies.items() if reply.feedback}
    return Body(declaration("identifier", cardinality, right, mapping(worth, question.points)), shown, said=said, cardinality=cardinality)


def pairs(question: Question) -> Body:
    """Stems with one list of answers, in which those that fit none stand too; each pair counts alike."""
    words = list(dict.fromkeys([*(one for _, one in question.rows), *question.spare]))
    needed = [one for _, one in question.rows]
    right = [f"s{place} m{words.index(one) + 1}" for place, (_, one) in enumerate(question.rows, start=1)]
    stems = [element("simpleAssociableChoice", stem, identifier=f"s{place}", matchMax="1") for place, (stem, _) in enumerate(question.rows, start=1)]
    answers = [element("simpleAssociableChoice", one, identifier=f"m{place}", matchMax=str(max(1, needed.count(one)))) for place, one in enumerate(words, start=1)]
    shown = element(
        "matchInteraction", element("simpleMatchSet", *stems), element("simpleMatchSet", *answers),
        responseIdentifier=RESPONSE, shuffle="false", maxAssociations=str(len(stems)),
    )
    worth = dict.fromkeys(right, question.points / len(right))
    return Body(declaration("directedPair", "multiple", right, mapping(worth, question.points)), shown, cardinality="multiple")


def box() -> Xml:
    """A box for a few words, which QTI puts into a paragraph."""
    return element("p", element("textEntryInteraction", responseIdentifier=RESPONSE))


def words(question: Question) -> Body:
    """Wordings, any of which counts, whatever the case."""
    worth = dict.fromkeys(question.answers, question.points)
    return Body(declaration("string", "single", list(question.answers[:1]), mapping(worth, question.points, caseSensitive="false")), box())


def figures(question: Question) -> Body:
    """Numbers, each with the tolerance around it."""
    near = {"toleranceMode": "absolute", "tolerance": f"{question.tolerance:g} {question.tolerance:g}"} if question.tolerance else {"toleranceMode": "exact"}
    equal = [element("equal", answer(), base("float", one), **near) for one in question.answers]
    rule = condition(element("or", *equal), sets(SCORE, base("float", number(question.points))), sets(SCORE, base("float", "0.0")))
    return Body(declaration("float", "single", list(question.answers[:1])), box(), (rule,))


def essay(question: Question) -> Body:
    """A box for a person to read; nothing scores it."""
    return Body(declaration("string", "single", []), element("extendedTextInteraction", responseIdentifier=RESPONSE, expectedLines=str(question.lines)))


BODIES = {ONE: choices, SEVERAL: choices, PAIRS: pairs, WORDS: words, NUMBER: figures, ESSAY: essay}
