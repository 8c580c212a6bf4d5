"""A real JupyterLab, which serves Notebook 7 as well, for tests: its own home, its own folder, no password.

Each test works in a `Desk`: a folder under the server's root with a notebook in it, and `answers/` beside that as for a
student. A `Tab` is one page of a browser that has the desk's notebook open.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import nbformat
import psutil
from playwright.sync_api import Locator, Page, expect

PATIENCE = 60
NUMBER = count(1)
LAB_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}


def wait_until(true: Callable[[], Any], what: str, *, patience: float = PATIENCE) -> Any:
    """Ask again and again until something is true, and return it; fail by saying what did not happen."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {patience} s in vain: {what}")


def free_port() -> int:
    """A port that nobody listens at just now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@dataclass
class LabServer:
    """A running server: `url`, the folder it serves, and the process."""

    url: str
    root: Path
    process: subprocess.Popen

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One call of the server's own interface; its answer as JSON, None if there is none."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}{path}", data=data, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def shut_down_kernels(self) -> None:
        """End every kernel of the server in an orderly way."""
        for session in self.call("GET", "/api/sessions"):
            self.call("DELETE", f"/api/sessions/{session['id']}")

    def set_theme(self, name: str) -> None:
        """Let pages that are opened from now on be drawn in "JupyterLab Light" or "JupyterLab Dark"."""
        raw = json.dumps({"theme": name})
        self.call("PUT", "/lab/api/settings/@jupyterlab/apputils-extension:themes", {"raw": raw})


@contextmanager
def running_server(folder: Path) -> Iterator[LabServer]:
    """A server that lives as long as the block: its home and its root are made in `folder`."""
    home, root = folder / "home", folder / "root"
    for made in (home, root, home / "settings"):
        made.mkdir(parents=True)
    (home / "settings" / "overrides.json").write_text(json.dumps(LAB_SETTINGS), "utf-8")
    environment = _environment(home)
    with open(folder / "server.log", "wb") as log:
        process = subprocess.Popen(_command(free_port(), root, home), env=environment, cwd=root, stdout=log, stderr=log)
    about = Path(environment["JUPYTER_RUNTIME_DIR"]) / f"jpserver-{process.pid}.json"
    try:
        wait_until(lambda: _is_up(process, about, folder / "server.log"), "JupyterLab answers", patience=120)
        yield LabServer(f"http://127.0.0.1:{json.loads(about.read_text('utf-8'))['port']}", root, process)
    finally:
        _end(process)


def _environment(home: Path) -> dict[str, str]:
    mine = ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "IPYTHONDIR")
    jupyters = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "SAYSWHO_", "JPY_"))}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    places = {name: str(home) for name in mine} | {name: str(home / name.lower()) for name in jupyters}
    return kept | places | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def _command(port: int, root: Path, home: Path) -> list[str]:
    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", *as_root),
        *(f"--ServerApp.port={port}", "--ServerApp.port_retries=50", f"--ServerApp.root_dir={root}"),
        *("--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True"),
        *("--LabApp.expose_app_in_browser=True", "--JupyterNotebookApp.expose_app_in_browser=True"),
        f"--LabApp.app_settings_dir={home / 'settings'}",
    ]


def _is_up(process: subprocess.Popen, about: Path, log: Path) -> bool:
    """Whether the server has written down where it listens; another port than asked for, if that was taken meanwhile."""
    if process.poll() is not None:
        raise AssertionError(f"JupyterLab ended: {log.read_text('utf-8')[-2000:]}")
    return about.is_file() and about.stat().st_size > 0


def _end(process: subprocess.Popen) -> None:
    """End a server and the kernels it started, and nothing else."""
    try:
        started = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        started = []
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
    for child in started:
        try:
            child.kill()
        except psutil.NoSuchProcess:
            pass


@dataclass
class Desk:
    """A folder with one notebook in it, as a student has it: answers are written beside the notebook."""

    server: LabServer
    folder: Path
    notebook: str

    @property
    def file(self) -> Path:
        """The notebook's file."""
        return self.folder / self.notebook

    @property
    def answers(self) -> Path:
        """The folder that the lesson keeps answers in."""
        return self.folder / "answers"

    def lines(self) -> list[dict[str, Any]]:
        """Every whole line of every journal here, in no certain order."""
        found = []
        for journal in self.answers.glob("*/*.jsonl"):
            for line in journal.read_bytes().split(b"\n"):
                try:
                    found.append(json.loads(line))
                except ValueError:
                    continue
        return found

    def values(self, item: str) -> list[Any]:
        """All answers to an item that are on the disk, oldest first."""
        return [line["value"] for line in sorted(self.lines(), key=lambda line: line["at"]) if line["item"] == item]

    def session(self) -> dict[str, Any] | None:
        """The server's session of this notebook, if it has one."""
        path = self.file.relative_to(self.server.root).as_posix()
        return next((one for one in self.server.call("GET", "/api/sessions") if one["path"] == path), None)

    def kernel(self) -> psutil.Process:
        """The process of this notebook's kernel."""
        name = f"kernel-{self.session()['kernel']['id']}.json"
        children = psutil.Process(self.server.process.pid).children(recursive=True)
        return next(child for child in children if any(name in part for part in child.cmdline()))

    def shut_down_kernel(self) -> None:
        """End this notebook's kernel in an orderly way; the notebook has none then."""
        session = self.session()
        if session:
            try:
                self.server.call("DELETE", f"/api/sessions/{session['id']}")
            except urllib.error.HTTPError:
                # A kernel that has just ended by itself: the server notices it while it deletes, and then forgets the session.
                wait_until(lambda: not self.session(), "the session of a kernel that has ended is forgotten")


@dataclass
class Tab:
    """One page with a desk's notebook open, in JupyterLab ("lab") or Notebook 7 ("notebook")."""

    page: Page
    desk: Desk
    app: str = "lab"
    workspace: str = field(default_factory=lambda: f"test-{next(NUMBER)}")

    def open(self) -> Tab:
        """Load the notebook and wait for its cells and its kernel."""
        path = self.desk.file.relative_to(self.desk.server.root).as_posix()
        place = f"lab/workspaces/{self.workspace}/tree" if self.app == "lab" else "notebooks"
        self.page.goto(f"{self.desk.server.url}/{place}/{path}")
        return self.ready()

    def reload(self) -> Tab:
        """Load the page again, as F5 does."""
        self.page.reload()
        return self.ready()

    def ready(self) -> Tab:
        """Wait until the notebook is drawn and its kernel, if it has one, can take work."""
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=PATIENCE * 1000)
        self.page.wait_for_function("() => window.jupyterapp?.shell.currentWidget?.sessionContext", timeout=PATIENCE * 1000)
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.ready")
        return self

    def run(self, command: str, arguments: dict | None = None) -> Any:
        """Execute a command of Jupyter's own, as its menus do, and wait until it is done."""
        return self.page.evaluate(
            "async ([command, args]) => { await window.jupyterapp.commands.execute(command, args) }", [command, arguments or {}]
        )

    def run_all(self) -> Tab:
        """Run ▸ Run All Cells, until every cell has run."""
        self.run("notebook:run-all-cells")
        return self

    def save(self) -> None:
        """Save the notebook to its file."""
        self.run("docmanager:save")

    def restart_kernel(self) -> None:
        """Kernel ▸ Restart Kernel…, and yes."""
        self.page.evaluate("() => { window.jupyterapp.commands.execute('kernelmenu:restart') }")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.page.wait_for_selector(".jp-Dialog", state="detached")
        self.page.wait_for_function("() => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'")

    def question(self, item: str, copy: int = 0) -> Question:
        """One live question on the page, by its item; `copy` counts when it stands there more than once."""
        return Question(self, self.page.locator(f'.sw[data-item="{item}"]').nth(copy))

    def cell(self, number: int) -> Locator:
        """A cell of the notebook, counted from 0."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(number)

    def choose_cell(self, number: int) -> None:
        """Make a cell the one that commands act on."""
        self.page.evaluate("(n) => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = n }", number)

    def waiting(self) -> dict[str, dict]:
        """What waits in this browser: every letter of the kit's outbox, by its name in localStorage."""
        stored = self.page.evaluate("() => Object.entries(localStorage).filter(([name]) => name.startsWith('sayswho:'))")
        return {name: json.loads(text) for name, text in stored}


@dataclass
class Question:
    """One question that stands live on a page."""

    tab: Tab
    root: Locator

    def choose(self, option: str) -> Question:
        """Choose an option by its id, as a click on its words does."""
        self.root.locator(f'label:has(input[value="{option}"])').first.click()
        return self

    def check(self) -> Question:
        """Press Check."""
        self.root.locator(".sw-check").click()
        return self

    def expect_state(self, state: str, *, patience: float = 20) -> Question:
        """Wait for one of the states an answer can be in: unanswered, saving, saved, browser, page."""
        expect(self.root.locator(".sw-state")).to_have_attribute("data-state", state, timeout=patience * 1000)
        return self

    def expect_chosen(self, *options: str) -> Question:
        """Wait until just these options are chosen."""
        for option in options:
            expect(self.root.locator(f'input[value="{option}"]')).to_be_checked()
        expect(self.root.locator("input:checked")).to_have_count(len(options))
        return self

    @property
    def notice(self) -> str:
        """The reason and the cure beside an answer that is not saved."""
        return self.root.locator(".sw-notice").inner_text()


def write_notebook(file: Path, *cells: str) -> None:
    """A notebook that was never run. A cell that starts with `#` is text."""
    made = [nbformat.v4.new_markdown_cell(c) if c.startswith("# ") else nbformat.v4.new_code_cell(c) for c in cells]
    metadata = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=made, metadata=metadata), file)


def new_desk(server: LabServer, source: Path | None = None, *cells: str) -> Desk:
    """A desk with a copy of a notebook of the kit, or with a notebook made of `cells`."""
    folder = server.root / f"desk-{next(NUMBER)}"
    folder.mkdir()
    if source:
        shutil.copy(source, folder)
        return Desk(server, folder, source.name)
    write_notebook(folder / "lesson.ipynb", *cells)
    return Desk(server, folder, "lesson.ipynb")
