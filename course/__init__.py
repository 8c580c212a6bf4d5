"""Says Who?: a teaching kit on telling reporting from editorializing.

`open_lesson` is all that a student's notebook needs; `open_class`, `open_challenges`, `open_desk`, `open_projector` and `open_report` are the instructor's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["open_challenges", "open_class", "open_desk", "open_lesson", "open_projector", "open_report"]

if TYPE_CHECKING:
    from course.classroom import open_class
    from course.classroom.challenges.at_desk import open_challenges
    from course.classroom.desks import open_desk
    from course.classroom.report import open_report
    from course.classroom.stage import open_projector
    from course.lesson import open_lesson


def __getattr__(name: str) -> Any:
    """Load the student's or the instructor's side only when its name is asked for (PEP 562)."""
    if name == "open_lesson":
        from course.lesson import open_lesson

        return open_lesson
    if name == "open_class":
        from course.classroom import open_class

        return open_class
    if name == "open_challenges":
        from course.classroom.challenges.at_desk import open_challenges

        return open_challenges
    if name == "open_desk":
        from course.classroom.desks import open_desk

        return open_desk
    if name == "open_projector":
        from course.classroom.stage import open_projector

        return open_projector
    if name == "open_report":
        from course.classroom.report import open_report

        return open_report
    raise AttributeError(f"module 'course' has no name {name!r}")
