"""Feedback for bulk upload: each page goes to the one who handed in, by the rules by which Canvas and Moodle infer it."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.exports import ExportError, return_feedback
from course.exports.collected import read_collected
from course.exports.page_text import page_text
from course.exports.rules_return import canvas_takes, moodle_takes, return_complaints
from tests.graded_folders import collected_file, graded_folder, page

CANVAS = {
    # what Canvas calls a learner's file: (the learner, Canvas's numbers of the person and of the file)
    "mossann_501_9001_ann--01_voices.jsonl": ("ann", "501", "9001"),
    "lindbo_LATE_502_9002_bo@example.org--01_voices.jsonl": ("bo@example.org", "502", "9002"),
    "김서연_503_9003_hand-in.zip": ("김", "503", "9003"),
    "LATE_anon_a1B2c_9004_links.jsonl": ("=cy", "anon_a1B2c", "9004"),
}
MOODLE = {
    "Ann Moss_7001_assignsubmission_file/ann--01_voices.jsonl": ("ann", "7001", ""),
    "Bo Lind_7002_assignsubmission_file_bo--01_voices.jsonl": ("bo@example.org", "7002", ""),
    "Participant_7003_assignsubmission_file_/sub dir/a.zip": ("김", "7003", ""),
}
BLACKBOARD = {
    "Essay 1_ann_attempt_2026-03-01-10-15-00_ann--01_voices.jsonl": ("ann", "ann", ""),
    "Essay 1_b_o_attempt_2026-03-01-10-15-00_bo--01_voices.jsonl": ("bo@example.org", "b_o", ""),
}
PLATFORMS = {"canvas": CANVAS, "moodle": MOODLE, "blackboard": BLACKBOARD}


def handed_out(path, entries):
    """The zip of one assignment as a platform hands it out, with what a Mac leaves in it."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in [*entries, "__MACOSX/._x.jsonl", ".DS_Store"]:
            archive.writestr(name, "{}")
    return path


def rows_for(platform, entries, **fields):
    """Those files as collected.csv has them."""
    return [
        {"file": f"week 1.zip/{entry}" + ("/ann--01_voices.jsonl" if entry.endswith(".zip") else ""), "platform": platform, "sender": sender, "submission": submission,
         "learner": learner, "lesson": "01_voices", "outcome": "counted", **fields}
        for entry, (learner, sender, submission) in entries.items()
    ]


def send(tmp_path, platform="canvas", entries=None, rows=None, **options):
    entries = PLATFORMS[platform] if entries is None else entries
    graded = graded_folder(tmp_path / "graded")
    collected_file(graded, rows_for(platform, entries) if rows is None else rows)
    told = return_feedback(handed_out(tmp_path / "week 1.zip", entries), graded, platform, tmp_path / "out.zip", **options)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        return told, {name: archive.read(name) for name in archive.namelist()}


def test_canvas_takes_each_page_for_the_one_who_handed_in(tmp_path):
    told, files = send(tmp_path, as_page=True)
    assert files == {
        "oneilcy_anon_a1B2c_9004_feedback.html".removeprefix("oneilcy_"): page("=cy"), "annmoss_501_9001_feedback.html": page("ann"),
        "bolind_502_9002_feedback.html": page("bo@example.org"), "김서연_503_9003_feedback.html": page("김"),
    }
    assert {canvas_takes(name) for name in files} == {(sender, number) for _, sender, number in CANVAS.values()}
    assert "4 pages" in told and "Upload it once only" in told and "read again by Canvas's rules" in told


def test_what_canvas_shows_under_the_learners_own_name_opens_as_what_it_is_called(tmp_path):
    told, files = send(tmp_path)
    text = files["annmoss_501_9001_feedback.txt"]
    assert text.startswith(b"\xef\xbb\xbfThis is your feedback and not your hand-in.") and b"<" not in text and b"\r\n" in text
    assert page_text(page("ann").decode()).replace("\n", "\r\n") in text.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(files["김서연_503_9003_feedback.zip"])) as inner:
        assert {name: inner.read(name) for name in inner.namelist()} == {"feedback.html": page("김")}
    assert "3 pages went in as plain text, for a .jsonl opens as text. --page sends the pages themselves." in told


def test_moodle_takes_each_page_for_its_participant_and_no_name_breaks_it(tmp_path):
    told, files = send(tmp_path, "moodle")
    assert files == {
        "Ann Moss_7001_assignsubmission_file/feedback.html": page("ann"), "Bo Lind_7002_assignsubmission_file/feedback.html": page("bo@example.org"),
        "김서연_7003_assignsubmission_file/feedback.html": page("김"),
    }
    assert [moodle_takes(name) for name in sorted(files)] == ["7001", "7002", "7003"]
    assert "A second upload replaces the pages" in told and "Feedback files must be switched on" in told


@pytest.mark.parametrize("name", ["Ann_Moss", "a/b\\c", '"A" <b>|:', "_", "..", "__1_2_3_4_5__"])
def test_an_odd_name_stays_out_of_moodles_way(tmp_path, name):
    graded = graded_folder(tmp_path / "graded", {"ann": ("1", "1")}, {"ann": name})
    collected_file(graded, rows_for("moodle", dict(list(MOODLE.items())[:1])))
    return_feedback(handed_out(tmp_path / "z.zip", list(MOODLE)[:1]), graded, "moodle", tmp_path / "out.zip")
    (entry,) = zipfile.ZipFile(tmp_path / "out.zip").namelist()
    assert moodle_takes(entry) == "7001" and entry.count("/") == 1


def test_for_blackboard_there_is_a_folder_for_each_username(tmp_path):
    told, files = send(tmp_path, "blackboard")
    assert files == {"ann/feedback.html": page("ann"), "b_o/feedback.html": page("bo@example.org")}
    assert "Blackboard has no upload of feedback for many" in told


def test_a_folder_that_was_unpacked_serves_as_well(tmp_path):
    send(tmp_path, "moodle")
    with zipfile.ZipFile(tmp_path / "week 1.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    told = return_feedback(tmp_path / "unpacked", tmp_path / "graded", "moodle", tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "out.zip").read_bytes(), "the same pages make the same zip"
    assert "unknown to grading" not in told


def test_nobody_gets_the_page_of_another(tmp_path):
    entries = {
        "a_501_9001_ann--01_voices.jsonl": ("ann", "501", "9001"), "b_502_9002_ann--01_voices.jsonl": ("ann", "502", "9002"),
        "c_503_9003_x.jsonl": ("bo@example.org", "503", "9003"), "c_503_9004_y.jsonl": ("김", "503", "9004"), "d_504_9005_z.jsonl": ("=cy", "504", "9005"),
    }
    told, files = send(tmp_path, entries=entries)
    assert list(files) == ["oneilcy_504_9005_feedback.txt"]
    assert "no page goes back for: ann (501), ann (502), bo@example.org (503), 김 (503)." in told


def test_of_several_files_of_one_learner_the_one_that_counts_gets_the_page(tmp_path):
    entries = {f"a_501_900{number}_ann--01_voices-{number}.jsonl": ("ann", "501", f"900{number}") for number in range(3)}
    rows = [{**row, "outcome": outcome} for row, outcome in zip(rows_for("canvas", entries), ("older", "counted", "duplicate"))]
    assert list(send(tmp_path, entries=entries, rows=rows)[1]) == ["annmoss_501_9001_feedback.txt"]


def test_who_gets_no_page_is_named(tmp_path):
    rows = rows_for("canvas", CANVAS)
    rows[0] |= {"outcome": "unreadable", "learner": ""}
    rows[1] |= {"page": "feedback/gone.html", "learner": "bo@example.org"}
    rows[2] |= {"submission": ""}
    told, files = send(tmp_path, rows=rows[:3] + rows[3:])
    (tmp_path / "graded/feedback/gone.html").unlink()
    told = return_feedback(tmp_path / "week 1.zip", tmp_path / "graded", "canvas", tmp_path / "out.zip")
    assert zipfile.ZipFile(tmp_path / "out.zip").namelist() == ["anon_a1B2c_9004_feedback.txt"]
    assert "No page goes back for: bo@example.org, mossann_501_9001_ann--01_voices.jsonl, 김." in told
    told, _ = send(tmp_path, rows=rows_for("canvas", CANVAS)[1:])
    assert "unknown to grading, so nothing goes back for them: mossann_501_9001_ann--01_voices.jsonl." in told


@pytest.mark.parametrize("outside", ["../secret.html", "feedback/../../secret.html", "feedback/other.html"])
def test_only_our_own_pages_ever_go_into_the_zip(tmp_path, outside):
    rows = rows_for("canvas", CANVAS)
    rows[0] |= {"page": outside}
    (tmp_path / "graded/feedback").mkdir(parents=True)
    _, files = send(tmp_path, rows=rows, as_page=True)
    (tmp_path / "graded/feedback/other.html").write_text("<html>no page of the kit</html>")
    (tmp_path / "secret.html").write_bytes(page("ann"))
    return_feedback(tmp_path / "week 1.zip", tmp_path / "graded", "canvas", tmp_path / "out.zip", as_page=True)
    assert not any("501" in name for name in zipfile.ZipFile(tmp_path / "out.zip").namelist())


def test_what_is_missing_is_a_sentence(tmp_path):
    graded = graded_folder(tmp_path / "graded")
    with pytest.raises(ExportError, match="no file .*collected.csv, which says who sent what. Grade again"):
        return_feedback(tmp_path / "x.zip", graded, "canvas", tmp_path / "out.zip")
    collected_file(graded, rows_for("canvas", CANVAS))
    with pytest.raises(ExportError, match="x.zip can't be read as a zip or a folder"):
        return_feedback(tmp_path / "x.zip", graded, "canvas", tmp_path / "out.zip")
    with pytest.raises(ExportError, match="No file in .* sent through Moodle. Grade it first"):
        return_feedback(handed_out(tmp_path / "x.zip", MOODLE), graded, "moodle", tmp_path / "out.zip")
    with pytest.raises(ExportError, match="were graded, but they don't bear the names that Moodle gives.* Give the zip exactly as Moodle handed it out, and grade that zip"):
        return_feedback(handed_out(tmp_path / "x.zip", CANVAS), graded, "moodle", tmp_path / "out.zip")
    with pytest.raises(ExportError, match="stays as it is"):
        return_feedback(tmp_path / "x.zip", graded, "canvas", tmp_path / "x.zip")
    assert not (tmp_path / "out.zip").exists()


def spoilt(tmp_path, rename):
    """The zip for Canvas with its first page under another name, or with other contents."""
    _, files = send(tmp_path)
    first, *others = files
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in others:
            archive.writestr(name, files[name])
        archive.writestr(*rename(first, files))
    return made.getvalue()


@pytest.mark.parametrize(
    ("rename", "told"),
    [
        (lambda name, files: (name.replace("9004", "9005"), files[name]), "would be ignored, or be nobody's"),
        (lambda name, files: (name.replace("feedback", "link"), files[name]), "would be ignored, or be nobody's"),
        (lambda name, files: (f"._{name}", files[name]), "would be ignored, or be nobody's"),
        (lambda name, files: (name, files["annmoss_501_9001_feedback.txt"]), "is not the page of =cy"),
        (lambda name, files: (name, files["김서연_503_9003_feedback.zip"]), "is not the page of =cy"),
        (lambda name, files: ("ANNMOSS_501_9001_feedback.txt", files["annmoss_501_9001_feedback.txt"]), "two files in it have the same name"),
    ],
)
def test_the_checker_finds_what_would_be_ignored_or_be_anothers(tmp_path, rename, told):
    contents = spoilt(tmp_path, rename)
    assert told in " ".join(return_complaints(contents, "canvas", read_collected(tmp_path / "graded"), tmp_path / "graded"))


def test_the_checker_knows_whose_a_file_is_only_if_one_learner_has_the_ids(tmp_path):
    _, files = send(tmp_path, "moodle")
    rows = read_collected(tmp_path / "graded")
    twice = [*rows, *(type(one)(**{**vars(one), "learner": "zed", "page": "feedback/zed.html"}) for one in rows)]
    told = return_complaints((tmp_path / "out.zip").read_bytes(), "moodle", twice, tmp_path / "graded")
    assert len(told) == len(files) and all("could be that of several learners" in one for one in told)


words = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/\\"), min_size=1, max_size=10)


@settings(max_examples=60, deadline=None)
@given(words, st.integers(1, 10**9), st.integers(1, 10**9), st.sampled_from(["canvas", "moodle"]))
def test_no_name_of_a_learner_leads_a_page_astray(tmp_path_factory, name, sender, number, platform):
    folder = tmp_path_factory.mktemp("name")
    graded = graded_folder(folder / "graded", {"ann": ("1", "1")}, {"ann": name})
    entry = f"x_{sender}_{number}_a.zip" if platform == "canvas" else f"x_{sender}_assignsubmission_file/a.jsonl"
    collected_file(graded, rows_for(platform, {entry: ("ann", str(sender), str(number))}))
    return_feedback(handed_out(folder / "z.zip", [entry]), graded, platform, folder / "out.zip")
    (made,) = zipfile.ZipFile(folder / "out.zip").namelist()
    assert (canvas_takes(made) == (str(sender), str(number))) if platform == "canvas" else (moodle_takes(made) == str(sender))
