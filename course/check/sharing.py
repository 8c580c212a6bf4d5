"""Nothing is given away: a passage or option that counts shares no clause and no telling phrase with what a learner saw before.

Whoever has read an answer in an example, or in the feedback to a practice question, recognises it later instead of judging it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from course.check.material import ARTICLE, Material, items_called
from course.check.prose import choices, said_by_keys, said_by_text, words_of
from course.check.report import Report
from course.items import Item, Lesson
from course.messages import WORDS

Words = tuple[str, ...]

PHRASE, CONTENT, SHORTEST_UNIT = 5, 4, 3
CODEBOOK = ("voice.", "kind.", "how.", "speaker.", "question.", "label.")
STOPWORDS = frozenset("""
a about after again all also an and any are as at be because been before being both but by can can't could did do does doesn't doing don't down
each few for from further had has have having he her here hers him his how i if in into is isn't it it's its just like made make may me might
more most much must my no nor not now of off on once one only or other our out over own said same say says she should so some such than that
that's the their them then there these they this those through to too under until up us very was way we were what when where which while who
whom why will with would you your
""".split())


@dataclass(frozen=True)
class Example:
    """Something that a learner sees before or beside what counts: where it stands, its words, and the text it is, if it is one."""

    where: str
    words: Words
    text: str = ""

    @property
    def line(self) -> str:
        """The words with a space around each, to look for a whole clause in."""
        return f" {' '.join(self.words)} "


@dataclass
class Examples:
    """All examples so far, and where each five words of theirs stand."""

    every: list[Example] = field(default_factory=list)
    index: dict[Words, list[tuple[Example, int]]] = field(default_factory=dict)

    def add(self, example: Example) -> None:
        """Take in one more example."""
        self.every.append(example)
        for start in range(len(example.words) - PHRASE + 1):
            self.index.setdefault(example.words[start:start + PHRASE], []).append((example, start))


def check_sharing(report: Report, material: Material) -> None:
    """Go through the course as a learner does; complain of each clause or option that counts and shares words with an example before it."""
    exempt = tuple(Example("", words).line for words in exempted(material))
    examples, told = Examples(), set()
    for example in (*practice_feedback(material), *looked_up(material)):
        examples.add(example)
    for lesson in material.lessons.values():
        for kind, words in material.steps(lesson):
            for item in (item for name in words for item in items_called(lesson, name)) if kind == "ask" else ():
                if item.graded and item.credit == "score":
                    check_scored(report, material, item, examples, exempt, told)
            for example in seen(material, lesson, kind, words):
                examples.add(example)


def check_scored(report: Report, material: Material, item: Item, examples: Examples, exempt: tuple[str, ...], told: set[str]) -> None:
    """One item that counts: its text and what it offers, against the examples so far. Each place is complained of once."""
    for where, text, whole, slug in scored_words(material, item):
        found = shared(words_of(text), examples, exempt, whole=whole, slug=slug) if where not in told else None
        if found:
            told.add(where)
            report.complain(where, f"it counts, and shares “{' '.join(found[0])}” with {found[1].where}", "Reword one of the two: what counts must be new.")


def scored_words(material: Material, item: Item) -> Iterator[tuple[str, str, bool, str]]:
    """What of an item that counts must be new: place, words, whether it is a whole clause, and its text.

    The article and texts of practice are known by intention: an item that asks about one of them is examined by its options only.
    """
    text, slug = material.texts.get(item.text or ""), item.text or ""
    if text and slug != ARTICLE and material.folders.get(slug) != "practice":
        yield from ((f"data/texts/{slug}/units.csv, unit {unit.id!r}", unit.text, True, slug) for unit in text.units)
    yield from ((where, offered, False, slug) for where, _, offered in choices(item, text))


def shared(words: Words, examples: Examples, exempt: tuple[str, ...], *, whole: bool, slug: str) -> tuple[Words, Example] | None:
    """The longest telling phrase that words share with an example, or, of a whole clause, all of it. The text itself is no example."""
    others = [(words[start:end], example) for start, end, example in runs(words, examples) if not slug or example.text != slug]
    found = [(phrase, example) for phrase, example in others if sum(word not in STOPWORDS for word in phrase) >= CONTENT]
    line = Example("", words).line
    if whole and len(words) >= SHORTEST_UNIT:
        found += [(words, example) for example in examples.every if line in example.line and example.text != slug]
    kept = [(phrase, example) for phrase, example in found if not any(Example("", phrase).line in one for one in exempt)]
    return max(kept, key=lambda one: len(one[0]), default=None)


def runs(words: Words, examples: Examples) -> Iterator[tuple[int, int, Example]]:
    """Every stretch of five or more words that stands in an example too, as long as it goes."""
    for start in range(len(words) - PHRASE + 1):
        for example, at in examples.index.get(words[start:start + PHRASE], ()):
            if start and at and words[start - 1] == example.words[at - 1]:
                continue
            length = PHRASE
            while start + length < len(words) and at + length < len(example.words) and words[start + length] == example.words[at + length]:
                length += 1
            yield start, start + length, example


def seen(material: Material, lesson: Lesson, kind: str, words: Words) -> Iterator[Example]:
    """The examples in one step of a notebook: what it says, the text it shows, or the practice that it asks."""
    if kind == "markdown":
        yield Example(f"the text of notebook {lesson.id}", words_of(words[0]))
    if kind == "show":
        yield from text_shown(material, words[0], words[1:])
    if kind == "ask":
        for item in (item for name in words for item in items_called(lesson, name) if not item.graded):
            yield from text_shown(material, item.text or "", item.units)
            yield from (Example(where, words_of(text)) for where, _, text in choices(item, material.texts.get(item.text or "")))


def text_shown(material: Material, slug: str, units: Words) -> Iterator[Example]:
    """The units of a text that is shown, one example together; the article's words are anyone's to use."""
    text = material.texts.get(slug)
    if text and slug != ARTICLE:
        shown = [unit.text for unit in text.units if not units or unit.id in units]
        yield Example(f"the text {slug!r}", words_of(" ".join(shown)), slug)


def practice_feedback(material: Material) -> Iterator[Example]:
    """What practice says, wherever it stands: practice may be asked again at any time."""
    for lesson in material.lessons.values():
        yield from (Example(where, words_of(text)) for item, where, text in said_by_keys(material, lesson) if not item.graded)
    for slug, folder in material.folders.items():
        if folder == "practice":
            yield from (Example(where, words_of(text)) for where, text in said_by_text(material, slug))


def looked_up(material: Material) -> Iterator[Example]:
    """The pages that open no lesson, such as a label card: they may lie beside every lesson."""
    for page in material.pages:
        if not page.lesson:
            yield from (Example(f"notebooks/{page.name}", words_of(words[0])) for kind, words in page.steps if kind == "markdown")


def exempted(material: Material) -> Iterator[Words]:
    """Words that everyone may use: the article's own, and the names of labels and answers."""
    if article := material.texts.get(ARTICLE):
        yield words_of(" ".join(unit.text for unit in article.units))
    yield from (words_of(text) for name, text in WORDS.items() if name.startswith(CODEBOOK))
