"""A passage as an instructor writes it: three spreadsheets and what they are about, read and checked against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from course.check.report import Report
from course.content.files import ITEM_ID
from course.items import NO_BREAK_SPACE
from course.packs.sheets import UNIT, Row, read_sheet, short_of
from course.packs.words import AUTHOR, CODEBOOK, ENDS, FEEDBACK, FIELDS, IF, KEY, KNOWN, LABELS, MANY, NOBODY, PASSAGE, SPANS, did_you_mean, speaker_ids

ALIKE = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", NO_BREAK_SPACE: " "})


@dataclass
class Passage:
    """One passage of a pack. `about` are the fields of pack.csv, `units` the clauses, `keys` their lines (the first is the key), `spans` what is marked.

    `unread` names the sheets that could not be read at all: nothing is missing from them that could be told.
    """

    folder: Path
    prefix: str = ""
    about: dict[str, list[Row]] = field(default_factory=dict)
    units: list[Row] = field(default_factory=list)
    keys: dict[str, list[Row]] = field(default_factory=dict)
    spans: list[Row] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def told(self, name: str) -> str:
        """What pack.csv says in a field; empty if nothing."""
        return next((row["value"] for row in self.about.get(name, []) if row["value"]), "")

    def every(self, name: str) -> list[Row]:
        """All lines of a field that may stand more than once and says something."""
        return [row for row in self.about.get(name, []) if row["value"]]

    @property
    def name(self) -> str:
        """The short name, which also names the text."""
        return self.told("name")

    @property
    def speakers(self) -> dict[str, str]:
        """Ids of all speakers by name, in the order of the key."""
        named = [row["speaker"] for rows in self.keys.values() for row in rows if row["speaker"]]
        named += [row["value"] for row in self.every("also offered")]
        return dict(speaker_ids(name for name in named if name.lower() not in ENDS))

    @property
    def damaged(self) -> bool:
        """Whether an id of a clause is not what was written: then other sheets can't be blamed for naming it as it was."""
        return "passage.csv" in self.unread or any(not UNIT.match(row["unit"]) for row in self.units)

    def place(self, sheet: str) -> str:
        """A sheet of this passage, as complaints name it."""
        return f"{self.prefix}{sheet}"


def read_passage(report: Report, folder: Path, prefix: str = "") -> Passage:
    """Read the spreadsheets of one folder; everything that is wrong with them goes into the report."""
    found = Passage(folder, prefix)
    for row in rows_of(report, found, "pack.csv", FIELDS, ("help",)):
        take_field(report, found, row)
    found.units = rows_of(report, found, "passage.csv", PASSAGE)
    check_units(report, found)
    for row in rows_of(report, found, "key.csv", KEY, (*FEEDBACK, "plan"), free=True):
        take_key(report, found, row)
    if (folder / "spans.csv").exists():
        rows = rows_of(report, found, "spans.csv", SPANS, ("optional",))
        found.spans = [row for row in (checked_span(report, found, one) for one in rows if one["quote"] or one["label"]) if row]
    return found


def rows_of(report: Report, found: Passage, sheet: str, columns: Sequence[str], optional: Sequence[str] = (), *, free: bool = False) -> list[Row]:
    """The rows of one of its sheets; one that can't be read is complained of once, and remembered."""
    before = len(report.complaints)
    rows = read_sheet(report, found.folder / sheet, columns, optional, name=found.place(sheet), free=free)
    if not rows and len(report.complaints) > before:
        found.unread.add(sheet)
    return rows


def take_field(report: Report, found: Passage, row: Row) -> None:
    """One line of pack.csv."""
    name = row["field"].lower()
    if name not in KNOWN:
        report.complain(row.at("field"), f"the field {row['field']!r} is not known", did_you_mean(name, KNOWN))
    elif name in found.about and name not in MANY:
        report.complain(row.at("field"), f"the field {name!r} stands twice", "Keep one of the two lines.")
    else:
        found.about.setdefault(name, []).append(row)


def check_units(report: Report, found: Passage) -> None:
    """The clauses: each with an id of its own, a paragraph that never goes back, and words."""
    seen: set[str] = set()
    last = 1
    for place, row in enumerate(found.units):
        for column in ("unit", "text"):
            if not row[column]:
                report.complain(row.at(column), "the cell is empty", "Fill it, or delete the line. Of merged cells only the first keeps its words: unmerge them.")
        if row["unit"] and row["unit"] in seen:
            report.complain(row.at("unit"), f"the id {row['unit']!r} stands twice", "Give this clause an id of its own.")
        seen.add(row["unit"])
        number = row["paragraph"].removesuffix(".0")
        if not number:
            report.warn(row.at("paragraph"), "the cell is empty", f"It is read as {last}, like the line above. Merged cells leave such holes: unmerge them.")
        elif not number.isdecimal() or int(number) < last and place:
            report.complain(row.at("paragraph"), f"{row['paragraph']!r} is not a whole number that goes up", "Number the paragraphs from the top: 1, 1, 2.")
        last = int(number) if number.isdecimal() else last
        row.cells["paragraph"] = str(last)
        check_marks(report, row)
    if not found.units and "passage.csv" not in found.unread:
        report.complain(found.place("passage.csv"), "the passage has no clauses yet", "Write one clause a line, from line 2 on.")


def check_marks(report: Report, row: Row) -> None:
    """Quotation marks of two kinds in one clause, or one without its partner, are most often a spreadsheet's or a typist's slip."""
    text = row["text"]
    if '"' in text and any(mark in text for mark in "“”"):
        report.warn(row.at("text"), 'the clause has both straight (") and curly (“ ”) quotation marks', "Use one kind.")
    if text.count("“") != text.count("”") or text.count('"') % 2:
        report.warn(row.at("text"), "a quotation mark has no partner in this clause", "Add it, unless the quotation goes on in the next clause.")
    if "  " in text:
        report.warn(row.at("text"), "there are two spaces in a row", "Take one out: students see the words exactly as they stand.")


def take_key(report: Report, found: Passage, row: Row) -> None:
    """One line of key.csv: the first line of a clause is its key, each further one another answer that earns full points."""
    known = [unit["unit"] for unit in found.units]
    if not row["unit"]:
        report.complain(row.at("unit"), "the cell is empty", "Write which clause this line is about. Of merged cells only the first keeps its words.")
        return
    if row["unit"] not in known:
        if known and not found.damaged:
            report.complain(row.at("unit"), f"the passage has no clause {row['unit']!r}", did_you_mean(row["unit"], known))
        return
    for column, words in CODEBOOK.items():
        row.cells[column] = row[column].lower()
        if row[column] and row[column] not in words:
            report.complain(row.at(column), f"{row[column]!r} is no {column} of the codebook", did_you_mean(row[column], words))
    if row["speaker"].lower() in ENDS:
        row.cells["speaker"] = {"author": AUTHOR, "nobody": NOBODY}[ENDS[row["speaker"].lower()]]
    found.keys.setdefault(row["unit"], []).append(row)


def checked_span(report: Report, found: Passage, row: Row) -> Row | None:
    """One line of spans.csv with its quote as the clause writes it, or None after a complaint."""
    row.cells["label"] = row["label"].lower()
    unit = next((unit for unit in found.units if unit["unit"] == row["unit"]), None)
    if unit is None and found.damaged:
        return None
    if unit is None:
        report.complain(row.at("unit"), f"the passage has no clause {row['unit']!r}", did_you_mean(row["unit"], [one["unit"] for one in found.units]))
        return None
    if row["label"] not in LABELS:
        report.complain(row.at("label"), f"the label {row['label']!r} is not known", did_you_mean(row["label"], LABELS))
        return None
    nth = (row["nth"] or "1").removesuffix(".0")
    if not nth.isdecimal() or nth == "0":
        report.complain(row.at("nth"), f"{row['nth']!r} is no number", "Write 1, or 2 if the second such place is meant; or leave it empty.")
        return None
    quote = as_written(row["quote"], unit["text"])
    if quote is None or not place_of(unit["text"], quote, int(nth)):
        often = f" {nth} times" if quote is not None else ""
        report.complain(row.at("quote"), f"the words {short_of(row['quote'])} do not stand{often} in clause {row['unit']}", f"Copy them from passage.csv. The clause reads: {unit['text']}")
        return None
    if quote != row["quote"]:
        report.warn(row.at("quote"), f"the quote has other marks than the clause; {short_of(quote)} is taken", "Nothing need be done.")
    row.cells.update(quote=quote, nth=nth)
    return row


def as_written(quote: str, text: str) -> str | None:
    """A quote with the marks, dashes and spaces that the text has, or None where the words do not stand there.

    >>> as_written('"Hot" soup', "He likes “Hot” soup.")
    '“Hot” soup'
    """
    if quote and quote in text:
        return quote
    plain, sought = text.translate(ALIKE), quote.translate(ALIKE).replace("…", "...")
    at = plain.find(sought) if sought else -1
    return text[at:at + len(sought)] if at >= 0 else None


def place_of(text: str, quote: str, nth: int) -> bool:
    """Whether a quote stands in a text as often as that, as the kit counts: places may overlap."""
    start = -1
    for _ in range(nth):
        start = text.find(quote, start + 1)
        if start < 0:
            return False
    return True


def is_short_name(name: str) -> bool:
    """Whether a name can name a text and stand in the ids of questions.

    >>> is_short_name("paper-boats"), is_short_name("Paper boats")
    (True, False)
    """
    return bool(ITEM_ID.match(name)) and len(name) <= 40


def feedback_of(row: Row) -> dict[str, str]:
    """What a line of the key says to each wrong answer, by the answer as the column names it."""
    return {column[len(IF):]: cell for column, cell in row.cells.items() if column.startswith(IF) and cell}
