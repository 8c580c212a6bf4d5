"""A score and a key turned into what a learner reads: one sentence, the reasons, and a word to each choice.

Pure: `(item, answer, key, score) → dict` in the shape the view draws and the feedback page prints. How much is told
depends on `reveal`: at the first try a wrong choice gets its own feedback but not the answer; later, and after handing
in, the key is shown as well.
"""

from __future__ import annotations

from typing import Any

from course.items import Accepted, Answer, Item, Key, Outcome, Part, Score, Span, UnitKey, class_of
from course.messages import WORDS, say

Told = dict[str, Any]
RIGHT = (Outcome.CORRECT,)


def explain(item: Item, answer: Answer | None, key: Key, score: Score, *, reveal: bool) -> Told:
    """Everything a learner is told about one answer.

    The dictionary holds `outcome`, `summary` (the sentence that is read aloud), `why`, `parts` (each with id, outcome,
    text and, when revealed, key) and `spans` (each with label, unit, start, end, state and text).
    """
    told: Told = {"outcome": score.outcome.value, "summary": summarise(item, key, score), "why": "", "parts": [], "spans": []}
    if score.outcome is Outcome.MALFORMED:
        return told
    shown = reveal or score.outcome is Outcome.CORRECT
    if shown or key.by_hand or not has_right_answer(item, key):
        told["why"] = key.why
    if answer is not None:
        told |= TELLERS[item.type](item, answer, key, score, shown)
    if key.reason and answer is not None and score.outcome in (Outcome.CORRECT, Outcome.PARTLY):
        told["reason"] = explain_reason(answer, key)
    return told


def has_right_answer(item: Item, key: Key) -> bool:
    """Whether there is anything to be right about: a first impression or a rating has no key."""
    return bool(key.answer is not None or key.units or key.by_hand or item.type in ("classify", "mark"))


def summarise(item: Item, key: Key, score: Score) -> str:
    """The outcome in one sentence; several parts are counted."""
    if score.outcome is Outcome.MALFORMED:
        return say("feedback.malformed", note=score.note)
    if score.outcome is Outcome.UNANSWERED:
        return say("feedback.unanswered")
    if score.outcome is Outcome.NEEDS_A_PERSON:
        return say("feedback.by_hand")
    if not has_right_answer(item, key):
        return say("feedback.noted")
    if item.type == "classify" and len(score.parts) > 1:
        right = sum(part.outcome is Outcome.CORRECT for part in score.parts)
        name = "correct_all" if right == len(score.parts) else "partly" if right else "incorrect_all"
        return say(f"feedback.{name}", right=right, count=len(score.parts))
    if score.outcome is Outcome.PARTLY and item.type in ("pick", "chain"):
        return say("feedback.almost")
    return say(f"feedback.{score.outcome.value}") if f"feedback.{score.outcome.value}" in WORDS else ""


def tell_pick(item: Item, answer: Answer, key: Key, score: Score, shown: bool) -> Told:
    """A word to each option that was chosen, and, when shown, the right ones that were not."""
    right = set(key.answer or []) | {one for other in key.accept if not other.needs for one in other.answer}
    texts = {option.id: option.text for option in item.options}
    parts = []
    for one in answer.value:
        outcome = "" if not right else "correct" if one in right else "incorrect"
        parts.append({"id": one, "outcome": outcome, "text": key.feedback.get(one, "")})
    enough = item.choose and len(right & set(answer.value)) >= item.choose
    if shown and not enough:
        for one in key.answer or []:
            if one not in answer.value:
                parts.append({"id": one, "outcome": "missed", "text": key.feedback.get(one, ""), "key": texts.get(one, one)})
    return {"parts": parts}


def tell_classify(item: Item, answer: Answer, key: Key, score: Score, shown: bool) -> Told:
    """For each unit: right or not, what to look at, and, when shown, the key in words and other answers that hold."""
    parts = []
    for part in score.parts:
        unit = key.units.get(part.id)
        if unit is None:
            continue
        given = answer.value.get(part.id, {}) if isinstance(answer.value, dict) else {}
        told = {"id": part.id, "outcome": part.outcome.value, "text": unit_text(item, given, unit, part, shown)}
        if shown and part.outcome is not Outcome.CORRECT:
            told["key"] = unit_answer(item, unit)
        parts.append(told)
    return {"parts": parts}


def unit_text(item: Item, given: dict[str, Any], unit: UnitKey, part: Part, shown: bool) -> str:
    """What is said to one unit's answer: the wrong choice's own feedback, the alternative's reason, or the key's."""
    if part.outcome is Outcome.CORRECT:
        used = alternative_used(item, given, unit)
        return used.why if used else unit.why
    said = []
    for question in item.questions:
        choice = given.get(question.id)
        if choice is not None and choice != getattr(unit, question.id, None):
            said.append(unit.feedback.get(question.id, {}).get(choice, ""))
    if shown and unit.why not in said:
        said.append(unit.why)
    return " ".join(text for text in said if text)


def alternative_used(item: Item, given: dict[str, Any], unit: UnitKey) -> Accepted | None:
    """The accepted alternative that an answer equals, if it is not the key's own."""
    asked = [question.id for question in item.questions]
    if all(given.get(name) == getattr(unit, name, None) for name in asked):
        return None
    for other in unit.accept:
        if all(given.get(name) == other.answer.get(name, getattr(unit, name, None)) for name in asked):
            return other
    return None


def unit_answer(item: Item, unit: UnitKey) -> str:
    """The key of one unit in the words of the item's own options, with the class name where the item shows it."""
    words = []
    for question in item.questions:
        held = getattr(unit, question.id, None)
        words += [option.text for option in question.options if option.id == held]
    named = class_of(unit.voice, unit.kind, unit.how) if item.show_class else None
    return ", ".join(words) + (f" ({named})" if named else "")


def tell_mark(item: Item, answer: Answer, key: Key, score: Score, shown: bool) -> Told:
    """Every mark of the learner as found or too many, and, when shown, the ones that were missed."""
    from course.scoring import match_marks

    names = {label.id: label.name for label in item.labels}
    spans, found = [], set()
    for mark, hit in match_marks(answer.value, key.spans):
        state = "hit" if hit else "extra"
        text = (hit.why or say("feedback.found")) if hit else say("feedback.extra", label=names.get(mark["label"], mark["label"]))
        spans.append({"label": mark["label"], "unit": mark["unit"], "start": mark["start"], "end": mark["end"], "state": state, "text": text})
        if hit:
            found.add(id(hit))
    missed = [span for span in key.spans if id(span) not in found and not span.optional]
    summary = say("feedback.marks", hit=len(found), missed=len(missed), extra=sum(s["state"] == "extra" for s in spans))
    if score.outcome is Outcome.CORRECT and not missed:
        summary = f"{say('feedback.correct')} {summary}"
    if shown:
        spans += [missed_span(span, names, key) for span in missed]
    parts = [{"id": label, "outcome": "missed", "text": key.feedback[label]} for label in dict.fromkeys(s.label for s in missed) if label in key.feedback]
    return {"spans": spans, "parts": parts, "summary": summary}


def missed_span(span: Span, names: dict[str, str], key: Key) -> Told:
    """A keyed span that the learner did not mark."""
    text = span.why or say("feedback.missed", label=names.get(span.label, span.label))
    return {"label": span.label, "unit": span.unit, "start": span.start, "end": span.end, "state": "missed", "text": text}


def tell_chain(item: Item, answer: Answer, key: Key, score: Score, shown: bool) -> Told:
    """A word to each pair of cards that stands the wrong way round, to each distractor, and, when shown, the order."""
    order = list(answer.value)
    texts = {card.id: card.text for card in item.cards}
    best = nearest_order(order, key)
    parts = []
    for name, text in key.feedback.items():
        first, _, second = name.partition("<")
        if second and first in order and second in order and order.index(first) < order.index(second) and score.outcome is not Outcome.CORRECT:
            if not (first in best and second in best and best.index(first) < best.index(second)):
                parts.append({"id": first, "outcome": "incorrect", "text": text})
        elif not second and first in order and first not in best:
            parts.append({"id": first, "outcome": "incorrect", "text": text})
    told: Told = {"parts": parts}
    if shown and score.outcome is not Outcome.CORRECT:
        told["key"] = " → ".join(texts.get(card, card) for card in best)
    return told


def nearest_order(order: list[str], key: Key) -> list[str]:
    """The right order that shares most places with the one given; the key's own if none shares more."""
    orders = [list(key.answer or []), *(list(other.answer) for other in key.accept)]
    return max(orders, key=lambda right: sum(a == b for a, b in zip(order, right)))


def tell_written(item: Item, answer: Answer, key: Key, score: Score, shown: bool) -> Told:
    """The accepted answer, when shown; what a person marks gets no more than the reason."""
    if shown and key.answer is not None and score.outcome is not Outcome.CORRECT:
        first = key.answer[0] if isinstance(key.answer, list) else key.answer
        return {"key": str(first)}
    return {}


def explain_reason(answer: Answer, key: Key) -> Told:
    """Whether the reason carries the label, in a two-step item."""
    right = answer.reason == key.reason
    said = key.feedback.get(answer.reason or "", "")
    return {"outcome": "correct" if right else "incorrect", "text": said or say("feedback.reason_right" if right else "feedback.reason_wrong")}


TELLERS = {"pick": tell_pick, "classify": tell_classify, "mark": tell_mark, "chain": tell_chain, "write": tell_written, "essay": tell_written}
