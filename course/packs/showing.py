"""`sayswho pack show`: a notebook in which the pack plays as students will see it, and a page with the key to read through."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.content import find_data
from course.content.files import read_toml
from course.handin.writing import replace_file
from course.messages import counted
from course.packs.building import build, differing, feedback_by_question
from course.packs.checking import CheckedPack, check_pack
from course.packs.laying import PackError
from course.packs.notebooks import trial_notebook
from course.packs.passage import Passage
from course.packs.places import Place
from course.packs.sheets import Row
from course.packs.toml import toml_text
from course.reports.html import Html, rich, tag
from course.reports.page import style_and_policy

PREVIEW, KIT, PAGE = "preview", "kit", "key.html"


@dataclass(frozen=True)
class Shown:
    """Where a pack can be played and read: one notebook a lesson, and one page."""

    checked: CheckedPack
    notebooks: tuple[Path, ...]
    page: Path

    def __str__(self) -> str:
        opened = "\n".join(f"Play it as a student: jupyter lab {path.as_posix()}" for path in self.notebooks)
        return f"{self.checked}\n\n{opened}\nRead the key through: open {self.page.as_posix()} in a browser. It prints well."


def show_pack(folder: Path | str, *, data: Path | str | None = None) -> Shown:
    """Check a pack, and write into its folder `preview` a notebook for each lesson and a page with the whole key.

    The notebooks hold the pack's questions only; their feedback opens with handing in. Raises `PackError` while anything must be mended.
    """
    folder, kit = Path(folder), find_data(data)
    checked = check_pack(folder, data=data)
    if not checked.report.passes:
        raise PackError(f"{checked}\nNothing is shown until then.")
    place = folder / PREVIEW
    if (place / KIT).is_dir():
        shutil.rmtree(place / KIT)
    lessons = dict.fromkeys(one.lesson for _, places in checked.passages for one in places)
    for name, contents in build(checked.passages).items():
        if not name.startswith("notebooks/"):
            replace_file(place / KIT / name, alone(kit, Path(name).stem, contents) if name.startswith("items/") else contents)
    if (kit / "glossary.csv").is_file():
        replace_file(place / KIT / "glossary.csv", (kit / "glossary.csv").read_bytes())
    notebooks = []
    for lesson in lessons:
        asked = [one.slot or one.item["id"] for _, places in checked.passages for one in places if one.lesson == lesson]
        title = ", ".join(dict.fromkeys(passage.told("title") for passage, places in checked.passages if any(one.lesson == lesson for one in places)))
        notebooks.append(place / f"try_{lesson}.ipynb")
        replace_file(notebooks[-1], trial_notebook(title, lesson, list(dict.fromkeys(asked))))
    replace_file(place / PAGE, page(checked.passages).encode())
    return Shown(checked, tuple(notebooks), place / PAGE)


def alone(kit: Path, lesson: str, contents: bytes) -> bytes:
    """A lesson of the pack without the kit's questions: only its own fill the slots, and nothing waits for another lesson."""
    table = tomllib.loads(contents.decode())
    own = [item["id"] for item in table["item"]]
    for slot in table.get("slot", []):
        slot["choices"] = [choice for choice in slot["choices"] if choice in own]
    for item in table["item"]:
        item.pop("opens_with", None)
    if "title" not in table["lesson"]:
        table["lesson"] |= {"title": read_toml(kit / "items" / f"{lesson}.toml").get("lesson", {}).get("title", lesson)}
    return toml_text(table).encode()


def page(passages: Sequence[tuple[Passage, list[Place]]]) -> str:
    """The whole key on a page: each clause with what it is, why, and what is said to each wrong answer."""
    style, policy = style_and_policy()
    title = f"Key: {', '.join(passage.told('title') for passage, _ in passages)}"
    head = tag(
        "head", tag("meta", charset="utf-8"), tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"), tag("meta", name="color-scheme", content="light dark"),
        tag("title", title), Html(f"<style>{style}</style>"),
    )
    top = tag("header", tag("p", "Says Who? · not for students", klass="kit"), tag("h1", title),
              tag("p", "Read it aloud with a colleague: cover the answers, and decide clause by clause. Where you differ, add a second line to key.csv."))
    sections = [section(passage, places) for passage, places in passages]
    return f"<!DOCTYPE html>\n{tag('html', head, tag('body', top, tag('main', *sections)), lang='en')}\n"


def section(passage: Passage, places: Sequence[Place]) -> Html:
    """One passage: the text in full, what is asked, and its clauses with their key."""
    paragraphs: dict[str, list[str]] = {}
    for row in passage.units:
        paragraphs.setdefault(row["paragraph"], []).append(row["text"])
    whole = tag("figure", tag("div", *(tag("p", " ".join(clauses)) for clauses in paragraphs.values()), klass="passage"))
    asks = tag("p", "It is asked as ", tag("b", ", ".join(place.slot or place.item["id"] for place in places)), f", in {counted(len(passage.units), 'clause')}.")
    why = tag("p", rich(passage.told("why")), klass="why") if passage.told("why") else ""
    clauses = [clause(passage, row) for row in passage.units]
    return tag("section", tag("h2", passage.told("title")), asks, whole, why, tag("h3", "Clause by clause"), tag("ol", *clauses, klass="clauses"))


def clause(passage: Passage, unit: Row) -> Html:
    """One clause with its key, its alternatives, its marked words and its feedback."""
    first, *others = passage.keys[unit["unit"]]
    told = [tag("h4", tag("span", unit["unit"], klass="number"), unit["text"], klass="words"), tag("p", tag("b", in_words(first)))]
    told += [tag("p", rich(first["why"]), klass="why")] if first["why"] else []
    told += [tag("p", "Also right: ", tag("b", ", ".join(differing(passage, first, other).values())), ". ", rich(other["why"])) for other in others]
    spans = [tag("li", tag("b", row["label"]), ": ", row["quote"], *([". ", rich(row["why"])] if row["why"] else [])) for row in passage.spans if row["unit"] == unit["unit"]]
    told += [tag("p", "Marked words", klass="note"), tag("ul", *spans)] if spans else []
    said = [tag("li", tag("b", answer), ": ", rich(words)) for answer, words in said_to(passage, first)]
    told += [tag("p", "What is said to a wrong answer", klass="note"), tag("ul", *said)] if said else []
    return tag("li", *told)


def in_words(row: Row) -> str:
    """The key of a clause in a line.

    >>> in_words(Row("key.csv", 2, {"voice": "source", "kind": "fact", "how": "marks", "speaker": "Ann Lee"}))
    'source, fact, marks · Ann Lee'
    """
    answers = ", ".join(row[name] for name in ("voice", "kind", "how") if row[name])
    return f"{answers} · {row['speaker']}" if row["speaker"] else answers


def said_to(passage: Passage, row: Row) -> Iterator[tuple[str, str]]:
    """Each wrong answer with what is said to it; speakers by name."""
    names = {own: name for name, own in passage.speakers.items()} | {"author": "the text itself", "nobody": "nobody named"}
    for question, answers in feedback_by_question(passage, row).items():
        yield from ((names.get(answer, answer) if question == "speaker" else answer, words) for answer, words in answers.items())
