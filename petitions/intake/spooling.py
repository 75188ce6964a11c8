"""Any file becomes one plain form: lines of JSON, the column names first, then each row under its number.

What follows (preview, check, import, going on after a crash) then reads one form, a line at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from petitions.intake import delimited, workbooks
from petitions.intake.problems import BadFile

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 200
OLE = b"\xd0\xcf\x11\xe0"  # the workbooks of before 2007


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file. `number` is the one that a spreadsheet shows: the row of the names is 1."""

    number: int
    cells: list[str]


def spool(*, source: Path, target: Path, encoding: str = "auto") -> int:
    """Write the plain form of a file; returns how many rows it has. Raises BadFile, and leaves nothing then."""
    if source.stat().st_size > MAX_BYTES:
        raise BadFile("too_large")
    half = target.with_name(target.name + ".part")
    try:
        with _opened(source, encoding) as rows, half.open("w", encoding="utf-8") as out:
            count = _write(rows, out)
        half.rename(target)
    finally:
        half.unlink(missing_ok=True)
    return count


def columns_of(spooled: Path) -> list[str]:
    """The names of the columns."""
    with spooled.open(encoding="utf-8") as stream:
        names: list[str] = json.loads(stream.readline())
        return names


def rows_of(spooled: Path, *, skip: int = 0) -> Iterator[Row]:
    """The rows after the first `skip` ones."""
    with spooled.open(encoding="utf-8") as stream:
        for line in islice(stream, skip + 1, None):
            number, cells = json.loads(line)
            yield Row(number, cells)


def _opened(source: Path, encoding: str) -> AbstractContextManager[Iterator[list[str]]]:
    with source.open("rb") as stream:
        start = stream.read(4)
    if not start:
        raise BadFile("empty")
    if start == OLE:
        raise BadFile("old_workbook")
    if workbooks.looks_packed(source):
        return workbooks.rows_of(source)
    return delimited.rows_of(source, encoding=encoding)


def _write(rows: Iterator[list[str]], out: object) -> int:
    write = out.write  # type: ignore[attr-defined]
    names: list[str] = []
    count = 0
    for number, cells in enumerate(rows, start=1):
        filled = sum(1 for cell in cells if cell.strip())
        if not names:
            if filled >= 2:  # a merged heading above the table fills one cell only
                names = _named(cells)
                write(json.dumps(names, ensure_ascii=False) + "\n")
            continue
        if filled:
            count += 1
            if count > MAX_ROWS:
                raise BadFile("too_many_rows")
            write(json.dumps([number, cells], ensure_ascii=False) + "\n")
    if not names:
        raise BadFile("no_table")
    return count


def _named(cells: list[str]) -> list[str]:
    """Every column gets a name, and no two the same."""
    if len(cells) > MAX_COLUMNS:
        raise BadFile("too_many_columns")
    names: list[str] = []
    for position, cell in enumerate(cells, start=1):
        plain = " ".join(cell.split())[:40] or f"#{position}"
        names.append(plain if plain not in names else f"{plain[:34]} #{position}")
    return names
