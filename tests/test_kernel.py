"""A cell that is run before the first one of its notebook says what to do; every other mistake is shown as Python shows it."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from course.messages import say
from course.release.copying import package_files

ROOT = Path(__file__).resolve().parent.parent
INSTALLED = Path(sys.prefix, "etc", "ipython", "ipython_config.json")


@pytest.fixture(scope="module")
def errors():
    """What a new kernel of this environment shows for cells of which each goes wrong."""
    cells = [nbformat.v4.new_code_cell(source) for source in ("lesson.ask('first-test')", "lessen", "1 / 0", "lesson = 1\nlesson")]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    NotebookClient(notebook, timeout=120, allow_errors=True).execute()
    return [cell.outputs[0] for cell in notebook.cells]


def test_the_kit_is_installed_with_what_a_kernel_reads_when_it_starts():
    assert INSTALLED.is_file(), f"{INSTALLED} is missing. Install the kit again: pip install -e ."


def test_a_cell_that_is_run_alone_says_to_run_all(errors):
    assert errors[0].output_type == "error"
    assert errors[0].traceback == [say("why.not_opened")]


def test_another_unknown_name_and_another_mistake_are_told_as_ever(errors):
    assert errors[1].ename == "NameError" and "lessen" in "".join(errors[1].traceback)
    assert errors[2].ename == "ZeroDivisionError" and len(errors[2].traceback) > 1


def test_after_the_first_cell_there_is_nothing_to_say(errors):
    assert errors[3].output_type == "execute_result"


def test_a_release_holds_all_that_an_installation_reads():
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shared = pyproject["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert set(shared) <= set(package_files(ROOT))
