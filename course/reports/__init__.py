"""What comes out of grading: tables for a spreadsheet, and a page for each learner.

`tables` writes CSV, `html` builds pages that nobody's text can break, `passages` and `questions` draw one answered question,
`page` puts a learner's page together.
"""

from course.reports.page import LessonReport, feedback_file, feedback_page, is_feedback_page
from course.reports.questions import Answered
from course.reports.tables import csv_bytes, harmless

__all__ = ["Answered", "LessonReport", "csv_bytes", "feedback_file", "feedback_page", "harmless", "is_feedback_page"]
