"""Ids and names as they are compared: two that look alike on paper are one."""

from __future__ import annotations

import unicodedata


def same(written: str | None) -> str:
    """An id or a name as it is compared: trimmed, single spaces, composed letters.

    >>> same("  Zoe\\u0308   Lund ") == same("Zo\\u00eb Lund")
    True
    """
    return unicodedata.normalize("NFC", " ".join((written or "").split()))
