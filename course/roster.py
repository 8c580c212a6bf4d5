"""Who is in a class: each learner with the names that learning platforms know it by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """One learner of a class. `learner` is the id that hand-ins and the gradebook bear; the others are a platform's, empty where unknown.

    `canvas` is Canvas's user id, `sis` its SIS user id, `login` the login or username, `number` a student number.
    """

    learner: str
    name: str = ""
    section: str = ""
    canvas: str = ""
    sis: str = ""
    login: str = ""
    email: str = ""
    number: str = ""


Roster = dict[str, Person]
