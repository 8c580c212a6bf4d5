"""One question on screen: the widget a student answers, and what it leaves in the notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import traitlets

from course.messages import say
from course.widgets.kit import KitWidget, deliver_safely
from course.widgets.static import static_html, static_panel

Deliver = Callable[[dict[str, Any], Callable[[dict[str, Any]], None]], None]


class View(KitWidget):
    """A question drawn from its payload, the saved answer and its feedback; what the student does goes to `deliver`.

    `deliver(response, send)` is called for each response, on whatever thread the kernel uses. An error in it reaches the
    student as a sentence beside the answer, never as a silence.
    """

    payload = traitlets.Dict().tag(sync=True)
    saved = traitlets.Dict().tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    store = traitlets.Dict().tag(sync=True)

    def __init__(
        self, payload: dict[str, Any], *, saved: dict[str, Any] | None = None, feedback: dict[str, Any] | None = None,
        store: dict[str, Any] | None = None, deliver: Deliver,
    ) -> None:  # fmt: skip
        super().__init__(payload=payload, saved=saved or {}, feedback=feedback or {}, store=store or {})
        self._deliver = deliver

    def __repr__(self) -> str:
        return f"View({self.payload['slot'] or self.payload['id']!r})"

    def static_html(self) -> str:
        """The question without a kernel. What a slot will ask is not known before it is answered, so it says nothing."""
        return static_panel(say("slot.static")) if self.payload["slot"] else static_html(self.payload)

    def heard(self, message: dict[str, Any]) -> None:
        """Hand a response on; a message that is none is left alone."""
        if message.get("kind") == "response":
            deliver_safely(self._deliver, message.get("response"), self.send)
