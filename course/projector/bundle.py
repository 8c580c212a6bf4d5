"""The browser's half of the projector: its own files and the widgets' shared first one, joined into one module."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from course.widgets import bundle

HERE = Path(__file__).parent
SCRIPTS = ("hands", "fit", "cards", "stage")


@lru_cache(maxsize=1)
def style() -> str:
    """All rules of the projector's look."""
    return (HERE / "css" / "projector.css").read_text("utf-8")


@lru_cache(maxsize=1)
def module() -> str:
    """The scripts as one ES module with the stylesheet inside. Its default export draws a widget; `draw_projector` draws over any transport."""
    shared = (bundle.HERE / "js" / "core.js").read_text("utf-8")
    own = [(HERE / "js" / f"{name}.js").read_text("utf-8") for name in SCRIPTS]
    parts = [f"const STYLE = {json.dumps(style(), ensure_ascii=False)};", *(bundle.plain(source) for source in (shared, *own))]
    return "\n".join([*parts, "export default { render: ({ model, el }) => draw_projector(modelTransport(model), el) };", "export { draw_projector, pressHands };\n"])
