"""The panels of a lesson: how far it is done, and handing it in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import traitlets

from course.messages import say
from course.widgets.kit import KitWidget, deliver_safely
from course.widgets.static import static_panel
from course.widgets.view import Deliver


class Panel(KitWidget):
    """A panel drawn from its `status`, a dictionary; setting `status` again draws it anew."""

    draw = "draw_panel"
    name = ""
    status = traitlets.Dict().tag(sync=True)
    panel = traitlets.Unicode().tag(sync=True)

    def __init__(self, status: dict[str, Any]) -> None:
        super().__init__(status=status, panel=self.name)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.status['lesson']!r})"

    def heard(self, message: dict[str, Any]) -> None:
        """A panel that only shows has nothing to hear."""


class Progress(Panel):
    """How many of a lesson's questions are answered, and which are not."""

    name = "progress"

    def static_html(self) -> str:
        return static_panel(say("panel.title"))


class CoursePanel(Panel):
    """A panel that looks beyond its lesson: the `map` of the course, `growth` from first test to last, the `norming` essays."""

    def __init__(self, name: str, status: dict[str, Any]) -> None:
        self.name = name
        super().__init__(status)

    def static_html(self) -> str:
        return static_panel(say(f"{self.name}.title"))


class HandIn(Panel):
    """The panel that hands a lesson in: only its button writes.

    `on_hand_in(learner)` returns `{"kind": "handed_in", …}` or `{"kind": "problem", "why"}`; answers that wait in the
    browser are given to `deliver` first.
    """

    name = "hand_in"

    def __init__(self, status: dict[str, Any], *, on_hand_in: Callable[[str], dict[str, Any]], deliver: Deliver) -> None:
        super().__init__(status)
        self._on_hand_in, self._deliver = on_hand_in, deliver

    def static_html(self) -> str:
        return static_panel(say("handin.title", title=self.status["title"]))

    def heard(self, message: dict[str, Any]) -> None:
        """Deliver a response that waited, or hand in and tell how it went."""
        if message.get("kind") == "response":
            deliver_safely(self._deliver, message.get("response"), self.send)
        elif message.get("kind") == "hand_in":
            self.send(self._hand_in(message.get("learner")))

    def _hand_in(self, learner: Any) -> dict[str, Any]:
        try:
            return self._on_hand_in(learner if isinstance(learner, str) else "")
        except Exception as error:  # an exception here would reach the page only as a silence
            return {"kind": "problem", "why": say("handin.not_written", reason=error)}
