"""What a class can read in a release before anything runs: pages to print, and the stored passages of what it is set."""

from __future__ import annotations

import json
from pathlib import Path

from course.content import find_data, load_lesson, load_text
from course.release import release


def files_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_pages_to_print_go_along_and_what_answers_the_essay_stays(tmp_path):
    held = files_of(release(tmp_path / "class"))
    assert {"notebooks/label_card.ipynb", "notebooks/glossary.ipynb", "data/glossary.csv"} <= set(held)
    assert [name for name in held if name.startswith("data/norming")] == []
    assert [name for name in held if name.startswith("notebooks/instructor")] == []
    alone = files_of(release(tmp_path / "alone", self_study=True))
    assert "data/norming/07_newsroom.toml" in alone and "notebooks/label_card.ipynb" in alone


def test_a_make_up_release_holds_no_word_of_the_passages_it_is_not_set(tmp_path):
    out = release(tmp_path / "out", make_up=True)
    lesson = load_lesson(out / "data", "05_headline_and_lede")
    asked = {item.text for item in lesson.items}
    assert "thorn-goats" in asked and "harbour" not in asked
    words = load_text(find_data(), "harbour").unit("B1").shown[:40]
    assert [name for name in files_of(out) if name.endswith(".ipynb") and words in (out / name).read_text("utf-8")] == []
    shown = [cell for cell in json.loads((out / "notebooks/05_headline_and_lede.ipynb").read_text("utf-8"))["cells"] if "harbour-01" in "".join(cell["source"])]
    assert shown and all(not cell["outputs"] for cell in shown if "show" in "".join(cell["source"]))
