"""What is wrong with one row of a file; what is wrong with a file as a whole is in kernel.sheets."""

from __future__ import annotations


class BadRow(Exception):
    """One row cannot become a petition: which column, and a code of why."""

    def __init__(self, *, column: str, why: str) -> None:
        super().__init__(f"{column}: {why}")
        self.column = column
        self.why = why
