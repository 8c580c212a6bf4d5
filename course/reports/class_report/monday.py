"""What to do on Monday: one sentence for each section, worked out from its figures. They speak of sentences and of the class, never of a side."""

from __future__ import annotations

from collections.abc import Sequence

from course.reports.class_report.shapes import SMALL_CLASS, ClassFigures, Clause, SureAndWrong, TextRead
from course.reports.class_report.words import LEANS, READ_ALIKE, READ_NEARLY, count, decimal, listed, percent

OF_ONE_MIND = 0.8
THREE = 3
SURE, GUESSING = "sure", "guessing"
TELLING = 0.1
HARDLY = 0.2


def split_clauses(text: TextRead, most: int = THREE) -> list[Clause]:
    """The clauses that divide the class most; none of those on which four in five agree."""
    return [clause for clause in text.split if clause.read[0].top_share < OF_ONE_MIND and clause.read[0].n > 1][:most]


def about_texts(figures: ClassFigures) -> str:
    """What to read aloud."""
    article = next((text for text in figures.texts if text.sort == "article"), None)
    texts = [article] if article and article.split else [text for text in figures.texts if text.split][:1]
    if not texts:
        return "Nobody has labelled a clause yet: come back when the first lesson with clauses is handed in."
    text = texts[0]
    split = split_clauses(text)
    name = "the article" if text is article else f"“{text.title}”"
    if not split:
        return f"The class reads {name} alike: go on to a passage it has not seen."
    many = {1: "this clause", 2: "these two clauses"}.get(len(split), "these three clauses")
    return f"Read {many} of {name} aloud and let both sides say what they stand on: {listed([clause.id for clause in split])}."


def about_items(figures: ClassFigures) -> str:
    """Which questions to look at."""
    counted = [item for item in figures.items if not item.practice] or list(figures.items)
    if not counted:
        return "No question with a key has been answered yet."
    look = [item for item in (*counted, *figures.clauses) if item.warnings]
    hardest = min(counted, key=lambda item: item.ease.value if item.ease.value is not None else 1)
    go_through = f"go through {hardest.id} together: of {count(hardest.n, 'answer')} {hardest.right} had all of it right"
    if not look:
        return f"Nothing looks wrong with a question; {go_through}."
    more = f" and {len(look) - THREE} more" if len(look) > THREE else ""
    names = "; ".join(item.id for item in look[:THREE]) + more if more else listed([item.id for item in look])
    return f"Look at {names} before you hand anything back, then {go_through}."


def about_agreement(figures: ClassFigures) -> str:
    """Where they read alike, and which way they lean."""
    known = [one for one in figures.agreed if one.alpha.value is not None]
    place = next((one for one in reversed(figures.detected) if one.group.startswith("The class") and one.criterion.value is not None), None)
    told = []
    if figures.small and figures.agreed:
        least = min(figures.agreed, key=lambda one: (one.alike / one.clauses, one.item))
        return f"Let pairs compare their labels of {least.item}: all read alike {least.alike} of its {count(least.clauses, 'clause')}."
    if known:
        least = min(known, key=lambda one: one.alpha.value)
        if least.alpha.value < READ_ALIKE:
            told.append(f"let pairs compare their labels of {least.item}, where {told_least(least.alpha.value)} (Krippendorff’s alpha {decimal(least.alpha.value)}; 1 is one mind, 0 is chance)")
    if place and place.criterion.value >= LEANS:
        told.append("practise sentences that judge in the text’s own voice: the class takes more of them for reporting than it should")
    elif place and place.criterion.value <= -LEANS:
        told.append("practise judgements that are quoted: the class calls more things editorial than it should")
    elif place and place.d_prime.value < 1:
        told.append("go back to the two questions, whose voice and what kind: the class does not yet tell the two apart")
    if not told:
        return "The class agrees and leans neither way: go on." if known else "There are too few labels yet to say how far the class agrees."
    sentence = "; and ".join(told)
    return f"{sentence[0].upper()}{sentence[1:]}."


def told_least(alpha: float) -> str:
    """How far a class agrees that does not read alike, in plain words.

    >>> told_least(0.09), told_least(0.5)
    ('the class agrees hardly more than by chance', 'the class agrees only in part')
    """
    return "the class agrees hardly more than by chance" if alpha < HARDLY else "the class agrees only in part" if alpha < READ_NEARLY else "the class agrees, though not everywhere"


def about_growth(figures: ClassFigures) -> str:
    """Whether the class moved between the tests."""
    together = next((one for one in figures.grown if one.n), None)
    if together is None:
        return "Nobody has done both tests yet: there is no growth to speak of before the last lesson is handed in."
    gain = together.gain
    if gain.value is None:
        return f"{together.rose} of {count(together.n, 'learner')} did better in the last test than in the first, {together.fell} less well: talk with them one by one."
    points = f"{decimal(100 * gain.value, 0)} points in a hundred"
    if gain.low is None or gain.high is None:
        return f"All {together.n} learners who did both tests gained the same, {points}: no interval can be drawn, so check that both tests were scored as you mean."
    if gain.low > 0:
        return f"Tell the class that it has grown, by {points} from first test to last, and let each look at their own two tests."
    if gain.high < 0:
        return f"The class did less well in the last test, by {points}: ask what got in the way before you teach on."
    return f"First test and last can’t be told apart ({points}): take one passage of lesson 2 again, aloud, and ask the two questions of every clause."


def about_confidence(figures: ClassFigures) -> str:
    """Whether being sure says anything."""
    everything = {row.level: row.share for row in figures.sureness if row.where == figures.sureness[0].where}
    sure, guessing = everything.get(SURE), everything.get(GUESSING)
    if not sure or sure.value is None:
        return "Nobody has said yet how sure they are."
    worst = first_clause(figures.sure_and_wrong)
    if sure.n < SMALL_CLASS or not guessing or guessing.value is None or guessing.n < SMALL_CLASS:
        return f"Of {count(sure.n, 'sure answer')} {round(sure.value * sure.n)} were right.{worst}"
    if sure.value - guessing.value < TELLING:
        return f"Being sure says little in this class ({percent(sure.value)} right, guesses {percent(guessing.value)}): ask for the words that make them sure.{worst}"
    return f"Being sure means something here ({percent(sure.value)} right, guesses {percent(guessing.value)}): let them use their doubt as a sign to read again.{worst}"


def first_clause(worst: Sequence[SureAndWrong]) -> str:
    """What most were sure of and had wrong, as a sentence to follow."""
    return f" Begin with what {worst[0].count} were sure of and had wrong, in {worst[0].item}." if worst else ""


def about_talking(figures: ClassFigures) -> str:
    """What talking to a neighbour changed."""
    if not figures.talked:
        return "Nobody answered a question alone and again after talking, so there is no shift to show; try it with one clause that splits the class."
    up, down = sum(one.to_key for one in figures.talked), sum(one.from_key for one in figures.talked)
    n = sum(one.n for one in figures.talked)
    told = f"Of {count(n, 'pair', 'pairs')} of answers before and after talking {up} came nearer to the key and {down} went away from it"
    if up > down:
        return f"{told}: talking helps, so do it again where the class is split."
    return f"{told}: ask who persuaded whom, and with which words of the text." if down else f"{told}: talking changed nothing, so pick a clause that divides them."


def about_people(figures: ClassFigures) -> str:
    """Who needs a word, in counts."""
    states = figures.states
    waiting, other = sum(one.waiting for one in states), sum(one.other_wording for one in states)
    missing, malformed = sum(one.missing for one in states), sum(one.malformed for one in states)
    told = [f"mark {count(waiting, 'answer')} that wait for you"] if waiting else []
    told += [f"look at {count(other, 'answer')} to another wording"] if other else []
    told += [f"ask for {count(malformed, 'answer')} that can’t be read again"] if malformed else []
    told += [f"ask after {count(missing, 'hand-in')} that {'is' if missing == 1 else 'are'} missing"] if missing else []
    if not told:
        return "Nothing waits: every hand-in is there and every answer has its points." if states else "Nobody has handed in anything yet."
    sentence = listed(told)
    return f"{sentence[0].upper()}{sentence[1:]}; problems.csv, which grading writes, names them."
