"""What a student waits for, in a real JupyterLab and a real browser: beside stock widgets and bare messages in the same run."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.figures import Figure, print_table
from tests.browser.conftest import FLAGS
from tests.browser.find_browser import find_browser
from tests.browser.lab_server import LabServer, Tab, new_desk, running_server
from tests.small_content import write_small_content

CLICKS = 100
BREATH = 120  # milliseconds between one click and the next, so that none waits for what the last one set off
ROUNDS = 7
QUESTIONS = 20
CHOICE = 'label:has(input[value="{}"])'
OURS = '.sw[data-item="fence-pick"]'

OPEN = 'from course import open_lesson\nlesson = open_lesson("01_fences", data="../data")'
STOCK = """import ipywidgets as w
from IPython.display import display
def quiz(number):
    radio, told = w.RadioButtons(options=["f1", "f2", "f3"], value=None), w.Label("")
    radio.observe(lambda change: setattr(told, "value", f"You chose {change.new}"), names="value")
    return w.VBox([w.HTML(f"<b>Which clause judges? ({number})</b>"), radio, w.Button(description="Check"), told])"""
BARE = """import anywidget, os
class Bare(anywidget.AnyWidget):
    _esm = '''export default { render({ model, el }) {
      const button = document.createElement("button"); button.className = "bare"; button.textContent = "send";
      model.on("msg:custom", (message) => { button.dataset.state = "saved"; });
      button.onclick = () => { button.dataset.state = "saving"; model.send({ kind: "response", value: ["f3"], id: crypto.randomUUID() }); };
      el.append(button); } };'''
def keep(widget, message, buffers):
    with open("bare.jsonl", "ab", buffering=0) as file:
        file.write(b"x" * 200 + b"\\n"); os.fsync(file.fileno())
    widget.send({"kind": "receipt"})
bare = Bare(); bare.on_msg(keep); bare"""

BARE_BOX = """() => { const box = document.createElement("input"); box.type = "checkbox"; box.id = "bare-box";
  document.querySelector(".bare").after(box); }"""

# Click an element and wait until a condition on the page holds and the frame that shows it has been painted.
CLICK_TO_PAINT = """([press, done]) => new Promise((told) => {
  const target = document.querySelector(press), holds = new Function("return " + done);
  const painted = (start) => requestAnimationFrame(() => { const channel = new MessageChannel();
    channel.port1.onmessage = () => told(performance.now() - start); channel.port2.postMessage(0); });
  const start = performance.now();
  target.click();
  if (holds()) return painted(start);
  const watch = new MutationObserver(() => { if (holds()) { watch.disconnect(); painted(start); } });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
})"""
RUN_TO_SHOWN = """([selector, count]) => new Promise((told) => {
  const start = performance.now();
  const look = () => document.querySelectorAll(selector).length >= count ? told(performance.now() - start) : requestAnimationFrame(look);
  window.jupyterapp.commands.execute("notebook:run-all-cells");
  look();
})"""


def figures() -> Iterator[Figure]:
    """The rows of a lesson's waiting times."""
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder)) as server, opened_page() as new_page:
        write_small_content(server.root / "data")
        yield from clicks(Tab(new_page(), new_desk(server, None, OPEN, 'lesson.ask("fence-pick")', STOCK, "quiz(1)", BARE)))
        yield opening(server, new_page)


@contextmanager
def opened_page() -> Iterator[Callable[[], Page]]:
    """A browser, and a way to open pages in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield lambda: browser.new_page(viewport={"width": 1280, "height": 900})
        browser.close()


def clicks(tab: Tab) -> Iterator[Figure]:
    """Choosing, checking and saving, each in turns with what it is compared with."""
    tab.open().run_all()
    tab.question("fence-pick").expect_state("unanswered")
    tab.page.wait_for_selector(".bare")
    tab.page.evaluate(BARE_BOX)
    chosen, floor, saved, bare, checked, stock = [], [], [], [], [], []
    for number in range(CLICKS):
        option = ("f1", "f3")[number % 2]
        chosen.append(choose(tab, option, f'document.querySelector(\'{OURS} input[value="{option}"]\').checked'))
        tab.question("fence-pick").expect_state("saved")
        floor.append(timed(tab, "#bare-box", "true"))
        saved.append(choose(tab, "f2", state_is(f"{OURS} .sw-state")))
        bare.append(timed(tab, ".bare", state_is(".bare")))
        choose(tab, option, state_is(f"{OURS} .sw-state"))
        checked.append(timed(tab, f"{OURS} .sw-check", f"document.querySelector('{OURS} .sw-shown')"))
        tab.question("fence-pick").expect_state("saved")
        stock.append(timed(tab, f".widget-radio-box label:nth-of-type({1 + number % 3}) input", f'document.body.textContent.includes("You chose f{1 + number % 3}")'))
    told = f"{p95(chosen):.1f} ms (median {median(chosen):.1f}; a bare checkbox, which waits for the same frame: {p95(floor):.1f} ms, median {median(floor):.1f})"
    yield Figure("choose → selection painted, p95", told, "≤ 16 ms", p95(chosen) <= 16)
    yield ratio("Check → feedback painted, p95", checked, stock, "stock RadioButtons → observe → Label", 1.0)
    yield ratio("answer → on the disk and acknowledged, p95", saved, bare, "a bare message and fsync", 1.2)


def choose(tab: Tab, option: str, done: str) -> float:
    """Choose an option of the kit's question and wait for what follows."""
    return timed(tab, f'{OURS} input[value="{option}"]', done)


def timed(tab: Tab, press: str, done: str) -> float:
    """Milliseconds from a click to the painted frame in which a condition holds."""
    tab.page.wait_for_timeout(BREATH)
    return tab.page.evaluate(CLICK_TO_PAINT, [press, done])


def state_is(selector: str) -> str:
    """The condition that an element's state is "saved"."""
    return f"document.querySelector('{selector}').dataset.state === 'saved'"


def opening(server: LabServer, new_page: Callable[[], Page]) -> Figure:
    """Run All of twenty questions on a fresh kernel, in turns with twenty stock quizzes."""
    asks = ['lesson.ask("fence-pick")'] * QUESTIONS
    quizzes = [f"quiz({number})" for number in range(QUESTIONS)]
    ours = Tab(new_page(), new_desk(server, None, OPEN, *asks)).open()
    stock = Tab(new_page(), new_desk(server, None, STOCK, *quizzes)).open()
    shown: dict[str, list[float]] = {".sw[data-item]": [], ".widget-vbox": []}
    for number in range(ROUNDS + 1):
        for tab, selector in ((ours, ".sw[data-item]"), (stock, ".widget-vbox")):
            tab.page.bring_to_front()
            tab.restart_kernel()
            tab.run("notebook:clear-all-cell-outputs")
            took = tab.page.evaluate(RUN_TO_SHOWN, [selector, QUESTIONS])
            if number:
                shown[selector].append(took)
    mine, theirs = shown.values()
    share = median(mine) / median(theirs)
    return Figure(f"Run All of {QUESTIONS} questions → all shown, median", f"{share:.2f} × ({median(mine):.0f} ms against {median(theirs):.0f} ms for stock VBox quizzes)", "≤ 1 ×", share <= 1)


def p95(times: list[float]) -> float:
    """The time that 95 of 100 stay under."""
    return quantiles(times, n=20)[-1]


def ratio(name: str, mine: list[float], theirs: list[float], what: str, target: float) -> Figure:
    """A row that compares two p95, with the medians beside them."""
    share = p95(mine) / p95(theirs)
    told = f"{share:.2f} × ({p95(mine):.1f} ms, median {median(mine):.1f}; {what}: {p95(theirs):.1f} ms, median {median(theirs):.1f})"
    return Figure(name, told, f"≤ {target:g} ×", share <= target)


if __name__ == "__main__":
    print_table(figures())
