"""How well labels were used against a key: F1 for each, and their mean."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from statistics import fmean

from course.measures.figures import Figure

Label = Hashable


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

    Here seven units of ten are quoted, and calling all ten quoted is right for those seven. Yet "quoted" earns 0.82 and
    "editorial", which was never found, earns 0, so the mean of the two is 0.41:

    >>> keyed = ["quoted"] * 7 + ["editorial"] * 3
    >>> round(macro_f1(["quoted"] * 10, keyed).value, 2)
    0.41
    """
    by_label = f1_by_label(given, keyed)
    return Figure(fmean(by_label.values()), len(keyed)) if by_label else Figure(None, 0, "nothing was labelled")
