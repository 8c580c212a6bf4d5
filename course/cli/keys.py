"""Options that name one thing: given twice, the last would win in silence, and a pack be left out unseen."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any


class OneFolder(argparse.Action):
    """`--keys DIR`, once: a second folder is refused with a sentence."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: str | Sequence[Any] | None, option_string: str | None = None) -> None:
        """Take the folder, unless there is one already."""
        if getattr(namespace, self.dest, None) is not None:
            parser.error(f"{option_string} takes one folder; lay the packs together in one folder")
        setattr(namespace, self.dest, values)
