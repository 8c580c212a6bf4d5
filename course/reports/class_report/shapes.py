"""What a class report is drawn from: plain figures about texts, items, tests and people to be looked at. No names of learners."""

from __future__ import annotations

from dataclasses import dataclass, field

from course.measures import Figure

SMALL_CLASS = 10


@dataclass(frozen=True)
class Reading:
    """One way to read a clause: its name, the letter it bears beside its colour, and the family whose colour it has."""

    id: str
    name: str
    letter: str
    family: str


@dataclass(frozen=True)
class Tally:
    """How many chose one reading."""

    reading: Reading
    count: int


@dataclass(frozen=True)
class ClauseRead:
    """How a class read one clause in one item: tallies (most chosen first), the key, what else is accepted and why, and how many had it right."""

    item: str
    lesson: str
    tallies: tuple[Tally, ...]
    spread: Figure
    key: str = ""
    accepted: tuple[tuple[str, str], ...] = ()
    right: int = 0

    @property
    def n(self) -> int:
        """How many answered all that was asked of the clause."""
        return self.spread.n

    @property
    def top(self) -> Tally:
        """The reading that most chose."""
        return self.tallies[0]

    @property
    def top_share(self) -> float:
        """The share that the most chosen reading has."""
        return self.top.count / self.n


@dataclass(frozen=True)
class Stretch:
    """Characters [start, end) of a clause that the same number of learners marked."""

    start: int
    end: int
    count: int


@dataclass(frozen=True)
class ClauseMarked:
    """How a class marked one clause with one label: who was asked, how many marked each stretch, and the words that are keyed."""

    item: str
    label: str
    n: int
    stretches: tuple[Stretch, ...] = ()
    keyed: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClausePicked:
    """How many picked a clause out of others, and whether the key does."""

    item: str
    count: int
    n: int
    keyed: bool


@dataclass(frozen=True)
class Clause:
    """One clause of a text with everything that the class said of it; the reading that asked most comes first."""

    id: str
    paragraph: int
    words: str
    read: tuple[ClauseRead, ...] = ()
    marked: tuple[ClauseMarked, ...] = ()
    picked: tuple[ClausePicked, ...] = ()


@dataclass(frozen=True)
class TextRead:
    """A text as the class read it. `sort` is "article", "test" or "passage"; `counts` says that its points count."""

    slug: str
    title: str
    sort: str
    clauses: tuple[Clause, ...]
    lessons: tuple[str, ...] = ()
    counts: bool = False

    @property
    def split(self) -> tuple[Clause, ...]:
        """The clauses that were read, the most divided first."""
        held = [clause for clause in self.clauses if clause.read]
        return tuple(sorted(held, key=lambda clause: -(clause.read[0].spread.value or 0)))


@dataclass(frozen=True)
class OptionChosen:
    """One option of an item: how many chose it, of those in the upper and the lower third of the rest, and who they are (for the table only)."""

    id: str
    words: str
    keyed: bool
    count: int
    upper: int = 0
    lower: int = 0
    learners: tuple[str, ...] = ()


@dataclass(frozen=True)
class ItemFigures:
    """One item: how easy it was, whether it goes with the rest, what was chosen, and what to look at. `practice` counts first answers."""

    id: str
    lesson: str
    prompt: str
    type: str
    n: int
    right: int
    unanswered: int
    ease: Figure
    rest: Figure
    options: tuple[OptionChosen, ...] = ()
    warnings: tuple[str, ...] = ()
    practice: bool = False


@dataclass(frozen=True)
class Reliability:
    """How far the points of a lesson or of a test can be trusted: KR-20 for clauses that are right or wrong, else Cronbach's alpha."""

    name: str
    measure: str
    parts: int
    figure: Figure


@dataclass(frozen=True)
class Agreed:
    """How far a class agreed on the clauses of one item: alpha over readings, how many learners, and how many clauses all read alike."""

    item: str
    lesson: str
    text: str
    learners: int
    clauses: int
    alike: int
    alpha: Figure


@dataclass(frozen=True)
class Detected:
    """How well a group tells the text's own judgement from reporting: hits, targets, false alarms, others, and d′ and c of them."""

    group: str
    learners: int
    hits: int
    targets: int
    false_alarms: int
    others: int
    d_prime: Figure
    criterion: Figure


@dataclass(frozen=True)
class Grown:
    """From one test to a later one, by form: how many did both, their mean shares, and the gain with its interval."""

    name: str
    n: int
    before: float | None
    after: float | None
    gain: Figure
    rose: int = 0
    fell: int = 0


@dataclass(frozen=True)
class Sureness:
    """How often answers of one confidence were right, in one place or in all."""

    where: str
    level: str
    share: Figure
    right: int


@dataclass(frozen=True)
class SureAndWrong:
    """A clause or an item that several were sure of and had wrong."""

    item: str
    words: str
    count: int
    sure: int


@dataclass(frozen=True)
class Talked:
    """An item answered alone and again after talking: mean shares before and after, and how many moved to the key, away, or not."""

    item: str
    n: int
    before: float
    after: float
    to_key: int
    from_key: int


@dataclass(frozen=True)
class LessonState:
    """One lesson's hand-ins and cells in counts; the states stay apart."""

    lesson: str
    title: str
    handed_in: int
    missing: int
    unanswered: int
    malformed: int
    waiting: int
    other_wording: int


@dataclass(frozen=True)
class Table:
    """A table of the report as a spreadsheet opens it: its file's name, its first line, its rows."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ClassFigures:
    """Everything that a report shows of one class. `clauses` are those of the passages and tests that count, each as an item of its own."""

    learners: int
    texts: tuple[TextRead, ...] = ()
    items: tuple[ItemFigures, ...] = ()
    reliability: tuple[Reliability, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    detected: tuple[Detected, ...] = ()
    by_reader: tuple[tuple[str, Detected], ...] = ()
    grown: tuple[Grown, ...] = ()
    sureness: tuple[Sureness, ...] = ()
    sure_and_wrong: tuple[SureAndWrong, ...] = ()
    talked: tuple[Talked, ...] = ()
    states: tuple[LessonState, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    clauses: tuple[ItemFigures, ...] = ()

    @property
    def small(self) -> bool:
        """Whether the class is too small for statistics."""
        return self.learners < SMALL_CLASS
