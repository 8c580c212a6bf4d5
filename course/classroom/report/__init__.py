"""From a class that has been graded to its report: a page and its tables in a folder, or sections in a notebook."""

from course.classroom.report.figures import class_figures
from course.classroom.report.opening import ClassReport, open_report, write_report

__all__ = ["ClassReport", "class_figures", "open_report", "write_report"]
