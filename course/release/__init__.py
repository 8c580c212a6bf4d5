"""A folder to hand to a class: everything a learner needs, and provably nothing of the graded keys.

`variants` leaves one of two parallel questions, `copying` copies by a list of what may go, `recipes` leaves out of the Makefile what needs more, `leaks` knows what must not be found, `proof` reads the result again and looks for it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from course.content import ContentError, find_data, lesson_ids, load_lesson
from course.items import Lesson
from course.release.copying import ReleaseError, copy_release
from course.release.proof import prove
from course.release.variants import choose_slots, only_set

__all__ = ["ReleaseError", "prove", "release"]


def release(out: Path | str, *, data: Path | str | None = None, lessons: Sequence[str] | None = None, self_study: bool = False,
            make_up: bool = False, slots: Sequence[str] = ()) -> Path:
    """Make a class release in a new folder: the chosen lessons without any graded key; or, for self-learners, with all keys.

    Of a question in two variants only one goes along: the first, or with `make_up` the second; `slots` names single ones, `"slot=choice"`.
    The release is read again afterwards and searched for the graded keys; `ReleaseError` says in one sentence what was
    found, and then no folder is left behind. A folder that holds anything already is left alone.
    """
    source, out = find_data(data), Path(out)
    if out.is_file() or out.is_dir() and any(out.iterdir()):
        raise ReleaseError(f"{out} is not empty, and a release never writes over anything. Name a new folder: --out DIR.")
    chosen = choose_lessons(source, lessons)
    if self_study and (make_up or slots):
        raise ReleaseError("A release for self-study has no class to set questions for. Leave out --make-up and --slot, or --self-study.")
    if not self_study:
        set_for_class = choose_slots(chosen, slots, make_up=make_up)
        chosen = [only_set(lesson, set_for_class) for lesson in chosen]
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        files = copy_release(source, draft, chosen, self_study=self_study)
        prove(draft, source, files, self_study=self_study)
        if out.is_dir():
            out.rmdir()
        draft.chmod(0o755)
        draft.rename(out)
    except OSError as error:
        raise ReleaseError(f"{out} can't be written ({error.strerror}). Free some space, or name another folder.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return out


def choose_lessons(source: Path, wanted: Sequence[str] | None) -> list[Lesson]:
    """The lessons of the release, by their ids or by the numbers before them; all of them if none is named."""
    known = lesson_ids(source)
    if not wanted:
        return [load_lesson(source, name) for name in known]
    found = []
    for one in wanted:
        matching = [name for name in known if name == one or name.partition("_")[0].lstrip("0") == one.lstrip("0")]
        if len(matching) != 1:
            raise ContentError("--lessons", f"there is no lesson {one!r}", f"The lessons are: {', '.join(known)}.")
        found += matching
    return [load_lesson(source, name) for name in sorted(set(found))]
