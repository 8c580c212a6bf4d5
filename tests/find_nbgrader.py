"""nbgrader for its tests, in a folder of its own: `python -m tests.find_nbgrader --install`.

Installed beside the lessons it would put panels of its own into every student's JupyterLab, since `make lab` and `make test`
share an environment. What stands in `.venv/nbgrader` no JupyterLab looks at; the tests name it to Python themselves.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(sys.prefix) / "nbgrader"
# What nbgrader needs besides what the lessons do. setuptools no longer comes with Python from 3.12 on.
PACKAGES = ("nbgrader", "alembic", "Mako", "RapidFuzz", "setuptools", "SQLAlchemy")
CURE = "nbgrader is not there to test with. Fetch it: python -m tests.find_nbgrader --install (make test does so by itself)"


def environment() -> dict[str, str] | None:
    """The environment in which a new Python finds nbgrader, or None if there is none."""
    if (FOLDER / "nbgrader" / "api.py").is_file():
        return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(FOLDER), str(ROOT), os.environ.get("PYTHONPATH", ""))))}
    return dict(os.environ) if importlib.util.find_spec("nbgrader") else None


def pins() -> list[str]:
    """The versions of constraints.txt."""
    wanted = {name.lower() for name in PACKAGES}
    return [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line.partition("==")[0].lower() in wanted]


def is_current() -> bool:
    """Whether the folder holds just these versions."""
    held = {path.name.lower().replace("_", "-").removesuffix(".dist-info") for path in FOLDER.glob("*.dist-info")}
    return held == {pin.lower().replace("==", "-") for pin in pins()}


def install() -> int:
    """Put nbgrader into its folder, unless it is there already."""
    if is_current():
        return 0
    print(f"Fetching nbgrader into {FOLDER}")
    # Without its dependencies: the lessons have all others, and a second JupyterLab would be 300 MB.
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--upgrade", "--target", str(FOLDER), *pins()]
    return subprocess.run(command, check=False).returncode


def main(arguments: Sequence[str] | None = None) -> int:
    """Say whether nbgrader is there, or fetch it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true", help="fetch it if it is not there")
    if parser.parse_args(arguments).install:
        return install()
    print(f"nbgrader is in {FOLDER}" if environment() else CURE)
    return 0 if environment() else 1


if __name__ == "__main__":
    sys.exit(main())
