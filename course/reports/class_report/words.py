"""Figures as people read them: shares, intervals, counts, and what an alpha or a criterion means."""

from __future__ import annotations

from collections.abc import Sequence

from course.measures import Figure
from course.reports.html import Html, tag

NBSP = "\u00a0"
MINUS = "−"
READ_ALIKE, READ_NEARLY = 0.8, 0.667
LEANS = 0.2


def percent(share: float) -> str:
    """A share in a hundred.

    >>> percent(0.615).replace(NBSP, " ")
    '62 %'
    """
    return f"{100 * share + 1e-9:.0f}{NBSP}%"


def decimal(value: float, places: int = 2) -> str:
    """A number with a real minus sign.

    >>> decimal(-0.128), decimal(-0.001)
    ('−0.13', '0.00')
    """
    written = f"{value:.{places}f}"
    return written.lstrip("-") if float(written) == 0 else written.replace("-", MINUS)


def interval(figure: Figure, *, shares: bool = True, times: float = 1, places: int = 2) -> str:
    """The ends of an interval, in hundredths if they are `shares`, or nothing where there is none.

    >>> interval(Figure(0.5, 10, low=0.4, high=0.6)).replace(NBSP, " ")
    '40 to 60 %'
    """
    if figure.low is None or figure.high is None:
        return ""
    if shares:
        return f"{decimal(100 * figure.low, 0)}{NBSP}to{NBSP}{decimal(100 * figure.high, 0)}{NBSP}%"
    return f"{decimal(figure.low * times, places)}{NBSP}to{NBSP}{decimal(figure.high * times, places)}"


def between(figure: Figure, *, shares: bool = True, times: float = 1, places: int = 2) -> Html:
    """An interval as a cell: its ends, or in small letters why there is none beside the value, or a dash where the value is missing too."""
    ends = interval(figure, shares=shares, times=times, places=places)
    if ends or figure.value is None or not figure.why:
        return tag("span", ends or "–")
    return tag("span", figure.why, klass="why-not")


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun.

    >>> count(1, "clause"), count(2, "clause"), count(0, "reply", "replies")
    ('1 clause', '2 clauses', '0 replies')
    """
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def listed(names: Sequence[str]) -> str:
    """Names in a sentence.

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def value_or_why(figure: Figure, places: int = 2) -> Html:
    """A figure as a cell: its number, or in small letters why there is none."""
    return tag("span", decimal(figure.value, places)) if figure.value is not None else tag("span", figure.why, klass="why-not")


def told_alpha(value: float) -> str:
    """What an alpha of agreement says (Krippendorff's own bounds: from .80 reliable, from .667 tentative).

    >>> told_alpha(0.9), told_alpha(0.1)
    ('they read alike', 'they read differently')
    """
    if value >= READ_ALIKE:
        return "they read alike"
    return "they read mostly alike" if value >= READ_NEARLY else "they read differently"


def told_d_prime(value: float) -> str:
    """What a d′ says.

    >>> told_d_prime(0.2), told_d_prime(2.5)
    ('hardly tells them apart', 'tells them apart well')
    """
    return "hardly tells them apart" if value < 0.5 else "tells some apart" if value < 1.5 else "tells most apart" if value < 2.5 else "tells them apart well"


def told_criterion(value: float) -> str:
    """What a criterion says.

    >>> told_criterion(-0.5), told_criterion(0)
    ('leans to call things editorial', 'leans neither way')
    """
    if value <= -LEANS:
        return "leans to call things editorial"
    return "leans to call things reporting" if value >= LEANS else "leans neither way"


def told_spread(top: float) -> str:
    """How far a class is of one mind about a clause, by the share of the reading most chose.

    >>> told_spread(0.45), told_spread(0.95)
    ('split', 'of one mind')
    """
    return "split" if top < 0.5 else "divided" if top < 0.65 else "leaning" if top < 0.8 else "of one mind"
