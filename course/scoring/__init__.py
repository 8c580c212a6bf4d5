"""What an answer is worth: pure functions from an item, an answer and a key to a score.

The rules follow the codebook's "How strictly to score": as strict as trained readers are consistent, and no stricter.
Nothing earns points by being left blank, and no constant answer pays. Each rule stands in its own file, with examples
that run: `picks`, `clauses`, `marks`, `chains`, `written`, and `credit` for points that no key decides.
"""

from __future__ import annotations

from course.items import Answer, Item, Key, Outcome, Score, Text
from course.scoring.chains import score_chain
from course.scoring.clauses import outcomes_by_question, score_classify
from course.scoring.credit import counts, parts_answered, score_by_hand, score_completion
from course.scoring.marks import Compared, compare_marks, score_mark
from course.scoring.picks import score_pick
from course.scoring.shapes import is_blank, problem_with
from course.scoring.totals import most_points, unscored
from course.scoring.written import score_write

__all__ = ["Compared", "compare_marks", "counts", "is_blank", "most_points", "outcomes_by_question", "parts_answered", "score_by_hand", "score_completion",
           "score_credit", "score_item"]

RULES = {"pick": score_pick, "classify": score_classify, "mark": score_mark, "chain": score_chain, "write": score_write}
KEYED_BY_ANSWER = ("pick", "chain", "write")


def score_item(item: Item, answer: Answer | None, key: Key, *, text: Text | None = None) -> Score:
    """What an answer to an item is worth against its key. Never raises, whatever the answer holds.

    Give the text of a classify or mark item and a mark's quote and end are checked against it.

    >>> from course.items import Option
    >>> item = Item("who-01", "01", "pick", "Who speaks?", points=2, options=(Option("a", "the mayor"), Option("b", "the paper")))
    >>> key = Key("who-01", answer=["a"])
    >>> [score_item(item, Answer(value), key).points for value in (["a"], ["b"])]
    [2.0, 0.0]
    >>> [score_item(item, answer, key).outcome.value for answer in (None, Answer(["a"]), Answer(["b"]), Answer("a"))]
    ['unanswered', 'correct', 'incorrect', 'malformed']
    """
    if answer is None or (isinstance(answer, Answer) and is_blank(item, answer.value)):
        return unscored(Outcome.UNANSWERED, item)
    if fault := problem_with(item, answer, text):
        return unscored(Outcome.MALFORMED, item, fault)
    if key.by_hand or item.type == "essay":
        return unscored(Outcome.NEEDS_A_PERSON, item)
    if item.type in KEYED_BY_ANSWER and key.answer is None:
        return unscored(Outcome.NEEDS_A_PERSON, item, "no right answer is keyed")
    return RULES[item.type](item, answer, key, text)


def score_credit(item: Item, answer: Answer | None, key: Key | None, *, text: Text | None = None) -> Score:
    """What an answer adds to the gradebook: points for answering where the item says so, else what it is worth.

    Without a key (a class release holds no graded one) an answer that needs one waits for a person.
    """
    if item.credit == "completion":
        return score_completion(item, answer, text=text)
    if key is None:
        return score_item(item, answer, Key(item.id, by_hand=True), text=text)
    return score_item(item, answer, key, text=text)
