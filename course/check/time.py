"""Time on task: whether a learner can do in the declared time what a lesson asks for. Counted by the plan's table, not measured."""

from __future__ import annotations

from course.check.material import NUMBERS, Material, asked_once
from course.check.prose import choices
from course.check.report import Report, aligned
from course.items import Item, Lesson

SECONDS = {"mark": 75, "chain": 75, "write": 120}
PICK, PICKS, CLAUSE = 40, 60, 20
READING = 200  # words a minute
ESSAY, SHORT_ESSAY, SHORT_FIELD, ESSAY_WORDS = 20, 5, 20, 7
WORK, MARGIN, LESSON_MARGIN = 270, 0.10, 0.20


def check_time(report: Report, material: Material) -> None:
    """Print the minutes of each lesson; complain when the whole course is not 270 minutes of work, warn of lessons that declare another time."""
    counted = {name: minutes_of(material, lesson) for name, lesson in material.lessons.items()}
    report.tell("Time on task in minutes", table_of(material, counted))
    total = sum(minutes for name, minutes in counted.items() if name in material.course)
    if material.complete and abs(total - WORK) > MARGIN * WORK:
        report.complain("data/items", f"the lessons 0 to 7 take {total:.0f} minutes of work, not {WORK} ± {MARGIN:.0%}",
                        "Cut what is read and asked." if total > WORK else "Ask more, or tell more.")
    for name, lesson in material.lessons.items():
        if name in material.notebooks and lesson.minutes and abs(counted[name] - lesson.minutes) > LESSON_MARGIN * lesson.minutes:
            report.warn(f"data/items/{name}.toml, minutes", f"it declares {lesson.minutes} minutes, and what it asks and tells takes {counted[name]:.0f}",
                        "Change the minutes, here and at the top of the notebook, or the lesson.")


def minutes_of(material: Material, lesson: Lesson) -> float:
    """The minutes that a lesson takes: answering, slots counted once, and reading what stands between the questions and in them."""
    answering = sum(seconds_of(item) for item in asked_once(lesson)) / 60
    return answering + words_read(material, lesson) / READING + minutes_of_questions(material, lesson)


def seconds_of(item: Item) -> float:
    """The seconds that an item takes.

    >>> seconds_of(Item("a", "l", "pick", "Which?")), seconds_of(Item("a", "l", "pick", "Which two?", choose=2))
    (40, 60)
    >>> seconds_of(Item("a", "l", "classify", "Whose?", units=("u1", "u2", "u3")))
    60
    """
    if item.type == "pick":
        return PICK if item.choose == 1 else PICKS
    if item.type == "classify":
        return CLAUSE * len(item.units)
    return essay_minutes(item) * 60 if item.type == "essay" else SECONDS[item.type]


def essay_minutes(item: Item) -> float:
    """The minutes that an essay takes: five for a line such as a headline, else by its word limits, and twenty where it has none.

    >>> from course.items import Field
    >>> essay_minutes(Item("a", "l", "essay", "Write.", fields=(Field("report", "R", 90), Field("comment", "C", 50))))
    20.0
    >>> essay_minutes(Item("a", "l", "essay", "Write.", fields=(Field("headline", "H", 12), Field("stands-on", "S", 40))))
    5
    """
    limits = [box.max_words for box in item.fields]
    if None in limits:
        return ESSAY
    if limits[0] <= SHORT_FIELD:
        return SHORT_ESSAY
    return max(SHORT_ESSAY, sum(limits) / ESSAY_WORDS)


def minutes_of_questions(material: Material, lesson: Lesson) -> float:
    """The minutes it takes to read the questions themselves: prompts, helps, options, the clauses asked about, and the reasons that practice gives.

    The plan's seconds an item are for deciding; a prompt, a passage and a reason are read at the pace of everything else.
    """
    many = 0
    for item in asked_once(lesson):
        text, key = material.texts.get(item.text or ""), material.keys.get(item.id)
        read = [item.prompt, item.help, *(offered for _, _, offered in choices(item, text))]
        read += [text.unit(unit).shown for unit in item.units] if text else []
        if key is not None and not item.graded:
            read += [key.why, *(unit.why for unit in key.units.values() if item.type == "classify")]
        many += sum(len(part.split()) for part in read)
    return many / READING


def words_read(material: Material, lesson: Lesson) -> int:
    """How many words a learner reads between the questions: markdown, texts and units shown, terms explained."""
    notebook = material.notebooks.get(lesson.id)
    return sum(words_of_step(material, kind, words) for kind, words in notebook.steps) if notebook else 0


def words_of_step(material: Material, kind: str, words: tuple[str, ...]) -> int:
    """The words of one step of a notebook; a question's are in its seconds."""
    if kind == "markdown":
        return len(words[0].split())
    if kind == "glossary":
        return sum(len(f"{term} {material.glossary.get(term, '')}".split()) for term in words or material.glossary)
    if kind == "show" and words[0] in material.texts:
        return sum(len(unit.shown.split()) for unit in material.texts[words[0]].units if not words[1:] or unit.id in words[1:])
    return 0


def table_of(material: Material, counted: dict[str, float]) -> list[str]:
    """The table as it is printed: a line for each lesson, and the sum of lessons 0 to 7."""
    questions = {name: minutes_of_questions(material, lesson) for name, lesson in material.course.items()}
    rows = [(name, f"{counted[name]:.0f}", f"{questions[name]:.0f}", str(lesson.minutes), str(lesson.talk)) for name, lesson in material.course.items()]
    total = ("lessons 0 to 7", f"{sum(counted[name] for name in material.course):.0f}", f"{sum(questions.values()):.0f}",
             str(sum(lesson.minutes for lesson in material.course.values())), str(sum(lesson.talk for lesson in material.course.values())))
    apart = [f"Not in the sum: {name}, {minutes:.0f} minutes counted, {material.lessons[name].minutes} declared."
             for name, minutes in counted.items() if name[:2] not in NUMBERS]
    return [*aligned([("lesson", "counted", "of it reading questions", "declared", "talk"), *rows, total], right=frozenset({1, 2, 3, 4})), *apart]
