"""The columns of a pack's spreadsheets, and the words that may stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from course.items import HOWS, KINDS, VOICES
from course.messages import WORDS

LABELS = tuple(key.split(".")[1] for key in WORDS if key.startswith("label.") and key.count(".") == 1)
CODEBOOK = {"voice": VOICES, "kind": KINDS, "how": HOWS}
PASSAGE = ("unit", "paragraph", "text")
KEY = ("unit", "voice", "kind", "how", "speaker", "why")
SPANS = ("unit", "label", "quote", "nth", "why")
FIELDS = ("field", "value")
IF = "if "
FEEDBACK = tuple(f"{IF}{word}" for word in (*VOICES, *KINDS))
AUTHOR, NOBODY = "the text itself", "nobody named"
ENDS = {AUTHOR: "author", "the text": "author", "text": "author", "author": "author", NOBODY: "nobody", "nobody": "nobody"}

# What people write instead, with what the codebook calls it.
MEANT = {
    "opinion": "judgement", "judgment": "judgement", "comment": "judgement", "editorial": "judgement", "view": "judgement", "value": "judgement",
    "facts": "fact", "factual": "fact", "statement": "fact", "mixed": "both", "fact and judgement": "both", "unclear": "lost", "cannot tell": "lost",
    "writer": "author", "reporter": "author", "journalist": "author", "narrator": "author", "text": "author", "the text": "author", "the text itself": "author",
    "quote": "source", "quoted": "source", "speaker": "source", "somebody": "source", "person": "source", "can't be decided": "unclear",
    "quotation marks": "marks", "quotation": "marks", "direct": "marks", "indirect": "no-marks", "without marks": "no-marks", "no marks": "no-marks",
    "paraphrase": "no-marks", "paraphrased": "no-marks", "witnessed": "shown", "background": "not-shown", "not shown": "not-shown",
    "loaded word": "loaded", "anonymous": "unnamed", "src": "source", "cause": "says-who", "says who": "says-who", "exaggeration": "over",
}
KNOWN = {
    "name": "a short name in small letters and hyphens, such as paper-boats",
    "title": "the title that students see", "author": "who wrote the passage", "date": "when", "origin": "where it comes from",
    "rights": "who may use it, and how", "note": "a sentence to the reader, or empty",
    "fills": "the place in the course that this passage fills, such as judged-01",
    "lesson": "instead of fills: a lesson of its own, such as 20_paper_boats", "asks": "of a lesson of its own: voice kind, or speaker, or labels such as source cue",
    "points": "of a lesson of its own: what the question is worth", "minutes": "of a lesson of its own",
    "prompt": "the question, or empty for the kit's own words", "help": "a line below it, or empty for the kit's own",
    "why": "what is said about the whole passage after handing in, at most 60 words", "also offered": "one more speaker to choose from, who says nothing here",
    **{f"missed {label}": f"what is said to whoever misses a {label}" for label in LABELS},
}
MANY = ("fills", "also offered")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Of the words that may stand there, the one that was probably meant; None where nothing is near.

    >>> nearest("Opinion", KINDS), nearest("sorce", VOICES), nearest("banana", KINDS)
    ('judgement', 'source', None)
    """
    lower, plain = {one.lower(): one for one in known}, " ".join(word.lower().replace("_", " ").split())
    if MEANT.get(plain) in lower:
        return MEANT[plain]
    return next((lower[one] for one in get_close_matches(plain, lower, n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The cure for a word that is not known: the one that is near, and all there are.

    >>> did_you_mean("judgment", KINDS)
    'Did you mean judgement? The words are: fact, judgement, both, lost.'
    """
    known = list(known)
    near = nearest(word, known)
    return f"{f'Did you mean {near}? ' if near else ''}The words are: {', '.join(known)}."


def speaker_ids(names: Iterable[str]) -> Mapping[str, str]:
    """An id for each speaker by name: their last name in plain letters, or a number where there are none such or two alike.

    >>> speaker_ids(["Lena Okafor", "Bo Okafor", "the town hall", "김민지"])
    {'Lena Okafor': 'okafor', 'Bo Okafor': 'okafor-2', 'the town hall': 'hall', '김민지': 'speaker-4'}
    """
    found: dict[str, str] = {}
    for number, name in enumerate(dict.fromkeys(names), start=1):
        last = "".join(letter for letter in (name.split() or [""])[-1].lower() if letter.isascii() and letter.isalnum())
        own = last if last and last not in ("author", "nobody") else f"speaker-{number}"
        found[name] = f"{own}-{number}" if own in found.values() else own
    return found
