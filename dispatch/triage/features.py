"""A text as the pieces that the learner knows it by. Pure: the same here and when it was learnt."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

LONGEST = 3  # characters of a piece: most Chinese words have two, and nobody has to cut the text into words
TITLE_CHARACTERS = 40
OPENING = "^"  # marks a piece of the beginning
MOST_CHARACTERS = 4000  # of a text: what is longer says the same again
DIGITS = re.compile(r"[0-9]+")
SPOKEN = re.compile(r"[\u3400-\u9fff]{2,}\Z")  # what may be shown as a word: never a number or a code


def plain(text: str) -> str:
    """One form for the same text: widths and cases folded, spaces dropped, every number the same."""
    folded = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).lower()
    return DIGITS.sub("0", "".join(folded.split()))


def pieces(text: str) -> list[str]:
    """Every run of one to three characters of the text, as often as it stands there; those of its beginning twice.

    A message begins with its title, and a title says what it is about.
    """
    said = plain(text)
    return [*_runs(said), *(OPENING + one for one in _runs(said[:TITLE_CHARACTERS]))]


def _runs(said: str) -> list[str]:
    return [said[at : at + size] for size in range(1, LONGEST + 1) for at in range(len(said) - size + 1)]


def counted(text: str) -> Counter[str]:
    """The pieces with how often each occurs."""
    return Counter(pieces(text))


def is_word(piece: str) -> bool:
    """Whether a piece may be shown to people as a word."""
    return bool(SPOKEN.match(piece))
