"""Laying a pack over the kit: what is its own goes in, everything else stays as it was; and writing TOML that reads the same."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.classroom import load_catalogue
from course.content import ContentError, load_lesson
from course.packs.toml import toml_text
from tests.small_content import write_small_content

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
SCALARS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.booleans() | st.integers(-99, 99) | st.floats(-9, 9, allow_nan=False)
INLINE = st.recursive(SCALARS | st.lists(SCALARS, max_size=3), lambda inner: st.dictionaries(NAMES, inner, max_size=3), max_leaves=5)
TABLES = st.dictionaries(NAMES, INLINE | st.lists(st.dictionaries(NAMES, INLINE, max_size=2), min_size=1, max_size=2), max_size=4)


@given(TABLES)
def test_what_is_written_as_toml_is_read_as_it_was(table):
    assert tomllib.loads(toml_text(table)) == table
    assert tomllib.loads(toml_text({"item": [table], "key": table})) == {"item": [table], "key": table}


@pytest.fixture()
def kit(tmp_path):
    return write_small_content(tmp_path / "data")


def pack_of(folder, **files):
    """A pack with these files; `items__x` is written as items/x.toml."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


PICK = '[[item]]\nid = "{name}"\ntype = "pick"\npoints = 1\nprompt = "{prompt}"\n[[item.option]]\nid = "yes"\ntext = "Yes"\n[[item.option]]\nid = "no"\ntext = "No"\n'


def test_a_pack_holds_only_what_is_its_own(kit, tmp_path):
    before = load_catalogue(kit)
    pack = pack_of(tmp_path / "pack", keys__graded__01_fences='["fence-count"]\nanswer = 4\nwhy = "Somebody counted again."\n')
    after = load_catalogue(kit, pack)
    assert (before.keys["fence-count"].answer, after.keys["fence-count"].answer) == (3, 4)
    assert {name: key for name, key in after.keys.items() if name != "fence-count"} == {name: key for name, key in before.keys.items() if name != "fence-count"}
    assert after.columns == before.columns


def test_what_fills_a_slot_is_asked_first_and_in_its_place(kit, tmp_path):
    slot = '[[slot]]\nid = "form"\nchoices = ["form-c", "form-a", "form-b"]\nrule = "class"\n'
    pack = pack_of(tmp_path / "pack", items__01_fences='[lesson]\nid = "01_fences"\n' + PICK.format(name="form-c", prompt="Mine?") + slot,
                   keys__graded__01_fences='[form-c]\nanswer = ["yes"]\nwhy = "So it is."\n')
    before, after = load_catalogue(kit), load_catalogue(kit, pack)
    assert [column.id for column in after.columns["01_fences"]] == [column.id for column in before.columns["01_fences"]]
    (column,) = [column for column in after.columns["01_fences"] if column.id == "form"]
    assert [item.id for item in column.items] == ["form-c", "form-a", "form-b"]
    lesson = after.lessons["01_fences"]
    names = [item.id for item in lesson.items]
    assert lesson.title == "Fences" and names.index("form-c") == names.index("form-a") - 1


def test_a_question_of_the_kit_can_be_worded_anew_and_stays_where_it_was(kit, tmp_path):
    pack = pack_of(tmp_path / "pack", items__01_fences='[lesson]\nid = "01_fences"\n' + PICK.format(name="form-a", prompt="Worded anew?"))
    before, after = load_catalogue(kit).lessons["01_fences"], load_catalogue(kit, pack).lessons["01_fences"]
    assert [item.id for item in after.items] == [item.id for item in before.items]
    assert next(item for item in after.items if item.id == "form-a").prompt == "Worded anew?"


def test_a_question_without_an_id_is_told_of(kit, tmp_path):
    pack = pack_of(tmp_path / "pack", items__01_fences='[lesson]\nid = "01_fences"\n[[item]]\ntype = "pick"\n')
    with pytest.raises(ContentError, match=r"items/01_fences.toml: a table \[\[item\]\] has no id"):
        load_catalogue(kit, pack)


def test_the_kits_own_data_is_never_changed(kit, tmp_path):
    before = {path: path.read_bytes() for path in kit.rglob("*") if path.is_file()}
    load_catalogue(kit, pack_of(tmp_path / "pack", keys__graded__01_fences='["fence-count"]\nanswer = 4\nwhy = "x"\n'))
    assert {path: path.read_bytes() for path in kit.rglob("*") if path.is_file()} == before
    assert load_lesson(kit, "01_fences").title == "Fences"
