"""Questions as Canvas takes them: a zip with QTI 1.2 and Canvas's own metadata, a quiz for each form of a lesson.

The layout is that of text2qti (gpoore/text2qti, xml_assessment.py, xml_assessment_meta.py and xml_imsmanifest.py), which many
courses import. What Canvas's importer does with such a file is in `rules_qti`, which reads every file before it is left anywhere.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from course.exports.carrying import sets_of
from course.exports.elements import Xml, element, file_of
from course.exports.ours import OF_QTI, is_zip_of
from course.exports.qti_items import written_item
from course.exports.questions import ESSAY, ONE, PRACTICE, SEVERAL, Asking, Notes, Question, Set, first_lines
from course.exports.rules_qti import qti_complaints
from course.exports.told import ExportError, refuse_complaints, write_all
from course.reports.html import join

CCCP = "http://canvas.instructure.com/xsd/cccv1p0"
IMSCP = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
QTI12 = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
META = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
# A zip holds a time for each file; a fixed one gives the same zip for the same questions.
NO_TIME = (1980, 1, 1, 0, 0, 0)

NO_PARTS = "An answer that earns a part of the points here earns none there: Canvas has no parts within a choice"
NO_ALTERNATIVE = "Another answer that also earns all: Canvas knows one right answer to a choice"
NO_RIGHT = "The item itself, since Canvas wants a right answer that earns the points: ask it as a survey there, or in the kit"
NO_NOTES = "Canvas has no notes for marking: they stand in the general comment, which learners see with their results"
HIDDEN = "Each quiz is unpublished and hides its results; its settings in Canvas show them when the last one has handed in."
HOW_TO = "In Canvas: Settings, Import Course Content, QTI .zip file. Each lesson is a quiz, and each parallel form a quiz of its own."


def export_qti(asking: Asking, out: Path) -> str:
    """Write the questions for Canvas and say what is in the file, what differs there, and what was not carried.

    Raises `ExportError` with one sentence, and writes nothing, if no question is left or Canvas would not take one as it is meant.
    """
    notes = Notes()
    sets = canvas_sets(asking, notes)
    notes.keep(sets)
    if not sets:
        raise ExportError("None of the questions that were chosen can be carried. Choose other lessons, or practice as well: --all.")
    contents = qti_zip(sets, practice=asking.which == PRACTICE)
    expected = {title_of(one): {question.id: question.points for question in one.questions} for one in sets}
    refuse_complaints(Path(out), qti_complaints(contents, expected), "Canvas")
    write_all({Path(out): contents}, is_zip_of(OF_QTI))
    hidden = [] if asking.which == PRACTICE else [HIDDEN]
    return "\n".join([*first_lines(str(out), sets, "Canvas"), HOW_TO, *hidden, *notes.lines()])


def canvas_sets(asking: Asking, notes: Notes) -> list[Set]:
    """The sets with what Canvas can ask of them; those of which nothing is left are left out."""
    carried = [for_canvas(one, notes) for one in sets_of(asking, notes)]
    return [one for one in carried if one.questions]


def for_canvas(one: Set, notes: Notes) -> Set:
    """The set as Canvas can ask it: one right answer to a choice, and none without a right answer."""
    kept = []
    for question in one.questions:
        if not has_wrong(question):
            notes.leave(NO_RIGHT, question.item)
            continue
        if question.kind == ONE:
            question = with_one_right(question, notes)
        if question.kind == ESSAY and question.marking:
            notes.differ(NO_NOTES, question.item)
            question = replace(question, why=join(question.why, question.marking))
        kept.append(question)
    return Set(one.lesson, one.title, tuple(kept), one.form)


def has_wrong(question: Question) -> bool:
    """Whether a choice has an answer that does not earn all; other kinds of questions always do."""
    if question.kind not in (ONE, SEVERAL):
        return True
    return any(reply.share < (1 if question.kind == ONE else 1e-9) for reply in question.replies)


def with_one_right(question: Question, notes: Notes) -> Question:
    """A choice with the key's own answer as the only right one."""
    keyed = [reply for reply in question.replies if reply.keyed and reply.share >= 1]
    right = keyed[0] if keyed else next(reply for reply in question.replies if reply.share >= 1)
    if sum(reply.share >= 1 for reply in question.replies) > 1:
        notes.leave(NO_ALTERNATIVE, question.item)
    if any(0 < reply.share < 1 for reply in question.replies):
        notes.differ(NO_PARTS, question.item)
    return replace(question, replies=tuple(replace(reply, share=float(reply is right)) for reply in question.replies))


def title_of(one: Set) -> str:
    """A quiz as Canvas names it."""
    return f"Says Who? {one.lesson.partition('_')[0]} {one.title}" + (f", form {one.form}" if one.form else "")


def name_of(one: Set) -> str:
    """A quiz as its files are called; no two in a zip are called alike."""
    return f"sayswho_{one.lesson}" + (f"_form{one.form}" if one.form else "")


def qti_zip(sets: Iterable[Set], *, practice: bool) -> bytes:
    """The whole zip: the manifest, and for each quiz its questions and its settings."""
    held = list(sets)
    files = {"imsmanifest.xml": file_of(manifest(held))}
    for one in held:
        name = name_of(one)
        files[f"{name}/{name}.xml"] = file_of(assessment(one))
        files[f"{name}/assessment_meta.xml"] = file_of(settings(one, practice=practice))
    return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as a zip, the same for the same files."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for path, contents in files.items():
            package.writestr(zipfile.ZipInfo(path, NO_TIME), contents, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def manifest(sets: Iterable[Set]) -> Xml:
    """What is in the zip: for each quiz its questions, which depend on its settings."""
    resources = []
    for one in sets:
        name = name_of(one)
        questions, meta = f"{name}/{name}.xml", f"{name}/assessment_meta.xml"
        resources.append(element("resource", element("file", href=questions), element("dependency", identifierref=f"{name}_meta"), identifier=name, type="imsqti_xmlv1p2"))
        resources.append(element("resource", element("file", href=meta), identifier=f"{name}_meta", type=META, href=meta))
    about = element("metadata", element("schema", "IMS Content"), element("schemaversion", "1.1.3"))
    return element("manifest", about, element("organizations"), element("resources", *resources), identifier="sayswho", xmlns=IMSCP)


def assessment(one: Set) -> Xml:
    """The questions of one quiz."""
    name = name_of(one)
    section = element("section", *(written_item(question, name) for question in one.questions), ident="root_section")
    return element("questestinterop", element("assessment", section, ident=name, title=title_of(one)), xmlns=QTI12)


def settings(one: Set, *, practice: bool) -> Xml:
    """The settings of one quiz: unpublished, one attempt, and unless it is practice without results until the teacher shows them."""
    name, title, points = name_of(one), title_of(one), f"{one.points:g}"
    told = {
        "title": title, "description": "", "shuffle_answers": "false", "scoring_policy": "keep_highest", "hide_results": "" if practice else "always",
        "quiz_type": "practice_quiz" if practice else "assignment", "points_possible": points, "show_correct_answers": "true", "anonymous_submissions": "false",
        "could_be_locked": "false", "allowed_attempts": "-1" if practice else "1", "one_question_at_a_time": "false", "cant_go_back": "false", "available": "false",
    }
    fields = [element(key, value) for key, value in told.items()]
    if not practice:
        graded = {"title": title, "workflow_state": "unpublished", "quiz_identifierref": name, "points_possible": points, "grading_type": "points", "submission_types": "online_quiz"}
        fields.append(element("assignment", *(element(key, value) for key, value in graded.items()), identifier=f"{name}_assignment"))
    return element("quiz", *fields, identifier=name, xmlns=CCCP)
