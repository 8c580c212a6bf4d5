"""Every term that a notebook explains is in the glossary, and every term in it is met somewhere."""

from __future__ import annotations

from course.check.glossary import check_glossary
from course.check.material import Material
from course.items import Text
from tests.whole_course import found, lesson, page, pick

FIRST = "01_who_is_speaking"


def kit(*steps, glossary=("cue",), **more):
    return Material(lessons={FIRST: lesson(FIRST, pick("a", FIRST))}, glossary=dict.fromkeys(glossary, "A meaning."), pages=[page(FIRST, *steps)], **more)


def test_a_term_that_is_explained_and_not_there_is_named():
    assert found(check_glossary, kit(("glossary", "cue", "queue")))[0] == [
        f"notebooks/{FIRST}.ipynb: it explains 'queue', which is not in the glossary. Add a line to data/glossary.csv, or write the term as it stands there."]


def warned(material):
    return [one.where for one in found(check_glossary, material)[1].warnings]


def test_a_term_that_nobody_meets_is_worth_a_look():
    assert warned(kit("An audit.", glossary=("aud", "odd term"))) == ["data/glossary.csv, term 'aud'", "data/glossary.csv, term 'odd term'"]


def test_a_term_may_be_met_in_a_notebook_a_gist_or_a_question_or_be_asked_for():
    gist = {"hut": Text("hut", "Hut", (), gists={1: "It has loaded words."})}

    assert warned(kit("Two *gists* here.", glossary=("gist",))) == []
    assert warned(kit(("glossary", "gist"), glossary=("gist",))) == []
    assert warned(kit(glossary=("loaded word",), texts=gist)) == []
    assert warned(kit(glossary=("which",))) == []


def test_without_notebooks_nothing_is_said_of_use():
    assert warned(Material(glossary={"cue": "A meaning."})) == []
