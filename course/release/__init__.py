"""A folder to hand to a class: everything a learner needs, and provably nothing of the graded keys.

`variants` leaves one of two parallel questions, `copying` copies by a list of what may go, `recipes` leaves out of the Makefile
what needs more, `leaks` knows what must not be found, `proof` reads the result again and looks for it, `telling` says what is in and what is not, `packing` makes one file of it.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from course.classroom.catalogue import laid_over
from course.content import ContentError, find_data, lesson_ids, load_lesson, load_text
from course.items import Lesson, fingerprint
from course.packs.laying import can_be_written, note_released
from course.release.copying import ReleaseError, copy_release
from course.release.packing import is_zip, pack_up
from course.release.proof import prove
from course.release.telling import Released, tell
from course.release.variants import choose_slots, only_set

__all__ = ["ReleaseError", "Released", "make_release", "prove", "release"]


def release(out: Path | str, **chosen: Any) -> Path:
    """Make a release as `make_release` does, and say where it lies."""
    return make_release(out, **chosen).path


def make_release(out: Path | str, *, data: Path | str | None = None, lessons: Sequence[str] | None = None, self_study: bool = False,
                 make_up: bool = False, slots: Sequence[str] = (), keys: Path | str | None = None) -> Released:
    """Make a class release in a new folder or zip: the chosen lessons without any graded key; or, for self-learners, with all keys.

    Of a question in two variants only one goes along: the first, or with `make_up` the second; `slots` names single ones, `"slot=choice"`.
    `keys` is an instructor's pack: its passages go along, its keys do not. The release is read again afterwards and searched for the
    graded keys, the pack's among them; `ReleaseError` says in one sentence what was found, and then nothing is left behind. What
    is there already is left alone.
    """
    kit, out = find_data(data), Path(out)
    refuse_place(out)
    if self_study and (make_up or slots):
        raise ReleaseError("A release for self-study has no class to set questions for. Leave out --make-up and --slot, or --self-study.")
    if self_study and keys:
        raise ReleaseError("A release for self-study holds all keys, and your own would be open with them. Leave out --keys, or --self-study.")
    with laid_over(kit, keys) as source:
        whole = chosen = choose_lessons(source, lessons)
        if not self_study:
            set_for_class = choose_slots(chosen, slots, make_up=make_up)
            chosen = [only_set(lesson, set_for_class) for lesson in chosen]
        files = write_release(out, source, kit, chosen, self_study=self_study, pack=Path(keys) if keys else None)
        if keys:
            own = {path.name for path in (source / "texts").iterdir()} - {path.name for path in (kit / "texts").iterdir()}
            note_released(Path(keys), {item.id: fingerprint(item, load_text(source, item.text)) for lesson in chosen for item in lesson.items if item.text in own})
        return Released(out, tell(kit, source, whole, chosen, files, self_study=self_study))


def refuse_place(out: Path) -> None:
    """Raise `ReleaseError` where a release would write over anything, or can't be looked for."""
    another = "Name another file: --out FILE.zip." if is_zip(out) else "Name a new folder: --out DIR."
    if not can_be_written(out):
        raise ReleaseError(f"{out} has letters in its name that can't be written. {another}")
    try:
        if out.is_file() or out.is_dir() and any(out.iterdir()):
            raise ReleaseError(f"{out} is {'there already' if out.is_file() else 'not empty'}, and a release never writes over anything. {another}")
    except OSError as error:
        raise ReleaseError(f"{out} can't be written ({error.strerror}). {another}") from error


def write_release(out: Path, source: Path, kit: Path, lessons: list[Lesson], *, self_study: bool, pack: Path | None = None) -> list[str]:
    """Copy and prove a release beside its place, and put it there whole; nothing is left of one that fails. Returns its files."""
    draft = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".release-", dir=out.parent))
        files = copy_release(source, draft, lessons, self_study=self_study, checkout=kit.resolve().parent)
        prove(draft, source, files, self_study=self_study, kit=kit if pack else None, pack=pack)
        if is_zip(out):
            pack_up(draft, out)
        else:
            if out.is_dir():
                out.rmdir()
            draft.chmod(0o755)
            draft.rename(out)
    except OSError as error:
        raise ReleaseError(f"{out} can't be written ({error.strerror}). Free some space, or name another {'file' if is_zip(out) else 'folder'}: --out.") from error
    finally:
        if draft:
            shutil.rmtree(draft, ignore_errors=True)
    return files


def choose_lessons(source: Path, wanted: Sequence[str] | None) -> list[Lesson]:
    """The lessons of the release, by their ids or by the numbers before them; all of them if none is named."""
    known = lesson_ids(source)
    if not wanted:
        return [load_lesson(source, name) for name in known]
    found = []
    for one in wanted:
        matching = [name for name in known if name == one or one and name.partition("_")[0].lstrip("0") == one.lstrip("0")]
        if len(matching) != 1:
            cure = f"Put spaces between the numbers: --lessons {' '.join(apart)}." if (apart := numbers_in(one)) else f"The lessons are: {', '.join(known)}."
            raise ContentError("--lessons", f"there is no lesson {one[:40]!r}", cure)
        found += matching
    return [load_lesson(source, name) for name in sorted(set(found))]


def numbers_in(written: str) -> list[str]:
    """The numbers that were meant by a list or a range; none if it is neither.

    >>> numbers_in("1,2"), numbers_in("1-3"), numbers_in("01_voices")
    (['1', '2'], ['1', '2', '3'], [])
    """
    if ends := re.fullmatch(r"([0-9]{1,2})\s*[-–]\s*([0-9]{1,2})", written):
        return [str(number) for number in range(int(ends[1]), int(ends[2]) + 1)]
    return re.findall(r"[0-9]+", written) if re.fullmatch(r"[0-9]{1,2}(?:[,;+\s]+[0-9]{1,2})*[,;\s]+|[0-9]{1,2}(?:[,;+\s]+[0-9]{1,2})+", written) else []
