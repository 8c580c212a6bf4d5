"""The Makefile of a release: only what works there, and only what a learner needs is installed."""

from __future__ import annotations

import re

TARGETS = ("help", "lab", "clean", "$(READY)")
RULE = re.compile(r"(?P<targets>[^\s#:=][^:=]*):(?!=)")
TOLD = re.compile(r'\t@echo "make (?P<target>\w+) ')


def for_release(makefile: str) -> str:
    """The checkout's Makefile without the rules that need its tests, and without what only they need.

    >>> for_release("lab: x\\n\\tgo '.[lab,test]'\\n\\ntest: x\\n\\tpytest\\n")
    "lab: x\\n\\tgo '.[lab]'\\n"
    """
    kept: list[str] = []
    inside = True
    for line in makefile.splitlines():
        if rule := RULE.match(line):
            targets = rule["targets"].split()
            inside = targets[0] in TARGETS or targets[0].startswith(".")
        elif line.startswith("#"):
            inside = True
        told = TOLD.match(line)
        if inside and (told is None or told["target"] in TARGETS):
            kept.append(line)
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")
    text = re.sub(r"(?m)^\.PHONY:.*$", ".PHONY: " + " ".join(TARGETS[:-1]), text)
    text = re.sub(r"^# Says Who\?.*", "# Says Who?   `make lab` opens the first lesson, and sets up what it needs.", text)
    return text.replace("'.[lab,test]'", "'.[lab]'") + "\n"
