"""The instructor's side: many hand-ins become a gradebook, a page for each learner, and a list of what to look at.

`catalogue` holds what was asked and what is right, `tables` reads the hand marks. `collected` finds the files and who sent them
(`platforms` reads names, `senders` holds them against the roster, `claims` compares), `together` decides which of them count,
`marking` gives one cell its points, `grading` does a class, `incremental` leaves alone what has not changed.
"""

from course.classroom.catalogue import Catalogue, Column, load_catalogue
from course.classroom.grading import Classroom, Summary, grade, open_class
from course.classroom.marking import Cell
from course.classroom.tables import GradingError

__all__ = ["Catalogue", "Cell", "Classroom", "Column", "GradingError", "Summary", "grade", "load_catalogue", "open_class"]
