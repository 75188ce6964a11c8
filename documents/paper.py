"""What stands on a document, as plain data: whoever renders it never sees a template that somebody typed into."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.errors import TooLarge

# A petition holds 8,000 characters and its result 4,000; what is longer than this is no letter.
MOST_CHARACTERS = 60_000
MOST_BLOCKS = 200
# Control characters, surrogates and what no character is; and those that turn the direction of what stands beside them.
UNPRINTABLE = frozenset({"Cc", "Cs", "Cn", "Co"})
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, a text of one or more paragraphs, or a table of labels and values."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document. `number` is filled in when it is issued, unless what it prints has a number of its own."""

    language: str
    issuer: str
    title: str
    addressee: str = ""
    blocks: tuple[Block, ...] = ()
    signed: str = ""
    note: str = ""
    number: str = ""
    date: str = ""
    again: str = field(default="")

    def plain(self) -> dict[str, Any]:
        """As JSON for the press, every text made printable. Raises TooLarge."""
        said: dict[str, Any] = _each(asdict(self))
        if len(self.blocks) > MOST_BLOCKS or _length(said) > MOST_CHARACTERS:
            raise TooLarge(_("This is too long for one document."))
        return said


def heading(text: str) -> Block:
    """A heading inside the document."""
    return Block(kind="heading", text=text)


def text(said: str) -> Block:
    """What is written: a paragraph per line."""
    return Block(kind="text", text=said)


def table(*rows: tuple[str, str]) -> Block:
    """Labels and values; a row without a value is left out."""
    return Block(kind="table", rows=tuple(row for row in rows if row[1]))


def printable(said: str) -> str:
    """A text without anything that a printer or a word processor could choke on or be deceived by."""
    lines = said.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(one for one in lines if one == "\n" or _prints(one))


def date_words(day: date, *, language: str) -> str:
    """A date as letters write it: 2026年11月22日, 22 November 2026."""
    if language.startswith("zh"):
        return f"{day.year}年{day.month}月{day.day}日"  # zh: the official form of a date
    return f"{day.day} {day:%B} {day.year}"


def moment_words(at: datetime, *, language: str) -> str:
    """An instant on the clock of the office as letters write it, to the minute."""
    local = timezone.localtime(at)
    day = date_words(local.date(), language=language)
    if language.startswith("zh"):
        return f"{day}{local.hour}时{local.minute:02d}分"  # zh: the official form of a time
    return f"{day}, {local:%H:%M}"


def numbered(paper: Paper, *, number: str, date: str, again: str = "") -> Paper:
    """The paper under its number and date, where it has none of its own; `again`: what a changed reprint says."""
    return replace(paper, number=paper.number or number, date=paper.date or date, again=again)


def _prints(one: str) -> bool:
    return one not in TURNING and unicodedata.category(one) not in UNPRINTABLE


def _each(said: Any) -> Any:
    if isinstance(said, dict):
        return {name: _each(value) for name, value in said.items()}
    if isinstance(said, list | tuple):
        return [_each(value) for value in said]
    return printable(said) if isinstance(said, str) else said


def _length(said: Any) -> int:
    if isinstance(said, dict):
        return sum(_length(value) for value in said.values())
    if isinstance(said, list):
        return sum(_length(value) for value in said)
    return len(said) if isinstance(said, str) else 0
