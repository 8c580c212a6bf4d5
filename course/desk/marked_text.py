"""For which words of a learner a level was given: a short code of them stands beside it, so that an answer handed in anew is noticed."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any


def words_of(value: Any) -> dict[str, str]:
    """The words of an answer by field; an answer without fields has one without a name.

    >>> words_of("Rain."), words_of({"claim": "Rain."})
    ({'': 'Rain.'}, {'claim': 'Rain.'})
    """
    return {str(name): str(text) for name, text in (value if isinstance(value, dict) else {"": value}).items()}


def text_code(words: Mapping[str, str]) -> str:
    """The code of an answer's words. Spaces and line ends don't matter; the letter before it keeps spreadsheets from reading a number.

    >>> text_code({"": "It rains."}) == text_code({"": " It  rains.\\n"}), text_code({"": "It rains."}) == text_code({"": "It snows."})
    (True, False)
    >>> text_code({"": "It rains."})
    't6c69d194ca'
    """
    told = json.dumps(sorted((name, unicodedata.normalize("NFC", " ".join(text.split()))) for name, text in words.items()))
    return f"t{hashlib.sha256(told.encode()).hexdigest()[:10]}"
