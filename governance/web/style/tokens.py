"""The tokens as the style sheet has them: read from the file, so that page and test speak of what is served."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.conf import settings

LIGHT, DARK, MEASURES = '[data-bs-theme="light"] {', '[data-bs-theme="dark"] {', ":root {"
TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")
TONES = ("grey", "blue", "teal", "indigo", "violet", "orange", "yellow", "red", "green")
INKS = ("ink", "ink-2", "ink-3", "accent", "accent-strong")
GROUNDS = ("canvas", "surface", "sunken", "hover", "chosen")


@cache
def tokens(head: str) -> dict[str, str]:
    """Name and value of each token of the first block with this head. ValueError where the file has no such block."""
    sheet = (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    start = sheet.index(head) + len(head)
    return {name: " ".join(value.split()) for name, value in TOKEN.findall(sheet[start : sheet.index("}", start)])}


def measures() -> dict[str, list[tuple[str, str]]]:
    """The spacing and type scales and the radii, each as name and value."""
    found = tokens(MEASURES)
    return {
        kind: [(name, value) for name, value in found.items() if name.startswith(kind)]
        for kind in ("space", "text", "radius")
    }
