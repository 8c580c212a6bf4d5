"""Whose answers folder this is: the id that keeps one person's unsent answers from the next on a shared browser."""

from __future__ import annotations

import json
import os
import uuid
from dataclasses import dataclass
from pathlib import Path

BESIDE = ".says-who-"
HELD: dict[str, str] = {}


@dataclass(frozen=True)
class Owner:
    """The id of an answers folder, a stand-in from while the folder could not be written, and the learner if known."""

    id: str
    stand_in: str
    learner: str | None

    @property
    def store(self) -> dict[str, str]:
        """The keys under which a browser keeps answers that have not arrived: the folder's own, and its stand-in."""
        user = os.environ.get("JUPYTERHUB_USER", "")
        return {"key": f"{self.id}:{user}", "also": f"{self.stand_in}:{user}"}


def find_owner(folder: Path) -> Owner:
    """Read `owner.json` of the answers folder, or write a new one. Never fails: without a disk the stand-in serves."""
    found = read_owner(folder)
    if not found.get("id"):
        found = create_owner(folder) or found
    identity = found.get("id") or stand_in(folder, make=True)
    return Owner(identity, stand_in(folder) or identity, os.environ.get("JUPYTERHUB_USER") or found.get("learner"))


def remember_learner(folder: Path, owner: Owner, learner: str) -> bool:
    """Keep the name a learner hands in under, so that it is asked for once. Says whether it could be written."""
    if (folder / "owner.json").exists() and not read_owner(folder):
        return False
    beside = folder / f".owner-{uuid.uuid4().hex[:8]}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps({"id": owner.id, "learner": learner}, ensure_ascii=False), "utf-8")
        os.replace(beside, folder / "owner.json")
    except OSError:
        return False
    return True


def read_owner(folder: Path) -> dict[str, str]:
    """What `owner.json` says; nothing when it is not there or can't be read."""
    try:
        found = json.loads((folder / "owner.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}


def create_owner(folder: Path) -> dict[str, str]:
    """Write a new `owner.json`; where another notebook was quicker, or a file that can't be read stands there, leave it."""
    about = {"id": str(uuid.uuid4())}
    beside = folder / f".owner-{uuid.uuid4().hex[:8]}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "owner.json").exists():
            return read_owner(folder)
        beside.write_text(json.dumps(about), "utf-8")
        claim(beside, folder / "owner.json")
    except FileExistsError:
        return read_owner(folder)
    except OSError:
        return {}
    finally:
        discard(beside)
    return about


def claim(beside: Path, place: Path) -> None:
    """Give a finished file its name unless something has that name already; a disk without links just renames it."""
    try:
        os.link(beside, place)
    except FileExistsError:
        raise
    except OSError:
        os.replace(beside, place)


def discard(file: Path) -> None:
    """Remove a file that may not be there, on a disk that may not let go of it."""
    try:
        file.unlink(missing_ok=True)
    except OSError:
        pass


def stand_in(folder: Path, *, make: bool = False) -> str | None:
    """The id that served while the folder could not be written; with `make`, a new one if there is none.

    It is the name of an empty file beside the folder, which even a full disk can most often take, so that the next
    kernel finds it, and it goes when the place is wiped for the next person. Failing that, this kernel remembers it.
    """
    place = folder.absolute()
    named = sorted(file.name for file in place.parent.glob(f"{BESIDE}*")) if place.parent.is_dir() else []
    if named:
        return named[0].removeprefix(BESIDE)
    if make and str(place) not in HELD:
        HELD[str(place)] = str(uuid.uuid4())
    held = HELD.get(str(place))
    if make and held:
        try:
            (place.parent / f"{BESIDE}{held}").touch()
        except OSError:
            pass
    return held
