"""One desk at a file of marks: a small file beside it says who sits there and since when.

The lock only keeps two people from working at cross purposes. What is on the disk is safe without it, since every change is
laid over what the file holds at that moment.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from course.desk.lines import DeskError

MOMENT = 5  # seconds within which a lock file gets its words, and a small table is read and written
QUIET_HOURS = 12  # a desk on another computer that has written nothing for so long is taken to be gone


class Lock:
    """The right to write one file of marks, until `release` or the end of the process. Raises `DeskError` when somebody else has it."""

    def __init__(self, file: Path, marker: str) -> None:
        self.file, self.marker = Path(file), marker
        self.path = self.file.with_name(f"{self.file.name}.lock")
        self.told = {"marker": marker, "computer": socket.gethostname(), "process": os.getpid(), "started": started(os.getpid()), "since": datetime.now().strftime("%Y-%m-%d %H:%M")}
        self.take()
        atexit.register(self.release)

    def take(self) -> None:
        """Write the lock file; one that is left over from a desk that is gone is cleared first."""
        for _ in range(3):
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                put(self.path, json.dumps(self.told))
                return
            except FileExistsError:
                held = read_lock(self.path)
                if not held and is_young(self.path):
                    raise DeskError(opening(self.file)) from None
                if held and not is_left_over(self.path, held):
                    if (held.get("computer"), held.get("process")) == (self.told["computer"], self.told["process"]):
                        return
                    raise DeskError(taken(self.file, self.path, held)) from None
                clear(self.path, held)
            except OSError as error:
                raise DeskError(f"{self.file.parent} can't be written ({error.strerror}), so no mark could be kept. Name a file in a folder of your own.") from error
        raise DeskError(f"{self.path.name} comes and goes: another desk opens {self.file.name} at this moment. Wait a little and run the cell again.")

    def touch(self) -> None:
        """Say that this desk is still at work."""
        with suppress(OSError):
            os.utime(self.path)

    def release(self) -> None:
        """Give the file free, if the lock is still this process's own."""
        held = read_lock(self.path)
        if held and held.get("process") == self.told["process"] and held.get("computer") == self.told["computer"]:
            with suppress(OSError):
                self.path.unlink()


def put(path: Path, text: str) -> None:
    """Make a file that was not there, with its words in it from the first moment. Raises `FileExistsError` when it is there."""
    draft = path.with_name(f".{uuid4().hex}.lock")
    try:
        draft.write_text(text, "utf-8")
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as a memory stick
        with open(path, "x", encoding="utf-8") as file:
            file.write(text)
    finally:
        draft.unlink(missing_ok=True)


def check_free(file: Path) -> None:
    """Raise `DeskError` when a desk is open at this file, in this process or another."""
    path = Path(file).with_name(f"{Path(file).name}.lock")
    held = read_lock(path)
    if not held and is_young(path):
        raise DeskError(opening(Path(file)))
    if held and not is_left_over(path, held):
        raise DeskError(taken(Path(file), path, held))


def read_lock(path: Path) -> dict[str, Any]:
    """What a lock file says; empty when there is none, or nothing that can be read."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def is_young(path: Path) -> bool:
    """Whether a lock file was made a moment ago: on a disk without links it is there before its words are."""
    try:
        return abs(time.time() - path.stat().st_mtime) < MOMENT
    except OSError:
        return False


@contextmanager
def for_a_moment(file: Path) -> Iterator[None]:
    """Let nobody else, in another process either, change a small table while it is read and written. Raises `DeskError` when others don't finish."""
    path, told = file.with_name(f"{file.name}.lock"), {"turn": uuid4().hex}
    last = time.monotonic() + 2 * MOMENT
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            put(path, json.dumps(told))
            break
        except FileExistsError:
            if time.monotonic() > last:
                raise DeskError(f"{file.name} is being written by another desk. Try again in a moment; if nobody is at work, delete {path.name}.") from None
            if is_young(path):
                time.sleep(0.02)
            else:
                clear(path, read_lock(path))
        except OSError as error:
            raise DeskError(f"{file.name} can't be written ({error.strerror or error}). Look at its folder and try again.") from error
    try:
        yield
    finally:
        if read_lock(path) == told:
            with suppress(OSError):
                path.unlink()


def is_left_over(path: Path, held: dict[str, Any]) -> bool:
    """Whether the desk behind a lock is gone: its process on this computer has ended, or it has been quiet for half a day elsewhere."""
    if held.get("computer") == socket.gethostname():
        return not is_running(held.get("process")) or held.get("started", "") != started(held["process"])
    with suppress(OSError):
        return time.time() - path.stat().st_mtime > QUIET_HOURS * 3600
    return True


def is_running(process: Any) -> bool:
    """Whether a process of this computer still runs."""
    if type(process) is not int or process <= 0:
        return False
    if sys.platform == "win32":  # os.kill would end it there
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, process)
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def started(process: int) -> str:
    """When a process began, as Linux counts it, so that a number that is given out again is not mistaken; empty elsewhere."""
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    return told.rpartition(")")[2].split()[19]


def clear(path: Path, seen: dict[str, Any]) -> None:
    """Take a lock away that is left over. One that somebody else has put there meanwhile is put back."""
    aside = path.with_name(f".{uuid4().hex}.lock")
    with suppress(FileNotFoundError):
        os.replace(path, aside)
        if read_lock(aside) != seen:
            with suppress(OSError):
                os.link(aside, path)
        aside.unlink(missing_ok=True)


def opening(file: Path) -> str:
    """The sentence for whoever comes while another desk is about to open."""
    return f"Another desk opens {file.name} at this moment. Wait {MOMENT} seconds and run the cell again."


def taken(file: Path, path: Path, held: dict[str, Any]) -> str:
    """The sentence for whoever comes second."""
    who, since, computer = (str(held.get(name) or "somebody") for name in ("marker", "since", "computer"))
    told = f"{file.name} is open at another desk: {who}, since {since}, on {computer}."
    cure = f"Shut that notebook's kernel down, or give each marker a file (marks-{who}.csv and yours) and put them together with sayswho marks merge."
    return f"{told} {cure} If nobody sits there any more, delete {path.name}."
