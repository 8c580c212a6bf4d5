"""What invented learners write where a person has to read it: good, middling and poor texts, in a human voice."""

from __future__ import annotations

from random import Random

from course.items import Item
from course.simulate.people import one_of

# (headline, the sentences it stands on), from those that claim no more than the body down to those that claim far more.
GOOD = (
    ("U.S. discussing new nuclear consultation mechanism, defense official says", "We are discussing a new"),
    ("Yomiuri: Washington approached Tokyo and Seoul about a nuclear consultative body", "Yomiuri reported on the 8th"),
    ("U.S. proposes nuclear talks with Japan and South Korea, Yomiuri reports", "Yomiuri reported on the 8th / It was proposed to establish"),
    ("New nuclear consultation with Seoul and Tokyo under discussion, U.S. says", "We are discussing a new / Members and specific themes"),
    ("Japan reviewing U.S. plan for nuclear consultation, Yomiuri says", "Regarding the new nuclear organization"),
    ("Three-country nuclear body planned, members still open, Yomiuri reports", "It will be permanently established / Members and specific themes will"),
)
MIDDLING = (
    ("Nuclear body for South Korea and Japan planned", "It will be permanently established"),
    ("U.S. wants new nuclear deterrence talks with its Asian allies", "Yomiuri reported on the 8th from Washington"),
    ("Biden administration approaches Korea and Japan to set up new consultative body for nuclear deterrence", "Yomiuri reported on the 8th"),
    ("Talks on nuclear consultation continue before Korea-U.S. summit next month", ""),
    ("US, Japan and Korea about to create nuclear consultative body", "It will be permanently established among"),
    ("Nuclear consultation: Japan and Korea have different positions", "Regarding the gap between Korea and Japan"),
)
POOR = (
    ("U.S. takes control of Korea with new nuclear body", "There is a problem he said"),
    ("America establishes nuclear body in Korea and Japan", "L1"),
    ("Korea-U.S. summit to fix the forced labor conflict", "a Korea-U.S. summit was announced to resolve"),
    ("The truth about the nuclear body", ""),
    ("nuclear body korea japan", "all of them"),
    ("Dangerous nuclear plan pushes Korea against China, and nobody asked the Korean people about it", "relying heavily on China"),
)
SENTENCES = (
    "I looked for who says it, and the sentence hands it to somebody.", "The verb is stronger than what the body shows.",
    "I am not sure, but I think a record could settle this.", "It names a source, so I would call it reporting.",
    "Nobody is named here, so I would ask who says so.", "The text says it was proposed, not that it happened.",
)


def write_fields(item: Item, quality: float, chance: Random) -> dict[str, str]:
    """Text for every field of an essay: a headline and what it stands on where one is asked for, else a few sentences."""
    headline, stands_on = one_of(chance, GOOD if quality > 0.5 else MIDDLING if quality > -0.6 else POOR)
    fields = {}
    for field in item.fields:
        if field.id == "headline":
            fields[field.id] = headline
        elif field.id == "stands-on":
            fields[field.id] = stands_on
        else:
            fields[field.id] = some_sentences(field.max_words or 60, quality, chance)
    return {name: words for name, words in fields.items() if words}


def some_sentences(most_words: int, quality: float, chance: Random) -> str:
    """A few sentences, more of them from those who read better, and never more words than the field takes."""
    written: list[str] = []
    for _ in range(2 + int(2 * max(0.0, quality))):
        sentence = one_of(chance, SENTENCES)
        if sentence not in written and len(" ".join([*written, sentence]).split()) <= most_words:
            written.append(sentence)
    return " ".join(written)
