"""`python -m petitions.intake.sheets FILE`: one sheet as lines of JSON, in a process whose memory and time are bounded.

A hostile workbook may ask for any amount of either; it then ends this process and nothing else. Nothing of Django is
loaded here.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 30
OUTPUT_BYTES = 400 * 1024 * 1024


def text_of(value: Any) -> str:
    """A cell as a person reads it: whole numbers without a point, moments in ISO form."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)


def bound() -> None:
    """Give up the right to more memory, time and output than a real export needs."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Write the rows of the first sheet that has any."""
    bound()
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  (only after the bounds hold)

    book = CalamineWorkbook.from_path(sys.argv[1])
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.height == 0:
            continue
        for row in sheet.iter_rows():
            sys.stdout.write(json.dumps([text_of(cell) for cell in row], ensure_ascii=False) + "\n")
        return


if __name__ == "__main__":
    main()
