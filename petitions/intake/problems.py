"""What is wrong with a file as a whole, and with one row of it."""

from __future__ import annotations


class BadFile(Exception):
    """The file cannot be read as a table; `why` is a code of WHY_FILE in petitions.services.importing."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(f"{why} {detail}".strip())
        self.why = why
        self.detail = detail


class BadRow(Exception):
    """One row cannot become a petition: which column, and a code of why."""

    def __init__(self, *, column: str, why: str) -> None:
        super().__init__(f"{column}: {why}")
        self.column = column
        self.why = why
