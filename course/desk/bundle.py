"""The browser's half of the desk: its own files and the few of the widgets' that it shares, as one module.

A view is a function `draw_<name>(transport, el)` in a file of `js/`; naming the file in SCRIPTS and the view in VIEWS is all it takes.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from course.widgets import bundle

HERE = Path(__file__).parent
SHARED_SCRIPTS = ("core", "outbox")
SCRIPTS = ("host", "opening", "letters", "criteria", "comments", "panels", "norming", "essay", "marking", "challenges")
SHARED_STYLES = ("core",)
STYLES = ("desk", "marking", "challenges")
VIEWS = ("marking", "challenges")


@lru_cache(maxsize=1)
def style() -> str:
    """All rules of the desk's look; those of the widgets it shares come first."""
    shared = [(bundle.HERE / "css" / f"{name}.css").read_text("utf-8") for name in SHARED_STYLES]
    return "\n".join([*shared, *((HERE / "css" / f"{name}.css").read_text("utf-8") for name in STYLES)])


@lru_cache(maxsize=1)
def module() -> str:
    """The scripts as one ES module with the stylesheet inside. Its default export renders the view that the model names."""
    shared = [(bundle.HERE / "js" / f"{name}.js").read_text("utf-8") for name in SHARED_SCRIPTS]
    own = [(HERE / "js" / f"{name}.js").read_text("utf-8") for name in SCRIPTS]
    views = ", ".join(f"{name}: draw_{name}" for name in VIEWS)
    parts = [f"const STYLE = {json.dumps(style(), ensure_ascii=False)};", *(bundle.plain(source) for source in [*shared, *own])]
    return "\n".join([*parts, f"const VIEWS = {{ {views} }};", "export default { render: ({ model, el }) => renderView(VIEWS, model, el) };", "export { VIEWS, wearDesk };\n"])
