"""What every kernel of an environment with the kit in it knows from its start: what to say when a cell is run before the first one.

IPython loads this as an extension, because `ipython_config.json` of this folder is installed as `etc/ipython/ipython_config.json`.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

FIRST_CELLS_NAMES = ("lesson", "desk", "report")


class NotOpenedYet(NameError):
    """A cell was run before the first cell of its notebook; shown, it is one sentence and no traceback."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback.

        >>> NotOpenedYet("Run the first cell.")._render_traceback_()
        ['Run the first cell.']
        """
        return [str(self)]


def load_ipython_extension(shell: Any) -> None:
    """Say what to do when a cell of a lesson is run alone; IPython calls this when a kernel starts."""
    shell.set_custom_exc((NameError,), _show)


def _show(shell: Any, kind: type[NameError], error: NameError, trace: TracebackType, tb_offset: int | None = None) -> None:
    """Show a name that is not known: as Python does, unless it is a name that the first cell of our notebooks makes."""
    if error.name in FIRST_CELLS_NAMES:
        from course.messages import say

        error = NotOpenedYet(say("why.not_opened"))
    shell.showtraceback((type(error), error, trace), tb_offset=tb_offset)
