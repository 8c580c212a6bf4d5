"""The class list, as we keep it and as Canvas, Moodle and Blackboard export it: columns are told by name, and nobody is dropped silently."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.items import EVERYONE
from course.roster import Person, RosterError, read_roster
from tests import platform_zips as zips

CLASS = "learner,name\nann,Ann Moss\nbo,Bo de Wit\nks,김 서연\n"


def written(folder, text, name="roster.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
    return path


@pytest.fixture()
def people(tmp_path):
    return zips.with_ids(written(tmp_path, CLASS, "plain.csv"))


@pytest.mark.parametrize("text", [
    CLASS, CLASS.replace(",", ";"), CLASS.replace(",", "\t"), "\ufeff" + CLASS.replace("\n", "\r\n"), "\n\n" + CLASS.replace("\n", "\n\n"),
    ",\n" + CLASS + ",,,\n", CLASS.replace("learner,name", "Learner , NAME"), "name,learner\nAnn  Moss, ann\n\"Bo de Wit\",bo\n김 서연,ks\n",
])
def test_our_own_table_as_spreadsheets_leave_it(tmp_path, text):
    assert list(read_roster(written(tmp_path, text)).values()) == [Person("ann", "Ann Moss"), Person("bo", "Bo de Wit"), Person("ks", "김 서연")]


def test_our_own_table_may_hold_every_id(tmp_path, people):
    assert read_roster(zips.own_roster(people, tmp_path / "roster.csv")) == people
    assert people["bo"] == Person("bo", "Bo de Wit", "Media 1", "1002", "S00002", "bo", "bo@example.org", "9000002")


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_the_gradebook_of_canvas(tmp_path, people, delimiter):
    roster = read_roster(zips.canvas_roster(people, tmp_path / "2026_Grades-MED.csv", delimiter))
    assert list(roster) == ["ann", "bo", "ks"], "no points possible, no posting, no test student"
    assert roster["bo"] == Person("bo", "Bo de Wit", "Media 1", "1002", "S00002", "bo")
    assert roster["ks"].name == "김 서연"


def test_canvas_with_two_columns_for_the_name_and_no_login(tmp_path):
    text = "LastName,FirstName,ID,Section,Essay (1)\n    Points Possible,,,,10\nMoss,Ann,77,\"A and B\",\nStudent,Test,99,A,\n"
    assert read_roster(written(tmp_path, text)) == {"77": Person("77", "Ann Moss", "A and B", canvas="77")}


def test_the_participants_of_moodle(tmp_path, people):
    roster = read_roster(zips.moodle_roster(people, tmp_path / "courseid_5_participants.csv"))
    assert roster["bo@example.org"] == Person("bo@example.org", "Bo de Wit", email="bo@example.org", number="9000002")


@pytest.mark.parametrize(("header", "learner"), [
    ("First name,Surname,Username,ID number,Email address,Suspended,Quiz: One (Real)", "u1"), ("Vorname,Nachname,Anmeldename,ID-Nummer,E-Mail-Adresse", "u1"),
    ("Prénom,Nom de famille,Nom d'utilisateur,Numéro d'identification,Adresse de courriel", "u1"),
    ("Nombre,Apellido(s),Nombre de usuario,Número de ID,Dirección de correo", "u1"), ("First name,Last name,Groups,ID number,Email address", "a@example.org"),
])
def test_the_grades_of_moodle_in_the_language_of_the_place(tmp_path, header, learner):
    (person,) = read_roster(written(tmp_path, f"{header}\nAnn,Moss,u1,9001,a@example.org\n")).values()
    assert (person.learner, person.name, person.number) == (learner, "Ann Moss", "9001")


@pytest.mark.parametrize("header", ["Nachname,Vorname,Benutzername", "Nom,Prénom,Nom d’utilisateur", "Apellidos,Nombre,Nombre de usuario", "Apellido(s),Nombre,Nombre de usuario"])
def test_last_names_first_in_the_language_of_the_place(tmp_path, header):
    assert read_roster(written(tmp_path, f"{header}\nMoss,Ann,u1\n")) == {"u1": Person("u1", "Ann Moss", login="u1")}


@pytest.mark.parametrize(("header", "cure"), [
    ("Nom,Adresse de courriel", "'Nom' could be a part of the name or the whole name. Call it Nom de famille or Nom complet."),
    ("Nombre,Dirección de correo", "'Nombre' could be a part of the name or the whole name. Call it First name or Nombre completo."),
    ("Name,Vorname,Benutzername", "'Name' could be a part of the name or the whole name. Call it Last name or Full name."),
])
def test_a_name_that_could_be_two_things_is_not_guessed(tmp_path, header, cure):
    with pytest.raises(RosterError) as caught:
        read_roster(written(tmp_path, f"{header}\nMoss,a@example.org,u1\n" if header.count(",") == 2 else f"{header}\nMoss,a@example.org\n"))
    assert str(caught.value) == f"roster.csv, line 1: the column {cure}"
    ours = header.replace("Nom,", "learner,name,").replace("Nombre,", "learner,name,").replace("Name,Vorname", "learner,name")
    assert read_roster(written(tmp_path, f"{ours}\n1,Moss,u1\n"))["1"].name == "Moss"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_the_gradebook_of_blackboard(tmp_path, people, encoding):
    path = zips.blackboard_roster(people, tmp_path / "gc_MED_fullgc.xls")
    path.write_bytes(path.read_bytes().decode("utf-16").encode(encoding))
    assert list(read_roster(path).values())[1] == Person("bo", "Bo de Wit", login="bo", number="9000002")


REFUSED = {
    # what the file holds: (its bytes, words of the sentence)
    "an Excel file": (b"PK\x03\x04rest", "roster.csv is a zip or an Excel file, and the roster must be CSV. If it is Excel's, open it, choose Save As, CSV UTF-8"),
    "an older Excel file": (b"\xd0\xcf\x11\xe0rest", "is an Excel file"),
    "another encoding": ("learner,name\nks,김\n".encode("cp949"), "is not UTF-8 text but probably CP949"),
    "half a letter of UTF-16": ("learner,name\n".encode("utf-16") + b"\x00", "not UTF-8 text but damaged UTF-16. Save it again"),
    "nothing": (b"", "line 1: no column says who is in the class (the first line has nothing). Write the first line as learner,name, or export"),
    "other columns": (b"a,b\n1,2\n", "(the first line has 'a', 'b')"),
    "names alone": (b"First name,Last name\nAnn,Moss\n", "names people and holds no id (its first line has 'First name', 'Last name'). Export it again with the username"),
    "a misspelt column": (b"lerner,name\nann,Ann\n", "(its first line has 'lerner', 'name'; perhaps 'lerner' is meant for learner)"),
    "a misspelt column alone": (b"leaner\nann\n", "(the first line has 'leaner'; perhaps 'leaner' is meant for learner). Write the first line as"),
    "an id twice": (b"learner,name\nann,A\n\nann,B\n", "roster.csv, line 4: the learner ann stands here a second time. Delete one of the lines."),
    "a Canvas id twice": (b"learner,canvas\nann,7\nbo,7\n", "line 3: the Canvas id 7 stands here a second time"),
    "a login twice in an export": (b"First name,Last name,Username\nA,B,u\nC,D,u\n", "line 3: the learner u stands here a second time"),
    "a name without an id": (b"learner,name\n,Ann Moss\n", "line 2: no id stands here beside Ann Moss. Write one, or delete the line."),
    "a comma in a name": (b"learner,name\nann,Moss, Ann\n", "line 2: this line has more than the 2 cells of the first. Put double quotes"),
    "a cell without end": (b"learner,name\nann," + b"x" * 200_000, "line 2: this line can't be read as a table"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_table_that_is_no_roster_is_refused_in_one_sentence_with_the_cure(tmp_path, name):
    raw, told = REFUSED[name]
    with pytest.raises(RosterError) as caught:
        read_roster(written(tmp_path, raw))
    assert told in str(caught.value) and "\n" not in str(caught.value) and str(caught.value).endswith(".")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(RosterError, match=r"^There is no file .*gone\.csv\. It is a table whose first line is learner,name\.$"):
        read_roster(tmp_path / "gone.csv")
    with pytest.raises(RosterError, match="There is no file"):
        read_roster(tmp_path)


@given(st.integers(0, 2**32), st.sets(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\x85"), min_size=1, max_size=8), max_size=6))
def test_any_ids_come_back_in_their_order_whatever_the_order_of_the_columns(tmp_path_factory, seed, ids):
    from course.roster import same

    people = [Person(one, f"Name {number}", canvas=str(number)) for number, one in enumerate(sorted({same(one) for one in ids} - {"", EVERYONE}))]
    columns = list(zips.COLUMNS)
    random.Random(seed).shuffle(columns)
    text = zips.table([columns, *([getattr(one, column) for column in columns] for one in people)])
    assert list(read_roster(written(tmp_path_factory.mktemp("r"), text)).values()) == people
