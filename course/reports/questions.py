"""One answered question on a learner's page: what was asked, what was answered, what the key says, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from course.feedback import count_words, explain, nearest_order, side_by_side
from course.items import Answer, Item, Key, Outcome, Score, Text
from course.messages import say, say_many, split_prompt
from course.reports.html import Html, join, rich, tag
from course.reports.passages import marked_passages
from course.scoring import compare_marks, score_item
from course.scoring.shapes import problem_with

LONGEST_TEXT = 20_000
ALL_OPTIONS_UP_TO = 6


@dataclass(frozen=True)
class Answered:
    """A question that counts, for one learner. `opens_after` names the lesson to hand in first, while its feedback is closed.

    `stopped` says that the file ended before its answer.
    """

    item: Item
    state: str
    points: float
    text: Text | None = None
    key: Key | None = None
    answer: Answer | None = None
    score: Score | None = None
    comments: tuple[str, ...] = ()
    opens_after: str = ""
    stopped: bool = False

    @property
    def readable(self) -> bool:
        """Whether there is an answer that fits the question as it stands today; points given by hand may belong to one that does not."""
        return self.answer is not None and problem_with(self.item, self.answer, self.text) is None

    @property
    def by_teacher(self) -> bool:
        """Whether a person set the points themselves, whatever the key says."""
        return self.state == "scored" and self.score is not None and self.score.outcome is Outcome.NEEDS_A_PERSON

    @property
    def tells_average(self) -> bool:
        """Whether its points are an average over labels that needs explaining: marks of several labels, not all right."""
        return self.group == "again" and self.item.type == "mark" and len(self.item.labels) > 1 and self.readable and not (self.opens_after or self.by_teacher)

    @property
    def group(self) -> str:
        """Under which heading of the page it stands."""
        if self.opens_after and self.state == "scored":
            return "later"
        if self.state == "scored":
            return "right" if self.points >= self.item.points else "again"
        return {"needs a person": "waiting", "unanswered": "blank", "malformed": "unread"}[self.state]


def question(answered: Answered, number: int, *, average: bool = False) -> Html:
    """The whole question as one article of the page; with `average`, it says how several labels make the points."""
    item = answered.item
    lead, ask, more = split_prompt(item.prompt)
    around = tag("p", rich(f"{lead} {more}".strip()), klass="lead") if lead or more else ""
    head = join(tag("h4", tag("span", f"{number}", klass="number"), rich(ask)), around, tag("p", worth(answered), klass="worth"))
    note = tag("p", say("page.average"), klass="note") if average else ""
    return tag("article", head, *body(answered), note, klass=f"question {answered.group}", id=anchor(item), tabindex="-1")


def anchor(item: Item) -> str:
    """Where a question stands on the page, for a link that leads to it."""
    return f"question-{item.id}"


def went_right(questions: Iterable[Answered]) -> str:
    """What went right in a lesson, counted: whole questions, and in the others single clauses, marks and choices."""
    counts = dict.fromkeys(("questions", "clauses", "marks", "choices"), 0)
    for one in questions:
        if one.group == "right":
            counts["questions"] += 1
        elif one.group == "again" and one.readable and one.key and not one.opens_after:
            counts["clauses"] += sum(part.outcome is Outcome.CORRECT for part in one.score.parts) if one.item.type == "classify" and one.score else 0
            counts["marks"] += len(compare_marks(one.answer, one.key, one.text).hits) if one.item.type == "mark" else 0
            counts["choices"] += len({*one.answer.value} & {*(one.key.answer or ())}) if one.item.type == "pick" else 0
    whole = counts.pop("questions")
    parts = ", ".join(say_many(f"page.right_{name}", count) for name, count in counts.items() if count)
    if not whole:
        return say("page.right_partly", what=parts) if parts else ""
    told = say_many("page.right_questions", whole)
    return f"{told} {say('page.right_in_others', what=parts)}" if parts else told


def worth(answered: Answered) -> str:
    """What it earned, in words."""
    up_to = say_many("page.up_to", answered.item.points, n=figure(answered.item.points))
    earned = points_of(answered.points, answered.item.points)
    if answered.group == "waiting":
        return say("page.worth_waiting", told=up_to)
    if answered.group == "unread":
        return say("page.worth_unread")
    if answered.group == "blank":
        return say("page.worth_blank", told=earned)
    if answered.group == "later" and answered.item.credit != "completion":
        return say("page.worth_later", told=up_to)
    return say("page.points_now", told=earned)


def body(answered: Answered) -> list[Html]:
    """What stands under the prompt; while the feedback is closed, only that the answer has arrived."""
    comments = [tag("blockquote", tag("p", words, dir="auto"), klass="comment") for words in answered.comments]
    if comments:
        comments.insert(0, tag("p", say("page.comments"), klass="label"))
    if answered.group == "unread":
        return [tag("p", say("page.stopped" if answered.stopped else "page.unread")), *comments]
    if answered.opens_after:
        return [tag("p", later(answered)), *comments]
    if answered.answer is None:
        why = [tag("p", rich(answered.key.why), klass="why")] if answered.key and answered.key.why and not answered.key.by_hand else []
        return [tag("p", say("page.blank")), *why, *comments]
    if answered.state == "needs a person" and answered.score is None:
        return [tag("p", say("page.other_wording")), *comments]
    if not answered.readable:
        return [tag("p", say("page.unread_scored" if answered.state == "scored" else "page.unread")), *levels(answered), *comments]
    return [*drawn(answered, answered.answer), *levels(answered), *comments]


def later(answered: Answered) -> str:
    """Why the feedback is not there yet; where points are for answering, also how many parts were answered."""
    if answered.item.credit == "completion" and answered.score and answered.score.parts:
        done = sum(part.outcome is not Outcome.UNANSWERED for part in answered.score.parts)
        return say("page.later_answering", n=done, m=len(answered.score.parts))
    return say("page.later", lesson=answered.opens_after)


def drawn(answered: Answered, answer: Answer) -> list[Html]:
    """The answer beside the key, for the item's type, and then the reason."""
    item, key = answered.item, answered.key or Key(answered.item.id)
    judged = score_item(item, answer, key, text=answered.text) if key.answer is not None or key.units or key.by_hand else Score(Outcome.NEEDS_A_PERSON)
    told = explain(item, answer, key, judged, reveal=True)
    summary = "" if told["outcome"] == Outcome.NEEDS_A_PERSON.value else told["summary"]
    said = {"text": told.get("key", ""), "parts": told["parts"]}
    first, *more = (say("page.by_teacher") if answered.by_teacher else summary).split("\n")
    pieces = [tag("p", first, klass="summary") if first else "", *(tag("p", line) for line in more), DRAW[item.type](answered, answer, key, said)]
    if answer.reason and item.reasons:
        pieces.append(reason_line(item, answer, told.get("reason", {})))
    if isinstance(answer.confidence, str) and item.confidence:
        pieces.append(tag("p", say("page.confidence", confidence=answer.confidence), klass="note"))
    if told["why"] and (answered.state == "scored" or not key.by_hand):
        pieces.append(tag("p", rich(told["why"]), klass="why"))
    return [piece for piece in pieces if piece]


def reason_line(item: Item, answer: Answer, told: dict[str, Any]) -> Html:
    """The reason that was chosen, and whether it carries the answer."""
    chosen = next((one.text for one in item.reasons if one.id == answer.reason), answer.reason)
    return tag("p", tag("strong", say("page.your_reason")), f" {chosen} ", tag("span", rich(told.get("text", "")), klass="said"))


def draw_pick(answered: Answered, answer: Answer, key: Key, said: dict[str, Any]) -> Html:
    """The options that were chosen or are right, each with what there is to say to it; the others too when they are few."""
    item = answered.item
    right = set(key.answer or [])
    told = {part["id"]: part for part in said["parts"]}
    rows = []
    for option in item.options:
        chosen = option.id in answer.value
        keyed = option.id in right or (chosen and told.get(option.id, {}).get("outcome") == "correct")
        if not (chosen or keyed) and len(item.options) > ALL_OPTIONS_UP_TO:
            continue
        tags = [tag("span", say("page.yours"), klass="tag mine")] if chosen else []
        tags += [tag("span", say("page.keys"), klass="tag keyed")] if keyed else []
        text = told.get(option.id, {}).get("text", "")
        state = "found" if chosen and keyed else "extra" if chosen and right else "missed" if told.get(option.id, {}).get("outcome") in ("missed", "answer") else ""
        rows.append(tag("li", tag("span", rich(option.text), klass="words"), *tags, tag("p", rich(text), klass="said") if text else "", klass=state))
    return tag("ul", *rows, klass="options")


def draw_classify(answered: Answered, answer: Answer, key: Key, said: dict[str, Any]) -> Html:
    """The passage clause by clause: its words, the learner's labels beside the key's, and the reason."""
    item = answered.item
    told = {part["id"]: part for part in said["parts"]}
    sure = answer.confidence if isinstance(answer.confidence, dict) else {}
    rows = []
    for name in item.units:
        words = answered.text.unit(name).shown if answered.text else name
        part = told.get(name, {})
        given = answer.value.get(name) or {}
        mine = ", ".join(option_text(item, question, choice) for question, choice in given.items() if choice) or say("page.nothing")
        cells = [cell(say("page.you"), mine, say("page.confidence", confidence=sure[name]) if name in sure else "")]
        if name in key.units:
            cells.append(cell(say("page.key"), keyed_labels(item, key, name), ""))
        state = {"correct": "found", "partly": "partly"}.get(part.get("outcome", ""), "extra" if key.units else "")
        mark = tag("span", say(f"page.clause_{state}"), klass=f"tag {state}") if state else ""
        text = tag("p", rich(part.get("text", "")), klass="said") if part.get("text") else ""
        rows.append(tag("li", tag("p", words, " ", mark, klass="words"), tag("dl", *cells), text, klass=state))
    return tag("ol", *rows, klass="clauses")


def keyed_labels(item: Item, key: Key, unit: str) -> str:
    """The key of one clause in the words of the item's own options."""
    held = [(one.id, getattr(key.units[unit], one.id, None)) for one in item.questions]
    return ", ".join(option_text(item, question, choice) for question, choice in held if choice)


def cell(title: str, words: str, note: str) -> Html:
    """One side of a comparison, as a term and what it is."""
    return tag("div", tag("dt", title), tag("dd", words, tag("span", f" ({note})", klass="note") if note else ""))


def option_text(item: Item, question: str, choice: Any) -> str:
    """An option of a classify question in its own words."""
    for one in item.questions:
        if one.id == question:
            return next((option.text for option in one.options if option.id == choice), str(choice))
    return str(choice)


def draw_mark(answered: Answered, answer: Answer, key: Key, _said: dict[str, Any]) -> Html:
    """The learner's marks on the passage beside the key's."""
    if answered.text is None:
        return join()
    return marked_passages(answered.item, answered.text, answer, key)


def draw_chain(answered: Answered, answer: Answer, key: Key, said: dict[str, Any]) -> Html:
    """The learner's order beside the key's."""
    texts = {card.id: card.text for card in answered.item.cards}
    chains = said.get("chains") or side_by_side(answer.value, nearest_order(answer.value, key), texts)
    sides = [tag("div", tag("dt", say(title)), tag("dd", chain(chains[name]))) for title, name in (("page.you", "yours"), ("page.key", "key"))]
    said_to = [tag("li", rich(part["text"])) for part in said["parts"] if part["text"]]
    return join(tag("dl", *sides, klass="orders"), tag("ul", *said_to, klass="said") if said_to else "")


def chain(cards: list[dict[str, Any]]) -> Html:
    """One chain as a list, each card with its place in words."""
    states = {"kept": "found", "moved": "partly", "extra": "extra", "missed": "missed"}
    return tag("ol", *(
        tag("li", tag("span", rich(card["text"])), " ", tag("span", say(f"chain.state.{card['state']}"), klass=f"tag {states[card['state']]}"), klass=states[card["state"]])
        for card in cards
    ), klass="chain")


def draw_written(answered: Answered, answer: Answer, key: Key, said: dict[str, Any]) -> Html:
    """What was written, as it was written, and the key's wording if there is one."""
    item, value = answered.item, answer.value
    if isinstance(value, dict):
        pieces = [wrote(one.prompt, str(value.get(one.id) or ""), one.max_words, counted=True) for one in item.fields]
    else:
        pieces = [wrote(say("page.you_wrote"), str(value or ""), item.max_words, counted=not item.number)]
    if said["text"]:
        pieces.append(tag("p", tag("strong", say("page.key_says")), f" {said['text']}"))
    return join(*pieces)


def wrote(title: str, words: str, most: int | None, *, counted: bool) -> Html:
    """One box as it was filled in, its words counted against the limit; an empty one says so."""
    label = tag("p", rich(title), klass="label")
    if not words.strip():
        return join(label, tag("p", say("page.empty"), klass="note"))
    cut = tag("p", say("page.cut"), klass="note") if len(words) > LONGEST_TEXT else ""
    count = tag("p", word_count(words, most), klass="note") if counted else ""
    return join(label, tag("div", words[:LONGEST_TEXT], klass="wrote", dir="auto"), cut, count)


def word_count(words: str, most: int | None) -> str:
    """How many words a text has; a word with a hyphen is one.

    >>> word_count("A five-part plan – today", 12), word_count("one two three", 2), word_count("one", None)
    ('4 of 12 words', '3 of 2 words: 1 too many', '1 word')
    """
    count = count_words(words)
    if not most:
        return say_many("write.words", count)
    return say_many("write.over", count - most, n=count, max=most, over=count - most) if count > most else say("write.words_of", n=count, max=most)


def levels(answered: Answered) -> list[Html]:
    """What a person looks at and gave, criterion by criterion with its levels in words, or that a person still has to read it."""
    waiting = answered.state == "needs a person"
    note = [tag("p", say("page.waiting"), klass="note")] if waiting else []
    given = {part.id: part for part in answered.score.parts if part.outcome is not Outcome.NEEDS_A_PERSON} if answered.score and not waiting else {}
    rows = []
    for criterion in answered.item.criteria:
        part = given.get(criterion.id)
        words = [tag("li", tag("strong", say_many("essay.points", float(level), n=level)), f": {told}") for level, told in criterion.levels.items()]
        points = f" {say('page.points_now', told=points_of(part.points, part.max))}" if part else ""
        rows.append(tag("li", tag("strong", criterion.name), points, tag("ul", *words) if words else ""))
    return note + ([tag("p", say("page.levels" if given else "page.rubric"), klass="label"), tag("ul", *rows, klass="levels")] if rows else [])


def points_of(points: float, most: float) -> str:
    """Points out of the most, in words.

    >>> points_of(0.5, 1), points_of(0, 3)
    ('0.5 of 1 point', '0 of 3 points')
    """
    return say_many("page.points_of", most, points=figure(points), max=figure(most))


def figure(points: float) -> str:
    """Points as people write them."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


DRAW = {"pick": draw_pick, "classify": draw_classify, "mark": draw_mark, "chain": draw_chain, "write": draw_written, "essay": draw_written}
