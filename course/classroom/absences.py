"""What an instructor should hear about a class as a whole: who handed in nothing, and whose answers are somebody else's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from course.handin import HandIn, Problem, problem

Handed = dict[tuple[str, str], list[HandIn]]
NAMED_AT_MOST = 30


def missing_handins(roster: Iterable[str], handed: Handed) -> list[Problem]:
    """One line a lesson for the learners of the roster whose cells are empty because they handed nothing in."""
    found = []
    for lesson in sorted({lesson for _, lesson in handed}):
        absent = [learner for learner in roster if (learner, lesson) not in handed]
        if absent:
            named = ", ".join(absent[:NAMED_AT_MOST]) + (" and others" if len(absent) > NAMED_AT_MOST else "")
            found.append(problem("not_handed_in", lesson=lesson, count=len(absent), learners=named))
    return found


def copied_answers(handed: Handed) -> list[Problem]:
    """A line for each pair of learners whose files hold the very same entries: ids are made at random, so one was copied."""
    owners: dict[str, str] = {}
    shared: Counter[tuple[str, str, str]] = Counter()
    for (learner, lesson), handins in sorted(handed.items()):
        for name in {response.id for handin in handins for response in handin.responses}:
            first = owners.setdefault(name, learner)
            if first != learner:
                shared[first, learner, lesson] += 1
    return [problem("copied", learner=learner, lesson=lesson, other=first, count=count) for (first, learner, lesson), count in sorted(shared.items())]
