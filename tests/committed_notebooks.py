"""The notebooks as they stand in the repository: executed, with their outputs, and nothing of one particular run.

`python -m tests.committed_notebooks rebuild` runs them all and writes them back; `check` writes nothing and says which
are stale. A committed notebook holds outputs and execution counts, and no widget state, widget ids, times or answers.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
CURE = "Run `make notebooks`, look at what changed, and commit it"

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WIDGET_KEYS = ("application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json")
OF_ONE_RUN = ("execution", "ExecuteTime", "collapsed", "scrolled", "trusted")
UNCOMPARED = {"nbval-ignore-output", "nbval-skip"}

ASK = re.compile(r"""^lesson\.ask\(\s*["']([a-z0-9-]+)["']""")
RANDOM_ID = re.compile(r"^(?:[0-9a-f]{8}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22})$")


def committed_notebooks(folder: Path = NOTEBOOKS) -> list[Path]:
    """All notebooks of the kit, in the order in which they are taught."""
    return sorted(path for path in folder.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)


def execute(notebook: Any, folder: Path) -> None:
    """Run a notebook in place, in its own folder, as a learner who has answered nothing yet."""
    with tempfile.TemporaryDirectory() as clean:
        environment = {**os.environ, "SAYSWHO_ANSWERS": f"{clean}/answers", "IPYTHONDIR": f"{clean}/ipython"}
        client = NotebookClient(
            notebook,
            kernel_name=KERNEL["name"],
            resources={"metadata": {"path": str(folder)}},
            timeout=120,
            store_widget_state=False,
            coalesce_streams=True,
        )
        client.execute(env=environment)


def tidy(notebook: Any) -> None:
    """Take out of a notebook, in place, all that belongs to one run, one person or one program."""
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    taken = {cell.get("id") for cell in notebook.cells}
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = _stable_id(cell, number, taken)
        # One key, x, cuts a cell that has the focus: nobody should lose a question, least of all one that counts, by typing.
        cell.metadata["deletable"] = False
        for name in OF_ONE_RUN:
            cell.metadata.pop(name, None)
        for output in cell.get("outputs", ()):
            _tidy_output(output)


def _stable_id(cell: Any, number: int, taken: set[str]) -> str:
    """`ask-lede-03` for the cell that asks it; else the author's own id, or a plain one instead of a random one."""
    asks = ASK.match(cell.source) if cell.cell_type == "code" else None
    if asks:
        return f"ask-{asks.group(1)}"
    if cell.get("id") and not RANDOM_ID.match(cell.id):
        return cell.id
    kind = "code" if cell.cell_type == "code" else "text"
    while f"{kind}-{number:02}" in taken:
        number += 1
    taken.add(f"{kind}-{number:02}")
    return f"{kind}-{number:02}"


def _tidy_output(output: Any) -> None:
    for key in WIDGET_KEYS:
        output.get("data", {}).pop(key, None)
    if "metadata" in output:
        output.metadata = nbformat.from_dict({})


def rebuilt(path: Path) -> str:
    """The text that the notebook's file should have. A cell that raises makes this raise `CellExecutionError`."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    execute(notebook, path.parent)
    tidy(notebook)
    return nbformat.writes(notebook, version=4).rstrip("\n") + "\n"


def rebuild(path: Path) -> bool:
    """Run a notebook and write it back. True if that changed its file."""
    text = rebuilt(path)
    if text == path.read_text("utf-8"):
        return False
    path.write_text(text, "utf-8", newline="\n")
    return True


def complaints(path: Path) -> list[str]:
    """What is stale in a committed notebook, one sentence each: where, what, and the cure."""
    name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    committed = json.loads(path.read_text("utf-8"))
    found = [
        f"{name}: the cell {cell.get('id', number)!r} was never executed. {CURE}."
        for number, cell in enumerate(committed["cells"], start=1)
        if cell["cell_type"] == "code" and cell["execution_count"] is None
    ]
    if found:
        return found
    try:
        fresh = json.loads(rebuilt(path))
    except CellExecutionError as error:
        return [f"{name}: a cell raises {error.ename}: {error.evalue}. Mend the cell, then run `make notebooks`."]
    return [f"{name}: {what}. {CURE}." for what in differences(committed, fresh)]


def differences(committed: dict, fresh: dict) -> Iterable[str]:
    """Where a committed notebook differs from the same one run again."""
    for key in ("metadata", "nbformat", "nbformat_minor"):
        if committed.get(key) != fresh[key]:
            yield f"its {key} is not what `make notebooks` writes"
    for old, new in zip(committed["cells"], fresh["cells"], strict=True):
        skip = {"outputs"} if UNCOMPARED & set(new["metadata"].get("tags", ())) else set()
        changed = [key for key in sorted(set(old) | set(new)) if key not in skip and old.get(key) != new.get(key)]
        if changed:
            yield f"the cell {new['id']!r} has other {' and '.join(changed)} when it runs now"


def main(arguments: list[str]) -> int:
    """`rebuild` or `check` all notebooks, or those that are named after it."""
    if not arguments or arguments[0] not in ("rebuild", "check"):
        print("Say `rebuild` or `check`, and perhaps which notebooks.", file=sys.stderr)
        return 2
    paths = [Path(name).resolve() for name in arguments[1:]] or committed_notebooks()
    if arguments[0] == "rebuild":
        for path in paths:
            print(f"{path.name}: {'written again' if rebuild(path) else 'unchanged'}", flush=True)
        return 0
    found = [complaint for path in paths for complaint in complaints(path)]
    print("\n".join(found) or f"{len(paths)} notebooks are as a run leaves them.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
