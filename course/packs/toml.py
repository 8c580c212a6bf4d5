"""Writing TOML, which Python can only read: as much of it as the files of data/ use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
INDENT = "  "


def toml_text(table: Mapping[str, Any]) -> str:
    """A table as the text of a TOML file, in its own order: a table of tables gets headings, what is deeper gets dotted names.

    >>> print(toml_text({"u1": {"voice": "author", "feedback": {"voice": {"source": "No cue."}}}}), end="")
    [u1]
    voice = "author"
    feedback.voice.source = "No cue."
    """
    lines = [f"{name_of(key)} = {value_of(value)}" for key, value in table.items() if not is_heading(value)]
    for key, value in table.items():
        if is_heading(value):
            tables = [value] if isinstance(value, Mapping) else value
            heading = f"[{name_of(key)}]" if isinstance(value, Mapping) else f"[[{name_of(key)}]]"
            for one in tables:
                lines += [*([""] if lines else []), heading, *body(one, (key,))]
    return "\n".join(lines) + "\n"


def is_heading(value: Any) -> bool:
    """Whether a value stands under a heading of its own."""
    return isinstance(value, Mapping) or isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def body(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """The lines below a heading; lists of tables come last, each under a heading further in."""
    indent = INDENT * (len(path) - 1)
    later = {key: value for key, value in table.items() if isinstance(value, list) and is_heading(value)}
    for key, value in table.items():
        if key not in later:
            yield from (f"{indent}{name} = {written}" for name, written in leaves(key, value))
    for key, value in later.items():
        for one in value:
            inside = (*path, key)
            yield ""
            yield f"{indent}{INDENT}[[{'.'.join(name_of(part) for part in inside)}]]"
            yield from body(one, inside)


def leaves(key: str, value: Any) -> Iterator[tuple[str, str]]:
    """A value with its name, or each value of a table with a dotted name."""
    if isinstance(value, Mapping) and value:
        for inner, below in value.items():
            yield from ((f"{name_of(key)}.{name}", written) for name, written in leaves(inner, below))
    else:
        yield name_of(key), value_of(value)


def name_of(key: str) -> str:
    """A name as TOML wants it: in quotes where it holds more than letters, digits, `-` and `_`.

    >>> name_of("u1"), name_of("a<b")
    ('u1', '"a<b"')
    """
    return key if BARE.match(key) else string(key)


def value_of(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name_of(key)} = {value_of(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(value_of, value)) + "]"
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)


def string(text: str) -> str:
    """A text in quotes: JSON escapes as TOML does, except for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
