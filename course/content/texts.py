"""Texts to read: `texts/<slug>/text.toml` says what a text is, `units.csv` holds its words."""

from __future__ import annotations

from pathlib import Path

from course.content.files import ContentError, expect, expect_each, read_csv, read_rows, read_toml, refuse_dates, short
from course.content.shape import structure
from course.items import Option, Text, Unit

KNOWN = {"title", "author", "date", "origin", "rights", "language", "note", "furniture", "gists", "speaker", "sha256"}


def load_text(data: Path, slug: str) -> Text:
    """One text with its units in order; every unit has an id, a paragraph number from 1 and verbatim words."""
    folder = data / "texts" / slug
    if not folder.is_dir():
        known = ", ".join(sorted(p.name for p in (data / "texts").glob("*") if p.is_dir())) or "none"
        raise ContentError(short(folder), f"there is no text called {slug!r}", f"The texts are: {known}.")
    about = read_toml(folder / "text.toml")
    for name in about.keys() - KNOWN:
        raise ContentError(short(folder / "text.toml"), f"the field {name!r} is not known", f"The fields are: {', '.join(sorted(KNOWN))}.")
    where = short(folder / "text.toml")
    speakers = expect_each(f"{where}, speaker", about.get("speaker", []), dict, "Write [[speaker]] on a line of its own before each, and its id and text below.")
    return Text(
        slug=slug,
        title=expect(f"{where}, title", about.get("title", slug), str, "Write title = \"…\"."),
        units=read_units(folder / "units.csv"),
        speakers=tuple(structure(raw, Option, f"{where}, speaker") for raw in speakers),
        gists=read_gists(where, about.get("gists", {})),
        date=str(about.get("date", "")),
        **{name: expect(f"{where}, {name}", about.get(name, ""), str, f"Write {name} = \"…\".") for name in ("author", "origin", "rights", "note")},
    )


def read_gists(where: str, raw: dict[str, str]) -> dict[int, str]:
    """The sense of each paragraph in other words, by paragraph number."""
    cure = "Write the number in figures, such as 3 = \"…\"."
    for number, gist in expect(f"{where}, gists", raw, dict, "Write [gists] on a line of its own, and 1 = \"…\" below.").items():
        if not (number.isascii() and number.isdigit()):
            raise ContentError(f"{where}, gists", f"{number!r} is no paragraph number", cure)
        expect(f"{where}, gists, {number}", gist, str, cure)
    return {int(number): gist for number, gist in raw.items()}


def read_units(path: Path) -> tuple[Unit, ...]:
    """The units of a text, checked: ids once each and no dates, paragraphs that never go back, no empty words."""
    units: list[Unit] = []
    for line, row in read_rows(path, ("unit", "paragraph", "text")):
        where = f"{short(path)}, line {line}"
        refuse_dates(where, row["unit"])
        if not row["unit"].strip() or not row["text"].strip():
            raise ContentError(where, "a unit needs an id and words", "Fill the cell, or delete the line.")
        if row["unit"] in {unit.id for unit in units}:
            raise ContentError(where, f"the unit id {row['unit']!r} stands twice", "Give the second one an id of its own.")
        if not (row["paragraph"].isascii() and row["paragraph"].isdigit()) or (units and int(row["paragraph"]) < units[-1].paragraph):
            raise ContentError(where, f"the paragraph {row['paragraph']!r} is not a whole number that goes up", "Number the paragraphs from the top.")
        units.append(Unit(row["unit"], int(row["paragraph"]), row["text"]))
    if not units:
        raise ContentError(short(path), "the text has no units", "Add at least one line under the first.")
    return tuple(units)


def load_glossary(data: Path) -> dict[str, str]:
    """The terms that the lessons explain, with their meanings, in the order of the file."""
    path = data / "glossary.csv"
    if not path.exists():
        return {}
    return {row["term"]: row["meaning"] for row in read_csv(path, ("term", "meaning"))}


def hard_words(data: Path) -> dict[str, str]:
    """The glossary's terms that are explained inside a text as it is read: those with a yes in the column `in_text`."""
    path = data / "glossary.csv"
    rows = read_csv(path, ("term", "meaning")) if path.exists() else []
    return {row["term"]: row["meaning"] for row in rows if (row.get("in_text") or "").strip() == "yes"}
