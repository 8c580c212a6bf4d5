"""`sayswho pack check`: read the spreadsheets, say what is in the way, and write the pack in the form of data/."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from course.check import check_item, find_notebooks
from course.check.asked import with_texts
from course.check.blueprint import differences
from course.check.forbidden import check_forbidden
from course.check.material import Material, gather
from course.check.report import Finding, Report, listed
from course.check.sharing import check_sharing
from course.classroom.catalogue import laid_over
from course.content import ContentError, find_data, lesson_ids, load_keys, load_lesson, load_text
from course.handin.writing import replace_file
from course.items import Item, fingerprint
from course.messages import counted
from course.packs.building import build
from course.packs.laying import CHECKED, FOLDERS, PackError, passages_in, released_before, sums_of
from course.packs.passage import Passage, read_passage
from course.packs.places import Place, places_of
from course.packs.rules import check_names, check_passage
from course.packs.sheets import Row
from course.release.leaks import Secrets, letters, read_secrets

# Said by the pack's own rules, with line and column.
OWN_RULES = ("nothing is said to", "gives a reason of", "has no reason")
LINE = re.compile(r"(.*?), line (\d+)(.*)\Z")
# What students get of a pack.
PUBLIC = ("items", "texts", "notebooks")
STOPS = ("an answer that the key calls right earns", "a blank earns", "a complete answer does not earn")


@dataclass
class CheckedPack:
    """A pack with everything that was found. It is usable when nothing must be mended; then its files are written."""

    folder: Path
    report: Report = field(default_factory=Report)
    passages: list[tuple[Passage, list[Place]]] = field(default_factory=list)

    def __str__(self) -> str:
        report = self.report
        lines = [line for title, figures in report.sections.items() for line in (title, *(f"  {figure}" for figure in figures))]
        lines += [*listed("Worth a look", together(report.warnings)), *listed("To be mended", together(report.complaints)), ""]
        found = counted(len(self.passages), "passage")
        if report.complaints:
            return "\n".join([*lines, f"{found} checked: {counted(len(together(report.complaints)), 'thing')} to mend. Until then the pack can't be used."]).lstrip("\n")
        where = "; ".join(f"{passage.name} {goes_to(places)}" for passage, places in self.passages)
        ready = [f"{found} checked: nothing to mend. {where}.", f"Look at it: sayswho pack show {self.folder}", f"Use it: sayswho release --keys {self.folder} --out …"]
        return "\n".join([*lines, *ready]).lstrip("\n")


def together(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, with those that say the same of several lines of one column as one.

    >>> print(*together([Finding(f"key.csv, line {line}, column why", "no reason", "Write one.") for line in (2, 3, 4, 7)]))
    key.csv, lines 2 to 4 and 7, column why: no reason. Write one.
    """
    lines: dict[tuple[str, str, str, str], list[int]] = {}
    for one in findings:
        before, number, after = LINE.match(one.where).groups() if LINE.match(one.where) else (one.where, "0", "")
        lines.setdefault((before, after, one.problem, one.cure), []).append(int(number))
    return [Finding(f"{before}{in_lines(numbers)}{after}", problem, cure) for (before, after, problem, cure), numbers in lines.items()]


def in_lines(numbers: Sequence[int]) -> str:
    """Numbers of lines in words, those in a row together.

    >>> in_lines([4]), in_lines([2, 3, 4, 7]), in_lines([0])
    (', line 4', ', lines 2 to 4 and 7', '')
    """
    runs: list[list[int]] = []
    for number in dict.fromkeys(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    told = [" to ".join(map(str, run)) for run in runs]
    if told == ["0"]:
        return ""
    return f", line {told[0]}" if len(runs) == len(runs[0]) == 1 else f", lines {' and '.join(filter(None, [', '.join(told[:-1]), told[-1]]))}"


def goes_to(places: Sequence[Place]) -> str:
    """Where a passage is asked, in words."""
    slots = [place.slot for place in places if place.slot]
    return f"fills {', '.join(slots)} of lesson {int(places[0].lesson[:2])}" if slots else f"is the lesson {places[0].lesson}"


def check_pack(folder: Path | str, *, data: Path | str | None = None) -> CheckedPack:
    """Check a pack and, when nothing stands in the way, write items/, texts/ and keys/ into its folder, so that `--keys` takes it.

    Everything found is in the report of what comes back; `PackError` only where there is no pack at all.
    """
    folder, kit = Path(folder), find_data(data)
    if not passages_in(folder):
        raise PackError(f"There is no pack.csv in {folder}. Begin with: sayswho pack new {folder}")
    checked = CheckedPack(folder)
    report = checked.report
    read = [read_passage(report, one, "" if one == folder else f"{one.name}/") for one in passages_in(folder)]
    known = {path.name for path in (kit / "texts").iterdir() if path.is_dir()}
    for passage in check_names(report, read, known):
        places = places_of(report, passage, kit)
        check_passage(report, passage, places)
        checked.passages.append((passage, places))
    if report.passes:
        files = build(checked.passages)
        with TemporaryDirectory(prefix="sayswho-") as passing:
            draft = draft_of(report, folder, files, Path(passing) / "pack")
            if report.passes:
                check_in_kit(checked, kit, draft)
        if report.passes:
            try:
                write(folder, files)
            except OSError as error:
                raise PackError(f"{folder} can't be written ({error.strerror}). Nothing is to mend in it: make room, or copy it to a folder of yours and check that.") from error
    return checked


def draft_of(report: Report, folder: Path, files: dict[str, bytes], draft: Path) -> Path:
    """The pack as it will be, in a passing folder: what was written by hand, and what is built now."""
    before = built_before(folder)
    for name in FOLDERS:
        for path in (folder / name).rglob("*") if (folder / name).is_dir() else ():
            place = path.relative_to(folder).as_posix()
            if path.is_file() and place not in before and not path.name.startswith("."):
                (draft / place).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, draft / place)
    for place, contents in files.items():
        if (draft / place).exists():
            report.complain(place, "this file was not written by sayswho pack check, and would be written over", "Move it into a pack of its own.")
        (draft / place).parent.mkdir(parents=True, exist_ok=True)
        (draft / place).write_bytes(contents)
    return draft


def built_before(folder: Path) -> list[str]:
    """The files that an earlier check wrote."""
    try:
        files = json.loads((folder / CHECKED).read_text("utf-8"))["files"]
        return [name for name in files if isinstance(name, str) and name.split("/")[0] in FOLDERS and ".." not in name.split("/")]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Put the files of the pack in the place of those of the last check, and note which spreadsheets they come from."""
    for name in built_before(folder):
        if name not in files:
            (folder / name).unlink(missing_ok=True)
    for name, contents in files.items():
        replace_file(folder / name, contents)
    told = {"about": "Written by sayswho pack check.", "files": sorted(files), "spreadsheets": sums_of(folder)}
    replace_file(folder / CHECKED, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())


def check_in_kit(checked: CheckedPack, kit: Path, draft: Path) -> None:
    """The pack among the kit's own questions: it loads, its key earns full marks, and the rules of `sayswho check` hold for it."""
    report = checked.report
    with laid_over(kit, draft) as data:
        try:
            material = material_of(checked, kit, data)
        except ContentError as error:
            report.complain(error.where, error.problem, error.cure)
            return
        check_leaks(checked, read_secrets(data, kit), draft)
    found = Report()
    for rule in (check_sharing, check_forbidden):
        rule(found, material)
    for passage, places in checked.passages:
        for place in places:
            item, key = next(one for one in material.lessons[place.lesson].items if one.id == place.item["id"]), material.keys[place.item["id"]]
            row = check_item(found, f"data/keys/graded/{place.lesson}.toml, item {item.id!r}", item, key, material.texts[passage.name])
            if row.constant:
                report.tell(f"Balance of {passage.name}", [f"the best answer without reading, “{row.constant.name}”, earns {row.constant.share:.0%} of {item.id}"])
            check_parallel(found, material, place, item)
            check_frozen(report, checked.folder, passage, fingerprint(item, material.texts[passage.name]), item.id)
    for finding, stops in [*((one, True) for one in found.complaints), *((one, False) for one in found.warnings)]:
        take_finding(checked, finding, stops=stops)


def check_leaks(checked: CheckedPack, secrets: Secrets, draft: Path) -> None:
    """No sentence of a key stands in what students get of the pack: its release would be refused."""
    for path in sorted(path for name in PUBLIC for path in (draft / name).rglob("*") if path.is_file()):
        squeezed = letters(path.read_text("utf-8", "replace"))
        for words in (words for words in secrets.sentences if words in squeezed):
            name, _, unit = secrets.sentences[words].partition(", ")
            passage = next((one for one, places in checked.passages if name == one.name or unit in [place.item["id"] for place in places]), None)
            sheet = "passage.csv" if path.name == "units.csv" else "pack.csv"
            said = secrets.words[words]
            if passage is None:
                checked.report.complain(sheet, f"it holds a sentence of the kit's own sealed key ({secrets.sentences[words]}): “{said}”", "Reword it.")
            else:
                rows = [rows[0] for rows in passage.keys.values()]
                where = row_of(rows, unit, "", passage.place("pack.csv"))
                checked.report.complain(where, f"this sentence stands in {sheet} too, where students read it: “{said}”", "Reword it in one of the two, or nothing can be released.")


def material_of(checked: CheckedPack, kit: Path, data: Path) -> Material:
    """The whole kit with the pack, as the rules look at it; of what counts, only the pack's own questions. Raises `ContentError` where something can't be read."""
    scratch = Report()
    texts = {path.name: load_text(data, path.name) for path in sorted((data / "texts").iterdir()) if path.is_dir()}
    material = gather(scratch, data, texts, find_notebooks(kit))
    own = {place.item["id"] for _, places in checked.passages for place in places}
    for name in lesson_ids(data):
        lesson = load_lesson(data, name)
        beside = {choice for slot in lesson.slots if own & set(slot.choices) for choice in slot.choices}
        material.keys |= load_keys(data, lesson)
        material.lessons[name] = replace(lesson, items=tuple(item for item in lesson.items if not item.graded or item.id in own | beside))
    material.pages = [with_texts(page, material.lessons.get(page.lesson)) for page in material.pages]
    return material


def check_frozen(report: Report, folder: Path, passage: Passage, wording: str, item: str) -> None:
    """The words are those that a class was given, if it was."""
    if released_before(folder).get(item, wording) != wording:
        report.warn(passage.place("passage.csv"), f"the words of {item} are not those that were released",
                    "Put the old words back, or make a new release. What was answered to the old words waits for a person when you grade.")


def check_parallel(found: Report, material: Material, place: Place, item: Item) -> None:
    """A passage that fills a slot of the kit is like the kit's own: as long, and balanced alike."""
    kits = next((one for one in material.lessons[place.lesson].items if one.id in place.choices), None)
    for problem in differences(material, kits, item) if kits else ():
        found.warn(f"data/items/{place.lesson}.toml, item {item.id!r}", f"the kit's {kits.id} and {item.id} are not parallel: {problem}",
                   "Make it like the kit's, or leave out the second set for make-up work.")


def take_finding(checked: CheckedPack, finding: Finding, *, stops: bool) -> None:
    """A finding of the kit's own check that is about a passage of this pack, with the line of the spreadsheet; what only could be better is a warning."""
    told = f"{finding.where} {finding.problem}"
    if any(finding.problem.startswith(one) or f" {one}" in finding.problem for one in OWN_RULES):
        return
    for passage, places in checked.passages:
        own = [f"texts/{passage.name}/", f"texts/{passage.name}.toml", *(place.item["id"] for place in places), *(place.lesson for place in places if not place.slot)]
        if any(name in told for name in own):
            where = place_in_sheets(passage, finding.where)
            (checked.report.complain if stops and finding.problem.startswith(STOPS) else checked.report.warn)(where, finding.problem, finding.cure)
            return


def place_in_sheets(passage: Passage, where: str) -> str:
    """A place in the files of data/ as a place in the spreadsheets they were written from."""
    found = re.search(r"unit '([^']+)'(?:, ([a-z]+)(?:\.[a-z]+\.(\S+))?)?", where)
    if found and "units.csv" in where:
        return row_of(passage.units, found[1], "text", passage.place("passage.csv"))
    if found:
        column = {"why": "why", "accept": "why"}.get(found[2] or "", f"if {found[3]}" if found[3] else "")
        return row_of([rows[0] for rows in passage.keys.values()], found[1], column, passage.place("key.csv"))
    return passage.place("key.csv" if "keys/" in where else "pack.csv")


def row_of(rows: Sequence[Row], unit: str, column: str, sheet: str) -> str:
    """The place of a clause's line."""
    return next((row.at(column) for row in rows if row["unit"] == unit), sheet)
