"""The command: it starts quickly, says one sentence when something is wrong, and never shows a traceback for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from course.cli import main
from tests.hand_ins import answer, hand_in, read_table, small_catalogue
from tests.small_content import write_small_content


@pytest.fixture(autouse=True)
def small_kit(tmp_path, monkeypatch):
    monkeypatch.setenv("SAYSWHO_DATA", str(write_small_content(tmp_path / "data")))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys, *arguments):
    code = main([str(one) for one in arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_without_a_command_it_helps_with_examples(capsys):
    code, out, err = run(capsys)
    assert code == 0 and err == ""
    assert "sayswho grade handins --roster roster.csv --out graded" in out and "examples:" in out


@pytest.mark.parametrize("command", ["check", "grade", "release", "simulate"])
def test_every_command_explains_itself(capsys, command):
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0 and "usage: sayswho" in capsys.readouterr().out


def test_grade_writes_its_three_things_and_says_so(capsys, tmp_path):
    hand_in(tmp_path / "h", "ann", answer(small_catalogue(tmp_path), "fence-count", "3"))
    (tmp_path / "roster.csv").write_text("learner,name\nann,Ann\n")
    code, out, err = run(capsys, "grade", "h", "--roster", "roster.csv", "--out", "graded")
    assert (code, err) == (0, "")
    assert out == "1 hand-in of 1 learner graded into graded: gradebook.csv, 1 page in feedback, and no problems.\n"
    assert read_table(tmp_path / "graded/gradebook.csv")[0]["fence-count"] == "1"
    assert (tmp_path / "graded/feedback/ann.html").is_file() and read_table(tmp_path / "graded/problems.csv") == []


def test_simulate_then_grade_then_check(capsys, tmp_path):
    assert run(capsys, "simulate", "--out", "class", "--seed", 7, "--learners", 5)[:2] == (0, "class holds an invented class: 5 hand-ins of 5 learners, and roster.csv.\n")
    assert run(capsys, "grade", "class", "--roster", "class/roster.csv", "--out", "graded")[0] == 0
    assert run(capsys, "check")[0] in (0, 1)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["grade", "gone", "--out", "g"], "There is no file or folder gone. Name the folder, the zip or the file with the hand-ins.\n"),
        (["grade", "data", "--roster", "gone.csv", "--out", "g"], "There is no file gone.csv. It is a table whose first line is learner,name.\n"),
        (["grade", "data", "--keys", "gone", "--out", "g"], "There is no folder gone. Name the folder that holds the keys.\n"),
        (["release", "--out", "data"], "data is not empty, and a release never writes over anything. Name a new folder: --out DIR.\n"),
        (["simulate", "--out", "data"], "data holds"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_exit_code_1(capsys, arguments, told):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (1, "") and err.startswith(told) and err.count("\n") == 1


def test_broken_content_is_one_sentence_too(capsys, tmp_path):
    (tmp_path / "data/items/01_fences.toml").write_text("[lesson\n")
    (tmp_path / "h").mkdir()
    code, out, err = run(capsys, "grade", "h", "--out", "g")
    assert (code, out) == (1, "") and err.startswith("data/items/01_fences.toml: this is not valid TOML")


def test_a_folder_without_hand_ins_is_exit_code_1_with_the_reason_in_problems(capsys, tmp_path):
    (tmp_path / "h").mkdir()
    code, out, _ = run(capsys, "grade", "h", "--out", "g")
    assert code == 1 and "problems.csv with 1 line to look at" in out
    assert "no hand-in was found" in read_table(tmp_path / "g/problems.csv")[0]["what"]


def test_an_unknown_option_is_exit_code_2(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["grade", "h"])
    assert caught.value.code == 2 and "--out" in capsys.readouterr().err


def test_stopped_by_hand_says_so(capsys, monkeypatch):
    monkeypatch.setattr("course.cli.check.run", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    assert run(capsys, "check") == (130, "", "Stopped.\n")


def test_a_bug_is_not_dressed_up_as_a_sentence(monkeypatch):
    monkeypatch.setattr("course.cli.check.run", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        main(["check"])


@pytest.mark.parametrize(("error", "told"), [
    (OSError(36, "File name too long", "long.csv"), "long.csv can't be read or written (File name too long). Check the name, your rights and the room on the disk, or name another folder.\n"),
    (OSError(28, "No space left on device"), "A file can't be read or written (No space left on device). Check the name, your rights and the room on the disk, or name another folder.\n"),
    (UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates not allowed"), "A name has letters in it that can't be written. Give the file or folder a name of ordinary letters.\n"),
])
def test_what_the_system_refuses_is_a_sentence(capsys, monkeypatch, error, told):
    monkeypatch.setattr("course.cli.check.run", lambda _: (_ for _ in ()).throw(error))
    assert run(capsys, "check") == (1, "", told)


def test_a_name_too_long_a_class_of_none_and_a_file_for_a_folder_are_sentences(capsys, tmp_path):
    (tmp_path / "afile").write_text("x")
    code, out, err = run(capsys, "simulate", "--out", "x" * 300, "--learners", 2)
    assert (code, out) == (1, "") and "can't be" in err
    assert run(capsys, "simulate", "--out", "s", "--learners", -3) == (1, "", "A class has at least 1 learner, and --learners is -3.\n")
    assert run(capsys, "simulate", "--out", "afile") == (1, "", "afile is a file. Name a folder for the class: --out DIR.\n")


@pytest.mark.parametrize("command", [["grade", "h", "--out", "g"], ["regrade", "h", "--out", "g"], ["challenges", "h"], ["export", "qti", "--out", "q.zip"], ["release", "--out", "r"]])
def test_two_packs_are_refused_instead_of_one_of_them(capsys, command):
    with pytest.raises(SystemExit) as caught:
        main([*command, "--keys", "one", "--keys", "two"])
    assert caught.value.code == 2 and "--keys takes one folder; lay the packs together in one folder" in capsys.readouterr().err


def test_a_folder_that_leads_to_itself_is_a_sentence(capsys, tmp_path):
    (tmp_path / "round").symlink_to("round")
    code, _, err = run(capsys, "challenges", "accept", "fence-count", "4", "--reason", "So.", "--pack", "round", "--by", "Kim")
    assert code == 1 and err.count("\n") == 1 and "round" in err
    code, _, err = run(capsys, "return", "round", "--graded", "g", "--for", "canvas", "--out", "round")
    assert code == 1 and err.count("\n") == 1


def test_help_loads_neither_the_grader_nor_anything_compiled():
    source = "import sys; sys.argv = ['sayswho']; from course.cli import main; main([]); print('course.classroom' in sys.modules, 'cattrs' in sys.modules, 'ipywidgets' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "False False False"


def test_grading_loads_no_pandas_and_no_widgets():
    source = "import sys, course.classroom, course.reports; print([name for name in ('pandas', 'matplotlib', 'ipywidgets', 'anywidget', 'nbformat', 'IPython', 'tqdm') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, timeout=60)
    assert done.stdout == "[]\n", done.stderr


def test_a_console_that_lacks_a_letter_shows_a_question_mark(tmp_path):
    command = [sys.executable, "-c", "import sys; from course.cli import main; sys.exit(main(['grade', 'gone-김', '--out', 'g']))"]
    done = subprocess.run(command, capture_output=True, timeout=60, env={**__import__("os").environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 1 and b"gone-?" in done.stderr and b"Traceback" not in done.stderr


def test_a_class_release_says_that_it_cannot_invent_a_class(monkeypatch, capsys, tmp_path):
    monkeypatch.setitem(sys.modules, "course.simulate", None)

    assert main(["simulate", "--out", str(tmp_path)]) == 1
    assert "Use a checkout of the kit" in capsys.readouterr().err
