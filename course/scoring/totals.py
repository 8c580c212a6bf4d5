"""From a share of what was asked to points and an outcome: the last step of every rule."""

from __future__ import annotations

from course.items import Item, Outcome, Part, Score


def most_points(item: Item) -> float:
    """What an item is worth: its points, or one for each thing it asks when it has none (practice).

    >>> most_points(Item("who-01", "01", "pick", "Who speaks?", points=2))
    2.0
    >>> most_points(Item("who-02", "01", "classify", "Whose voice?", units=("a1", "a2", "a3")))
    3.0
    """
    if item.points > 0:
        return float(item.points)
    if item.type == "classify":
        return float(len(item.units))
    if item.type == "essay":
        return float(sum(criterion.points for criterion in item.criteria)) or 1.0
    return 1.0


def outcome_of(share: float) -> Outcome:
    """All, some or nothing of what was asked.

    >>> outcome_of(1).value, outcome_of(1 / 3).value, outcome_of(0).value
    ('correct', 'partly', 'incorrect')
    """
    if share >= 1:
        return Outcome.CORRECT
    return Outcome.PARTLY if share > 0 else Outcome.INCORRECT


def scored(share: float, most: float, parts: tuple[Part, ...] = (), note: str = "") -> Score:
    """A score for an answer that was judged: its share of the points.

    >>> scored(0.5, 4).points
    2.0
    """
    return Score(outcome_of(share), float(share * most), float(most), parts, note)


def unscored(outcome: Outcome, item: Item, note: str = "") -> Score:
    """A score for an answer that was not judged: unanswered, malformed, or waiting for a person."""
    return Score(outcome, 0.0, most_points(item), (), note)
