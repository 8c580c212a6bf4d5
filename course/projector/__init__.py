"""The projector: one clause at a time for a whole room, hands counted by keys, the class and the key on a key press.

`screens` makes what is shown of items and texts, `view` is the widget. What the class said and what is right are told by
whoever opens it, one screen at a time and only when asked.
"""

from course.projector.screens import Group, Screen, screens_of
from course.projector.view import Projector

__all__ = ["Group", "Projector", "Screen", "screens_of"]
