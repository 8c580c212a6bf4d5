"""What an instructor should hear about a class as a whole: who handed in nothing, whose answers are somebody else's, who answered other questions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from difflib import SequenceMatcher

from course.classroom.marking import Sheet
from course.handin import HandIn, Problem, problem

Handed = dict[tuple[str, str], list[HandIn]]
NAMED_AT_MOST = 30
ALIKE = 0.8


def missing_handins(roster: Iterable[str], handed: Handed) -> list[Problem]:
    """One line a lesson for the learners of the roster whose cells are empty because they handed nothing in."""
    found = []
    for lesson in sorted({lesson for _, lesson in handed}):
        absent = [learner for learner in roster if (learner, lesson) not in handed]
        if absent:
            found.append(problem("not_handed_in", lesson=lesson, count=len(absent), learners=named(absent)))
    return found


def named(learners: Sequence[str]) -> str:
    """The learners of one line, the first thirty by name.

    >>> named(["ann", "bo"])
    'ann, bo'
    """
    return ", ".join(learners[:NAMED_AT_MOST]) + (" and others" if len(learners) > NAMED_AT_MOST else "")


def unknown_together(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, with one line for all learners who answered the same question that the kit does not know."""
    problems = list(problems)
    learners: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for found in problems:
        if found.kind == "unknown_item":
            learners[found.lesson, found.item][found.learner] = None
    kept, told = [], set()
    for found in problems:
        asked = (found.lesson, found.item)
        if found.kind != "unknown_item" or len(learners[asked]) == 1:
            kept.append(found)
        elif asked not in told:
            told.add(asked)
            kept.append(problem("unknown_items", lesson=found.lesson, item=found.item, count=len(learners[asked]), learners=named(list(learners[asked]))))
    return kept


def kits_own_forms(sheets: Iterable[Sheet], own: Container[str]) -> list[Problem]:
    """One line for all who answered the kit's own form of a slot that the instructor's pack fills: a copy of the public kit has only that."""
    learners: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for sheet in sheets:
        for cell in sheet.cells.values():
            filled = cell.column.rule == "class" and any(item.id in own for item in cell.column.items)
            if filled and cell.item.id not in own and cell.response is not None:
                learners[sheet.lesson, cell.column.id, cell.item.id].append(sheet.learner)
    return [
        problem("kits_own_form", lesson=lesson, item=item, slot=slot, count=f"{len(who)} learner{'' if len(who) == 1 else 's'}", learners=named(who))
        for (lesson, slot, item), who in learners.items()
    ]


def copied_answers(handed: Handed, roster: Container[str] = ()) -> list[Problem]:
    """A line for each pair of learners whose files hold the very same entries: ids are made at random, so one was copied, or it is one learner's work."""
    owners: dict[str, str] = {}
    shared: Counter[tuple[str, str, str]] = Counter()
    sizes: dict[tuple[str, str], int] = {}
    for (learner, lesson), handins in sorted(handed.items()):
        entries = {response.id for handin in handins for response in handin.responses}
        sizes[learner, lesson] = len(entries)
        for name in entries:
            first = owners.setdefault(name, learner)
            if first != learner:
                shared[first, learner, lesson] += 1
    told = []
    for (first, learner, lesson), count in sorted(shared.items()):
        whole = count == min(sizes[learner, lesson], sizes.get((first, lesson), 0))
        kind, odd, right = told_apart(first, learner, handed.get((first, lesson), []), handed[learner, lesson], roster) if whole else ("copied", "", "")
        told.append(problem(kind, learner=learner, lesson=lesson, other=first, count=count, odd=odd, right=right))
    return told


def told_apart(first: str, second: str, one: Sequence[HandIn], other: Sequence[HandIn], roster: Container[str]) -> tuple[str, str, str]:
    """Whether two ids with the same work are likelier one learner, who corrected the id and handed in again; and which id is then wrong, and which right."""
    senders = {handin.sender for handin in [*one, *other]}
    one_sender = len(senders) == 1 and "" not in senders
    strangers = [learner for learner in (first, second) if learner not in roster]
    if len(strangers) == 1:
        return "two_ids", strangers[0], second if strangers[0] == first else first
    # learner-016 and learner-017 are two people, however much alike their ids are.
    numbers = [[sign for sign in learner if sign.isdigit()] for learner in (first, second)]
    alike = numbers[0] == numbers[1] and SequenceMatcher(None, first.casefold(), second.casefold()).ratio() >= ALIKE
    return ("two_ids", "one", "the other") if one_sender or (strangers and alike) else ("copied", "", "")
