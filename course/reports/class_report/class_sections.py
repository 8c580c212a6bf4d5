"""The sections on the class: texts, agreement, growth, confidence, talking, and who needs a word."""

from __future__ import annotations

from course.reports.class_report.charts import confidence_chart, growth_chart
from course.reports.class_report.drawing import share_cell, table
from course.reports.class_report.shapes import SMALL_CLASS, ClassFigures, Detected, Grown
from course.reports.class_report.text_map import folded_text, map_of, split_cards, text_tables
from course.reports.class_report.words import between, count, decimal, percent, told_alpha, told_criterion, told_d_prime, value_or_why
from course.reports.html import Html, join, tag


def article_section(figures: ClassFigures) -> list[Html]:
    """The article as the class read it."""
    text = next((text for text in figures.texts if text.sort == "article"), None)
    if text is None:
        return [tag("p", "No lesson that reads the article has been handed in.", klass="note")]
    split = split_cards(text, figures.small) if text.split else Html("")
    return [split, tag("h3", "The whole article"), map_of(text), text_tables(text)]


def passages_section(figures: ClassFigures) -> list[Html]:
    """Every other text, the tests first, each in a fold."""
    made = []
    for sort, title in (("test", "Tests"), ("passage", "Passages")):
        texts = [text for text in figures.texts if text.sort == sort]
        if texts:
            made += [tag("h3", title), *(folded_text(text) for text in texts)]
    return made or [tag("p", "No passage has been answered yet.", klass="note")]


def agreement_section(figures: ClassFigures) -> list[Html]:
    """How far the class agreed, and how well it tells editorializing from reporting."""
    rows = []
    for one in figures.agreed:
        alike = f"{one.alike} of {one.clauses}"
        cells = (one.item, one.text, one.learners, alike)
        rows.append(cells if figures.small else (*cells, value_or_why(one.alpha), told_alpha(one.alpha.value) if one.alpha.value is not None else ""))
    header = ("Item", "Text", "Learners", "Clauses all read alike") + (() if figures.small else ("Alpha", "In words"))
    made = [table("How far the class agreed on clauses, whatever the key says", header, rows, numbers=(2, 3) if figures.small else (2, 3, 4))] if rows else []
    if rows and not figures.small:
        made.append(tag("p", "Krippendorff’s alpha for labels that have no order: 1 is one mind, 0 is chance. From .80 a class reads alike, from .67 nearly so.", klass="note"))
    if figures.detected:
        made += [tag("h3", "Editorializing or reporting?"), detection(figures)]
    return made


def detection(figures: ClassFigures) -> Html:
    """Hits and false alarms of each group, with what they say."""
    rows = [detected_row(one, small=figures.small) for one in figures.detected]
    header = ("Who, and where", "Found", "Called editorial too") + (() if figures.small else ("d′", "c", "In words"))
    note = "Found: of the clauses that judge in the text’s own voice, how many were called that. Called editorial too: of the other clauses, how many. " \
           "Clauses that may be read either way are left out."
    more = "" if figures.small else " d′ is how well the two are told apart (0: not at all); c below 0 means the label is used freely, above 0 sparingly. " \
                                    "Rates are corrected log-linearly. Thirds are made by the points earned elsewhere."
    return join(table("How well the text’s own judgements are told from reporting", header, rows, numbers=(1, 2) if figures.small else (1, 2, 3, 4)), tag("p", note + more, klass="note"))


def detected_row(one: Detected, *, small: bool) -> tuple[object, ...]:
    """One group as a row."""
    counts = (one.group, f"{one.hits} of {one.targets}", f"{one.false_alarms} of {one.others}")
    if small or one.d_prime.value is None or one.criterion.value is None:
        return counts if small else (*counts, value_or_why(one.d_prime), "", "")
    told = f"{told_d_prime(one.d_prime.value)}, {told_criterion(one.criterion.value)}"
    return (*counts, decimal(one.d_prime.value), decimal(one.criterion.value), told)


def growth_section(figures: ClassFigures) -> list[Html]:
    """From first test to last."""
    held = [one for one in figures.grown if one.n]
    if not held:
        return [tag("p", "Growth compares learners who did both tests; so far nobody has.", klass="note")]
    header = ("From … to", "Learners", "Before", "After", "Gain", "Between", "Better · worse")
    rows = [grown_row(one) for one in held]
    how = " The interval is a percentile bootstrap of their mean gain, 95\u00a0%." if any(one.gain.low is not None for one in held) else ""
    note = f"Only learners who did both tests count.{how} The two forms are alike and not the same: look at both directions before you believe one."
    return [growth_chart(held), table("From first test to last, shares of the points", header, rows, numbers=(1, 2, 3, 4)), tag("p", note, klass="note")]


def grown_row(one: Grown) -> tuple[object, ...]:
    """One comparison as a row; shares of a few learners stay out."""
    moved = f"{one.rose} · {one.fell}"
    if one.gain.value is None:
        return one.name, one.n, "–", "–", tag("span", one.gain.why, klass="why-not"), "–", moved
    ends = between(one.gain, shares=False, times=100, places=1)
    return one.name, one.n, percent(one.before or 0), percent(one.after or 0), decimal(100 * one.gain.value, 1), ends, moved


def confidence_section(figures: ClassFigures) -> list[Html]:
    """Being sure and being right."""
    rows = [row for row in figures.sureness if row.share.n]
    if not rows:
        return [tag("p", "No answer says how sure its learner was.", klass="note")]
    cells = [(row.where, row.level, share_cell(row.share) if not figures.small else f"{row.right} right", row.share.n) for row in rows]
    made = [] if figures.small else [confidence_chart(rows)]
    made.append(table("How often answers were right, by how sure their learners were", ("Where", "Said", "Right", "Answers"), cells, klass="sureness", numbers=(3,)))
    if figures.sure_and_wrong:
        listing = [tag("li", tag("strong", one.item), f": {one.words.replace('*', '')} ", tag("span", f"{one.count} of the {one.sure} who were sure", klass="soft")) for one in figures.sure_and_wrong]
        made += [tag("h3", "Sure, and not right"), tag("ul", *listing, klass="worst")]
    shown = not figures.small and any(row.share.n >= SMALL_CLASS for row in rows)
    how = "Intervals are Wilson’s, 95\u00a0%. Several answers come from one learner, so the true intervals are a little wider. " if shown else ""
    note = f"{how}A clause is right when all that is asked of it is."
    return [*made, tag("p", note, klass="note")]


def talking_section(figures: ClassFigures) -> list[Html]:
    """What talking changed."""
    if not figures.talked:
        return []
    rows = [(one.item, one.n, percent(one.before), percent(one.after), one.to_key, one.from_key, one.n - one.to_key - one.from_key) for one in figures.talked]
    if figures.small:
        rows = [(*row[:2], *row[4:]) for row in rows]
    header = ("Item", "Learners", *(() if figures.small else ("Share before", "Share after")), "Nearer to the key", "Away from it", "Unmoved")
    return [table("Alone, and after talking", header, rows, numbers=tuple(range(1, len(header))))]


def people_section(figures: ClassFigures) -> list[Html]:
    """Hand-ins and answers without points, in counts. Left out, unreadable and waiting are three different things."""
    rows = []
    for one in figures.states:
        counts = (one.handed_in, one.missing, one.unanswered, one.malformed, one.waiting, one.other_wording)
        rows.append((one.title, *(number or "–" for number in counts)))
    if not rows:
        return []
    header = ("Lesson", "Handed in", "Not handed in", "Left out", "Can’t be read", "Waits for a person", "Another wording")
    return [table(f"Hand-ins of {count(figures.learners, 'learner')}, and answers without points", header, rows, numbers=tuple(range(1, 7)))]


