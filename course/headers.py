"""What learning platforms call their columns, in the languages in which teachers download them. A new language is a line for each column.

Moodle's words are those of its language packs: `firstname`, `lastname`, `fullname`, `username`, `email`, `idnumber`, `scale` and
`gradenoun`, and of assign.php `recordid`, `maxgrade`, `gradecanbechanged` and `lastmodifiedgrade`. Blackboard's are the names of
the same fields on its help pages; no file that it wrote in another language than English was at hand. Where a platform has
changed a word, both stand here. Canvas's importer knows its columns in English only, and exports them so.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

Words = Mapping[str, Mapping[str, tuple[str, ...]]]

MOODLE: Words = {
    "first": {"en": ("First name",), "de": ("Vorname",), "fr": ("Prénom",), "es": ("Nombre",)},
    "last": {"en": ("Last name", "Surname"), "de": ("Nachname",), "fr": ("Nom de famille", "Nom"), "es": ("Apellido(s)", "Apellidos")},
    "name": {"en": ("Full name", "Name"), "de": ("Vollständiger Name",), "fr": ("Nom complet",), "es": ("Nombre completo",)},
    "login": {"en": ("Username",), "de": ("Anmeldename",), "fr": ("Nom d'utilisateur",), "es": ("Nombre de usuario",)},
    "email": {
        "en": ("Email address", "Email"), "de": ("E-Mail-Adresse",), "fr": ("Adresse de courriel", "Courriel"),
        "es": ("Dirección de correo", "Dirección Email", "Correo electrónico"),
    },
    "number": {"en": ("ID number", "idnumber"), "de": ("ID-Nummer",), "fr": ("Numéro d'identification",), "es": ("Número de ID",)},
    # The grading worksheet of an assignment.
    "identifier": {"en": ("Identifier",), "de": ("ID",), "fr": ("Identifiant",), "es": ("Identificador",)},
    "grade": {"en": ("Grade",), "de": ("Bewertung",), "fr": ("Note",), "es": ("Calificación",)},
    "most": {"en": ("Maximum grade",), "de": ("Bestwertung",), "fr": ("Note maximale",), "es": ("Calificación máxima",)},
    "scale": {"en": ("Scale",), "de": ("Skala",), "fr": ("Barème",), "es": ("Escala",)},
    "changeable": {
        "en": ("Grade can be changed",), "de": ("Bewertung kann geändert werden",), "fr": ("La note peut être modifiée",),
        "es": ("La calificación puede ser cambiada", "La calificación puede cambiarse"),
    },
    "modified": {
        "en": ("Last modified (grade)",), "de": ("Zuletzt geändert (Bewertung)",), "fr": ("Dernière modification (note)",),
        "es": ("Última modificación (calificación)",),
    },
    "comments": {"en": ("Feedback comments",)},
}
BLACKBOARD: Words = {
    "last": {"en": ("Last Name",), "de": ("Nachname",), "fr": ("Nom", "Nom de famille"), "es": ("Apellidos", "Apellido")},
    "first": {"en": ("First Name",), "de": ("Vorname",), "fr": ("Prénom",), "es": ("Nombre",)},
    "login": {"en": ("Username",), "de": ("Benutzername",), "fr": ("Nom d'utilisateur",), "es": ("Nombre de usuario",)},
    "number": {"en": ("Student ID",)},
}
# What stands in Moodle's column on whether a grade can be changed, where it can't.
NO = {"no", "nein", "non"}
# A word that can be a part of a name or the whole name, with what to call the column instead: as a part, and as the whole.
EITHER = {"nom": ("Nom de famille", "Nom complet"), "nombre": ("First name", "Nombre completo"), "name": ("Last name", "Full name")}


def bare(header: str | None) -> str:
    """A header as it is compared: composed letters, no capitals, no spaces, straight apostrophes.

    >>> bare(" Nom d’utilisateur "), bare("E-Mail-Adresse")
    ("nomd'utilisateur", 'e-mail-adresse')
    """
    return "".join(unicodedata.normalize("NFC", header or "").replace("\u2019", "'").casefold().split())


def titles(kind: str, *platforms: Words) -> tuple[str, ...]:
    """What a column is called on these platforms, in every language.

    >>> titles("login", MOODLE, BLACKBOARD)
    ('Username', 'Anmeldename', "Nom d'utilisateur", 'Nombre de usuario', 'Benutzername')
    """
    return tuple(dict.fromkeys(word for platform in platforms for words in platform.get(kind, {}).values() for word in words))


def spoken(header: Iterable[str], platform: Words, needed: Iterable[str]) -> list[str]:
    """The languages in which a header has a word for every column that is needed.

    >>> spoken(["ID", "Vollständiger Name", "Bewertung"], MOODLE, ("identifier", "grade")), spoken(["ID", "Note"], MOODLE, ("identifier", "grade"))
    (['de'], [])
    """
    there, needed = {bare(one) for one in header}, list(needed)
    return [language for language in platform[needed[0]] if all(there & {bare(word) for word in platform[kind][language]} for kind in needed)]


def in_doubt(header: Iterable[str]) -> str:
    """Why a name column could be two things, as a sentence; nothing if all are clear.

    "Nom" is the last name beside "Prénom", and "Nombre" the first beside "Apellido(s)". Alone they could be the whole name, and
    so could "Name" beside a first name without a last one.

    >>> in_doubt(["Nom", "Prénom"]), in_doubt(["Nom", "Courriel"])
    ('', "the column 'Nom' could be a part of the name or the whole name. Call it Nom de famille or Nom complet")
    """
    written = {bare(one): one.strip() for one in header}
    has = {kind: bool(written.keys() & ({bare(word) for word in titles(kind, MOODLE, BLACKBOARD)} - EITHER.keys())) for kind in ("first", "last")}
    doubtful = {"nom": not has["first"], "nombre": not has["last"], "name": has["first"] and not has["last"]}
    for word, (part, whole) in EITHER.items():
        if word in written and doubtful[word] and "learner" not in written:
            return f"the column {written[word]!r} could be a part of the name or the whole name. Call it {part} or {whole}"
    return ""
