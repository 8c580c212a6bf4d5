"""Which lesson goes into which column of a platform's gradebook: by its title, or as the instructor says. Nothing is guessed."""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from course.exports.gradebook import Asked
from course.exports.told import ExportError, named


@dataclass(frozen=True)
class Target:
    """A column that can be filled: its header byte for byte, its title and id, and the points to be had there, if it says so.

    `place` is None for a column that is not there yet.
    """

    header: str
    title: str
    id: str = ""
    place: int | None = None
    most: Decimal | None = None


def bare(title: str) -> str:
    """A title as it is compared: letters and digits only, without a number or the word lesson before it.

    >>> bare("Who is speaking?"), bare("01_who_is_speaking"), bare("Lesson 1: Who is speaking?")
    ('who is speaking', 'who is speaking', 'who is speaking')
    """
    words = " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", title).casefold()))
    return re.sub(r"^(?:lesson )?(?:\d+ )?(?=.)", "", words)


def lesson_named(written: str, lessons: Mapping[str, Asked]) -> str:
    """The lesson that somebody means by its id, the number before it or its title. Raises `ExportError` if there is no such one."""
    wanted = written.strip()
    found = [one for one in lessons if one == wanted] or [
        one for one in lessons if re.match(r"\d*", one)[0].lstrip("0") == wanted.lstrip("0") and wanted.isdecimal() or bare(lessons[one].title) == bare(wanted)
    ]
    if len(found) != 1:
        raise ExportError(f"There is no lesson {written!r} in the gradebook. The lessons are: {', '.join(lessons)}.")
    return found[0]


def match_columns(
    lessons: Mapping[str, Asked], targets: Sequence[Target], columns: Iterable[str], product: str, *, may_be_new: bool = False
) -> tuple[dict[str, Target], list[str]]:
    """The column of each lesson, and lines on those that have none.

    `columns` are what the instructor said, LESSON=TITLE. Raises `ExportError` if that names something which is not there,
    or puts two lessons into one column, or if no lesson finds a column at all.
    """
    chosen: dict[str, Target] = {}
    for told in columns:
        lesson, equals, title = told.partition("=")
        if not equals or not title.strip():
            raise ExportError(f"--column {told!r} can't be understood. Write it as LESSON=TITLE, such as '01=Who is speaking'.")
        chosen[lesson_named(lesson, lessons)] = column_named(title.strip(), targets, product, may_be_new)
    lines, untitled = [], {}
    for lesson, asked in lessons.items():
        free = [one for one in targets if one not in chosen.values()]
        titled = [one for one in free if bare(one.title) in {bare(asked.title), bare(lesson)} - {""}]
        fits = titled or [one for one in free if re.fullmatch(rf"lesson 0*{number_of(lesson)}", one.title.strip(), re.IGNORECASE)]
        if lesson in chosen or not asked.most:
            continue
        if len(fits) == 1:
            chosen[lesson] = fits[0]
            lines += [] if titled else [f"{lesson} ({asked.title}) goes into {fits[0].header!r}, since that column has its number. If that is another lesson, say so with --column."]
        elif fits:
            lines.append(f"{lesson} was left out: several columns have its title: {named(one.header for one in fits)}. Say which: {option(lesson, fits[0].header)}.")
        else:
            untitled[lesson] = f"{lesson} ({asked.title})"
    say = options(untitled, lessons, [one for one in targets if one not in chosen.values()], may_be_new)
    if untitled:
        lines.append(f"Left out, since no column has their title: {named(untitled.values())}. {say}")
    refuse_twice(chosen)
    if not chosen:
        there = f"Its columns are: {named(one.header for one in targets)}" if targets else "It has no column for grades"
        raise ExportError(f"No lesson has a column in {product}'s file. {there}. {say}")
    return {lesson: chosen[lesson] for lesson in lessons if lesson in chosen}, lines


def number_of(lesson: str) -> str:
    """The number before a lesson's id, without noughts.

    >>> number_of("02_whose_judgement"), number_of("00_before_you_start")
    ('2', '0')
    """
    return re.match(r"\d*", lesson)[0].lstrip("0") or "0"


def option(lesson: str, title: str) -> str:
    """An option as it is typed.

    >>> option("02_whose_judgement", "Week 2 (102)")
    "--column '2=Week 2 (102)'"
    """
    return f"--column {shlex.quote(f'{number_of(lesson)}={title}')}"


def options(untitled: Iterable[str], lessons: Mapping[str, Asked], free: Sequence[Target], may_be_new: bool) -> str:
    """How an instructor says which column a lesson goes into: the first lesson without one, with the column that is likeliest meant."""
    if not (left := list(untitled)):
        return "Say which is which: --column 'LESSON=TITLE'."
    near = [(lesson, one) for lesson in left for one in free if re.search(rf"(?<!\d)0*{number_of(lesson)}(?!\d)", one.title)]
    lesson, column = near[0] if near else (left[0], free[0] if free else None)
    told = f"If one is called otherwise, say so, such as {option(lesson, column.header)}." if column else ""
    new = f"For a new column: {option(left[0], lessons[left[0]].title)}." if may_be_new else ""
    return " ".join(filter(None, (told, new))) or "Make a column for it there, and export again."


def column_named(title: str, targets: Sequence[Target], product: str, may_be_new: bool) -> Target:
    """The column that the instructor means: by its header, by its id, or by its title if only one has it."""
    identifier = re.fullmatch(r"(?:.*\s)?\((\d+)\)|(\d+)", title)
    number = identifier and (identifier[1] or identifier[2])
    by_header = [one for one in targets if one.header == title]
    found = by_header or [one for one in targets if number and one.id == number] or [one for one in targets if bare(one.title) == bare(title) and not number]
    if len(found) == 1:
        return found[0]
    if found:
        raise ExportError(f"Several columns of {product}'s file are called {title!r}: {named(one.header for one in found)}. Write the whole header.")
    if may_be_new and not number:
        return Target(title, title)
    raise ExportError(f"{product}'s file has no column {title!r}. Its columns are: {named(one.header for one in targets) or 'none'}.")


def refuse_twice(chosen: Mapping[str, Target]) -> None:
    """Complain if two lessons go into one column."""
    taken: dict[str, str] = {}
    for lesson, target in chosen.items():
        if target.header in taken:
            raise ExportError(f"{taken[target.header]} and {lesson} would both go into the column {target.header!r}. Give each a column of its own.")
        taken[target.header] = lesson
