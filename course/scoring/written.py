"""Short written answers: a word, a name or a number, compared strictly but not for how it is typed."""

from __future__ import annotations

import re
from typing import Any

from course.items import Answer, Item, Key, Score, Text
from course.scoring.picks import best_candidate, reason_part
from course.scoring.shapes import MOST_NUMBER
from course.scoring.totals import most_points, scored

ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen").split()
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SMALL = {word: value for value, word in enumerate(ONES)} | TENS
QUOTES = str.maketrans({"“": "", "”": "", "„": "", "«": "", "»": "", '"': "", "‘": "'", "’": "'", "‚": "'", "`": "'"})
DIGITS = re.compile(r"[-+]?(\d{1,3}([, ]\d{3})+|\d+)(\.\d+)?\Z")


def comparable(words: str) -> str:
    """A written answer as it is compared: case, spaces, quotation marks, a closing full stop and number words do not matter.

    >>> comparable('  “Twenty-one”  OFFICIALS. ') == comparable("21 officials")
    True
    >>> comparable("the official") == comparable("an official")
    False
    """
    tokens = words.translate(QUOTES).casefold().split()
    joined = " ".join(tokens).strip("'").rstrip(".!").strip()
    return " ".join(in_digits(joined.split()))


def in_digits(tokens: list[str]) -> list[str]:
    """Number words up to ninety-nine as digits.

    >>> in_digits(["twenty", "one", "of", "forty-two"])
    ['21', 'of', '42']
    """
    found: list[str] = []
    open_tens = False
    for token in tokens:
        tens, _, ones = token.partition("-")
        if tens in TENS and ONES[1:10].count(ones):
            found.append(str(TENS[tens] + SMALL[ones]))
        elif open_tens and token in ONES[1:10]:
            found[-1] = str(int(found[-1]) + SMALL[token])
        else:
            found.append(str(SMALL[token]) if token in SMALL else token)
        open_tens = token in TENS
    return found


def number_in(written: Any) -> float | None:
    """The number that someone wrote, in digits or in words, or None when it is not a number and nothing else.

    >>> number_in(" 1,250 "), number_in("seventeen"), number_in("about 17"), number_in("1e999")
    (1250.0, 17.0, None, None)
    """
    if isinstance(written, str):
        words = comparable(written)
        return float(re.sub("[, ]", "", words)) if DIGITS.match(words) else None
    return float(written) if type(written) in (int, float) and -MOST_NUMBER < written < MOST_NUMBER else None


def share_of_writing(written: Any, right: Any, *, number: bool = False, tolerance: float = 0.0) -> float:
    """All or nothing: one of the key's wordings, or a number within the tolerance.

    >>> share_of_writing("Yomiuri ", ["Yomiuri", "the Yomiuri"]), share_of_writing("Yomiuru", ["Yomiuri"])
    (1.0, 0.0)
    >>> share_of_writing("18", 17, number=True, tolerance=1), share_of_writing("19", 17, number=True, tolerance=1)
    (1.0, 0.0)
    """
    keyed = right if isinstance(right, list) else [right]
    if not number:
        mine = comparable(str(written))
        return float(any(mine == comparable(str(one)) for one in keyed))
    value = number_in(written)
    values = [number_in(one) for one in keyed]
    return float(value is not None and any(one is not None and abs(value - one) <= tolerance + 1e-9 for one in values))


def score_write(item: Item, answer: Answer, key: Key, _text: Text | None = None) -> Score:
    """Score a short written answer against the key's wordings or number and every accepted one."""
    most = most_points(item)
    number = item.number or type(key.answer) in (int, float)
    whole, bare, _, why = best_candidate(
        item, answer, key, lambda right: share_of_writing(answer.value, right, number=number, tolerance=key.tolerance))
    return scored(whole, most, reason_part(item, answer, key, whole=whole, bare=bare, most=most), why)
