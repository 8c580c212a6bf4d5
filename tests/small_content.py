"""A kit of a few invented sentences, written into a folder: enough content for tests that must not need the real one."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "texts/fence/text.toml": """
title = "Fence to be painted"
author = "Says Who?"
rights = "Written for the kit."
[gists]
1 = "A fence gets a colour."
[[speaker]]
id = "moss"
text = "Ida Moss"
""",
    "texts/fence/units.csv": (
        "unit,paragraph,text\n"
        'f1,1,"The fence was built in 1990."\n'
        'f2,1,"""It needs paint,"" Ida\u00a0Moss said."\n'
        'f3,2,"The delay is shameful."\n'
    ),
    "keys/practice/texts/fence.toml": """
[f1]
voice = "author"
kind = "fact"
how = "not-shown"
class = "Background"
speaker = "author"
why = "A record could show the year."
[f2]
voice = "source"
kind = "judgement"
how = "marks"
class = "Quoted"
speaker = "moss"
why = "*Ida Moss said* hands it over."
feedback.voice.author = "Look at *Ida Moss said*."
accept = [{kind = "fact", why = "A painter could measure it."}]
[[f2.span]]
label = "source"
code = "SRC"
quote = "Ida Moss"
why = "You could phone her."
[[f2.span]]
label = "cue"
code = "CUE"
quote = "said"
[f3]
voice = "author"
kind = "judgement"
class = "Editorial"
speaker = "author"
why = "No record could settle *shameful*."
""",
    "items/01_fences.toml": """
[lesson]
id = "01_fences"
title = "Fences"
minutes = 5
[[item]]
id = "fence-pick"
type = "pick"
prompt = "Which clause judges?"
text = "fence"
from = "units"
[[item]]
id = "fence-label"
type = "classify"
prompt = "Label the clauses."
text = "fence"
[[item.question]]
id = "voice"
[[item.question]]
id = "kind"
[[item]]
id = "fence-mark"
type = "mark"
prompt = "Mark source and cue."
text = "fence"
[[item.label]]
id = "source"
[[item.label]]
id = "cue"
[[item]]
id = "fence-order"
type = "chain"
prompt = "Order them."
[[item.card]]
id = "wish"
text = "wished"
[[item.card]]
id = "deed"
text = "done"
[[item]]
id = "fence-count"
type = "write"
prompt = "How many clauses?"
points = 1
number = true
[[item]]
id = "fence-essay"
type = "essay"
prompt = "Write a headline."
points = 2
[[item.field]]
id = "headline"
prompt = "Your headline"
max_words = 12
[[item.criterion]]
id = "fits"
name = "Every word stands on a clause"
points = 2
[[item]]
id = "form-a"
type = "pick"
prompt = "Form A?"
options = [{id = "yes", text = "Yes"}, {id = "no", text = "No"}]
points = 1
credit = "completion"
[[item]]
id = "form-b"
type = "pick"
prompt = "Form B?"
options = [{id = "yes", text = "Yes"}, {id = "no", text = "No"}]
points = 1
credit = "completion"
[[slot]]
id = "form"
choices = ["form-a", "form-b"]
""",
    "keys/practice/01_fences.toml": """
[fence-pick]
answer = ["f3"]
why = "Only f3 judges in the text's own voice."
feedback.f1 = "A year can be looked up."
[fence-label]
why = "Two questions, asked one at a time."
[fence-mark]
why = "Name and verb."
[fence-order]
answer = ["wish", "deed"]
why = "First the wish."
feedback."deed<wish" = "Can it be done before it is wished?"
""",
    "keys/graded/01_fences.toml": """
[fence-count]
answer = 3
why = "f1, f2, f3: SECRET-WHY."
[fence-essay]
by_hand = true
[form-a]
answer = ["yes"]
[form-b]
answer = ["no"]
""",
    "glossary.csv": "term,meaning\nclause,a piece of a sentence with its own verb\n",
}


def write_small_content(folder: Path, **changes: str) -> Path:
    """Write the small kit into `folder` and return it; a keyword names a file (with __ for /, _dot_ for .) to replace."""
    files = {**FILES, **{name.replace("__", "/").replace("_dot_", "."): text for name, text in changes.items()}}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def replace_in(folder: Path, name: str, old: str, new: str) -> Path:
    """Change one passage of one file of the small kit, and make sure that there was something to change."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")
    return folder
