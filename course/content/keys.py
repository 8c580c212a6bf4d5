"""Keys: `keys/practice/` and `keys/graded/` hold what is right and why. The folder alone says which answers count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.content.files import ContentError, read_toml, short
from course.content.lessons import load_lesson
from course.content.shape import structure
from course.content.texts import load_text
from course.items import HOWS, KINDS, NO_BREAK_SPACE, VOICES, Accepted, Item, Key, Lesson, Span, Text, Unit, UnitKey, class_of

FOLDERS = ("practice", "graded")
LABELS = {"SRC": "source", "CUE": "cue", "ANON": "unnamed", "LOAD": "loaded", "OVER": "over", "HEAD": "over", "CAUS": "says-who", "DANG": "nobody"}
UNIT_FIELDS = {"voice", "kind", "how", "speaker", "plan", "chain", "class", "why", "accept", "feedback", "span"}
KEY_FIELDS = {"answer", "accept", "reason", "why", "feedback", "units", "by_hand", "tolerance"}
SPAN_FIELDS = {"label", "code", "quote", "nth", "optional", "accept", "why"}


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
    if not isinstance(table, dict):
        raise ContentError(where, "the key is not a table", f"Write [{item.id}] on a line of its own, and its fields below.")
    refuse_unknown(where, table, KEY_FIELDS)
    accept = tuple(structure(raw, Accepted, f"{where}, accept") for raw in table.get("accept", []))
    feedback = {str(name): text for name, text in table.get("feedback", {}).items()}
    check_feedback(where, item, feedback)
    units: dict[str, UnitKey] = {}
    spans: tuple[Span, ...] = ()
    if item.type in ("classify", "mark") and not table.get("by_hand"):
        text = load_text(data, item.text or "")
        units = units_of(data, where, item, text, table.get("units", {}), loaded)
        wanted = {label.id for label in item.labels}
        spans = tuple(span for unit in units.values() for span in unit.spans if span.label in wanted)
    answer = table.get("answer")
    if item.type in ("pick", "chain") and answer is not None:
        check_ids(where, item, answer, accept)
    if item.type in ("pick", "chain", "write") and answer is None and not table.get("by_hand") and item.credit == "score" and graded:
        raise ContentError(where, "there is no answer", "Add answer = [...], or by_hand = true if a person marks it.")
    return Key(item.id, answer, accept, table.get("reason"), table.get("why", ""), feedback, units, spans,
               bool(table.get("by_hand", False)), float(table.get("tolerance", 0.0)), graded)


def units_of(data: Path, where: str, item: Item, text: Text, own: dict[str, Any], loaded: dict[str, dict[str, UnitKey]]) -> dict[str, UnitKey]:
    """The unit keys of an item: the text's key, with the item's own table laid over it where it has one."""
    if text.slug not in loaded:
        loaded[text.slug] = load_text_key(data, text)
    found: dict[str, UnitKey] = {}
    for name in item.units:
        if name in own:
            found[name] = read_unit_key(f"{where}, unit {name}", text.unit(name), own[name])
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
        keys[name] = read_unit_key(f"{short(path)}, unit {name!r}", known[name], table)
    return keys


def read_unit_key(where: str, unit: Unit, table: dict[str, Any]) -> UnitKey:
    """One unit's key, its words checked against the codebook and its class against its answers."""
    refuse_unknown(where, table, UNIT_FIELDS)
    for name, words in (("voice", VOICES), ("kind", KINDS), ("how", (*HOWS, None))):
        if table.get(name) not in words:
            raise ContentError(where, f"{name} = {table.get(name)!r} is not in the codebook", f"Write one of {', '.join(w for w in words if w)}.")
    derived = class_of(table["voice"], table["kind"], table.get("how"))
    if "class" in table and table["class"] != derived:
        raise ContentError(where, f"the class says {table['class']!r} but voice, kind and how make it {derived!r}", "Correct one of them.")
    accept = tuple(read_accept(where, raw) for raw in table.get("accept", []))
    spans = tuple(read_span(where, unit, raw) for raw in table.get("span", []))
    return UnitKey(unit.id, table["voice"], table["kind"], table.get("how"), table.get("speaker"), bool(table.get("plan", False)),
                   tuple(table.get("chain", [])), accept, spans, table.get("why", ""), table.get("feedback", {}))


def read_accept(where: str, raw: dict[str, Any]) -> Accepted:
    """An alternative to a unit's key: the answers that differ, and the reason that earns them."""
    if not raw.get("why"):
        raise ContentError(where, "an accepted alternative has no reason", "Add why = \"…\" to it.")
    return Accepted({name: value for name, value in raw.items() if name not in ("why", "class")}, raw["why"])


def read_span(where: str, unit: Unit, raw: dict[str, Any]) -> Span:
    """A span from its quote: where it stands in the unit, and the other quotes that count as finding it."""
    refuse_unknown(where, raw, SPAN_FIELDS)
    code = raw.get("code", "")
    label = raw.get("label") or LABELS.get(code, "")
    start, end = locate(where, unit, raw.get("quote", ""), raw.get("nth", 1))
    others = tuple(Span(label, unit.id, *locate(where, unit, quote, 1), quote, code) for quote in raw.get("accept", []))
    return Span(label, unit.id, start, end, raw["quote"], code, bool(raw.get("optional", False)), others, raw.get("why", ""))


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
        for one in ids if isinstance(ids, list) else [ids]:
            if one not in known:
                raise ContentError(where, f"the answer {one!r} is not one of its choices", f"The choices are: {', '.join(known)}.")


def check_feedback(where: str, item: Item, feedback: dict[str, str]) -> None:
    """Feedback is said to a choice that exists: an option, a card, a pair `a<b` of cards, a label, a unit or a reason."""
    known = {part.id for group in (item.options, item.cards, item.labels, item.reasons, item.fields) for part in group} | set(item.units)
    for name, text in feedback.items():
        if not isinstance(text, str) or any(part not in known for part in name.split("<")):
            raise ContentError(where, f"there is feedback for {name!r}, which is no choice of this item", f"The choices are: {', '.join(sorted(known))}.")


def refuse_unknown(where: str, table: dict[str, Any], known: set[str]) -> None:
    """Complain of a field that the key format does not have: it is most often a spelling mistake."""
    for name in table.keys() - known:
        raise ContentError(where, f"the field {name!r} is not known", f"The fields are: {', '.join(sorted(known))}.")
