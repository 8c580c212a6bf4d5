"""What many scores say together: agreement, discrimination, difficulty, reliability, gain.

Each measure is a pure function of plain lists and returns a `Figure`: a value, or the reason why there is none. A class of
three has no reliability, and a report says so instead of printing a number.
"""

from course.measures.agreement import cohen_kappa, krippendorff_alpha, weighted_kappa
from course.measures.detection import Discrimination, discrimination
from course.measures.figures import Figure
from course.measures.growth import change, gain
from course.measures.item_statistics import correlation, difficulty, item_rest_correlation
from course.measures.labels import Label, f1_by_label, macro_f1
from course.measures.reliability import cronbach_alpha, variance
from course.measures.shares import mean_share, wilson
from course.measures.spread import entropy

__all__ = [
    "Discrimination", "Figure", "Label", "change", "cohen_kappa", "correlation", "cronbach_alpha", "difficulty", "discrimination", "entropy",
    "f1_by_label", "gain", "item_rest_correlation", "krippendorff_alpha", "macro_f1", "mean_share", "variance", "weighted_kappa", "wilson",
]
