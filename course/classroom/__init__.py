"""The instructor's side: many hand-ins become a gradebook, a page for each learner, and a list of what to look at.

What happens in which order: `collecting` finds out whose each file is and which attempts count; `catalogue` holds what was asked and
what is right; `marking` gives one answer its points, with `hand_marks` for what a person marked (`marks_used` tells what became of
each mark, `marked_texts` for which words it was given); `grading` does that for a class and writes the tables, with `pages` for the
learners and `results` for the folder. `challenges` are answers that students argued for, `regrade` grades again and tells what
changed. `report` works out the figures about a class. `desks`, `waiting_table` and `stage` open a class for the marking desk, for
markers with a spreadsheet, and for the projector.
"""

from course.classroom.catalogue import Catalogue, Column, load_catalogue
from course.classroom.grading import Classroom, Summary, grade, open_class
from course.classroom.hand_marks import GradingError
from course.classroom.marking import Cell

__all__ = ["Catalogue", "Cell", "Classroom", "Column", "GradingError", "Summary", "grade", "load_catalogue", "open_class"]
