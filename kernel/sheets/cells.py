"""From the text of a cell to what is meant; full-width digits count where a number, a day or a code is meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from kernel.text import FORMULA, HOSTILE

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]0?0:00(?::00)?)?\Z")  # zh: days
SERIAL = re.compile(r"[1-9]\d{4}\Z")  # 1927 to 2173, as a spreadsheet counts days


class BadCell(Exception):
    """The cell does not hold what it should; `why` is a code of kernel.sheets.words."""

    def __init__(self, why: str, detail: str = "", **more: str) -> None:
        super().__init__(f"{why} {detail}".strip())
        self.why, self.detail, self.more = why, detail[:60], more


def folded(text: str) -> str:
    """A text with full-width letters and digits made plain, and no space around it."""
    return unicodedata.normalize("NFKC", text).strip()


def plain(text: str, *, most: int, needed: bool = False) -> str:
    """Prose as written, without what cannot be stored and without the apostrophe that makes a formula a text."""
    text = HOSTILE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if text.startswith("'") and text.lstrip("'").startswith(FORMULA):
        text = text[1:]
    if needed and not text:
        raise BadCell("missing")
    if len(text) > most:
        raise BadCell("too_long", str(most))
    return text


def code(text: str, *, most: int = 64, needed: bool = False) -> str:
    """A code of letters, digits, full stops, hyphens and underscores."""
    said = folded(plain(text, most=most * 2, needed=needed))
    if len(said) > most:
        raise BadCell("too_long", str(most))
    if said and not CODE.match(said):
        raise BadCell("no_code", said)
    return said


def number(text: str) -> Decimal | None:
    """A number, None for an empty cell."""
    said = folded(text).replace(",", "")
    if not said:
        return None
    try:
        value = Decimal(said)
    except InvalidOperation as error:
        raise BadCell("no_number", text) from error
    if not value.is_finite() or abs(value.adjusted()) > 15:
        raise BadCell("no_number", text)
    return value


def whole(text: str) -> int | None:
    """A whole number, None for an empty cell."""
    value = number(text)
    if value is None:
        return None
    if value != value.to_integral_value() or abs(value) > 10**9:
        raise BadCell("no_whole_number", text)
    return int(value)


def day(text: str) -> date | None:
    """A day, None for an empty cell. A bare number is refused by name: its format as a date was lost."""
    said = folded(text)
    if not said:
        return None
    if SERIAL.match(said):
        raise BadCell("serial_day", said)
    found = DAY.match(said)
    try:
        if found is None:
            raise ValueError
        return date(*(int(one) for one in found.groups()))
    except ValueError as error:
        raise BadCell("no_day", said) from error


def word(text: str, *, choices: Mapping[str, str], needed: bool = False) -> str:
    """The value that one of the words stands for; `choices` is word → value, "" for an empty cell."""
    said = folded(text)
    if not said:
        if needed:
            raise BadCell("missing")
        return ""
    value = choices.get(said, choices.get(said.casefold()))
    if value is None:
        raise BadCell("unknown_word", said, choices=" / ".join(list(choices)[:12]))
    return value


def shielded(text: str) -> str:
    """A text for a cell that can never become a formula; plain() takes the apostrophe off again."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text
