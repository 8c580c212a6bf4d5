"""What the specification asks of one item of QTI 2.1, and what an answer to it earns.

Sources: IMS Question and Test Interoperability 2.1 (2012), Assessment Test, Section, and Item Information Model: declarations,
the four interactions, the profile of XHTML, mapping and the template `map_response`, modal feedback.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
TEMPLATES = {f"http://www.imsglobal.org/question/qti_v2p1/rptemplates/{name}" for name in ("match_correct", "map_response")}
IDENTIFIER = re.compile(r"[A-Za-z_][\w.\-]*", re.ASCII)
ORDER = ("responseDeclaration", "outcomeDeclaration", "templateDeclaration", "templateProcessing", "stylesheet", "itemBody", "responseProcessing", "modalFeedback")
BASE_OF = {"choiceInteraction": ("identifier",), "matchInteraction": ("directedPair",), "textEntryInteraction": ("string", "float", "integer"), "extendedTextInteraction": ("string",)}
BLOCKS = {"p", "div", "blockquote", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "choiceInteraction", "matchInteraction", "extendedTextInteraction"}
INLINE = {"em", "strong", "b", "i", "small", "big", "q", "cite", "span", "sub", "sup", "code", "br", "textEntryInteraction"}
# What may stand in which element; the others hold text and inline elements.
HOLDS = {"itemBody": BLOCKS, "blockquote": BLOCKS, "ul": {"li"}, "ol": {"li"}, "li": BLOCKS | INLINE, "div": BLOCKS | INLINE, "modalFeedback": BLOCKS | INLINE,
         "choiceInteraction": {"prompt", "simpleChoice"}, "matchInteraction": {"prompt", "simpleMatchSet"}, "simpleMatchSet": {"simpleAssociableChoice"},
         "simpleChoice": BLOCKS | INLINE, "simpleAssociableChoice": BLOCKS | INLINE, "extendedTextInteraction": {"prompt"}}
BARE = {"itemBody", "blockquote", "ul", "ol", "choiceInteraction", "matchInteraction", "simpleMatchSet"}
ATTRIBUTES = {
    "choiceInteraction": {"responseIdentifier", "shuffle", "maxChoices", "minChoices"}, "simpleChoice": {"identifier"}, "extendedTextInteraction": {"responseIdentifier", "expectedLines"},
    "matchInteraction": {"responseIdentifier", "shuffle", "maxAssociations", "minAssociations"}, "simpleAssociableChoice": {"identifier", "matchMax", "matchMin"},
    "textEntryInteraction": {"responseIdentifier"}, "modalFeedback": {"outcomeIdentifier", "identifier", "showHide"},
}


@dataclass
class Asked:
    """One item as it would be asked. `sides` are the choices of each list (two of them for pairs), `worth` what the mapping gives."""

    ident: str
    title: str
    kind: str = ""
    points: float = 0.0
    text: str = ""
    sides: list[dict[str, str]] = field(default_factory=list)
    most_of: dict[str, int] = field(default_factory=dict)
    cardinality: str = ""
    base: str = ""
    right: list[str] = field(default_factory=list)
    worth: dict[str, float] = field(default_factory=dict)
    bounds: tuple[float, float, float] = (0.0, 0.0, 0.0)
    numbers: list[tuple[float, float]] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    whole: str = ""

    def earned(self, chosen: Iterable[str]) -> float:
        """What an answer earns by the template map_response."""
        low, high, other = self.bounds
        return min(high, max(low, sum(self.worth.get(one, other) for one in set(chosen))))


def bare(node: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return node.tag.rpartition("}")[2]


def words_in(node: ElementTree.Element | None) -> str:
    """All words under an element."""
    return "".join(node.itertext()).strip() if node is not None else ""


def figure(written: str | None) -> float:
    """A number; below every bound if it is none."""
    try:
        return float(written or "")
    except ValueError:
        return float("-inf")


def interactions(tree: ElementTree.Element) -> list[ElementTree.Element]:
    """Everything in an item that asks for an answer."""
    return [node for node in tree.iter() if bare(node).endswith("Interaction")]


def read_item(tree: ElementTree.Element) -> Asked:
    """One item with what it asks, and what it gives for which answer."""
    asked = Asked(tree.get("identifier", ""), tree.get("title", ""), text=words_in(tree.find(f"{QTI}itemBody")))
    declared, mapping = tree.find(f"{QTI}responseDeclaration"), tree.find(f"{QTI}responseDeclaration/{QTI}mapping")
    most = tree.findtext(f"{QTI}outcomeDeclaration[@identifier='MAXSCORE']/{QTI}defaultValue/{QTI}value")
    score = tree.find(f"{QTI}outcomeDeclaration[@identifier='SCORE']")
    asked.points = figure(score.get("normalMaximum", most) if score is not None else None)
    if declared is not None:
        asked.cardinality, asked.base = declared.get("cardinality", ""), declared.get("baseType", "")
        asked.right = [words_in(one) for one in declared.findall(f"{QTI}correctResponse/{QTI}value")]
    if mapping is not None:
        asked.worth = {one.get("mapKey", ""): figure(one.get("mappedValue")) for one in mapping}
        asked.bounds = figure(mapping.get("lowerBound", "-inf")), figure(mapping.get("upperBound", "inf")), figure(mapping.get("defaultValue"))
    for node in interactions(tree)[:1]:
        asked.kind = bare(node)
        sides = node.findall(f"{QTI}simpleMatchSet") or ([node] if asked.kind == "choiceInteraction" else [])
        asked.sides = [{one.get("identifier", ""): words_in(one) for one in side if one.get("identifier")} for side in sides]
        asked.most_of = {one.get("identifier", ""): int(figure(one.get("matchMax", "0"))) for side in sides for one in side if one.get("matchMax")}
    for rule in tree.iter(f"{QTI}equal"):
        value = figure(rule.findtext(f"{QTI}baseValue"))
        low, high = (figure(one) for one in (rule.get("tolerance", "0 0").split() * 2)[:2])
        asked.numbers.append((value - low, value + high))
    for node in tree.findall(f"{QTI}modalFeedback"):
        if node.get("outcomeIdentifier") == "WHY":
            asked.whole = words_in(node)
        else:
            asked.said[node.get("identifier", "")] = words_in(node)
    return asked


def item_complaints(tree: ElementTree.Element, asked: Asked) -> list[str]:
    """What in an item breaks the specification, or leaves open what its answers earn."""
    places = [ORDER.index(bare(child)) if bare(child) in ORDER else -1 for child in tree]
    if tree.tag != f"{QTI}assessmentItem" or -1 in places or places != sorted(places) or any(not node.tag.startswith(QTI) for node in tree.iter()):
        return ["it is no item of QTI 2.1, or its parts are not in their order."]
    found = [f"it lacks {name}." for name in ("identifier", "title", "adaptive", "timeDependent") if not tree.get(name)]
    found += [] if IDENTIFIER.fullmatch(asked.ident) else [f"the identifier {asked.ident!r} is no XML name."]
    found += [] if asked.text else ["it has no text."]
    found += [] if asked.points >= 0 else ["its points are no number from 0."]
    asking = interactions(tree)
    if len(asking) != 1 or asked.kind not in BASE_OF:
        return [*found, "it has not exactly one interaction that platforms know."]
    if asked.base not in BASE_OF[asked.kind] or asked.cardinality not in ("single", "multiple"):
        found.append(f"an answer to {asked.kind} can't be {asked.cardinality} {asked.base}.")
    found += shown_complaints(tree.find(f"{QTI}itemBody"))
    for node in tree.findall(f"{QTI}modalFeedback"):
        found += shown_complaints(node)
    return found + choice_complaints(asking[0], asked) + score_complaints(tree, asked) + outcome_complaints(tree, asked)


def shown_complaints(node: ElementTree.Element | None) -> list[str]:
    """Whether what is shown is made of the profile of XHTML alone: no script, no style, no link, no attribute that acts."""
    if node is None:
        return ["it shows nothing."]
    name, found = bare(node), []
    held = HOLDS.get(name, INLINE)
    found += [f"{sorted(set(node.keys()) - ATTRIBUTES.get(name, set()))[0]!r} is no attribute of {name} that can stand here."] if set(node.keys()) - ATTRIBUTES.get(name, set()) else []
    found += [f"{name} holds text of its own."] if name in BARE and "".join([node.text or "", *(child.tail or "" for child in node)]).strip() else []
    for child in node:
        found += shown_complaints(child) if bare(child) in held else [f"{bare(child)} can't stand in {name}."]
    return found


def choice_complaints(node: ElementTree.Element, asked: Asked) -> list[str]:
    """The choices of an interaction: named once, not empty, as many as can be chosen."""
    found = [f"{two} choices are called {ident!r}." for ident, two in Counter(one for side in asked.sides for one in side).items() if two > 1]
    idents = [one.get("identifier", "") for one in node.iter() if bare(one) in ("simpleChoice", "simpleAssociableChoice")]
    found += [f"{count} choices are called {ident!r}." for ident, count in Counter(idents).items() if count > 1]
    found += [f"the choice {ident!r} is no XML name." for ident in idents if not IDENTIFIER.fullmatch(ident)]
    found += ["a choice has no words."] if not all(words for side in asked.sides for words in side.values()) else []
    if asked.kind == "choiceInteraction":
        found += ["it has fewer than two choices."] if len(idents) < 2 else []
        single = node.get("maxChoices") == "1"
        found += ["how many may be chosen is not what its declaration says."] if single != (asked.cardinality == "single") else []
    if asked.kind == "matchInteraction":
        found += ["it has not two lists to match."] if len(asked.sides) != 2 or not all(asked.sides) else []
        found += ["a choice does not say how often it may be matched."] if set(asked.most_of) != set(idents) else []
        found += ["fewer pairs can be made than are right."] if 0 < figure(node.get("maxAssociations")) < len(asked.right) else []
    return found


def is_answer(one: str, asked: Asked) -> bool:
    """Whether a value can be an answer at all."""
    if asked.kind == "choiceInteraction":
        return one in asked.sides[0]
    if asked.kind == "matchInteraction":
        left, _, other = one.partition(" ")
        return len(asked.sides) == 2 and left in asked.sides[0] and other in asked.sides[1]
    return bool(one) and (asked.base == "string" or figure(one) > float("-inf"))


def score_complaints(tree: ElementTree.Element, asked: Asked) -> list[str]:
    """Whether what is right can be answered, and earns all, and nothing earns more."""
    found = [f"the right answer {one!r} can't be given." for one in asked.right if not is_answer(one, asked)]
    found += [f"the mapping names {one!r}, which can't be answered." for one in asked.worth if not is_answer(one, asked)]
    if asked.kind == "extendedTextInteraction":
        return found + (["a box for a person to mark has a right answer."] if asked.right or asked.worth else [])
    if not asked.right or asked.cardinality == "single" and len(asked.right) > 1:
        found.append("it has no right answer, or several where one can be given.")
    if asked.kind == "matchInteraction":
        used = Counter(one for pair in asked.right for one in pair.split())
        found += [f"{one!r} is needed more often than it may be matched." for one, times in used.items() if 0 < asked.most_of.get(one, 0) < times]
    if asked.base == "float":
        inside = asked.right and any(low <= figure(asked.right[0]) <= high for low, high in asked.numbers)
        return found + ([] if inside else ["its right number earns nothing."])
    mapping = tree.find(f"{QTI}responseDeclaration/{QTI}mapping")
    if mapping is None or "defaultValue" not in mapping.keys() or not asked.worth:
        return [*found, "it has no mapping of answers to points."]
    found += [] if abs(asked.earned(asked.right) - asked.points) < 1e-4 else ["its right answer does not earn its points."]
    found += ["an answer earns more than its points."] if max(asked.earned([one]) for one in asked.worth) > asked.points + 1e-4 else []
    return found


def outcome_complaints(tree: ElementTree.Element, asked: Asked) -> list[str]:
    """Whether the rules set and read only what is declared, give a score, and each thing said can come to be shown."""
    declared = Counter(one.get("identifier", "") for one in tree if bare(one).endswith("Declaration"))
    found = [f"{ident!r} is declared {count} times." for ident, count in declared.items() if count > 1]
    processing = tree.findall(f"{QTI}responseProcessing")
    rules = [node for one in processing for node in one.iter()]
    template = processing[0].get("template") if processing else None
    found += [f"the template {template!r} is none of the standard ones."] if template is not None and template not in TEMPLATES else []
    named = {one.get("identifier", "") for one in rules if bare(one) in ("variable", "setOutcomeValue", "mapResponse", "correct")} | {asked.kind and interactions(tree)[0].get("responseIdentifier", "")}
    found += [f"{ident!r} is not declared." for ident in sorted(named - set(declared))]
    sets = {one.get("identifier", ""): one for one in rules if bare(one) == "setOutcomeValue"}
    if asked.kind != "extendedTextInteraction" and "SCORE" not in sets and (template is None or len(rules) > 1):
        found.append("nothing gives it a score.")
    for node in tree.findall(f"{QTI}modalFeedback"):
        rule, ident = sets.get(node.get("outcomeIdentifier", "")), node.get("identifier", "")
        value = rule.find(f"{QTI}baseValue") if rule is not None else None
        possible = {words_in(value)} if value is not None else {one for side in asked.sides for one in side} if rule is not None else set()
        found += [] if ident in possible and node.get("showHide") == "show" else [f"what is said under {ident!r} is never shown."]
    return found
