"""Texts and their keys: every unit keyed, each key in one folder, and the test forms balanced as planned."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from course.check.report import Report
from course.content import ContentError, load_text, text_folder
from course.content.keys import load_text_key
from course.items import Item, Lesson, Text, UnitKey

FORM = re.compile(r"(^|-)form-[a-z]\Z")
CELLS = [(voice, kind) for voice in ("author", "source") for kind in ("fact", "judgement")]
PER_CELL = 3


def check_texts(report: Report, data: Path) -> dict[str, Text]:
    """Read every text and its key; complain of units without a key and of forms out of balance. Returns the texts."""
    texts: dict[str, Text] = {}
    for folder in sorted(path for path in (data / "texts").glob("*") if path.is_dir()):
        try:
            text = texts[folder.name] = load_text(data, folder.name)
            keyed = load_text_key(data, text) if text_folder(data, text.slug) else {}
        except ContentError as error:
            report.complain(error.where, error.problem, error.cure)
            continue
        check_text(report, data, text, keyed)
    for path in sorted(data.glob("keys/*/texts/*.toml")):
        if not (data / "texts" / path.stem).is_dir():
            report.complain(f"data/keys/{path.parts[-3]}/texts/{path.name}", "there is no text of this name", "Rename the file, or add the text.")
    return texts


def check_text(report: Report, data: Path, text: Text, keyed: dict[str, UnitKey]) -> None:
    """One text: its key lies in one folder and speaks of all units."""
    folders = [folder for folder in ("practice", "graded") if (data / "keys" / folder / "texts" / f"{text.slug}.toml").exists()]
    where = f"data/keys/{folders[0] if folders else '…'}/texts/{text.slug}.toml"
    if len(folders) > 1:
        report.complain(where, "the text is keyed in both folders", "Keep its key in graded if any graded item uses it, else in practice.")
    if missing := [unit.id for unit in text.units if keyed and unit.id not in keyed]:
        report.complain(where, f"{len(missing)} of {len(text.units)} units have no key: {', '.join(missing)}", "Add a table for each.")
    if FORM.search(text.slug) and keyed:
        check_form(report, where, keyed)


def check_form(report: Report, where: str, keyed: dict[str, UnitKey]) -> None:
    """A test form holds three clauses of each voice and kind, and nothing mixed or unclear: no constant answer passes a third."""
    found = Counter((unit.voice, unit.kind) for unit in keyed.values())
    wrong = [f"{voice} {kind} {many}" for (voice, kind), many in sorted(found.items()) if (voice, kind) not in CELLS or many != PER_CELL]
    wrong += [f"{voice} {kind} 0" for voice, kind in CELLS if (voice, kind) not in found]
    if wrong:
        report.complain(where, f"the form is out of balance: {', '.join(wrong)}", f"Key {PER_CELL} clauses of each: author fact, author judgement, source fact, source judgement.")


def check_use(report: Report, data: Path, lessons: dict[str, Lesson], texts: dict[str, Text], shown: set[str]) -> None:
    """Texts that count stay out of practice, texts of practice do not count, and every text is used."""
    used = set(shown)
    for lesson in lessons.values():
        for item in lesson.items:
            if item.text:
                used.add(item.text)
                check_item_text(report, data, f"data/items/{lesson.id}.toml, item {item.id!r}", item)
    for slug in texts:
        if slug not in used:
            report.warn(f"data/texts/{slug}", "no item asks about this text and no notebook shows it", "Use it, or take it out.")


def check_item_text(report: Report, data: Path, where: str, item: Item) -> None:
    """An item and the text it uses are on the same side of the line between practice and what counts."""
    folder = text_folder(data, item.text or "")
    if folder == "graded" and not item.graded:
        report.complain(where, f"a practice item uses the text {item.text!r}, which counts", "Use another text: what was practised can't be tested.")
    if folder == "practice" and item.graded and item.type in ("classify", "mark"):
        report.complain(where, f"the item counts, but the key of its text {item.text!r} is in practice", "Move that key to keys/graded/texts.")
    if folder == "practice" and item.graded and item.type == "pick":
        report.warn(where, f"the item counts and asks about {item.text!r}, a text of practice", "Better use a text that nobody has practised on.")
