"""What Canvas's importer makes of a zip with QTI 1.2: written from its own code, and not from ours that writes such files.

Sources in instructure/canvas-lms, gems/plugins/qti_exporter/lib/qti: assessment_item_converter.rb (read at 0c8b1039: types,
points, which comment belongs to what), choice_interaction.rb (03f405c9), associate_interaction.rb (0c31361a: matching),
extended_text_interaction.rb (0c8b1039: short answers and essays) and numeric_interaction.rb (0c31361a); for the files of the
zip gpoore/text2qti, xml_imsmanifest.py (3896e0b1). Facts of them are used, not their code. Canvas first turns QTI 1.2 into 2.1
by a tool of its own, in which every id must be an XML name.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

QTI12 = "imsqti_xmlv1p2"
META = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
CHOICES = {"multiple_choice_question", "multiple_answers_question"}
WRITTEN = {"short_answer_question", "numerical_question", "essay_question"}
NAME = re.compile(r"[A-Za-z_][\w.\-]*", re.ASCII)
# Canvas goes by these letters in the id of a comment, and takes it for the comment on the whole question.
WHOLE = (("incorrect", re.compile("wrong|incorrect|(_IC$)", re.IGNORECASE)), ("correct", re.compile("correct|(_C$)", re.IGNORECASE)),
         ("solution", re.compile("solution", re.IGNORECASE)), ("general", re.compile("general_|_all", re.IGNORECASE)))


@dataclass
class Imported:
    """One question as it would stand in a quiz: `right` are the answers that earn all, `matches` the right answer to each stem."""

    ident: str
    type: str
    points: float
    text: str
    answers: dict[str, str] = field(default_factory=dict)
    right: list[str] = field(default_factory=list)
    matches: dict[str, str] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    numbers: list[tuple[float, float]] = field(default_factory=list)
    comments: dict[str, str] = field(default_factory=dict)
    general: str = ""


@dataclass
class Package:
    """What an import would make of a zip: quizzes by title, and what Canvas would refuse or take otherwise than it can be meant."""

    quizzes: dict[str, list[Imported]] = field(default_factory=dict)
    settings: dict[str, dict[str, str]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


def parse(contents: bytes) -> Package:
    """Read a zip in the way of the importer."""
    package = Package()
    try:
        with zipfile.ZipFile(io.BytesIO(contents)) as opened:
            files = {name: opened.read(name) for name in opened.namelist()}
    except zipfile.BadZipFile:
        package.complaints.append("it is no zip.")
        return package
    manifest = tree_of(files, "imsmanifest.xml", package)
    if manifest is None:
        return package
    resources = {one.get("identifier", ""): one for one in manifest.iter("resource")}
    quizzes = [one for one in resources.values() if one.get("type") == QTI12]
    package.complaints += [] if quizzes else [f"its manifest has no resource of the type {QTI12}."]
    seen: set[str] = set()
    for one in quizzes:
        read_quiz(one, resources, files, package, seen)
    return package


def tree_of(files: Mapping[str, bytes], path: str, package: Package) -> ElementTree.Element | None:
    """An XML file of the zip without its namespaces, by which Canvas does not go; None with a complaint if there is none."""
    try:
        tree = ElementTree.fromstring(files[path].decode("utf-8"))
    except KeyError:
        package.complaints.append(f"{path} is not in the zip.")
        return None
    except (UnicodeDecodeError, ElementTree.ParseError) as error:
        package.complaints.append(f"{path} is no XML in UTF-8: {error}.")
        return None
    for node in tree.iter():
        node.tag = node.tag.rpartition("}")[2]
    return tree


def read_quiz(resource: ElementTree.Element, resources: Mapping[str, ElementTree.Element], files: Mapping[str, bytes], package: Package, seen: set[str]) -> None:
    """One quiz with its settings."""
    hrefs = [one.get("href", "") for one in resource.iter("file")]
    tree = tree_of(files, hrefs[0], package) if hrefs else None
    assessment = tree.find("assessment") if tree is not None else None
    if assessment is None:
        package.complaints.append(f"the resource {resource.get('identifier')!r} holds no assessment.")
        return
    title = assessment.get("title", "")
    if title in package.quizzes:
        package.complaints.append(f"two quizzes have the title {title!r}.")
    questions = package.quizzes.setdefault(title, [])
    for item in assessment.iter("item"):
        question = read_item(item)
        questions.append(question)
        package.complaints += [f"the question {question.ident!r}: {told}" for told in complaints_about(item, question, seen)]
    meta = [resources.get(one.get("identifierref", "")) for one in resource.iter("dependency")]
    settings = [one for one in meta if one is not None and one.get("type") == META]
    if not settings:
        package.complaints.append(f"the quiz {title!r} has no settings.")
        return
    read = tree_of(files, settings[0].get("href", ""), package)
    if read is not None:
        package.settings[title] = {node.tag: (node.text or "") for node in read}
        if read.get("identifier") != assessment.get("ident"):
            package.complaints.append(f"the settings of {title!r} belong to another quiz.")


def words_in(node: ElementTree.Element | None) -> str:
    """The trimmed words under an element."""
    return "".join(one.text or "" for one in node.iter("mattext")).strip() if node is not None else ""


def metadata_of(item: ElementTree.Element) -> dict[str, str]:
    """Canvas's own metadata of an item."""
    fields = item.findall("itemmetadata/qtimetadata/qtimetadatafield")
    return {(one.findtext("fieldlabel") or "").strip(): (one.findtext("fieldentry") or "").strip() for one in fields}


def read_item(item: ElementTree.Element) -> Imported:
    """One item with what its type has."""
    about = metadata_of(item)
    try:
        points = float(about.get("points_possible", ""))
    except ValueError:
        points = -1.0
    question = Imported(item.get("ident", ""), about.get("question_type", ""), points, words_in(item.find("presentation/material")))
    for label in item.findall("presentation/response_lid/render_choice/response_label") if question.type in CHOICES else ():
        question.answers[label.get("ident", "")] = words_in(label)
    if question.type == "matching_question":
        read_matches(item, question)
    for condition in item.findall("resprocessing/respcondition"):
        read_condition(condition, question)
    for comment in item.findall("itemfeedback"):
        kind = next((name for name, letters in WHOLE if letters.search(comment.get("ident", ""))), "")
        if kind == "general":
            question.general = words_in(comment)
    comments = {one.get("ident", ""): words_in(one) for one in item.findall("itemfeedback")}
    for condition in item.findall("resprocessing/respcondition"):
        shown, answer = condition.find("displayfeedback"), condition.findtext("conditionvar/varequal")
        if shown is not None and answer:
            question.comments.setdefault(answer, comments.get(shown.get("linkrefid", ""), ""))
    return question


def read_matches(item: ElementTree.Element, question: Imported) -> None:
    """The stems, and the answers to choose from, which Canvas takes from the first stem."""
    stems = item.findall("presentation/response_lid")
    labels = {label.get("ident", ""): words_in(label) for label in stems[0].iter("response_label")} if stems else {}
    question.options = list(labels.values())
    right = {}
    for condition in item.findall("resprocessing/respcondition"):
        equal, score = condition.find("conditionvar/varequal"), condition.find("setvar")
        if equal is not None and score is not None and score.get("action") == "Add":
            right[equal.get("respident", "")] = (equal.text or "").strip()
    for stem in stems:
        question.matches[words_in(stem.find("material"))] = labels.get(right.get(stem.get("ident", ""), ""), "")


def read_condition(condition: ElementTree.Element, question: Imported) -> None:
    """Which answers a condition makes right: those that it wants, and not those that it does not want."""
    score = condition.findtext("setvar")
    if score is None or not float(score) > 0 or question.type == "matching_question":
        return
    if question.type == "numerical_question":
        low, high = condition.findtext(".//vargte"), condition.findtext(".//varlte")
        if low is not None and high is not None:
            question.numbers.append((float(low), float(high)))
        return
    unwanted = {equal for denied in condition.iter("not") for equal in denied.iter("varequal")}
    question.right += [(equal.text or "").strip() for equal in condition.iter("varequal") if equal not in unwanted]


def complaints_about(item: ElementTree.Element, question: Imported, seen: set[str]) -> list[str]:
    """What Canvas would refuse of one question, or take otherwise."""
    found = []
    if question.type not in CHOICES | WRITTEN | {"matching_question"}:
        found.append(f"the type {question.type!r} is unknown.")
    found += ["its points are no number from 0."] if question.points < 0 else []
    found += ["it has no text."] if not question.text else []
    found += ["its id stands twice in the zip."] if question.ident in seen else []
    seen.add(question.ident)
    idents = [node.get("ident", "") for node in item.iter() if node.get("ident")]
    found += [f"the id {ident!r} is no XML name." for ident in idents if not NAME.fullmatch(ident)]
    found += complaints_about_comments(item)
    if question.type in CHOICES:
        found += ["it has fewer than two answers."] if len(question.answers) < 2 else []
        found += ["an answer has no words."] if not all(question.answers.values()) else []
        found += ["a right answer is not among its answers."] if not set(question.right) <= question.answers.keys() else []
        found += ["Canvas can't tell which answer is right."] if not question.right else []
    if question.type == "multiple_choice_question" and len(question.right) > 1:
        found.append("a choice of one has several right answers.")
    if question.type == "matching_question":
        found += ["it has fewer than two stems."] if len(question.matches) < 2 else []
        found += ["a stem has no right answer."] if not all(question.matches.values()) else []
        found += ["two of its answers read alike."] if len(set(question.options)) < len(question.options) else []
    if question.type == "short_answer_question" and not all(question.right or [""]):
        found.append("it has no right answer, so Canvas makes an essay of it.")
    if question.type == "numerical_question" and not question.numbers:
        found.append("it has no right number.")
    return found


def complaints_about_comments(item: ElementTree.Element) -> list[str]:
    """Each comment is there, is shown, and is not taken for one on the whole question by the letters of its id."""
    held = {one.get("ident", "") for one in item.findall("itemfeedback")}
    shown = {one.get("linkrefid", "") for one in item.iter("displayfeedback")}
    found = [f"the comment {ident!r} is not there." for ident in sorted(shown - held)] + [f"the comment {ident!r} is never shown." for ident in sorted(held - shown)]
    of_answers = {one.find("displayfeedback").get("linkrefid", "") for one in item.iter("respcondition") if one.find(".//varequal") is not None and one.find("displayfeedback") is not None}
    return found + [f"Canvas takes the comment {ident!r} on one answer for one on the whole question." for ident in sorted(of_answers) if any(letters.search(ident) for _, letters in WHOLE)]


def qti_complaints(contents: bytes, expected: Mapping[str, Mapping[str, float]] | None = None) -> list[str]:
    """What Canvas would refuse or misread in a zip, as sentences. `expected`: for each quiz the points of its questions by our ids."""
    package = parse(contents)
    found = list(package.complaints)
    for title, points in (expected or {}).items():
        there = package.quizzes.get(title)
        if there is None:
            found.append(f"the quiz {title!r} did not arrive.")
            continue
        # The id of a question ends with ours, after the name of its quiz.
        worth = {question.ident: question.points for question in there}
        for name, most in points.items():
            held = [one for ident, one in worth.items() if ident.endswith(f"_{name}")]
            found += [] if held and abs(held[0] - most) < 1e-4 else [f"the question {name!r} of {title!r} did not arrive with its {most:g} points."]
        total = package.settings.get(title, {}).get("points_possible", "")
        if not re.fullmatch(r"[\d.]+", total) or abs(float(total) - sum(points.values())) > 0.01:
            found.append(f"the quiz {title!r} says that it is worth {total or 'nothing'}.")
    return found
