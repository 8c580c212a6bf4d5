"""The desk on screen: an anywidget view that sends each key press's mark here and is told when it is on the disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.display import display

from course.content import ContentError
from course.desk import bundle
from course.desk.agreement import Agreement, agreements, lines_beside, marked_by
from course.desk.bank import Bank
from course.desk.lines import FLAG, DeskError, Line
from course.desk.lock import Lock
from course.desk.merging import open_conflicts
from course.desk.norming import PREFIX, NormingFile
from course.desk.payload import Waiting, criteria_of, in_order, numbered, present_answer, present_item
from course.desk.store import LONGEST_COMMENT, MarksFile
from course.desk.strays import within
from course.items import Item, Text
from course.reports.html import visible
from course.widgets.static import SHOW_ONE

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def static_html(title: str) -> str:
    """What stands in a saved notebook in the place of a view: its title and the button that runs all cells; plain HTML, no script."""
    button = '<button type="button" class="jp-mod-styled jp-mod-accept" data-commandlinker-command="notebook:run-all-cells" data-commandlinker-args="{}">Open it</button>'
    return f'{SHOW_ONE}<div class="sw-static"><p><strong>{escape(title)}</strong></p><p>Not running yet. {button} or choose Run ▸ Run All Cells.</p></div>'


class InstructorView(anywidget.AnyWidget):
    """A view of the instructor's side. `view` names what the browser draws; `heard(message)` answers a message with messages."""

    view = traitlets.Unicode("marking").tag(sync=True)
    payload = traitlets.Dict().tag(sync=True)
    title = ""

    def __init__(self, **given: Any) -> None:
        self._esm = bundle.module()
        super().__init__(**given)
        self.on_msg(self._on_message)

    def heard(self, message: dict[str, Any]) -> list[dict[str, Any]]:
        """What to say to a message from the browser."""
        raise NotImplementedError

    def _on_message(self, _widget: Any, message: Any, _buffers: Any) -> None:
        for answer in self.answer(message):
            self.send(answer)

    def answer(self, message: Any) -> list[dict[str, Any]]:
        """The answers to a message; whatever goes wrong becomes a sentence, for an exception would reach the page as a silence."""
        if not isinstance(message, dict):
            return []
        response = message.get("response") if message.get("kind") == "response" else None
        name = response.get("id", "") if isinstance(response, dict) else ""
        try:
            return self.heard(message)
        except (DeskError, ContentError) as error:
            return [told_of(name, "", str(error))]
        except OSError as error:
            return [told_of(name, "", f"The disk can't be reached ({error.strerror or error}). Look at the folder of the marks: what waits is then saved by itself.")]
        except Exception as error:
            return [told_of(name, "refused", f"The desk could not read this ({type(error).__name__}: {error}). Load the page again.")]

    def _ipython_display_(self) -> None:
        display({"text/plain": repr(self), "text/html": static_html(self.title)}, raw=True)
        display({"text/plain": "", WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": self.model_id}}, raw=True)


def told_of(response: str, kept: str, why: str) -> dict[str, Any]:
    """What went wrong, as the receipt of a response or, where there is none, as a problem."""
    return {"kind": "receipt", "id": response, "kept": kept, "why": why} if response else {"kind": "problem", "why": why}


class Desk(InstructorView):
    """The answers of a class that wait for a person, at one marker's desk.

    `agreement()` is how far the markers of this folder agree. Marks are written with every key press. Answers, keys, marks
    and norming essays are sent as messages when a page asks, and never become part of the widget's state, which a notebook
    may save. Raises `DeskError` when another desk is open at the file.
    """

    title = "Marking desk"

    def __init__(
        self, answers: Sequence[Waiting], *, path: Path, marker: str, texts: dict[str, Text], whys: dict[str, str], titles: dict[str, str],
        norming: NormingFile | None = None, shares: dict[str, int] | None = None, note: str = "",
    ) -> None:  # fmt: skip
        self.items: dict[str, Item] = {answer.item.id: answer.item for answer in answers}
        self.answers = {answer.id: answer for answer in in_order(answers, list(self.items.values()))}
        self.file, self.bank, self.norming = MarksFile(path, marker), Bank(path.parent / "comments.csv"), norming
        self._newest: dict[str, str] = {}
        self._shares = shares or {}
        # Two who mark the same answers stay blind to each other; whoever decides sees both.
        self._conflicts = {} if path.stem.startswith("marks-") else open_conflicts(path.parent)
        numbers = numbered(answers)
        shown = self.items | {item.id: item for item, _ in (norming.essays.values() if norming else ())}
        payload = {"marker": marker, "file": path.name, "note": note, "store": {"key": f"desk:{desk_key(path, marker)}"}}
        self._shown = {
            "items": {name: present_item(item, texts.get(item.text or ""), title=titles.get(name, name), why=whys.get(name, "")) for name, item in shown.items()},
            "answers": [present_answer(answer, numbers[answer.id]) for answer in self.answers.values()],
        }  # fmt: skip
        self._opened()  # what can't be read is told here, and not to a page that waits
        # Last of all, so that a desk that can't open holds no lock.
        self.lock = Lock(path, marker)
        super().__init__(payload=payload)

    def __repr__(self) -> str:
        return f"Desk({self.file.marker!r}, {len(self.answers)} answers)"

    def marks_now(self) -> dict[str, Any]:
        """The marks of every answer as the file holds them, and of the norming essays."""
        found = {name: self.file.marks_of(one.learner, names_of(one), criteria_ids(one.item), one.text_code) for name, one in self.answers.items()}
        for name, one in self.answers.items():
            found[name]["levels"], notes = within(found[name]["levels"], {criterion.id: criterion.points for criterion in criteria_of(one.item)})
            found[name]["others"] += notes
            for item in names_of(one):
                found[name]["others"] += self._conflicts.get((one.learner, item), [])
        given = self.norming.levels if self.norming else {}
        return found | {name: {"levels": dict(levels), "comment": "", "flag": False, "changed": False, "others": []} for name, levels in given.items()}

    def heard(self, message: dict[str, Any]) -> list[dict[str, Any]]:
        """Keep a mark, or tell the browser what it asks for."""
        asks: dict[Any, Callable[[], list[dict[str, Any]]]] = {
            "response": lambda: self._keep(message["response"]),
            "names": lambda: [{"kind": "names", "names": {name: visible(f"{one.name} ({one.learner})" if one.name else one.learner) for name, one in self.answers.items()}}],
            "agreement": lambda: [{"kind": "agreement", "rows": [one.as_dict() for one in self.agreement()], "progress": self.progress()}],
            "bank": lambda: [{"kind": "bank", "comments": self.bank.remove(message["text"]) if message.get("remove") else self.bank.add(message["text"])}],
            "open": lambda: [self._opened()],
        }
        return asks.get(message.get("kind"), list)()

    def _keep(self, response: dict[str, Any]) -> list[dict[str, Any]]:
        """Write one mark and say that it is on the disk. One that is older than what was written since changes nothing, and the screen it came from is told what stands."""
        receipt = [{"kind": "receipt", "id": response["id"], "kept": "disk", "why": ""}]
        if response["at"] < self._newest.get(response["item"], ""):
            return [*receipt, *self._told()]
        if str(response["answer"]).startswith(PREFIX):
            more = self._keep_norming(response)
        elif response["answer"] in self.answers:
            more = self._told() if self._write(self.answers[response["answer"]], response["criterion"], response["value"]) else []
        else:
            raise ValueError("this desk has no such answer")
        self._newest[response["item"]] = response["at"]
        self.lock.touch()
        return [*receipt, *more]

    def _keep_norming(self, response: dict[str, Any]) -> list[dict[str, Any]]:
        """Keep a level of a norming essay; once all are given, the published ones go to the browser."""
        if not self.norming or response["answer"] not in self.norming.essays:
            raise ValueError("this desk has no such essay")
        item, _ = self.norming.essays[response["answer"]]
        self.norming.set_level(response["answer"], response["criterion"], checked_level(item, response["criterion"], response["value"]))
        published = self.norming.published(response["answer"])
        return [{"kind": "published", "essay": response["answer"], **published}] if published else []

    def _write(self, answer: Waiting, criterion: str, value: Any) -> bool:
        names = names_of(answer)
        if criterion == "comment":
            if not isinstance(value, str):
                raise ValueError("a comment is a text")
            return self.file.set_comment(answer.learner, answer.item.id, value[:LONGEST_COMMENT], names=names)
        if criterion == FLAG:
            return self.file.set_flag(answer.learner, answer.item.id, raised=bool(value), names=names)
        was_for_other_words = self._is_for_other_words(answer)
        if criterion == "changed":
            return self.file.mark_holds(answer.learner, answer.text_code, names=names) or was_for_other_words
        level = checked_level(answer.item, criterion, value)
        changed = self.file.set_level(answer.learner, answer.item.id, criterion, "" if level is None else f"{level:g}", names=names, text=answer.text_code)
        if answer.other_wording and level is not None:
            self.file.set_level(answer.learner, answer.item.id, "wording", "accept", names=names)
        return changed or was_for_other_words != self._is_for_other_words(answer)

    def _is_for_other_words(self, answer: Waiting) -> bool:
        return self.file.marks_of(answer.learner, names_of(answer), criteria_ids(answer.item), answer.text_code)["changed"]

    def _opened(self) -> dict[str, Any]:
        """All that a page needs to draw the desk, as the files have it now."""
        self.file.refresh()
        shown = {**self._shown, "norming": self.norming.payload() if self.norming else []}
        return {"kind": "opened", "marks": self.marks_now(), "bank": self.bank.read(), "shown": shown}

    def _told(self) -> list[dict[str, Any]]:
        return [{"kind": "marks", "marks": self.marks_now()}]

    def agreement(self) -> list[Agreement]:
        """How far the markers agree whose files lie beside this one: a row for each criterion that two have marked."""
        return agreements(self._lines_of_all(), self._named_items())

    def progress(self) -> list[dict[str, Any]]:
        """How many answers each marker of this folder has marked, and of how many where they were dealt out."""
        done = marked_by(self._lines_of_all(), self._named_items())
        return [{"marker": name, "done": done.get(name, 0), "of": self._shares.get(name)} for name in sorted({*done, *self._shares})]

    def _lines_of_all(self) -> list[Line]:
        self.file.refresh()
        return lines_beside(self.file.path, self.file.lines, self.file.marker)

    def _named_items(self) -> list[tuple[tuple[str, ...], Item]]:
        return list({answer.item.id: (names_of(answer), answer.item) for answer in self.answers.values()}.values())


def names_of(answer: Waiting) -> tuple[str, ...]:
    """The names under which lines may speak of an answer's item."""
    return tuple(dict.fromkeys((answer.item.id, *answer.names)))


def criteria_ids(item: Item) -> tuple[str, ...]:
    """The ids of what is judged in an item."""
    return tuple(one.id for one in criteria_of(item))


def checked_level(item: Item, criterion: str, value: Any) -> float | None:
    """A level that the rubric allows, or None to take it back; anything else is a `ValueError`."""
    most = {one.id: one.points for one in criteria_of(item)}
    if criterion not in most or (value is not None and (type(value) not in (int, float) or not 0 <= value <= most[criterion])):
        raise ValueError(f"{value!r} is no level of {criterion!r}")
    return value


def desk_key(path: Path, marker: str) -> str:
    """Under which a browser keeps what is not on the disk yet: another for each file and marker."""
    return hashlib.sha256(f"{path.resolve()}\0{marker}".encode("utf-8", "replace")).hexdigest()[:16]
