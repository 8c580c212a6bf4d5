"""The proof that a release holds nothing of the graded keys: every file is read again and searched."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.packs.laying import passages_in
from course.release.copying import ReleaseError
from course.release.leaks import KEY_FIELDS, UNIT_FIELDS, Secrets, answers_of, letters, read_secrets, tables_in

CURE = "Nothing was released. Take it out of the file it came from, and make the release again."
OWN_CURE = "Nothing was released. Reword it in key.csv, then run: sayswho pack check"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def prove(folder: Path, source: Path, files: list[str] | None = None, *, self_study: bool = False, kit: Path | None = None, pack: Path | None = None) -> None:
    """Read every file of a release again; `ReleaseError` names the first that holds a graded key or what only a running lesson has.

    `source` is the data folder with the keys that must not be found. With `files`, nothing else may be there.
    `kit` is the kit's own data where `source` has the folder `pack` laid over it.
    """
    cure = f"{OWN_CURE} {pack}" if pack and passages_in(pack) else CURE
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if not path.is_dir() or path.is_symlink()}
    for name, path in found.items():
        if path.is_symlink() or files is not None and name not in files:
            raise ReleaseError(f"{name} is in the release and on no list of what may be. {CURE}")
    secrets = Secrets() if self_study else read_secrets(source, kit)
    copies = set() if self_study else {path.read_bytes() for path in (source / "keys" / "graded").rglob("*.toml")}
    for name, path in found.items():
        raw = path.read_bytes()
        if not self_study and ("graded" in Path(name).parts or raw in copies):
            raise ReleaseError(f"{name} is a file of graded keys. {CURE}")
        for complaint in complaints(name, raw, secrets):
            raise ReleaseError(f"{name} {complaint}. {cure}")


def complaints(name: str, raw: bytes, secrets: Secrets) -> Iterator[str]:
    """What one file must not hold and does."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield "is not UTF-8 text, so nobody can say what is in it"
        return
    parsed = parse(name, text)
    if name.endswith(".ipynb"):
        yield from notebook_complaints(parsed)
    squeezed = letters(text)
    yield from (f"holds a sentence of the graded key ({where}): “{secrets.words[words]}”" for words, where in secrets.sentences.items() if words in squeezed)
    yield from (f"holds the answer to {item}" for item, pattern in answers_of(secrets) if item in text and pattern.search(text))
    for table_name, table in tables_in(parsed):
        yield from table_complaints(table_name, table, secrets)


def parse(name: str, text: str) -> Any:
    """A file as what it holds, where it has a form that can hold a key; a file that claims a form and breaks it is text."""
    try:
        if name.endswith(".toml"):
            return tomllib.loads(text)
        if name.endswith((".json", ".ipynb")):
            return json.loads(text)
        if name.endswith(".csv"):
            return list(csv.DictReader(io.StringIO(text)))
    except (ValueError, RecursionError, csv.Error):
        return None
    return None


def notebook_complaints(notebook: Any) -> Iterator[str]:
    """A notebook that was saved with what a running lesson draws: its widgets may hold what a learner answered."""
    if not isinstance(notebook, dict):
        yield "is no notebook"
        return
    if "widgets" in notebook.get("metadata", {}):
        yield "holds widget state"
    for _, table in tables_in(notebook.get("cells")):
        if WIDGET_VIEW in table:
            yield "holds a drawn widget"


def table_complaints(name: str, table: dict[str, Any], secrets: Secrets) -> Iterator[str]:
    """A table that keys a graded item, a unit of a sealed text, or one of its spans."""
    for item in {name, table.get("id"), table.get("item")} & secrets.items.keys() if hashable(table) else ():
        if extra := {field for field in KEY_FIELDS & table.keys() if table[field] not in (None, "", [])}:
            yield f"says {sorted(extra)[0]} of the graded question {item}"
    for slug, units in secrets.units.items():
        keyed = [unit for unit in units & table.keys() if isinstance(table[unit], dict) and len(UNIT_FIELDS & table[unit].keys()) > 1]
        if name == slug and keyed or keyed and len(keyed) == len(units) == len(table):
            yield f"labels the clauses of the sealed text {slug}"
    quote = table.get("quote")
    if isinstance(quote, str) and quote in secrets.quotes and {"label", "code"} & table.keys():
        yield f"marks a span of the graded key ({secrets.quotes[quote]})"


def hashable(table: dict[str, Any]) -> bool:
    """Whether what a table calls its id can be looked up."""
    return all(isinstance(table.get(field), (str, int, type(None))) for field in ("id", "item"))
