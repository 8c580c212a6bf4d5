"""Says Who?: a teaching kit on telling reporting from editorializing.

`open_lesson` is all that a student's notebook needs; `open_class` is the instructor's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["open_class", "open_lesson"]

if TYPE_CHECKING:
    from course.classroom import open_class
    from course.lesson import open_lesson


def __getattr__(name: str) -> Any:
    """Load the student's or the instructor's side only when its name is asked for (PEP 562)."""
    if name == "open_lesson":
        from course.lesson import open_lesson

        return open_lesson
    if name == "open_class":
        from course.classroom import open_class

        return open_class
    raise AttributeError(f"module 'course' has no name {name!r}")
