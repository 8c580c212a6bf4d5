"""Hand-ins packed as Canvas, Moodle and Blackboard pack them, and class lists as they export them. Names and ids are invented here.

The shapes are those of the products' own code and of what readers of their files agree on; none was tried on a running server.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from course.handin.reading import owner
from course.roster import CJK, Person, Roster, read_roster

COLUMNS = ("learner", "name", "section", "canvas", "sis", "login", "email", "number")


def with_ids(roster: Roster | Path) -> Roster:
    """The same class with the ids that a platform would have given; those that are there stay."""
    people = read_roster(roster) if isinstance(roster, Path) else roster
    return {
        person.learner: replace(
            person, section=person.section or "Media 1", canvas=person.canvas or str(1000 + number), sis=person.sis or f"S{number:05d}",
            login=person.login or person.learner, number=person.number or f"9{number:06d}",
            email=person.email or (person.learner if "@" in person.learner else f"{person.learner}@example.org"),
        )
        for number, person in enumerate(people.values(), start=1)
    }


def first_and_last(name: str) -> tuple[str, str]:
    """A name's two parts as platforms keep them; Chinese, Japanese and Korean names begin with the last.

    >>> first_and_last("Rosa van der Meulen"), first_and_last("田中 陽菜")
    (('Rosa van der', 'Meulen'), ('陽菜', '田中'))
    """
    if CJK.match(name) and " " in name:
        last, _, first = name.partition(" ")
        return first, last
    first, _, last = name.rpartition(" ")
    return first, last


def sorted_name(name: str) -> str:
    """A name as Canvas sorts it: last name first, with a comma.

    >>> sorted_name("Ida Moss")
    'Moss, Ida'
    """
    first, last = first_and_last(name)
    return f"{last}, {first}" if first else last


def table(rows: Iterable[Iterable[str]], delimiter: str = ",") -> str:
    """Rows as text, every cell quoted that needs it."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def own_roster(people: Roster, out: Path) -> Path:
    """Our own table with all its columns."""
    rows = [COLUMNS, *([getattr(person, column) for column in COLUMNS] for person in people.values())]
    out.write_text(table(rows), "utf-8", newline="")
    return out


def canvas_roster(people: Roster, out: Path, delimiter: str = ",") -> Path:
    """Canvas's gradebook export: a line on posting, one of points possible, the learners, and the test student last."""
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Lesson 1 (4567)", "Final Score"]
    rows = [header, [""] * 5 + ["Manual Posting", ""], ["    Points Possible", "", "", "", "", "10", "(read only)"]]
    rows += [[sorted_name(one.name), one.canvas, one.sis, one.login, one.section, "", ""] for one in people.values()]
    rows.append(["Student, Test", "99999", "", "5f3c9a0b1d", "Media 1", "", ""])
    out.write_bytes(b"\xef\xbb\xbf" + table(rows, delimiter).encode())
    return out


def moodle_roster(people: Roster, out: Path) -> Path:
    """Moodle's list of participants."""
    rows = [["First name", "Last name", "Email address", "ID number"]]
    rows += [[*first_and_last(one.name), one.email, one.number] for one in people.values()]
    out.write_text(table(rows), "utf-8", newline="")
    return out


def blackboard_roster(people: Roster, out: Path) -> Path:
    """Blackboard's gradebook download, which is called .xls and is text in UTF-16 with tabs."""
    rows = [["Last Name", "First Name", "Username", "Student ID", "Last Access", "Availability", "Lesson 1 [Total Pts: 10] |664617"]]
    rows += [[*reversed(first_and_last(one.name)), one.login, one.number, "", "Yes", ""] for one in people.values()]
    out.write_bytes(table(rows, "\t").encode("utf-16"))
    return out


def handed_in(folder: Path, roster: Roster, lesson: str) -> Iterator[tuple[int, Path, Person]]:
    """The hand-ins of a folder with a running number and who wrote each; of one lesson only, if it is named."""
    for number, path in enumerate(sorted(folder.glob("*.jsonl"))):
        learner, of_lesson = owner(path.name)
        if not lesson or lesson == of_lesson:
            yield number, path, roster.get(learner) or Person(learner, learner, canvas=str(80_000 + number), login=learner)


def write_zip(out: Path, entries: Iterable[tuple[str, bytes]]) -> Path:
    """A zip whose names are marked as UTF-8 where they need it."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in entries:
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 20, 12, 0, 0)), raw)
    return out


def canvas_name(person: Person, file: str, attachment: int, *, late: bool = False, anonymous: str = "") -> str:
    """What Canvas calls a file: name, LATE, user, attachment, file."""
    squeezed = re.sub(r"\W", "", sorted_name(person.name)).lower()
    sender = f"anon_{anonymous}" if anonymous else person.canvas
    named = ["LATE", sender] if anonymous and late else [sender] if anonymous else [squeezed, "LATE", sender] if late else [squeezed, sender]
    return "_".join([*named, str(attachment), re.sub(r'[\0/\\:*?"<>|]', "_", file)])


def canvas_zip(folder: Path, roster: Roster, out: Path, *, lesson: str = "", late: Iterable[str] = ()) -> Path:
    """The hand-ins of a folder as Canvas's "Download Submissions" hands them out."""
    named = ((canvas_name(one, path.name, 70_000 + number, late=one.learner in late), path) for number, path, one in handed_in(folder, roster, lesson))
    return write_zip(out, ((name, path.read_bytes()) for name, path in named))


def moodle_zip(folder: Path, roster: Roster, out: Path, *, flat: bool = False, older: bool = False, lesson: str = "", word: str = "") -> Path:
    """The hand-ins of a folder as Moodle hands them out; the number of a participant is another in each assignment, and nobody else's.

    `flat` is without folders, `older` is as before 4.1 with a trailing `_`, `word` what stands for a name under blind marking.
    """
    entries = []
    seats = {learner: number for number, learner in enumerate(roster, start=1)}
    for number, path, person in handed_in(folder, roster, lesson):
        name = word or re.sub(r"""[&<>"`|':\\/]""", "", person.name.replace("_", " "))
        participant = 500_000 + 1000 * (sum(map(ord, owner(path.name)[1])) % 97) + seats.get(person.learner, 900 + number)
        place = f"{name}_{participant}_assignsubmission_file"
        entries.append((f"{place}_{path.name}" if flat else f"{place}{'_' if older else ''}/{path.name}", path.read_bytes()))
    return write_zip(out, entries)


def blackboard_zip(folder: Path, roster: Roster, out: Path, *, lesson: str = "", mangled: bool = False) -> Path:
    """The hand-ins of a folder as Blackboard hands them out, with a receipt beside each attempt, in another language for some.

    `mangled`: the names lose what Blackboard may take out of them, and only the receipt tells what the file was called.
    """
    entries = []
    for number, path, person in handed_in(folder, roster, lesson):
        raw = path.read_bytes()
        stamp = re.sub(r"[T:]", "-", json.loads(raw.split(b"\n", 1)[0]).get("at", "")[:19]) or "2026-03-20-10-15-00"
        attempt = f"Lesson_{owner(path.name)[1]}_{person.login}_attempt_{stamp}"
        called = f"{attempt}_{re.sub(r'[^A-Za-z0-9.]', '', path.name) if mangled else path.name}"
        entries += [(called, raw), (f"{attempt}.txt", receipt(person, path.name, called, dutch=number % 2 == 1))]
    return write_zip(out, dict(entries).items())


def receipt(person: Person, original: str, called: str, *, dutch: bool = False) -> bytes:
    """Blackboard's receipt for one attempt with one file."""
    words = (
        ("Naam", "Opdracht", "Verzenddatum", "Huidige beoordeling", "Bestanden", "Oorspronkelijke bestandsnaam", "Bestandsnaam") if dutch
        else ("Name", "Assignment", "Date Submitted", "Current Grade", "Files", "Original filename", "Filename")
    )
    name, assignment, date, grade, files, before, after = words
    return (
        f"{name}: {person.name} ({person.login})\n{assignment}: Lesson\n{date}: Friday, March 20, 2026 10:15:00 AM EST\n{grade}: Needs Grading\n\n"
        f"Submission Field:\nThere is no student submission text data for this assignment.\n\nComments:\nThere are no student comments for this assignment.\n\n"
        f"{files}:\n\t{before}: {original}\n\t{after}: {called}\n"
    ).encode()
