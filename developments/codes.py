"""GB 32100-2015: the unified social credit code of a legal person, with its check character. Pure."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V and Z
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
LENGTH = 18


def check_character(body: str) -> str:
    """The last of the eighteen characters for the seventeen before it. ValueError for a character of another kind."""
    total = sum(ALPHABET.index(one) * weight for one, weight in zip(body, WEIGHTS, strict=True))
    return ALPHABET[-total % len(ALPHABET)]


def is_credit_code(code: str) -> bool:
    """Whether a code has eighteen characters of the alphabet, and the last one fits."""
    if len(code) != LENGTH or any(one not in ALPHABET for one in code):
        return False
    return check_character(code[:-1]) == code[-1]
