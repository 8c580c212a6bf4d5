"""The projector on screen: an anywidget view that holds what may be seen, and asks here for the rest when a key is pressed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import anywidget
import traitlets
from IPython.display import display

from course.projector import bundle
from course.projector.screens import Group, Screen
from course.widgets.static import static_panel

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
Tell = Callable[[Screen], dict[str, Any]]
REVEALS = ("class", "key")


class Projector(anywidget.AnyWidget):
    """Screens for a room. `tell_class(screen)` and `tell_key(screen)` are asked only when a key is pressed.

    What they say is sent as a message and never becomes part of the widget's state, which a notebook may save.
    """

    payload = traitlets.Dict().tag(sync=True)

    def __init__(self, name: str, title: str, groups: Sequence[Group], *, tell_class: Tell, tell_key: Tell) -> None:
        self._esm = bundle.module()
        self._screens = {screen.id: screen for group in groups for screen in group.screens}
        self._tell = dict(zip(REVEALS, (tell_class, tell_key), strict=True))
        self.name = name
        super().__init__(payload={"name": name, "title": title, "groups": [group.as_dict() for group in groups]})
        self.on_msg(self._on_message)

    def __repr__(self) -> str:
        return f"Projector({self.name!r}, {len(self._screens)} screens)"

    def _on_message(self, _widget: Any, message: Any, _buffers: Any) -> None:
        for answer in self.answer(message):
            self.send(answer)

    def answer(self, message: Any) -> list[dict[str, Any]]:
        """What to say to a message from the browser; whatever goes wrong becomes a sentence, for an exception would be a silence there."""
        if not isinstance(message, dict) or message.get("kind") != "reveal":
            return []
        screen, what = message.get("screen"), message.get("what")
        if not isinstance(screen, str) or screen not in self._screens or what not in REVEALS:
            return [{"kind": "problem", "screen": screen, "what": what, "why": "There is no such screen. Run the cell again."}]
        try:
            return [{"kind": what, "screen": screen, **self._tell[what](self._screens[screen])}]
        except Exception as error:
            why = f"This can't be shown ({type(error).__name__}: {error}). Run the cell again."
            return [{"kind": "problem", "screen": screen, "what": what, "why": why}]

    def _ipython_display_(self) -> None:
        display({"text/plain": repr(self), "text/html": static_panel(f"Projector: {self.payload['title']}")}, raw=True)
        display({"text/plain": "", WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": self.model_id}}, raw=True)
