"""Merged cells: only the first of them holds anything, and the rows below look empty to a program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

AT_ONCE = 300  # ranges that overlap are no work of a spreadsheet; a row has fewer columns than this
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})\Z")


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """Cells merged into one; rows count from 1, columns from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


def ranges_of(references: Iterable[str]) -> list[Range]:
    """The ranges written "A1:C3", from the top down; what is no range is left out."""
    found = []
    for one in references:
        if parts := REFERENCE.match(one):
            left, top, right, bottom = parts.groups()
            found.append(Range(int(top), position_of(left), int(bottom), position_of(right)))
    return sorted(found)


def position_of(letters: str) -> int:
    """The position of a column: A is 0."""
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - 64
    return number - 1


def letters_of(column: int) -> str:
    """The letters of a column that counts from 1."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def marked(rows: Iterable[Any], *, ranges: Sequence[Range]) -> Iterator[Any]:
    """The rows with a mark on each cell that belongs to merged ones."""
    waiting, open_now = list(reversed(ranges)), []
    for row in rows:
        while waiting and waiting[-1].top <= row.number:
            open_now.append(waiting.pop())
        open_now = [one for one in open_now if one.bottom >= row.number]
        if open_now:
            open_now = open_now[:AT_ONCE]
            inside = {at for one in open_now for at in range(one.left, min(one.right, AT_ONCE) + 1)}
            yield replace(row, marks={**dict.fromkeys(sorted(inside), "merged"), **row.marks})
        else:
            yield row
