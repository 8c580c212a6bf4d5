"""An answer that an instructor accepts, laid over a key: read, tried, and added, for every type of item that has a key.

An alternative can only add to what counts: an answer is worth what the best reading of the key gives it, so no score
ever falls because something was accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from course.classroom.challenges.accepted import AcceptedError, Alternative
from course.items import NO_BREAK_SPACE, Accepted, Answer, Item, Key, Span, Text
from course.scoring import score_item
from course.scoring.chains import moved
from course.scoring.clauses import nearest_answer
from course.scoring.marks import ANY_OVERLAP, fit, readings
from course.scoring.written import number_in

LONGEST_ANSWER = 500
SIGNS = str.maketrans({",": " ", "+": " ", ";": " ", ">": " ", "→": " "})


@dataclass(frozen=True)
class Asked:
    """Where an alternative belongs: the item, its key and its text."""

    item: Item
    key: Key
    text: Text | None = None


def settled(asked: Asked, given: Alternative) -> Alternative:
    """The alternative as it is written down: its questions named, its ids in the order of the item. Raises `AcceptedError`."""
    value = read(asked, given)
    return replace(given, **dict(zip(("question", "answer"), written(asked, value), strict=True)))


def with_alternative(asked: Asked, given: Alternative) -> Key:
    """The key with the alternative beside its own answer; the key itself where that counts already. Raises `AcceptedError`."""
    value = read(asked, given)
    if not given.reason.strip():
        raise AcceptedError("no reason is given. Write the reason that earns it: it becomes feedback")
    return asked.key if counts_in_full(asked, given.unit, value) else ADD[asked.item.type](asked, given.unit, value, given.reason.strip())


def read(asked: Asked, given: Alternative) -> Any:
    """What the alternative says, in the JSON of the item's type (of one clause: its questions, or a span). Raises `AcceptedError`."""
    item, key = asked.item, asked.key
    if item.type not in READ or key.by_hand or item.credit == "completion":
        raise AcceptedError(f"{item.id} has no key to lay an answer over: {'it gives points for any answer' if item.credit == 'completion' else 'a person marks it'}")
    if item.type in ("classify", "mark"):
        if given.unit not in item.units:
            if not given.unit:
                raise AcceptedError(f"Name the clause: {', '.join(item.units)}")
            raise AcceptedError(f"{item.id} has no clause {given.unit[:40]!r}. Its clauses are: {', '.join(item.units)}")
    elif given.unit:
        raise AcceptedError(f"{item.id} asks about no single clause. Leave {given.unit[:40]!r} out")
    elif key.answer is None:
        raise AcceptedError(f"{item.id} has no right answer, so nothing needs to be accepted")
    if not given.answer.strip() or len(given.answer) > LONGEST_ANSWER:
        raise AcceptedError("no answer is named" if not given.answer.strip() else f"the answer is longer than {LONGEST_ANSWER} characters")
    return READ[item.type](asked, given)


def counts_in_full(asked: Asked, unit: str, value: Any) -> bool:
    """Whether an answer earns everything already (of a mark: fits what is keyed or may stand).

    The value is what `read` gives.
    """
    item, key = asked.item, asked.key
    if item.type == "classify":
        held = key.units[unit]
        questions = tuple(one.id for one in item.questions)
        own = {question: getattr(held, question, None) for question in questions}
        if "how" not in value and {"voice", "kind"} & value.keys():
            own["how"] = None
        return nearest_answer({name: one for name, one in (own | value).items() if one is not None}, held, questions)[0] >= 1
    if item.type == "mark":
        return any(fit(value, span) > 0 for spans in readings(key) for span in spans)
    reason = next((other.needs for other in key.accept if other.answer == value and other.needs), key.reason)
    return score_item(item, Answer(value, reason), key, text=asked.text).outcome.value == "correct"


def clause_answer(asked: Asked, given: Alternative) -> dict[str, str]:
    """The answers to a clause's questions that an alternative names, by question."""
    item = asked.item
    named = given.question.translate(SIGNS).split()
    options = {question.id: [option.id for option in question.options] for question in item.questions if not named or question.id in named}
    if unknown := [name for name in named if name not in options]:
        raise AcceptedError(f"{item.id} has no question {unknown[0][:40]!r}. Its questions are: {', '.join(one.id for one in item.questions)}")
    found: dict[str, str] = {}
    for word in given.answer.translate(SIGNS).split():
        question, _, option = word.rpartition("=")
        fits = [name for name, ids in options.items() if option in ids and (not question or name == question)]
        if not fits:
            known = "; ".join(f"{name}: {', '.join(ids)}" for name, ids in options.items())
            raise AcceptedError(f"{word[:40]!r} is no answer that {item.id} offers. Its answers are: {known}")
        if fits[0] in found:
            raise AcceptedError(f"{given.answer[:60]!r} answers {fits[0]} twice. Name one answer to each question")
        found[fits[0]] = option
    return {question.id: found[question.id] for question in item.questions if question.id in found}


def chosen_options(asked: Asked, given: Alternative) -> list[str]:
    """The options of a pick that an alternative names, in the order of the item."""
    item = asked.item
    chosen = known_ids(item.id, given.answer, [option.id for option in item.options])
    if item.choose and len(chosen) != item.choose:
        raise AcceptedError(f"{item.id} asks for {item.choose} of its options, and {len(chosen)} {'is' if len(chosen) == 1 else 'are'} named here")
    return [option.id for option in item.options if option.id in chosen]


def card_order(asked: Asked, given: Alternative) -> list[str]:
    """The order of cards that an alternative names."""
    item = asked.item
    order = known_ids(item.id, given.answer, [card.id for card in item.cards])
    if not moved(order, item.given):
        raise AcceptedError(f"{given.answer[:60]!r} holds only the card that is given. Name the whole order")
    return order


def known_ids(item: str, written: str, known: list[str]) -> list[str]:
    """Ids with spaces between them, each known and named once."""
    found = written.translate(SIGNS).split()
    if unknown := [one for one in found if one not in known]:
        raise AcceptedError(f"{unknown[0][:40]!r} is no answer that {item} offers. Its answers are: {', '.join(known)}")
    if len(set(found)) < len(found):
        raise AcceptedError(f"{written[:60]!r} names one answer twice")
    return found


def typed_words(asked: Asked, given: Alternative) -> str:
    """The words or the number that an alternative names."""
    if (asked.item.number or type(asked.key.answer) in (int, float)) and number_in(given.answer) is None:
        raise AcceptedError(f"{given.answer[:40]!r} is no number, and {asked.item.id} asks for one")
    return " ".join(given.answer.split())


def named_span(asked: Asked, given: Alternative) -> Span:
    """The span that an alternative names by its words; `#2` after them means where they stand a second time."""
    item, labels = asked.item, [label.id for label in asked.item.labels]
    label = given.question.strip() or (labels[0] if len(labels) == 1 else "")
    if label not in labels:
        raise AcceptedError(f"{item.id} has no label {label[:40]!r}. Its labels are: {', '.join(labels)}")
    words = (asked.text.unit(given.unit).text if asked.text else "").replace(NO_BREAK_SPACE, " ")
    quote, nth = given.answer.replace(NO_BREAK_SPACE, " ").strip(), 1
    head, sign, number = quote.rpartition("#")
    if quote not in words and sign and number.isascii() and number.isdigit() and len(number) < 4:
        quote, nth = head.rstrip(), int(number)
    start = -1
    for _ in range(max(nth, 1)):
        start = words.find(quote, start + 1) if quote else -1
        if start < 0:
            raise AcceptedError(f"the words {quote[:60]!r} do not stand in {given.unit}{f' a time no. {nth}' if nth > 1 else ''}. The clause reads: {words.strip()!r}")
    return Span(label, given.unit, start, start + len(quote), quote, optional=True)


def written(asked: Asked, value: Any) -> tuple[str, str]:
    """What stands in the columns `question` and `answer` for a value."""
    if isinstance(value, dict):
        return " ".join(value), " ".join(value.values())
    if isinstance(value, Span):
        return value.label, written_span(value, asked.text)
    return "", " ".join(value) if isinstance(value, list) else str(value)


def written_span(span: Span, text: Text | None) -> str:
    """The words of a span, with which time it is where they stand in the clause more than once.

    >>> from course.items import Unit
    >>> text = Text("t", "T", (Unit("a1", 1, "a big, big plan"),))
    >>> written_span(Span("loaded", "a1", 7, 10, "big"), text), written_span(Span("loaded", "a1", 11, 15, "plan"), text)
    ('big #2', 'plan')
    """
    words = (text.unit(span.unit).text if text else span.quote).replace(NO_BREAK_SPACE, " ")
    quote, starts = words[span.start:span.end], []
    while (found := words.find(quote, (starts[-1] + 1) if starts else 0)) >= 0:
        starts.append(found)
    return f"{quote} #{starts.index(span.start) + 1}" if len(starts) > 1 else quote


def add_to_clause(asked: Asked, unit: str, value: dict[str, str], why: str) -> Key:
    """The key with one more set of answers for a clause."""
    held = asked.key.units[unit]
    return replace(asked.key, units=asked.key.units | {unit: replace(held, accept=(*held.accept, Accepted(value, why)))})


def add_to_answers(asked: Asked, _unit: str, value: Any, why: str) -> Key:
    """The key with one more answer. What was said against an option that now counts is said no longer."""
    key, item = asked.key, asked.item
    against = set(value) - set(key.answer or ()) if item.type == "pick" else set()
    feedback = {name: said for name, said in key.feedback.items() if name not in against}
    return replace(key, accept=(*key.accept, Accepted(value, why)), feedback=feedback)


def add_to_marks(asked: Asked, _unit: str, value: Span, why: str) -> Key:
    """The key with one more reading of the passage, in which the mark may stand.

    A source or a cue that was marked longer or shorter counts as having found it; any other mark neither earns nor costs.
    """
    key = asked.key
    latest = list(readings(key))[-1]
    mark = replace(value, why=why)
    touched = [] if mark.label in ANY_OVERLAP else [span for span in latest if not span.optional and shared(span, mark) > 0]
    if touched:
        found = max(touched, key=lambda span: shared(span, mark))
        spans = tuple(replace(span, accept=(*span.accept, replace(mark, optional=False))) if span is found else span for span in latest)
    else:
        spans = (*latest, mark)
    return replace(key, accept=(*key.accept, Accepted(spans, why)))


def shared(span: Span, mark: Span) -> int:
    """How many characters two spans of one label and clause share.

    >>> shared(Span("cue", "a1", 0, 6), Span("cue", "a1", 4, 9)), shared(Span("cue", "a1", 0, 6), Span("source", "a1", 4, 9))
    (2, 0)
    """
    return max(0, min(span.end, mark.end) - max(span.start, mark.start)) if (span.label, span.unit) == (mark.label, mark.unit) else 0


READ: dict[str, Callable[[Asked, Alternative], Any]] = {
    "classify": clause_answer, "pick": chosen_options, "chain": card_order, "write": typed_words, "mark": named_span,
}
ADD: dict[str, Callable[[Asked, str, Any, str], Key]] = {
    "classify": add_to_clause, "pick": add_to_answers, "chain": add_to_answers, "write": add_to_answers, "mark": add_to_marks,
}
