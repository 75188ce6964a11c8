"""Words that were looked for, marked in the text that they were found in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH = 90
BEFORE = 24
MORE = "…"


def marked(text: str, words: Iterable[str]) -> SafeString:
    """The text, escaped, with every occurrence of the words in <mark>; letters large or small."""
    pattern = _pattern(words)
    if pattern is None:
        return mark_safe(escape(text))  # noqa: S308  (escaped here)
    parts = pattern.split(text)  # what was found stands at the odd places
    told = (f"<mark>{escape(part)}</mark>" if place % 2 else escape(part) for place, part in enumerate(parts))
    return mark_safe("".join(told))  # noqa: S308  (every part is escaped)


def excerpt(text: str, words: Iterable[str], *, width: int = WIDTH) -> SafeString:
    """So many characters around the first occurrence, marked; the beginning of the text where none is in it."""
    listed = list(words)
    pattern = _pattern(listed)
    hit = pattern.search(text) if pattern is not None else None
    start = max(hit.start() - BEFORE, 0) if hit is not None else 0
    piece = text[start : start + width]
    before, after = MORE if start else "", MORE if start + width < len(text) else ""
    return mark_safe(f"{before}{marked(piece, listed)}{after}")  # noqa: S308  (escaped by marked())


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """The longest first, so that a word within another does not cut it short."""
    listed = sorted({one for one in words if one}, key=lambda one: (-len(one), one))
    return re.compile(f"({'|'.join(map(re.escape, listed))})", re.IGNORECASE) if listed else None
