"""The style of the notebooks: their header, the size of their cells, their ids, and that every question they ask exists."""

from __future__ import annotations

import ast
import html
import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.committed_notebooks import NOTEBOOKS, ROOT, WIDGET_KEYS, committed_notebooks

ALL = committed_notebooks()
LESSONS = [path for path in ALL if path.parent == NOTEBOOKS and path.stem[0].isdigit()]
FOR_STUDENTS = [path for path in ALL if path.parent == NOTEBOOKS]
ITEMS = ROOT / "data" / "items"

MOST_WORDS, MOST_WORDS_FOR_TEACHERS, MOST_LINES, CELLS = 90, 220, 8, range(12, 56)
AFTER = ("lesson.course_map()", "lesson.growth()", "lesson.norming()")
VERBS = {"article", "show", "glossary", "ask", "progress", "hand_in", "continue_from", "course_map", "growth", "norming"}
HEADER = (r"# \d · \S", r"\*\*You will be able to\*\* ", r"\*\*Time\*\* \d+ minutes", r"\*\*Counts\*\* ")
COMPARED_LESS = {"nbval-ignore-output", "nbval-skip", "raises-exception"}

lessons = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
notebooks = pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)


def cells_of(path: Path, kind: str | None = None) -> list[dict]:
    """The cells of a notebook, with their source as one string."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    joined = [{**cell, "source": "".join(cell["source"])} for cell in cells]
    return [cell for cell in joined if kind in (None, cell["cell_type"])]


def calls_of(path: Path) -> list[tuple[str, str, str]]:
    """Every `lesson.verb("name")` of a notebook, with the id of its cell."""
    found = []
    for cell in cells_of(path, "code"):
        for node in ast.walk(ast.parse(cell["source"])):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "lesson":
                first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else ""
                found.append((node.func.attr, first, cell["id"]))
    return found


def content_of(lesson: str) -> dict:
    """What `data/items` says of a lesson."""
    return tomllib.loads((ITEMS / f"{lesson}.toml").read_text("utf-8"))


def test_there_is_a_notebook_for_every_lesson_and_the_other_way_round():
    assert [path.stem for path in LESSONS] == sorted(path.stem for path in ITEMS.glob("*.toml"))


@lessons
def test_a_lesson_starts_with_the_four_lines_of_its_header(path):
    lines = [line for line in cells_of(path)[0]["source"].splitlines() if line.strip()]
    starts = [line for line in lines if re.match("# |\\*\\*", line)]
    assert len(starts) == len(HEADER)
    assert all(re.match(pattern, line) for pattern, line in zip(HEADER, starts, strict=True)), starts


@lessons
def test_a_lessons_header_says_what_its_questions_say(path):
    header, content = cells_of(path)[0]["source"], content_of(path.stem)
    assert header.startswith(f"# {int(path.stem[:2])} · {content['lesson']['title']}\n")
    assert f"**Time** {content['lesson']['minutes']} minutes" in header
    talk = content["lesson"].get("talk", 0)
    assert (f"+ {talk} to talk" in header) == bool(talk)


@lessons
def test_a_lesson_opens_in_one_cell_of_two_lines_and_ends_with_progress_handing_in_and_the_course(path):
    code = [cell["source"] for cell in cells_of(path, "code")]
    while code[-1] in AFTER:
        code.pop()
    assert code[0] == f'from course import open_lesson\nlesson = open_lesson("{path.stem}")'
    assert code[-2:] == ["lesson.progress()", "lesson.hand_in()"]
    assert not any("import" in source for source in code[1:])


@lessons
def test_a_lesson_has_as_many_cells_as_a_sitting_can_take(path):
    assert len(cells_of(path)) in CELLS


@lessons
def test_a_lesson_uses_its_few_verbs_and_no_trick(path):
    assert {verb for verb, _, _ in calls_of(path)} <= VERBS
    for cell in cells_of(path, "code"):
        assert not re.search(r"^\s*[%!]|globals\(|sys\.path|import \*", cell["source"], re.MULTILINE), cell["id"]


@lessons
def test_every_question_of_a_lesson_is_asked_once_in_its_order_and_none_that_is_not_there(path):
    content = content_of(path.stem)
    slot_of = {choice: slot["id"] for slot in content.get("slot", ()) for choice in slot["choices"]}
    there = list(dict.fromkeys(slot_of.get(item["id"], item["id"]) for item in content["item"]))
    own_choice = {choice for slot in content.get("slot", ()) if slot["rule"] == "learner" for choice in slot["choices"]}
    asked = [name for verb, name, _ in calls_of(path) if verb == "ask" and name not in own_choice]
    assert asked == there


@notebooks
def test_a_cell_that_asks_is_named_after_its_question(path):
    wrong = [cell for verb, name, cell in calls_of(path) if verb == "ask" and cell != f"ask-{name}"]
    assert wrong == [], "run `make notebooks`: it names these cells"


@notebooks
def test_cells_are_short(path):
    # The rows of a table are sources to hold side by side, not prose to read through.
    prose = {cell["id"]: re.sub(r"(?m)^\|.*$", "", cell["source"]) for cell in cells_of(path, "markdown")}
    words = {name: len(re.findall(r"\w[\w'’-]*", source)) for name, source in prose.items()}
    most = MOST_WORDS if path in FOR_STUDENTS else MOST_WORDS_FOR_TEACHERS
    assert {name: n for name, n in words.items() if n > most} == {}, f"more than {most} words: split the cell"
    lines = {cell["id"]: cell["source"].count("\n") + 1 for cell in cells_of(path, "code")}
    assert {name: n for name, n in lines.items() if n > MOST_LINES} == {}, f"more than {MOST_LINES} lines of code"


@notebooks
def test_cell_ids_are_chosen_and_differ(path):
    ids = [cell["id"] for cell in cells_of(path)]
    assert len(set(ids)) == len(ids)
    assert [name for name in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


@notebooks
def test_a_lesson_imports_only_the_kits_front_door_and_a_page_only_the_kit(path):
    imports = [node for cell in cells_of(path, "code") for node in ast.walk(ast.parse(cell["source"]))]
    modules = [node.module for node in imports if isinstance(node, ast.ImportFrom)]
    assert set(modules) == {"course"} if path in LESSONS else all(name.partition(".")[0] == "course" for name in modules)
    assert not [node for node in imports if isinstance(node, ast.Import)]


@notebooks
def test_a_cell_that_is_compared_less_strictly_says_why(path):
    for cell in cells_of(path):
        tags = COMPARED_LESS & set(cell["metadata"].get("tags", ()))
        assert not tags or cell["metadata"].get("reason"), f"{cell['id']} is tagged {tags}: add metadata `reason`"


@notebooks
def test_a_committed_notebook_was_executed_and_holds_no_widget_state(path):
    written = json.loads(path.read_text("utf-8"))
    assert "widgets" not in written["metadata"]
    assert not any(key in path.read_text("utf-8") for key in WIDGET_KEYS)
    assert [cell["id"] for cell in cells_of(path, "code") if cell["execution_count"] is None] == []


@lessons
def test_no_output_holds_the_words_of_a_key(path):
    outputs = plain(json.dumps([cell["outputs"] for cell in cells_of(path, "code")], ensure_ascii=False))
    for folder in ("practice", "graded"):
        file = ROOT / "data" / "keys" / folder / f"{path.stem}.toml"
        keys = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
        reasons = [text for key in keys.values() for text in (key.get("why"), *feedback_of(key)) if text]
        assert [text for text in reasons if plain(text) in outputs] == []


def plain(text: str) -> str:
    """A text without its mark-up, its punctuation and its escapes, so that two ways of writing it compare alike."""
    return " ".join(re.findall(r"\w+", html.unescape(re.sub(r"<[^>]+>|\\n", " ", text))))


def feedback_of(key: dict) -> list[str]:
    """Every sentence of feedback in a key, however deep it lies."""
    found, open_ = [], [key.get("feedback", {})]
    while open_:
        one = open_.pop()
        open_ += one.values() if isinstance(one, dict) else []
        found += [one] if isinstance(one, str) else []
    return found
