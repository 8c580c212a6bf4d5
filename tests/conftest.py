"""What all tests share: invented examples are the same in every run, and none fails for being slow.

A run that fails must fail again when it is run again, so the examples are derived from the test itself.
To look for new ones: `python -m pytest tests --hypothesis-profile=search`, as often as you like; each run draws others.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("same-each-time", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, derandomize=False)
settings.load_profile("same-each-time")
