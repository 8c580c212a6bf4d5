"""A browser to test with: one that is installed, else playwright's own, else the system's package.

`python -m tests.browser.find_browser` prints the one that the tests will use. With `--install` it may also fetch one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/snap/bin/chromium",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
)
CURE = (
    "No browser was found to test with. Install Chromium, Google Chrome or Microsoft Edge"
    " (on Debian or Ubuntu: sudo apt install chromium), or name one: SAYSWHO_BROWSER=/path/to/chrome make test"
)


class NoBrowser(Exception):
    """No browser can be had here. The message says what to do."""


def installed_browser() -> Path | None:
    """A Chromium, Chrome or Edge of this computer, the one named in SAYSWHO_BROWSER first."""
    named = os.environ.get("SAYSWHO_BROWSER")
    if named:
        if not Path(named).is_file():
            raise NoBrowser(f"SAYSWHO_BROWSER names {named}, and no file is there. Correct it, or unset it.")
        return Path(named)
    on_path = (shutil.which(name) for name in NAMES)
    known = (os.path.expanduser(os.path.expandvars(place)) for place in PLACES)
    found = (Path(name) for name in (*on_path, *known) if name)
    return next((path for path in found if path.is_file()), None)


def playwrights_browser() -> Path | None:
    """The Chromium that playwright has downloaded, if it has."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


def download_playwrights_browser() -> None:
    """Let playwright fetch its Chromium. No network is no error here: the next way is tried."""
    print("Downloading a Chromium for the tests", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(command, timeout=300, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        print("The download did not finish in five minutes", flush=True)


def install_systems_browser() -> None:
    """Install the system's chromium package, where this user may: Debian and Ubuntu, as root."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print("Installing the system's chromium package", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "-y", "chromium"]):
        subprocess.run(command, timeout=600, check=False, env=environment, stdout=subprocess.DEVNULL)


def find_browser(*, may_install: bool = False) -> Path:
    """The browser to test with. Raises `NoBrowser`, whose message gives the cure, when there is none."""
    found = installed_browser() or playwrights_browser()
    if found or not may_install:
        return found or _give_up()
    download_playwrights_browser()
    found = playwrights_browser()
    if found:
        return found
    install_systems_browser()
    return installed_browser() or _give_up()


def _give_up() -> Path:
    raise NoBrowser(CURE)


def main() -> int:
    """Print the browser that the tests will use, or the cure."""
    try:
        print(f"The browser: {find_browser(may_install='--install' in sys.argv[1:])}")
    except NoBrowser as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
