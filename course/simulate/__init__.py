"""An invented class: learners of different ability who answer the lessons, so that grading has something to work on.

The same seed always makes the same files, byte for byte. `people` invents the learners, `answers` lets one of them answer an
item, `headlines` holds what they write, `sessions` puts attempts and times around it.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from course import __version__
from course.classroom import Catalogue, load_catalogue
from course.handin import write_handin
from course.handin.reading import owner
from course.handin.writing import replace_file
from course.messages.errors import ToldError
from course.simulate.people import Learner, invent_learners, is_invented
from course.simulate.sessions import content_of, play_lesson

LEARNERS = 44
OWN_FILES = {"README.md", "roster.csv"}
TITLE = "# An invented class"
README = """{title}

Nobody here exists. `sayswho simulate --out {folder} --seed {seed}` made these {count} learners and what they handed in; the same
seed makes the same files again, byte for byte. They read more or less well, are more or less sure of it, leave things out,
and are wrong as people are wrong: a quoted judgement is laid at the author's door, a cue is overlooked, a mark is too long.
Some miss a lesson, and one hands a lesson in twice.

- `roster.csv`: the class list, `learner,name`. Grading does not take it for a hand-in.
- `<learner>--<lesson>.jsonl`: one hand-in. The first line says whose it is and for which lesson; each further line is one answer
  with its time, newest last. Practice questions are *submitted* when the learner pressed *Check*; questions that count are
  *drafts*, of which the newest counts. `seen` is the fingerprint of the wording that was answered.

Try it: `sayswho grade {folder} --roster {folder}/roster.csv --out graded`.
"""


class SimulationError(ToldError):
    """The class can't be invented: one sentence that says why, and what to do."""


def simulate(out: Path | str, seed: int = 2023, *, learners: int = LEARNERS, catalogue: Catalogue | None = None) -> list[Path]:
    """Write `roster.csv`, a README and one hand-in a learner and lesson into a folder, and say which of them are tables and hand-ins.

    A folder that holds anything but an earlier invented class is left alone: `SimulationError`.
    """
    out = Path(out)
    earlier = earlier_class(out)
    catalogue = catalogue or load_catalogue()
    people = invent_learners(seed, learners, list(catalogue.lessons))
    for old in earlier:
        old.unlink()
    replace_file(out / "roster.csv", roster(people))
    folder = "data/example_class" if out.name == "example_class" else out.name
    replace_file(out / "README.md", README.format(title=TITLE, folder=folder, seed=seed, count=len(people)).encode())
    return [out / "roster.csv", *(path for person in people for lesson in person.lessons for path in hand_in(out, person, lesson, catalogue, seed))]


def earlier_class(out: Path) -> list[Path]:
    """The hand-ins of an earlier invented class in this folder; `SimulationError` names whatever else is in it.

    A class is invented if its README says so on the first line, and a hand-in if one of the invented learners signs it.
    """
    if not out.exists():
        return []
    held = sorted(out.iterdir()) if out.is_dir() else [out]
    signed = [path for path in held if path.name not in OWN_FILES and path.suffix == ".jsonl" and is_invented(owner(path.name)[0])]
    foreign = [path for path in held if not path.is_file() or path.is_symlink() or path.name not in OWN_FILES and path not in signed]
    if held and not foreign and not says_invented(out / "README.md"):
        foreign = signed or held
    if foreign or not out.is_dir():
        raise SimulationError(f"{out} holds {foreign[0].name} that is not of an invented class. Name a new folder: --out DIR.")
    return signed


def says_invented(readme: Path) -> bool:
    """Whether a README begins as that of an invented class does."""
    return readme.is_file() and readme.read_bytes().split(b"\n")[0].strip() == TITLE.encode()


def roster(people: list[Learner]) -> bytes:
    """The class list as an instructor keeps it."""
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\n")
    table.writerow(["learner", "name"])
    table.writerows([person.id, person.name] for person in people)
    return written.getvalue().encode()


def hand_in(out: Path, person: Learner, lesson: str, catalogue: Catalogue, seed: int) -> list[Path]:
    """One learner's hand-in for one lesson; whoever hands in twice leaves an early copy beside it, as a browser names it."""
    responses = play_lesson(person, catalogue.lessons[lesson], catalogue, seed)
    if not responses:
        return []
    about = {"learner": person.id, "lesson": lesson, "content": content_of(catalogue, lesson), "kit": __version__}
    written = []
    if person.hands_in_twice == lesson:
        early = responses[: max(1, len(responses) * 2 // 3)]
        path = write_handin(out, early, at=early[-1].at, **about)
        written.append(path.rename(path.with_name(f"{path.stem} (1).jsonl")))
    written.append(write_handin(out, responses, at=responses[-1].at, **about))
    return written
