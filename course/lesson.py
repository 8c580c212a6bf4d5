"""A student's side: one lesson, its questions, its journal.

`open_lesson` is all a notebook needs. It reads the content, finds the answers folder, and draws every question from the
journal; what a student does goes back through `deliver`, which keeps it before anyone says "saved".
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course import __version__
from course.content import find_data, find_slot, hard_words, lesson_ids, load_glossary, load_keys, load_lesson, load_text
from course.feedback import explain, explain_answer, feedback_lines, over_limit
from course.handin import HandInError, clean_learner, file_name, note_handed_in, read_handin, when_handed_in, write_handin
from course.items import Answer, Item, Key, Lesson, Outcome, Slot, Text, fingerprint
from course.messages import label_of, say
from course.messages.errors import ToldError
from course.owner import find_owner, remember_learner
from course.responses import Journal, Response, ResponseError, brief, later, moment, newest, refuse_long_challenge, structure_response
from course.scoring import score_credit, score_item
from course.scoring.progress import how_far
from course.scoring.shapes import problem_with
from course.slots import Chooser

Send = Callable[[dict[str, Any]], None]
VIEWS_KEPT = 4
PANELS_KEPT = 12  # lesson 7 draws five, and may be run twice


class LessonError(ToldError):
    """Something a student asked for is not there; one calm sentence, shown without a traceback."""


def open_lesson(name: str, *, answers: str | Path | None = None, data: str | Path | None = None) -> OpenLesson:
    """Open one lesson and say that it is open. Answers go to the folder `answers` beside the notebook.

    `answers` or the variable SAYSWHO_ANSWERS names another folder. Raises `LessonError` with the lessons there are.
    """
    folder = find_data(data)
    if name not in lesson_ids(folder):
        raise LessonError(say("lesson.unknown", lesson=name, lessons=", ".join(lesson_ids(folder))))
    place = Path(answers or os.environ.get("SAYSWHO_ANSWERS") or "answers")
    lesson = OpenLesson(load_lesson(folder, name), folder, place)
    print(say("lesson.opened", number=int(name.split("_")[0]) if name[:2].isdigit() else name, title=lesson.content.title))
    for torn in lesson.journal.read().torn:
        print(say("lesson.torn", where=torn))
    return lesson


class OpenLesson:
    """A lesson that is running: ask its questions, see its progress, hand it in."""

    def __init__(self, content: Lesson, data: Path, answers: Path) -> None:
        self.content, self.data, self.answers = content, data, answers.absolute()
        self.keys: dict[str, Key] = load_keys(data, content)
        self.journal = Journal(self.answers, content.id)
        self.owner = find_owner(self.answers)
        self.self_study = (data / "keys" / "graded").is_dir() and not (data / "class.toml").exists()
        self._items = {item.id: item for item in content.items}
        self._slots = {slot.id: slot for slot in content.slots}
        self._texts: dict[str, Text] = {}
        self._views: dict[str, list[Any]] = {}
        self._panels: list[Any] = []

    def __repr__(self) -> str:
        return f"Lesson({self.content.id!r})"

    # what is on screen

    def ask(self, name: str) -> Any:
        """Draw one question, with the answer the journal holds for it. `name` is an item's id or a slot's."""
        from course.widgets.payload import present
        from course.widgets.view import View

        item, slot = self.resolve(name)
        if slot and slot.rule == "learner":
            # The slot draws its first question, also when another one was answered: those are asked by their own ids.
            item = self._items[slot.choices[0]]
        view = View(
            present(item, self.text_of(item), slot.id if slot else None),
            saved=self.saved(item.id), feedback=self.standing_feedback(item), store=self.store, deliver=self.deliver,
        )
        self._views[item.id] = [*self._views.get(item.id, [])[1 - VIEWS_KEPT:], view]
        return view

    def article(self, *units: str) -> Any:
        """Show the article to read, whole or only the units named."""
        return self.show("article", *units)

    def show(self, slug: str, *units: str) -> Any:
        """Show a text of the kit to read, whole or only the units named. A question's or slot's id shows the text it is about."""
        from course.widgets.reading import Reading

        named = self.resolve(slug)[0].text if slug in {*self._items, *self._slots} else slug
        return Reading(load_text(self.data, named or slug), units, hard_words(self.data))

    def glossary(self, *terms: str) -> Any:
        """Show what terms mean: those named, or all."""
        from course.widgets.reading import Glossary

        every = load_glossary(self.data)
        if unknown := [term for term in terms if term not in every]:
            raise LessonError(say("lesson.unknown_term", term=unknown[0], terms=", ".join(every)))
        return Glossary({term: every[term] for term in terms} if terms else every)

    def progress(self) -> Any:
        """Draw how many of the lesson's questions are answered, and which are not."""
        from course.widgets.panel import Progress

        return self.keep_panel(Progress(self.status()))

    def course_map(self) -> Any:
        """Draw all lessons of the course with what is answered and handed in, and this lesson among them."""
        return self.course_panel("map")

    def growth(self) -> Any:
        """Draw what the first test and the last one say together, once both were handed in; for the self-learner."""
        return self.course_panel("growth")

    def norming(self) -> Any:
        """Draw example essays with their marks and reasons, once the lesson was handed in; for the self-learner."""
        return self.course_panel("norming")

    def course_panel(self, name: str) -> Any:
        """One of the panels that look beyond this lesson."""
        from course.widgets.panel import CoursePanel

        return self.keep_panel(CoursePanel(name, self.course_status(name)))

    def course_status(self, name: str) -> dict[str, Any]:
        """The state of such a panel."""
        from course import course_map

        if name == "map":
            return {"lesson": self.content.id, "stages": course_map.stages(self.data, self.answers, self.content.id)}
        state = {"growth": course_map.growth, "norming": course_map.norming}[name]
        return {"lesson": self.content.id, **state(self.data, self.answers, self.content, self_study=self.self_study)}

    def keep_panel(self, panel: Any) -> Any:
        """Remember a panel, so that it is drawn anew when something changes; only the newest few are kept."""
        self._panels = [*self._panels[1 - PANELS_KEPT:], panel]
        return panel

    # answers

    def answer(self, name: str, value: Any, *, reason: str | None = None, confidence: Any = None) -> None:
        """Answer a question in plain code: saved like a click, with the same feedback in practice.

        Raises `LessonError` with a sentence when the question can't be answered like this.
        """
        item, slot = self.resolve(name)
        value = [value] if item.type == "pick" and isinstance(value, str) else value
        problem = problem_with(item, Answer(value, reason, confidence), self.text_of(item))
        if problem:
            raise LessonError(say("answer.unfit", item=name, problem=problem))
        last = newest(self.journal.read().responses).get(item.id)
        at = later(moment(), last.at) if last else moment()
        raw = {
            "id": hashlib.sha256(f"{at}{item.id}{os.urandom(8).hex()}".encode()).hexdigest()[:32], "at": at, "item": item.id,
            "kind": "draft" if item.graded else "submitted", "round": "alone", "seen": fingerprint(item, self.text_of(item)),
            "value": value, "reason": reason, "confidence": confidence, "slot": slot.id if slot else None,
        }
        said: list[dict[str, Any]] = []
        self.deliver(raw, said.append)
        for message in said:
            if message["kind"] == "feedback":
                print(feedback_lines(message["feedback"]))
            else:
                name_of = {"disk": "saved", "session": "session"}.get(message["kept"], "not_saved")
                print(say(f"answer.{name_of}", item=name, why=message["why"]))

    def deliver(self, raw: dict[str, Any], send: Send) -> None:
        """Take one response: give practice feedback at once, keep it, say where it is kept. Never raises."""
        try:
            response = structure_response(raw)
            item = self._items.get(response.item)
            if item is None:
                raise ResponseError(f"this lesson has no question {brief(response.item)}")
            json.dumps(response.as_dict(), allow_nan=False)
            refuse_long_challenge(response)
            feedback = self.told_at_once(item, response)
            if feedback:
                send({"kind": "feedback", "id": response.id, "item": item.id, "feedback": feedback})
            kept = self.journal.keep(response)
            why = {"disk": "", "session": say("why.session")}.get(kept.where, say("why.not_written", reason=kept.why))
            send({"kind": "receipt", "id": response.id, "kept": kept.where, "why": why})
            if kept.where:
                self.refresh(item)
        except (ResponseError, TypeError, ValueError, RecursionError) as error:
            name = raw.get("id", "") if isinstance(raw, dict) else ""
            send({"kind": "receipt", "id": name, "kept": "refused", "why": say("why.refused", reason=error)})

    def refresh(self, item: Item) -> None:
        """Bring every drawing of an item, and every panel, to what the journal now holds."""
        saved, feedback = self.saved(item.id), self.standing_feedback(item)
        for view in self._views.get(item.id, []):
            view.feedback = feedback
            view.saved = saved
        self.refresh_panels()

    def refresh_panels(self, *, handed_in: bool = False) -> None:
        """Draw the panels anew. What opens with handing in is worked out only then: an answer must not wait for it."""
        for panel in self._panels:
            if handed_in or panel.name not in ("growth", "norming"):
                panel.status = self.panel_status(panel)

    def saved(self, item_id: str) -> dict[str, Any]:
        """The newest response to an item as the view wants it, with what was argued for last; empty when there is none."""
        responses = self.journal.read().responses
        response, argued = newest(responses).get(item_id), [one for one in responses if one.item == item_id and one.kind == "challenge"]
        return {**response.as_dict(), **({"argued": argued[-1].as_dict()} if argued else {})} if response else {}

    # feedback

    def practice_feedback(self, item: Item, response: Response) -> dict[str, Any]:
        """What a practice answer is told on Check: the key only when it is right or at the second try."""
        key = self.keys.get(item.id)
        if item.graded or response.kind != "submitted" or key is None:
            return {}
        earlier = {r.id for r in self.journal.read().responses if r.item == item.id and r.kind == "submitted"} - {response.id}
        return explain_answer(item, response.answer, key, self.text_of(item), reveal=bool(earlier))

    def told_at_once(self, item: Item, response: Response) -> dict[str, Any]:
        """Practice feedback; a mistake of ours in making it must not keep an answer from the disk."""
        try:
            return self.practice_feedback(item, response)
        except Exception:
            logging.getLogger(__name__).exception("no feedback for %s", item.id)
            return {}

    def standing_feedback(self, item: Item) -> dict[str, Any]:
        """What a question shows when it is drawn: the last Check's feedback, or after handing in, in self-study, the key's."""
        response = newest(self.journal.read().responses).get(item.id)
        if response is None:
            return {}
        if not item.graded:
            return self.told_at_once(item, response)
        return self.opened_feedback(item, response)

    def opened_feedback(self, item: Item, response: Response) -> dict[str, Any]:
        """A graded item's feedback: only in self-study, only for what was handed in, only once the lesson that opens it was."""
        key, handed = self.keys.get(item.id), self.handed_in()
        if not (self.self_study and key and handed and self.is_open(item)) or response.at > handed["at"]:
            return {}
        return explain_answer(item, response.answer, key, self.text_of(item), reveal=True)

    def is_open(self, item: Item) -> bool:
        """Whether the lesson whose hand-in opens an item's feedback, most often its own, was handed in."""
        return bool(self.handed_in(item.opens_with))

    # progress and handing in

    def status(self) -> dict[str, Any]:
        """What is answered and what is not, slots counted once: the state of both panels."""
        held = {item: response.answer for item, response in newest(self.journal.read().responses).items()}
        rows = []
        for name, label in self.places():
            item, _ = self.resolve(name)
            told = {"over": over_limit(item, answer := held.get(item.id)), **how_far(item, answer, self.text_of(item))}
            rows.append({"id": name, "label": label, "graded": item.graded, **told})
        return {
            "lesson": self.content.id, "title": self.content.title, "items": rows, "answered": sum(r["state"] == "answered" for r in rows),
            "total": len(rows), "folder": str(self.answers), "store": self.store,
        }

    def panel_status(self, panel: Any) -> dict[str, Any]:
        """A panel's state again, after something changed."""
        if panel.name == "map":
            from course.course_map import refreshed
            return {**panel.status, "stages": refreshed(panel.status["stages"], self.status(), bool(self.handed_in()))}
        if panel.name in ("growth", "norming"):
            return self.course_status(panel.name)
        return self.hand_in_status() if "mode" in panel.status else self.status()

    def places(self) -> list[tuple[str, str]]:
        """The questions in order, each with a short label; the choices of a slot stand as the one slot."""
        chosen = {choice: slot.id for slot in self.content.slots for choice in slot.choices}
        found: dict[str, str] = {}
        for item in self.content.items:
            name = chosen.get(item.id, item.id)
            found.setdefault(name, label_of(item.prompt))
        return list(found.items())

    def hand_in(self, *, learner: str | None = None) -> Any:
        """Draw the panel that hands the lesson in; with `learner`, hand in at once, in plain code."""
        if learner is not None:
            said = self.write_hand_in(learner)
            print(said["why"] if said["kind"] == "problem" else say("handin.written", count=said["count"], file=said["file_name"]))
            return None
        from course.widgets.panel import HandIn

        return self.keep_panel(HandIn(self.hand_in_status(), on_hand_in=self.write_hand_in, deliver=self.deliver))

    def hand_in_status(self) -> dict[str, Any]:
        """The state of the hand-in panel: progress, who is handing in, and what was handed in before."""
        return {
            **self.status(), "learner": self.owner.learner or "", "asks_learner": not self.owner.learner,
            "mode": "self-study" if self.self_study else "class", "handed_in": self.handed_in(),
        }

    def write_hand_in(self, learner: str) -> dict[str, Any]:
        """Write the one file to hand in and say where it is; in self-study, with what each graded item earned. Never raises."""
        at = moment()
        responses = self.journal.read().responses
        try:
            path = write_handin(
                self.hand_in_folder(), responses, learner=learner, lesson=self.content.id, at=at, kit=__version__,
                content=self.content_fingerprint(), mode="self-study" if self.self_study else "class",
            )
        except HandInError as error:
            return {"kind": "problem", "why": str(error)}
        remember_learner(self.answers, self.owner, clean_learner(learner))
        self.owner = find_owner(self.answers)
        note_handed_in(self.answers, self.content.id, {"path": str(path), "file_name": path.name, "at": later(at, responses[-1].at) if responses else at})
        for item in self.content.items:
            self.refresh_opened(item)
        self.refresh_panels(handed_in=True)
        return {
            "kind": "handed_in", "path": str(path), "file_name": file_name(learner, self.content.id), "text": path.read_text("utf-8"),
            "at": at, "count": len(newest(responses)), "results": self.results() if self.self_study else [],
        }

    def refresh_opened(self, item: Item) -> None:
        """Let the drawings of a graded item show its feedback, once handing in has opened it."""
        if item.graded:
            for view in self._views.get(item.id, []):
                view.feedback = self.standing_feedback(item)

    def results(self) -> list[dict[str, Any]]:
        """What each graded item of a handed-in lesson earned, with its feedback; for the self-learner only."""
        held, rows = {item: response.answer for item, response in newest(self.journal.read().responses).items()}, []
        for name, label in self.places():
            item, _ = self.resolve(name)
            key = self.keys.get(item.id)
            if not item.graded or key is None or not self.is_open(item):
                continue
            score = score_item(item, answer := held.get(item.id), key, text=self.text_of(item))
            told = explain(item, answer, key, score, reveal=True)
            points = None if score.outcome is Outcome.NEEDS_A_PERSON else score_credit(item, answer, key, text=self.text_of(item)).points
            rows.append({"id": name, "label": label, "score": points, "max": score.max, "feedback": told})
        return rows

    def continue_from(self, file: str | Path) -> None:
        """Read answers back from a hand-in, for a computer that has forgotten them."""
        handed = read_handin(Path(file))
        known = [response for response in getattr(handed, "responses", ()) if response.item in self._items]
        kept = sum(self.journal.keep(response).where != "" for response in known)
        print(say("lesson.continued", count=kept, file=Path(file).name) if kept else say("lesson.not_continued", file=Path(file).name))

    # where things are

    @property
    def store(self) -> dict[str, str]:
        """Under what keys the browser keeps answers that have not arrived."""
        return {**self.owner.store, "lesson": self.content.id}

    def resolve(self, name: str) -> tuple[Item, Slot | None]:
        """The item behind an id: itself, or the one a slot chose for this learner (recorded with the first answer)."""
        if name in self._items:
            return self._items[name], None
        slot = self._slots.get(name)
        if slot is None:
            raise LessonError(say("lesson.unknown_item", item=name, items=", ".join(one for one, _ in self.places())))
        return self._items[self.choice_in(slot)], slot

    def choice_in(self, slot: Slot) -> str:
        """The item that stands in a slot for this learner."""
        chooser = Chooser(self.owner.id, self.journal.read().responses)
        if slot.than is None:
            return chooser.choose(slot)
        earlier = find_slot(self.data, slot.than)
        return chooser.choose(slot, earlier, Journal(self.answers, earlier.lesson).read().responses)

    def text_of(self, item: Item) -> Text | None:
        """The text an item speaks of, read once."""
        if item.text is None:
            return None
        if item.text not in self._texts:
            self._texts[item.text] = load_text(self.data, item.text)
        return self._texts[item.text]

    def content_fingerprint(self) -> str:
        """Twelve hex digits of all the wording of this lesson, to tell later which version was answered."""
        return hashlib.sha256("".join(fingerprint(item, self.text_of(item)) for item in self.content.items).encode()).hexdigest()[:12]

    def hand_in_folder(self) -> Path:
        """Where hand-ins are written: `hand_in` beside the answers folder."""
        return self.answers.absolute().parent / "hand_in"

    def handed_in(self, lesson: str | None = None) -> dict[str, str]:
        """When and where this lesson, or the one named, was last handed in; empty if it was not."""
        return when_handed_in(self.answers, lesson or self.content.id)
