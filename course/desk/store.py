"""One marker's marks on their way to the disk: each change is laid over what the file holds at that moment."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from course.desk.lines import FLAG, Line, read_table, with_line, write_table
from course.reports.html import visible
from course.spelling import same

LONGEST_COMMENT = 5_000
FOR_EARLIER_WORDS = "given for an earlier text"
# Widgets are heard on several threads, and two desks of one kernel may share a file.
ONE_AT_A_TIME = threading.RLock()


class MarksFile:
    """The table of marks of one marker. Every call reads what changed on the disk first, changes one thing and writes the whole.

    Lines of the marker and lines that name nobody are the marker's own; all others are read and never touched.
    """

    def __init__(self, path: Path, marker: str) -> None:
        self.path, self.marker = Path(path), same(marker)
        self._table, self._stamp = read_table(self.path), stamp(self.path)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines as they were last read or written."""
        return self._table.lines

    def refresh(self) -> bool:
        """Read the file again if it changed on the disk, and say whether it did. A file that is gone leaves the lines as they were."""
        with ONE_AT_A_TIME:
            now = stamp(self.path)
            if now is None or now == self._stamp:
                return False
            self._table, self._stamp = read_table(self.path), now
            return True

    def is_own(self, line: Line) -> bool:
        """Whether a line is this marker's, or nobody's."""
        return line.marker in ("", self.marker)

    def set_level(self, learner: str, item: str, criterion: str, level: str, *, names: tuple[str, ...] = (), text: str = "") -> bool:
        """Give a level, or take it back with an empty one. True if others had changed the file.

        `names` are the other names of the item, `text` is the code of the words that the level is for.
        """
        with ONE_AT_A_TIME:
            changed = self.refresh()
            own = self._own(learner, names or (item,), criterion)
            comment = own[-1].comment if own else ""
            self._put(Line(learner, item, criterion, level, comment, self.marker, own[-1].more if own else (), text if level else ""), own)
            return changed

    def mark_holds(self, learner: str, text: str, *, names: tuple[str, ...]) -> bool:
        """Say that the marker's own levels hold for the words as they are now. True if others had changed the file."""
        with ONE_AT_A_TIME:
            changed = self.refresh()
            own = [line for line in self.lines if line.learner == learner and line.item in names and self.is_own(line) and line.marked_text]
            held = tuple(replace(line, marked_text=text) if any(line is one for one in own) else line for line in self.lines)
            self._write(held)
            return changed

    def set_flag(self, learner: str, item: str, *, raised: bool, names: tuple[str, ...] = ()) -> bool:
        """Flag an answer for a second look, or say that it is done; over somebody else's flag that takes a line of its own."""
        with ONE_AT_A_TIME:
            changed = self.refresh()
            about = (line for line in self.lines if line.learner == learner and line.item in (names or (item,)) and line.criterion == FLAG)
            lowered = "0" if any(not self.is_own(line) for line in about) else ""
            return self.set_level(learner, item, FLAG, "1" if raised else lowered, names=names) or changed

    def set_comment(self, learner: str, item: str, comment: str, *, names: tuple[str, ...] = ()) -> bool:
        """Write the comment on a whole answer, or take it away with an empty one. True if others had changed the file."""
        with ONE_AT_A_TIME:
            changed = self.refresh()
            own = [line for line in self._own(learner, names or (item,), "") if not line.level][-1:]
            text = visible(comment).strip()[:LONGEST_COMMENT]
            self._put(Line(learner, item, "", "", text, self.marker, own[-1].more if own else ()), own)
            return changed

    def _own(self, learner: str, names: tuple[str, ...], criterion: str) -> list[Line]:
        return [one for one in self.lines if one.learner == learner and one.item in names and one.criterion == criterion and self.is_own(one)]

    def _put(self, new: Line, own: list[Line]) -> None:
        self._write(with_line(self.lines, new, own=own))

    def _write(self, lines: tuple[Line, ...]) -> None:
        table = replace(self._table, lines=lines)
        if table.lines == self.lines and self.path.exists():
            return
        write_table(self.path, table)
        self._table, self._stamp = table, stamp(self.path)

    def marks_of(self, learner: str, names: tuple[str, ...], criteria: tuple[str, ...], text: str = "") -> dict[str, Any]:
        """What the file says of one answer: the marker's own levels, comment and flag, and the lines of others.

        `changed` says that a level of the marker's own was given for other words than those with the code `text`.
        """
        about = [line for line in self.lines if line.learner == learner and line.item in names]
        own = [line for line in about if self.is_own(line)]
        levels = {line.criterion: line.number for line in own if line.criterion in criteria and line.number is not None}
        whole = [line for line in own if not line.criterion and not line.level and line.comment]
        flags = [line for line in about if line.criterion == FLAG and line.level]
        shown = [*whole[-1:], *(line for line in own if line.criterion in levels and not line.comment), *(line for line in about if line.criterion == FLAG and not line.comment)]
        return {
            "levels": levels, "comment": whole[-1].comment if whole else "", "flag": bool(flags) and flags[-1].number != 0,
            "changed": any(is_for_other_words(line, text) for line in own if line.criterion in levels),
            "others": [other(line, text) for line in about if not any(line is one for one in shown)],
        }  # fmt: skip


def is_for_other_words(line: Line, text: str) -> bool:
    """Whether a level was given for other words than those with this code; not where nobody knows for which."""
    return bool(text and line.level and line.marked_text) and line.marked_text != text


def other(line: Line, text: str = "") -> dict[str, str]:
    """A line that the desk shows and does not change; `text` is the code of the words that the desk shows."""
    comment = " · ".join(filter(None, [visible(line.comment), FOR_EARLIER_WORDS if is_for_other_words(line, text) else ""]))
    return {"marker": line.marker, "criterion": line.criterion, "level": line.level, "comment": comment}


def stamp(path: Path) -> tuple[int, int, int] | None:
    """By which a change of a file is known; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino

