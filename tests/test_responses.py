"""The journal: nothing is lost, nothing is written twice, nothing is called kept that is not."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading

import pytest

from course.owner import HELD, find_owner, remember_learner
from course.responses import Journal, Response, ResponseError, later, newest, structure_response

RAW = {"id": "r1", "at": "2026-03-01T10:00:00.000Z", "item": "who-01", "kind": "draft", "round": "alone", "seen": "abc", "value": ["S3"]}


def response(number: int = 1, **changes) -> Response:
    return structure_response({**RAW, "id": f"r{number}", "at": f"2026-03-01T10:00:{number:02d}.000Z", **changes})


@pytest.mark.parametrize(("change", "words"), [
    ({"at": "2026-03-01"}, "its time"), ({"at": 5}, "its time"), ({"kind": "final"}, "its kind 'final' is none of draft"),
    ({"round": "x"}, "its round"), ({"id": ""}, "id or its item is empty"), ({"id": 7}, "'id' is not a short text"),
    ({"item": "x" * 101}, "'item' is not a short text"), ({"reason": ["r1"]}, "'reason' is not a text"),
    ({"score": 10}, "a field that no response has: 'score'"),
    ({"at": "2026-02-30T10:00:00.000Z"}, "its time"), ({"at": "2026-03-01T24:00:00.000Z"}, "its time"), ({"at": "2026-03-01T23:59:60.000Z"}, "its time"),
    ({"at": "0000-01-01T00:00:00.000Z"}, "its time"), ({"at": "٢٠٢٦-03-01T10:00:00.000Z"}, "its time"), ({"at": "9999-12-31T23:59:59.999Z"}, "its time"),
])
def test_a_response_of_the_wrong_shape_is_refused_with_a_sentence(change, words):
    with pytest.raises(ResponseError, match=words):
        structure_response({**RAW, **change})


@pytest.mark.parametrize("raw", [None, 3, [], "x"])
def test_a_response_that_is_no_object_is_refused(raw):
    with pytest.raises(ResponseError, match="not an object"):
        structure_response(raw)


def test_the_newest_response_counts_and_a_challenge_never_replaces_an_answer():
    told = newest([response(2, value=["new"]), response(1, value=["old"]), response(3, kind="challenge", value="No!")])

    assert told["who-01"].value == ["new"]


def test_a_time_is_never_earlier_than_the_last_plus_a_millisecond():
    assert later("2026-03-01T09:00:00.000Z", than="2026-03-01T10:00:00.999Z") == "2026-03-01T10:00:01.000Z"
    assert later("2026-03-01T10:00:02.000Z", than="2026-03-01T10:00:00.999Z") == "2026-03-01T10:00:02.000Z"


@pytest.mark.parametrize("last", ["2024-02-29T23:59:59.999Z", "9999-12-31T23:59:58.999Z", "2026-03-01T23:59:59.999Z"])
def test_after_every_time_that_a_response_may_have_there_is_a_later_one_or_the_end_of_time(last):
    after = later("2026-01-01T00:00:00.000Z" if last > "2026-01" else "2024-01-01T00:00:00.000Z", than=response(at=last).at)

    assert after > last and len(after) == len(last)


def test_a_response_is_on_the_disk_before_it_is_called_kept(tmp_path, monkeypatch):
    confirmed = []
    monkeypatch.setattr(os, "fsync", lambda handle: confirmed.append(os.fstat(handle).st_size))
    journal = Journal(tmp_path, "01")

    assert journal.keep(response()).where == "disk"
    assert confirmed and confirmed[0] == journal.path.stat().st_size
    assert json.loads(journal.path.read_text())["value"] == ["S3"]


def test_delivering_again_changes_nothing(tmp_path):
    journal = Journal(tmp_path, "01")
    for _ in range(3):
        assert journal.keep(response()).where == "disk"
    again = Journal(tmp_path, "01")
    again.read()
    again.keep(response())

    assert len(journal.path.read_text().splitlines()) == 1
    assert not again.path.exists()


def test_two_running_lessons_merge_and_see_each_other(tmp_path):
    first, second = Journal(tmp_path, "01"), Journal(tmp_path, "01")
    first.keep(response(1, value=["a"]))
    second.keep(response(2, value=["b"]))

    assert [r.id for r in first.read().responses] == [r.id for r in second.read().responses] == ["r1", "r2"]
    second.keep(response(3, value=["c"]))
    assert newest(first.read().responses)["who-01"].value == ["c"]


def test_a_torn_last_line_is_skipped_and_reported(tmp_path):
    journal = Journal(tmp_path, "01")
    journal.keep(response(1))
    with open(journal.path, "ab") as file:
        file.write(b'{"id": "r2", "at": "2026')

    history = Journal(tmp_path, "01").read()

    assert [r.id for r in history.responses] == ["r1"]
    assert history.torn == [f"{journal.path.name}, line 2"]


def test_a_file_where_the_folder_should_be_is_said_and_cured_later(tmp_path):
    (tmp_path / "answers").write_text("in the way")
    journal = Journal(tmp_path / "answers", "01")

    kept = journal.keep(response())
    assert kept.where == "" and kept.why

    (tmp_path / "answers").unlink()
    assert journal.keep(response()).where == "disk"


def test_a_full_disk_is_said_and_the_next_line_is_whole_again(tmp_path):
    script = f"""
import resource, signal
from pathlib import Path
from course.responses import Journal, structure_response
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
journal, raw = Journal(Path({str(tmp_path)!r}), "01"), {RAW!r}
print(journal.keep(structure_response(raw)).where)
resource.setrlimit(resource.RLIMIT_FSIZE, (200, resource.RLIM_INFINITY))
print(journal.keep(structure_response({{**raw, "id": "r2", "value": "x" * 300}})))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(journal.keep(structure_response({{**raw, "id": "r3"}})).where)
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.splitlines()

    assert told[0] == told[2] == "disk" and "where=''" in told[1]
    assert [r.id for r in Journal(tmp_path, "01").read().responses] == ["r1", "r3"]


def test_killed_in_the_middle_every_acknowledged_response_is_on_the_disk(tmp_path):
    script = f"""
from pathlib import Path
from course.responses import Journal, structure_response
journal, raw = Journal(Path({str(tmp_path)!r}), "01"), {RAW!r}
for number in range(10_000):
    journal.keep(structure_response({{**raw, "id": f"r{{number}}"}}))
    print(number, flush=True)
"""
    running = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    acknowledged = [int(running.stdout.readline()) for _ in range(200)]
    running.send_signal(signal.SIGKILL)
    running.wait()

    kept = {r.id for r in Journal(tmp_path, "01").read().responses}
    assert {f"r{number}" for number in acknowledged} <= kept


def test_answers_from_many_threads_each_get_a_whole_line(tmp_path):
    journal = Journal(tmp_path, "01")
    threads = [threading.Thread(target=lambda n=n: journal.keep(response(n))) for n in range(1, 40)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert len(Journal(tmp_path, "01").read().responses) == 39


def test_a_place_without_a_disk_never_says_saved(tmp_path, monkeypatch):
    monkeypatch.setenv("SAYSWHO_TEMPORARY", "1")
    assert Journal(tmp_path, "01").keep(response()).where == "session"


def test_an_answers_folder_has_one_id_for_good_and_another_folder_has_another(tmp_path):
    first = find_owner(tmp_path / "a")

    assert find_owner(tmp_path / "a").id == first.id
    assert find_owner(tmp_path / "b").id != first.id


def test_while_the_folder_cannot_be_written_a_stand_in_serves_and_is_looked_for_later(tmp_path):
    (tmp_path / "answers").write_text("in the way")
    before = find_owner(tmp_path / "answers")
    (tmp_path / "answers").unlink()
    HELD.clear()  # as after a kernel restart
    after = find_owner(tmp_path / "answers")

    assert before.store["key"] == after.store["also"]
    assert before.store["key"] != after.store["key"]


def test_the_next_person_at_a_wiped_place_never_gets_the_stand_in_of_the_last(tmp_path):
    place = tmp_path / "notebooks"
    place.mkdir()
    (place / "answers").write_text("in the way")
    before = find_owner(place / "answers")
    shutil.rmtree(place)
    HELD.clear()

    assert before.store["key"] not in find_owner(place / "answers").store.values()


def test_a_learner_is_remembered_and_a_hub_knows_better(tmp_path, monkeypatch):
    owner = find_owner(tmp_path)
    assert remember_learner(tmp_path, owner, "김 서연")
    assert (find_owner(tmp_path).learner, find_owner(tmp_path).id) == ("김 서연", owner.id)
    monkeypatch.setenv("JUPYTERHUB_USER", "seo")
    assert find_owner(tmp_path).learner == "seo"
    assert find_owner(tmp_path).store["key"] == f"{owner.id}:seo"


def test_an_owner_file_that_cannot_be_read_is_left_alone(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "owner.json").write_text("half a")
    owner = find_owner(tmp_path / "a")

    assert not remember_learner(tmp_path / "a", owner, "ada")
    assert (tmp_path / "a" / "owner.json").read_text() == "half a"


def test_notebooks_opened_at_once_agree_on_the_id(tmp_path):
    found = []
    threads = [threading.Thread(target=lambda: found.append(find_owner(tmp_path / "a").id)) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert len(set(found)) == 1


def test_a_folder_deleted_under_a_running_lesson_is_written_again(tmp_path):
    journal = Journal(tmp_path / "a", "01")
    journal.keep(response(1))
    shutil.rmtree(tmp_path / "a")

    assert journal.keep(response(1)).where == "disk"
    journal.keep(response(2))
    assert [r.id for r in Journal(tmp_path / "a", "01").read().responses] == ["r1", "r2"]
