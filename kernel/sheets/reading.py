"""The one way in for files of rows: XLSX or CSV to sheets, whatever the file tries."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kernel import limited
from kernel.sheets.limits import Limits
from kernel.sheets.merging import Range, marked, ranges_of
from kernel.sheets.problems import BadFile, Place

OLE = b"\xd0\xcf\x11\xe0"  # the workbooks of before 2007, and of today with a password
PROTECTED = "EncryptedPackage".encode("utf-16-le")
OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x7fELF", b"MZ\x90")
PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version")


@dataclass(frozen=True, slots=True)
class Row:
    """One row with content. `number` is the one that a spreadsheet shows; `marks`: position of a cell → what is odd."""

    number: int
    cells: list[str]
    marks: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet; a CSV is one without a name. `count` is the number of rows with content."""

    name: str
    count: int
    merged: list[Range]
    path: Path

    def rows(self) -> Iterator[Row]:
        """The rows, streamed; a cell inside merged ones is marked "merged"."""
        return marked(self._plain(), ranges=self.merged)

    def _plain(self) -> Iterator[Row]:
        with self.path.open(encoding="utf-8", errors="surrogatepass") as stream:
            for line in stream:
                number, cells, *marks = json.loads(line)
                yield Row(number, cells, {int(key): mark for key, mark in marks[0].items()} if marks else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What a file holds. `peak_kb` is how much memory reading it took."""

    sheets: list[Sheet]
    peak_kb: int


@contextmanager
def opened(path: Path, *, limits: Limits, encoding: str = "auto", first: bool = False) -> Iterator[Book]:
    """The sheets of a file, or with `first` only the first that holds anything. Raises BadFile."""
    _looked_at(path, limits)
    with tempfile.TemporaryDirectory(prefix="sheets-") as scratch:
        yield _read(path, Path(scratch), limits=limits, encoding=encoding, first=first)


def _looked_at(path: Path, limits: Limits) -> None:
    """Size and first bytes: what is no table at all never reaches a parser."""
    size = path.stat().st_size
    if size > limits.bytes:
        raise BadFile("too_large", str(limits.bytes // 1024 // 1024))
    with path.open("rb") as stream:
        start = stream.read(512)
        if not start:
            raise BadFile("empty")
        if start.startswith(OLE):
            raise BadFile("locked" if PROTECTED in start + stream.read() else "old_workbook")
    if start.startswith(OTHERS):
        raise BadFile("no_table")
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(PAGES):
        raise BadFile("web_page")


def _read(path: Path, scratch: Path, *, limits: Limits, encoding: str, first: bool) -> Book:
    options = json.dumps({"limits": asdict(limits), "encoding": encoding, "first": first})
    try:
        said = limited.run(
            module="kernel.sheets.child",
            arguments=[str(path.absolute()), str(scratch), options],
            index=scratch / "index.json",
            seconds=limits.seconds,
            written=limits.written,
        )
    except limited.TooMuchError as error:
        raise BadFile("too_much", str(error)) from error
    except limited.CrashedError as error:
        raise BadFile("crashed") from error
    if "bad" in said:
        why, detail, sheet, row, column = said["bad"]
        raise BadFile(why, detail, place=Place(sheet=sheet, row=row, column=column))
    sheets = [
        Sheet(name=one["name"], count=one["rows"], merged=ranges_of(one["merged"]), path=scratch / f"{number}.jsonl")
        for number, one in enumerate(said["sheets"])
    ]
    return Book(sheets=sheets, peak_kb=said["peak_kb"])
