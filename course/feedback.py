"""A score and a key turned into what a learner reads: one sentence, the reasons, and a word to each choice.

Pure: `(item, answer, key, score) → dict` in the shape the view draws and the feedback page prints. How much is told
depends on `reveal`: at the first try a wrong choice gets its own feedback but not the answer; later, and after handing
in, the key is shown as well.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from course.items import NO_BREAK_SPACE, Answer, Item, Key, Outcome, Part, Score, Span, Text, UnitKey, class_of
from course.messages import say, say_many, split_prompt
from course.scoring import Compared, compare_marks, score_item
from course.scoring.chains import edit_distance
from course.scoring.marks import counts, labels_used, why_of

Told = dict[str, Any]


def explain(item: Item, answer: Answer | None, key: Key, score: Score, *, reveal: bool) -> Told:
    """Everything a learner is told about one answer.

    The dictionary holds `outcome`, `summary` (the sentence that is read aloud), `why`, `parts` (each with id, outcome,
    text and, when revealed, key) and `spans` (each with label, unit, start, end, state and text).
    """
    told: Told = {"outcome": score.outcome.value, "summary": summarise(item, score), "why": "", "parts": [], "spans": []}
    if score.outcome is Outcome.MALFORMED:
        return told
    shown = reveal or score.outcome is Outcome.CORRECT
    given = answer is not None and score.outcome is not Outcome.UNANSWERED
    if given if key.by_hand else shown:
        told["why"] = why_it_counts(item, key, score)
    if given:
        told |= TELLERS[item.type](item, answer, key, score, shown)
    if key.reason and answer is not None and score.outcome in (Outcome.CORRECT, Outcome.PARTLY):
        told["reason"] = explain_reason(answer, key)
    return told


def why_it_counts(item: Item, key: Key, score: Score) -> str:
    """The reason that is told: an accepted alternative's own where the answer counts through one, else the key's."""
    through_another = item.type in ("pick", "chain", "write") and score.outcome in (Outcome.CORRECT, Outcome.PARTLY)
    return score.note if through_another and score.note else key.why


def explain_answer(item: Item, answer: Answer, key: Key, text: Text | None, *, reveal: bool) -> Told:
    """Score an answer and explain it. Where there is nothing to be right about, each choice only gets its own word."""
    if has_right_answer(item, key):
        return explain(item, answer, key, score_item(item, answer, key, text=text), reveal=reveal)
    chosen = answer.value if isinstance(answer.value, list) else []
    parts = [{"id": one, "outcome": "", "text": key.feedback.get(one, "")} for one in chosen if isinstance(one, str)]
    return {"outcome": "noted", "summary": say("feedback.noted"), "why": key.why, "parts": parts, "spans": []}


def has_right_answer(item: Item, key: Key) -> bool:
    """Whether there is anything to be right about: a first impression or a rating has no key."""
    return bool(key.answer is not None or key.units or key.by_hand or item.type in ("classify", "mark"))


def summarise(item: Item, score: Score) -> str:
    """The outcome in one sentence; several parts are counted."""
    if score.outcome is Outcome.MALFORMED:
        return say("feedback.malformed", note=score.note)
    if score.outcome is Outcome.UNANSWERED:
        return say("feedback.unanswered")
    if score.outcome is Outcome.NEEDS_A_PERSON:
        return say("feedback.by_hand")
    if item.type == "classify" and len(score.parts) > 1:
        return summarise_parts(score.parts)
    names = {Outcome.CORRECT: "correct", Outcome.PARTLY: "almost", Outcome.INCORRECT: "incorrect"}
    return say(f"feedback.{names[score.outcome]}")


def summarise_parts(parts: tuple[Part, ...]) -> str:
    """How many parts are right, and how many are partly right: half of an answer is told as that, and never as nothing.

    >>> part = lambda outcome: Part("a", outcome, 0, 1)
    >>> summarise_parts((part(Outcome.PARTLY), part(Outcome.PARTLY), part(Outcome.INCORRECT)))
    'None of the 3 is wholly right yet. 2 are partly right.'
    >>> summarise_parts((part(Outcome.CORRECT), part(Outcome.PARTLY)))
    '1 of 2 right. 1 is partly right.'
    """
    right, half = (sum(part.outcome is outcome for part in parts) for outcome in (Outcome.CORRECT, Outcome.PARTLY))
    name = "correct_all" if right == len(parts) else "partly" if right else "none_wholly" if half else "incorrect_all"
    told = say(f"feedback.{name}", right=right, count=len(parts))
    return f"{told} {say_many('feedback.half', half)}" if half else told


def tell_pick(item: Item, answer: Answer, key: Key, score: Score, shown: bool) -> Told:
    """A word to each option that was chosen, and, when shown, the right ones that were not: the only right one is the answer."""
    right = set(key.answer or []) | {one for other in key.accept if not other.needs for one in other.answer}
    texts = {option.id: option.text for option in item.options}
    parts = []
    for one in answer.value:
        outcome = "correct" if one in right else "incorrect"
        parts.append({"id": one, "outcome": outcome, "text": key.feedback.get(one, "")})
    enough = item.choose and len(right & set(answer.value)) >= item.choose
    if shown and not enough:
        for one in key.answer or []:
            if one not in answer.value:
                parts.append({"id": one, "outcome": "answer" if item.choose == 1 else "missed", "text": key.feedback.get(one, ""), "key": texts.get(one, one)})
    told: Told = {"parts": parts}
    if verdict := mixed_picks(item, key, score, len(right & set(answer.value)), len(answer.value), shown=shown):
        told["summary"] = verdict
    return told


def mixed_picks(item: Item, key: Key, score: Score, hits: int, count: int, *, shown: bool) -> str:
    """The verdict on right and wrong choices together: how many are right, and, where they cancel out, that they do."""
    if item.choose == 1 or not 0 < hits < count:
        return ""
    told = say("feedback.one_of_two") if (hits, count) == (1, 2) else say_many("feedback.some_of", hits, count=count, wrong=count - hits)
    cancelled = item.points and score.outcome is Outcome.INCORRECT
    told = say("feedback.together_nothing", told=told) if cancelled else f"{told}."
    if shown and 1 < item.choose < len(key.answer or []):
        told += " " + (say("feedback.any_two_would_do") if item.choose == 2 else say("feedback.any_would_do", choose=item.choose))
    return told


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
        return part.note or unit.why
    said = []
    for question in item.questions:
        choice = given.get(question.id)
        if choice is not None and choice != getattr(unit, question.id, None):
            said.append(unit.feedback.get(question.id, {}).get(choice, ""))
    if shown and unit.why not in said:
        said.append(unit.why)
    return " ".join(text for text in said if text)


def unit_answer(item: Item, unit: UnitKey) -> str:
    """The key of one unit in the words of the item's own options, with the class name where the item shows it."""
    words = []
    for question in item.questions:
        held = getattr(unit, question.id, None)
        words += [option.text for option in question.options if option.id == held]
    named = class_of(unit.voice, unit.kind, unit.how) if item.show_class else None
    return ", ".join(words) + (f" ({named})" if named else "")


def tell_mark(item: Item, answer: Answer, key: Key, score: Score, shown: bool) -> Told:
    """Every mark of the learner as found, nearly or too many, and, when shown, the ones that were missed."""
    compared = compare_marks(answer, key)
    names = {label.id: label.name for label in item.labels}
    near = near_misses(compared)
    spans = [tell_span(mark, "hit", why_of(mark, key, keyed) or say("feedback.found")) for mark, keyed in compared.hits]
    spans += [tell_span(mark, "hit", why_of(mark, key) or say("feedback.spare")) for mark in compared.spare]
    for mark in compared.extra:
        if mark in near:
            spans.append(tell_span(mark, "near", tell_near(mark, near[mark]) if shown else say("feedback.near_hidden")))
        else:
            spans.append(tell_span(mark, "extra", say("feedback.extra", label=names[mark.label])))
    if shown:
        spans += [tell_span(span, "missed", span.why or say("feedback.missed", label=names[span.label])) for span in compared.missed]
    # A hint belongs to the search: once every missed mark is shown with its own reason, it would only say the same again.
    labels = dict.fromkeys(span.label for span in compared.missed if not (shown and span.why))
    parts = [{"id": label, "outcome": "hint", "text": key.feedback[label]} for label in labels if label in key.feedback]
    return {"spans": spans, "parts": parts, "summary": summarise_marks(compared, names, score)}


def summarise_marks(compared: Compared, names: dict[str, str], score: Score) -> str:
    """The marks counted; where they are not all right and bear several labels, a second line counts them label by label."""
    told = say("feedback.marks", hit=len(compared.hits), missed=len(compared.missed), extra=len(compared.extra))
    if score.outcome is Outcome.CORRECT:
        return f"{say('feedback.correct')} {told}"
    used = labels_used(compared)
    counted = [f"{name}: {tell_counts(*counts(compared, label))}." for label, name in names.items() if label in used]
    return f"{told}\n{' '.join(counted)}" if len(counted) > 1 else told


def tell_counts(right: int, extra: int, missed: int) -> str:
    """How the marks of one label fared.

    >>> tell_counts(2, 1, 0), tell_counts(0, 0, 2), tell_counts(0, 1, 0)
    ('2 of 2 found, 1 too many', '0 of 2 found', 'none to find, 1 too many')
    """
    found = say("feedback.label_found", found=right, keyed=right + missed) if right + missed else say("feedback.label_none")
    return f"{found}, {say('feedback.label_extra', extra=extra)}" if extra else found


def near_misses(compared: Compared) -> dict[Span, Span]:
    """The marks too many that touch a missed span of their own label, each with that span: right in what, wrong in how far.

    >>> found = Compared(extra=(Span("source", "a1", 0, 30),), missed=(Span("source", "a1", 9, 20), Span("cue", "a1", 0, 8)))
    >>> [(mark.end, span.start) for mark, span in near_misses(found).items()]
    [(30, 9)]
    """
    touching = [(min(mark.end, span.end) - max(mark.start, span.start), mark, span)
                for mark in compared.extra for span in compared.missed if (mark.label, mark.unit) == (span.label, span.unit)]
    near: dict[Span, Span] = {}
    for shared, mark, span in sorted(touching, key=lambda one: -one[0]):
        if shared > 0 and mark not in near and span not in near.values():
            near[mark] = span
    return near


def tell_near(mark: Span, span: Span) -> str:
    """Whether a near miss is too long, too short or beside the place, and what to mark."""
    longer, shorter = mark.start <= span.start and mark.end >= span.end, mark.start >= span.start and mark.end <= span.end
    return say(f"feedback.near_{'long' if longer else 'short' if shorter else 'beside'}", quote=span.quote.replace(NO_BREAK_SPACE, " "))


def tell_span(span: Span, state: str, text: str) -> Told:
    """One stretch of the passage: found ("hit"), nearly ("near"), missed or too many ("extra"), and what is said of it."""
    return {"label": span.label, "unit": span.unit, "start": span.start, "end": span.end, "state": state, "text": text}


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
        told["chains"] = side_by_side(order, best, texts, {part["id"] for part in parts})
    return told


def side_by_side(order: list[str], right: list[str], texts: dict[str, str], blamed: Collection[str] = ()) -> dict[str, list[Told]]:
    """The chain that was made and the right one, card by card, each card with what is to be said of its place.

    Of two cards that have changed places either may be called the moved one: a card that a word of feedback stands at is `blamed`.

    >>> chains = side_by_side(["a", "x", "c", "b"], ["a", "b", "c", "d"], {})
    >>> [(card["text"], card["state"]) for card in chains["yours"]]
    [('a', 'kept'), ('x', 'extra'), ('c', 'moved'), ('b', 'kept')]
    >>> [(card["text"], card["state"]) for card in chains["key"]]
    [('a', 'kept'), ('b', 'kept'), ('c', 'moved'), ('d', 'missed')]
    >>> [card["state"] for card in side_by_side(["b", "a"], ["a", "b"], {}, {"a"})["yours"]]
    ['kept', 'moved']
    """
    kept = in_same_order([card for card in order if card not in blamed], right)

    def drawn(cards: list[str], others: list[str], alone: str) -> list[Told]:
        return [{"id": card, "text": texts.get(card, card), "state": "kept" if card in kept else "moved" if card in others else alone} for card in cards]

    return {"yours": drawn(order, right, "extra"), "key": drawn(right, order, "missed")}


def in_same_order(one: list[str], other: list[str]) -> tuple[str, ...]:
    """The most cards that follow each other in the same order in both chains.

    >>> in_same_order(["a", "c", "b"], ["a", "b", "c", "d"])
    ('a', 'b')
    """
    row: list[tuple[str, ...]] = [()] * (len(other) + 1)
    for card in one:
        above, row = row, [()]
        for place, there in enumerate(other, start=1):
            row.append((*above[place - 1], card) if card == there else max(row[place - 1], above[place], key=len))
    return row[-1]


def nearest_order(order: list[str], key: Key) -> list[str]:
    """The right order that takes the fewest moves from the one given; the key's own if none takes fewer."""
    orders = [list(key.answer or []), *(list(other.answer) for other in key.accept)]
    return min(orders, key=lambda right: edit_distance(order, right))


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


def over_limit(item: Item, answer: Answer | None) -> list[dict[str, Any]]:
    """Each text of an answer that has more words than its box asks for: what the box is called, its words and the most.

    >>> from course.items import Field
    >>> item = Item("news", "l", "essay", "Two texts.", fields=(Field("one", "A **report**", max_words=3, lines=1), Field("two", "A comment", lines=1)))
    >>> over_limit(item, Answer({"one": "It rained all day.", "two": "It rained all day."}))
    [{'name': 'A report', 'words': 4, 'max': 3}]
    """
    value = answer.value if answer else None
    boxes = [(one.prompt, one.max_words, value.get(one.id) if isinstance(value, dict) else None) for one in item.fields]
    boxes += [(split_prompt(item.prompt).ask, item.max_words, value)] if item.type == "write" and not item.number else []
    counted = [(name, count_words(words), most) for name, most, words in boxes if most and isinstance(words, str)]
    return [{"name": name.replace("*", ""), "words": count, "max": most} for name, count, most in counted if count > most]


def count_words(text: str) -> int:
    """How many words a text has; a word with a hyphen is one.

    >>> count_words("A five-part plan – today")
    4
    """
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def feedback_lines(feedback: dict[str, Any]) -> str:
    """Feedback as plain lines, for answers in plain code: the outcome, a word to each part and to the reason chosen, the key if it is told, the reason why."""
    key = say("part.key", key=feedback["key"]) if feedback.get("key") else ""
    lines = [feedback["summary"], *(part["text"] for part in feedback["parts"]), feedback.get("reason", {}).get("text"), key, feedback["why"]]
    return "\n".join(line for line in lines if line)
