"""Spreadsheets as they come back: every way in which Excel and LibreOffice save one is read, and what they damage is named with its place."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.check.report import Report
from course.packs.sheets import read_sheet
from course.packs.starting import new_pack
from course.packs.words import PASSAGE

HEADER = ",".join(PASSAGE)
LINE = 'u1,1,"Rain, said Ann."'
DELIMITERS = st.sampled_from([",", ";", "\t"])
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="=#'+-@ÂÃâ\ufffd\ufeff"), max_size=20).map(lambda cell: " ".join(cell.split()))


def read(raw: bytes, path, columns=PASSAGE, optional=(), **more):
    """The rows of a file with these bytes, and the report."""
    path.write_bytes(raw)
    report = Report()
    return read_sheet(report, path, columns, optional, **more), report


def written(rows, delimiter=",", end="\r\n", quoting=csv.QUOTE_MINIMAL) -> str:
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return held.getvalue()


@given(cells=st.lists(st.tuples(CELLS, CELLS), max_size=4), delimiter=DELIMITERS, end=st.sampled_from(["\r\n", "\n", "\r"]),
       quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), wide=st.booleans(), sep=st.booleans())
def test_a_sheet_survives_every_way_of_saving_it(tmp_path_factory, cells, delimiter, end, quoting, encoding, wide, sep):
    import unicodedata

    rows = [("unit", "paragraph", "text"), *((f"u{number}", paragraph, text) for number, (paragraph, text) in enumerate(cells))]
    if wide:
        rows = [(*row, "", "") for row in rows] + [("",) * 5] * 3
    text = written(rows, delimiter, end, quoting)
    text = f"sep={delimiter}{end}{text}" if sep and end != "\r" else text
    found, report = read(text.encode(encoding), tmp_path_factory.mktemp("sheet") / "passage.csv")
    assert [str(one) for one in report.complaints + report.warnings] == []
    expected = [tuple(unicodedata.normalize("NFC", cell).strip() for cell in (f"u{number}", *row)) for number, row in enumerate(cells)]
    assert [tuple(row[column] for column in PASSAGE) for row in found] == expected


@pytest.mark.parametrize("semicolons", [False, True])
def test_what_we_write_is_read_again_as_it_was(tmp_path, semicolons):
    pack = new_pack(tmp_path / "boats", with_example=True, semicolons=semicolons)
    assert (pack / "passage.csv").read_text("utf-8-sig").startswith("unit;paragraph;text" if semicolons else "unit,paragraph,text")
    for name, columns in (("passage.csv", PASSAGE), ("key.csv", ("unit", "voice", "kind", "how", "speaker", "why")), ("pack.csv", ("field", "value"))):
        raw = (pack / name).read_bytes()
        report = Report()
        first = read_sheet(report, pack / name, columns, ("help",), free=True)
        again, _ = read(raw.decode("utf-8-sig").encode("utf-16"), tmp_path / name, columns, ("help",), free=True)
        assert [row.cells for row in first] == [row.cells for row in again] and len(first) >= 8
        assert report.complaints == [] and raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw


DAMAGED = {
    # what happened: (the bytes, the place and the words of the complaint)
    "a date": (f"{HEADER}\n3-Mar,1,Rain.".encode(), "passage.csv, line 2, column unit: the id '3-Mar' looks like a date"),
    "a date in Korean": (f"{HEADER}\n03월 01일,1,Rain.".encode(), "looks like a date that the spreadsheet made of it. Format the column as Text"),
    "a date in numbers": (f"{HEADER}\n2026-03-01,1,Rain.".encode(), "looks like a date"),
    "a number for an id": (f"{HEADER}\n1.5,1,Rain.".encode(), "passage.csv, line 2, column unit: the id '1.5' "),
    "CP949": (f"{HEADER}\n{LINE}\nu2,1,김민지는 말했다".encode("cp949"), "passage.csv, line 3: its letters are not saved as UTF-8 but probably CP949 (Korean Windows). In Excel choose Save As"),
    "Windows-1252": (f"{HEADER}\n{LINE}\n\nu2,1,“Rain”".encode("cp1252"), "passage.csv, line 4: its letters are not saved as UTF-8 but probably Windows-1252"),
    "a workbook": (b"PK\x03\x04 and so on", "this is a workbook with another ending, not a CSV file"),
    "letters that were read wrongly": (f"{HEADER}\nu1,1,â€œRainâ€ said Ann".encode(), "column text: letters were damaged"),
    "letters that are lost": (f"{HEADER}\nu1,1,Caf\ufffd".encode(), "column text: letters were damaged"),
    "a formula": (f"{HEADER}\nu1,1,=A1&B1".encode(), "passage.csv, line 2, column text: the cell holds a formula or its error: “=A1&B1”"),
    "the error of a formula": (f"{HEADER}\nu1,1,#NAME?".encode(), "the cell holds a formula or its error"),
    "a line break": (f'{HEADER}\nu1,1,"Rain,\nsaid Ann"'.encode(), "passage.csv, line 2, column text: the cell holds a line break or a tab"),
    "a comma without quotes": (f"{HEADER}\nu1,1,Rain, said Ann".encode(), "passage.csv, line 2: the line has more cells than the first line: “said Ann” stands outside"),
    "a column gone": (f"unit,text\n{LINE}".encode(), "passage.csv, line 1: the column 'paragraph' is missing; the first line has unit, text"),
    "a column twice": (f"{HEADER},text\n{LINE}".encode(), "passage.csv, line 1, column text: this column stands twice"),
    "a comma that ends no cell": (f'"{HEADER}"\n"u1,1,Rain."'.encode(), "passage.csv, line 1: all cells of a line stand in one cell"),
    "nothing": (b"", "the column 'unit' is missing; the first line has nothing"),
    "no text": (b"unit,paragraph,text\0", "it holds bytes that are no text"),
    "a whole book": (b"x" * 2_000_001, "far more than a passage"),
    "one endless cell": (f'{HEADER}\nu1,1,"{"x" * 200_000}"'.encode(), "this is not a table that can be read"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_is_named_with_its_place_and_its_cure(tmp_path, name):
    raw, words = DAMAGED[name]
    _, report = read(raw, tmp_path / "passage.csv")
    assert words in "\n".join(map(str, report.complaints))


def test_a_workbook_beside_is_told_of(tmp_path):
    (tmp_path / "passage.xlsx").write_bytes(b"PK")
    report = Report()
    assert read_sheet(report, tmp_path / "passage.csv", PASSAGE) == []
    assert "there is a workbook passage.xlsx but no passage.csv. In Excel choose Save As" in str(report.complaints[0])


def test_lines_are_counted_as_a_spreadsheet_shows_them_and_empty_ones_are_left_out(tmp_path):
    rows, report = read(f"sep=;\r\n{HEADER.replace(',', ';')}\r\n;;\r\nu1;1;Rain.\r\n;;\r\n".encode(), tmp_path / "passage.csv")
    assert [(row.line, row.at("text")) for row in rows] == [(4, "passage.csv, line 4, column text")] and report.complaints == []


def test_a_column_nobody_knows_is_left_out_and_told_of(tmp_path):
    rows, report = read(f"{HEADER},txet,my notes\n{LINE},x,y\n".encode(), tmp_path / "passage.csv")
    assert [str(one) for one in report.warnings] == [
        "passage.csv, line 1, column txet: this column is not known and is left out. Did you mean 'text'?",
        "passage.csv, line 1, column my notes: this column is not known and is left out. Nothing need be done if it is a note of yours."]
    assert report.complaints == [] and set(rows[0].cells) == {*PASSAGE, "txet", "my notes"}
