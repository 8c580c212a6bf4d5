"""Errors that are meant for people."""

from __future__ import annotations


class ToldError(Exception):
    """Something can't be done, told in a sentence that says where, what, and the cure.

    The command line prints that sentence and nothing else, and so does a notebook. Every other exception is a mistake of ours and
    shows where it came from.
    """

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback.

        >>> ToldError("There is no folder graded. Check the name.")._render_traceback_()
        ['There is no folder graded. Check the name.']
        """
        return [str(self)]
