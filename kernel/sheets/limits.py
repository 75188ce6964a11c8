"""How much of a file is read. A hostile one asks for more of everything; it is refused, and nothing else suffers."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
MEMORY_BYTES = 512 * MEGABYTE  # address space of the child
MAX_ENTRIES = 2000  # parts in the archive that a workbook is
MAX_UNPACKED = 300 * MEGABYTE
MAX_RATIO = 150  # a workbook of plain text packs to a tenth; a bomb to a thousandth
SMALL = 5 * MEGABYTE  # below this the ratio says nothing
MAX_STRING = 200_000  # characters in one cell; Excel itself allows 32,767
MAX_MERGED = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one kind of import takes. `rows` counts over all sheets, `seconds` is wall-clock, `written` characters."""

    bytes: int = 50 * MEGABYTE
    rows: int = 200_000
    columns: int = 200
    sheets: int = 30
    seconds: float = 20.0
    written: int = 200 * MEGABYTE
