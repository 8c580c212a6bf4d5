"""From an item with its key to questions that a learning platform can ask, and what gets lost on the way.

Each clause of a classify item becomes a question of its own whose answers are the combinations of ours: so a platform that
gives parts of the points gives the same points as the kit, which `tests/test_exports_questions.py` works out for every one.
Marks become a written answer that a person marks: no platform takes a stretch of text as an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from course.exports.passages import clause_asked, heading, is_free, lines_of, marking_of_essay, marking_of_marks
from course.exports.questions import BOTH, COUNTING, ESSAY, NUMBER, ONE, PAIRS, SEVERAL, WORDS, Asking, Notes, Question, Reply, Set, forms
from course.feedback import unit_answer, unit_text
from course.items import Item, Key, Part, Text, UnitKey
from course.messages import say
from course.reports.html import Html, join, rich, tag
from course.scoring import most_points
from course.scoring.clauses import nearest_answer
from course.scoring.picks import asks_reason, share_of_picks
from course.scoring.totals import outcome_of
from course.scoring.written import number_in

PER_CLAUSE = "Every clause is a question of its own, whose answers are all combinations of ours"
REASON_APART = "The reason is a second question worth half of the points, and counts there even beside a wrong answer"
EVERY_ONE = "Every option that fits is asked for, instead of a fixed number; a wrong one takes away what a right one gives"
MARKS_WRITTEN = "Marks become a written answer that a person marks; the keyed words and their reasons stand in the notes for marking"
CHAIN_PLACES = "A chain shows how many places it has, and each place counts alike; here one card too early costs one move"
WORDS_STRICT = "A written answer is compared letter by letter, apart from its case; number words and quotation marks are not read as they are here"
BY_PERSON = "A person marks it, by the rubric in the notes for marking"
FOR_ANSWERING = "Every answer earns the points, since they are for answering"
NO_RIGHT = "It has no right answer: every answer is taken, and it is worth nothing"
CLOSED = "Reasons and feedback are left out: here they open only after a later lesson"
RIGHTS_ASKED = "The text is under no free licence: its rights stand below it there; ask the author before it goes onto a platform"
NO_CONFIDENCE = "How sure somebody is"
NO_CHALLENGE = "Arguing for another label"
NO_SECOND_ORDER = "Another order that also earns all"
NO_NEEDED = "An answer that counts only beside one reason"
NO_KEY = "The item itself: its key is not here"
ONE_PLACE = "The item itself: a chain with a single place"


def sets_of(asking: Asking, notes: Notes) -> list[Set]:
    """The questions of every lesson that was chosen, form by form; lessons that keep none are left out."""
    made = []
    for lesson in asking.lessons:
        held = {item.id: tuple(questions_of(item, asking, notes)) for item in lesson.items if wanted(item, asking)}
        every = forms(lesson, (item for item in lesson.items if held.get(item.id)))
        for place, items in enumerate(every, start=1):
            questions = tuple(question for item in items for question in held[item.id])
            made += [Set(lesson.id, lesson.title, questions, place if len(every) > 1 else 0)] if questions else []
    return made


def wanted(item: Item, asking: Asking) -> bool:
    """Whether an item is one of those that were asked for: those that count, practice, or both."""
    return asking.which == BOTH or asking.is_counted(item) == (asking.which == COUNTING)


def questions_of(item: Item, asking: Asking, notes: Notes) -> Iterator[Question]:
    """The questions that an item becomes. What differs there and what is lost goes to `notes`."""
    key, text = asking.keys.get(item.id), asking.texts.get(item.text or "")
    if key is None and item.credit == "score":
        notes.leave(NO_KEY, item.id)
        return
    if item.confidence or item.confidence_units:
        notes.leave(NO_CONFIDENCE, item.id)
    if item.challenge:
        notes.leave(NO_CHALLENGE, item.id)
    if text and not is_free(text):
        notes.differ(RIGHTS_ASKED, item.id)
    if item.opens_with:
        notes.differ(CLOSED, item.id)
    if item.credit == "completion":
        notes.differ(FOR_ANSWERING, item.id)
    yield from CARRIED[item.type](item, key or Key(item.id), text, notes)


def about(item: Item) -> dict[str, Any]:
    """What every question of an item bears."""
    tags = (item.lesson, "counts" if item.graded or item.credit == "completion" else "practice", *(f"objective {one}" for one in (item.objective, *item.also) if one))
    return {"item": item.id, "tags": tags}


def why_of(item: Item, words: str) -> Html:
    """What is said after the answer, whatever it was; nothing while the kit itself would keep it closed."""
    return join() if item.opens_with or not words else tag("p", rich(words))


def told(item: Item, words: str) -> Html:
    """What is said to one answer."""
    return join() if item.opens_with else rich(words)


def carry_pick(item: Item, key: Key, text: Text | None, notes: Notes) -> Iterator[Question]:
    """A pick as one or several of its options, and its reason as a second question."""
    right = {one for one in key.answer or ()}
    if any(other.needs for other in key.accept):
        notes.leave(NO_NEEDED, item.id)
    right |= {one for other in key.accept if not other.needs for one in other.answer} if item.choose == 1 else set()
    free = item.credit == "completion" or not right
    if not right:
        notes.differ(NO_RIGHT, item.id)
    head = heading(item, text)
    if item.choose > 1 and not free:
        notes.differ(EVERY_ONE, item.id)
        head = join(head, tag("p", tag("em", "Here, choose every one that fits. A wrong one takes away what a right one gives.")))
    points = 0.0 if not right else most_points(item) / (2 if asks_reason(item, key) else 1)
    shares = {option.id: share_of_option(option.id, right, item.choose, len(item.options), free=free) for option in item.options}
    replies = tuple(Reply(rich(option.text), shares[option.id], told(item, key.feedback.get(option.id, "")), option.id in (key.answer or ())) for option in item.options)
    kind = ONE if item.choose == 1 else SEVERAL
    yield Question(item.id, kind=kind, title=item.id, points=points, head=head, why=why_of(item, key.why), replies=replies, **about(item))
    yield from carry_reason(item, key, text, notes)


def share_of_option(option: str, right: set[str], choose: int, count: int, *, free: bool) -> float:
    """The share of the points that one option earns by itself; of several, a wrong one takes away what a right one gives.

    >>> share_of_option("a", {"a"}, 1, 4, free=False), share_of_option("x", {"a", "b"}, 0, 4, free=False), share_of_option("x", set(), 0, 4, free=True)
    (1.0, -0.5, 0.25)
    """
    if free:
        return 1.0 if choose == 1 else 1 / count
    if choose == 1:
        return share_of_picks([option], right, 1)
    return (1 if option in right else -1) / len(right)


def carry_reason(item: Item, key: Key, text: Text | None, notes: Notes) -> Iterator[Question]:
    """The reason of a two-step item, with half of its points."""
    if not item.reasons:
        return
    notes.differ(REASON_APART, item.id)
    keyed = asks_reason(item, key)
    replies = tuple(
        Reply(rich(one.text), float(not keyed or one.id == key.reason), told(item, key.feedback.get(one.id, "")), one.id == key.reason) for one in item.reasons
    )
    head = join(heading(item, text, first="You have just answered this:"), tag("p", tag("strong", "Why? Choose the reason that carries the right answer.")))
    yield Question(f"{item.id}-why", kind=ONE, title=f"{item.id}: why", points=most_points(item) / 2 if keyed else 0.0, head=head, replies=replies, **about(item))


def carry_classify(item: Item, key: Key, text: Text | None, notes: Notes) -> Iterator[Question]:
    """A question a clause; its answers are the combinations of ours, each with the share that the kit gives it."""
    notes.differ(PER_CLAUSE, item.id)
    points = most_points(item) / len(item.units) / (2 if asks_reason(item, key) else 1)
    for place, unit in enumerate(item.units, start=1):
        unit_key = key.units.get(unit)
        head = join(heading(item, text, asked=unit), clause_asked(place, text.unit(unit).shown if text else unit))
        replies = tuple(reply_to_clause(item, given, unit_key) for given in combinations(item))
        why = join(tag("strong", say("page.key_says"), " ", unit_answer(item, unit_key), "."), " ", rich(unit_key.why)) if unit_key and not item.opens_with else join()
        yield Question(
            f"{item.id}-{unit}", kind=ONE, title=f"{item.id}, clause {place}", points=points, head=head, why=tag("p", why) if why else why, replies=replies, **about(item)
        )
    yield from carry_reason(item, key, text, notes)


def combinations(item: Item) -> Iterator[dict[str, str]]:
    """Every set of answers to a clause that makes sense: *how* is asked only where it can be answered.

    >>> from course.items import Option, Question as Asked
    >>> voice = Asked("voice", "", (Option("author", ""), Option("source", "")))
    >>> kind = Asked("kind", "", (Option("fact", ""), Option("judgement", "")))
    >>> len(list(combinations(Item("c", "l", "classify", "", questions=(voice, kind)))))
    4
    """
    asked = {question.id: [option.id for option in question.options] for question in item.questions}
    seen = []
    for choice in product(*asked.values()):
        given = dict(zip(asked, choice, strict=True))
        if {"voice", "kind", "how"} <= given.keys():
            hows = HOW_OF.get((given["voice"], given["kind"])) or HOW_OF.get((given["voice"], "")) if given["kind"] != "lost" else None
            if hows is None:
                del given["how"]
            elif given["how"] not in hows:
                continue
        if given not in seen:
            seen.append(given)
            yield given


# By voice, and by kind where only one has it: what a person sees of a source, and how the text comes to know a fact.
HOW_OF = {("author", "fact"): ("shown", "not-shown"), ("source", ""): ("marks", "no-marks")}


def reply_to_clause(item: Item, given: dict[str, str], key: UnitKey | None) -> Reply:
    """One combination of answers, its share and what is said to it."""
    texts = [option.text for question in item.questions for option in question.options if given.get(question.id) == option.id]
    words = join(*(rich(one) for one in texts), between=" · ")
    if item.credit == "completion" or key is None:
        return Reply(words, 1.0)
    share = nearest_answer(given, key, tuple(question.id for question in item.questions))[0]
    keyed = share >= 1 and all(choice == getattr(key, question) for question, choice in given.items())
    return Reply(words, share, told(item, unit_text(item, given, key, Part(key.unit, outcome_of(share)), False)), keyed)


def carry_mark(item: Item, key: Key, text: Text | None, notes: Notes) -> Iterator[Question]:
    """Marks as a written answer: the words, copied out under their label."""
    notes.differ(MARKS_WRITTEN, item.id)
    names = tuple(label.name for label in item.labels)
    how = f"Copy out the words that you would mark, each on a line of its own and under its label: {', '.join(names)}."
    head = join(heading(item, text, numbered=True), tag("p", tag("em", how)))
    marking = marking_of_marks(item, key, text)
    yield Question(
        item.id, kind=ESSAY, title=item.id, points=most_points(item), head=head, why=why_of(item, key.why), marking=marking,
        template=tuple(f"{name}: " for name in names), lines=4 + 2 * len(names), **about(item),
    )


def carry_chain(item: Item, key: Key, text: Text | None, notes: Notes) -> Iterator[Question]:
    """A chain as places, in order, for each of which a card is chosen."""
    notes.differ(CHAIN_PLACES, item.id)
    if key.accept:
        notes.leave(NO_SECOND_ORDER, item.id)
    cards = {card.id: card.text.replace("*", "") for card in item.cards}
    placed = [card for card in key.answer or () if card not in item.given]
    if len(placed) < 2:
        notes.leave(ONE_PLACE, item.id)
        return
    given = [cards[card] for card in item.given]
    begun = tag("p", tag("em", f"{given[0]} is there already, as the first one. Choose what comes after it, card by card.")) if given else ""
    rows = tuple((f"Place {place}", cards[card]) for place, card in enumerate(placed, start=1 + len(given)))
    spare = tuple(words for card, words in cards.items() if card not in placed and card not in item.given)
    said = join(*(tag("li", rich(words)) for words in key.feedback.values()))
    why = join(why_of(item, key.why), tag("ul", said) if said and not item.opens_with else "")
    yield Question(
        item.id, kind=PAIRS, title=item.id, points=most_points(item), head=join(heading(item, text), begun), why=why, rows=rows, spare=spare, **about(item)
    )


def carry_write(item: Item, key: Key, text: Text | None, notes: Notes) -> Iterator[Question]:
    """A short answer as words or a number; one that a person marks as an essay."""
    found = [one for value in (key.answer, *(other.answer for other in key.accept if not other.needs)) for one in (value if isinstance(value, list) else [value])]
    number = item.number or type(key.answer) in (int, float)
    figures = [value for one in found if (value := number_in(one)) is not None] if number else []
    answers = tuple(f"{value:.12g}" for value in figures) if number else tuple(str(one) for one in found if one is not None)
    common = {"title": item.id, "head": heading(item, text), "why": why_of(item, key.why), **about(item)}
    if key.by_hand or not answers or item.credit == "completion":
        notes.differ(BY_PERSON, item.id)
        yield Question(item.id, kind=ESSAY, points=most_points(item), marking=marking_of_essay(item, key), lines=3, **common)
    else:
        notes.differ(WORDS_STRICT, item.id)
        points = most_points(item) / (2 if asks_reason(item, key) else 1)
        yield Question(item.id, kind=NUMBER if number else WORDS, points=points, answers=answers, tolerance=key.tolerance, **common)
    yield from carry_reason(item, key, text, notes)


def carry_essay(item: Item, key: Key, text: Text | None, notes: Notes) -> Iterator[Question]:
    """An essay with its boxes as headings in one box, and the rubric for the person who marks."""
    notes.differ(BY_PERSON, item.id)
    head = join(heading(item, text, numbered=True), tag("ul", *(tag("li", rich(words)) for words in lines_of(item))) if item.fields else "")
    template = tuple(one.prompt for one in item.fields) if len(item.fields) > 1 else ()
    lines = sum(one.lines for one in item.fields) + 4
    yield Question(
        item.id, kind=ESSAY, title=item.id, points=most_points(item), head=head, why=why_of(item, key.why), marking=marking_of_essay(item, key),
        template=template, lines=lines, **about(item),
    )


CARRIED = {"pick": carry_pick, "classify": carry_classify, "mark": carry_mark, "chain": carry_chain, "write": carry_write, "essay": carry_essay}
