"""All figures of a class at once."""

from __future__ import annotations

from course.classroom.grading import Classroom
from course.classroom.report.answers import answers_of
from course.classroom.report.class_figures import agreed, detected, grown, lesson_states
from course.classroom.report.item_figures import clauses_of, items_of
from course.classroom.report.sureness import sureness, talked
from course.classroom.report.text_figures import texts_read
from course.reports.class_report import ClassFigures


def class_figures(classroom: Classroom, *, names: bool = False) -> ClassFigures:
    """Everything that a report shows of a class. The learners' names are in it only with `names`."""
    answers = answers_of(classroom.catalogue, classroom.sheets.values())
    items, reliability = items_of(classroom, answers)
    by_group, by_reader = detected(answers, {learner: person.section for learner, person in classroom.roster.items()})
    rows, wrong = sureness(answers)
    present = {learner for learner, _ in classroom.sheets}
    return ClassFigures(
        len(present), texts_read(answers), tuple(items), tuple(reliability), agreed(answers), by_group, by_reader, grown(answers), rows, wrong,
        talked(answers), lesson_states(classroom), {learner: person.name for learner, person in classroom.roster.items()} if names else {}, tuple(clauses_of(answers)),
    )
