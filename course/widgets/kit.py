"""What all widgets of the kit share: one script a kernel, two outputs a widget, and handlers that never raise.

The browser's half is about 100 kB. It is sent once, by a widget that is never shown; each widget's own script is a few
lines that wait for it on the page and ask the kernel for it when it does not come (hosts that make no model for a
widget that is not shown). A page keeps one copy of each version, however many notebooks are open.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import anywidget
import ipywidgets
from IPython.display import display

from course.messages import say
from course.widgets import bundle

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
SHARED = """const kit = (globalThis.sayswho ??= {})["%s"] ??= (() => {
  const one = {};
  one.promise = new Promise((done) => { one.resolve = done; });
  return one;
})();
"""


@lru_cache(maxsize=1)
def library_script() -> str:
    """The script of the widget that is never shown: the whole module, which leaves itself on the page."""
    return SHARED % bundle.fingerprint() + bundle.module() + "kit.resolve({ draw_view, draw_panel });\nexport default {};\n"


@lru_cache(maxsize=None)
def short_script(draw: str) -> str:
    """The script of a widget that is shown: wait for the module, ask for it after a moment, then draw."""
    return (
        SHARED % bundle.fingerprint()
        + """
const transport = (model) => ({
  get: (name) => model.get(name),
  send: (message) => model.send(message),
  notebook: () => model.widget_manager?.context ?? null,
  on: (name, fn) => {
    if (name === "lost") return onLost(model, fn);
    const event = name === "message" ? "msg:custom" : `change:${name}`;
    const heard = name === "message" ? fn : () => fn(model.get(name));
    model.on(event, heard);
    return () => model.off(event, heard);
  },
});
function onLost(model, fn) {
  const session = model.widget_manager?.context?.sessionContext;
  const heard = (_, status) => { if (["restarting", "autorestarting", "terminating", "dead"].includes(status)) fn(status); };
  session?.statusChanged?.connect(heard);
  return () => session?.statusChanged?.disconnect(heard);
}
function askFor(model) {
  const take = async (message) => {
    if (message?.kind !== "script") return;
    model.off("msg:custom", take);
    const url = URL.createObjectURL(new Blob([message.text], { type: "text/javascript" }));
    await import(url);
    URL.revokeObjectURL(url);
  };
  model.on("msg:custom", take);
  model.send({ kind: "script" });
}
export default { async render({ model, el }) {
  const late = setTimeout(() => askFor(model), 500);
  const module = await kit.promise;
  clearTimeout(late);
  return module.%s(transport(model), el);
} };
"""
        % draw
    )


class Library(anywidget.AnyWidget):
    """The module on its way to the page. Never shown."""

    def __init__(self) -> None:
        self._esm = library_script()
        super().__init__(layout=_layout())


class KitWidget(anywidget.AnyWidget):
    """A widget of the kit. `draw` names the function of the module that draws it."""

    draw = "draw_view"

    def __init__(self, **traits: Any) -> None:
        _library()
        self._esm = short_script(self.draw)
        super().__init__(layout=_layout(), **traits)
        self.on_msg(self._on_message)

    def static_html(self) -> str:
        """What the notebook shows while no kernel runs."""
        raise NotImplementedError

    def heard(self, message: dict[str, Any]) -> None:
        """What to do with a message from the browser."""
        raise NotImplementedError

    def _on_message(self, _widget: Any, message: Any, _buffers: Any) -> None:
        if not isinstance(message, dict):
            return
        if message.get("kind") == "script":
            self.send({"kind": "script", "text": library_script()})
        else:
            self.heard(message)

    def _ipython_display_(self) -> None:
        display({"text/plain": repr(self), "text/html": self.static_html()}, raw=True)
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        display({"text/plain": "", WIDGET_VIEW: view}, raw=True)


def deliver_safely(deliver: Callable[..., None], response: Any, send: Callable[[dict[str, Any]], None]) -> None:
    """Call `deliver` and turn whatever goes wrong into a receipt that says so."""
    try:
        if not isinstance(response, dict):
            raise TypeError(f"it is a {type(response).__name__}, not an object with named fields")
        deliver(response, send)
    except Exception as error:  # an exception here would reach the page only as a silence
        name = response.get("id", "") if isinstance(response, dict) else ""
        send({"kind": "receipt", "id": name, "kept": "", "why": say("why.refused", reason=error)})


@lru_cache(maxsize=1)
def _layout() -> ipywidgets.Layout:
    """One layout for all widgets of the kit: none of them is laid out by the kernel."""
    return ipywidgets.Layout()


@lru_cache(maxsize=1)
def _library() -> Library:
    return Library()
