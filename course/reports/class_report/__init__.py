"""The picture of a class: one page that says what to do on Monday, and its tables."""

from course.reports.class_report.shapes import (
    SMALL_CLASS,
    Agreed,
    ClassFigures,
    Clause,
    ClauseMarked,
    ClausePicked,
    ClauseRead,
    Detected,
    Grown,
    ItemFigures,
    LessonState,
    OptionChosen,
    Reading,
    Reliability,
    Stretch,
    SureAndWrong,
    Sureness,
    Table,
    Talked,
    Tally,
    TextRead,
)

__all__ = [
    "SMALL_CLASS", "Agreed", "ClassFigures", "Clause", "ClauseMarked", "ClausePicked", "ClauseRead", "Detected", "Grown", "ItemFigures", "LessonState",
    "OptionChosen", "Reading", "Reliability", "Stretch", "SureAndWrong", "Sureness", "Table", "Talked", "Tally", "TextRead",
]
