"""`sayswho check`: proves of every content file what a class may rely on.

It loads; every unit and item is keyed; notebooks and items know each other; the key earns full marks and a blank none; no
constant answer pays; nothing counts twice. Then the rules over the whole course, each in a file of its name. What it finds is
a sentence with the place and the cure.
"""

from __future__ import annotations

from pathlib import Path

from course.check.asked import check_notebooks, with_texts
from course.check.balance import check_balance
from course.check.blueprint import check_blueprint
from course.check.constants import LIMIT, best_constant, sets_of_picks, without_alternatives
from course.check.forbidden import check_forbidden
from course.check.glossary import check_glossary
from course.check.material import LESSONS, gather
from course.check.objectives import check_objectives
from course.check.parallel import check_parallel
from course.check.points import check_item_points, check_points, points_of
from course.check.reading import check_reading
from course.check.report import Constant, Finding, Report, Row
from course.check.right_answers import blanks, right_answers
from course.check.sharing import check_sharing
from course.check.texts import check_texts, check_use
from course.check.time import check_time
from course.check.wording import check_words
from course.classroom.catalogue import laid_over
from course.content import ContentError, find_data, lesson_ids, load_keys, load_lesson
from course.items import Item, Key, Lesson, Outcome, Text
from course.scoring import counts, most_points, score_completion, score_item

__all__ = ["Constant", "Finding", "Report", "Row", "check_content", "find_notebooks", "run"]

RULES = (check_points, check_objectives, check_balance, check_blueprint, check_parallel, check_sharing, check_forbidden, check_glossary, check_reading, check_time)


def run(data: Path | None = None, notebooks: Path | None = None, keys: Path | None = None) -> int:
    """Check the content, print the report, and return the exit code: 0 when there is nothing to mend, else 1. With `keys`, an instructor's pack is laid over it."""
    try:
        kit = find_data(data)
    except ContentError as error:
        print(error)
        return 1
    with laid_over(kit, keys) as folder:
        report = check_content(folder, notebooks or find_notebooks(kit))
    print(report.text())
    return 0 if report.passes else 1


def find_notebooks(data: Path) -> Path | None:
    """The notebooks that belong to a data folder: those beside it, if there are any."""
    beside = data.resolve().parent / "notebooks"
    return beside if beside.is_dir() else None


def check_content(data: Path, notebooks: Path | None = None) -> Report:
    """Check every text, lesson, key and, where a folder is given, notebook. Complaints are collected, not raised."""
    report = Report()
    texts = check_texts(report, data)
    material = gather(report, data, texts, notebooks)
    lessons = material.lessons
    for name in lesson_ids(data):
        try:
            lessons[name] = load_lesson(data, name)
            keys = load_keys(data, lessons[name])
            material.keys.update(keys)
        except ContentError as error:
            report.complain(error.where, error.problem, error.cure)
            continue
        check_lesson(report, data, lessons[name], keys, texts)
    material.pages = [with_texts(page, lessons.get(page.lesson)) for page in material.pages]
    check_ids_once(report, lessons)
    check_opening(report, lessons)
    check_use(report, data, lessons, texts, {slug for notebook in material.notebooks.values() for slug, _ in notebook.shown})
    if notebooks is not None:
        # A lesson that a pack brings has its notebook in the pack.
        brought = {path.stem for path in (data / "notebooks").glob("*.ipynb")}
        check_notebooks(report, notebooks, {name: lesson for name, lesson in lessons.items() if name not in brought}, texts)
    for rule in RULES:
        rule(report, material)
    return report


def check_lesson(report: Report, data: Path, lesson: Lesson, keys: dict[str, Key], texts: dict[str, Text]) -> None:
    """One lesson: its items one by one, its sets of picks, and what it is worth."""
    released = (data / "class.toml").exists()
    for item in lesson.items:
        key = keys.get(item.id)
        folder = "graded" if item.graded else "practice"
        where = f"data/keys/{folder}/{lesson.id}.toml, item {item.id!r}"
        if key is not None:
            report.rows.append(check_item(report, where, item, key, texts.get(item.text or "")))
        elif released and item.graded:
            report.rows.append(Row(lesson.id, item.id, item.type, "counts, key elsewhere", most_points(item), parts_of(item)))
        else:
            report.complain(where, "the item has no key", "Add a table for it to the lesson's file in keys/practice or keys/graded.")
    for group, constant in sets_of_picks(lesson.items, keys):
        complain_of_constant(report, f"data/keys/graded/{lesson.id}.toml, items {', '.join(item.id for item in group)}", constant,
                             counts=all(item.graded for item in group))
    report.totals[lesson.id] = points_of(report, lesson)


def check_item(report: Report, where: str, item: Item, key: Key, text: Text | None) -> Row:
    """One item with its key: full marks for every right answer, none for a blank, no constant that pays, words for the learner."""
    check_item_points(report, where, item)
    check_words(report, where, item, key)
    full = check_right_answers(report, where, item, key, text)
    blank = check_blanks(report, where, item, key, text)
    constant = check_constant(report, where, item, key, text) if full is not None else None
    column = ("completion" if item.credit == "completion" else "counts") if item.graded or counts(item) else "practice"
    if key.by_hand:
        column += ", by hand"
    return Row(item.lesson, item.id, item.type, column, item.points, parts_of(item), full, blank, constant)


def check_right_answers(report: Report, where: str, item: Item, key: Key, text: Text | None) -> float | None:
    """The share that the key's own answer earns; complains of every keyed answer that earns less than all."""
    shares: list[float] = []
    for answer in right_answers(item, key):
        score = score_item(item, answer, key, text=text)
        shares.append(score.points / score.max)
        if score.outcome is not Outcome.CORRECT:
            short = [part.id for part in score.parts if part.outcome is not Outcome.CORRECT]
            why = score.note or f"it falls short at {', '.join(short)}"
            report.complain(where, f"an answer that the key calls right earns {score.points:g} of {score.max:g} ({why})", "Correct the key or the item.")
        elif item.credit == "completion" and score_completion(item, answer, text=text).outcome is not Outcome.CORRECT:
            report.complain(where, "a complete answer does not earn all points for answering", "Correct the key or the item.")
    return shares[0] if shares else None


def check_blanks(report: Report, where: str, item: Item, key: Key, text: Text | None) -> float:
    """The most that handing in nothing earns; complains when that is anything."""
    scores = [score_item(item, blank, key, text=text) for blank in blanks(item)]
    scores += [score_completion(item, blank, text=text) for blank in blanks(item)]
    most = max(score.points / score.max for score in scores)
    if most > 0 or any(score.outcome is not Outcome.UNANSWERED for score in scores):
        report.complain(where, f"a blank earns {most:.0%}, or is not called unanswered", "Correct the key.")
    return most


def check_constant(report: Report, where: str, item: Item, key: Key, text: Text | None) -> Constant | None:
    """The constant answer that pays best; complains where it pays too much, warns where only added alternatives make it so."""
    constant = best_constant(item, key, text)
    if constant is None:
        return None
    bare = best_constant(item, without_alternatives(key), text)
    if item.graded and constant.share >= LIMIT and bare is not None and bare.share < LIMIT:
        report.warn(where, f"with the alternatives that were added, the constant answer “{constant.name}” earns {constant.share:.1%}",
                    "Nothing need be done; leave the set out of a later test.")
        return constant
    complain_of_constant(report, where, constant, counts=item.graded)
    return constant


def complain_of_constant(report: Report, where: str, constant: Constant, *, counts: bool) -> None:
    """Complain where a constant answer earns 35 % or more of a set that counts."""
    if counts and constant.share >= LIMIT:
        report.complain(where, f"the constant answer “{constant.name}” earns {constant.share:.1%}", f"Balance the set: every constant must stay below {LIMIT:.0%}.")


def parts_of(item: Item) -> int:
    """How many pieces an item asks for: clauses, cards, boxes, or one."""
    many = {"classify": item.units, "chain": [card for card in item.cards if card.id not in item.given], "essay": item.fields}
    return len(many.get(item.type, ())) or 1


def check_ids_once(report: Report, lessons: dict[str, Lesson]) -> None:
    """No two lessons share an id of an item or slot: the gradebook has one column for it."""
    seen: dict[str, str] = {}
    for lesson in lessons.values():
        for name in [item.id for item in lesson.items] + [slot.id for slot in lesson.slots]:
            if name in seen:
                report.complain(f"data/items/{lesson.id}.toml, {name!r}", f"the lesson {seen[name]} has an item or slot of this id too", "Give one of them another id.")
            seen[name] = lesson.id


def check_opening(report: Report, lessons: dict[str, Lesson]) -> None:
    """Feedback that opens with another lesson waits for one that is there, or that is coming."""
    for lesson in lessons.values():
        for item in lesson.items:
            where = f"data/items/{lesson.id}.toml, item {item.id!r}"
            if item.opens_with in LESSONS and item.opens_with not in lessons:
                report.warn(where, f"its feedback opens with {item.opens_with}, which is not written yet", "Nothing need be done until it is.")
            elif item.opens_with and item.opens_with not in lessons:
                report.complain(where, f"its feedback opens with {item.opens_with!r}, which is no lesson", f"The lessons are: {', '.join(lessons)}.")
