"""Text from outside: what is refused, and what is quietly put right."""

from __future__ import annotations

import re
from typing import Any

# Bidirectional controls turn a line round on the screen and make one name look like another; NUL and lone surrogates
# cannot be stored at all.
HOSTILE = re.compile("[\x00\ud800-\udfff\u202a-\u202e\u2066-\u2069]")

REFUSED = "\ufffd"  # stands where such a character stood in a file


def refuse_hostile(value: Any, *, depth: int = 32) -> None:
    """Raise ValueError where a value, at any depth, holds NUL, a lone surrogate or a bidirectional control."""
    if depth < 0:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        if HOSTILE.search(value):
            raise ValueError("a text holds a character that is not accepted")
    elif isinstance(value, dict):
        for key, inner in value.items():
            refuse_hostile(key, depth=depth)
            refuse_hostile(inner, depth=depth - 1)
    elif isinstance(value, list):
        for inner in value:
            refuse_hostile(inner, depth=depth - 1)


FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def harmless_cell(text: str) -> str:
    """A text for a spreadsheet cell: what would begin a formula is led by an apostrophe, which makes it text."""
    return f"'{text}" if text.startswith(FORMULA) else text
