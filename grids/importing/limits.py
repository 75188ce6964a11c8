"""How much of a file with a map is read. A hostile one asks for more; it is refused, and nothing else suffers."""

from __future__ import annotations

MEGABYTE = 1024 * 1024
FILE_BYTES = 30 * MEGABYTE
UNPACKED_BYTES = 150 * MEGABYTE
RATIO = 60  # of what a packed file holds to its size; a bomb has a thousand
SMALL_BYTES = 5 * MEGABYTE  # below this the ratio says nothing
MEMBERS = 40
FEATURES = 25_000
POINTS = 2_000_000
MEMORY_BYTES = 1536 * MEGABYTE  # of address space: the library alone maps half of it
SECONDS = 30.0
WRITTEN_BYTES = 120 * MEGABYTE
VALUE_LENGTH = 120
