"""Questions as a content package of QTI 2.1, for platforms that read that version: a test for each form of a lesson, an item a file.

An item that stands in several forms is one file, to which each test refers. What the specification asks of such a package is
in `rules_qti21`, which reads every file before it is left anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from course.exports.carrying import sets_of
from course.exports.elements import Xml, element, file_of
from course.exports.ours import OF_QTI, is_zip_of
from course.exports.qti import has_wrong, name_of, title_of, zipped
from course.exports.qti21_items import QTI21, item_name, written_item
from course.exports.questions import ESSAY, ONE, PRACTICE, Asking, Notes, Question, Set, first_lines
from course.exports.rules_qti21 import qti21_complaints
from course.exports.told import ExportError, refuse_complaints, write_all
from course.reports.html import join

CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
READER = "a platform that reads QTI 2.1"
NO_WRONG = "The item itself, since none of its answers is wrong: ask it as a survey there, or in the kit"
BY_MAPPING = "Parts of the points and second right answers stand in the mapping of scores: a platform that goes by the one right answer, such as Canvas, gives all or nothing"
NO_NOTES = "QTI 2.1 has no notes for marking that every platform keeps from learners: they stand in the general comment, which is shown with the results"
NO_START = "The headings in the box at the start: they stand above it"
HIDDEN = "Each test asks for one attempt, and for no feedback; check in the platform that results stay closed until the last one has handed in."
HOW_TO = "Each lesson is a test, and each parallel form a test of its own. Canvas Quizzes takes the points from Canvas's own metadata, which only the zip without --version 2.1 has."


def export_qti21(asking: Asking, out: Path) -> str:
    """Write the questions as QTI 2.1 and say what is in the file, what differs there, and what was not carried.

    The items that leave the kit with their keys are those that leave it for Canvas. Raises `ExportError` with one sentence,
    and writes nothing, if no question is left or the package is not as the specification has it.
    """
    notes = Notes()
    sets = [kept for one in sets_of(asking, notes) if (kept := for_platforms(one, notes)).questions]
    notes.keep(sets)
    if not sets:
        raise ExportError("None of the questions that were chosen can be carried. Choose other lessons, or practice as well: --all.")
    contents = qti21_zip(sets, practice=asking.which == PRACTICE)
    expected = {title_of(one): {item_name(question): question.points for question in one.questions} for one in sets}
    refuse_complaints(Path(out), qti21_complaints(contents, expected), READER)
    write_all({Path(out): contents}, is_zip_of(OF_QTI))
    hidden = [] if asking.which == PRACTICE else [HIDDEN]
    return "\n".join([*first_lines(str(out), sets, "QTI 2.1"), HOW_TO, *hidden, *notes.lines()])


def for_platforms(one: Set, notes: Notes) -> Set:
    """The set without questions that have no wrong answer, as for Canvas; notes for marking go to the general comment."""
    kept = []
    for question in one.questions:
        if not has_wrong(question):
            notes.leave(NO_WRONG, question.item)
            continue
        if question.kind == ONE and sum(reply.share > 0 for reply in question.replies) > 1:
            notes.differ(BY_MAPPING, question.item)
        if question.template:
            notes.leave(NO_START, question.item)
        if question.kind == ESSAY and question.marking:
            notes.differ(NO_NOTES, question.item)
            question = replace(question, why=join(question.why, question.marking))
        kept.append(question)
    return Set(one.lesson, one.title, tuple(kept), one.form)


def qti21_zip(sets: Iterable[Set], *, practice: bool) -> bytes:
    """The whole package: the manifest, a test for each set, and each item once."""
    held = list(sets)
    items = {question.id: question for one in held for question in one.questions}
    files = {"imsmanifest.xml": file_of(manifest(held, items.values()))}
    files |= {test_file(one): file_of(assessment_test(one, practice=practice)) for one in held}
    files |= {item_file(question): file_of(written_item(question)) for question in items.values()}
    return zipped(files)


def test_file(one: Set) -> str:
    """Where a test stands in the package: at its top, so that it and the manifest say alike where the items are."""
    return f"{name_of(one)}.xml"


def item_file(question: Question) -> str:
    """Where an item stands in the package."""
    return f"sayswho_items/{question.id}.xml"


def manifest(sets: Iterable[Set], items: Iterable[Question]) -> Xml:
    """What is in the package: the tests with the items that they need, and the items."""
    resources = []
    for one in sets:
        needed = (element("dependency", identifierref=item_name(question)) for question in one.questions)
        resources.append(element("resource", element("file", href=test_file(one)), *needed, identifier=name_of(one), type="imsqti_test_xmlv2p1", href=test_file(one)))
    for question in items:
        held = element("file", href=item_file(question))
        resources.append(element("resource", held, identifier=item_name(question), type="imsqti_item_xmlv2p1", href=item_file(question)))
    about = element("metadata", element("schema", "QTIv2.1 Package"), element("schemaversion", "1.0.0"))
    return element("manifest", about, element("organizations"), element("resources", *resources), identifier="sayswho", xmlns=CP)


def assessment_test(one: Set, *, practice: bool) -> Xml:
    """One test: its items in order, one attempt and no feedback unless it is practice, and as its score the sum of theirs."""
    references = (element("assessmentItemRef", identifier=item_name(question), href=item_file(question)) for question in one.questions)
    section = element("assessmentSection", *references, identifier="section1", title=one.title, visible="true")
    control = element("itemSessionControl", maxAttempts="0" if practice else "1", showFeedback=str(practice).lower(), allowReview=str(practice).lower(), showSolution="false")
    part = element("testPart", control, section, identifier="part1", navigationMode="nonlinear", submissionMode="individual" if practice else "simultaneous")
    total = element("setOutcomeValue", element("sum", element("testVariables", variableIdentifier="SCORE")), identifier="SCORE")
    outcome = element("outcomeDeclaration", element("defaultValue", element("value", "0")), identifier="SCORE", cardinality="single", baseType="float")
    return element("assessmentTest", outcome, part, element("outcomeProcessing", total), xmlns=QTI21, identifier=name_of(one), title=title_of(one))
