"""A class release: everything a learner needs, and a proof that no graded key is in it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from course.classroom import GradingError, load_catalogue
from course.content import ContentError, find_data, load_keys, load_lesson
from course.release import ReleaseError, make_release, prove, release
from course.release.leaks import letters, read_secrets
from course.release.proof import complaints
from tests.small_content import write_small_content

ROOT = Path(__file__).resolve().parent.parent
GRADED = """
[fence-count]
answer = 3
why = "f1, f2, f3: one, two and three SECRET-WHY."
[fence-essay]
by_hand = true
why = "A headline says no more than the clauses."
[fence-pick]
answer = ["f3", "f2"]
feedback.f1 = "A year can be looked up in the archive."
[fence-mark]
why = "Name and verb belong together here."
[form-a]
answer = ["yes"]
[form-b]
answer = ["no"]
"""
PRACTICE = """
[fence-label]
why = "Two questions, asked one at a time."
[fence-order]
answer = ["wish", "deed"]
why = "First the wish."
"""


@pytest.fixture()
def checkout(tmp_path):
    """A small checkout: the real top files and package would only make it slow."""
    root = tmp_path / "kit"
    write_small_content(root / "data", keys__graded__01_fences_dot_toml=GRADED, keys__practice__01_fences_dot_toml=PRACTICE)
    (root / "data/keys/graded/texts").mkdir()
    (root / "data/keys/practice/texts/fence.toml").rename(root / "data/keys/graded/texts/fence.toml")
    (root / "data/items/01_fences.toml").write_text((root / "data/items/01_fences.toml").read_text("utf-8"), "utf-8")
    (root / "data/README.md").write_text("What stands where.\n")
    (root / "data/example_class").mkdir()
    (root / "data/example_class/roster.csv").write_text("learner,name\n")
    (root / "course/widgets/js/__pycache__").mkdir(parents=True)
    (root / "course/__init__.py").write_text("x = 1\n")
    (root / "course/widgets/js/view.js").write_text("// draw\n")
    (root / "course/widgets/js/__pycache__/view.pyc").write_bytes(b"\0")
    (root / "pyproject.toml").write_text("[project]\n")
    (root / "Makefile").write_text("lab:\n")
    (root / "tests").mkdir()
    (root / "tests/test_x.py").write_text("")
    (root / "notebooks").mkdir()
    (root / "notebooks/01_fences.ipynb").write_text(json.dumps(notebook()))
    (root / "notebooks/answers").mkdir()
    (root / "notebooks/answers/mine.jsonl").write_text("{}")
    return root


def notebook(**metadata) -> dict:
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": ["lesson.ask('fence-count')\n"]}
    return {"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def files_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_class_release_holds_what_is_on_the_list_and_nothing_else(checkout, tmp_path):
    out = release(tmp_path / "out", data=checkout / "data")
    assert files_of(out) == [
        "Makefile", "README.md", "course/__init__.py", "course/widgets/js/view.js", "data/README.md", "data/class.toml", "data/glossary.csv",
        "data/items/01_fences.toml", "data/keys/practice/01_fences.toml", "data/manifest.json", "data/texts/fence/text.toml",
        "data/texts/fence/units.csv", "notebooks/01_fences.ipynb", "pyproject.toml",
    ]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == [], "nothing is left of the draft"
    assert (out / "notebooks/01_fences.ipynb").read_bytes() == (checkout / "notebooks/01_fences.ipynb").read_bytes(), "copied, not edited"


def test_the_marker_says_what_counts_and_the_lesson_reads_it(checkout, tmp_path):
    out = release(tmp_path / "out", data=checkout / "data")
    marker = tomllib.loads((out / "data/class.toml").read_text("utf-8"))
    assert marker["mode"] == "class" and set(marker["graded"]["01_fences"]) == {"fence-count", "fence-essay", "fence-pick", "fence-mark", "form-a", "form-b"}
    before, after = load_lesson(checkout / "data", "01_fences"), load_lesson(out / "data", "01_fences")
    assert before == after
    assert set(load_keys(out / "data", after)) == {"fence-label", "fence-order"} if (out / "data/keys/practice/texts").exists() else True


def test_the_manifest_names_wordings_and_checksums(checkout, tmp_path):
    out = release(tmp_path / "out", data=checkout / "data")
    manifest = json.loads((out / "data/manifest.json").read_text("utf-8"))
    assert manifest["lessons"] == ["01_fences"] and len(manifest["items"]["fence-count"]) == 12
    assert set(manifest["files"]) == set(files_of(out)) - {"data/manifest.json"}
    again = release(tmp_path / "again", data=checkout / "data")
    assert (again / "data/manifest.json").read_bytes() == (out / "data/manifest.json").read_bytes()


def test_a_self_study_release_has_the_keys_and_no_marker(checkout, tmp_path):
    out = release(tmp_path / "out", data=checkout / "data", self_study=True)
    assert {"data/keys/graded/01_fences.toml", "data/keys/graded/texts/fence.toml"} <= set(files_of(out))
    assert not (out / "data/class.toml").exists()


@pytest.mark.parametrize("wanted", [["1"], ["01"], ["01_fences"]])
def test_some_lessons_only(checkout, tmp_path, wanted):
    other = (checkout / "data/items/01_fences.toml").read_text("utf-8").replace("01_fences", "02_gates").replace("fence-", "gate-").replace("form", "gorm").replace('text = "fence"', 'text = "gate"')
    (checkout / "data/items/02_gates.toml").write_text(other, "utf-8")
    gate = checkout / "data/texts/gate"
    gate.mkdir()
    for name in ("text.toml", "units.csv"):
        (gate / name).write_bytes((checkout / "data/texts/fence" / name).read_bytes())
    (checkout / "data/keys/graded/texts/gate.toml").write_text("")
    out = release(tmp_path / "out", data=checkout / "data", lessons=wanted)
    assert not [name for name in files_of(out) if "gate" in name], "a sealed passage of a later lesson stays out as well"
    with pytest.raises(ContentError, match="there is no lesson '9'. The lessons are: 01_fences, 02_gates"):
        release(tmp_path / "none", data=checkout / "data", lessons=["9"])


def test_a_folder_that_holds_anything_is_left_alone(checkout, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("keep")
    with pytest.raises(ReleaseError, match="is not empty, and a release never writes over anything"):
        release(tmp_path / "out", data=checkout / "data")
    assert files_of(tmp_path / "out") == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    assert release(tmp_path / "empty", data=checkout / "data").is_dir()


def test_a_release_is_made_from_a_checkout_only(tmp_path):
    data = write_small_content(tmp_path / "data")
    with pytest.raises(ReleaseError, match="is made from a checkout"):
        release(tmp_path / "out", data=data)
    assert not (tmp_path / "out").exists()


# the proof

SPAN = '{"spans": [{"label": "source", "unit": "f2", "quote": "Ida Moss"}]}'
PLANTED = {
    # what is planted: (file, what stands in it, the words of the complaint)
    "the whole key file": ("data/keys/graded/01_fences.toml", GRADED, "is a file of graded keys"),
    "the key file under another name": ("data/texts/fence/notes.toml", GRADED, "is a file of graded keys"),
    "a reason in a notebook": ("notebooks/x.ipynb", json.dumps({**notebook(), "cells": [{"source": ["f1, f2, f3: one, two and three **SECRET**-WHY."]}]}), "a sentence of the graded key (01_fences, fence-count)"),
    "a reason with escapes": ("notebooks/x.ipynb", json.dumps({**notebook(), "cells": [{"source": ["A headline\\u00a0says no more\\n than the clauses."]}]}), "a sentence of the graded key"),
    "a reason as HTML": ("course/widgets/page.js", "`f1, f2, f3:<br>one, two &amp; and three SECRET-WHY.`", "a sentence of the graded key"),
    "feedback in the package": ("course/words.py", 'X = "A year can be looked up in the archive."', "a sentence of the graded key (01_fences, fence-pick)"),
    "the reason of a clause": ("data/README.md", "No record could settle *shameful*.", "a sentence of the graded key (fence, f3)"),
    "an answer in code": ("course/words.py", "KEY = {'fence-pick': ['f3', 'f2']}", "the answer to fence-pick"),
    "an answer in a notebook": ("notebooks/x.ipynb", json.dumps({**notebook(), "cells": [{"source": ['lesson.answer("fence-pick", ["f3", "f2"])']}]}), "the answer to fence-pick"),
    "a number in words": ("data/README.md", "fence-count: answer = 3", "the answer to fence-count"),
    "an answer in the questions": ("data/items/x.toml", '[[item]]\nid = "fence-mark"\nwhy = "Look."\n', "says why of the graded question fence-mark"),
    "an answer in the practice keys": ("data/keys/practice/x.toml", "[fence-essay]\nby_hand = true\n", "says by_hand of the graded question fence-essay"),
    "an answer in a table": ("data/x.csv", "item,answer\nfence-mark,source\n", "says answer of the graded question fence-mark"),
    "the labels of a sealed text": ("data/x.json", json.dumps({"fence": {"f1": {"voice": "author", "kind": "fact"}}}), "labels the clauses of the sealed text fence"),
    "the labels of a sealed text, unnamed": ("data/x.json", json.dumps({unit: {"voice": "author", "kind": "fact"} for unit in ("f1", "f2", "f3")}), "labels the clauses of the sealed text fence"),
    "a span list": ("data/x.json", SPAN, "marks a span of the graded key (fence, f2)"),
    "a span list in an output": ("notebooks/x.ipynb", json.dumps({**notebook(), "cells": [{"outputs": [{"data": {"application/json": json.loads(SPAN)}}]}]}), "marks a span of the graded key"),
    "widget state": ("notebooks/x.ipynb", json.dumps(notebook(widgets={"application/vnd.jupyter.widget-state+json": {}})), "holds widget state"),
    "a drawn widget": ("notebooks/x.ipynb", json.dumps({**notebook(), "cells": [{"outputs": [{"data": {"application/vnd.jupyter.widget-view+json": {}}}]}]}), "holds a drawn widget"),
    "something that is no text": ("data/x.toml", "\udcff\udcfe", "is not UTF-8 text"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_the_proof_fails_when_a_graded_key_is_planted(checkout, tmp_path, name):
    file, planted, told = PLANTED[name]
    out = release(tmp_path / "out", data=checkout / "data")
    prove(out, checkout / "data")
    (out / file).parent.mkdir(parents=True, exist_ok=True)
    (out / file).write_bytes(planted.encode("utf-8", "surrogateescape"))
    with pytest.raises(ReleaseError) as caught:
        prove(out, checkout / "data")
    assert told in str(caught.value) and str(caught.value).startswith(file) and "make the release again" in str(caught.value)


def test_a_leak_in_the_source_stops_the_release_and_leaves_nothing(checkout, tmp_path):
    (checkout / "data/README.md").write_text("The answer is easy: f1, f2, f3: one, two and three SECRET-WHY.")
    with pytest.raises(ReleaseError, match="data/README.md holds a sentence of the graded key"):
        release(tmp_path / "out", data=checkout / "data")
    assert not (tmp_path / "out").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kit"]


def test_a_link_is_never_released(checkout, tmp_path):
    (checkout / "course/more.py").symlink_to("/etc/passwd")
    with pytest.raises(ReleaseError, match="course/more.py is a link"):
        release(tmp_path / "out", data=checkout / "data")


def test_a_file_on_no_list_fails_the_proof(checkout, tmp_path):
    out = release(tmp_path / "out", data=checkout / "data")
    (out / "extra.txt").write_text("x")
    with pytest.raises(ReleaseError, match="extra.txt is in the release and on no list"):
        prove(out, checkout / "data", [name for name in files_of(out) if name != "extra.txt"])


def test_nothing_hides_a_sentence():
    assert letters("It’s <b>ＢＯＬＤ</b>,\n**and**\\u2026 so\\non") == letters("it's bold, and… so on")


# the real one


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    return release(tmp_path_factory.mktemp("real") / "out")


def test_the_real_release_can_be_made_and_holds_every_notebook(real):
    data = find_data()
    assert [path.name for path in sorted((real / "notebooks").iterdir())] == [path.name for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    assert not list(real.rglob("example_class")) and not list(real.rglob("*.pyc"))
    prove(real, data)


@pytest.mark.parametrize("place", ["keys/graded", "keys", "."])
def test_a_class_is_graded_with_its_release_and_the_keys_of_the_checkout(real, place):
    catalogue, whole = load_catalogue(real / "data", find_data() / place), load_catalogue()
    assert catalogue.keys == {name: whole.keys[name] for name in catalogue.items}
    with pytest.raises(GradingError, match="this is a class release"):
        load_catalogue(real / "data")


def test_the_makefile_of_a_release_offers_only_what_works_there(real):
    text = (real / "Makefile").read_text("utf-8")
    assert set(re.findall(r"(?m)^([a-z]+):", text)) == {"help", "lab", "clean"}
    assert "'.[lab]'" in text and "tests" not in text and "bench" not in text and "tests" not in (real / "README.md").read_text("utf-8")
    offered = subprocess.run(["make", "-C", str(real), "-s", "help"], capture_output=True, text=True, timeout=60)
    assert re.findall(r"(?m)^make (\w+)", offered.stdout) == ["lab", "clean"], offered.stderr
    planned = subprocess.run(["make", "-C", str(real), "-n", "lab", "PORT=8650"], capture_output=True, text=True, timeout=60)
    assert planned.returncode == 0 and "pip install" in planned.stdout and "--ServerApp.port=8650" in planned.stdout, planned.stderr
    checkout = (ROOT / "Makefile").read_text("utf-8")
    assert set(text.splitlines()[1:]) - set(checkout.splitlines()) == {line for line in text.splitlines() if "'.[lab]'" in line or line.startswith(".PHONY")}


def test_the_real_release_runs_by_itself(real, tmp_path):
    source = (
        "from course import open_lesson\n"
        "import course, pathlib\n"
        f"assert pathlib.Path(course.__file__).parent == pathlib.Path({str(real)!r}) / 'course', course.__file__\n"
        "lesson = open_lesson('01_who_is_speaking')\n"
        "item = next(item for item in lesson.content.items if item.graded)\n"
        "assert item.id not in lesson.keys and not lesson.self_study\n"
        "lesson.hand_in(learner='ann')\n"
    )
    environment = {**{name: value for name, value in os.environ.items() if not name.startswith("SAYSWHO")}, "PYTHONPATH": str(real)}
    done = subprocess.run([sys.executable, "-c", source], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "hand_in/ann--01_who_is_speaking.jsonl").is_file()


@pytest.mark.parametrize("lesson", ["00_before_you_start", "01_who_is_speaking", "05_headline_and_lede"])
def test_a_students_run_of_the_release_shows_nothing_of_a_graded_key(real, tmp_path, lesson, monkeypatch):
    """Outputs and every trait of every widget: all that a kernel sends is in the notebook when its state is kept."""
    import nbformat
    from nbclient import NotebookClient

    for name in [name for name in os.environ if name.startswith("SAYSWHO")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHONPATH", str(real))
    ran = nbformat.read(real / f"notebooks/{lesson}.ipynb", as_version=4)
    NotebookClient(ran, timeout=120, kernel_name="python3", store_widget_state=True, resources={"metadata": {"path": str(tmp_path)}}).execute()
    written = json.dumps(ran)
    assert "widget-state+json" in written, "the run drew its questions"
    found = [told for told in complaints("notebooks/run.ipynb", written.encode(), read_secrets(find_data())) if "widget" not in told]
    assert found == []


def test_a_class_release_leaves_out_what_invents_answers_to_the_questions_that_count(tmp_path):
    release(tmp_path / "out", data=find_data())

    assert not (tmp_path / "out/course/simulate").exists()


SLOTTED = """
[[item]]
id = "wall-a"
type = "pick"
objective = 1
points = 1
prompt = "Which one, in the wall of March?"
[[item.option]]
id = "x"
text = "One"
[[item.option]]
id = "y"
text = "Two"

[[item]]
id = "wall-b"
type = "pick"
objective = 1
points = 1
prompt = "Which one, in the wall of April?"
[[item.option]]
id = "x"
text = "One"
[[item.option]]
id = "y"
text = "Two"

[[slot]]
id = "wall"
choices = ["wall-a", "wall-b"]
rule = "class"
"""


@pytest.fixture()
def slotted(checkout):
    """A checkout whose lesson has a question in two variants."""
    for name, more in (("items", SLOTTED), ("keys/graded", '\n[wall-a]\nanswer = ["x"]\n[wall-b]\nanswer = ["y"]\n')):
        file = checkout / f"data/{name}/01_fences.toml"
        file.write_text(file.read_text("utf-8") + more, "utf-8")
    return checkout


@pytest.mark.parametrize(("options", "there", "gone"), [({}, "March", "April"), ({"make_up": True}, "April", "March"), ({"slots": ["wall=wall-b"]}, "April", "March")])
def test_of_two_variants_only_the_one_the_class_is_set_goes_along(slotted, tmp_path, options, there, gone):
    made = release(tmp_path / "out", data=slotted / "data", **options)
    everything = "\n".join(path.read_text("utf-8") for path in made.rglob("*") if path.is_file())
    assert f"the wall of {there}" in everything and f"the wall of {gone}" not in everything
    lesson = load_lesson(made / "data", "01_fences")
    chosen = {slot.id: slot.choices for slot in lesson.slots}["wall"]
    assert len(chosen) == 1 and chosen[0] in {item.id for item in lesson.items if item.graded}


def test_a_self_study_release_keeps_both_variants_and_takes_no_setting(slotted, tmp_path):
    made = release(tmp_path / "out", data=slotted / "data", self_study=True)
    assert {"wall-a", "wall-b"} <= {item.id for item in load_lesson(made / "data", "01_fences").items}
    with pytest.raises(ReleaseError, match="no class to set questions for"):
        release(tmp_path / "other", data=slotted / "data", self_study=True, make_up=True)


@pytest.mark.parametrize(("slot", "said"), [("fence=x", "there is no slot 'fence'"), ("wall=wall-c", "has no choice 'wall-c'")])
def test_a_slot_or_choice_that_is_not_there_is_named_with_those_that_are(slotted, tmp_path, slot, said):
    with pytest.raises(ContentError, match=said):
        release(tmp_path / "out", data=slotted / "data", slots=[slot])


# one file, and what it tells


def test_a_release_as_a_zip_holds_the_same_files_under_one_folder_and_the_same_bytes(slotted, tmp_path):
    folder = release(tmp_path / "out", data=slotted / "data")
    first, again = (release(tmp_path / name / "for-my-class.zip", data=slotted / "data") for name in ("first", "again"))
    assert first.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert sorted(archive.namelist()) == [f"for-my-class/{name}" for name in files_of(folder)]
        assert all(archive.read(f"for-my-class/{name}") == (folder / name).read_bytes() for name in files_of(folder))
    assert [path.name for path in first.parent.iterdir()] == ["for-my-class.zip"], "nothing is left of the draft"
    with pytest.raises(ReleaseError, match="for-my-class.zip is there already, and a release never writes over anything"):
        release(first, data=slotted / "data")


def test_a_zip_that_fails_its_proof_is_never_written(slotted, tmp_path):
    (slotted / "data/README.md").write_text("The answer is easy: f1, f2, f3: one, two and three SECRET-WHY.")
    with pytest.raises(ReleaseError, match="holds a sentence of the graded key"):
        release(tmp_path / "out.zip", data=slotted / "data")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kit"]


def test_a_release_tells_in_numbers_what_is_in_it_and_what_is_not(slotted, tmp_path):
    told = str(make_release(tmp_path / "out", data=slotted / "data"))
    assert "In:       1 lesson with 9 questions, 7 of them count; 1 text; 1 notebook; the program." in told
    assert "Left out: the keys of 8 questions that count and of 1 sealed text; 1 question that this class is not set" in told
    assert "Frozen:   the ids and the wording of 9 questions, in data/manifest.json." in told and "Yours" not in told
    alone = str(make_release(tmp_path / "alone", data=slotted / "data", self_study=True))
    assert "Left out: the teacher's pages, the invented class, the tests." in alone
