"""What the keys say to a learner: a reason everywhere, short enough to be read, and a word to each wrong choice."""

from __future__ import annotations

from collections.abc import Iterator

from course.check.report import Report
from course.items import Item, Key, UnitKey
from course.scoring.clauses import right_answers

LONGEST_REASON = 60


def check_words(report: Report, where: str, item: Item, key: Key) -> None:
    """Complain of a missing or long reason and of wrong choices that nobody speaks to."""
    for place, reason, needed in reasons(item, key):
        many = len(reason.split())
        if needed and not many:
            report.complain(where, f"{place} has no reason", 'Write why = "…", at most 60 words.')
        if many > LONGEST_REASON:
            report.complain(where, f"{place} gives a reason of {many} words", f"Say it in {LONGEST_REASON} words at most.")
    silent = list(unspoken(item, key))
    for place, cure in silent:
        if item.type in ("pick", "classify"):
            report.complain(where, f"nothing is said to {place}", cure)
        else:
            report.warn(where, f"nothing is said to {place}", cure)


def reasons(item: Item, key: Key) -> Iterator[tuple[str, str, bool]]:
    """Every reason of a key with the place it stands at, and whether there must be one."""
    yield "the key", key.why, not key.by_hand
    for other in key.accept:
        yield f"the alternative {other.answer!r}", other.why, True
    if item.type == "classify":
        for unit in key.units.values():
            yield f"unit {unit.unit}", unit.why, True
            for other in unit.accept:
                yield f"an alternative of unit {unit.unit}", other.why, True
    for span in key.spans:
        yield f"the span {span.quote!r} of unit {span.unit}", span.why, False


def unspoken(item: Item, key: Key) -> Iterator[tuple[str, str]]:
    """The wrong choices of an item that have no feedback, with the cure."""
    if item.type == "pick" and not key.by_hand:
        yield from silent_options(item, key)
    if item.type == "classify":
        for name, unit in key.units.items():
            yield from silent_labels(item, name, unit)
    if item.type == "mark":
        for label in dict.fromkeys(span.label for span in key.spans if not span.optional):
            if not key.feedback.get(label):
                yield f"whoever misses a span of {label}", f'Write feedback.{label} = "…".'
    if item.type == "chain" and key.answer is not None:
        for card in item.cards:
            if card.id not in key.answer and not key.feedback.get(card.id):
                yield f"whoever uses the card {card.id!r}, which does not belong", f'Write feedback.{card.id} = "…".'


def silent_options(item: Item, key: Key) -> Iterator[tuple[str, str]]:
    """Wrong options and wrong reasons of a pick without feedback; where nothing is right, every option needs some."""
    right = {one for answer in [key.answer, *(other.answer for other in key.accept if not other.needs)] for one in answer or ()}
    missing = [option.id for option in item.options if option.id not in right and not key.feedback.get(option.id)]
    if key.reason is not None:
        missing += [reason.id for reason in item.reasons if reason.id != key.reason and not key.feedback.get(reason.id)]
    if missing:
        yield f"the choice{'s' if len(missing) > 1 else ''} {', '.join(missing)}", f'Write feedback.{missing[0]} = "…".'


def silent_labels(item: Item, name: str, unit: UnitKey) -> Iterator[tuple[str, str]]:
    """Wrong options of a unit without feedback. *How* is left to the reason: it is asked last and has two options a voice."""
    accepted = [right for right, _ in right_answers(unit)]
    missing = [f"{question.id}.{option.id}" for question in item.questions if question.id != "how" for option in question.options
               if not any(right.get(question.id) == option.id for right in accepted)
               and not unit.feedback.get(question.id, {}).get(option.id)]
    if missing:
        yield f"{', '.join(missing)} in unit {name}", f'Write feedback.{missing[0]} = "…" in the text\'s key.'
