"""The course on paper: sheets to print without any key, a table that an assistant types the answers into, and hand-ins made of it.

`plan` says what stands on the sheets, `codes` how answers are written, `sheets` draws the pages, `entry` writes the table,
`typed` reads it back.
"""

from course.paper.entry import COLUMNS, write_grid
from course.paper.plan import PaperError
from course.paper.sheets import print_packets
from course.paper.typed import Read, read_entry

__all__ = ["COLUMNS", "PaperError", "Read", "print_packets", "read_entry", "write_grid"]
