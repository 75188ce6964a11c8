"""What is wrong with a file as a whole, and where; the words for it are in kernel.sheets.words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a file: `row` and `column` count from 1 as a spreadsheet does, 0 is none; `heading` names the column."""

    sheet: str = ""
    row: int = 0
    column: int = 0
    heading: str = ""


class BadFile(Exception):
    """The file cannot be read as a table; `why` is a code of kernel.sheets.words, `detail` a figure or a name."""

    def __init__(self, why: str, detail: str = "", *, place: Place | None = None) -> None:
        super().__init__(f"{why} {detail}".strip())
        self.why = why
        self.detail = detail
        self.place = place or Place()
