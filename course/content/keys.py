"""Keys: `keys/practice/` and `keys/graded/` hold what is right and why. The folder alone says which answers count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.content.files import ContentError, expect, expect_each, read_toml, short
from course.content.lessons import load_lesson
from course.content.shape import structure
from course.content.texts import load_text
from course.items import HOWS, KINDS, NO_BREAK_SPACE, VOICES, Accepted, Item, Key, Lesson, Span, Text, Unit, UnitKey, class_of

FOLDERS = ("practice", "graded")
LABELS = {"SRC": "source", "CUE": "cue", "ANON": "unnamed", "LOAD": "loaded", "OVER": "over", "HEAD": "over", "CAUS": "says-who", "DANG": "nobody"}
ENDS = ("author", "nobody")
# What a field holds, what it is when it is left out, and how it is written.
SHAPES: dict[str, tuple[type, Any, str]] = {
    "accept": (list, [], "Write accept = [{kind = \"fact\", why = \"…\"}], or [[….accept]] tables; for a span a list of quotes."),
    "by_hand": (bool, False, "Write by_hand = true."),
    "chain": (list, [], "Write chain = [\"author\", \"…\"]."),
    "code": (str, "", "Write code = \"SRC\", for example."),
    "feedback": (dict, {}, "Write a line for each choice, such as feedback.… = \"…\"."),
    "label": (str, "", "Write label = \"source\", for example."),
    "nth": (int, 1, "Write nth = 2 for the second time that these words stand in the unit."),
    "optional": (bool, False, "Write optional = true."),
    "plan": (bool, False, "Write plan = true."),
    "quote": (str, "", "Write quote = \"…\" with the words as they stand in the unit."),
    "reason": (str, None, "Write reason = \"…\" with the id of a reason of the item."),
    "span": (list, [], "Write [[….span]] on a line of its own before each, and its fields below."),
    "speaker": (str, None, "Write speaker = \"…\" with the id of a speaker of the text."),
    "tolerance": (float, 0.0, "Write tolerance = 0.5, for example."),
    "units": (dict, {}, "Write [….units.…] on a line of its own before each unit, and its fields below."),
    "why": (str, "", "Write why = \"…\" in quotation marks."),
}
UNIT_FIELDS = {"voice", "kind", "how", "speaker", "plan", "chain", "class", "why", "accept", "feedback", "span"}
KEY_FIELDS = {"answer", "accept", "reason", "why", "feedback", "units", "by_hand", "tolerance"}
SPAN_FIELDS = {"label", "code", "quote", "nth", "optional", "accept", "why"}


def field(where: str, table: dict[str, Any], name: str) -> Any:
    """A field of a key, or what it is when it is left out. Raises `ContentError` if it is of the wrong kind."""
    kind, left_out, cure = SHAPES[name]
    return expect(f"{where}, {name}", table[name], kind, cure) if name in table else left_out


def text_folder(data: Path, slug: str) -> str | None:
    """Where a text's key lies, "practice" or "graded"; None when it has none here (as in a class release)."""
    try:
        return next((folder for folder in FOLDERS if (data / "keys" / folder / "texts" / f"{slug}.toml").exists()), None)
    except OSError as error:
        raise ContentError(short(data / "keys"), f"the folder can't be looked into ({error.strerror})", "Name another folder, or ask whose it is.") from error


def load_keys(data: Path, lesson: str | Lesson) -> dict[str, Key]:
    """The keys of a lesson's items that are here, by item id: in a class release the graded ones are not."""
    whole = load_lesson(data, lesson) if isinstance(lesson, str) else lesson
    items = {item.id: item for item in whole.items}
    keys: dict[str, Key] = {}
    loaded: dict[str, dict[str, UnitKey]] = {}
    for folder in FOLDERS:
        path = data / "keys" / folder / f"{whole.id}.toml"
        for name, table in (read_toml(path) if path.exists() else {}).items():
            where = f"{short(path)}, item {name!r}"
            if name in keys:
                raise ContentError(where, "this item is keyed in both folders", "Keep the key in practice or in graded, not both.")
            if name not in items and (data / "class.toml").exists():
                # A class release holds one of two parallel questions; the keys that are laid over it know both.
                continue
            if name not in items:
                raise ContentError(where, f"the lesson {whole.id} has no such item", f"Its items are: {', '.join(items)}.")
            keys[name] = read_key(data, where, items[name], table, graded=folder == "graded", loaded=loaded)
    return keys


def read_key(data: Path, where: str, item: Item, table: dict[str, Any], *, graded: bool, loaded: dict[str, dict[str, UnitKey]]) -> Key:
    """One key: the item's own table, and for classify and mark what the text's key says of its units."""
    refuse_unknown(where, expect(where, table, dict, f"Write [{item.id}] on a line of its own, and its fields below."), KEY_FIELDS)
    accept = tuple(structure(raw, Accepted, f"{where}, accept") for raw in field(where, table, "accept"))
    feedback = field(where, table, "feedback")
    check_feedback(where, item, feedback)
    check_reasons(where, item, [field(where, table, "reason"), *(other.needs for other in accept)])
    by_hand = field(where, table, "by_hand")
    units: dict[str, UnitKey] = {}
    spans: tuple[Span, ...] = ()
    if item.type in ("classify", "mark") and not by_hand:
        text = load_text(data, item.text or "")
        units = units_of(data, where, item, text, field(where, table, "units"), loaded)
        wanted = {label.id for label in item.labels}
        spans = tuple(span for unit in units.values() for span in unit.spans if span.label in wanted)
    answer = table.get("answer")
    if item.type in ("pick", "chain") and answer is not None:
        check_ids(where, item, answer, accept)
    if item.type == "write" and answer is not None:
        check_wordings(where, answer, accept)
    if item.type in ("pick", "chain", "write") and answer is None and not by_hand and item.credit == "score" and graded:
        raise ContentError(where, "there is no answer", "Add answer = [...], or by_hand = true if a person marks it.")
    return Key(item.id, answer, accept, table.get("reason"), field(where, table, "why"), feedback, units, spans,
               by_hand, float(field(where, table, "tolerance")), graded)


def units_of(data: Path, where: str, item: Item, text: Text, own: dict[str, Any], loaded: dict[str, dict[str, UnitKey]]) -> dict[str, UnitKey]:
    """The unit keys of an item: the text's key, with the item's own table laid over it where it has one."""
    if text.slug not in loaded:
        loaded[text.slug] = load_text_key(data, text)
    for name in own.keys() - item.units:
        raise ContentError(where, f"there is a key for the unit {name!r}, which is none of this item's", f"Its units are: {', '.join(item.units)}.")
    found: dict[str, UnitKey] = {}
    choices = {question.id: tuple(option.id for option in question.options) for question in item.questions} | choices_of(text)
    for name in item.units:
        if name in own:
            found[name] = read_unit_key(f"{where}, unit {name!r}", text.unit(name), own[name], choices)
        elif name in loaded[text.slug]:
            found[name] = loaded[text.slug][name]
        else:
            raise ContentError(where, f"the unit {name!r} of the text {text.slug!r} has no key", f"Add a table [{name}] to the text's key file.")
    return found


def load_text_key(data: Path, text: Text) -> dict[str, UnitKey]:
    """What every keyed unit of a text is, from `keys/<folder>/texts/<slug>.toml`."""
    folder = text_folder(data, text.slug)
    if all((data / "keys" / one / "texts" / f"{text.slug}.toml").exists() for one in FOLDERS):
        raise ContentError(f"data/keys/…/texts/{text.slug}.toml", "the text is keyed in both folders", "Keep the key in practice or in graded, not both.")
    if folder is None:
        raise ContentError(f"data/keys/…/texts/{text.slug}.toml", "the text has no key", "Add the file to keys/practice/texts or keys/graded/texts.")
    path = data / "keys" / folder / "texts" / f"{text.slug}.toml"
    known = {unit.id: unit for unit in text.units}
    keys: dict[str, UnitKey] = {}
    for name, table in read_toml(path).items():
        if name not in known:
            raise ContentError(f"{short(path)}, unit {name!r}", "the text has no such unit", f"Its units are: {', '.join(known)}.")
        keys[name] = read_unit_key(f"{short(path)}, unit {name!r}", known[name], table, choices_of(text))
    return keys


def choices_of(text: Text) -> dict[str, tuple[str, ...]]:
    """What may be answered to each question of a clause: the codebook's words, and the speakers of the text; none are named where any id may stand."""
    speakers = tuple(speaker.id for speaker in text.speakers)
    return {"voice": VOICES, "kind": KINDS, "how": HOWS, "speaker": (*speakers, *ENDS) if speakers else ()}


def read_unit_key(where: str, unit: Unit, table: dict[str, Any], choices: dict[str, tuple[str, ...]]) -> UnitKey:
    """One unit's key, its words checked against the codebook and its class against its answers. `choices` are the answers to each question."""
    refuse_unknown(where, expect(where, table, dict, f"Write [{unit.id}] on a line of its own, and its fields below."), UNIT_FIELDS)
    for name, words in (("voice", VOICES), ("kind", KINDS), ("how", (*HOWS, None))):
        if table.get(name) not in words:
            raise ContentError(where, f"{name} = {table.get(name)!r} is not in the codebook", f"Write one of {', '.join(w for w in words if w)}.")
    derived = class_of(table["voice"], table["kind"], table.get("how"))
    if "class" in table and table["class"] != derived:
        raise ContentError(where, f"the class says {table['class']!r} but voice, kind and how make it {derived!r}", "Correct one of them.")
    speaker = field(where, table, "speaker")
    if speaker is not None:
        check_answer(where, "speaker", speaker, choices)
    accept = tuple(read_accept(f"{where}, accept", raw, choices) for raw in field(where, table, "accept"))
    spans = tuple(read_span(f"{where}, span", unit, raw) for raw in field(where, table, "span"))
    chain = tuple(expect_each(f"{where}, chain", field(where, table, "chain"), str, SHAPES["chain"][2]))
    return UnitKey(unit.id, table["voice"], table["kind"], table.get("how"), speaker, field(where, table, "plan"),
                   chain, accept, spans, field(where, table, "why"), read_unit_feedback(where, field(where, table, "feedback"), choices))


def read_unit_feedback(where: str, raw: dict[str, Any], choices: dict[str, tuple[str, ...]]) -> dict[str, dict[str, str]]:
    """What is said to each answer to each question of a unit; both are there to be chosen."""
    for question, said in raw.items():
        at, cure = f"{where}, feedback.{question}", f"Write feedback.{question}.… = \"…\" for each answer."
        for answer, words in expect(at, said, dict, cure).items():
            check_answer(f"{where}, feedback", question, answer, choices)
            expect(f"{at}.{answer}", words, str, cure)
    return raw


def check_answer(where: str, question: str, answer: Any, choices: dict[str, tuple[str, ...]]) -> None:
    """A question that is asked of clauses, and one of its answers; else most often a spelling mistake."""
    if question not in choices:
        raise ContentError(where, f"there is no question {question!r}", f"The questions are: {', '.join(choices)}.")
    known = choices[question]
    if known and answer not in known:
        raise ContentError(where, f"{answer!r} is no answer to the question {question!r}", f"Write one of {', '.join(known)}.")
    expect(f"{where}, {question}", answer, str, f"Write {question} = \"…\".")


def read_accept(where: str, raw: dict[str, Any], choices: dict[str, tuple[str, ...]]) -> Accepted:
    """An alternative to a unit's key: the answers that differ, and the reason that earns them."""
    expect(where, raw, dict, SHAPES["accept"][2])
    if not field(where, raw, "why"):
        raise ContentError(where, "an accepted alternative has no reason", "Add why = \"…\" to it.")
    answer = {name: value for name, value in raw.items() if name != "why"}
    for question, one in answer.items():
        check_answer(where, question, one, choices)
    return Accepted(answer, raw["why"])


def read_span(where: str, unit: Unit, raw: dict[str, Any]) -> Span:
    """A span from its quote: where it stands in the unit, and the other quotes that count as finding it."""
    refuse_unknown(where, expect(where, raw, dict, SHAPES["span"][2]), SPAN_FIELDS)
    code, nth = field(where, raw, "code"), field(where, raw, "nth")
    if nth < 1:
        raise ContentError(f"{where}, nth", f"{nth} is no place among the times that the words stand there", "Write 1 for the first, or leave nth out.")
    label = field(where, raw, "label") or LABELS.get(code, "")
    start, end = locate(where, unit, field(where, raw, "quote"), nth)
    quotes = expect_each(f"{where}, accept", field(where, raw, "accept"), str, "Write accept = [\"…\"], with other words of the unit.")
    others = tuple(Span(label, unit.id, *locate(where, unit, quote, 1), quote, code) for quote in quotes)
    return Span(label, unit.id, start, end, raw["quote"], code, field(where, raw, "optional"), others, field(where, raw, "why"))


def locate(where: str, unit: Unit, quote: str, nth: int) -> tuple[int, int]:
    """Where the nth occurrence of a quote stands in a unit, in code points; a no-break space counts as a space."""
    words, sought = unit.text.replace(NO_BREAK_SPACE, " "), quote.replace(NO_BREAK_SPACE, " ")
    start = -1
    for _ in range(nth):
        start = words.find(sought, start + 1)
        if not sought or start < 0:
            raise ContentError(where, f"the quote {quote!r} (occurrence {nth}) does not stand in unit {unit.id}", f"The unit reads: {words!r}.")
    return start, start + len(sought)


def check_ids(where: str, item: Item, answer: Any, accept: tuple[Accepted, ...]) -> None:
    """The key of a pick or a chain speaks only of options or cards that are there."""
    known = [part.id for part in (item.options if item.type == "pick" else item.cards)]
    for ids in [answer, *(other.answer for other in accept)]:
        for one in expect_each(f"{where}, answer", ids, str, f"Write answer = [\"{known[0]}\"], in brackets even if it is one."):
            if one not in known:
                raise ContentError(where, f"the answer {one!r} is not one of its choices", f"The choices are: {', '.join(known)}.")


def check_wordings(where: str, answer: Any, accept: tuple[Accepted, ...]) -> None:
    """What is written is compared with texts and numbers, one or several."""
    for wordings in [answer, *(other.answer for other in accept)]:
        for one in wordings if isinstance(wordings, list) else [wordings]:
            if not isinstance(one, (int, float)) or isinstance(one, bool):
                expect(f"{where}, answer", one, str, "Write answer = 3, answer = \"three\", or several in brackets.")


def check_reasons(where: str, item: Item, reasons: list[str | None]) -> None:
    """The reason of a key, and the one that an alternative needs, are reasons of the item."""
    known = [reason.id for reason in item.reasons]
    for one in reasons:
        if one is not None and one not in known:
            cure = f"The reasons are: {', '.join(known)}." if known else "Delete the line, or give the item [[item.reason]] tables."
            raise ContentError(where, f"the reason {one!r} is not one of its reasons", cure)


def check_feedback(where: str, item: Item, feedback: dict[str, str]) -> None:
    """Feedback is said to a choice that exists: an option, a card, a pair `a<b` of cards, a label, a unit or a reason."""
    known = {part.id for group in (item.options, item.cards, item.labels, item.reasons, item.fields) for part in group} | set(item.units)
    for name, text in feedback.items():
        if any(part not in known for part in name.split("<")):
            raise ContentError(where, f"there is feedback for {name!r}, which is no choice of this item", f"The choices are: {', '.join(sorted(known))}.")
        expect(f"{where}, feedback.{name}", text, str, f"Write feedback.{name} = \"…\".")


def refuse_unknown(where: str, table: dict[str, Any], known: set[str]) -> None:
    """Complain of a field that the key format does not have: it is most often a spelling mistake."""
    for name in table.keys() - known:
        raise ContentError(where, f"the field {name!r} is not known", f"The fields are: {', '.join(sorted(known))}.")
