"""CSV in the encodings that offices here write: UTF-8 with or without its mark, UTF-16 with one, GB18030.

Runs in the child.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from kernel.sheets.limits import MAX_STRING, Limits
from kernel.sheets.problems import BadFile, Place
from kernel.sheets.workbook import Emit

ENCODINGS = ("auto", "utf-8", "gb18030", "utf-16")
PIECE = 1024 * 1024


def encoding_of(path: Path) -> str:
    """The encoding in which the whole file decodes; read piece by piece. Raises BadFile where there is none."""
    with path.open("rb") as stream:
        start = stream.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        if decodes(path, encoding):
            return encoding
    raise BadFile("encoding")


def decodes(path: Path, encoding: str) -> bool:
    """Whether every byte of the file is valid in an encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def read_rows(path: Path, *, encoding: str, limits: Limits, emit: Emit) -> None:
    """Tell `emit` the rows of a CSV. The separator is the one that the first line uses most."""
    if encoding == "auto":
        encoding = encoding_of(path)
    elif not decodes(path, encoding := "utf-8-sig" if encoding == "utf-8" else encoding):
        raise BadFile("encoding")
    csv.field_size_limit(MAX_STRING)
    with path.open(encoding=encoding, newline="") as stream:
        first = stream.readline(20_000)
        if "\x00" in first:  # no text at all; in a cell further down it is only left out
            raise BadFile("no_table")
        stream.seek(0)
        separator = max(",\t;", key=first.count)
        for number, cells in enumerate(_rows(csv.reader(stream, delimiter=separator)), start=1):
            if any(one.strip() for one in cells[limits.columns :]):
                place = Place(row=number, column=len(cells))
                raise BadFile("too_many_columns", str(limits.columns), place=place)
            if any(one.strip() for one in cells):
                emit(number, cells, {})


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise BadFile("damaged", str(error)[:80]) from error
