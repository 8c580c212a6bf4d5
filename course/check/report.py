"""What a check found: a row for each item, what must be mended, and what is worth a look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from course.messages import counted


@dataclass(frozen=True)
class Finding:
    """Something a content author should know: where, what is the matter, and what to do about it."""

    where: str
    problem: str
    cure: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}. {self.cure}"


@dataclass(frozen=True)
class Constant:
    """The answer that pays best when it is given throughout, and the share of the points it earns."""

    name: str
    share: float

    def __str__(self) -> str:
        return f"{self.share:5.1%}  {self.name}"


@dataclass(frozen=True)
class Row:
    """What was proved of one item. `full` and `blank` are shares of its points, None where no key can decide."""

    lesson: str
    item: str
    type: str
    counts: str
    points: float
    parts: int
    full: float | None = None
    blank: float | None = None
    constant: Constant | None = None

    def cells(self) -> tuple[str, ...]:
        """The row as it is printed."""
        by_hand = "by hand" if self.counts.endswith("by hand") else "–"
        return (self.lesson, self.item, self.type, self.counts, f"{self.points:g}" if self.points else "–", str(self.parts),
                by_hand if self.full is None else f"{self.full:.0%}", "–" if self.blank is None else f"{self.blank:.0%}",
                str(self.constant) if self.constant else "")


HEAD = ("lesson", "item", "type", "counts", "points", "parts", "key", "blank", "best constant answer")
NUMBERS = frozenset({4, 5, 6, 7})


@dataclass
class Report:
    """Everything a check found. It passes when `complaints` is empty; `warnings` never fail it. `sections` are figures by title."""

    rows: list[Row] = field(default_factory=list)
    complaints: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    totals: dict[str, float] = field(default_factory=dict)
    sections: dict[str, list[str]] = field(default_factory=dict)

    @property
    def passes(self) -> bool:
        """Whether nothing must be mended."""
        return not self.complaints

    def complain(self, where: str, problem: str, cure: str) -> None:
        """Note something that must be mended."""
        self.complaints.append(Finding(where, problem, cure))

    def warn(self, where: str, problem: str, cure: str) -> None:
        """Note something that is worth a look."""
        self.warnings.append(Finding(where, problem, cure))

    def tell(self, title: str, lines: Sequence[str]) -> None:
        """Note figures to be printed under a title."""
        self.sections.setdefault(title, []).extend(lines)

    def text(self) -> str:
        """The whole report as aligned lines."""
        lines = aligned([HEAD, *(row.cells() for row in self.rows)], right=NUMBERS)
        lines += ["", "Points: " + ", ".join(f"{lesson} {points:g}" for lesson, points in self.totals.items())
                  + f"; in all {sum(self.totals.values()):g}."]
        for title, figures in self.sections.items():
            lines += ["", title, *(f"  {line}".rstrip() for line in figures)] if figures else []
        lines += listed("Worth a look", self.warnings) + listed("To be mended", self.complaints)
        verdict = counted(len(self.complaints), "thing") if self.complaints else "nothing"
        checked = f"{counted(len(self.rows), 'item')} in {counted(len(self.totals), 'lesson')} checked"
        return "\n".join([*lines, "", f"{checked}: {verdict} to mend."])


def listed(title: str, findings: Sequence[Finding]) -> list[str]:
    """Findings under a title, or nothing."""
    return ["", f"{title} ({len(findings)}):", *(f"- {finding}" for finding in findings)] if findings else []


def aligned(rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> list[str]:
    """Rows of cells as lines of columns, a rule under the first; the columns in `right` are flush right.

    >>> print("\\n".join(aligned([("item", "points"), ("who-01", "2")], right=frozenset({1}))))
    item    points
    ------  ------
    who-01       2
    """
    table = [tuple(row) for row in rows]
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    lines = ["  ".join(cell.rjust(width) if i in right else cell.ljust(width)
                       for i, (cell, width) in enumerate(zip(row, widths, strict=True))).rstrip() for row in table]
    return [lines[0], "  ".join("-" * width for width in widths), *lines[1:]]
