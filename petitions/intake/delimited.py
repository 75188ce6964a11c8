"""CSV in the encodings that offices here write: UTF-8 with or without its mark, UTF-16 with one, GB18030."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from petitions.intake.problems import BadFile

ENCODINGS = ("auto", "utf-8", "gb18030", "utf-16")
PIECE = 1024 * 1024
csv.field_size_limit(200_000)


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


@contextmanager
def rows_of(path: Path, *, encoding: str = "auto") -> Iterator[Iterator[list[str]]]:
    """The rows of a CSV, streamed. The separator is the one that the first line uses most."""
    if encoding == "auto":
        encoding = encoding_of(path)
    elif encoding == "utf-8":
        encoding = "utf-8-sig"
    if not decodes(path, encoding):
        raise BadFile("encoding")
    with path.open(encoding=encoding, newline="") as stream:
        first = stream.readline(20_000)
        if "\x00" in first:
            raise BadFile("no_table")
        stream.seek(0)
        separator = max(",\t;", key=first.count)
        yield _rows(csv.reader(stream, delimiter=separator))


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise BadFile("damaged", str(error)) from error
