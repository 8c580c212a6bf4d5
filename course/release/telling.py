"""What is in a release and what is left out, in a few lines with numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.content import lesson_ids, load_keys, load_lesson
from course.items import Lesson
from course.messages import counted


@dataclass(frozen=True)
class Released:
    """A release that was made: where it lies, and what is in it, in lines."""

    path: Path
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join(self.lines)


def tell(kit: Path, source: Path, whole: Sequence[Lesson], chosen: Sequence[Lesson], files: Sequence[str], *, self_study: bool) -> tuple[str, ...]:
    """The lines about a release: in, from a pack, left out, frozen. `whole` are its lessons as they are, `chosen` as they were released."""
    items = [item for lesson in chosen for item in lesson.items]
    counting = [item for item in items if item.graded]
    texts = {name.split("/")[2] for name in files if name.startswith("data/texts/")}
    notebooks = [name for name in files if name.startswith("notebooks/")]
    found = [f"In:       {counted(len(chosen), 'lesson')} with {counted(len(items), 'question')}, {len(counting)} of them count; {counted(len(texts), 'text')}; {counted(len(notebooks), 'notebook')}; "
             "the program."]
    kits = {path.name for path in (kit / "texts").iterdir() if path.is_dir()}
    if own := sorted(texts - kits):
        asked = [item.id for item in items if item.text in own]
        found.append(f"Yours:    {', '.join(own)}; asked by {', '.join(asked) or 'no question of these lessons'}.")
    found.append(f"Left out: {'; '.join(left_out(source, whole, chosen, texts, self_study=self_study))}.")
    found += [f"Later:    {line}" for line in later(source, chosen)]
    found.append(f"Frozen:   the ids and the wording of {counted(len(items), 'question')}, in data/manifest.json. An answer to another wording waits for you when you grade.")
    return tuple(found)


def later(source: Path, chosen: Sequence[Lesson]) -> Iterator[str]:
    """What to know of a release of some lessons: how the next part is made, and that a test must come before the one that is compared with it."""
    whole = [load_lesson(source, name) for name in lesson_ids(source)]
    here = {lesson.id for lesson in chosen}
    if here < {lesson.id for lesson in whole}:
        yield f"name all lessons so far, and not only the next: --lessons {' '.join([*(number(lesson.id) for lesson in chosen), '…'])}"
    home = {slot.id: lesson.id for lesson in whole for slot in lesson.slots}
    for lesson in whole:
        for slot in lesson.slots:
            first = home.get(slot.than or "")
            if first and first not in here:
                yield f"the first test is in lesson {number(first)}, which is not among these. The last test, in lesson {number(lesson.id)}, is compared with it: release lesson {number(first)} before you teach."


def number(lesson: str) -> str:
    """A lesson as a command names it.

    >>> number("00_before_you_start"), number("pilot")
    ('0', 'pilot')
    """
    before = lesson.partition("_")[0]
    return str(int(before)) if before.isdecimal() else lesson


def left_out(source: Path, whole: Sequence[Lesson], chosen: Sequence[Lesson], texts: set[str], *, self_study: bool) -> list[str]:
    """What does not go along, by kinds."""
    always = "the teacher's pages, the invented class, the tests"
    if self_study:
        return [always]
    keys = sum(key.graded for lesson in whole for key in load_keys(source, lesson).values())
    stay = {item.id for lesson in whole for item in lesson.items} - {item.id for lesson in chosen for item in lesson.items}
    sealed = {path.stem for path in (source / "keys" / "graded" / "texts").glob("*.toml")}
    return [
        f"the keys of {counted(keys, 'question')} that count and of {counted(len(sealed), 'sealed text')}",
        f"{counted(len(stay), 'question')} that this class is not set",
        f"{counted(len(sealed - texts), 'sealed text')} that no question here uses",
        f"marked example essays, {always}",
    ]