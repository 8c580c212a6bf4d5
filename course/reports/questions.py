"""One answered question on a learner's page: what was asked, what was answered, what the key says, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from course.feedback import explain
from course.items import Answer, Item, Key, Outcome, Score, Text
from course.messages import say
from course.reports.html import Html, join, rich, tag
from course.reports.passages import marked_passages
from course.scoring import compare_marks, score_item
from course.scoring.shapes import problem_with

LONGEST_TEXT = 20_000
ALL_OPTIONS_UP_TO = 6
ARROW = " → "


@dataclass(frozen=True)
class Answered:
    """A question that counts, for one learner. `opens_after` names the lesson to hand in first, while its feedback is closed."""

    item: Item
    state: str
    points: float
    text: Text | None = None
    key: Key | None = None
    answer: Answer | None = None
    score: Score | None = None
    comments: tuple[str, ...] = ()
    opens_after: str = ""

    @property
    def readable(self) -> bool:
        """Whether there is an answer that fits the question as it stands today; points given by hand may belong to one that does not."""
        return self.answer is not None and problem_with(self.item, self.answer, self.text) is None

    @property
    def group(self) -> str:
        """Under which heading of the page it stands."""
        if self.opens_after and self.state == "scored":
            return "later"
        if self.state == "scored":
            return "right" if self.points >= self.item.points else "again"
        return {"needs a person": "waiting", "unanswered": "blank", "malformed": "unread"}[self.state]


def question(answered: Answered, number: int) -> Html:
    """The whole question as one article of the page."""
    item = answered.item
    head = join(tag("h4", tag("span", f"{number}", klass="number"), rich(item.prompt)), tag("p", worth(answered), klass="worth"))
    return tag("article", head, *body(answered), klass=f"question {answered.group}")


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
    told = ", ".join(say(f"page.right_{name}", count=count) for name, count in counts.items() if count)
    return say("page.went_right", what=told) if told else ""


def worth(answered: Answered) -> str:
    """What it earned, in words."""
    most = figure(answered.item.points)
    if answered.group == "waiting":
        return say("page.worth_waiting", max=most)
    if answered.group == "unread":
        return say("page.worth_unread", max=most)
    if answered.group == "later" and answered.item.credit != "completion":
        return say("page.worth_later", max=most)
    return say("feedback.points", points=figure(answered.points), max=most)


def body(answered: Answered) -> list[Html]:
    """What stands under the prompt; while the feedback is closed, only that the answer has arrived."""
    comments = [tag("blockquote", tag("p", words, dir="auto"), klass="comment") for words in answered.comments]
    if comments:
        comments.insert(0, tag("p", say("page.comments"), klass="label"))
    if answered.group == "unread":
        return [tag("p", say("page.unread")), *comments]
    if answered.opens_after:
        return [tag("p", say("page.later", lesson=answered.opens_after)), *comments]
    if answered.answer is None:
        why = [tag("p", rich(answered.key.why), klass="why")] if answered.key and answered.key.why else []
        return [tag("p", say("page.blank")), *why, *comments]
    if answered.state == "needs a person" and answered.score is None:
        return [tag("p", say("page.other_wording")), *comments]
    if not answered.readable:
        return [tag("p", say("page.unread_scored" if answered.state == "scored" else "page.unread")), *levels(answered), *comments]
    return [*drawn(answered, answered.answer), *levels(answered), *comments]


def drawn(answered: Answered, answer: Answer) -> list[Html]:
    """The answer beside the key, for the item's type, and then the reason."""
    item, key = answered.item, answered.key or Key(answered.item.id)
    judged = score_item(item, answer, key, text=answered.text) if key.answer is not None or key.units or key.by_hand else Score(Outcome.NEEDS_A_PERSON)
    told = explain(item, answer, key, judged, reveal=True)
    summary = "" if told["outcome"] == Outcome.NEEDS_A_PERSON.value else told["summary"]
    said = {"text": told.get("key", ""), "parts": told["parts"]}
    pieces = [tag("p", summary, klass="summary") if summary else "", DRAW[item.type](answered, answer, key, said)]
    if answer.reason and item.reasons:
        pieces.append(reason_line(item, answer, told.get("reason", {})))
    if isinstance(answer.confidence, str) and item.confidence:
        pieces.append(tag("p", say("page.confidence", confidence=answer.confidence), klass="note"))
    if told["why"]:
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
        state = "found" if chosen and keyed else "extra" if chosen and right else "missed" if keyed else ""
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
    mine = ARROW.join(texts.get(card, card) for card in answer.value)
    keyed = said["text"] or ARROW.join(texts.get(card, card) for card in key.answer or [])
    said_to = [tag("li", rich(part["text"])) for part in said["parts"] if part["text"]]
    return join(tag("dl", cell(say("page.you"), mine, ""), cell(say("page.key"), keyed, ""), klass="orders"), tag("ul", *said_to, klass="said") if said_to else "")


def draw_written(answered: Answered, answer: Answer, key: Key, said: dict[str, Any]) -> Html:
    """What was written, as it was written, and the key's wording if there is one."""
    fields = {one.id: one.prompt for one in answered.item.fields}
    texts = answer.value if isinstance(answer.value, dict) else {"": answer.value}
    pieces = []
    for name, words in texts.items():
        words = str(words or "")
        cut = tag("p", say("page.cut"), klass="note") if len(words) > LONGEST_TEXT else ""
        label = tag("p", fields.get(name) or say("page.you_wrote"), klass="label")
        pieces.append(join(label, tag("div", words[:LONGEST_TEXT], klass="wrote", dir="auto"), cut))
    if said["text"]:
        pieces.append(tag("p", tag("strong", say("page.key_says")), f" {said['text']}"))
    return join(*pieces)


def levels(answered: Answered) -> list[Html]:
    """What a person gave, criterion by criterion, or that a person still has to read it."""
    if answered.state == "needs a person":
        return [tag("p", say("page.waiting"), klass="note")]
    given = {part.id: part for part in answered.score.parts} if answered.score else {}
    rows = []
    for criterion in answered.item.criteria:
        part = given.get(criterion.id)
        if part:
            rows.append(tag("tr", tag("th", criterion.name, scope="row"), tag("td", say("feedback.points", points=figure(part.points), max=figure(part.max)))))
    return [tag("table", tag("caption", say("page.levels")), *rows, klass="levels")] if rows else []


def figure(points: float) -> str:
    """Points as people write them."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


DRAW = {"pick": draw_pick, "classify": draw_classify, "mark": draw_mark, "chain": draw_chain, "write": draw_written, "essay": draw_written}
