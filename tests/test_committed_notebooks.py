"""The committed notebooks are what a run leaves, and the tool that says so can tell a stale one."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from tests.committed_notebooks import committed_notebooks, complaints, main, rebuild

PRINTS = "import os\nprint('answered', os.path.exists(os.environ['SAYSWHO_ANSWERS']) + 0)"
DISPLAYS = """from IPython.display import display
view = {"application/vnd.jupyter.widget-view+json": {"model_id": os.urandom(4).hex()}, "text/plain": "View('a')"}
display(view, raw=True)"""


def _write_small_notebook(path: Path) -> None:
    """A small notebook as an author leaves it: never run, random ids, widget state."""
    cells = [nbformat.v4.new_markdown_cell("# 1"), *map(nbformat.v4.new_code_cell, (PRINTS, DISPLAYS))]
    written = nbformat.v4.new_notebook(cells=cells, metadata={"widgets": {"state": {}}, "author": "A. Person"})
    nbformat.write(written, path)


@pytest.fixture(scope="module")
def rebuilt_text(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("built") / "small.ipynb"
    _write_small_notebook(path)
    assert rebuild(path)
    return path.read_text("utf-8")


@pytest.fixture
def notebook(tmp_path: Path, rebuilt_text: str) -> Path:
    """A small notebook as `rebuild` leaves it."""
    path = tmp_path / "small.ipynb"
    path.write_text(rebuilt_text, "utf-8")
    return path


# nbval compares the outputs of all notebooks; that a run leaves nothing else behind is looked at in some of each kind.
RUN_AGAIN = [path for path in committed_notebooks() if path.name[:2] in ("01", "05", "07") or path.name in ("lesson_05.ipynb", "class_report.ipynb", "marking_desk.ipynb", "label_card.ipynb")]


@pytest.mark.parametrize("path", RUN_AGAIN, ids=lambda path: path.name)
def test_a_committed_notebook_is_what_a_run_leaves(path):
    assert complaints(path) == []


def test_rebuilding_twice_changes_nothing(notebook):
    assert not rebuild(notebook)
    assert complaints(notebook) == []


def test_a_rebuilt_notebook_holds_outputs_and_nothing_of_one_run(notebook):
    written = json.loads(notebook.read_text("utf-8"))
    assert set(written["metadata"]) == {"kernelspec", "language_info"}
    assert [cell["id"] for cell in written["cells"]] == ["text-01", "code-02", "code-03"]
    assert [cell["execution_count"] for cell in written["cells"][1:]] == [1, 2]
    assert written["cells"][1]["outputs"][0]["text"] == ["answered 0\n"]
    assert written["cells"][2]["outputs"][0]["data"] == {"text/plain": ["View('a')"]}
    assert all(cell["metadata"] == {"deletable": False} for cell in written["cells"]), "one key, x, would cut a question"


def test_a_cell_that_was_never_executed_is_named_with_the_cure(notebook):
    _change(notebook, lambda cell: cell.update(execution_count=None))
    (complaint,) = complaints(notebook)
    assert "'code-02' was never executed" in complaint and "make notebooks" in complaint


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda cell: cell.update(source="import os\nprint('other')"), "has other outputs"),
        (lambda cell: cell["outputs"].clear(), "has other outputs"),
        (lambda cell: cell["metadata"].update(execution={"iopub.status.busy": "now"}), "has other metadata"),
        (lambda cell: cell.update(source="1/0"), "raises ZeroDivisionError"),
    ],
)
def test_a_stale_cell_is_named(notebook, change, words):
    _change(notebook, change)
    assert any(words in complaint for complaint in complaints(notebook))


def test_outputs_that_differ_by_design_are_not_compared_when_tagged(notebook):
    _change(notebook, lambda cell: cell.update(metadata={"deletable": False, "tags": ["nbval-ignore-output"]}, outputs=[]))
    assert complaints(notebook) == []


def test_an_asking_cell_has_the_id_of_its_question(notebook):
    _change(notebook, lambda cell: cell.update(source="lesson = type('L', (), {'ask': print})\nNone"))
    _change(notebook, lambda cell: cell.update(source='lesson.ask("lede-03")'), at=2)
    rebuild(notebook)
    assert json.loads(notebook.read_text("utf-8"))["cells"][2]["id"] == "ask-lede-03"


def test_the_command_says_what_is_stale_and_fails(notebook, capsys):
    _change(notebook, lambda cell: cell.update(execution_count=None))
    assert main(["check", str(notebook)]) == 1
    assert "small.ipynb" in capsys.readouterr().out
    assert main(["rebuild", str(notebook)]) == 0
    assert main(["check", str(notebook)]) == 0


def _change(path: Path, change, at: int = 1) -> None:
    written = json.loads(path.read_text("utf-8"))
    change(written["cells"][at])
    path.write_text(json.dumps(written), "utf-8")
