"""A font of the few signs that the pages use, cut out of one with thousands: a tenth of its weight.

Reads the published TrueType file, keeps the outlines asked for and writes them as WOFF, whose tables are packed with
zlib. What the signs of an icon font do not have (parts made of other signs, ligatures, hints) is left out or refused.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import NamedTuple

KEPT = ("OS/2", "head", "hhea", "maxp", "name")
LONG_OFFSETS = 1


class Signs(NamedTuple):
    """Outlines and widths in the order of the new font, the blank first, and the code points of the rest."""

    outlines: list[bytes]
    widths: list[bytes]
    codes: list[int]


def cut(*, font: bytes, codes: Iterable[int]) -> bytes:
    """The font as WOFF with only these code points. KeyError for one that it has not; ValueError for another format."""
    tables = _tables(font)
    signs = _signs(tables, sorted(set(codes)))
    made = {name: tables[name] for name in KEPT}
    offsets = [0]
    for one in signs.outlines:
        offsets.append(offsets[-1] + len(one))
    made["glyf"] = b"".join(signs.outlines)
    made["loca"] = struct.pack(f">{len(offsets)}I", *offsets)
    made["hmtx"] = b"".join(signs.widths)
    made["cmap"] = _map_of(signs.codes)
    made["post"] = struct.pack(">I", 0x00030000) + tables["post"][4:32]  # without the names of the signs
    number = struct.pack(">H", len(signs.outlines))
    made["maxp"] = made["maxp"][:4] + number + made["maxp"][6:]
    made["hhea"] = made["hhea"][:34] + number
    made["head"] = made["head"][:8] + b"\0\0\0\0" + made["head"][12:]
    return _woff(made)


def _tables(font: bytes) -> dict[str, bytes]:
    (number,) = struct.unpack_from(">H", font, 4)
    found = {}
    for place in range(number):
        tag, _sum, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * place)
        found[tag.decode("ascii")] = font[offset : offset + length]
    return found


def _signs(tables: dict[str, bytes], codes: list[int]) -> Signs:
    """The blank sign and those of the code points."""
    (format_of_offsets,) = struct.unpack_from(">h", tables["head"], 50)
    (number,) = struct.unpack_from(">H", tables["maxp"], 4)
    (measured,) = struct.unpack_from(">H", tables["hhea"], 34)
    if format_of_offsets != LONG_OFFSETS or measured != number:
        raise ValueError("a font of another make")
    offsets = struct.unpack_from(f">{number + 1}I", tables["loca"])
    places = _places(tables["cmap"])
    wanted = [0, *(places[code] for code in codes)]
    outlines = [_padded(tables["glyf"][offsets[one] : offsets[one + 1]]) for one in wanted]
    if any(one and struct.unpack_from(">h", one)[0] < 0 for one in outlines):
        raise ValueError("a sign made of others")
    return Signs(outlines, [tables["hmtx"][4 * one : 4 * one + 4] for one in wanted], codes)


def _places(table: bytes) -> dict[int, int]:
    """Code point → number of its sign, from the table for all of Unicode."""
    (number,) = struct.unpack_from(">H", table, 2)
    for entry in range(number):
        platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * entry)
        if (platform, encoding) == (3, 10):
            break
    else:
        raise ValueError("a font without all of Unicode")
    (groups,) = struct.unpack_from(">I", table, offset + 12)
    found: dict[int, int] = {}
    for group in range(groups):
        first, last, sign = struct.unpack_from(">III", table, offset + 16 + 12 * group)
        found.update((code, sign + code - first) for code in range(first, last + 1))
    return found


def _map_of(codes: list[int]) -> bytes:
    groups = b"".join(struct.pack(">III", code, code, sign) for sign, code in enumerate(codes, start=1))
    table = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(codes)) + groups
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table


def _woff(tables: dict[str, bytes]) -> bytes:
    """All tables in one file, as the recommendation of the W3C for WOFF 1.0 lays it out."""
    directory, body, sfnt = b"", b"", 12 + 16 * len(tables)
    start = 44 + 20 * len(tables)
    for name in sorted(tables):
        table = tables[name]
        packed = zlib.compress(table, 9)
        packed = packed if len(packed) < len(table) else table
        words = (start + len(body), len(packed), len(table), _checksum(table))
        directory += struct.pack(">4sIIII", name.encode("ascii"), *words)
        body += _padded(packed)
        sfnt += len(_padded(table))
    whole = start + len(body)
    head = struct.pack(">4s4sIHHIHH", b"wOFF", b"\0\1\0\0", whole, len(tables), 0, sfnt, 1, 0) + b"\0" * 20
    return head + directory + body


def _checksum(table: bytes) -> int:
    padded = _padded(table)
    return sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF


def _padded(table: bytes) -> bytes:
    return table + b"\0" * (-len(table) % 4)
