"""A class at the marking desk: which answers wait for a person, who marks what, and the markers' files as one."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.classroom.catalogue import Catalogue, load_catalogue
from course.classroom.grading import Classroom, open_class
from course.classroom.hand_marks import GradingError
from course.content import ContentError, NormingEssay, find_data, load_norming
from course.desk.assignment import Assignment, deal, read_assignments, write_assignments
from course.desk.lines import DeskError
from course.desk.marked_text import words_of
from course.desk.merging import merge_files
from course.desk.payload import Waiting, criteria_of
from course.desk.strays import strays, told_strays
from course.items import Item
from course.messages import counted
from course.responses import name_in_file
from course.spelling import same

if TYPE_CHECKING:
    from course.desk.view import Desk

ASSIGNMENTS = "assignments.csv"
BEFORE = "assignments-before.csv"
FOR_TRYING = "You are trying the desk out: its marks go into a temporary file that nobody grades with."


def open_desk(
    handins: Path | str | None = None, roster: Path | str | None = None, *, marks: Path | str | None = None, marker: str = "me",
    assignments: Path | str | None = None, keys: Path | str | None = None, data: Path | str | None = None, due: Path | str | None = None, in_time_only: bool = False,
) -> Desk:  # fmt: skip
    """Open the marking desk: every answer of the class that waits for a person, or those that assignments.csv gives this marker.

    Marks are written into `marks` with each key press, for `sayswho grade --marks`. Without `marks` they go into a passing
    folder; without `handins` the class is the invented one. With `due` and `in_time_only` the attempts that such a grading
    counts are on the desk. Raises one sentence when it can't begin.
    """
    try:
        return seat(handins, roster, marks, marker, assignments, keys, data, due=due, in_time_only=in_time_only)
    except (GradingError, ContentError) as error:
        raise DeskError(str(error)) from error


def seat(
    handins: Path | str | None, roster: Path | str | None, marks: Path | str | None, marker: str, assignments: Path | str | None,
    keys: Path | str | None, data: Path | str | None, **deadline: Any,
) -> Desk:  # fmt: skip
    """Read the class and put its answers on the desk."""
    from course.desk.view import Desk

    where = find_data(data)
    if not handins:
        handins, roster = where / "example_class", roster or where / "example_class" / "roster.csv"
    marker = same(marker) or "me"
    path = Path(marks) if marks else Path(passing_folder().name) / "marks.csv"
    classroom = open_class(handins, roster or None, keys=keys, data=data, progress=False, **deadline)
    answers, shares, note = own_answers(list(waiting_answers(classroom)), path, marker, assignments)
    if not answers:
        raise DeskError("No answer of this class waits for a person. Name the folder with the hand-ins, with a lesson that asks for writing among them.")
    catalogue = classroom.catalogue
    wrong = strays(path, rubrics_of(catalogue)) if path.is_file() and path.stat().st_size else []
    return Desk(
        answers, path=path, marker=marker, texts=catalogue.texts, whys={name: key.why for name, key in catalogue.keys.items()},
        titles={item.id: title_of(catalogue, item) for item in catalogue.items.values()},
        norming=norming_file(path, marker, norming_essays(where, catalogue, {answer.item.id for answer in answers})), shares=shares,
        note="\n".join([*filter(None, [note if marks else FOR_TRYING]), *told_strays(wrong, "correct the file")]),
    )


@lru_cache(maxsize=1)
def passing_folder() -> tempfile.TemporaryDirectory:
    """A folder for trying the desk out, the same as long as Python runs and gone with it."""
    return tempfile.TemporaryDirectory(prefix="sayswho-desk-")


def waiting_answers(classroom: Classroom) -> Iterator[Waiting]:
    """The answers of a class that only a person can mark, whether somebody has marked them or not."""
    for (learner, _), sheet in sorted(classroom.sheets.items()):
        for cell in sheet.cells.values():
            response = cell.response
            if response is None or response.value is None or cell.state in ("unanswered", "malformed") or not is_by_hand(classroom.catalogue, cell.item):
                continue
            other_wording = cell.item.credit != "completion" and response.seen != classroom.catalogue.wording[cell.item.id]
            yield Waiting(learner, cell.item, words_of(response.value), (cell.column.id,), other_wording, name_of(classroom.roster.get(learner, "")))


def is_by_hand(catalogue: Catalogue, item: Item) -> bool:
    """Whether only a person can say what an answer to this item is worth."""
    key = catalogue.keys.get(item.id)
    return item.credit == "score" and (item.type == "essay" or bool(key and key.by_hand))


def name_of(person: Any) -> str:
    """The name that a roster gives somebody."""
    return person if isinstance(person, str) else getattr(person, "name", "")


def title_of(catalogue: Catalogue, item: Item) -> str:
    """What a marker calls an item: its lesson's title and the item's own id."""
    lesson = catalogue.lessons[item.lesson]
    return f"{lesson.id.partition('_')[0].lstrip('0') or '0'} {lesson.title} · {item.id}"


def own_answers(answers: list[Waiting], path: Path, marker: str, assignments: Path | str | None) -> tuple[list[Waiting], dict[str, int], str]:
    """The answers that assignments.csv gives this marker, how many it gives each, and a sentence about it; all answers where there is no such file."""
    file = Path(assignments) if assignments else path.parent / ASSIGNMENTS
    if not file.is_file():
        if assignments:
            raise DeskError(f"There is no file {file}. Make it with sayswho marks split, or leave assignments out.")
        return answers, {}, ""
    dealt = read_assignments(file)
    mine = {one.answer for one in dealt if one.marker == marker}
    if not mine and not path.stem.startswith("marks-"):
        return answers, {}, f"{file.name} deals nothing to {marker}, so here are all answers, for whoever decides where two markers differ."
    if not mine:
        names = " and ".join(sorted({one.marker for one in dealt}))
        raise DeskError(f"{file} gives {marker!r} nothing to mark; it names {names}. Say who you are: marker=\"{dealt[0].marker if dealt else 'AB'}\".")
    kept = [answer for answer in answers if any((answer.learner, name) in mine for name in (answer.item.id, *answer.names))]
    return kept, dict(Counter(one.marker for one in dealt)), f"Yours are {len(kept)} of the {len(answers)} answers that wait, as {file.name} says."


def norming_essays(data: Path, catalogue: Catalogue, on_desk: Iterable[str]) -> list[tuple[Item, NormingEssay]]:
    """The norming essays of the questions on the desk, and of their variants: the rubric is the same."""
    wanted = set(on_desk)
    columns = [column for columns in catalogue.columns.values() for column in columns if wanted & {item.id for item in column.items}]
    return [(item, essay) for column in columns for item in column.items if item.criteria for essay in load_norming(data, item)]


def norming_file(path: Path, marker: str, essays: list[tuple[Item, NormingEssay]]) -> Any:
    """Where the norming round is kept; None where there are no norming essays."""
    from course.desk.norming import NormingFile

    return NormingFile(path.with_name(f"norming-{name_in_file(marker)}.csv"), marker, essays) if essays else None


def split_marks(
    handins: Path | str, roster: Path | str | None, markers: Sequence[str], out: Path | str, *, double: float = 0.0, seed: int = 0,
    keys: Path | str | None = None, anew: bool = False, due: Path | str | None = None, in_time_only: bool = False,
) -> str:  # fmt: skip
    """Deal the answers that wait among the markers into out/assignments.csv, and say who got how many.

    What an earlier split dealt stays where it is: late hand-ins are dealt on top. With `anew` everything is dealt again, and
    the earlier deal is kept beside it.
    """
    markers = [same(one) for one in markers]
    classroom = open_class(handins, roster, keys=keys, leave_out=[Path(out)], due=due, in_time_only=in_time_only)
    file = Path(out) / ASSIGNMENTS
    before = read_assignments(file) if file.is_file() else []
    kept = [] if anew else before
    dealt = deal([(answer.learner, answer.item.id) for answer in waiting_answers(classroom)], markers, double=double, seed=seed, kept=kept)
    if not dealt:
        raise DeskError(f"No answer in {handins} waits for a person, so there is nothing to split.")
    if anew and before:
        write_assignments(file.with_name(BEFORE), before)
    write_assignments(file, dealt)
    return "\n".join([told(dealt, kept, file), *told_of_earlier(dealt, before, markers, anew=anew)])


def told_of_earlier(dealt: list[Assignment], before: list[Assignment], markers: Sequence[str], *, anew: bool) -> list[str]:
    """What an earlier deal has to do with this one: that it was put aside, or whom and what it left as it was."""
    if not before:
        return []
    if anew:
        return [f"All answers are dealt anew; the deal before stands in {BEFORE}. Marks that were given stay in the markers' files, and sayswho marks merge takes them."]
    idle = [name for name in markers if not any(one.marker == name for one in dealt)]
    told = ["Nothing was dealt: every answer that waits has its marker from the split before, and stays there."] if len(dealt) == len(before) else []
    told += [f"{' and '.join(idle)} got nothing."] if idle else []
    return [" ".join([*told, "To deal all answers among these markers, and with this --double, split again with --anew."])] if told else []


def told(dealt: list[Assignment], kept: list[Assignment], file: Path) -> str:
    """What a split did, a line a marker."""
    twice = sum(one.round != "first" for one in dealt)
    first = f"{file} deals {counted(len(dealt) - twice, 'answer')}, {twice} of them to two markers" + (f" ({counted(len(dealt) - len(kept), 'new line')})." if kept else ".")
    lines = [f"  {name}: {sum(one.marker == name for one in dealt)} to mark, into {file.parent / f'marks-{name_in_file(name)}.csv'}" for name in sorted({one.marker for one in dealt})]
    return "\n".join([first, *lines])


def merge_marks(files: Sequence[Path | str], out: Path | str, *, prefer: str = "", keys: Path | str | None = None) -> str:
    """Put the markers' files together into one table of marks, and say what came of it; see `course.desk.merging`.

    Lines that no rubric of the course knows are listed; what one marker calls by its slot and another by its item is one answer.
    """
    try:
        catalogue = load_catalogue(keys=keys)
    except (GradingError, ContentError) as error:
        done = merge_files([Path(one) for one in files], Path(out), same(prefer))
        return f"{done}\nItems, criteria and levels were not checked, for the course can't be read: {error}"
    slots = {item.id: column.id for columns in catalogue.columns.values() for column in columns for item in column.items if item.id != column.id}
    return merge_files([Path(one) for one in files], Path(out), same(prefer), rubrics=rubrics_of(catalogue), slots=slots)


def rubrics_of(catalogue: Catalogue) -> dict[str, dict[str, float]]:
    """Each item, and each slot, by its name: the highest level of every criterion, and of the points as such."""
    found = {item.id: {**{one.id: one.points for one in criteria_of(item)}, "points": item.points} for item in catalogue.items.values()}
    for column in (column for columns in catalogue.columns.values() for column in columns):
        for item in column.items:
            held = found.setdefault(column.id, {})
            found[column.id] = {**held, **{name: max(most, held.get(name, 0)) for name, most in found[item.id].items()}}
    return found
