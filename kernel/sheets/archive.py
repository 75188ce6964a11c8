"""The archive that a workbook is: measured by its directory before a byte of it is unpacked. Runs in the child."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from kernel.sheets.limits import MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED, MEGABYTE, SMALL
from kernel.sheets.problems import BadFile

PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
OLE = b"\xd0\xcf\x11\xe0"
MACROS = ("xl/vbaproject.bin", "xl/macrosheets/", "xl/dialogsheets/")
OUTSIDE = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/")


def opened(path: Path) -> zipfile.ZipFile:
    """The archive of a workbook that is safe to unpack. Raises BadFile for any other."""
    try:
        packed = zipfile.ZipFile(path)
        entries = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadFile("damaged") from error
    _measured(entries)
    names = {one.filename.lower() for one in entries}
    _plain(names)
    for one in entries:
        _not_nested(packed, one)
    if b"macroEnabled" in _start_of(packed, "[Content_Types].xml", size=MEGABYTE):
        raise BadFile("macros")
    return packed


def _measured(entries: Sequence[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise BadFile("bomb", f"{len(entries)} entries")
    unpacked = sum(one.file_size for one in entries)
    packed = max(sum(one.compress_size for one in entries), 1)
    if unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked > MAX_RATIO * packed):
        raise BadFile("bomb", f"{unpacked // MEGABYTE} MB")
    if any(one.flag_bits & 1 for one in entries):
        raise BadFile("locked")
    if any(one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for one in entries):
        raise BadFile("no_workbook")


def _plain(names: set[str]) -> None:
    """A workbook of cells alone: no programs, no doors to other files."""
    if any(name.startswith(MACROS) for name in names):
        raise BadFile("macros")
    if any(name.startswith(OUTSIDE) for name in names):
        raise BadFile("external_links")
    if "xl/workbook.bin" in names:
        raise BadFile("old_workbook")
    if "xl/workbook.xml" not in names:
        raise BadFile("no_workbook")


def _not_nested(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    start = _start_of(packed, entry, size=4)
    if start.startswith((*PACKED, OLE)):
        raise BadFile("nested", entry.filename[-80:])


def _start_of(packed: zipfile.ZipFile, entry: zipfile.ZipInfo | str, *, size: int) -> bytes:
    try:
        with packed.open(entry) as stream:
            return stream.read(size)
    except KeyError:
        return b""
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadFile("damaged") from error
