"""Reads `data/` into the nouns of `items` and checks everything on the way.

`files` finds and opens files, `texts` reads what is read, `lessons` what is asked, `keys` what is right.
"""

from course.content.files import ContentError, find_data
from course.content.keys import load_keys, text_folder
from course.content.lessons import lesson_ids, load_lesson
from course.content.texts import load_glossary, load_text

__all__ = ["ContentError", "find_data", "lesson_ids", "load_glossary", "load_keys", "load_lesson", "load_text", "text_folder"]
