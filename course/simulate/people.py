"""The invented learners: who they are, how well they read, and how they work."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from random import Random

# Invented names; whoever bears one of them is not meant.
NAMES = (
    "Siobhan O'Brien", "Zoë Lindqvist", "김서연", "Nguyễn Thị Hạnh", "José Ángel Núñez", "Łukasz Wójcik", "Amina Bello", "田中 陽菜",
    "Anna-Lena Müßig", "Ngozi Okonjo", "Фатима Алиева", "محمد النجار", "Søren Østergård", "Chiara D'Angelo", "Priya Raghunathan",
    "박도윤", "Tomáš Dvořáček", "Marie-Ève Côté", "Ömer Yıldızoğlu", "Kwabena Asantewaa", "王思涵", "Ioana Țurcanu", "Dylan Pryce-Hughes",
    "יעל ברקוביץ", "Leilani Kahananui", "Bence Szőllősi", "Sofía Peña Ibáñez", "Aarav Chakrabortti", "Þórunn Eldjárnsdóttir", "Rosa van der Meulen",
    "이하은", "Mateus Gonçalves", "Ελένη Παπαδάκη", "Tariq Al-Mansouri", "Juniper Vance", "Hồ Minh Châu", "Agnieszka Żurawska", "Kofi Amoakohene",
    "Pia Ruusuvuori", "Rhys ap Gwilym", "Valentina Di Marzo", "최민재", "Noor de Wit", "Oskar Brännlund", "Maja Kovačić", "Li Na O'Shea",
)
BY_MAIL = {2: "zoe.lindqvist@example.org", 14: "chiara.dangelo@example.org", 23: "d.pryce-hughes@example.org", 35: "juniper+course@example.org"}
NUMBERED = re.compile(r"learner-[0-9]{3,}")
SKIPS_ONE = 9
SKIPS_TWO = 22


@dataclass(frozen=True)
class Learner:
    """An invented learner. `ability` is in standard deviations from the class's mean; `care` from 0 to 1; `pace` in seconds a choice."""

    id: str
    name: str
    ability: float
    care: float
    boldness: float
    pace: float
    lessons: tuple[str, ...]
    hands_in_twice: str = ""


def invent_learners(seed: int, count: int, lessons: list[str]) -> list[Learner]:
    """A class of this many learners: most do every lesson, some miss one or two, one hands the last lesson in twice."""
    return [invent_learner(seed, number, lessons) for number in range(1, count + 1)]


def invent_learner(seed: int, number: int, lessons: list[str]) -> Learner:
    """One learner, always the same for the same seed and number, whatever the size of the class."""
    chance = Random(f"{seed}:learner:{number}")
    name = NAMES[(number - 1) % len(NAMES)] + (f" {1 + (number - 1) // len(NAMES)}" if number > len(NAMES) else "")
    ability, care, boldness = normal(chance), chance.random(), normal(chance)
    done = list(lessons)
    if number % SKIPS_ONE == 0 and len(done) > 1:
        del done[1 + int(chance.random() * (len(done) - 1))]
    if number % SKIPS_TWO == 0:
        done = done[:1]
    twice = done[-1] if number == 13 and done else ""
    return Learner(id_of(number), name, ability, 0.55 + 0.45 * care, boldness, 4 + 9 * chance.random(), tuple(done), twice)


def id_of(number: int) -> str:
    """What the invented learner with this number signs with.

    >>> id_of(1), id_of(2)
    ('learner-001', 'zoe.lindqvist@example.org')
    """
    return BY_MAIL.get(number, f"learner-{number:03d}")


def is_invented(learner: str) -> bool:
    """Whether an invented learner may be called so.

    >>> is_invented("learner-044"), is_invented("zoe.lindqvist@example.org"), is_invented("kim-044")
    (True, True, False)
    """
    return learner in BY_MAIL.values() or NUMBERED.fullmatch(learner) is not None


def normal(chance: Random) -> float:
    """A number from the normal distribution, to three places, so that no rounding of a machine shows."""
    return round(math.sqrt(-2 * math.log(1 - chance.random())) * math.cos(2 * math.pi * chance.random()), 3)


def likely(ability: float, difficulty: float) -> float:
    """How likely a learner of this ability gets something of this difficulty right (a logistic curve).

    >>> round(likely(0.0, 0.0), 2), round(likely(2.0, 0.0), 2)
    (0.5, 0.92)
    """
    return 1 / (1 + math.exp(-1.2 * (ability - difficulty)))


def one_of(chance: Random, several: list | tuple):
    """One of several things, by chance alone."""
    return several[int(chance.random() * len(several))]
