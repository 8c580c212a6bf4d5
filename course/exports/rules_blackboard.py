"""What Blackboard makes of an uploaded gradebook: as its help pages and three independent tools have it, since its code is closed.

Sources: help.blackboard.com (Work Offline With Grade Data), library.blackboard.com, nbeaver/offline-grades-upload: rows are
matched by Username, columns by the number after the bar; a column without a number becomes a new one of text, worth 0.
"""

from __future__ import annotations

import csv
import io
import re
from itertools import zip_longest

from course.headers import BLACKBOARD, bare

IDENTIFIED = re.compile(r".*\|\d+")
NUMBER = re.compile(r"\d+(\.\d{1,2})?")


def decoded(contents: bytes) -> tuple[str, str]:
    """A file's text, and the encoding that its first bytes tell."""
    if contents[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return contents.decode("utf-16"), "utf-16-le" if contents[:1] == b"\xff" else "utf-16-be"
    if contents.startswith(b"\xef\xbb\xbf"):
        return contents.decode("utf-8-sig"), "utf-8-sig"
    return contents.decode("utf-8"), "utf-8"


def table(contents: bytes) -> tuple[list[str], list[list[str]], str, str]:
    """Header, rows, encoding and delimiter: a tab where the first line has one, else a comma."""
    text, encoding = decoded(contents)
    mark = "\t" if "\t" in text.partition("\n")[0] else ","
    header, *rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) if row]
    return header, rows, encoding, mark


def blackboard_complaints(contents: bytes, template: bytes) -> list[str]:
    """What Blackboard would refuse, ignore or do that nobody means, given the gradebook that it handed out."""
    (header, rows, encoding, mark), (asked, before, asked_encoding, asked_mark) = table(contents), table(template)
    if (encoding, mark) != (asked_encoding, asked_mark):
        return ["it is not written in the encoding and with the separator of Blackboard's own file."]
    words = [{kind: {bare(word) for word in BLACKBOARD[kind][one]} for kind in ("last", "first", "login")} for one in BLACKBOARD["login"]]
    people = [one for one in words if len(header) > 3 and all(bare(title) in one[kind] for title, kind in zip(header, one))]
    if len(people) != 1 or len(set(header)) < len(header) or not set(header[:3]) <= set(asked):
        return ["its columns are not Last Name, First Name, Username and one for each lesson."]
    found = [f"the column {title!r} is not in Blackboard, and would become a new one worth nothing." for title in header[3:] if title not in asked or not IDENTIFIED.fullmatch(title)]
    if found:
        return found
    quoted = io.StringIO(newline="")
    csv.writer(quoted, delimiter=mark, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([header, *rows])
    if decoded(contents)[0].replace("\r\n", "\n") != quoted.getvalue().replace("\r\n", "\n"):
        found.append("not every cell stands in quotation marks.")
    login = asked.index(header[2])
    known = {row[login]: dict(zip_longest(asked, row[:len(asked)], fillvalue="")) for row in before if len(row) > login}
    for row in rows:
        old = known.get(row[2], {})
        if len(row) != len(header) or not old or row[:2] != [old[header[0]], old[header[1]]]:
            found.append(f"the row of {row[2]!r} is not one of Blackboard's.")
            continue
        for title, cell in zip(header[3:], row[3:]):
            if cell != old[title] and not NUMBER.fullmatch(cell):
                found.append(f"{cell!r} of {row[2]} in {title!r} is no score" + (", and would clear one." if not cell else "."))
    found += ["a username stands in it twice."] if len({row[2] for row in rows}) < len(rows) else []
    return found
