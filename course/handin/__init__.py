"""The one file a learner hands in for a lesson: written on the learner's side, read with suspicion on the instructor's.

`writing` names and writes it, `note` remembers that it was, `places` finds the files, `reading` turns one into a `HandIn`, `problems` says what was wrong.
"""

from course.handin.note import note_handed_in, when_handed_in
from course.handin.problems import Problem, problem
from course.handin.reading import Broken, HandIn, read_handin, read_handins
from course.handin.writing import HandInError, clean_learner, file_name, write_handin

__all__ = ["Broken", "HandIn", "HandInError", "Problem", "clean_learner", "file_name", "note_handed_in", "problem", "read_handin", "read_handins", "when_handed_in", "write_handin"]
