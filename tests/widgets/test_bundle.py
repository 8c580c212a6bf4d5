"""The browser's half: files that join into one module, and words that are all there."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from course.messages import WORDS
from course.widgets import bundle

SCRIPTS = {path.stem: path.read_text("utf-8") for path in (bundle.HERE / "js").glob("*.js")}
NAMES = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.js";$', re.MULTILINE)
SAID = re.compile(r'\bsay(Many)?\(\s*(?:\w+\.)*words, "([\w.-]+)"')


def test_every_file_is_joined_once():
    assert set(bundle.SCRIPTS) == set(SCRIPTS)
    assert set(bundle.STYLES) == {path.stem for path in (bundle.HERE / "css").glob("*.css")}
    assert len(set(bundle.SCRIPTS)) == len(bundle.SCRIPTS)


def test_no_two_files_use_the_same_top_level_name():
    count = Counter(name for source in SCRIPTS.values() for name in NAMES.findall(source))
    assert [name for name, times in count.items() if times > 1] == []
    assert not {"WORDS", "STYLE"} & set(count)


def test_imports_are_single_lines_of_what_the_other_file_exports():
    for name, source in SCRIPTS.items():
        lines = [line for line in source.splitlines() if line.startswith("import")]
        assert len(IMPORT.findall(source)) == len(lines), f"{name}.js has an import that the joining does not know"
        for names, other in IMPORT.findall(source):
            wanted = {one.strip() for one in names.split(",") if one.strip()}
            exported = set(re.findall(r"^export (?:async )?(?:function|const|let|class) (\w+)", SCRIPTS[other], re.MULTILINE))
            assert wanted <= exported, f"{name}.js imports from {other}.js what it does not export: {wanted - exported}"


def test_the_joined_module_has_no_import_left_and_ends_with_its_exports():
    module = bundle.module()
    assert not re.search(r"^import ", module, re.MULTILINE)
    assert re.findall(r"^export .*$", module, re.MULTILINE) == ["export { draw_view, draw_panel, WORDS, STYLE };"]


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_all_words_a_script_says_are_in_the_catalogue(name):
    for many, said in SAID.findall(SCRIPTS[name]):
        wanted = [f"{said}.one", f"{said}.many"] if many else [said]
        assert all(word in WORDS for word in wanted), f"{name}.js says {said}, which is not in course/messages"


def test_the_look_asks_for_nothing_from_elsewhere():
    assert "@import" not in bundle.style() and "url(" not in bundle.style()
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", bundle.module())


def test_scripts_set_no_html():
    for name, source in SCRIPTS.items():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", source), name


def test_the_fingerprint_follows_the_module():
    assert re.fullmatch("[0-9a-f]{12}", bundle.fingerprint())
