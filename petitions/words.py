"""What somebody types into a search: terms, pairs of characters, and what looks like a number."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_TERMS = 6
SHORTEST_TAIL = 4
NUMBER = re.compile(r"[A-Za-z]{1,4}[0-9]{12,18}\Z")
DIGITS = re.compile(rf"[0-9]{{{SHORTEST_TAIL},18}}\Z")
TRACKING = re.compile(r"[0-9A-Za-z]{10}\Z")
# The same runs as those of the function bigrams() in the database (migration 0008).
RUN = re.compile(r"[0-9a-z\u3400-\u4dbf\u4e00-\u9fff]{2,}")
LETTERS = re.compile("[A-Za-z]")
LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
# A telephone number is looked for by its keyed index alone, on record, and never stands in an address.
PHONE = re.compile(r"(?<![0-9])(?:\+?86[\s-]*)?1[\s-]*[3-9](?:[\s-]*[0-9]){9}(?![0-9])")


def terms_of(words: str) -> tuple[str, ...]:
    """The terms, each once and in order; all of them must be found. What cannot be stored cannot be found either."""
    return tuple(dict.fromkeys(words.replace("\x00", " ").split()))[:MOST_TERMS]


def pairs_of(term: str) -> frozenset[str]:
    """The pairs of neighbouring characters that a text with the term surely has; empty for a single character."""
    runs = RUN.findall(term.translate(LOWER))
    return frozenset(run[place : place + 2] for run in runs for place in range(len(run) - 1))


def telling_pairs(term: str) -> frozenset[str]:
    """The pairs by which the index tells cases apart; none where all are digits: each of those stands in every tenth
    case or so.
    """
    pairs = pairs_of(term)
    return pairs if any(not pair.isdigit() for pair in pairs) else frozenset()


def is_number(term: str) -> bool:
    """Whether it is the whole number of a case."""
    return bool(NUMBER.match(term))


def has_phone(words: str) -> bool:
    """Whether the number of a mobile telephone stands in it, however it is grouped."""
    return bool(PHONE.search(words))


def refuse_phone(words: str) -> None:
    """A validator of what is searched for in a list. Raises ValidationError for a telephone number."""
    if has_phone(words):
        raise ValidationError(_("A telephone number must not stand in an address: use the search by telephone."))


def has_letters(term: str) -> bool:
    """Whether large and small letters have to be taken for the same."""
    return bool(LETTERS.search(term))
