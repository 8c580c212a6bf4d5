"""What the specification asks of a content package with QTI 2.1: written from it, and not from ours that writes such files.

Sources: IMS Question and Test Interoperability 2.1 (2012), Information Model, XML Binding and the packaging section of the
Integration Guide; IMS Content Packaging 1.2. Each item is read in `rules_qti21_items`. What Canvas New Quizzes takes of a
package is in instructure/qti (manifest.rb, assessment_test.rb, assessment_item.rb and the interactions, read at 0943cb7b):
one interaction an item, and its points from `normalMaximum` or `MAXSCORE`.
"""

from __future__ import annotations

import io
import posixpath
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from course.exports.rules_qti21_items import IDENTIFIER, QTI, Asked, bare, item_complaints, read_item

CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
TEST, ITEM = "imsqti_test_xmlv2p1", "imsqti_item_xmlv2p1"
ORDER = ("outcomeDeclaration", "timeLimits", "stylesheet", "testPart", "outcomeProcessing", "testFeedback")


@dataclass
class Package:
    """What a package holds: the items of each test by its title, in order, and what breaks the specification."""

    tests: dict[str, list[Asked]] = field(default_factory=dict)
    controls: dict[str, dict[str, str]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


def parse(contents: bytes) -> Package:
    """Read a package, from the manifest to the last item."""
    package = Package()
    try:
        with zipfile.ZipFile(io.BytesIO(contents)) as opened:
            names = opened.namelist()
            files = {name: opened.read(name) for name in names}
    except zipfile.BadZipFile:
        package.complaints.append("it is no zip.")
        return package
    package.complaints += [f"{name} stands in the zip {count} times." for name, count in Counter(names).items() if count > 1]
    manifest = tree_of(files, "imsmanifest.xml", package)
    if manifest is None:
        return package
    resources = read_manifest(manifest, files, package)
    items = {}
    for ident, resource in resources.items():
        tree = tree_of(files, resource.get("href", ""), package) if resource.get("type") == ITEM else None
        if tree is not None:
            asked = items[ident] = read_item(tree)
            package.complaints += [f"the item {ident!r}: {told}" for told in item_complaints(tree, asked)]
    package.complaints += [f"two items are called {name!r}." for name, count in Counter(asked.ident for asked in items.values()).items() if count > 1]
    for ident, resource in resources.items():
        tree = tree_of(files, resource.get("href", ""), package) if resource.get("type") == TEST else None
        if tree is not None:
            read_test(tree, resource, resources, items, package)
    package.complaints += [] if package.tests else [f"its manifest has no resource of the type {TEST}."]
    return package


def tree_of(files: Mapping[str, bytes], name: str, package: Package) -> ElementTree.Element | None:
    """One file as XML; None with a complaint if it is missing, is no XML, or declares anything that an importer would have to obey."""
    if name not in files:
        package.complaints.append(f"{name or 'a file without a name'} is not in the zip.")
        return None
    if b"<!DOCTYPE" in files[name] or b"<!ENTITY" in files[name] or b"<?xml-stylesheet" in files[name]:
        package.complaints.append(f"{name} declares a document type or a style sheet.")
        return None
    try:
        return ElementTree.fromstring(files[name].decode("utf-8"))
    except (ElementTree.ParseError, UnicodeDecodeError):
        package.complaints.append(f"{name} is no XML in UTF-8.")
        return None


def read_manifest(manifest: ElementTree.Element, files: Mapping[str, bytes], package: Package) -> dict[str, ElementTree.Element]:
    """The resources by their identifiers; every file is declared and there, every dependency leads somewhere."""
    found = package.complaints
    if manifest.tag != f"{CP}manifest" or [bare(child) for child in manifest] != ["metadata", "organizations", "resources"]:
        found.append("its manifest is none of IMS Content Packaging.")
        return {}
    if manifest.findtext(f"{CP}metadata/{CP}schema") != "QTIv2.1 Package" or not manifest.findtext(f"{CP}metadata/{CP}schemaversion"):
        found.append("its manifest does not say that it is a package of QTI 2.1.")
    every = manifest.findall(f"{CP}resources/{CP}resource")
    idents = Counter(one.get("identifier", "") for one in every)
    found += [f"{count} resources have the identifier {ident!r}." for ident, count in idents.items() if count > 1]
    found += [f"the identifier {ident!r} is no XML name." for ident in [manifest.get("identifier", ""), *idents] if not IDENTIFIER.fullmatch(ident)]
    declared = {"imsmanifest.xml"}
    for one in every:
        hrefs = [node.get("href", "") for node in one.findall(f"{CP}file")]
        declared |= set(hrefs)
        found += [f"{href!r} is no path within the package." for href in hrefs if not within(href)]
        found += [f"{href} is not in the zip." for href in hrefs if href not in files]
        found += [] if one.get("href") in hrefs else [f"the resource {one.get('identifier')!r} does not list its own file."]
        found += [] if one.get("type") in (TEST, ITEM) else [f"the type {one.get('type')!r} is unknown."]
        found += [f"the dependency {node.get('identifierref')!r} leads nowhere." for node in one.findall(f"{CP}dependency") if node.get("identifierref") not in idents]
    found += [f"{name} is in the zip and not in the manifest." for name in files if name not in declared]
    return {one.get("identifier", ""): one for one in every}


def within(href: str) -> bool:
    """Whether a path stays in the package."""
    return bool(href) and ":" not in href and "\\" not in href and not href.startswith(("/", "../")) and posixpath.normpath(href) == href


def read_test(
    tree: ElementTree.Element, resource: ElementTree.Element, resources: Mapping[str, ElementTree.Element], items: Mapping[str, Asked], package: Package
) -> None:
    """One test: its structure, and the items to which it refers."""
    title, found = tree.get("title", ""), package.complaints
    if tree.tag != f"{QTI}assessmentTest" or not tree.get("identifier") or not title:
        found.append(f"{resource.get('href')} is no test with an identifier and a title.")
        return
    found += [f"two tests have the title {title!r}."] if title in package.tests else []
    places = [ORDER.index(bare(child)) if bare(child) in ORDER else -1 for child in tree]
    parts = tree.findall(f"{QTI}testPart")
    if -1 in places or places != sorted(places) or not parts:
        found.append(f"the parts of the test {title!r} are not those of a test, or not in their order.")
    for part in parts:
        control = part.find(f"{QTI}itemSessionControl")
        package.controls[title] = dict(control.attrib) if control is not None else {}
        modes = part.get("navigationMode") in ("linear", "nonlinear") and part.get("submissionMode") in ("individual", "simultaneous")
        if not modes or not part.get("identifier") or part.find(f"{QTI}assessmentSection") is None:
            found.append(f"a part of the test {title!r} lacks its modes, its identifier or a section.")
        if part.get("submissionMode") == "simultaneous" and package.controls[title].get("maxAttempts") != "1":
            found.append(f"the test {title!r} is handed in as a whole and allows more than one attempt.")
        sections = part.findall(f".//{QTI}assessmentSection")
        found += [f"a section of the test {title!r} lacks its identifier, its title or visible." for one in sections if not {"identifier", "title", "visible"} <= set(one.keys())]
    needed = {node.get("identifierref", "") for node in resource.findall(f"{CP}dependency")}
    by_file = {one.get("href", ""): ident for ident, one in resources.items()}
    base = posixpath.dirname(resource.get("href", ""))
    references = list(tree.iter(f"{QTI}assessmentItemRef"))
    idents = Counter(one.get("identifier", "") for one in references)
    found += [f"the test {title!r} refers to {ident!r} {count} times." for ident, count in idents.items() if count > 1]
    asked = package.tests.setdefault(title, [])
    for one in references:
        target = by_file.get(posixpath.normpath(posixpath.join(base, one.get("href", ""))), "")
        if target not in items or target not in needed:
            found.append(f"the test {title!r} refers to {one.get('href')!r}, which is no item on which it depends.")
        else:
            asked.append(items[target])


def qti21_complaints(contents: bytes, expected: Mapping[str, Mapping[str, float]] | None = None) -> list[str]:
    """What in a package breaks the specification, as sentences. `expected`: for each test the points of its items by their identifiers."""
    package = parse(contents)
    found = list(package.complaints)
    for title, points in (expected or {}).items():
        there = {asked.ident: asked for asked in package.tests.get(title, ())}
        found += [] if title in package.tests else [f"the test {title!r} did not arrive."]
        for name, most in points.items():
            if title in package.tests and (name not in there or abs(there[name].points - most) > 1e-4):
                found.append(f"the item {name!r} of {title!r} did not arrive with its {most:g} points.")
    return found
