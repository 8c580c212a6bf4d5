"""The browser's half of the widgets: the files of `js/` and `css/` joined into one module and one stylesheet.

Modules that reach a browser through a widget cannot import each other by path, so their import lines and the word
`export` are dropped and the files follow each other. Every top-level name is therefore unique over all files.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

from course.messages import WORDS

HERE = Path(__file__).parent
SCRIPTS = ("core", "outbox", "pick", "passage", "marks", "selecting", "palette", "marklist", "mark", "clause", "classify", "chain", "write", "essay", "challenge", "feedback", "goto", "map", "norming", "panel", "view")
STYLES = ("core", "pick", "passage", "mark", "classify", "chain", "write", "feedback", "panel", "map", "norming")

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./[\w-]+\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function |const |class |let )", re.MULTILINE)


def plain(source: str) -> str:
    """The file's text without its imports and the word `export`, ready to stand in one module with the others.

    >>> plain('import {h} from "./core.js";\\nexport function draw() {}\\n')
    'function draw() {}\\n'
    """
    return _EXPORT.sub("", _IMPORT.sub("", source))


@lru_cache(maxsize=1)
def style() -> str:
    """All rules of the kit's look, in their fixed order."""
    return "\n".join(_read("css", name) for name in STYLES)


@lru_cache(maxsize=1)
def module() -> str:
    """All scripts as one ES module, with the message catalogue and the stylesheet inside.

    It exports `draw_view` and `draw_panel`.
    """
    words = f"const WORDS = {_literal(WORDS)};\nconst STYLE = {_literal(style())};\n"
    parts = [plain(_read("js", name)) for name in SCRIPTS]
    return words + "\n".join(parts) + "\nexport { draw_view, draw_panel, WORDS, STYLE };\n"


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Twelve hex digits of the module, so that a page keeps one copy of each version and never mixes two."""
    return hashlib.sha256(module().encode()).hexdigest()[:12]


def _read(folder: str, name: str) -> str:
    return (HERE / folder / f"{name}.{folder}").read_text(encoding="utf-8")


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
