"""XLSX: measured before it is unpacked, and parsed in a child process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from petitions.intake.problems import BadFile

ROOT = Path(__file__).resolve().parents[2]
MAX_ENTRIES = 2000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 150  # a workbook of plain text packs to a tenth; a bomb to a thousandth
SMALL = 5 * 1024 * 1024  # below this the ratio says nothing
SECONDS = 40.0


def looks_packed(path: Path) -> bool:
    """True for a ZIP, whatever its name."""
    with path.open("rb") as stream:
        return stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def measure(path: Path) -> None:
    """Raise BadFile for what is no workbook, or would unpack to too much."""
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadFile("damaged") from error
    if len(entries) > MAX_ENTRIES:
        raise BadFile("bomb", f"{len(entries)} entries")
    unpacked = sum(entry.file_size for entry in entries)
    packed_size = max(sum(entry.compress_size for entry in entries), 1)
    if unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked > MAX_RATIO * packed_size):
        raise BadFile("bomb", f"{unpacked // 1024 // 1024} MB unpacked")
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadFile("locked")
    if not any(entry.filename.startswith("xl/workbook.") for entry in entries):
        raise BadFile("no_workbook")


@contextmanager
def rows_of(path: Path) -> Iterator[Iterator[list[str]]]:
    """The rows of the first sheet with content, streamed from what the child process has written."""
    measure(path)
    with tempfile.TemporaryFile() as written:
        command = [sys.executable, "-m", "petitions.intake.sheets", str(path.absolute())]
        try:
            done = subprocess.run(
                command, cwd=ROOT, stdout=written, stderr=subprocess.DEVNULL, timeout=SECONDS, check=False, env={}
            )
        except subprocess.TimeoutExpired as error:
            raise BadFile("too_much") from error
        if done.returncode:
            raise BadFile("too_much" if done.returncode < 0 else "damaged")
        written.seek(0)
        yield (json.loads(line) for line in written)
