"""Whatever stands in the hand-ins, a report is drawn, and only answers that fit their question enter it."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.classroom import open_class
from course.classroom.report import class_figures
from course.reports.class_report.page import report_page
from course.reports.class_report.tables import tables
from tests.class_of_twelve import LEARNERS, catalogue_of, class_of, speaker_of
from tests.test_scoring_properties import JUNK

ITEMS = st.sampled_from(["fence-pick", "fence-label", "fence-mark", "fence-order", "fence-count", "fence-essay", "gate-pick", "gate-read", "form-a", "last-a"])
UNITS = st.dictionaries(st.sampled_from(["f1", "f2", "g1", "g2", "x"]), st.dictionaries(st.sampled_from(["voice", "kind", "how"]), st.sampled_from(["author", "source", "unclear", "fact", "both", "lost", None, "x"])))
MARKS = st.lists(st.fixed_dictionaries({"label": st.sampled_from(["source", "cue", "x"]), "unit": st.sampled_from(["f1", "f2", "x"]), "start": st.integers(-2, 40), "end": st.integers(-2, 10**9)}), max_size=3)
VALUES = st.one_of(JUNK, UNITS, MARKS, st.lists(st.sampled_from(["a", "b", "f1", "f3", "yes", "x"]), max_size=3))
RESPONSES = st.tuples(ITEMS, VALUES, st.sampled_from(["alone", "talk"]), st.sampled_from(["draft", "submitted"]), JUNK, st.sampled_from(["", "older"]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(RESPONSES, max_size=8), min_size=1, max_size=len(LEARNERS)))
def test_whatever_was_handed_in_a_report_is_drawn(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("junk")
    catalogue = catalogue_of(folder)
    say = speaker_of(catalogue)

    def says(place):
        for minute, (item, value, together, kind, confidence, seen) in enumerate(rows[place]):
            yield say(item, value, minute=minute, kind=kind, round=together, confidence=confidence, **({"seen": seen} if seen else {}))

    figures = class_figures(class_of(folder, catalogue, says, learners=LEARNERS[: len(rows)]))
    assert "<script" not in report_page(figures)
    assert all(len(row) == len(table.header) and all(isinstance(cell, str) for cell in row) for table in tables(figures) for row in table.rows)
    assert all(0 <= item.right <= item.n and (item.ease.value is None or 0 <= item.ease.value <= 1) for item in figures.items)
    assert all(read.n == sum(tally.count for tally in read.tallies) for text in figures.texts for clause in text.clauses for read in clause.read)


def test_a_mark_of_a_billion_letters_takes_no_memory_and_counts_as_malformed(tmp_path):
    catalogue = catalogue_of(tmp_path)
    say = speaker_of(catalogue)
    long = [{"label": "source", "unit": "f2", "start": 0, "end": 10**9}]
    figures = class_figures(class_of(tmp_path, catalogue, lambda place: [say("fence-mark", long, kind="submitted")]))
    assert figures.texts == ()


def test_a_hand_in_cannot_say_what_it_is_worth(tmp_path):
    catalogue = catalogue_of(tmp_path)
    say = speaker_of(catalogue)
    before = class_figures(class_of(tmp_path, catalogue, lambda place: [say("gate-pick", ["b"])]))
    for path in (tmp_path / "handins").glob("*.jsonl"):
        header, *others = path.read_text("utf-8").splitlines()
        path.write_text("\n".join([json.dumps({**json.loads(header), "points": 99, "score": 1}), *others]) + "\n", "utf-8")
    after = class_figures(open_class(tmp_path / "handins", tmp_path / "roster.csv", catalogue=catalogue, progress=False))
    assert after.items == before.items and after.items[0].right == 0
