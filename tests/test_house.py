"""The house rules that a look at the tree can check: two commands, one set of dependencies, nothing of one machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"notebooks", "course", "data", "tests", ".ci"}
HOSTS = re.compile("|".join(("pypi" + r"\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs", "deb" + r"\.debian")))
MACHINE = re.compile(r"(?<![\w.])/" + "(?:work|farm|root)/")
MOST_LINES, MOST_FUNCTION_LINES = 400, 50


def tracked_files() -> list[Path]:
    """The files that are in the repository; outside git, all files there are."""
    command = ["git", "ls-files"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


def text_of(path: Path) -> str:
    """The text of a file, or nothing if it is no text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def section(name: str) -> dict:
    """One section of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))[name]


def package_name(requirement: str) -> str:
    """`jupyterlab>=4.4` is a requirement of `jupyterlab`."""
    return re.match(r"[\w.-]+", requirement).group().lower()


def test_the_readme_shows_both_commands():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert readme.index("make lab") < readme.index("make test")


def test_ci_runs_what_everybody_runs():
    script = ROOT / ".ci" / "run"
    assert "make test" in script.read_text("utf-8")
    assert "set -eu" in script.read_text("utf-8")
    assert sys.platform == "win32" or script.stat().st_mode & 0o111, ".ci/run is not executable: chmod +x .ci/run"


def test_only_the_folders_of_the_design_stand_at_the_top():
    tops = {path.relative_to(ROOT).parts[0] for path in tracked_files() if path.parent != ROOT}
    assert tops <= FOLDERS, "a new top-level folder: put its files where the design has them"


def test_no_file_names_a_registry_or_a_path_of_one_machine():
    texts = {path.relative_to(ROOT): text_of(path) for path in tracked_files() if path.stat().st_size < 3_000_000}
    assert [f"{name}: {found.group()}" for name, text in texts.items() if (found := HOSTS.search(text))] == []
    assert [f"{name}: {found.group()}" for name, text in texts.items() if (found := MACHINE.search(text))] == []


PYTHON_FILES = [path for path in tracked_files() if path.suffix == ".py"]


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_and_its_functions_are_short_enough_to_read(path):
    text = path.read_text("utf-8")
    assert text.count("\n") <= MOST_LINES, f"{path.name} has more than {MOST_LINES} lines: split it by what it is about"
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    long = [f"{path.name}:{f.lineno} {f.name}" for f in functions if f.end_lineno - f.lineno >= MOST_FUNCTION_LINES]
    assert long == [], f"functions of more than {MOST_FUNCTION_LINES} lines"


def test_python_files_hold_no_code_in_comments():
    code = re.compile(r"^\s*#\s*(?:import \w+|from \w+ import|def \w+\(|return |print\(|[\w.]+ = .*[\[({)\]]$)")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in PYTHON_FILES
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if code.match(line)
    ]
    assert found == []


def test_environment_yml_is_in_step_with_pyproject():
    lines = (ROOT / "environment.yml").read_text("utf-8").splitlines()
    entries = [line.strip()[2:] for line in lines if line.strip().startswith("- ")]
    assert "python=3.12" in entries, "Binder reads only `python=3.x`, with one equals sign"
    assert entries[-2:] == ["pip:", "-e .[lab]"]
    conda = [entry for entry in entries if entry[0].isalpha() and entry not in ("pip", "pip:", "python=3.12")]
    extras = section("project")["optional-dependencies"]
    assert {"jupyterlab", "ipywidgets", "nbval", "pandas"} <= {package_name(entry) for entry in conda}
    assert set(conda) <= {*extras["lab"], *extras["test"]}, "environment.yml asks for another version than pyproject.toml"


def test_every_dependency_is_pinned():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    project = section("project")
    wanted = [*project["dependencies"], *sum(project["optional-dependencies"].values(), [])]
    assert {package_name(name) for name in wanted} <= {package_name(pin) for pin in pins}


def test_the_core_needs_three_packages():
    assert {package_name(name) for name in section("project")["dependencies"]} == {"anywidget", "cattrs", "ipywidgets"}


def test_a_wheel_carries_practice_keys_only(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.startswith("course/data/keys/practice/") for name in names)
    assert any(name.startswith("course/data/items/") for name in names)
    assert "course/widgets/js/view.js" in names
    assert [name for name in names if "graded" in name or name.startswith("course/data/norming") or "example_class" in name or "class.toml" in name] == []
    stem = wheel.name.rsplit("-", 3)[0]
    assert [name for name in names if name.startswith(f"{stem}.data/")] == [f"{stem}.data/data/etc/ipython/ipython_config.json"]
    assert {name.partition("/")[0] for name in names} == {"course", f"{stem}.dist-info", f"{stem}.data"}


def test_the_article_is_left_out_of_the_licence():
    words = (ROOT / "LICENSE-TEXT").read_text("utf-8")
    assert "data/texts/article/ is NOT covered" in words
    assert "MIT License" in (ROOT / "LICENSE").read_text("utf-8")


@pytest.mark.parametrize("package", ["classroom", "classroom/collecting", "classroom/challenges", "classroom/regrade", "classroom/results", "desk"])
def test_the_docstring_of_a_large_package_names_all_that_is_in_it(package):
    folder = ROOT / "course" / package
    named = set(re.findall(r"`(\w+)`", ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))))
    there = {path.stem for path in folder.iterdir() if path.name != "__init__.py" and (path.suffix == ".py" or (path / "__init__.py").is_file())}
    assert there <= named
