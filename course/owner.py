"""Whose answers folder this is: the id that keeps one person's unsent answers from the next on a shared browser."""

from __future__ import annotations

import getpass
import json
import os
import uuid
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Owner:
    """The id of an answers folder, a stand-in for while the folder can't be written, and the learner if known."""

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
    stand_in = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{account()}@{folder.absolute()}"))
    found = read_owner(folder)
    identity = found.get("id")
    if not identity:
        identity = str(uuid.uuid4())
        if not write_owner(folder, {**found, "id": identity}):
            identity = stand_in
    return Owner(identity, stand_in, os.environ.get("JUPYTERHUB_USER") or found.get("learner"))


def remember_learner(folder: Path, learner: str) -> bool:
    """Keep the name a learner hands in under, so that it is asked for once. Says whether it could be written."""
    return write_owner(folder, {**read_owner(folder), "learner": learner})


def read_owner(folder: Path) -> dict[str, str]:
    """What `owner.json` says; nothing when it is not there or can't be read."""
    try:
        found = json.loads((folder / "owner.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}


def write_owner(folder: Path, about: dict[str, str]) -> bool:
    """Replace `owner.json` in one step, so that no reader ever finds half of it."""
    beside = folder / f".owner-{uuid.uuid4().hex[:8]}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(about, ensure_ascii=False), "utf-8")
        os.replace(beside, folder / "owner.json")
    except OSError:
        beside.unlink(missing_ok=True) if folder.is_dir() else None
        return False
    return True


def account() -> str:
    """The name of the account on this computer, or nothing where there is none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
