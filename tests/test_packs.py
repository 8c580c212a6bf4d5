"""A passage of an instructor's own: from empty spreadsheets to points in the gradebook, with the slips that people make on the way."""

from __future__ import annotations

import csv
import json
import shutil
import tomllib
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.classroom import grade, load_catalogue
from course.cli import main
from course.content import find_data, load_glossary, load_keys, load_lesson
from course.lesson import open_lesson
from course.packs.checking import check_pack
from course.packs.laying import PackError
from course.packs.showing import show_pack
from course.packs.starting import EXAMPLE, new_pack
from course.packs.trying import edit
from course.release import ReleaseError, make_release

LESSON, SLOT = "02_whose_judgement", "judged-01"
KEY = {"u1": ("author", "fact"), "u2": ("source", "judgement"), "u3": ("source", "fact"), "u4": ("author", "judgement"),
       "u5": ("source", "fact"), "u6": ("author", "fact"), "u7": ("source", "judgement"), "u8": ("author", "judgement")}
RIGHT = {unit: {"voice": voice, "kind": kind} for unit, (voice, kind) in KEY.items()}
CUE = "Walk to the window and count the pigeons"


@pytest.fixture(scope="module")
def two_lessons(tmp_path_factory):
    """Lessons 1 and 2 of the kit with their texts and keys: the whole of it would only make each check slower."""
    kit, some = find_data(), tmp_path_factory.mktemp("kit") / "data"
    names = [f"{folder}/{lesson}.toml" for folder in ("items", "keys/practice", "keys/graded") for lesson in ("01_who_is_speaking", LESSON)]
    for slug in {item.text for lesson in ("01_who_is_speaking", LESSON) for item in load_lesson(kit, lesson).items if item.text}:
        names += [f"texts/{slug}/text.toml", f"texts/{slug}/units.csv", f"keys/practice/texts/{slug}.toml", f"keys/graded/texts/{slug}.toml"]
    for name in names:
        if (kit / name).exists():
            (some / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(kit / name, some / name)
    return some


@pytest.fixture()
def two(two_lessons, monkeypatch):
    """The two lessons, as the kit that is found."""
    monkeypatch.setenv("SAYSWHO_DATA", str(two_lessons))
    return two_lessons


@pytest.fixture()
def pack(two, tmp_path):
    """The example beside those two lessons, ready to be changed."""
    return new_pack(tmp_path / "boats", with_example=True)


@pytest.fixture()
def boats(tmp_path):
    """The example beside the whole kit."""
    return new_pack(tmp_path / "boats", with_example=True)


def rows(path: Path) -> list[dict[str, str]]:
    """The lines of a spreadsheet of the example."""
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def told(findings) -> str:
    return "\n".join(map(str, findings))


def fill_in(pack: Path, sheet: str, known: Path) -> None:
    """Type the lines of the example into an empty spreadsheet, cell by cell."""
    for row in rows(known):
        first, *rest = row
        edit(pack / sheet, row[first], **{column.replace(" ", "_"): row[column] for column in rest})


def test_from_an_empty_template_to_points(tmp_path, capsys):
    pack = tmp_path / "boats"
    assert main(["pack", "new", str(pack)]) == 0
    assert sorted(path.name for path in pack.iterdir()) == ["README.txt", "key.csv", "pack.csv", "passage.csv", "spans.csv"]
    assert all((pack / name).read_bytes().startswith(b"\xef\xbb\xbf") for name in ("key.csv", "pack.csv", "passage.csv", "spans.csv"))
    assert main(["pack", "check", str(pack)]) == 1
    said = capsys.readouterr().out
    assert "passage.csv, lines 2 to 9, column text: the cell is empty" in said and "key.csv, lines 2 to 9: nothing is filled in yet" in said and len(said.splitlines()) < 15

    for sheet in ("passage.csv", "key.csv", "pack.csv"):
        fill_in(pack, sheet, EXAMPLE / sheet)
    edit(pack / "passage.csv", "u3", unit="3-Mar")
    edit(pack / "key.csv", "u2", kind="opinion")
    edit(pack / "key.csv", "u7", why="so " * 61)
    assert main(["pack", "check", str(pack)]) == 1
    said = capsys.readouterr().out
    assert "passage.csv, line 4, column unit: the id '3-Mar' looks like a date that the spreadsheet made of it." in said
    assert "key.csv, line 3, column kind: 'opinion' is no kind of the codebook. Did you mean judgement?" in said
    assert "2 things to mend" in said and "nothing is said" not in said, "a damaged id is one thing, however many sheets name it"
    assert "key.csv, line 8, column why: the reason has 61 words" in said and not (pack / "items").exists()
    edit(pack / "passage.csv", "3-Mar", unit="u3")
    edit(pack / "key.csv", "u2", kind="judgement")
    edit(pack / "key.csv", "u7", why="“Finds” hands it over.")
    assert main(["pack", "check", str(pack)]) == 0
    assert "1 passage checked: nothing to mend. boats fills judged-01 of lesson 2." in capsys.readouterr().out

    for name, answers in {"ann": RIGHT, "bo": RIGHT | {"u2": {"voice": "author", "kind": "judgement"}, "u4": {"voice": "source", "kind": "judgement"}}}.items():
        play(tmp_path, pack, name, answers)
    summary = grade(tmp_path / "handins", None, tmp_path / "graded", keys=pack)
    book = {row["learner"]: row for row in csv.DictReader((tmp_path / "graded/gradebook.csv").read_text("utf-8-sig").splitlines())}
    assert summary.handins == 2 and [float(book[name][SLOT]) for name in ("ann", "bo")] == [8, 6]
    page = (tmp_path / "graded/feedback/bo.html").read_text("utf-8")
    assert "She finds it funny; the text only says that she does." in page and "The paper boats of Lindle" in page

    edit(pack / "passage.csv", "u1", text="On Sunday 14 teams raced boats made of paper on the pond in Lindle Park.")
    capsys.readouterr()
    assert main(["pack", "check", str(pack)]) == 0
    assert "passage.csv: the words of judged-01-boats are not those that were released. Put the old words back" in capsys.readouterr().out
    grade(tmp_path / "handins", None, tmp_path / "later", keys=pack)
    (row, _) = csv.DictReader((tmp_path / "later/gradebook.csv").read_text("utf-8-sig").splitlines())
    assert (row[SLOT], row["needs_a_person"]) == ("needs a person", "1"), "an answer to other words waits for a person"


def play(folder: Path, pack: Path, learner: str, answers: dict) -> None:
    """A learner opens the class release, answers the pack's passage, and hands in."""
    out = folder / "for-my-class.zip"
    if not out.exists():
        make_release(out, keys=pack)
        zipfile.ZipFile(out).extractall(folder)
    lesson = open_lesson(LESSON, data=folder / "for-my-class/data", answers=folder / learner / "answers")
    assert lesson.resolve(SLOT)[0].id == "judged-01-boats" and "judged-01-boats" not in lesson.keys and not lesson.self_study
    lesson.answer(SLOT, answers)
    lesson.hand_in(learner=learner)
    (folder / "handins").mkdir(exist_ok=True)
    for path in (folder / learner / "hand_in").iterdir():
        (folder / "handins" / path.name).write_bytes(path.read_bytes())


def test_a_pack_plays_alone_as_students_will_see_it(pack, monkeypatch):
    shown = show_pack(pack)
    monkeypatch.chdir(shown.notebooks[0].parent)
    cells = json.loads(shown.notebooks[0].read_text("utf-8"))["cells"]
    assert [cell["source"] for cell in cells[1:]] == [
        f'from course import open_lesson\nlesson = open_lesson("{LESSON}", data="kit")', f'lesson.ask("{SLOT}")', "lesson.progress()", "lesson.hand_in()"]
    lesson = open_lesson(LESSON, data="kit")
    lesson.answer(SLOT, RIGHT | {"u3": {"voice": "author", "kind": "fact"}})
    assert lesson.standing_feedback(lesson.resolve(SLOT)[0]) == {}, "sealed until it is handed in"
    lesson.hand_in(learner="me")
    (result,) = lesson.results()
    assert (result["score"], result["max"]) == (7, 8) and "Words can change hands without any marks." in json.dumps(result["feedback"])
    page = shown.page.read_text("utf-8")
    assert "Read to the end: “according to Tomas Reyes”." in page and "<script" not in page


def test_what_a_pack_shows_is_text_and_never_markup(pack):
    edit(pack / "passage.csv", "u1", text="<script>alert(1)</script> stood on the sign.")
    edit(pack / "key.csv", "u1", why='<img src=x onerror="alert(1)">')
    page = show_pack(pack).page.read_text("utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; stood" in page and "<script" not in page and "<img" not in page


def test_a_release_with_a_pack_holds_its_passage_and_nothing_of_its_key(boats, tmp_path):
    check_pack(boats)
    made = make_release(tmp_path / "out", keys=boats)
    held = "\n".join(path.read_text("utf-8") for path in made.path.rglob("*") if path.is_file())
    key = tomllib.loads((boats / "keys/graded/texts/boats.toml").read_text("utf-8"))
    assert "On Saturday 14 teams raced boats made of paper" in held
    assert not [unit for unit, table in key.items() if table["why"] in held or any(said in held for said in table["feedback"]["voice"].values())]
    assert not list(made.path.rglob("*.csv.toml")) and not (made.path / "data/keys/graded").exists() and not (made.path / "course/packs/example").exists()
    assert "Yours:    boats; asked by judged-01-boats." in str(made) and "the keys of 57 questions that count" in str(made)
    assert tomllib.loads((made.path / "data/items" / f"{LESSON}.toml").read_text("utf-8"))["slot"][0]["choices"] == ["judged-01-boats"]
    frozen = json.loads((made.path / "data/manifest.json").read_text("utf-8"))["items"]
    assert frozen["judged-01-boats"] == load_catalogue(keys=boats).wording["judged-01-boats"]


def test_a_reason_of_the_packs_key_in_its_passage_stops_the_release(boats, tmp_path):
    edit(boats / "key.csv", "u8", why=CUE)
    edit(boats / "passage.csv", "u8", text=f"The sign says: {CUE}.")
    said = told(check_pack(boats).report.complaints)
    assert f"key.csv, line 9: this sentence stands in passage.csv too, where students read it: “{CUE}”. Reword it in one of the two" in said
    edit(boats / "passage.csv", "u8", text="The sign says where to go.")
    assert check_pack(boats).report.complaints == []
    units = boats / "texts/boats/units.csv"
    units.write_text(units.read_text("utf-8").replace("where to go", CUE), "utf-8")
    with pytest.raises(ReleaseError, match=rf"units.csv holds a sentence of the graded key \(boats, u8\): “{CUE}”. Nothing was released. Reword it in key.csv, then run: sayswho pack check "):
        make_release(tmp_path / "out.zip", keys=boats)
    assert not (tmp_path / "out.zip").exists()


def test_a_sentence_that_the_course_itself_uses_is_no_secret_of_a_pack(boats, tmp_path):
    edit(boats / "key.csv", "u8", why=next(iter(load_glossary(find_data()).values())))
    edit(boats / "key.csv", "u4", why="Could a record settle it?")
    edit(boats / "pack.csv", "help", value="Could a record settle it?")
    assert check_pack(boats).report.complaints == []
    assert make_release(tmp_path / "out", keys=boats).path.is_dir()


def test_the_kits_own_set_stays_for_make_up_work(boats, tmp_path):
    check_pack(boats)
    made = make_release(tmp_path / "later", keys=boats, make_up=True)
    assert [slot.choices for slot in load_lesson(made.path / "data", LESSON).slots if slot.id == SLOT] == [("judged-01-b",)]
    assert not (made.path / "data/texts/boats").exists()


def test_changed_spreadsheets_are_checked_before_anything_uses_them(pack, tmp_path):
    with pytest.raises(PackError, match="have not been checked yet. Run: sayswho pack check"):
        load_catalogue(keys=pack)
    check_pack(pack)
    assert load_catalogue(keys=pack).keys["judged-01-boats"].units["u1"].kind == "fact"
    edit(pack / "key.csv", "u1", kind="judgement", how="", if_fact="No.", if_judgement="")
    with pytest.raises(PackError, match="were changed after they were checked"):
        grade(tmp_path, None, tmp_path / "graded", keys=pack)
    check_pack(pack)
    assert load_catalogue(keys=pack).keys["judged-01-boats"].units["u1"].kind == "judgement"


def test_a_second_line_of_a_clause_is_another_right_answer(pack):
    with (pack / "key.csv").open("a", encoding="utf-8") as file:
        file.write("u6,,both,,,“Under a towel” can be heard as a smile.\r\n")
    check_pack(pack)
    (other,) = load_catalogue(keys=pack).keys["judged-01-boats"].units["u6"].accept
    assert other.answer == {"kind": "both"} and "smile" in other.why
    with (pack / "key.csv").open("a", encoding="utf-8") as file:
        file.write("u6,author,fact,,,Again.\r\nu5,,judgement,,,\r\n")
    said = told(check_pack(pack).report.complaints)
    assert "key.csv, line 11, column unit: clause u6 has a line already (key.csv, line 7)" in said
    assert "key.csv, line 12, column why: another answer that earns full points has no reason" in said


STOPS = {
    # what is changed: (sheet, line, cells, the words of the complaint)
    "a voice without a kind": ("key.csv", "u4", {"kind": ""}, "key.csv, line 5, column kind: the cell is empty"),
    "a how that does not go": ("key.csv", "u4", {"how": "marks"}, "'marks' does not go with author and judgement. Leave the cell empty"),
    "a speaker for the text's own": ("key.csv", "u1", {"speaker": "Lena Okafor"}, "the voice is the text's own, but 'Lena Okafor' says it"),
    "an unknown slot": ("pack.csv", "fills", {"value": "judged-1"}, "no passage can be put into 'judged-1'. Did you mean judged-01?"),
    "an unknown field": ("pack.csv", "titel", {"value": "x"}, "the field 'titel' is not known. Did you mean title?"),
    "a field twice": ("pack.csv", "date", {"field": "title"}, "the field 'title' stands twice"),
    "a name of the kit": ("pack.csv", "name", {"value": "night-train"}, "there is a passage 'night-train' already"),
    "a name that names nothing": ("pack.csv", "name", {"value": "My Boats"}, "the name 'My Boats' can't name a passage"),
    "no place": ("pack.csv", "fills", {"value": ""}, "nothing says where the passage goes"),
    "a lesson as well": ("pack.csv", "lesson", {"value": "20_boats"}, "fills a place of the kit and has a lesson of its own"),
    "a place for clauses that are not there": ("pack.csv", "fills", {"value": "judged-01: u1 u19"}, "the passage has no clause 'u19'"),
    "an unknown clause": ("key.csv", "u9", {"voice": "author"}, "the passage has no clause 'u9'"),
    "a clause without a key": ("passage.csv", "u9", {"text": "More.", "paragraph": "2"}, "key.csv: clause u9 has no line"),
}
NAGS = [
    ("key.csv", "u1", {"why": ""}, "key.csv, line 2, column why: the clause has no reason"),
    ("key.csv", "u8", {"if_fact": "", "if_source": ""}, "key.csv, line 9: nothing is said to whoever chooses source, fact. Fill in the columns if source, if fact"),
    ("key.csv", "u2", {"how": ""}, "key.csv, line 3, column how: the cell is empty. Write marks or no-marks; here it is probably marks"),
    ("key.csv", "u6", {"voice": "source", "how": "marks"}, "it says marks, but the clause has no quotation mark"),
    ("key.csv", "u4", {"why": "This is misleading."}, "key.csv, line 5, column why: it says “misleading”"),
    ("key.csv", "u5", {"how": "no-marks"}, "it says no-marks, but the clause has a quotation mark"),
    ("key.csv", "u7", {}, "the kit's judged-01-a and judged-01-boats are not parallel: their keys are not balanced alike"),
    ("passage.csv", "u6", {"text": "word " * 31}, "passage.csv, line 7, column text: the clause has 31 words"),
    ("passage.csv", "u3", {"text": "Three  boats “sank, according to Tomas Reyes.", "paragraph": ""}, "a quotation mark has no partner in this clause"),
    ("passage.csv", "u4", {}, "passage.csv, line 4, column paragraph: the cell is empty. It is read as 1"),
    ("passage.csv", "u4", {}, "passage.csv, line 4, column text: there are two spaces in a row"),
    ("pack.csv", "rights", {"value": ""}, "the field rights is empty. Fill it in: it says who may copy the passage"),
]


@pytest.mark.parametrize("name", STOPS)
def test_what_is_in_the_way_is_named_with_its_cure(pack, name):
    sheet, line, cells, words = STOPS[name]
    edit(pack / sheet, line, **cells)
    report = check_pack(pack).report
    assert words in told(report.complaints) and not (pack / "items").exists()


def test_what_could_be_better_nags_and_stops_nothing(two, pack):
    for sheet, line, cells, _ in NAGS:
        edit(pack / sheet, line, **cells)
    edit(pack / "passage.csv", "u8", text=rows(two / "texts/footbridge/units.csv")[0]["text"])
    report = check_pack(pack).report
    said = told(report.warnings)
    assert [words for *_, words in NAGS if words not in said] == []
    assert "passage.csv, line 9, column text: it counts, and shares" in said
    assert report.complaints == [] and (pack / "items").exists()


def test_suspicion_must_not_pay(pack):
    for unit in ("u1", "u3", "u5"):
        edit(pack / "key.csv", unit, voice="author", kind="judgement", how="", speaker="", if_author="", if_judgement="")
    report = check_pack(pack).report
    assert "only 3 of 8 clauses are sound reporting" in told(report.warnings)
    assert "the constant answer “author + judgement” earns" in told(report.warnings)
    assert "sound reporting: 3 of 8 clauses" in report.sections["Balance of boats"]


def test_the_example_says_that_everyone_can_read_it_and_is_in_order_otherwise(pack):
    report = check_pack(pack).report
    assert [str(one) for one in report.warnings] == [
        "passage.csv: 8 of 8 clauses are those of the example, which anyone can read with its key. Write a passage of your own before points hang on it."]
    assert report.complaints == []


@pytest.mark.usefixtures("two")
def test_a_passage_where_students_choose_the_speaker(tmp_path):
    pack = new_pack(tmp_path / "boats", with_example=True, fills="owner-03")
    header = (pack / "key.csv").read_text("utf-8-sig")
    (pack / "key.csv").write_text(header.replace("if lost\n", "if lost,if Lena Okafor\n", 1).replace("if lost\r", "if lost,if Lena Okafor\r", 1), "utf-8", newline="")
    edit(pack / "key.csv", "u1", **{"if_Lena_Okafor": "She comes at the end."})
    edit(pack / "key.csv", "u7", speaker="Lisa Okafor")
    assert "'Lena Okafor' is no answer and no speaker of this passage. Did you mean Lisa Okafor?" in told(check_pack(pack).report.complaints)
    edit(pack / "key.csv", "u7", speaker="Nobody named")
    edit(pack / "pack.csv", "also offered", value="Lena Okafor")
    report = check_pack(pack).report
    assert report.complaints == [] and "nothing is said to whoever chooses Amara Diallo" in told(report.warnings)
    key = load_catalogue(keys=pack).keys["owner-03-boats"]
    assert key.units["u1"].feedback["speaker"]["okafor"] == "She comes at the end." and key.units["u7"].speaker == "nobody" and key.units["u2"].speaker == "diallo"


@pytest.mark.usefixtures("two")
def test_a_passage_in_two_halves_where_words_are_marked(tmp_path):
    pack = new_pack(tmp_path / "boats", with_example=True, fills="cue-05")
    edit(pack / "pack.csv", "fills", value="cue-05: u1 u2 u3")
    with (pack / "pack.csv").open("a", encoding="utf-8") as file:
        file.write("fills;cue-06: u5 u6 u7\r\n")
    edit(pack / "spans.csv", "u7", quote='Lena  Okafor')
    assert "the words “Lena  Okafor” do not stand in clause u7" in told(check_pack(pack).report.complaints)
    edit(pack / "spans.csv", "u7", quote="Lena Okafor")
    assert check_pack(pack).report.complaints == []
    catalogue = load_catalogue(keys=pack)
    assert [(span.unit, span.quote) for span in catalogue.keys["cue-06-boats"].spans] == [("u5", "Kenji Mori"), ("u5", "said"), ("u7", "Lena Okafor"), ("u7", "finds")]
    assert [column.items[0].id for column in catalogue.columns["01_who_is_speaking"]] == ["owner-03-a", "cue-05-boats", "cue-06-boats"]


def test_a_lesson_of_its_own_has_a_notebook_and_a_column(tmp_path):
    pack = new_pack(tmp_path / "boats", with_example=True, lesson="20_paper_boats")
    edit(pack / "pack.csv", "points", value="8,5")
    checked = check_pack(pack)
    assert checked.report.complaints == [] and "boats is the lesson 20_paper_boats" in str(checked)
    made = make_release(tmp_path / "out", keys=pack, lessons=["20"])
    assert r'open_lesson(\"20_paper_boats\")' in (made.path / "notebooks/20_paper_boats.ipynb").read_text("utf-8")
    assert set(load_keys(made.path / "data", "20_paper_boats")) == set()
    (column,) = load_catalogue(keys=pack).columns["20_paper_boats"]
    assert (column.id, column.max) == ("boats-clauses", 8.5)


@pytest.mark.usefixtures("two")
def test_several_passages_in_one_pack(tmp_path):
    for name in ("boats", "ships"):
        new_pack(tmp_path / "term" / name, with_example=True)
    edit(tmp_path / "term/ships/pack.csv", "name", value="boats")
    assert "ships/pack.csv, line 2, column value: there is a passage 'boats' already" in told(check_pack(tmp_path / "term").report.complaints)
    edit(tmp_path / "term/ships/pack.csv", "name", value="ships")
    assert check_pack(tmp_path / "term").report.complaints == []
    (slot,) = [slot for slot in load_catalogue(keys=tmp_path / "term").lessons[LESSON].slots if slot.id == SLOT]
    assert slot.choices == ("judged-01-boats", "judged-01-ships", "judged-01-a", "judged-01-b")


def test_a_name_that_is_given_up_leaves_no_files_behind(pack):
    check_pack(pack)
    edit(pack / "pack.csv", "name", value="ships")
    check_pack(pack)
    assert [path.name for path in (pack / "texts").iterdir() if list(path.iterdir())] == ["ships"]
    (pack / "items" / f"{LESSON}.toml").unlink()
    (pack / "checked.json").unlink()
    assert "was not written by sayswho pack check" in told(check_pack(pack).report.complaints)


@given(sheet=st.sampled_from(["pack.csv", "passage.csv", "key.csv", "spans.csv"]), at=st.integers(0, 400), cut=st.integers(0, 5),
       put=st.sampled_from([b'"', b";", b"\r", b"\n", b"\0", b"\xff", b"\t", "“".encode(), b"=", b"3-Mar", b"," * 9]))
@settings(max_examples=25, deadline=None)
def test_whatever_a_sheet_holds_is_told_and_never_an_error_of_ours(two_lessons, tmp_path_factory, sheet, at, cut, put):
    pack = new_pack(tmp_path_factory.mktemp("pack") / "boats", with_example=True, data=two_lessons)
    raw = (pack / sheet).read_bytes()
    (pack / sheet).write_bytes(raw[:at] + put + raw[at + cut:])
    checked = check_pack(pack, data=two_lessons)
    assert ("nothing to mend" in str(checked)) == checked.report.passes == (pack / "checked.json").exists()


def test_a_pack_is_made_in_a_new_folder_outside_the_kit(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("keep")
    with pytest.raises(PackError, match="is not empty, and nothing is written over"):
        new_pack(tmp_path / "full")
    with pytest.raises(PackError, match="lies in the kit's own folder"):
        new_pack(find_data().parent / "my-pack")
    with pytest.raises(PackError, match=r"No passage can be put into 'judged'. Did you mean judged-01\?"):
        new_pack(tmp_path / "x", fills="judged")
    with pytest.raises(PackError, match="There is no pack.csv in"):
        check_pack(tmp_path / "full")
    with pytest.raises(ReleaseError, match="your own would be open with them"):
        make_release(tmp_path / "out", keys=tmp_path, self_study=True)
