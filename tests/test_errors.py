"""An error of the kit is one sentence wherever it is met: in the terminal, and in a notebook without a traceback."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import course
from course.messages.errors import ToldError

# Never met by people: it says "not a number" from inside the reading of a line, where it becomes a problem of that line.
INTERNAL = {"NotFinite", "NotOpenedYet"}


def test_every_error_of_the_kit_is_one_that_is_told():
    modules = [importlib.import_module(found.name) for found in pkgutil.walk_packages(course.__path__, "course.") if "__main__" not in found.name]
    errors = {thing for module in modules for thing in vars(module).values() if isinstance(thing, type) and issubclass(thing, Exception)}
    ours = {error for error in errors if error.__module__.startswith("course.") and error.__name__ not in INTERNAL}
    assert len(ours) > 10
    assert [error.__name__ for error in ours if not issubclass(error, ToldError)] == []


@pytest.mark.parametrize("door", ["open_lesson", "open_class", "open_report", "open_challenges", "open_projector", "open_desk"])
def test_a_door_that_leads_nowhere_says_so_in_one_sentence(door, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given = {"open_projector": ("article", "nowhere"), "open_class": ("nowhere", "nobody.csv")}.get(door, ("nowhere",))
    with pytest.raises(ToldError) as caught:
        getattr(course, door)(*given)
    assert caught.value._render_traceback_() == [str(caught.value)]
    assert str(caught.value).endswith((".", "?")) and "\n" not in str(caught.value)
