"""Hand-ins damaged at random: whatever is in them, a class is graded, and the undamaged ones as before."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from course.classroom import load_catalogue, open_class
from course.content import find_data

EXAMPLE = find_data() / "example_class"
JUNK = (
    None, True, -1, 1e300, 10**40, "", "x" * 500, "\ud800", "\u202e", [], {}, [[]], {"a": 1}, [None], {"g1": {"speaker": [1]}},
    [{"label": "source", "unit": "k2", "start": -5, "end": 10**30, "quote": 5}], [{"label": ["a"], "unit": {}, "start": 1.5, "end": 2}],
)


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


def damaged(value: Any, chance: Random) -> Any:
    """A value with something in it, or all of it, replaced."""
    if isinstance(value, (dict, list)) and value and chance.random() > 0.15:
        place = chance.choice(list(value) if isinstance(value, dict) else range(len(value)))
        changed = value.copy()
        changed[place] = damaged(value[place], chance)
        return changed
    return chance.choice(JUNK)


def damage(raw: bytes, chance: Random) -> bytes:
    """A file with some bytes overwritten, or some of its lines replaced by other JSON."""
    if chance.random() < 0.3:
        bytes_of = bytearray(raw)
        for _ in range(chance.randrange(1, 20)):
            bytes_of[chance.randrange(len(raw))] = chance.randrange(256)
        return bytes(bytes_of)
    lines = raw.decode().splitlines()
    for _ in range(chance.randrange(1, 8)):
        number = chance.randrange(len(lines))
        lines[number] = json.dumps(damaged(json.loads(lines[number]), chance))
    return "\n".join(lines).encode()


@pytest.mark.parametrize("seed", range(12))
def test_damaged_hand_ins_never_stop_a_class(tmp_path, catalogue, seed):
    chance = Random(seed)
    files = sorted(EXAMPLE.glob("learner-0[12]*.jsonl"))
    spoilt = set(chance.sample(files, 8))
    (tmp_path / "h").mkdir()
    for path in files:
        (tmp_path / "h" / path.name).write_bytes(damage(path.read_bytes(), chance) if path in spoilt else path.read_bytes())
    classroom = open_class(tmp_path / "h", EXAMPLE / "roster.csv", catalogue=catalogue)
    classroom.write(tmp_path / "out")
    whole = open_class(EXAMPLE, EXAMPLE / "roster.csv", catalogue=catalogue)
    for (learner, lesson), sheet in classroom.sheets.items():
        if not any(Path(path).name.startswith(f"{learner}--{lesson}") for path in spoilt) and (learner, lesson) in whole.sheets:
            assert sheet == whole.sheets[learner, lesson]
