"""How an answer is written on a sheet and typed into the table: letters for what is chosen, numbers for an order, words for marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from string import ascii_uppercase

from course.items import NO_BREAK_SPACE, Item, Option
from course.messages.errors import ToldError

CHOICE, REASON, SURE, PLACE, NOTHING, TEXT = "choice", "reason", "sure", "place", "nothing", "text"
SURENESS = {"G": "guessing", "L": "leaning", "S": "sure"}
APART = re.compile(r"[\s,;.+&/]+")
NTH = re.compile(r"(.*?)\s*#\s*(\d{1,2})\s*\Z", re.DOTALL)
LIKE = {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", NO_BREAK_SPACE: " "}


class CodeError(ToldError, ValueError):
    """What was typed can't be read: what is wrong, and the cure."""

    def __init__(self, what: str, cure: str) -> None:
        super().__init__(what)
        self.what, self.cure = what, cure


def lettered(options: Sequence[Option]) -> dict[str, Option]:
    """The options by their letters on the sheet.

    >>> list(lettered((Option("yes", "Yes"), Option("no", "No"))))
    ['A', 'B']
    """
    return dict(zip(ascii_uppercase, options, strict=False))


def cells_of(item: Item) -> Iterator[tuple[str, str]]:
    """What is typed for one question, in the order of the sheet: (clause or card, what is asked), each a line of the table.

    >>> item = Item("c", "l", "chain", "Order.", cards=(Option("a", "A"), Option("b", "B")), given=("a",), confidence=True)
    >>> list(cells_of(item))
    [('B', 'place'), ('', 'sure')]
    """
    if item.type == "pick":
        yield "", CHOICE
    elif item.type == "classify":
        for unit in item.units:
            yield from ((unit, question.id) for question in item.questions)
            if unit in item.confidence_units:
                yield unit, SURE
    elif item.type == "mark":
        yield from ((unit, label.id) for unit in item.units for label in item.labels)
        yield "", NOTHING
    elif item.type == "chain":
        yield from ((letter, PLACE) for letter, card in lettered(item.cards).items() if card.id not in item.given)
    elif item.type == "essay":
        yield from (("", field.id) for field in item.fields)
    else:
        yield "", TEXT
    if item.reasons:
        yield "", REASON
    if item.confidence:
        yield "", SURE


def read_letters(typed: str, options: Sequence[Option], most: int = 1) -> list[str]:
    """The ids of the options that a cell names by letter, or by an id that no letter could be; `most` 0 is any number. Raises `CodeError`.

    >>> cards = (Option("yes", "Yes"), Option("no", "No"))
    >>> read_letters("b.", cards), read_letters("AB", cards, 2), read_letters("b, a", cards, 0)
    (['no'], ['yes', 'no'], ['no', 'yes'])
    """
    letters = {letter: option.id for letter, option in lettered(options).items()}
    ids = {option.id for option in options if len(option.id) > 1}
    pieces = [typed.strip()] if typed.strip() in ids else [piece for piece in APART.split(typed.strip()) if piece]
    if len(pieces) == 1 and pieces[0] not in ids and len(pieces[0]) > 1 and set(pieces[0].upper()) <= letters.keys():
        pieces = list(pieces[0])
    found = []
    for piece in pieces:
        one = piece if piece in ids else letters.get(piece.upper())
        if one is None:
            raise CodeError(f"{shown(typed)} is none of {', '.join(letters)}", "Look at the sheet and type the letter that is ticked.")
        found.append(one)
    if len(set(found)) != len(found):
        raise CodeError(f"{shown(typed)} names one answer twice", "Type each letter once.")
    if most and len(found) > most:
        raise CodeError(f"{shown(typed)} is {len(found)} answers where {most} can be", "Look at the sheet: type what counts, or empty the cell if nobody can tell.")
    return found


def read_sureness(typed: str) -> str:
    """How sure somebody was, from G, L or S. Raises `CodeError`.

    >>> read_sureness("l")
    'leaning'
    """
    word = typed.strip().lower().rstrip(".")
    found = SURENESS.get(word.upper()) or (word if word in SURENESS.values() else None)
    if found is None:
        raise CodeError(f"{shown(typed)} is none of {', '.join(SURENESS)}", "Type G for guessing, L for leaning or S for sure.")
    return found


def read_place(typed: str) -> int:
    """The place that a card was given. Raises `CodeError`.

    >>> read_place("2."), read_place("3.0")
    (2, 3)
    """
    found = re.fullmatch(r"([1-9]\d?)(?:\.0*)?", typed.strip())
    if not found:
        raise CodeError(f"{shown(typed)} is no place in an order", "Type the number that stands beside the card, such as 2.")
    return int(found[1])


def read_tick(typed: str) -> bool:
    """Whether a box is ticked. Raises `CodeError` for anything but a sign of yes.

    >>> read_tick("x"), read_tick("Yes")
    (True, True)
    """
    if typed.strip().lower() not in ("x", "yes", "y", "1", "true", "✓", "✔"):
        raise CodeError(f"{shown(typed)} is neither a tick nor empty", "Type x if the box is ticked; leave the cell empty if not.")
    return True


def find_quote(typed: str, words: str) -> tuple[int, int]:
    """Where the quoted words stand in a clause, in code points. `… #2` means their second place. Raises `CodeError`.

    Capitals, kinds of quotation marks and spaces don't matter. Whole words are looked for first.

    >>> find_quote("ida moss", "“It needs paint,” Ida\\u00a0Moss said."), find_quote("he #2", "He said that he was there.")
    ((18, 26), (13, 15))
    """
    numbered = NTH.fullmatch(typed)
    sought, nth = (numbered[1], int(numbered[2])) if numbered else (typed, 0)
    sought = alike(sought).strip()
    pattern = r"\s+".join(re.escape(piece) for piece in sought.split())
    whole = rf"(?<!\w){pattern}(?!\w)"
    places = [found.span() for found in re.finditer(whole, alike(words))] or [found.span() for found in re.finditer(pattern, alike(words))]
    if not sought or not places:
        raise CodeError(f"{shown(typed)} does not stand in this clause", "Type the marked words exactly as the sheet has them, and check the clause.")
    if not nth and len(places) > 1:
        raise CodeError(f"{shown(typed)} stands {len(places)} times in this clause", f"Say which: type {sought} #1 for the first, {sought} #2 for the second.")
    if nth > len(places):
        raise CodeError(f"{shown(typed)} asks for place {nth} and there are {len(places)}", "Count again on the sheet.")
    return places[max(0, nth - 1)]


def alike(words: str) -> str:
    """Words as they are compared, one character for one: small letters, plain marks, plain spaces."""
    small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in words)
    return "".join(LIKE.get(letter, letter) for letter in small)


def shown(typed: str) -> str:
    """What was typed, as it may stand in a sentence.

    >>> shown("x" * 50)
    '“xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”'
    """
    one_line = " ".join(typed.split())
    return f"“{one_line if len(one_line) <= 40 else one_line[:39] + '…'}”"
