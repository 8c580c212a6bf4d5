"""What a passage must have, and what it should have, each said with its line and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from course.check.report import Report
from course.check.wording import LONGEST_REASON
from course.items import KINDS, VOICES, class_of
from course.messages import counted
from course.packs.building import feedback_by_question, question_of, speaker_id
from course.packs.passage import Passage, feedback_of, is_short_name
from course.packs.places import Place
from course.packs.sheets import Row
from course.packs.starting import example_clauses
from course.packs.words import AUTHOR, IF, did_you_mean

SOUND = ("Quoted", "Paraphrased", "Witnessed", "Background")
HOW_OF = {"source": ("marks", "no-marks"), "author": ("shown", "not-shown")}
SHOWN = {"title": "students see it above the passage", "author": "it stands with the passage", "rights": "it says who may copy the passage"}
QUOTES = "“”\"„«»"
LONGEST_CLAUSE, FEWEST_CLAUSES = 30, 6


def check_passage(report: Report, passage: Passage, places: Sequence[Place]) -> None:
    """All that is asked of a passage and its key."""
    check_about(report, passage, places)
    for row in passage.units:
        if len(row["text"].split()) > LONGEST_CLAUSE:
            report.warn(row.at("text"), f"the clause has {len(row['text'].split())} words", f"Cut it: {LONGEST_CLAUSE} words are much for one clause.")
        if row["unit"] and row["unit"] not in passage.keys and not passage.damaged and "key.csv" not in passage.unread:
            report.complain(passage.place("key.csv"), f"clause {row['unit']} has no line", "Add a line for it.")
    if public := [row["unit"] for row in passage.units if row["text"] in example_clauses()]:
        report.warn(passage.place("passage.csv"), f"{len(public)} of {counted(len(passage.units), 'clause')} are those of the example, which anyone can read with its key",
                    "Write a passage of your own before points hang on it.")
    asked = [name for place in places for name in place.asked]
    for rows in passage.keys.values():
        if not any(cell for column, cell in rows[0].cells.items() if column != "unit"):
            report.complain(rows[0].at(), "nothing is filled in yet", "Write what the clause is: voice, kind, how, and why.")
            continue
        check_key(report, passage, rows[0], asked)
        for other in rows[1:]:
            check_alternative(report, passage, rows[0], other)
        check_feedback(report, passage, rows, asked)
    check_marking(report, passage, places)
    decided = {name: rows[0] for name, rows in passage.keys.items() if rows[0]["voice"] in VOICES and rows[0]["kind"] in KINDS}
    if decided and asked:
        check_balance(report, passage, decided)


def check_about(report: Report, passage: Passage, places: Sequence[Place]) -> None:
    """The fields of pack.csv."""
    if "pack.csv" in passage.unread:
        return
    sheet = passage.place("pack.csv")
    name = passage.about.get("name", [])
    if not is_short_name(passage.name):
        report.complain(name[0].at("value") if name else sheet, f"the name {passage.name!r} can't name a passage", "Write small letters, figures and hyphens, such as paper-boats.")
    for field, use in SHOWN.items():
        if not passage.told(field):
            report.warn(passage.about[field][0].at("value") if field in passage.about else sheet, f"the field {field} is empty", f"Fill it in: {use}.")
    why = passage.about.get("why", [])
    check_reason(report, why[0].at("value") if why else sheet, passage.told("why"), "the passage")
    for label in [label for place in places for label in place.labels]:
        if not passage.told(f"missed {label}"):
            report.warn(sheet, f"nothing is said to whoever misses a {label}", f"Add a line: missed {label}.")


def check_reason(report: Report, where: str, why: str, what: str) -> None:
    """A reason is there, and short enough to be read."""
    many = len(why.split())
    if not many:
        report.warn(where, f"{what} has no reason", f"Say in {LONGEST_REASON} words at most why it is so: students read it after handing in.")
    if many > LONGEST_REASON:
        report.warn(where, f"the reason has {many} words", f"Say it in {LONGEST_REASON} words at most.")


def check_key(report: Report, passage: Passage, row: Row, asked: Sequence[str]) -> None:
    """The key of one clause: voice and kind are there, how goes with them, a speaker where one is asked for, and a reason."""
    for column, words in (("voice", VOICES), ("kind", KINDS)):
        if not row[column]:
            report.complain(row.at(column), "the cell is empty", did_you_mean("", words))
    check_how(report, passage, row)
    if "speaker" in asked and row["voice"] == "source" and not row["speaker"]:
        report.complain(row.at("speaker"), "nobody is named who says it", "Write the name as students shall see it, or: nobody named.")
    if row["voice"] == "author" and speaker_id(passage, row["speaker"]) not in ("", "author"):
        report.complain(row.at("speaker"), f"the voice is the text's own, but {row['speaker']!r} says it", f"Write source for the voice, or {AUTHOR} for the speaker.")
    check_reason(report, row.at("why"), row["why"], "the clause")


def check_how(report: Report, passage: Passage, row: Row) -> None:
    """Whether the words stand in marks, or how the text knows its fact: only some clauses have a *how*, and it shows in the class name."""
    voice, kind, how = row["voice"], row["kind"], row["how"]
    wanted = HOW_OF.get(voice, ()) if kind != "lost" and (voice == "source" or kind == "fact") else ()
    text = next(unit["text"] for unit in passage.units if unit["unit"] == row["unit"])
    quoted = any(mark in text for mark in QUOTES)
    if how and voice and kind and how not in wanted:
        report.complain(row.at("how"), f"{how!r} does not go with {voice} and {kind}", f"Write {' or '.join(wanted)}." if wanted else "Leave the cell empty.")
    elif wanted and not how:
        guess = ("marks" if quoted else "no-marks") if voice == "source" else "not-shown"
        report.warn(row.at("how"), "the cell is empty", f"Write {' or '.join(wanted)}; here it is probably {guess}.")
    elif how == "marks" and not quoted:
        report.warn(row.at("how"), "it says marks, but the clause has no quotation mark", "Nothing need be done if a quotation goes on from the clause before.")
    elif how == "no-marks" and quoted:
        report.warn(row.at("how"), "it says no-marks, but the clause has a quotation mark", "One mark is enough for marks, unless it only shows a name or a title.")


def check_alternative(report: Report, passage: Passage, first: Row, other: Row) -> None:
    """A further line of a clause: it differs, and says why it holds as well."""
    differs = [name for name in ("voice", "kind", "how", "speaker") if other[name] and other[name] != first[name]]
    if not differs or feedback_of(other):
        report.complain(other.at("unit"), f"clause {first['unit']} has a line already ({first.sheet}, line {first.line})",
                        "If this is another clause, correct its id. If it is another answer that earns full points, fill in only what differs, and why.")
    elif not other["why"]:
        report.complain(other.at("why"), "another answer that earns full points has no reason", "Say why it holds as well: students read it.")
    else:
        check_reason(report, other.at("why"), other["why"], "")


def check_feedback(report: Report, passage: Passage, rows: list[Row], asked: Sequence[str]) -> None:
    """Something is said to every wrong answer that can be chosen, and nothing to one that is right or that nobody can choose."""
    first = rows[0]
    for answer in feedback_of(first):
        if question_of(passage, answer) is None:
            report.complain(first.at(f"{IF}{answer}"), f"{answer!r} is no answer and no speaker of this passage", did_you_mean(answer, [*VOICES, *KINDS, *passage.speakers]))
    said = feedback_by_question(passage, first)
    right = {("voice", row["voice"]) for row in rows} | {("kind", row["kind"]) for row in rows}
    names = {own: name for name, own in passage.speakers.items()} | {"author": AUTHOR, "nobody": "nobody named"}
    right |= {("speaker", speaker_id(passage, row["speaker"]) or ("author" if row["voice"] == "author" else "")) for row in rows}
    choices = {"voice": VOICES, "kind": KINDS, "speaker": tuple(names)}
    missing = [names.get(one, one) if question == "speaker" else one for question in dict.fromkeys(asked) for one in choices.get(question, ())
               if (question == "speaker" or first[question] in choices[question]) and (question, one) not in right and not said.get(question, {}).get(one)]
    if missing:
        report.warn(first.at(), f"nothing is said to whoever chooses {', '.join(missing)}", f"Fill in the column{'s' if len(missing) > 1 else ''} {', '.join(IF + one for one in missing)}.")


def check_marking(report: Report, passage: Passage, places: Sequence[Place]) -> None:
    """Where words are marked, there is something to find."""
    for place in [] if passage.damaged or "spans.csv" in passage.unread else places:
        for label in place.labels:
            if not [row for row in passage.spans if row["label"] == label and (not place.units or row["unit"] in place.units)]:
                report.complain(passage.place("spans.csv"), f"no {label} is marked, and {place.item['id']} asks for it", f"Add a line with the label {label}.")


def check_balance(report: Report, passage: Passage, first: dict[str, Row]) -> None:
    """Say how often each answer is right, and warn where suspicion would pay: at least half of a passage is sound reporting."""
    cells = Counter(f"{row['voice']} {row['kind']}" for row in first.values())
    classes = Counter(class_of(row["voice"], row["kind"], row["how"] or None) or guessed_class(row) for row in first.values())
    sound, many = sum(classes[name] for name in SOUND), len(first)
    report.tell(f"Balance of {passage.name}", [
        ", ".join(f"{cell} {found}" for cell, found in sorted(cells.items())),
        ", ".join(f"{name} {found} ({found / many:.0%})" for name, found in classes.most_common()),
        f"sound reporting: {sound} of {counted(many, 'clause')}",
    ])
    where = passage.place("key.csv")
    if sound * 2 < many:
        report.warn(where, f"only {sound} of {many} clauses are sound reporting", "Make it at least half, or students learn to suspect everything.")
    if many < FEWEST_CLAUSES:
        report.warn(where, f"the passage has only {counted(many, 'clause')}", f"Make it {FEWEST_CLAUSES} at least: on fewer, guessing pays.")
    for voice in ("author", "source"):
        if not any(row["voice"] == voice for row in first.values()):
            report.warn(where, f"no clause has the voice {voice}", "Add one: a passage with one voice can be answered without reading.")


def guessed_class(row: Row) -> str:
    """The class of a clause whose *how* is not filled in, as far as the balance needs it."""
    return "Paraphrased" if row["voice"] == "source" else "Background" if (row["voice"], row["kind"]) == ("author", "fact") else "Unclear"


def check_names(report: Report, passages: Sequence[Passage], known: set[str]) -> Iterator[Passage]:
    """The passages whose names nobody else has: neither the kit nor another passage of the pack."""
    for passage in passages:
        if passage.name in known:
            where = passage.about["name"][0].at("value") if "name" in passage.about else passage.place("pack.csv")
            report.complain(where, f"there is a passage {passage.name!r} already", "Choose another name.")
        else:
            known.add(passage.name)
            yield passage
