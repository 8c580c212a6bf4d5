"""A text to read: word for word, with the hard words explained where they first stand."""

from __future__ import annotations

from course.content import find_data, hard_words, load_text
from course.items import Text, Unit
from course.widgets.reading import Reading, explained

TERMS = {"deterrence": "Keeping others away.", "extended deterrence": "A promise <to> keep others away."}


def test_the_longest_term_is_explained_once_and_its_meaning_is_inert():
    shown = explained("Extended deterrence is no deterrence. Extended deterrence!", TERMS)
    assert shown.count("<abbr") == 2 and shown.startswith('<abbr class="sw-term" tabindex="0" title="A promise &lt;to&gt; keep others away.">Extended deterrence</abbr>')
    assert shown.endswith("Extended deterrence!"), "what was explained once is left alone"


def test_a_term_inside_another_word_is_left_alone():
    assert explained("predeterrence, deterrences2", TERMS) == "predeterrence, deterrences2"


def test_a_term_is_found_in_its_plural():
    assert explained("Two relays.", {"relay": "A text that passes on another."}) == 'Two <abbr class="sw-term" tabindex="0" title="A text that passes on another.">relays</abbr>.'


def test_the_words_of_a_text_stay_as_they_are():
    text = Text("t", "T", (Unit("H", 0, "<b>Extended deterrence</b>"), Unit("s1", 1, "It\u00a0rained on deterrence.")))
    page = Reading(text, terms=TERMS).html()
    assert "<b>" not in page and "&lt;b&gt;" in page and "<h4>" in page
    assert 'It rained on <abbr class="sw-term" tabindex="0" title="Keeping others away.">deterrence</abbr>.' in page


def test_the_hard_words_of_the_article_are_explained_in_it():
    data = find_data()
    page = Reading(load_text(data, "article"), terms=hard_words(data)).html()
    for term in ("consultative body", "deterrence", "ROK", "bulwark", "contingency", "provocations", "stockpiles", "Chip 4"):
        assert f">{term}</abbr>" in page, term
