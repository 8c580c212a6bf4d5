"""What many scores say together: agreement, discrimination, difficulty, reliability, gain.

Each measure is a pure function of plain lists and returns a `Figure`: a value, or the reason why there is none. A class of
three has no reliability, and a report says so instead of printing a number.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean

Label = Hashable


@dataclass(frozen=True)
class Figure:
    """One figure: its value, how many cases it stands on, and where it has none, why. `low` and `high` bound an interval."""

    value: float | None
    n: int = 0
    why: str = ""
    low: float | None = None
    high: float | None = None


def f1_by_label(given: Sequence[Label | None], keyed: Sequence[Label]) -> dict[Label, float]:
    """For every label that occurs in either list, how well it was used (F1). A unit left out (None) counts as missed.

    >>> f1_by_label(["a", "a", "b", None], ["a", "b", "b", "b"])["a"]
    0.6666666666666666
    """
    pairs = list(zip(given, keyed, strict=True))
    found = {}
    for label in dict.fromkeys([key for _, key in pairs] + [mine for mine, _ in pairs if mine is not None]):
        hits = sum(mine == key == label for mine, key in pairs)
        named = sum(mine == label for mine, _ in pairs) + sum(key == label for _, key in pairs)
        found[label] = 2 * hits / named
    return found


def macro_f1(given: Sequence[Label | None], keyed: Sequence[Label]) -> Figure:
    """The mean F1 over the labels in use, so that a rare label weighs as much as a common one (Opitz & Burst 2019, "arithmetic mean of F1").

    Calling everything quoted is right seven times in ten here, and earns half of that:

    >>> keyed = ["quoted"] * 7 + ["editorial"] * 3
    >>> round(macro_f1(["quoted"] * 10, keyed).value, 2)
    0.41
    """
    by_label = f1_by_label(given, keyed)
    return Figure(fmean(by_label.values()), len(keyed)) if by_label else Figure(None, 0, "nothing was labelled")


def cohen_kappa(one: Sequence[Label], other: Sequence[Label]) -> Figure:
    """How far two readers agree beyond chance (Cohen 1960): (observed − expected) ÷ (1 − expected), unweighted.

    >>> round(cohen_kappa(["a", "a", "b", "b"], ["a", "b", "b", "b"]).value, 2)
    0.5
    >>> cohen_kappa(["a", "a"], ["a", "a"]).why
    'both used one and the same label only'
    """
    n = len(one)
    if not n or n != len(other):
        return Figure(None, n, "two lists of the same units are needed")
    counts, others = Counter(one), Counter(other)
    observed = sum(a == b for a, b in zip(one, other, strict=True)) / n
    expected = sum(counts[label] * others[label] for label in counts) / n**2
    if expected == 1:
        return Figure(None, n, "both used one and the same label only")
    return Figure((observed - expected) / (1 - expected), n)


def krippendorff_alpha(units: Iterable[Sequence[Label | None]]) -> Figure:
    """How far any number of readers agree beyond chance, labels missing here and there (Krippendorff 2011, nominal).

    One list a unit, one label a reader, None where a reader left it out; units with fewer than two labels do not count.
    1 − observed ÷ expected disagreement. Krippendorff's own example (2011, section C, nominal data) gives .743:

    >>> a = [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None]
    >>> b = [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3]
    >>> c = [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None]
    >>> d = [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None]
    >>> round(krippendorff_alpha(zip(a, b, c, d)).value, 3)
    0.743
    """
    totals: Counter[Label] = Counter()
    disagreement, pairable = 0.0, 0
    for unit in units:
        counts = Counter(label for label in unit if label is not None)
        many = sum(counts.values())
        if many < 2:
            continue
        pairable += many
        totals.update(counts)
        disagreement += (many**2 - sum(count**2 for count in counts.values())) / (many - 1)
    if not pairable:
        return Figure(None, 0, "no unit was labelled twice")
    expected = (pairable**2 - sum(count**2 for count in totals.values())) / (pairable - 1)
    if not expected:
        return Figure(None, pairable, "only one label was ever used")
    return Figure(1 - disagreement / expected, pairable)


@dataclass(frozen=True)
class Discrimination:
    """How well readers tell a target from the rest (d′), and how ready they are to call anything a target (criterion c)."""

    d_prime: Figure
    criterion: Figure


def discrimination(hits: int, targets: int, false_alarms: int, others: int) -> Discrimination:
    """d′ and c from hits among targets and false alarms among the rest (Macmillan & Creelman 2005), rates corrected log-linearly.

    The correction adds ½ to each count and 1 to each total (Hautus 1995), so that a perfect rate stays finite. Whoever calls
    everything biased hits every target and has a d′ of nothing; c below 0 says that the label is used freely.

    >>> keen = discrimination(hits=10, targets=10, false_alarms=10, others=10)
    >>> round(keen.d_prime.value, 2), round(keen.criterion.value, 2)
    (0.0, -1.69)
    >>> round(discrimination(hits=8, targets=10, false_alarms=2, others=10).d_prime.value, 2)
    1.5
    """
    if not targets or not others:
        nothing = Figure(None, targets + others, "there must be targets and others to tell apart")
        return Discrimination(nothing, nothing)
    z = NormalDist().inv_cdf
    hit, false = z((hits + 0.5) / (targets + 1)), z((false_alarms + 0.5) / (others + 1))
    return Discrimination(Figure(hit - false, targets + others), Figure(-(hit + false) / 2, targets + others))


def difficulty(shares: Sequence[float]) -> Figure:
    """How easy an item was: the mean share of its points (classical p; 1 is easy).

    >>> difficulty([1, 0.5, 0, 0.5]).value
    0.5
    """
    return Figure(fmean(shares), len(shares)) if shares else Figure(None, 0, "nobody answered")


def correlation(one: Sequence[float], other: Sequence[float]) -> Figure:
    """Pearson's r of two lists.

    >>> correlation([1, 2, 3], [2, 4, 6]).value
    1.0
    """
    n = len(one)
    if n < 3:
        return Figure(None, n, "fewer than three learners")
    mean, other_mean = fmean(one), fmean(other)
    spread, other_spread = sum((a - mean) ** 2 for a in one), sum((b - other_mean) ** 2 for b in other)
    if spread < 1e-12 or other_spread < 1e-12:
        return Figure(None, n, "everyone has the same score")
    together = sum((a - mean) * (b - other_mean) for a, b in zip(one, other, strict=True))
    return Figure(max(-1.0, min(1.0, together / sqrt(spread * other_spread))), n)


def item_rest_correlation(scores: Mapping[str, Sequence[float]], item: str) -> Figure:
    """Whether those who did well on the rest did well on this item: the corrected point-biserial (Henrysson 1963).

    The item is taken out of the total first, or it would correlate with itself.

    >>> table = {"a": [1, 1, 0, 0], "b": [1, 1, 1, 0], "c": [1, 0, 0, 0]}
    >>> round(item_rest_correlation(table, "a").value, 2)
    0.71
    """
    rest = [sum(row) for row in zip(*(column for name, column in scores.items() if name != item), strict=True)]
    return correlation(scores[item], rest) if rest else Figure(None, 0, "there is no other item")


def cronbach_alpha(scores: Mapping[str, Sequence[float]]) -> Figure:
    """How much of a total is not chance (Cronbach 1951); for items scored 0 or 1 it is KR-20 (Kuder & Richardson 1937).

    One list an item, one score a learner. Variances are those of the class itself (divided by n), as in KR-20.

    >>> round(cronbach_alpha({"a": [1, 1, 0, 0], "b": [1, 1, 0, 0], "c": [1, 0, 1, 0]}).value, 2)
    0.6
    """
    columns = list(scores.values())
    n = len(columns[0]) if columns else 0
    if len(columns) < 2 or n < 2:
        return Figure(None, n, "fewer than two items or two learners")
    totals = [sum(row) for row in zip(*columns, strict=True)]
    whole = variance(totals)
    if whole < 1e-12:
        return Figure(None, n, "everyone has the same total")
    k = len(columns)
    return Figure(k / (k - 1) * (1 - sum(variance(column) for column in columns) / whole), n)


def variance(values: Sequence[float]) -> float:
    """The mean squared distance from the mean (divided by n).

    >>> variance([1, 3])
    1.0
    """
    mean = fmean(values)
    return fmean([(value - mean) ** 2 for value in values])


def gain(before: Sequence[float], after: Sequence[float], *, seed: int = 2, draws: int = 2000) -> Figure:
    """The mean change of the learners who did both, with a 95 % interval from a percentile bootstrap (Efron & Tibshirani 1993, ch. 13).

    It is a figure about a class: one learner's own change on twelve clauses moves by far more than this by chance.

    >>> figure = gain([0.4, 0.5, 0.3, 0.6], [0.6, 0.6, 0.6, 0.7])
    >>> round(figure.value, 3), figure.low > 0
    (0.175, True)
    """
    changes = [b - a for a, b in zip(before, after, strict=True)]
    n = len(changes)
    if n < 2:
        return Figure(None, n, "fewer than two learners did both")
    chance = random.Random(seed)
    means = sorted(fmean(chance.choices(changes, k=n)) for _ in range(draws))
    edge = round(0.025 * draws)
    return Figure(fmean(changes), n, low=means[edge], high=means[-edge - 1])


def wilson(right: int, n: int, *, level: float = 0.95) -> Figure:
    """A share with its interval (Wilson 1927): it stays between 0 and 1, also for a few answers and for none or all right.

    >>> figure = wilson(12, 12)
    >>> figure.value, round(figure.low, 2), figure.high
    (1.0, 0.76, 1.0)
    """
    if not n:
        return Figure(None, 0, "nothing was answered")
    z = NormalDist().inv_cdf(0.5 + level / 2)
    middle, half = (right + z**2 / 2) / (n + z**2), z * sqrt(right * (n - right) / n + z**2 / 4) / (n + z**2)
    return Figure(right / n, n, low=max(0.0, middle - half), high=min(1.0, middle + half))


def change(before: int, n_before: int, after: int, n_after: int, *, level: float = 0.95) -> Figure:
    """One learner's change from one test to another as a difference of shares, with its interval (Newcombe 1998, method 10).

    The clauses of two parallel tests are different ones, so the shares are independent. Newcombe's first example, 56 of 70
    against 48 of 80, has the interval 0.0524 to 0.3339:

    >>> figure = change(48, 80, 56, 70)
    >>> round(figure.low, 4), round(figure.high, 4)
    (0.0524, 0.3339)
    """
    first, last = wilson(before, n_before, level=level), wilson(after, n_after, level=level)
    if first.value is None or last.value is None:
        return Figure(None, 0, "one of the two tests was not answered")
    difference = last.value - first.value
    below = sqrt((last.value - last.low) ** 2 + (first.high - first.value) ** 2)
    above = sqrt((last.high - last.value) ** 2 + (first.value - first.low) ** 2)
    return Figure(difference, n_before + n_after, low=difference - below, high=difference + above)
