"""The desk's half in the browser: files that join into one module, and nothing that could act."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from course.desk import bundle
from course.widgets import bundle as widgets

OWN = {path.stem: path.read_text("utf-8") for path in (bundle.HERE / "js").glob("*.js")}
SHARED = {name: (widgets.HERE / "js" / f"{name}.js").read_text("utf-8") for name in bundle.SHARED_SCRIPTS}
ALL = {**SHARED, **OWN}
NAMES = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.js";$', re.MULTILINE)


def test_every_file_is_joined_once_after_those_it_shares():
    assert set(bundle.SCRIPTS) == set(OWN) and len(set(bundle.SCRIPTS)) == len(bundle.SCRIPTS)
    assert set(bundle.STYLES) == {path.stem for path in (bundle.HERE / "css").glob("*.css")}
    assert not set(bundle.SCRIPTS) & set(bundle.SHARED_SCRIPTS)


def test_no_two_files_use_the_same_top_level_name():
    count = Counter(name for source in ALL.values() for name in NAMES.findall(source))
    assert [name for name, times in count.items() if times > 1] == []
    assert not {"STYLE", "VIEWS"} & set(count)


@pytest.mark.parametrize("name", sorted(OWN))
def test_imports_are_single_lines_of_what_the_other_file_exports_and_all_are_used(name):
    lines = [line for line in OWN[name].splitlines() if line.startswith("import")]
    assert len(IMPORT.findall(OWN[name])) == len(lines)
    for names, other in IMPORT.findall(OWN[name]):
        wanted = {one.strip() for one in names.split(",") if one.strip()}
        exported = set(re.findall(r"^export (?:async )?(?:function|const|let|class) (\w+)", ALL[other], re.MULTILINE))
        assert wanted <= exported, f"{name}.js imports from {other}.js what it does not export: {wanted - exported}"
        unused = {one for one in wanted if len(re.findall(rf"\b{one}\b", OWN[name])) < 2}
        assert unused == set(), f"{name}.js does not use {unused}"


def test_every_view_has_its_function_and_the_module_exports_one_widget():
    module = bundle.module()
    assert not re.search(r"^import ", module, re.MULTILINE)
    for view in bundle.VIEWS:
        assert f"function draw_{view}(" in module and f"{view}: draw_{view}" in module
    assert re.findall(r"^export .*$", module, re.MULTILINE) == ["export default { render: ({ model, el }) => renderView(VIEWS, model, el) };", "export { VIEWS, wearDesk };"]


@pytest.mark.parametrize("name", sorted(OWN))
def test_scripts_set_no_html_and_run_no_text(name):
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc", OWN[name])
    assert OWN[name].count("\n") <= 400


def test_the_desk_asks_for_nothing_from_elsewhere():
    assert "@import" not in bundle.style() and "url(" not in bundle.style()
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", bundle.module())
