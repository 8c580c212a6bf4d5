"""One file that was found where hand-ins lie, as a line of collected.csv."""

from __future__ import annotations

from dataclasses import dataclass

from course.classroom.collecting.platforms import Sent

COLUMNS = ("file", "platform", "sender", "submission", "stamp", "late", "learner", "lesson", "outcome", "page")
COUNTED, MERGED, OLDER, DUPLICATE, TOO_LATE, ANOTHERS_NAME = "counted", "merged", "older", "duplicate", "too late", "another's name"
UNKNOWN_LEARNER, UNKNOWN_LESSON, UNREADABLE, NOT_A_HANDIN = "unknown learner", "unknown lesson", "unreadable", "not a hand-in"


@dataclass
class Found:
    """One file that was found, what a platform says of it, and what became of it."""

    file: str
    sent: Sent | None = None
    learner: str = ""
    lesson: str = ""
    outcome: str = NOT_A_HANDIN
    joined: bool = False
    known_as: str = ""
    names_another: str = ""
    late: str = ""

    def row(self, page: str) -> list[str]:
        """The file as a line of collected.csv."""
        sent = self.sent or Sent("", "")
        late = self.late or ("late" if sent.late else "")
        return [self.file, sent.platform, sent.sender, sent.submission, sent.stamp, late, self.learner, self.lesson, self.outcome, page]
