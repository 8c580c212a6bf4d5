"""Every word the kit itself says to a learner, in one catalogue: buttons, states, frames of feedback, errors.

Lesson texts and items are content and live in `data/`. A translation replaces this file's values and nothing else.
Braces are filled in by `say`; an id is `place.what`.
"""

from __future__ import annotations

from typing import Any

WORDS: dict[str, str] = {
    # the four states of an answer
    "state.unanswered": "Not answered",
    "state.saving": "Saving…",
    "state.saved": "Saved",
    "state.browser": "Kept in this browser only",
    # why an answer is not on disk, with the cure
    "why.gone": "The lesson is not running. Choose Start the lesson and your answer is saved.",
    "why.silent": "The lesson has not replied yet. Wait a moment; if this stays, choose Start the lesson.",
    "why.session": "This place has no disk to keep it on. Hand in before you close the page.",
    "why.not_written": "The answers folder can't be written ({reason}). Your answer is safe in this browser: free some space or ask your teacher, then choose Start the lesson.",
    "why.refused": "The lesson could not read this answer ({reason}). Load the page again and answer once more.",
    # what the codebook's questions and answers are called
    "question.voice": "Whose voice is it?",
    "question.kind": "What kind of statement is it?",
    "question.how": "How does the text show it?",
    "question.speaker": "Who says this?",
    "voice.author": "the text itself",
    "voice.source": "someone the text hands it to",
    "voice.unclear": "can't tell",
    "kind.fact": "a record or a witness could settle it",
    "kind.judgement": "no record could settle it",
    "kind.both": "both in one clause",
    "kind.lost": "can't make out what it says",
    "how.marks": "inside quotation marks",
    "how.no-marks": "a source, but no quotation marks",
    "how.shown": "it shows how the text knows",
    "how.not-shown": "it does not show how the text knows",
    "speaker.author": "the text itself",
    "speaker.nobody": "nobody named",
    "confidence.guessing": "guessing",
    "confidence.leaning": "leaning",
    "confidence.sure": "sure",
    # labels of the marking palette
    "label.source": "source",
    "label.source.hint": "the person, paper or body the words come from",
    "label.cue": "cue",
    "label.cue.hint": "the words that hand it over: said, according to",
    "label.unnamed": "unnamed source",
    "label.unnamed.hint": "a source without a name",
    "label.loaded": "loaded word",
    "label.loaded.hint": "swap it for a plain word: the facts stay, a judgement goes",
    "label.over": "stronger than its evidence",
    "label.over.hint": "says more than the rest of the text can show",
    "label.says-who": "says who?",
    "label.says-who.hint": "a cause, motive or purpose that nobody is named for",
    "label.nobody": "nobody's quotation",
    "label.nobody.hint": "quotation marks, but nobody to own the words",
    # opening a lesson
    "lesson.opened": "Lesson {number} · {title}. Each answer is saved as you give it.",
    "lesson.unknown_term": "The glossary has no term {term!r}. Its terms are: {terms}.",
    "lesson.continued": "{count} answers came back from {file}. Run the questions again to see them.",
    "lesson.not_continued": "{file} holds no answers of this lesson. Choose the file you handed in for it.",
    "lesson.unknown": "There is no lesson called {lesson!r}. The lessons are: {lessons}.",
    "lesson.unknown_item": "This lesson has no question called {item!r}. Its questions are: {items}.",
    "lesson.torn": "One line of your saved answers was cut short and can't be read ({where}). Everything else is here.",
    "lesson.reading": "In other words",
    "lesson.reading_note": "The text, word for word",
    # plain-code answers
    "answer.saved": "{item}: saved.",
    "answer.session": "{item}: kept only until this page closes. Hand in before you leave.",
    "answer.not_saved": "{item}: NOT saved. {why}",
    # feedback
    "feedback.correct": "Right.",
    "feedback.correct_all": "All {count} right.",
    "feedback.partly": "{right} of {count} right.",
    "feedback.almost": "Part of it is right.",
    "feedback.incorrect": "Not this one.",
    "feedback.incorrect_all": "None of the {count} right yet.",
    "feedback.unanswered": "Nothing answered yet.",
    "feedback.by_hand": "A person reads this one.",
    "feedback.noted": "Noted. There is no right answer here.",
    "feedback.malformed": "This answer can't be read ({note}). Answer once more.",
    "feedback.found": "You found this.",
    "feedback.missed": "Here is one to see: {label}.",
    "feedback.extra": "This one need not be marked as {label}.",
    "feedback.marks": "{hit} found, {missed} missed, {extra} too many.",
    "feedback.reason_right": "The reason fits too.",
    "feedback.reason_wrong": "The reason does not carry it.",
    "feedback.needs_reason": "The label may pass, but not for that reason.",
    "feedback.also": "Another answer that holds: {answer}.",
    "feedback.points": "{points} of {max} points.",
    # handing in
    "handin.no_name": "Write your name or student number first. It becomes part of the file name.",
    "handin.long_name": "That name is longer than 80 characters. Use your student number.",
    "handin.written": "Handed in: {count} answers in {file}.",
    "handin.not_written": "The file could not be written ({reason}). Nothing is lost: your answers are still saved. Free some space or ask your teacher, then hand in again.",
    "handin.open": "{title}: press Hand in below, or call lesson.hand_in(learner=\"your name\").",
}


def say(message: str, **values: Any) -> str:
    """The words for a message id, with its blanks filled in.

    >>> say("feedback.partly", right=3, count=5)
    '3 of 5 right.'
    """
    return WORDS[message].format(**values)
