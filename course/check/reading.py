"""Reading level: students read English as a foreign language, so each notebook keeps to Flesch-Kincaid grade 8."""

from __future__ import annotations

from collections.abc import Iterator

from course.check.asked import Asked
from course.check.material import Material
from course.check.prose import choices, plain
from course.check.report import Finding, Report, aligned
from course.items import Lesson

HIGHEST_GRADE = 8.0
# The grade of a few sentences says nothing: one long name moves it by years.
FEWEST_WORDS = 100

MISSING = Finding("sayswho check", "the package textstat, which says how hard a text is to read, is not installed",
                  "Install what the tests need: pip install -c constraints.txt -e \".[lab,test]\".")


def check_reading(report: Report, material: Material) -> None:
    """Print the reading level of every notebook with its questions; complain of those above grade 8."""
    rows = []
    for notebook in material.pages:
        lines = list(lines_of(material, notebook, material.lessons.get(notebook.lesson)))
        level = reading_level(report, "\n".join(lines))
        many = sum(len(line.split()) for line in lines)
        if level is None or many < FEWEST_WORDS:
            continue
        rows.append((notebook.name, str(many), f"{level:.1f}"))
        if level > HIGHEST_GRADE:
            hardest = max(lines, key=lambda line: len(line.split()))
            report.complain(f"notebooks/{notebook.name}", f"its words read like grade {level:.1f}, above {HIGHEST_GRADE:g}",
                            f"Cut long sentences and long words; the longest paragraph begins “{' '.join(hardest.split()[:8])} …”.")
    if rows:
        report.tell("Reading level (Flesch-Kincaid grade, without the texts)", aligned([("notebook", "words", "grade"), *rows], right=frozenset({1, 2})))


def lines_of(material: Material, notebook: Asked, lesson: Lesson | None) -> Iterator[str]:
    """What a student reads in a notebook, a line each: markdown, prompts, helps and options. The texts to be read are not among it."""
    for kind, words in notebook.steps:
        if kind == "markdown":
            yield from plain(words[0]).split("\n")
    for item in lesson.items if lesson else ():
        offered = [text for _, _, text in choices(item, material.texts.get(item.text or ""))]
        for said in (item.prompt, item.help, *offered):
            yield from plain(said).split("\n") if said else ()


def reading_level(report: Report, text: str) -> float | None:
    """The Flesch-Kincaid grade of a text: the school year in which most can read it. None, with one complaint, without the package for it."""
    try:
        # Imported here: it loads a dictionary of pronunciations, and only `sayswho check` needs it.
        import textstat
    except ImportError:
        if MISSING not in report.complaints:
            report.complaints.append(MISSING)
        return None
    return float(textstat.flesch_kincaid_grade(text)) if text.strip() else 0.0
