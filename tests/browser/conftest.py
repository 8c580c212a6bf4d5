"""What the browser tests share: one browser, one JupyterLab, and pages in every look a student may have."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.find_browser import find_browser
from tests.browser.lab_server import Desk, LabServer, Tab, new_desk, running_server
from tests.browser.page.serve import start
from tests.browser.plain_page import Plain
from tests.small_content import write_small_content

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 720}},
    "forced": {"forced_colors": "active"},
    "still": {"reduced_motion": "reduce"},
}
ASKS = ("fence-pick", "fence-label")
PATIENCE = 20_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder that opens a browser is marked `browser`."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium, Chrome or Edge for the whole run. None to be had is a failure that says the cure."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make a browser profile with a look of `LOOKS`; nothing of it stays after the test."""
    made: list[BrowserContext] = []

    def make(look: str = "light", **options) -> BrowserContext:
        made.append(browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **LOOKS[look], **options}))
        made[-1].set_default_timeout(PATIENCE)
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture
def page(new_context) -> Page:
    """An empty page in the light look."""
    return new_context().new_page()


@pytest.fixture
def shot(request) -> Callable[..., None]:
    """Keep a picture of a page in the folder that SAYSWHO_SHOTS names; do nothing when it names none."""

    def take(page, name: str, **options) -> None:
        folder = os.environ.get("SAYSWHO_SHOTS")
        if folder:
            page.screenshot(path=Path(folder) / f"{request.node.path.stem}-{name}.png", **options)

    return take


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory) -> Iterator[LabServer]:
    """One JupyterLab for the whole run."""
    with running_server(tmp_path_factory.mktemp("lab")) as server:
        write_small_content(server.root / "data")
        yield server


@pytest.fixture
def desk(lab_server: LabServer) -> Iterator[Desk]:
    """A folder with a small lesson of invented questions, never run; its kernel ends with the test."""
    opens = 'from course import open_lesson\nlesson = open_lesson("01_fences", data="../data")'
    asks = [f'lesson.ask("{name}")' for name in ASKS]
    made = new_desk(lab_server, None, "# Fences", opens, *asks, "lesson.progress()", "lesson.hand_in()")
    yield made
    made.shut_down_kernel()


@pytest.fixture
def new_desks(lab_server: LabServer) -> Iterator[Callable[..., Desk]]:
    """Make more desks; their kernels end with the test."""
    made: list[Desk] = []

    def make(source: Path | None = None, *cells: str) -> Desk:
        made.append(new_desk(lab_server, source, *cells))
        return made[-1]

    yield make
    for one in made:
        one.shut_down_kernel()


@pytest.fixture
def tab(page: Page, desk: Desk) -> Tab:
    """The small lesson, open in JupyterLab and run."""
    return Tab(page, desk).open().run_all()


@pytest.fixture(scope="session")
def plain_address() -> Iterator[str]:
    """Where the plain test page is served: a question without a notebook."""
    server = start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def plain(new_context, plain_address) -> Callable[..., Plain]:
    """Draw a case of the plain page: `plain("mark", "narrow", theme="dark")`."""

    def draw(case: str, look: str = "light", theme: str = "", **options) -> Plain:
        return Plain(new_context(look, **options).new_page(), plain_address, case, theme)

    return draw
