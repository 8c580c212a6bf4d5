"""Grading a class again after something was accepted or corrected, and telling what that changed.

`changes` compares two gradebooks, `causes` says why a score is another, `announcing` writes the paragraph for the class, and
`regrading` does all of it, and asks before anybody loses a point.
"""
