"""Any file becomes one plain form: lines of JSON, the column names first, then each row under its number.

What follows (preview, check, import, going on after a crash) then reads one form, a line at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from kernel.sheets.limits import Limits
from kernel.sheets.problems import BadFile
from kernel.sheets.reading import Row, Sheet, opened

# Two million cells take some ten seconds of a processor to themselves, and this one may be shared.
LIMITS = Limits(rows=200_000, columns=200, seconds=60)


def spool(*, source: Path, target: Path, encoding: str = "auto") -> int:
    """Write the plain form of a file's first sheet with content; returns how many rows it has.

    Raises BadFile, and leaves nothing then.
    """
    half = target.with_name(target.name + ".part")
    try:
        with (
            opened(source, limits=LIMITS, encoding=encoding, first=True) as book,
            half.open("w", encoding="utf-8", errors="surrogatepass") as out,
        ):
            count = _write(book.sheets[-1], out)
        half.rename(target)
    finally:
        half.unlink(missing_ok=True)
    return count


def columns_of(spooled: Path) -> list[str]:
    """The names of the columns."""
    with spooled.open(encoding="utf-8", errors="surrogatepass") as stream:
        names: list[str] = json.loads(stream.readline())
        return names


def rows_of(spooled: Path, *, skip: int = 0) -> Iterator[Row]:
    """The rows after the first `skip` ones."""
    with spooled.open(encoding="utf-8", errors="surrogatepass") as stream:
        for line in islice(stream, skip + 1, None):
            number, cells, marks = json.loads(line)
            yield Row(number, cells, {int(position): mark for position, mark in marks.items()})


def _write(sheet: Sheet, out: IO[str]) -> int:
    names: list[str] = []
    count = 0
    for row in sheet.rows():
        if names:
            count += 1
            out.write(json.dumps([row.number, row.cells, row.marks], ensure_ascii=False) + "\n")
        elif sum(1 for cell in row.cells if cell.strip()) >= 2:  # a heading above the table fills one cell only
            names = _named(row.cells)
            out.write(json.dumps(names, ensure_ascii=False) + "\n")
    if not names:
        raise BadFile("no_table")
    return count


def _named(cells: list[str]) -> list[str]:
    """Every column gets a name, and no two the same."""
    names: list[str] = []
    for position, cell in enumerate(cells, start=1):
        plain = " ".join(cell.split())[:40] or f"#{position}"
        names.append(plain if plain not in names else f"{plain[:34]} #{position}")
    return names
