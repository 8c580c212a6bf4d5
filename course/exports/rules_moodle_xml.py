"""What Moodle's importer makes of a file of questions: written from its own code, and not from ours that writes such files.

Sources in moodle/moodle: question/format/xml/format.php (read at 00055ef6: `import_question` and the functions it calls),
question/format.php (0101cefd: `importprocess`, which compares fractions, drops an idnumber that stands twice in a category,
and goes no further after a notice), question/type/multichoice, shortanswer and match/questiontype.php (04ed1ceb, 068b4594,
00c30069: `save_question_options`) and question/engine/bank.php (the fractions). Facts of them are used, not their code.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import dataclass, field

KNOWN_FRACTIONS = (1, 0.9, 0.8333333, 0.8, 0.75, 0.7, 0.6666667, 0.6, 0.5, 0.4, 0.3333333, 0.3, 0.25, 0.2, 0.1666667, 0.1428571, 0.125, 0.1111111, 0.1, 0.05, 0)
SAME_FRACTION = 0.00001
FORMATS = {"moodle_auto_format", "html", "plain_text", "wiki_like", "markdown"}
WITH_FRACTIONS = {"multichoice", "shortanswer", "numerical"}
TYPES = WITH_FRACTIONS | {"matching", "essay"}
LONGEST_IDNUMBER, LONGEST_NAME, LONGEST_MATCH = 100, 255, 255
RESPONSE_FORMATS = {"editor", "editorfilepicker", "plain", "monospaced", "noinline"}


@dataclass
class Imported:
    """One question as it would stand in the question bank."""

    type: str
    name: str
    category: str
    text: str
    feedback: str
    mark: float
    idnumber: str
    tags: list[str] = field(default_factory=list)
    answers: list[tuple[str, float, str]] = field(default_factory=list)
    single: bool = True
    rows: list[tuple[str, str]] = field(default_factory=list)
    tolerance: list[float] = field(default_factory=list)
    graderinfo: str = ""
    template: str = ""


@dataclass
class Bank:
    """What an import would make of a file, and what it would refuse or take otherwise than it can be meant."""

    questions: list[Imported] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def parse(contents: bytes) -> Bank:
    """Read a file in the way of the importer."""
    bank = Bank()
    try:
        root = ElementTree.fromstring(contents.decode("utf-8"))
    except (UnicodeDecodeError, ElementTree.ParseError) as error:
        bank.complaints.append(f"it is no XML in UTF-8: {error}.")
        return bank
    if root.tag != "quiz" or root.find("question") is None:
        bank.complaints.append("it holds no <quiz> with a <question> in it.")
        return bank
    category = ""
    taken: set[tuple[str, str]] = set()
    for node in root.findall("question"):
        if node.get("type") == "category":
            category = text_at(node, "category/text")
            bank.complaints += [] if category else ["a category has no name."]
            continue
        question = read_question(node, category)
        bank.questions.append(question)
        where = f"the question {question.name or question.idnumber or len(bank.questions)!r}"
        bank.complaints += [f"{where}: {told}" for told in complaints_about(node, question)]
        if (category, question.idnumber) in taken:
            bank.complaints.append(f"{where}: its idnumber stands twice in the category, so Moodle takes it away.")
        taken.add((category, question.idnumber))
    return bank


def text_at(node: ElementTree.Element, path: str, default: str = "") -> str:
    """The trimmed text of the first element at a path."""
    found = node.find(path)
    return "".join(found.itertext()).strip() if found is not None else default


def number_at(node: ElementTree.Element, path: str, default: float) -> float:
    """A number, as PHP reads one from text; what is none is not a number here."""
    try:
        return float(text_at(node, path, str(default)))
    except ValueError:
        return math.nan


def read_question(node: ElementTree.Element, category: str) -> Imported:
    """One question with everything that its type has."""
    question = Imported(
        node.get("type", ""), text_at(node, "name/text"), category, text_at(node, "questiontext/text"), text_at(node, "generalfeedback/text"),
        number_at(node, "defaultgrade", 1), text_at(node, "idnumber"), [text_at(one, "text") for one in node.findall("tags/tag")],
    )
    for one in node.findall("answer"):
        try:
            share = float(one.get("fraction", "0")) / 100
        except ValueError:
            share = math.nan
        question.answers.append((text_at(one, "text"), share, text_at(one, "feedback/text")))
        question.tolerance.append(number_at(one, "tolerance", 0))
    question.single = text_at(node, "single", "true") not in ("false", "", "0")
    question.rows = [(text_at(one, "text"), text_at(one, "answer/text")) for one in node.findall("subquestion")]
    question.graderinfo, question.template = text_at(node, "graderinfo/text"), text_at(node, "responsetemplate/text")
    return question


def complaints_about(node: ElementTree.Element, question: Imported) -> list[str]:
    """What Moodle would refuse of one question, or change, or stop at."""
    found = [f"the type {question.type!r} is unknown."] if question.type not in TYPES else []
    found += [f"the text format {one.get('format')!r} is unknown." for one in node.iter() if one.get("format", "html") not in FORMATS]
    found += ["it has no name."] if not question.name else ["its name is cut off."] if len(question.name) > LONGEST_NAME else []
    found += ["it has no text."] if not question.text else []
    found += [f"its idnumber is longer than {LONGEST_IDNUMBER} characters."] if len(question.idnumber) > LONGEST_IDNUMBER else []
    found += ["its default mark is no number from 0."] if not question.mark >= 0 else []
    if question.type in WITH_FRACTIONS:
        found += complaints_about_fractions(question)
    if question.type == "matching":
        found += complaints_about_rows(question)
    if question.type == "essay" and text_at(node, "responseformat", "editor") not in RESPONSE_FORMATS:
        found.append("its response format is unknown.")
    return found


def complaints_about_fractions(question: Imported) -> list[str]:
    """Each share is one that Moodle knows; one answer earns all, or several together; and a number is a number."""
    shares = [share for _, share, _ in question.answers]
    unknown = [share for share in shares if not any(abs(abs(share) - known) < SAME_FRACTION for known in KNOWN_FRACTIONS)]
    found = [f"Moodle does not know the share {share * 100:g} %, and leaves the question out." for share in unknown]
    if question.type == "multichoice":
        found += ["it has fewer than two answers: the import stops here."] if sum(bool(text) for text, _, _ in question.answers) < 2 else []
        found += ["an answer has no words."] if not all(text for text, _, _ in question.answers) else []
        together = round(sum(share for share in shares if share > 0), 2)
        if not question.single and together != 1:
            found.append(f"its right answers earn {together:.0%} together: the import stops here.")
    if (question.type != "multichoice" or question.single) and not math.isclose(max(shares, default=0), 1):
        found.append("no answer earns 100 %: the import stops here.")
    if question.type == "numerical":
        found += [f"{text!r} is no number." for text, _, _ in question.answers if not is_number(text)]
        found += ["a tolerance is no number from 0."] if not all(one >= 0 for one in question.tolerance) else []
    return found


def is_number(text: str) -> bool:
    """Whether Moodle reads a text as a number: digits with a point, perhaps an exponent."""
    try:
        return math.isfinite(float(text)) and "_" not in text
    except ValueError:
        return False


def complaints_about_rows(question: Imported) -> list[str]:
    """At least two stems, each with an answer, and three answers to choose from; PHP takes "0" for nothing."""
    stems = [(stem, answer) for stem, answer in question.rows if stem and stem != "0"]
    answers = {answer for _, answer in question.rows if answer and answer != "0"}
    found = ["a stem has no answer."] if any(answer in ("", "0") for _, answer in stems) else []
    found += ["an answer that fits no stem is empty, and is dropped."] if any(answer in ("", "0") for stem, answer in question.rows if not stem) else []
    found += ["it has fewer than two stems or three answers: the import stops here."] if len(stems) < 2 or len(answers) < 3 else []
    keyed = [answer for _, answer in stems]
    found += ["two stems have the same answer, which Moodle shows once."] if len(set(keyed)) < len(keyed) else []
    return found + [f"an answer is longer than {LONGEST_MATCH} characters." for answer in answers if len(answer) > LONGEST_MATCH]


def moodle_xml_complaints(contents: bytes, expected: Mapping[str, float] | None = None) -> list[str]:
    """What Moodle would refuse or misread in a file, as sentences. `expected`: the points by idnumber that should be there."""
    bank = parse(contents)
    if expected is None or bank.complaints:
        return bank.complaints
    found = {question.idnumber: question.mark for question in bank.questions}
    missing = [f"the question {name!r} did not arrive." for name in expected if name not in found]
    other = [f"the question {name!r} is worth {found[name]:g} there." for name, points in expected.items() if name in found and abs(found[name] - points) > 1e-4]
    return missing + other
