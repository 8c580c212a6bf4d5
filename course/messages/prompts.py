"""A long prompt told apart: what to know first, what is asked, and what else to mind."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import NamedTuple

ONE_SENTENCE = 110  # letters; a prompt no longer than this stands as it is
LEAD_SHOWN = 42
TITLES = ("Mr.", "Mrs.", "Ms.", "Dr.", "St.", "No.")
WHOLLY_BOLD = re.compile(r"^\*\*([^*]+)\*\*$")
MARKS = re.compile(r"\*+")
END = re.compile(r"(?<=[.?!…:][*”’\"')])\s+|(?<=[.?!…])\s+|(?<=[.?!…]\*\*)\s+")


class Prompt(NamedTuple):
    """A prompt in three: `lead` is read first, `ask` is the question itself, `more` follows it. Only `ask` is never empty."""

    lead: str
    ask: str
    more: str


def split_prompt(prompt: str) -> Prompt:
    """A prompt with its question apart, so that a screen can set it as a heading and the rest as plain text.

    The question is the last sentence with a question mark, together with one just before it; failing that, the last with
    bold words; failing that, the last. Bold that covers it all is left out, as it singles nothing out. A short prompt is all question.

    >>> split_prompt("Which two?")
    Prompt(lead='', ask='Which two?', more='')
    >>> split_prompt("*The oven is cold. So says a note*, Mr. Ilie said, and that is all that anybody in the street knows of it. **Who says it?** Choose one.")
    Prompt(lead='*The oven is cold. So says a note*, Mr. Ilie said, and that is all that anybody in the street knows of it.', ask='Who says it?', more='Choose one.')
    """
    sentences = sentences_of(prompt)
    if len(prompt.replace("*", "")) <= ONE_SENTENCE or len(sentences) < 2:
        return Prompt("", prompt, "")
    asking = [place for place, one in enumerate(sentences) if one.rstrip("*").endswith("?")]
    strong = [place for place, one in enumerate(sentences) if "**" in one]
    last = (asking or strong or [len(sentences) - 1])[-1]
    first = last - 1 if asking and last - 1 in asking else last
    lead, ask, more = (" ".join(part) for part in (sentences[:first], sentences[first : last + 1], sentences[last + 1 :]))
    return Prompt(lead, WHOLLY_BOLD.sub(r"\1", ask), more)


def label_of(prompt: str) -> str:
    """A prompt as one line of a list: its question, after the first words of a long one that leads up to it.

    >>> label_of("Which **two**?")
    'Which two?'
    >>> label_of("*The oven is cold. So says a note*, Mr. Ilie said, and that is all that anybody in the street knows of it. **Who says it?** Choose one.")
    'The oven is cold. So says a note, Mr. … Who says it?'
    """
    lead, ask, _ = (part.replace("*", "") for part in split_prompt(prompt))
    return f"{shorten(lead, LEAD_SHOWN, placeholder=' …')} {ask}" if lead else ask


def sentences_of(prompt: str) -> list[str]:
    """The sentences of a prompt; what stands between stars is never cut, nor is a name after its title.

    >>> sentences_of("Before: *It has* **slashed** *it. Now.* The facts stay. **What leaves?**")
    ['Before: *It has* **slashed** *it. Now.*', 'The facts stay.', '**What leaves?**']
    """
    found, begun = [], 0
    for end in END.finditer(prompt):
        sentence = prompt[begun : end.start()]
        if not open_marks(sentence) and not sentence.endswith(TITLES) and not prompt[end.end() : end.end() + 1].islower():
            found.append(sentence)
            begun = end.end()
    return [*found, prompt[begun:]]


def open_marks(text: str) -> bool:
    """Whether bold or italics are still open at the end of a text."""
    runs = [len(run) for run in MARKS.findall(text)]
    return bool(sum(1 for run in runs if run in (1, 3)) % 2 or sum(1 for run in runs if run in (2, 3)) % 2)
