"""Who may import whom. The table is the design; a change of it is a change of the design.

data → content → items → widgets → responses → scoring → measures → reports; `lesson` ties the line together for a
student, `classroom` for an instructor. The student's side also runs where only pure-Python wheels exist.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COURSE = ROOT / "course"


@dataclass(frozen=True)
class Layer:
    """What a module may import: `ours` of the package, `others` of the world, `inside` only inside functions.

    A name covers what lies under it: `IPython.display` allows that and not all of IPython.
    """

    ours: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    files: bool = True


NOUNS = ("items", "spelling")
WORDS = (*NOUNS, "messages")
SCORES = (*WORDS, "scoring", "measures", "feedback")
STORES = (*WORDS, "content", "responses", "owner", "handin")
TABLES = ("pandas", "matplotlib", "tqdm", "textstat")
DRAWS = ("anywidget", "ipywidgets", "traitlets", "IPython.display")
INSTRUCTORS = (*SCORES, *STORES, "slots", "roster", "widgets", "reports", "exports", "desk", "projector")

LAYERS = {
    "__init__": Layer(inside=("course.lesson", "course.classroom")),
    "items": Layer(files=False),
    "spelling": Layer(files=False),
    "messages": Layer(NOUNS, files=False),
    "scoring": Layer(NOUNS, files=False),
    "measures": Layer(NOUNS, files=False),
    "feedback": Layer((*WORDS, "scoring"), files=False),
    "kernel": Layer(inside=("course.messages",), files=False),
    "headers": Layer(files=False),
    "content": Layer(WORDS, ("cattrs",)),
    "responses": Layer(WORDS, ("cattrs",)),
    "owner": Layer((*WORDS, "responses")),
    "handin": Layer((*WORDS, "responses"), ("cattrs",)),
    "roster": Layer((*WORDS, "content", "headers"), files=True),
    "slots": Layer((*WORDS, "responses"), files=False),
    "course_map": Layer((*SCORES, *STORES, "slots")),
    "widgets": Layer(WORDS, DRAWS),
    "reports": Layer((*SCORES, "responses"), inside=TABLES),
    "exports": Layer((*SCORES, "responses", "headers", "roster", "reports", "handin"), inside=(*TABLES, "nbgrader")),
    "lesson": Layer((*SCORES, *STORES, "slots", "course_map", "widgets"), ("IPython",)),
    "desk": Layer((*WORDS, "measures", "content", "handin", "reports", "widgets"), ("anywidget", "traitlets", "IPython.display")),
    "projector": Layer((*WORDS, "widgets"), ("anywidget", "traitlets", "IPython.display")),
    **{
        name: Layer((*INSTRUCTORS, "classroom", "check", "release", "packs", "paper", "simulate"), inside=TABLES)
        for name in ("classroom", "check", "release", "packs", "paper", "simulate")
    },
    "cli": Layer((*WORDS, "classroom", "check", "release", "packs", "paper", "simulate", "exports")),
}
OPENS_FILES = ("io", "os", "pathlib", "shutil", "tempfile", "socket", "urllib.request")


@dataclass(frozen=True)
class Import:
    """One import as it is written, with where it stands."""

    name: str
    line: int
    inside: bool


def imports_of(source: str) -> Iterator[Import]:
    """Every import of a module, those inside functions too."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    within = {id(node) for function in functions for node in ast.walk(function)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = "course" if node.level else node.module
            names = [f"{base}.{alias.name}" for alias in node.names] if base in ("course", "IPython") else [node.module]
        else:
            continue
        yield from (Import(name, node.lineno, id(node) in within) for name in names)


def layer_of(path: Path) -> str:
    """`course/widgets/view.py` belongs to `widgets`, `course/items.py` to `items`."""
    return path.relative_to(COURSE).parts[0].removesuffix(".py")


def complaints_about(source: str, layer: str, name: str) -> list[str]:
    """What a module imports that its layer may not: file, line and module."""
    rule = LAYERS[layer]
    found = []
    for imported in imports_of(source):
        reason = _why_not(imported, layer, rule)
        if reason:
            found.append(f"{name}:{imported.line} imports {imported.name}: {reason}")
    return found


def _why_not(imported: Import, layer: str, rule: Layer) -> str:
    top = imported.name.partition(".")[0]
    if top == "course":
        ours = imported.name.split(".")[1:2] or ["course itself"]
        permitted = ours[0] in (layer, "__version__", *rule.ours) or _covers(rule.inside, imported.name)
        return "" if permitted else f"{layer} may import only {', '.join(rule.ours) or 'nothing'} of the package"
    if top in sys.stdlib_module_names:
        return f"{layer} opens no file" if not rule.files and _covers(OPENS_FILES, imported.name) else ""
    if _covers(rule.others, imported.name):
        return ""
    if _covers(rule.inside, imported.name):
        return "" if imported.inside else "only inside a function, so that the rest works without it"
    return f"{layer} may not"


def _covers(allowed: tuple[str, ...], name: str) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in allowed)


MODULES = sorted(COURSE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(COURSE)))
def test_a_module_imports_only_what_its_layer_may(path):
    name = str(path.relative_to(ROOT))
    assert layer_of(path) in LAYERS, f"{name}: the table of layers does not know {layer_of(path)!r}. Add it, with its reason"
    assert complaints_about(path.read_text("utf-8"), layer_of(path), name) == []


@pytest.mark.parametrize(
    ("layer", "source", "complaint"),
    [
        ("scoring", "import pandas", "imports pandas: scoring may not"),
        ("scoring", "from pathlib import Path", "scoring opens no file"),
        ("scoring", "def f():\n    from course import content", "imports course.content"),
        ("items", "from course.messages import say", "imports course.messages"),
        ("widgets", "from course.content import load_keys", "imports course.content"),
        ("widgets", "from IPython import get_ipython", "imports IPython.get_ipython"),
        ("reports", "import pandas", "only inside a function"),
        ("lesson", "def f():\n    import pandas", "imports pandas: lesson may not"),
        ("lesson", "from course.reports import page", "imports course.reports"),
        ("classroom", "from course import lesson", "imports course.lesson"),
        ("cli", "from course.scoring import score_item", "imports course.scoring"),
    ],
)
def test_a_forbidden_import_is_named_with_its_file(layer, source, complaint):
    found = complaints_about(source, layer, f"course/{layer}.py")
    assert len(found) == 1 and complaint in found[0] and found[0].startswith(f"course/{layer}.py:")


@pytest.mark.parametrize(
    ("layer", "source"),
    [
        ("reports", "def f():\n    import pandas as pd\n    import matplotlib.pyplot"),
        ("widgets", "import anywidget\nfrom IPython.display import display\nfrom course.items import Item"),
        ("content", "import tomllib\nimport cattrs\nfrom course.content.files import short"),
        ("lesson", "from course import __version__"),
    ],
)
def test_a_permitted_import_is_no_complaint(layer, source):
    assert complaints_about(source, layer, "x.py") == []


def run_python(source: str, folder: Path) -> str:
    """What a fresh Python prints for `source` in an empty folder."""
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{source}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def module_name(path: Path) -> str:
    """The dotted name of a file of the package."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_importing_does_nothing(tmp_path):
    names = [module_name(path) for path in MODULES if path.name != "__main__.py"]
    source = f"""
import importlib, os, threading
import anywidget, cattrs, ipywidgets
before = (dict(os.environ), list(sys.path), threading.active_count())
for name in {names!r}:
    importlib.import_module(name)
assert (dict(os.environ), list(sys.path), threading.active_count()) == before
"""
    assert run_python(source, tmp_path) == "", "an import printed something"
    assert list(tmp_path.iterdir()) == [], "an import wrote a file"


LOADED = """
import json
def compiled():
    files = {name: getattr(module, "__file__", None) or "" for name, module in list(sys.modules.items())}
    return {name.partition(".")[0] for name, file in files.items() if file.endswith((".so", ".pyd")) and "site-packages" in file}
import anywidget, cattrs, ipywidgets
before, names = compiled(), set(sys.modules)
import course
course.open_lesson
new = {name.partition(".")[0] for name in set(sys.modules) - names}
print(json.dumps([sorted(compiled() - before), sorted(new - set(sys.stdlib_module_names) - {"course"})]))
"""


def test_the_students_side_loads_no_compiled_package_and_nothing_of_the_instructors(tmp_path):
    compiled, packages = json.loads(run_python(LOADED, tmp_path))
    assert compiled == []
    assert packages == [], "`from course import open_lesson` loads more than ipywidgets, anywidget and cattrs"
    loaded = json.loads(run_python("import course, json; course.open_lesson; print(json.dumps(sorted(sys.modules)))", tmp_path))
    assert not {"course.classroom", "course.reports", "course.cli", "nbformat"} & set(loaded)


def test_importing_the_package_alone_loads_nothing_of_it(tmp_path):
    source = "import course; print(sorted(name for name in sys.modules if name.startswith('course.')))"
    assert run_python(source, tmp_path) == "[]\n"
