"""The section on items: how easy, whether they go with the rest, what was chosen, and how far the points can be trusted."""

from __future__ import annotations

from collections.abc import Iterable

from course.reports.class_report.charts import item_chart
from course.reports.class_report.drawing import bar_of_share, fold, share_cell, table
from course.reports.class_report.shapes import SMALL_CLASS, ClassFigures, ItemFigures, OptionChosen, Reliability
from course.reports.class_report.text_map import short
from course.reports.class_report.words import between, count, percent, value_or_why
from course.reports.html import Html, join, rich, tag

NAMES = "This page holds learners’ names, in the folds below: don’t project it. Write it again without --names for that."
WITH_THE_REST = (
    "With the rest: how far those who did well on the other points of the lesson did well here (corrected point-biserial). "
    "From .20 on it helps to tell who knows. Thirds are made by the same points. Intervals are 95\u00a0%: Wilson’s where an answer is right or wrong, else Student’s t; Fisher’s z for what goes with the rest."
)


def items_section(figures: ClassFigures) -> list[Html]:
    """All of it, the warnings first."""
    counted, practice = [one for one in figures.items if not one.practice], [one for one in figures.items if one.practice]
    made = [warnings_list([*counted, *figures.clauses])]
    if not figures.small:
        made += [item_chart(counted), reliability_table(figures.reliability)]
    made += [item_table("Items that count", counted, small=figures.small)] if counted else []
    choices = [one for one in counted if one.options]
    made.append(tag("p", NAMES, klass="small-class") if choices and figures.names else "")
    if choices:
        made.append(fold(f"What was chosen in {count(len(choices), 'item')} that count{'s' if len(choices) == 1 else ''}", *(options_of(one, figures) for one in choices)))
    if figures.clauses:
        clauses = item_table("Clauses of the passages and tests that count", figures.clauses, small=figures.small)
        told = f"The passages and tests clause by clause: {count(len(figures.clauses), 'clause')}, each as an item of its own"
        made.append(fold(told, clauses))
    if practice:
        tables = [item_table("Practice, first answers", practice, small=figures.small), *(options_of(one, figures) for one in practice if one.options)]
        made.append(fold(f"Practice: the first answer to {count(len(practice), 'item')}, before any feedback", warnings_list(practice), *tables))
    return made


def warnings_list(items: Iterable[ItemFigures]) -> Html:
    """What to look at, item by item."""
    rows = [tag("li", tag("strong", item.id), " ", tag("span", short(plain(item.prompt)), klass="soft"), tag("ul", *(tag("li", words) for words in item.warnings))) for item in items if item.warnings]
    return tag("ul", *rows, klass="warnings") if rows else Html("")


def plain(prompt: str) -> str:
    """A prompt without its stars."""
    return prompt.replace("*", "")


def item_table(caption: str, items: Iterable[ItemFigures], *, small: bool) -> Html:
    """One row an item. A small class gets counts."""
    rows = []
    for item in items:
        name = join(tag("strong", item.id), tag("span", short(plain(item.prompt), 70), klass="soft block"))
        right = f"{item.right} of {item.n}"
        looks = tag("span", count(len(item.warnings), "thing"), klass="flag") if item.warnings else ""
        rows.append((name, right, item.unanswered or "–") if small else (name, share_cell(item.ease), right, rest_of(item), item.unanswered or "–", looks))
    header = ("Item", "All right", "Left out") if small else ("Item", "Mean share of the points", "All right", "With the rest", "Left out", "Look at")
    made = table(caption, header, rows, klass="items", numbers=(1, 2) if small else (2, 3, 4))
    return made if small else join(made, tag("p", WITH_THE_REST, klass="note"))


def rest_of(item: ItemFigures) -> Html:
    """How far an item goes with the rest, with its interval."""
    if item.rest.value is None:
        return value_or_why(item.rest)
    return join(value_or_why(item.rest), tag("span", between(item.rest, shares=False), klass="soft block"))


def options_of(item: ItemFigures, figures: ClassFigures) -> Html:
    """Who chose what in one item: every option with its share, in the class and in its upper and lower third."""
    rows = []
    for option in item.options:
        words = join(rich(short(option.words, 120)), " ", tag("span", "key", klass="chip keyed") if option.keyed else "")
        share = option.count / item.n
        told = tag("strong", option.count) if item.n < SMALL_CLASS else join(tag("strong", percent(share)), f" ({option.count})")
        cells: list[object] = [words, join(told, bar_of_share(share, "fact" if option.keyed else "plain"))]
        cells += [] if figures.small else [option.upper, option.lower]
        cells += [named(option, figures)] if figures.names else []
        rows.append(cells)
    header = ["Option", "Chosen by", *([] if figures.small else ["Upper third", "Lower third"]), *(["Who"] if figures.names else [])]
    return table(f"{item.id}: {short(plain(item.prompt), 120)} ({count(item.n, 'answer')})", header, rows, klass="options", numbers=() if figures.small else (2, 3))


def named(option: OptionChosen, figures: ClassFigures) -> Html:
    """The learners who chose an option, to open; only where the instructor asked for names."""
    names = join(*(tag("bdi", figures.names.get(learner) or learner) for learner in option.learners), between=", ")
    return fold(count(len(option.learners), "learner"), tag("p", names)) if option.learners else Html("")


def reliability_table(rows: Iterable[Reliability]) -> Html:
    """How far each lesson's points can be trusted to order learners."""
    made = []
    for row in rows:
        figure = row.figure
        made.append((row.name, row.measure, value_or_why(figure), between(figure, shares=False), row.parts, figure.n))
    if not made:
        return Html("")
    note = tag("p", "From about .70 on, a total says more about learners than about chance; a lesson of three items can hardly reach that. The interval is Feldt’s (1965), 95\u00a0%.", klass="note")
    return join(table("How far the points can be trusted", ("Points of", "Measure", "Value", "Between", "Parts", "Learners"), made, numbers=(2, 4, 5)), note)
