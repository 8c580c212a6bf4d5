"""Where a learner stands in the course: each lesson with what is answered and handed in, growth from first test to last,
and the example essays to compare with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from course.content import find_slot, lesson_ids, load_keys, load_lesson, load_norming, load_text
from course.handin import when_handed_in
from course.items import Item, Lesson, Outcome
from course.measures import change
from course.messages import say
from course.responses import Journal, Response, newest
from course.scoring import counts, is_blank, score_item

Stage = dict[str, Any]


def stages(data: Path, answers: Path, here: str) -> list[Stage]:
    """Every lesson of the course in order: number, title, minutes, points, how many questions are answered, and its state.

    The state is "new", "begun", "answered" (all of it) or "handed_in"; the lesson called `here` is marked.
    """
    return [stage(load_lesson(data, name), answers, here) for name in lesson_ids(data)]


def stage(lesson: Lesson, answers: Path, here: str) -> Stage:
    """One lesson as the map shows it."""
    held = newest(Journal(answers, lesson.id).read().responses)
    places = places_of(lesson)
    answered = sum(any(is_answered(item, held) for item in items) for items in places.values())
    number = lesson.id.partition("_")[0].lstrip("0") or "0"
    return {
        "id": lesson.id, "file": f"{lesson.id}.ipynb", "number": number, "title": lesson.title, "minutes": lesson.minutes, "talk": lesson.talk,
        "points": sum(max(item.points for item in items) for items in places.values() if all(counts(item) for item in items)), "answered": answered, "total": len(places),
        "here": lesson.id == here, "state": state_of(answered, len(places), bool(when_handed_in(answers, lesson.id))),
    }


def state_of(answered: int, total: int, handed_in: bool) -> str:
    """How far a lesson is.

    >>> state_of(0, 9, False), state_of(3, 9, False), state_of(9, 9, False), state_of(3, 9, True)
    ('new', 'begun', 'answered', 'handed_in')
    """
    if handed_in:
        return "handed_in"
    return "new" if not answered else "answered" if answered == total else "begun"


def places_of(lesson: Lesson) -> dict[str, list[Item]]:
    """The questions of a lesson as a learner meets them: the choices of a slot are one place."""
    slot_of = {choice: slot.id for slot in lesson.slots for choice in slot.choices}
    found: dict[str, list[Item]] = {}
    for item in lesson.items:
        found.setdefault(slot_of.get(item.id, item.id), []).append(item)
    return found


def is_answered(item: Item, held: Mapping[str, Response]) -> bool:
    """Whether something was answered here, be it all of the question or a part."""
    return item.id in held and not is_blank(item, held[item.id].value)


def refreshed(rows: Iterable[Stage], status: Mapping[str, Any], handed_in: bool) -> list[Stage]:
    """The rows of the map again after an answer: only the lesson that is open can have changed."""
    answered = sum(one["state"] != "unanswered" for one in status["items"])
    found = []
    for row in rows:
        if row["here"]:
            row = {**row, "answered": answered, "state": state_of(answered, row["total"], handed_in)}
        found.append(row)
    return found


def growth(data: Path, answers: Path, lesson: Lesson, *, self_study: bool) -> dict[str, Any]:
    """What the first test and the last one say together: right clauses of each, and the interval of the change in shares.

    The last test is the slot of `lesson` with the rule "other", the first the one it names. The state is "class" where a
    teacher has the keys, "waiting" until both lessons were handed in, "missing" when one of the tests was left out, else "open".
    """
    slot = next((one for one in lesson.slots if one.rule == "other"), None)
    if slot is None or slot.than is None:
        return {"state": "missing"}
    if not self_study:
        return {"state": "class"}
    earlier = load_lesson(data, find_slot(data, slot.than).lesson)
    if not (when_handed_in(answers, lesson.id) and when_handed_in(answers, earlier.id)):
        return {"state": "waiting"}
    first, last = (right_clauses(data, answers, one, name) for one, name in ((earlier, slot.than), (lesson, slot.id)))
    figure = change(*first, *last)
    if figure.value is None:
        return {"state": "missing"}
    return {"state": "open", "first": list(first), "last": list(last), "low": figure.low, "high": figure.high}


def right_clauses(data: Path, answers: Path, lesson: Lesson, slot: str) -> tuple[int, int]:
    """How many clauses of a test are all right, and how many it has; (0, 0) when it was not answered."""
    held, keys = newest(Journal(answers, lesson.id).read().responses), load_keys(data, lesson)
    for item in places_of(lesson)[slot]:
        if is_answered(item, held) and item.id in keys:
            score = score_item(item, held[item.id].answer, keys[item.id], text=load_text(data, item.text) if item.text else None)
            return sum(part.outcome is Outcome.CORRECT for part in score.parts), len(item.units)
    return 0, 0


def norming(data: Path, answers: Path, lesson: Lesson, *, self_study: bool) -> dict[str, Any]:
    """The norming essays of a lesson's essay for a self-learner who has handed in; before that, and in a class, only why not."""
    essays = [(item, load_norming(data, item)) for item in lesson.items if item.type == "essay"]
    item, found = next(((item, essays) for item, essays in essays if essays), (None, ()))
    if not self_study or item is None:
        return {"state": "class"}
    if not when_handed_in(answers, lesson.id):
        return {"state": "waiting"}
    criteria = [{"id": one.id, "name": one.name, "points": one.points} for one in item.criteria]
    shown = [{"texts": [{"prompt": say("norming.field", name=one.id), "text": essay.texts[one.id]} for one in item.fields], "marks": essay.marks, "reasons": essay.reasons, "total": essay.total} for essay in found]
    return {"state": "open", "prompt": item.prompt, "criteria": criteria, "essays": shown, "max": sum(one.points for one in item.criteria)}
