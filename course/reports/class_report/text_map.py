"""A text as a map: every clause in the colour of its reading, its letter and share beside it, marks as lines under the words."""

from __future__ import annotations

from itertools import groupby

from course.reports.class_report.drawing import FAMILIES, bar_of_readings, fold, table, told_tallies
from course.reports.class_report.monday import split_clauses
from course.reports.class_report.shapes import SMALL_CLASS, Clause, ClauseMarked, ClauseRead, Reading, Stretch, TextRead
from course.reports.class_report.words import count, decimal, listed, percent, told_spread
from course.reports.html import Html, join, rich, tag

SHORT = 90
STRETCHES = 5
RARE = 0.1


def map_of(text: TextRead) -> Html:
    """The whole text with its colours, after a legend of those that occur."""
    paragraphs = []
    for number, clauses in groupby(text.clauses, key=lambda clause: clause.paragraph):
        held = list(clauses)
        words = tag("p", join(*(clause_in_text(clause) for clause in held), between=" "), klass="headline" if number == 0 else "")
        paragraphs.append(tag("div", words, keys_beside(held), klass="paragraph"))
    return join(legend(text), tag("div", *paragraphs, klass="map"))


def legend(text: TextRead) -> Html:
    """The readings that some clause of the text bears, with their letters; and what the lines under words mean, if there are any."""
    used: dict[str, Reading] = {}
    for clause in text.clauses:
        for tally in clause.read[0].tallies if clause.read else ():
            used.setdefault(tally.reading.id, tally.reading)
    keys = [
        tag("li", tag("span", one.letter, klass=f"chip r-{one.family} s3"), f" {one.name}")
        for one in sorted(used.values(), key=lambda one: (FAMILIES.index(one.family), one.letter))
    ]
    if any(clause.marked for clause in text.clauses):
        steps = join(*(tag("span", words, klass=f"d{step}") for step, words in enumerate(("some", "a quarter", "half", "three quarters"), start=1)), between=" · ")
        keys.append(tag("li", "underlined by ", steps, " of those asked"))
    beside = tag("p", "Beside each paragraph stands the key. A bar before it says that most of the class read otherwise: a thin one where that is accepted too.", klass="note")
    return join(tag("ul", *keys, klass="legend"), beside if used else "") if keys else Html("")


def clause_in_text(clause: Clause) -> Html:
    """One clause as it stands in the map."""
    words = underlined(clause)
    if not clause.read:
        return tag("span", words, klass="clause")
    read = clause.read[0]
    chip = tag("span", f"{clause.id} · {read.top.reading.letter} {top_of(read)}", klass="chip")
    return tag("span", words, " ", chip, klass=f"clause r-{read.top.reading.family} s{step_of(read.top_share)}", title=told_tallies(read.tallies, read.n))


def top_of(read: ClauseRead) -> str:
    """How many chose the reading that most did: a share, or of a few learners a count."""
    return percent(read.top_share) if read.n >= SMALL_CLASS else f"{read.top.count} of {read.n}"


def keys_beside(clauses: list[Clause]) -> Html:
    """What the key says of each clause of a paragraph, with what else is accepted, in the margin."""
    rows = []
    for clause in clauses:
        if clause.read and clause.read[0].key:
            read = clause.read[0]
            differs = "" if read.top.reading.name == read.key else "differs" if read.top.reading.name in [name for name, _ in read.accepted] else "differs not-accepted"
            rows.append(tag("li", tag("span", clause.id, klass="unit"), " ", tag("strong", read.key), or_else(read), klass=differs))
    return tag("ul", *rows, klass="keys", aria_label="The key") if rows else tag("div")


def or_else(read: ClauseRead) -> str:
    """What is accepted beside the key, to be read on after it."""
    return "".join(f" or {name}" for name, _ in read.accepted)


def named(text: TextRead) -> str:
    """A text as a table's caption names it."""
    return "The article" if text.sort == "article" else short(text.title)


def step_of(share: float) -> int:
    """How strong the colour is: 1 below one half, 2 below four fifths, 3 above."""
    return 1 if share < 0.5 else 2 if share < 0.8 else 3


def underlined(clause: Clause) -> Html:
    """The words of a clause, with lines under what was marked: the thicker, the more learners marked it, of whatever label."""
    length = len(clause.words)
    cuts = sorted({0, length, *(min(place, length) for one in clause.marked for stretch in one.stretches for place in (stretch.start, stretch.end))})
    pieces: list[Html | str] = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        share = max((stretch.count / one.n for one in clause.marked for stretch in one.stretches if stretch.start < end and stretch.end > start), default=0)
        words = clause.words[start:end]
        pieces.append(tag("span", words, klass=f"d{min(4, 1 + int(share * 4))}") if share >= RARE else words)
    return join(*pieces)


def split_cards(text: TextRead, small: bool) -> Html:
    """The clauses that the class split on, each with its bar, its key and what else is accepted."""
    return tag("ol", *(tag("li", card_of(clause, small), klass="card") for clause in split_clauses(text)), klass="split")


def card_of(clause: Clause, small: bool) -> Html:
    """One clause that divides the class."""
    read = clause.read[0]
    n = tag("p", f"{clause.id} · {count(read.n, 'learner')} · {told_spread(read.top_share)}" + ("" if small or read.n < SMALL_CLASS else f" (how far apart: {decimal(read.spread.value or 0, 1)} bits; 0 is of one mind, 1 is two even halves)"), klass="soft")
    reasons = tag("ul", *(tag("li", tag("strong", name), ": ", rich(why)) for name, why in read.accepted), klass="accepted") if read.accepted else ""
    key = tag("p", "The key: ", tag("strong", read.key or "none"), f", chosen with all of its parts by {read.right}." if read.key and not read.accepted
              else f". It or what else is accepted was chosen by {read.right}." if read.key else ".")
    return join(tag("p", clause.words, klass="words"), n, bar_of_readings(read), tag("p", told_tallies(read.tallies, read.n), klass="told"), key, reasons)


def clause_table(text: TextRead) -> Html:
    """Every reading of every clause in figures: the map's text alternative."""
    rows = []
    for clause in text.clauses:
        for place, read in enumerate(clause.read):
            rows.append(clause_row(clause, read, again=place > 0))
    header = ("Clause", "Words", "How the class read it", "How far apart, in bits", "Key", "Right")
    return table(f"{named(text)}, clause by clause", header, rows, klass="clauses", numbers=(3, 5)) if rows else Html("")


def clause_row(clause: Clause, read: ClauseRead, *, again: bool) -> tuple[object, ...]:
    """One row of the table: a reading of a clause in one item."""
    words = tag("span", f"also in {read.item}", klass="soft") if again else join(short(clause.words), tag("br"), tag("span", read.item, klass="soft"))
    key = join(tag("strong", read.key), tag("span", or_else(read), klass="soft"))
    bar = join(bar_of_readings(read), tag("span", told_tallies(read.tallies, read.n), klass="told"))
    return clause.id, words, bar, decimal(read.spread.value or 0, 1) if read.n >= SMALL_CLASS else "–", key, f"{read.right} of {read.n}"


def mark_table(text: TextRead) -> Html:
    """What was marked, in figures."""
    rows = []
    for clause in text.clauses:
        for one in clause.marked:
            rows.append((clause.id, one.label, told_stretches(clause.words, one), ", ".join(f"“{words}”" for words in one.keyed) or "nothing", one.item))
    return table(f"{named(text)}, what was marked", ("Clause", "Label", "Words, and how many marked them", "Key", "Item"), rows) if rows else Html("")


def told_stretches(words: str, marked: ClauseMarked) -> str:
    """The words that most marked, in their order, each with its count."""
    often = sorted((one for one in marked.stretches if words[one.start : one.end].strip()), key=lambda one: -one.count)[:STRETCHES]
    kept = sorted((one for one in often if one.count >= RARE * marked.n), key=lambda one: one.start)
    told = ", ".join(f"“{short(stretch_words(words, one), 50)}” {one.count}" for one in kept)
    return f"{told} of {marked.n}" if told else f"hardly any of {marked.n}"


def stretch_words(words: str, stretch: Stretch) -> str:
    """What stands in a stretch."""
    return words[stretch.start : stretch.end].strip()


def pick_table(text: TextRead) -> Html:
    """Which clauses were picked out of others."""
    rows = []
    for clause in text.clauses:
        for one in clause.picked:
            rows.append((clause.id, short(clause.words), one.item, f"{one.count} of {one.n}", "yes" if one.keyed else ""))
    return table(f"{named(text)}, clauses picked", ("Clause", "Words", "Item", "Picked by", "Keyed"), rows, numbers=(3,)) if rows else Html("")


def short(words: str, most: int = SHORT) -> str:
    """The beginning of a text.

    >>> short("one two three", 9)
    'one two …'
    """
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"


def text_tables(text: TextRead) -> Html:
    """All figures of a text, to open."""
    return fold("The same in figures: every clause with its key", clause_table(text), mark_table(text), pick_table(text))


def folded_text(text: TextRead) -> Html:
    """A passage or a test form in a fold: its map and its figures."""
    split = split_clauses(text, 1)
    lessons = listed([name.partition("_")[0].lstrip("0") or "0" for name in text.lessons])
    told = f"most divided: {split[0].id}, {top_of(split[0].read[0])} {split[0].read[0].top.reading.name}" if split else "of one mind" if text.split else "marks only"
    where = f"{'lesson' if len(text.lessons) == 1 else 'lessons'} {lessons}{', counts' if text.counts else ''}"
    head = join(tag("strong", text.title), tag("span", f" {where} · {told}", klass="soft"))
    return fold(head, map_of(text), clause_table(text), mark_table(text), pick_table(text), klass="text")
