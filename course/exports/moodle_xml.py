"""Questions as Moodle's question bank takes them: Moodle XML, a category for each lesson.

What Moodle's importer does with such a file is in `rules_moodle_xml`, which reads every file before it is left anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from course.exports.carrying import sets_of
from course.exports.elements import Xml, element, file_of
from course.exports.ours import is_moodle_xml
from course.exports.questions import ESSAY, NUMBER, ONE, PAIRS, SEVERAL, WORDS, Asking, Notes, Question, Reply, Set, first_lines
from course.exports.rules_moodle_xml import moodle_xml_complaints
from course.exports.told import ExportError, refuse_complaints, write_all
from course.reports.html import join, rich, tag

# question_bank::fraction_options_full in Moodle's question/engine/bank.php; as many below 0.
FRACTIONS = ("100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0")
NEAR = 0.001
NO_FRACTION = "The question itself: Moodle knows no share of 1 in {count}, so it has no room for so many right options"
TYPES = {ONE: "multichoice", SEVERAL: "multichoice", PAIRS: "matching", WORDS: "shortanswer", NUMBER: "numerical", ESSAY: "essay"}
HOW_TO = "In Moodle: Question bank, Import, Moodle XML format, with “Get category from file”. Each lesson has a category, and parallel forms one below it."


def export_moodle_xml(asking: Asking, out: Path) -> str:
    """Write the questions for Moodle and say what is in the file, what differs there, and what was not carried.

    Raises `ExportError` with one sentence, and writes nothing, if no question is left or Moodle would not take one as it is meant.
    """
    notes = Notes()
    sets = [with_fractions(one, notes) for one in sets_of(asking, notes)]
    notes.keep(sets)
    if not any(one.questions for one in sets):
        raise ExportError("None of the questions that were chosen can be carried. Choose other lessons, or practice as well: --all.")
    contents = moodle_xml(sets)
    expected = {question.id: question.points for one in sets for question in one.questions}
    refuse_complaints(Path(out), moodle_xml_complaints(contents, expected), "Moodle")
    write_all({Path(out): contents}, is_moodle_xml)
    return "\n".join([*first_lines(str(out), sets, "Moodle"), HOW_TO, *notes.lines()])


def with_fractions(one: Set, notes: Notes) -> Set:
    """The set without questions whose shares Moodle does not know."""
    kept = []
    for question in one.questions:
        if all(fraction(reply.share) is not None for reply in question.replies):
            kept.append(question)
        else:
            notes.leave(NO_FRACTION.format(count=len(question.right)), question.item)
    return Set(one.lesson, one.title, tuple(kept), one.form)


def fraction(share: float) -> str | None:
    """A share of the points as Moodle writes it, in percent; None if it is none of those that Moodle knows.

    >>> fraction(1 / 3), fraction(-0.5), fraction(1 / 13) is None
    ('33.33333', '-50', True)
    """
    near = next((one for one in FRACTIONS if abs(float(one) - abs(share) * 100) < NEAR), None)
    return f"-{near}" if near and share < 0 and near != "0" else near


def moodle_xml(sets: Iterable[Set]) -> bytes:
    """The whole file."""
    questions: list[Xml] = []
    for path, held in categories(list(sets)).items():
        questions.append(element("question", element("category", element("text", path)), type="category"))
        questions += [written(question) for question in held]
    return file_of(element("quiz", *questions))


def categories(sets: list[Set]) -> dict[str, list[Question]]:
    """The questions by category: what every form of a lesson asks in the lesson's own, what only one asks in a category below."""
    found: dict[str, list[Question]] = {}
    for lesson in dict.fromkeys(one.lesson for one in sets):
        of_lesson = [one for one in sets if one.lesson == lesson]
        in_all = set.intersection(*({question.id for question in one.questions} for one in of_lesson))
        path = f"$course$/top/Says Who?/{number_and_title(of_lesson[0])}"
        if in_all:
            found[path] = [question for question in of_lesson[0].questions if question.id in in_all]
        placed = set(in_all)
        for one in of_lesson:
            rest = [question for question in one.questions if question.id not in placed]
            placed |= {question.id for question in rest}
            if rest:
                found[f"{path}/Form {one.form}"] = rest
    return found


def number_and_title(one: Set) -> str:
    """A lesson as a category is called; a stroke in it is doubled, since a single one parts categories."""
    return f"{one.lesson.partition('_')[0]} {one.title}".replace("/", "//")


def written(question: Question) -> Xml:
    """One question as Moodle's importer reads it."""
    common = [
        element("name", element("text", question.title)), html("questiontext", question.head), html("generalfeedback", question.why),
        element("defaultgrade", f"{question.points:.7g}"), element("idnumber", question.id),
    ]
    tags = element("tags", *(element("tag", element("text", one)) for one in question.tags))
    return element("question", *common, *BODIES[question.kind](question), tags, type=TYPES[question.kind])


def html(name: str, *words: object) -> Xml:
    """A field that holds HTML."""
    return element(name, element("text", join(*words)), format="html")


def choices(question: Question) -> list[Xml]:
    """One or several of the replies."""
    single = question.kind == ONE
    settings = [element("single", str(single).lower()), element("shuffleanswers", "false"), element("answernumbering", "none"), element("showstandardinstruction", "0" if single else "1")]
    return [*settings, *(answer(reply) for reply in question.replies), *([] if single else [element("shownumcorrect")])]


def answer(reply: Reply) -> Xml:
    """One reply with its share and what is said to it."""
    return element("answer", element("text", reply.text), html("feedback", reply.feedback), fraction=fraction(reply.share), format="html")


def pairs(question: Question) -> list[Xml]:
    """Stems with their answers in a fixed order; an answer that fits no stem has an empty one."""
    rows = [(join(tag("p", stem)), words) for stem, words in question.rows] + [(join(), words) for words in question.spare]
    subquestions = [element("subquestion", element("text", stem), element("answer", element("text", words)), format="html") for stem, words in rows]
    return [element("shuffleanswers", "false"), element("shownumcorrect"), *subquestions]


def words(question: Question) -> list[Xml]:
    """The wordings that count, whatever the case; an asterisk in one is meant as an asterisk."""
    return [element("usecase", "0"), *(element("answer", element("text", one.replace("*", "\\*")), fraction="100", format="plain_text") for one in question.answers)]


def numbers(question: Question) -> list[Xml]:
    """The numbers that count, with the tolerance."""
    return [element("answer", element("text", one), element("tolerance", f"{question.tolerance:.7g}"), fraction="100", format="plain_text") for one in question.answers]


def essay(question: Question) -> list[Xml]:
    """A box to write in, what stands in it at the start, and the notes for the person who marks."""
    return [
        element("responseformat", "editor"), element("responserequired", "1"), element("responsefieldlines", str(min(max(question.lines, 5), 40))),
        element("attachments", "0"), element("attachmentsrequired", "0"), html("graderinfo", question.marking),
        html("responsetemplate", *(tag("p", tag("strong", rich(one))) for one in question.template)),
    ]


BODIES = {ONE: choices, SEVERAL: choices, PAIRS: pairs, WORDS: words, NUMBER: numbers, ESSAY: essay}
