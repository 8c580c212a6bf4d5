"""Hand-ins: written whole or not at all, and read with suspicion. Every hostile one gets a sentence of its own."""

from __future__ import annotations

import json
import os
import re
import stat
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from course.classroom import open_class
from course.handin import HandInError, file_name, read_handin, read_handins, write_handin
from course.handin.problems import SENTENCES
from course.responses import LARGEST, Response
from tests.hand_ins import LESSON, answer, hand_in, header, lines, read_table, small_catalogue

RESPONSE = Response("r1", "2026-03-02T10:00:00.000Z", "fence-count", "draft", "alone", "", "3")


def draft(minute: int, item: str, value, **fields) -> Response:
    return Response(f"{item}-{minute}", f"2026-03-02T10:{minute:02d}:00.000Z", item, **{"kind": "draft", "round": "alone", "seen": "", "value": value, **fields})


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return small_catalogue(tmp_path_factory.mktemp("content"))


# writing


def test_a_hand_in_comes_back_as_it_was_written(tmp_path):
    odd = Response("r2", "2026-03-02T09:00:00.000Z", "fence-essay", "draft", "alone", "abc", {"headline": "two\nlines\u2028and \ud83d half"}, confidence="sure", slot="s")
    path = write_handin(tmp_path, [RESPONSE, odd, RESPONSE], learner=" Zoe\u0308  Lund ", lesson=LESSON, kit="0.1.0")
    assert path.name == "Zoë Lund--01_fences.jsonl"
    back = read_handin(path)
    assert back.learner == "Zoë Lund"
    assert list(back.responses) == [odd, RESPONSE], "each once, in the order of the clock"
    first = json.loads(path.read_bytes().split(b"\n")[0])
    assert (first["sayswho"], first["version"], first["responses"], first["mode"]) == ("hand-in", 1, 2, "class")
    assert [found.name for found in tmp_path.iterdir()] == [path.name], "no draft of the file stays behind"


def test_drafts_that_a_later_one_replaced_stay_in_the_journal(tmp_path):
    essay = [draft(minute, "fence-essay", {"headline": "x" * LARGEST}) for minute in range(12)]
    slot = [draft(20, "form-b", ["no"], slot="form"), draft(21, "form-a", ["no"], slot="form"), draft(22, "form-b", ["yes"], slot="form")]
    tried = [draft(30 + minute, "fence-pick", ["f1"], kind=kind) for minute, kind in enumerate(("draft", "submitted", "challenge", "submitted", "draft"))]
    talked = [draft(40, "fence-count", "3", round="talk"), draft(41, "fence-count", "4")]
    path = write_handin(tmp_path, [*talked, *tried, *slot, *essay], learner="ann", lesson=LESSON)
    handins, problems = read_handins(tmp_path)
    assert problems == [] and path.stat().st_size < 2 * LARGEST
    assert list(handins[0].responses) == [essay[-1], *slot, *tried[1:], *talked]


def test_the_longest_hand_in_that_a_lesson_writes_can_be_read(tmp_path):
    tries = [draft(minute, "fence-essay", {"headline": "x" * LARGEST}, kind="submitted") for minute in range(12)]
    path = write_handin(tmp_path, tries, learner="ann", lesson=LESSON)
    assert path.stat().st_size > 2_000_000
    assert len(read_handin(path).responses) == 12


def test_a_hand_in_that_cannot_be_written_leaves_the_older_one(tmp_path, monkeypatch):
    path = write_handin(tmp_path, [RESPONSE], learner="ann", lesson=LESSON)
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(HandInError, match=r"No space left on device\). Nothing is lost"):
        write_handin(tmp_path, [RESPONSE, RESPONSE], learner="ann", lesson=LESSON)
    assert path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(("learner", "told"), [("  ", "Write your name"), ("x" * 81, "longer than 80"), ("김" * 70, "Use your student number"), ("\u200b\u202e", "Write your name"), ("...", "no letter and no number")])
def test_a_name_that_makes_no_file_is_refused_with_the_cure(tmp_path, learner, told):
    with pytest.raises(HandInError, match=told):
        write_handin(tmp_path, [RESPONSE], learner=learner, lesson=LESSON)


@pytest.mark.parametrize("learner", ["../../etc/passwd", "a--b", "김 서연", "o'brien", "ann (1)", "%2e%2e", "a\\b", ".hidden", "x@y.org", "C:\\ann", "CON", "Con.", "nul.txt", "COM¹.x", "aux .y", "ann?*<>|"])
def test_any_name_stays_in_the_folder_and_comes_back(tmp_path, learner):
    path = write_handin(tmp_path / "hand_in", [RESPONSE], learner=learner, lesson=LESSON)
    assert path.parent == tmp_path / "hand_in" and "/" not in file_name(learner, LESSON)
    assert read_handin(path).learner == learner


def test_a_file_is_never_called_what_windows_keeps_for_a_device():
    for learner in ("CON", "con.x", "Nul.", "aux .y", "COM1.a", "LPT³.b"):
        stem = file_name(learner, LESSON).partition(".")[0].strip().lower()
        assert not re.fullmatch(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]", stem), learner


def test_what_cannot_be_seen_makes_no_other_learner(tmp_path):
    """A name pasted from a chat brings zero-width spaces and direction marks along."""
    path = write_handin(tmp_path, [RESPONSE], learner="\u2066an\u200bn\u2069\x07\ufeff", lesson=LESSON)
    assert path.name == f"ann--{LESSON}.jsonl" and read_handin(path).learner == "ann"


# reading: one table of everything that can be wrong


def zipped(folder: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(folder / "class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in entries:
            archive.writestr(name, raw)
    return folder / "class.zip"


def good(catalogue, learner="ann") -> bytes:
    return lines(header(learner, 1), answer(catalogue, "fence-count", "3"))


def raw_file(folder: Path, raw: bytes, name=f"ann--{LESSON}.jsonl") -> None:
    (folder / name).write_bytes(raw)


def claims_two_gigabytes(folder: Path, catalogue) -> None:
    path = zipped(folder, (f"ann--{LESSON}.jsonl", good(catalogue)))
    raw = path.read_bytes()
    true_size = len(good(catalogue)).to_bytes(4, "little")
    path.write_bytes(raw.replace(true_size, (2_147_483_647).to_bytes(4, "little")))


def sparse(folder: Path, _catalogue) -> None:
    with open(folder / f"ann--{LESSON}.jsonl", "wb") as file:
        file.truncate(2_147_483_648)


def linked_entry(folder: Path, _catalogue) -> None:
    entry = zipfile.ZipInfo(f"ann--{LESSON}.jsonl")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    zipped(folder, (entry, b"/etc/passwd"))


def locked(folder: Path, catalogue) -> None:
    path = zipped(folder, (f"ann--{LESSON}.jsonl", good(catalogue)))
    raw = bytearray(path.read_bytes())
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)


def nameless(folder: Path, catalogue) -> None:
    path = zipped(folder, ("zz", good(catalogue)))
    path.write_bytes(path.read_bytes().replace(b"zz", b"\0z"))


def matryoshka(folder: Path, catalogue) -> None:
    inner = zipped(folder, (f"ann--{LESSON}.jsonl", good(catalogue))).read_bytes()
    for _ in range(2):
        inner = zipped(folder, ("inner.zip", inner)).read_bytes()


def crowded_zip(folder: Path, _catalogue) -> None:
    noise = bytes(range(256)) * 4000
    inner = zipped(folder, *[(f"l{number}--{LESSON}.jsonl", noise) for number in range(18)]).read_bytes()
    zipped(folder, (f"ann--{LESSON}.zip", inner))


def deep(catalogue, times: int) -> str:
    response = json.dumps(answer(catalogue, "fence-count", "VALUE"))
    return response.replace('"VALUE"', "[" * times + "]" * times)


def value(written: str):
    """A hand-in whose one answer has this as its value, whatever it is."""
    def write(folder, catalogue):
        raw = json.dumps(answer(catalogue, "fence-count", "VALUE")).replace('"VALUE"', written)
        raw_file(folder, lines(header("ann", 1), raw))
    return write


def changed(**fields):
    """A hand-in whose one answer has these fields instead of its own."""
    return lambda folder, catalogue: hand_in(folder, "ann", {**answer(catalogue, "fence-count", "3"), **fields})


def first_line(**fields):
    """A good answer under a first line with these fields instead of its own."""
    return lambda folder, catalogue: hand_in(folder, "ann", answer(catalogue, "fence-count", "3"), **fields)


READ = "1"  # the answer itself could be used, and is right
BROKEN = "malformed"
NOTHING = ""
HOSTILE = {
    # name: (how it is made, the kind of sentence, a word that must stand in it, the cell of fence-count)
    "empty": (lambda f, c: raw_file(f, b""), "empty", "empty", BROKEN),
    "only spaces": (lambda f, c: raw_file(f, b"\n \r\n"), "empty", "empty", BROKEN),
    "cut in a line": (lambda f, c: raw_file(f, good(c)[:-40]), "torn", "cut short", BROKEN),
    "cut in a letter": (lambda f, c: raw_file(f, lines(header("ann", 1), answer(c, "fence-essay", {"headline": "é"}))[:-5]), "torn", "cut short", BROKEN),
    "cut between lines": (lambda f, c: raw_file(f, lines(header("ann", 3), answer(c, "fence-count", "3"))), "count", "counts 3 answers, and 1 are here", READ),
    "two gigabytes, sparse": (sparse, "too_big", "2147 MB", BROKEN),
    "two gigabytes, claimed in a zip": (claims_two_gigabytes, "too_big", "2147 MB", BROKEN),
    "deep nesting": (lambda f, c: raw_file(f, lines(header("ann", 1), deep(c, 200_000))), "nested", "nested more than 12 deep", BROKEN),
    "deep first line": (lambda f, c: raw_file(f, b"[" * 500_000), "no_header", "not the first line", BROKEN),
    "unclosed quotes without end": (lambda f, c: raw_file(f, lines(header("ann", 1), "[]," * 65 + '"' + '\\"' * 400_000)), "not_json", "not JSON", BROKEN),
    "wrong types": (changed(item=["fence-count"]), "bad_response", "'item' is not a short text", BROKEN),
    "a number for a time": (changed(at=17), "bad_response", "its time 17", BROKEN),
    "a list for an answer": (lambda f, c: hand_in(f, "ann", [1, 2]), "bad_response", "a list, not an object", BROKEN),
    "an answer of the wrong shape": (value('{"f1": true}'), "malformed", "does not fit the question", BROKEN),
    "NaN": (value("NaN"), "not_finite", "NaN", BROKEN),
    "Infinity": (value("-Infinity"), "not_finite", "-Infinity", BROKEN),
    "a number that is infinite": (value("1e999"), "not_finite", "1e999", BROKEN),
    "a number of 9000 digits": (value("9" * 9000), "not_finite", "thousands of digits", BROKEN),
    "unknown item": (lambda f, c: hand_in(f, "ann", answer(c, "fence-count", "3"), answer(c, "fence-99", "x")), "unknown_item", "no question called fence-99", READ),
    "an item's name that is a formula": (lambda f, c: hand_in(f, "ann", answer(c, "fence-count", "3"), answer(c, "=1+1", "x")), "unknown_item", "=1+1", READ),
    "duplicate ids, alike": (lambda f, c: hand_in(f, "ann", *[answer(c, "fence-count", "3")] * 2), "repeated", "a second time", READ),
    "duplicate ids, different": (
        lambda f, c: hand_in(f, "ann", answer(c, "fence-count", "7", name="r"), answer(c, "fence-count", "3", minute=5, name="r")), "same_id", "the same id", READ),
    "a future version": (first_line(version=2), "future", "version 2; this one reads version 1", BROKEN),
    "a version of words": (first_line(version="one"), "bad_version", "one", BROKEN),
    "version true": (first_line(version=True), "bad_version", "true", BROKEN),
    "no first line": (lambda f, c: raw_file(f, lines(answer(c, "fence-count", "3"))), "no_header", "first line", BROKEN),
    "no JSON in the middle": (lambda f, c: raw_file(f, lines(header("ann", 2), "<<<", answer(c, "fence-count", "3"))), "not_json", "not JSON", READ),
    "not UTF-8 in the middle": (lambda f, c: raw_file(f, lines(header("ann", 2)) + b'{"id": "\xff"}\n' + lines(answer(c, "fence-count", "3"))), "bad_text", "not UTF-8", READ),
    "UTF-16": (lambda f, c: raw_file(f, good(c).decode().encode("utf-16")), "not_text", "UTF-16", BROKEN),
    "another's name in the first line": (first_line(learner="bo"), "header_learner", "the name of the file says ann, its first line says bo", READ),
    "a number for a name in the first line": (first_line(learner=7), "header_learner", "its first line says 7", READ),
    "another lesson in the first line": (first_line(lesson="02_x"), "header_lesson", "says 02_x", READ),
    "a copy that holds the keys": (first_line(mode="self-study"), "self_study_copy", "from a copy that holds the keys", READ),
    "the notebook": (lambda f, c: raw_file(f, b"{}", f"ann--{LESSON}.ipynb"), "notebook", "the notebook, not the hand-in", BROKEN),
    "some notebook": (lambda f, c: raw_file(f, b"{}", "Untitled.ipynb"), "notebook", "the notebook, not the hand-in", NOTHING),
    "a document": (lambda f, c: raw_file(f, b"x", "essay.docx"), "other_file", "not a hand-in", NOTHING),
    "a name that says nothing": (lambda f, c: raw_file(f, good(c), "answers.jsonl"), "bad_name", "does not say who", NOTHING),
    "an unknown lesson": (lambda f, c: raw_file(f, good(c), "ann--09_gone.jsonl"), "unknown_lesson", "no lesson called 09_gone", NOTHING),
    "zip bomb": (lambda f, c: zipped(f, (f"ann--{LESSON}.jsonl", b"0" * 1_900_000)), "zip_bomb", "times its size", BROKEN),
    "path traversal": (lambda f, c: zipped(f, (f"../../ann--{LESSON}.jsonl", good(c))), "traversal", "would leave the folder", BROKEN),
    "an absolute path": (lambda f, c: zipped(f, (f"/tmp/ann--{LESSON}.jsonl", good(c))), "traversal", "would leave the folder", BROKEN),
    "a path of Windows": (lambda f, c: zipped(f, (f"C:\\ann--{LESSON}.jsonl", good(c))), "traversal", "would leave the folder", BROKEN),
    "an entry called .": (lambda f, c: zipped(f, (".", good(c))), "traversal", "would leave the folder", NOTHING),
    "an entry called ./.": (lambda f, c: zipped(f, ("./.", good(c))), "traversal", "would leave the folder", NOTHING),
    "an entry without a name": (nameless, "traversal", "would leave the folder", NOTHING),
    "a symlink": (lambda f, c: (f / f"ann--{LESSON}.jsonl").symlink_to("/etc/passwd"), "link", "links are not followed", BROKEN),
    "a symlink in a zip": (linked_entry, "link", "links are not followed", BROKEN),
    "a linked folder": (lambda f, c: (f / "more").symlink_to("/etc"), "link", "links are not followed", NOTHING),
    "a locked zip": (locked, "zip_locked", "password", BROKEN),
    "a broken zip": (lambda f, c: raw_file(f, b"PK\x03\x04 and no more", "class.zip"), "zip_broken", "can't be opened", NOTHING),
    "zips in zips in zips": (matryoshka, "zip_in_zip", "a zip inside a zip", NOTHING),
    "a learner's zip that is a whole class": (crowded_zip, "zip_too_big", "unpacks to 18 MB", BROKEN),
    "folders without end": (lambda f, c: (f / "/".join("abcdefghijk")).mkdir(parents=True), "too_deep", "more than 8 deep", NOTHING),
    "a pipe": (lambda f, c: os.mkfifo(f / f"ann--{LESSON}.jsonl"), "not_a_file", "a pipe", BROKEN),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_hand_in_gets_its_own_sentence_and_costs_nobody_else_anything(tmp_path, catalogue, name):
    make, kind, words, cell = HOSTILE[name]
    folder = tmp_path / "handins"
    folder.mkdir()
    make(folder, catalogue)
    hand_in(folder, "bo", answer(catalogue, "fence-count", "3"))
    (tmp_path / "roster.csv").write_text("learner,name\nann,Ann\nbo,Bo\n")
    open_class(folder, tmp_path / "roster.csv", catalogue=catalogue).write(tmp_path / "out")
    told = [row for row in read_table(tmp_path / "out/problems.csv") if words in row["what"]]
    assert told, read_table(tmp_path / "out/problems.csv")
    cure = SENTENCES[kind][1].split("{")[0]
    assert told[0]["cure"].startswith(cure) and cure
    assert told[0]["file"]
    ann, bo = read_table(tmp_path / "out/gradebook.csv")
    assert ann["fence-count"] == cell
    assert bo["fence-count"] == "1"


def test_no_two_sentences_are_alike():
    whats = [what for what, _ in SENTENCES.values()]
    assert len(set(whats)) == len(whats)
    assert all(what[0].islower() or what[0] in "{2" for what in whats), "each continues 'file, line: …'"
    assert all(cure.endswith((".", "}")) for _, cure in SENTENCES.values())


def test_an_unfinished_file_never_makes_an_answer_look_unanswered(tmp_path, catalogue):
    hand_in(tmp_path, "ann", answer(catalogue, "form-a", ["yes"]))
    with open(tmp_path / f"ann--{LESSON}.jsonl", "ab") as file:
        file.write(b'{"id": "torn')
    cells = open_class(tmp_path, catalogue=catalogue).sheets["ann", LESSON].cells
    assert (cells["form"].written, cells["fence-count"].written) == ("1", "malformed")


def test_a_broken_newest_answer_is_not_replaced_by_an_older_one(tmp_path, catalogue):
    hand_in(tmp_path, "ann", answer(catalogue, "fence-count", "4"), {**answer(catalogue, "fence-count", "3", minute=9), "kind": "oops"})
    assert open_class(tmp_path, catalogue=catalogue).sheets["ann", LESSON].cells["fence-count"].written == "malformed"
    hand_in(tmp_path, "bo", {**answer(catalogue, "fence-count", "4"), "kind": "oops"}, answer(catalogue, "fence-count", "3", minute=9))
    assert open_class(tmp_path, catalogue=catalogue).sheets["bo", LESSON].cells["fence-count"].written == "1"


def test_a_file_with_thousands_of_faults_does_not_bury_the_others(tmp_path, catalogue):
    raw_file(tmp_path, lines(header("ann", 4000), *["{"] * 4000))
    problems = open_class(tmp_path, catalogue=catalogue).problems
    assert len(problems) < 30
    assert any("and 3979 more like this" in found.what for found in problems)


@pytest.mark.timeout(20)
def test_a_file_of_a_million_lines_is_told_once_and_keeps_what_stands_before(tmp_path, catalogue):
    raw_file(tmp_path, lines(header("ann", 1_000_001), answer(catalogue, "fence-count", "3")) + b"x\n" * 1_000_000)
    tracemalloc.start()
    (handin,), problems = read_handins(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.value for one in handin.responses] == ["3"] and not handin.whole and peak < 20_000_000
    assert [(found.kind, found.line) for found in problems if found.kind != "not_json"] == [("too_many_lines", 10_001)]
    assert len(problems) == 22 and "and 9977 more like this" in problems[-2].what
    sheet = open_class(tmp_path, catalogue=catalogue).sheets["ann", LESSON]
    assert (sheet.cells["fence-count"].written, sheet.cells["form"].written) == ("1", "malformed")


# reading: what may be odd and is fine


@pytest.mark.parametrize("name", ["ann--01_fences.jsonl", "ann--01_fences (1).jsonl", "ann--01_fences-2.jsonl", "ann--01_fences - Copy.jsonl", "ann--01_fences.jsonl.txt"])
def test_what_browsers_and_systems_do_to_a_name_does_no_harm(tmp_path, catalogue, name):
    raw_file(tmp_path, b"\xef\xbb\xbf" + good(catalogue).replace(b"\n", b"\r\n"), name)
    handins, problems = read_handins(tmp_path)
    assert [(one.learner, one.lesson, len(one.responses)) for one in handins] == [("ann", LESSON, 1)]
    assert problems == []


def test_a_zip_is_read_in_memory_with_its_names_repaired(tmp_path, catalogue):
    before = set(tmp_path.rglob("*"))
    inner = zipped(tmp_path, (f"김--{LESSON}.jsonl", good(catalogue, "김"))).read_bytes()
    entries = [("Class/", b""), (f"Class/Zoë--{LESSON}.jsonl", good(catalogue, "Zoë")), ("Class/sub/one.zip", inner), ("__MACOSX/._x.jsonl", b"x"), ("Class/roster.csv", b"x")]
    path = zipped(tmp_path, *entries)
    raw = path.read_bytes()
    at = raw.index(b"PK\x01\x02", raw.index(b"PK\x01\x02") + 1)
    assert raw[at + 9] & 0x08, "Python says that the name is UTF-8; a Mac does not"
    cleared = bytearray(raw)
    cleared[at + 9] &= ~0x08
    cleared[raw.index(b"PK\x03\x04", 4) + 7] &= ~0x08
    path.write_bytes(cleared)
    handins, problems = read_handins(path)
    assert sorted(one.learner for one in handins) == ["Zoë", "김"]
    assert problems == []
    assert set(tmp_path.rglob("*")) - before == {path}


def test_a_single_file_and_a_folder_of_folders_are_read_alike(tmp_path, catalogue):
    path = hand_in(tmp_path / "group 1" / "ann_123_assignsubmission_file", "ann", answer(catalogue, "fence-count", "3"))
    (tmp_path / "group 1" / "roster.csv").write_text("learner,name\n")
    assert read_handins(path)[0][0].responses == read_handins(tmp_path)[0][0].responses
    assert read_handins(tmp_path)[1] == []


def test_a_folder_without_hand_ins_says_so(tmp_path):
    (tmp_path / "roster.csv").write_text("learner,name\n")
    assert [found.kind for found in read_handins(tmp_path)[1]] == ["no_handins"]
    assert [found.kind for found in read_handins(tmp_path / "gone")[1]] == ["missing_place"]


def test_a_line_separator_inside_a_text_is_no_line_end(tmp_path, catalogue):
    hand_in(tmp_path, "ann", answer(catalogue, "fence-essay", {"headline": "one\u2028two\u0085three"}))
    handins, problems = read_handins(tmp_path)
    assert handins[0].responses[0].value["headline"] == "one\u2028two\u0085three" and problems == []


def test_nothing_in_a_hand_in_is_ever_run(tmp_path, catalogue, monkeypatch):
    monkeypatch.setattr("builtins.eval", lambda *_: pytest.fail("eval"))
    monkeypatch.setattr("builtins.exec", lambda *_: pytest.fail("exec"))
    hand_in(tmp_path, "ann", answer(catalogue, "fence-count", "__import__('os').system('true')"))
    assert open_class(tmp_path, catalogue=catalogue).sheets["ann", LESSON].cells["fence-count"].written == "0"
