"""What became of the table of hand marks: a line for each mark that can't be used, and for each that reached no answer."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from course.classroom.collecting.senders import Roll
from course.classroom.hand_marks import HandMarks
from course.classroom.marking import MALFORMED, UNANSWERED, Cell, written_points
from course.handin import Problem
from course.items import EVERYONE, Item

if TYPE_CHECKING:
    from course.classroom.grading import Classroom
    from course.classroom.hand_marks import Marks

CORRECT = "Correct the line and grade again."
CORRECT_LEVEL = "Correct the line and grade again; until then no level of this answer counts."
NO_HANDIN = (
    "Put a hand-in of this learner among the others (sayswho paper makes one of what was written on paper), and the line counts; "
    "or give the points in your own gradebook and delete it."
)
GIVE_POINTS = "If it is to count all the same, write points as the criterion and the points as the level; otherwise delete the line."


def check_marks(classroom: Classroom, marks: Marks, refused: list[tuple[int, str]], file: str) -> list[Problem]:
    """The lines of the table of hand marks that could not be used, reached nothing, or were given for an earlier text."""
    found = [Problem(reason, CORRECT, file, line, kind="mark_refused") for line, reason in refused]
    items = {name: item for column in classroom.columns for item in reversed(column.items) for name in (item.id, column.id)}
    roll = Roll(classroom.roster)
    for (learner, name), hand in marks.items():
        about = {"file": file, "learner": learner, "item": name}
        if learner != EVERYONE and learner not in classroom.roster:
            told = f"marks are given to {learner}, who is not in this class{perhaps(nearest(learner, roll))}"
            found.append(Problem(told, CORRECT, file, hand.line, item=name, kind="mark_for_nobody"))
        elif name not in items:
            close = get_close_matches(name, items, n=1, cutoff=0.8)
            told = f"marks are given for {name}, which is no question that counts in the lessons handed in{perhaps(close[0] if close else '')}"
            found.append(Problem(told, CORRECT, file, hand.line, learner=learner, kind="mark_for_nothing"))
        elif faults := list(faults_of(hand, items[name])):
            found += [Problem(told, cure, line=line, kind="mark_unusable", **about) for line, told, cure in faults]
        elif learner != EVERYONE and (missed := missed_by(classroom, learner, name, hand, items[name])):
            found.append(Problem(missed[0], missed[1], line=hand.line, lesson=items[name].lesson, kind="mark_reached_nothing", **about))
        elif hand.texts and learner != EVERYONE and (cell := cell_of(classroom, learner, items[name])):
            found += filter(None, [classroom.marked.hold((learner, name), hand, cell, about)])
    return found


def faults_of(hand: HandMarks, item: Item) -> Iterator[tuple[int, str, str]]:
    """What is wrong with the levels and points that a person gave for an item: the line, what, and the cure."""
    most = {criterion.id: criterion.points for criterion in item.criteria}
    for criterion, level in hand.levels.items():
        line = hand.lines.get(criterion, hand.line)
        if criterion not in most:
            known = f"the criteria are: {', '.join(most)}" if most else "this question has none, and takes only points"
            named = f"there is no criterion {criterion[:40]!r}" if criterion else "the level stands beside no criterion"
            yield line, f"{named}; {known}", CORRECT_LEVEL
        elif level > most[criterion]:
            yield line, f"the level {level:g} of {criterion} is not from 0 to {most[criterion]:g}", CORRECT_LEVEL
    if hand.points is not None and hand.points > item.points:
        given, worth = written_points(hand.points), written_points(item.points)
        yield hand.lines.get("points", hand.line), f"{item.id} is given {given} points and is worth {worth}; it counts as {worth}", CORRECT


def missed_by(classroom: Classroom, learner: str, name: str, hand: HandMarks, item: Item) -> tuple[str, str] | None:
    """Why what a person gave one learner reached no answer, and the cure; none where it did, or where nothing was given but a flag."""
    if not hand.levels and hand.points is None and not hand.comments:
        return None
    cell = cell_of(classroom, learner, item)
    if cell is None:
        return f"this mark reached no answer: {learner} has handed in nothing for {item.lesson}", NO_HANDIN
    if name not in (cell.item.id, cell.column.id):
        return f"this mark reached no answer: of {cell.column.id} it is {cell.item.id} that counts for this learner", f"Write {cell.item.id} instead of {name}."
    if not hand.levels or hand.points is not None:
        return None
    why = why_no_level_counts(cell)
    return (f"the level of this line counts for nothing: {why}", GIVE_POINTS) if why else None


def cell_of(classroom: Classroom, learner: str, item: Item) -> Cell | None:
    """The cell of one learner for an item; none where the lesson was not handed in."""
    sheet = classroom.sheets.get((learner, item.lesson))
    return next((cell for cell in sheet.cells.values() if item in cell.column.items), None) if sheet else None


def why_no_level_counts(cell: Cell) -> str:
    """Why levels can't count in a cell; empty where they can, or where another line tells why they have to wait."""
    if cell.state == UNANSWERED:
        return "this learner has not answered the question"
    if cell.state == MALFORMED:
        return "the answer can't be read"
    return "this question gives its points for being answered" if cell.item.credit == "completion" else ""


def nearest(learner: str, roll: Roll) -> str:
    """Whom of the class a name in the table may mean: by another of the ids, by the part before @, or by its letters.

    >>> from course.roster import Person
    >>> roll = Roll({"learner-004@example.org": Person("learner-004@example.org"), "ida": Person("ida", "Ida Moss")})
    >>> nearest("learner-004", roll), nearest("Ida Moss", roll), nearest("idda", roll), nearest("zed", roll)
    ('learner-004@example.org', 'ida', 'ida', '')
    """
    if roll.knows(learner):
        return roll.find(learner)[0]
    before = learner.casefold().partition("@")[0]
    alike = [one for one in roll.roster if one.casefold().partition("@")[0] == before]
    return alike[0] if len(alike) == 1 else next(iter(get_close_matches(learner, roll.roster, n=1, cutoff=0.8)), "")


def perhaps(meant: str) -> str:
    """What may have been meant, as the end of a sentence.

    >>> perhaps("ann"), perhaps("")
    ('; perhaps ann is meant', '')
    """
    return f"; perhaps {meant} is meant" if meant else ""


__all__ = ["check_marks"]
