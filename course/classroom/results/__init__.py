"""The folder that results are written into: what it was made with, what may stay, and what is not ours.

`made_with` stops a grading that would take earlier results away, `incremental` leaves alone the pages that would not change, and
`foreign` sees to it that no file is overwritten that the kit did not make.
"""
