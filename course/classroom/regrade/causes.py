"""Why a score is another than before: an answer was accepted, or that was taken back; a key, a mark or the hand-in changed."""

from __future__ import annotations

from functools import cached_property

from course.classroom.catalogue import Catalogue, Column, load_catalogue
from course.classroom.challenges.accepted import Alternative
from course.classroom.grading import Classroom
from course.classroom.hand_marks import GradingError
from course.classroom.marking import LOST_IN_FRACTIONS, SCORED, Cell
from course.classroom.regrade.changes import points
from course.content import ContentError
from course.items import Item, Outcome
from course.scoring import score_credit

BY_HAND = "a person marked it"
CORRECTED = "the key was corrected"
TAKEN_BACK = "what was accepted was taken back"
HANDED_IN = "it was handed in or could be read only since"
KEY_CHANGED = "the key is another than at the last grading"
GONE = "nothing of this lesson is among the hand-ins now"
NOT_ASKED = "no question of this name is asked now"
TOTAL_FELL = "the total falls by more than its questions do: it was another in the gradebook"
NOT_THERE = "this learner's hand-in is not there now"
OTHERWISE = "the answer or its key is another than at the last grading"


class Causes:
    """Finds the reason of each change.

    `told` is what had been accepted when the earlier gradebook was written, `known` the digests of the hand-ins it was made of.
    """

    def __init__(self, classroom: Classroom, told: list[Alternative], known: frozenset[str] = frozenset()) -> None:
        self.classroom, self.told = classroom, told
        self.same_handins = bool(classroom.digests) and classroom.digests <= known

    @cached_property
    def every_column(self) -> dict[str, str]:
        """The lesson of each column of all lessons, those too that nobody has handed in now."""
        return {column.id: lesson for lesson, columns in self.classroom.catalogue.columns.items() for column in columns}

    @cached_property
    def shipped(self) -> Catalogue | None:
        """The kit's own keys, to see where an instructor's are others; None in a class release, which has none."""
        try:
            return load_catalogue()
        except (GradingError, ContentError):
            return None

    def of(self, learner: str, name: str, column: Column | None, before: str, after: str) -> tuple[str, str, bool]:
        """The reason why one cell changed, through whom, and whether it has to do with the key.

        `name` is the title of the cell's column, and `column` is None where no hand-in has that column now. It has to do with
        the key when the same answer is worth something else now: ("the by-line is one, too", "Kim", True) for an answer that
        was accepted, ("a person marked it", "", False) for a mark. Only the first kind is told to the class.
        """
        why, by = self.told_of(learner, column, before) if column or name in self.every_column else (NOT_ASKED, "")
        return why, by, why not in (GONE, NOT_ASKED, NOT_THERE, BY_HAND, HANDED_IN, OTHERWISE) and points(after) is not None

    def told_of(self, learner: str, column: Column | None, before: str) -> tuple[str, str]:
        """Why one cell changed, and through whom."""
        if column is None:
            return GONE, ""
        sheet = self.classroom.sheets.get((learner, column.lesson))
        if sheet is None:
            return NOT_THERE, ""
        cell = sheet.cells[column.id]
        if used := self.accepted_for(cell):
            return "; ".join(dict.fromkeys(one.reason for one in used)), "; ".join(dict.fromkeys(one.by for one in used if one.by))
        if taken := [one for one in self.told if one.item == cell.item.id and one.place not in {held.place for held in self.classroom.catalogue.accepted}]:
            return TAKEN_BACK, "; ".join(dict.fromkeys(one.by for one in taken if one.by))
        if self.is_by_hand(cell):
            return BY_HAND, ""
        if points(before) is None:
            return HANDED_IN, ""
        if self.is_corrected(cell.item):
            return CORRECTED, ""
        return (KEY_CHANGED if self.same_handins else OTHERWISE), ""

    def accepted_for(self, cell: Cell) -> list[Alternative]:
        """What was accepted and gives this answer more than the key alone would."""
        catalogue, item = self.classroom.catalogue, cell.item
        if cell.state != SCORED or cell.response is None or cell.score is None or item.id not in catalogue.unchanged or self.is_by_hand(cell):
            return []
        alone = score_credit(item, cell.response.answer, catalogue.unchanged[item.id], text=catalogue.text_of(item))
        if cell.score.points <= alone.points + LOST_IN_FRACTIONS:
            return []
        beside = [one for one in catalogue.accepted if one.item == item.id]
        notes = {cell.score.note, *(part.note for part in cell.score.parts)}
        return [one for one in beside if one.reason.strip() in notes] or beside

    def is_by_hand(self, cell: Cell) -> bool:
        """Whether a person gave this cell its points."""
        key = self.classroom.catalogue.keys.get(cell.item.id)
        return (cell.score is not None and cell.state == SCORED and cell.score.outcome is Outcome.NEEDS_A_PERSON) or cell.item.type == "essay" or bool(key and key.by_hand)

    def is_corrected(self, item: Item) -> bool:
        """Whether the instructor's own key of an item is another than the shipped one."""
        catalogue = self.classroom.catalogue
        shipped = self.shipped.keys.get(item.id) if self.shipped else None
        return shipped is not None and shipped != catalogue.unchanged.get(item.id, catalogue.keys.get(item.id))
