"""Reads `data/` into the nouns of `items` and checks everything on the way.

`files` finds and opens files, `texts` reads what is read, `lessons` what is asked, `keys` what is right,
`norming` what a marker compares with.
"""

from course.content.files import ContentError, find_data
from course.content.keys import load_keys, text_folder
from course.content.lessons import find_slot, lesson_ids, load_lesson
from course.content.norming import NormingEssay, load_norming
from course.content.texts import hard_words, load_glossary, load_text

__all__ = ["ContentError", "NormingEssay", "find_data", "find_slot", "hard_words", "lesson_ids", "load_glossary", "load_keys", "load_lesson", "load_norming", "load_text", "text_folder"]
