"""A text as the pieces that the learner knows it by. Pure: the same here and when it was learnt."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

LONGEST = 3  # characters of a piece: most Chinese words have two, and nobody has to cut the text into words
TITLE_CHARACTERS = 25
OPENING = "^"  # marks a piece of the beginning
MOST_CHARACTERS = 4000  # of a text: what is longer says the same again
DIGITS = re.compile(r"[0-9]+")
MARKS = re.compile(r"[\W_]+")
SPOKEN = re.compile(r"[\u3400-\u9fff]{2,}\Z")  # what may be shown as a word: never a number or a code


def plain(text: str) -> str:
    """One form for the same text: widths and cases folded, spaces and marks dropped, every number the same."""
    return DIGITS.sub("0", MARKS.sub("", folded(text)))


def folded(text: str) -> str:
    """The text in one width and case, as it was said: what stands on both sides of a comma is apart."""
    return unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).lower()


def pieces(text: str) -> list[str]:
    """Every run of one to three characters of the text, as often as it stands there; then those of its beginning.

    A message begins with its title, and a title says what it is about: its pieces are pieces of their own, and said
    twice, which makes each worth some two thirds more.
    """
    said = plain(text)
    opening = [OPENING + one for one in _runs(said[:TITLE_CHARACTERS])]
    return [*_runs(said), *opening, *opening]


def _runs(said: str) -> list[str]:
    return [said[at : at + size] for size in range(1, LONGEST + 1) for at in range(len(said) - size + 1)]


def counted(text: str) -> Counter[str]:
    """The pieces with how often each occurs."""
    return Counter(pieces(text))


def is_word(piece: str) -> bool:
    """Whether a piece may be shown to people as a word."""
    return bool(SPOKEN.match(piece))
