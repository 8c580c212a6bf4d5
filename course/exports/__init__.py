"""Grades and feedback as other systems take them: gradebooks of Canvas, Moodle and Blackboard, and pages for their bulk upload.

`gradebook` and `collected` read a graded folder, `tables` a platform's own file; `joining` brings learners and rows together,
`columns` lessons and columns, `cells` says what stands in a cell. `canvas`, `moodle`, `blackboard` and `returning` write, and
the `rules_` modules read what was written by the importer's rules before it is left anywhere.

The questions themselves go to Moodle, to Canvas and to what reads QTI 2.1: `carrying` turns items into the `questions` of a
platform, `passages` draws what stands above them, `moodle_xml`, `qti` and `qti21` write them. `nbgrader` writes scores into a
gradebook of that name.
"""

from course.exports.blackboard import export_blackboard
from course.exports.canvas import export_canvas
from course.exports.cells import Wanted
from course.exports.gradebook import Asked, lessons_asked
from course.exports.moodle import export_moodle
from course.exports.moodle_xml import export_moodle_xml
from course.exports.nbgrader import export_nbgrader
from course.exports.qti import export_qti
from course.exports.qti21 import export_qti21
from course.exports.returning import return_feedback
from course.exports.told import ExportError

__all__ = ["Asked", "ExportError", "Wanted", "export_blackboard", "export_canvas", "export_moodle", "export_moodle_xml", "export_nbgrader", "export_qti",
           "export_qti21", "lessons_asked", "return_feedback"]
