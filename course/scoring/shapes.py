"""Is it an answer to this question at all? What a file from a student may hold is checked here before any rule sees it.

A file can be damaged, written by hand or made to do harm. Whatever is in it, these functions return a sentence that
says what is wrong, or None; they never raise, and an answer they refuse is *malformed*, never *incorrect*.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from course.items import NO_BREAK_SPACE, Answer, Item, Text

MOST_MARKS = 1000
LONGEST_LINE = 5000
MOST_NUMBER = 1e300


def problem_with(item: Item, answer: Any, text: Text | None = None) -> str | None:
    """What makes an answer unusable for an item, in one sentence, or None. Give the text to check quotes and offsets too.

    >>> from course.items import Option
    >>> item = Item("who-01", "01", "pick", "Who speaks?", options=(Option("a", "the mayor"), Option("b", "the paper")))
    >>> problem_with(item, Answer(["a"]))
    >>> problem_with(item, Answer(["a", "c"]))
    "there is no option 'c'"
    >>> problem_with(item, Answer({"a": True}))
    'the answer is an object, not a list of options'
    """
    if not isinstance(answer, Answer):
        return f"the answer is {kind_of(answer)}, not an answer"
    return CHECKS[item.type](item, answer.value, text) or problem_with_reason(item, answer.reason)


def problem_with_reason(item: Item, reason: Any) -> str | None:
    """A reason is one of the reasons on offer; where the item offers none, whatever stands there is ignored."""
    if reason is None or not item.reasons:
        return None
    return unknown("reason", reason, [one.id for one in item.reasons])


def problem_with_pick(item: Item, value: Any, _text: Text | None) -> str | None:
    """A pick is a list of option ids, each once, and no more of them than the item asks for."""
    if fault := problem_with_ids("option", value, [option.id for option in item.options]):
        return fault
    if item.choose and len(value) > item.choose:
        return f"{len(value)} options are chosen where {item.choose} can be"
    return None


def problem_with_chain(item: Item, value: Any, _text: Text | None) -> str | None:
    """A chain is a list of card ids, each once."""
    return problem_with_ids("card", value, [card.id for card in item.cards])


def problem_with_classify(item: Item, value: Any, _text: Text | None) -> str | None:
    """A classification is an object of units, each with an object of questions and the option chosen (or null)."""
    if not isinstance(value, dict):
        return f"the answer is {kind_of(value)}, not an object of units"
    questions = {question.id: [option.id for option in question.options] for question in item.questions}
    for unit, choices in value.items():
        if fault := unknown("unit", unit, item.units):
            return fault
        if not isinstance(choices, dict):
            return f"the answer to unit {unit} is {kind_of(choices)}, not an object of questions"
        for question, option in choices.items():
            if fault := unknown("question", question, questions):
                return fault
            if option is not None and (fault := unknown("option", option, questions[question])):
                return fault
    return None


def problem_with_mark(item: Item, value: Any, text: Text | None) -> str | None:
    """Marks are a list of objects with label, unit, start, end and quote, no two of them the same."""
    if not isinstance(value, list):
        return f"the answer is {kind_of(value)}, not a list of marks"
    if len(value) > MOST_MARKS:
        return f"there are {len(value)} marks, more than {MOST_MARKS}"
    labels = [label.id for label in item.labels]
    seen = set()
    for mark in value:
        if not isinstance(mark, dict):
            return f"a mark is {kind_of(mark)}, not an object"
        if fault := unknown("label", mark.get("label"), labels) or unknown("unit", mark.get("unit"), item.units):
            return fault
        if fault := problem_with_place(mark, text):
            return fault
        place = (mark["label"], mark["unit"], mark["start"], mark["end"])
        if place in seen:
            return f"the same mark stands twice in unit {mark['unit']}"
        seen.add(place)
    return None


def problem_with_place(mark: dict[str, Any], text: Text | None) -> str | None:
    """A mark's offsets are whole numbers inside its unit, and its quote is what stands there."""
    start, end, quote = mark.get("start"), mark.get("end"), mark.get("quote", "")
    if type(start) is not int or type(end) is not int:
        return "a mark's start and end must be whole numbers"
    if not isinstance(quote, str):
        return f"a mark's quote is {kind_of(quote)}, not text"
    if not 0 <= start < end:
        return f"a mark in unit {mark['unit']} ends before it starts"
    if text is None:
        return None
    words = text.unit(mark["unit"]).text
    if end > len(words):
        return f"a mark in unit {mark['unit']} ends beyond the unit"
    if quote and plain(quote) != plain(words[start:end]):
        return f"a mark in unit {mark['unit']} quotes other words than stand there"
    return None


def problem_with_write(item: Item, value: Any, _text: Text | None) -> str | None:
    """A written answer is text; where a number is asked for it may be a number."""
    if item.number and type(value) in (int, float):
        return None if -MOST_NUMBER < value < MOST_NUMBER else "the answer is not a finite number"
    if not isinstance(value, str):
        return f"the answer is {kind_of(value)}, not text"
    return f"the answer is longer than {LONGEST_LINE} characters" if len(value) > LONGEST_LINE else None


def problem_with_essay(item: Item, value: Any, _text: Text | None) -> str | None:
    """An essay is an object of fields, each with text."""
    if not isinstance(value, dict):
        return f"the answer is {kind_of(value)}, not an object of fields"
    fields = [one.id for one in item.fields]
    for name, words in value.items():
        if fault := unknown("field", name, fields):
            return fault
        if words is not None and not isinstance(words, str):
            return f"the field {name} holds {kind_of(words)}, not text"
    return None


def problem_with_ids(noun: str, value: Any, known: Collection[str]) -> str | None:
    """A list of known ids, each at most once."""
    if not isinstance(value, list):
        return f"the answer is {kind_of(value)}, not a list of {noun}s"
    seen: set[str] = set()
    for one in value:
        if fault := unknown(noun, one, known):
            return fault
        if one in seen:
            return f"the {noun} {one!r} stands twice"
        seen.add(one)
    return None


def unknown(noun: str, one: Any, known: Collection[str]) -> str | None:
    """Say that something is no id of this kind.

    >>> unknown("unit", 7, ["a1"])
    'a unit is named by a number, not by an id'
    """
    if not isinstance(one, str):
        return f"{'an' if noun[0] in 'aeio' else 'a'} {noun} is named by {kind_of(one)}, not by an id"
    return None if one in known else f"there is no {noun} {one[:40]!r}"


def kind_of(value: Any) -> str:
    """What a value from a JSON file is, in words. The value itself is never printed: it may be huge, or deep.

    >>> kind_of([[[]]]), kind_of(None), kind_of(float("nan"))
    ('a list', 'nothing', 'a number')
    """
    return {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "nothing",
            int: "a number", float: "a number"}.get(type(value), "something else")


def plain(words: str) -> str:
    """Words as they are compared: a no-break space is a space, and spaces at either end do not count."""
    return words.replace(NO_BREAK_SPACE, " ").strip()


def is_blank(item: Item, value: Any) -> bool:
    """Whether nothing was answered. *Nothing to mark* is an answer; an empty list of choices is not.

    >>> is_blank(Item("m-01", "01", "mark", "Mark the sources."), [])
    False
    >>> is_blank(Item("p-01", "01", "pick", "Pick one."), []), is_blank(Item("w-01", "01", "write", "Who?"), "  ")
    (True, True)
    """
    if value is None:
        return True
    if item.type == "mark":
        return False
    if item.type == "write":
        return isinstance(value, str) and not value.strip()
    if item.type == "chain":
        return isinstance(value, list) and all(card in item.given for card in value)
    if item.type == "essay":
        return isinstance(value, dict) and all(words is None or (isinstance(words, str) and not words.strip()) for words in value.values())
    if item.type == "classify":
        return isinstance(value, dict) and all(nothing_chosen(choices) for choices in value.values())
    return value == []


def nothing_chosen(choices: Any) -> bool:
    """Whether a unit's answers are all left out."""
    return isinstance(choices, dict) and all(option is None for option in choices.values())


CHECKS = {
    "pick": problem_with_pick,
    "classify": problem_with_classify,
    "mark": problem_with_mark,
    "chain": problem_with_chain,
    "write": problem_with_write,
    "essay": problem_with_essay,
}
