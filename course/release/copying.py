"""Copying a release by a list of what may go. A file is copied as it is or not at all; of the Makefile, what works there, and of a lesson, what the class is set."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from course import __version__
from course.content import load_lesson, load_text, text_folder
from course.items import Lesson, fingerprint
from course.messages.errors import ToldError
from course.release.recipes import for_release
from course.release.variants import rewritten, set_otherwise, without_passages

TOP_FILES = ("Makefile", "pyproject.toml", "constraints.txt", "environment.yml", "LICENSE", "LICENSE-TEXT", ".gitignore")
PACKAGE_ENDINGS = {".py", ".js", ".css", ".json"}
TEXT_FILES = ("text.toml", "units.csv")
PAGES = ("glossary.ipynb", "label_card.ipynb")
WRITTEN = ("README.md", "data/manifest.json")
MARKER = "data/class.toml"

README = """# Says Who?

You read one real news article clause by clause and learn to tell *reporting* from *editorializing*.

1. Open a terminal in this folder and run `{command}`. The first time it sets everything up, which takes a few minutes; after
   that it opens at once. It needs Python 3.11 or newer.
   On Windows: `py -m venv .venv`, then `.venv\\Scripts\\pip install -c constraints.txt -e ".[lab]"`, then
   `.venv\\Scripts\\jupyter lab --ServerApp.port=8642 --ServerApp.port_retries=0 notebooks`.
2. Open a lesson in `notebooks/` and choose *Run ▸ Run All Cells*. Answer by clicking, by marking, or with the keyboard.
3. Under each question stands whether your answer is saved. Close the laptop whenever you like.
4. *Hand in* at the end writes one file into `notebooks/hand_in/`. {after}

The lessons here: {lessons}.

Nothing is sent anywhere: the kit makes no network calls of its own.
"""
AFTER = {False: "Send that file to your teacher, not the notebook.", True: "Then the scored questions show their points and their reasons."}


class ReleaseError(ToldError):
    """A release can't be made, or holds what it must not: one sentence that says what, and what to do."""


def copy_release(source: Path, draft: Path, lessons: list[Lesson], *, self_study: bool, checkout: Path | None = None) -> list[str]:
    """Copy everything that may go into the draft folder, and say which files are now there.

    `source` is the data folder, with a pack laid over it perhaps; `checkout` is where the kit itself lies, if not around it.
    """
    checkout = checkout or source.resolve().parent
    if not (checkout / "pyproject.toml").is_file() or not (checkout / "course").is_dir():
        raise ReleaseError(f"A release is made from a checkout of the kit, and {checkout} is none. Run sayswho release there.")
    wanted = sorted({*package_files(checkout), *lesson_files(source, checkout, lessons, self_study=self_study)})
    for name in wanted:
        came_from = origin(source, checkout, name)
        if came_from.is_symlink():
            raise ReleaseError(f"{name} is a link. Put the file itself there, for a release copies files only.")
        (draft / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(came_from, draft / name)
    for lesson in [] if self_study else lessons:
        file = f"items/{lesson.id}.toml"
        (draft / "data" / file).write_text(rewritten((source / file).read_text("utf-8"), lesson), "utf-8", newline="\n")
        page = draft / "notebooks" / f"{lesson.id}.ipynb"
        if page.is_file() and (changed := set_otherwise(load_lesson(source, lesson.id), lesson)):
            page.write_text(without_passages(page.read_text("utf-8"), changed), "utf-8", newline="\n")
    if "Makefile" in wanted:
        (draft / "Makefile").write_text(for_release((checkout / "Makefile").read_text("utf-8")), "utf-8", newline="\n")
    titles = "; ".join(f"{lesson.id.partition('_')[0].lstrip('0') or '0'} {lesson.title}" for lesson in lessons)
    readme = README.format(after=AFTER[self_study], lessons=titles, command=command_for(lessons))
    (draft / "README.md").write_text(readme, "utf-8", newline="\n")
    if not self_study:
        (draft / MARKER).write_text(marker(lessons), "utf-8", newline="\n")
    (draft / "data/manifest.json").write_text(manifest(draft, source, lessons, self_study=self_study), "utf-8", newline="\n")
    return [*wanted, *WRITTEN, *([] if self_study else [MARKER])]


def command_for(lessons: list[Lesson]) -> str:
    """What opens the first lesson of a release; `make lab` alone opens lesson 0.

    >>> command_for([Lesson("05_headline_and_lede", "Headline", ())])
    'make lab NOTEBOOK=notebooks/05_headline_and_lede.ipynb'
    """
    first = lessons[0].id if lessons else ""
    return "make lab" if first.startswith("00_") else f"make lab NOTEBOOK=notebooks/{first}.ipynb"


def package_files(checkout: Path) -> Iterator[str]:
    """The files that make the kit run: the package itself, how it is installed, and its licences."""
    yield from (name for name in TOP_FILES if (checkout / name).is_file())
    # Inventing a class takes answers of every quality to the questions that count: those stay here.
    for path in (checkout / "course").rglob("*"):
        if "simulate" not in path.relative_to(checkout).parts and path.suffix in PACKAGE_ENDINGS and path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(checkout).as_posix()


def origin(source: Path, checkout: Path, name: str) -> Path:
    """Where a file of a release comes from: what a pack brings goes before what the kit has."""
    packs = source / (name.removeprefix("data/") if name.startswith("data/") else name)
    return packs if name.startswith(("data/", "notebooks/")) and packs.is_file() else checkout / name


def lesson_files(source: Path, checkout: Path, lessons: list[Lesson], *, self_study: bool) -> Iterator[str]:
    """The files of the chosen lessons: notebooks, questions, practice keys and texts; graded keys for self-learners only."""
    folders = ("practice", "graded") if self_study else ("practice",)
    used = {item.text for lesson in lessons for item in lesson.items if item.text}
    names = ["glossary.csv", "README.md"]
    pages = [f"notebooks/{page}" for page in (*PAGES, *(f"{lesson.id}.ipynb" for lesson in lessons))]
    for lesson in lessons:
        # The norming essays answer a question that counts: they go along only with its key.
        names += [f"norming/{lesson.id}.toml"] if self_study else []
        names += [f"items/{lesson.id}.toml", *(f"keys/{folder}/{lesson.id}.toml" for folder in folders)]
    for folder in sorted(path.name for path in (source / "texts").iterdir() if path.is_dir()):
        # A sealed passage of a lesson that comes later stays out as well.
        if folder in used or text_folder(source, folder) != "graded":
            names += [f"texts/{folder}/{name}" for name in TEXT_FILES]
            names += [f"keys/{place}/texts/{folder}.toml" for place in folders]
    yield from (name for name in (*pages, *(f"data/{name}" for name in names)) if origin(source, checkout, name).is_file())


def marker(lessons: list[Lesson]) -> str:
    """The file that makes a release a class release: which questions count, for their keys are not here to say so."""
    lines = ["# This folder was made for a class. The keys of the questions that count are not in it.", 'mode = "class"', f'kit = "{__version__}"', "", "[graded]"]
    for lesson in lessons:
        lines.append(f'"{lesson.id}" = {json.dumps([item.id for item in lesson.items if item.graded])}')
    return "\n".join(lines) + "\n"


def manifest(draft: Path, source: Path, lessons: list[Lesson], *, self_study: bool) -> str:
    """What is in the release: each question with the fingerprint of its wording, each file with its checksum."""
    wording = {item.id: fingerprint(item, load_text(source, item.text) if item.text else None) for lesson in lessons for item in lesson.items}
    files = {path.relative_to(draft).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(draft.rglob("*")) if path.is_file()}
    about = {"kit": __version__, "mode": "self-study" if self_study else "class", "lessons": [lesson.id for lesson in lessons], "items": wording, "files": files}
    return json.dumps(about, indent=1) + "\n"
