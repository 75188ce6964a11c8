"""`python -m kernel.sheets.child FILE FOLDER OPTIONS`: the sheets of a file as lines of JSON, within bounds.

A hostile file may ask for any amount of memory or time; it then ends this process and nothing else. The folder gets one
file for each sheet and, at the end, an index: with the sheets, or with what is wrong.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO, Any

from kernel.limited import bounded
from kernel.sheets import archive, delimited, parts, workbook
from kernel.sheets.limits import MEMORY_BYTES, Limits
from kernel.sheets.problems import BadFile, Place

INDEX = "index.json"
ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


class Writer:
    """Writes rows into one file a sheet and counts over all of them."""

    def __init__(self, *, folder: Path, limits: Limits) -> None:
        self.folder, self.limits, self.rows, self.written = folder, limits, 0, 0
        self.sheets: list[dict[str, Any]] = []
        self.out: IO[str] | None = None

    def begin(self, name: str) -> None:
        """The rows that follow belong to a new sheet."""
        self.finish()
        self.out = (self.folder / f"{len(self.sheets)}.jsonl").open("w", encoding="utf-8", errors="surrogatepass")
        self.sheets.append({"name": name, "rows": 0, "merged": []})

    def emit(self, number: int, cells: list[str], marks: dict[int, str]) -> None:
        """Take one row."""
        sheet = self.sheets[-1]
        self.rows += 1
        sheet["rows"] += 1
        if self.rows > self.limits.rows + 1:  # the row of the names is none of them
            raise BadFile("too_many_rows", str(self.limits.rows), place=Place(sheet=sheet["name"], row=number))
        line = ENCODE([number, cells, marks] if marks else [number, cells]) + "\n"
        self.written += len(line)
        if self.written > self.limits.written:
            raise BadFile("too_much")
        assert self.out is not None
        self.out.write(line)

    def finish(self) -> None:
        """Close the file of the last sheet."""
        if self.out is not None:
            self.out.close()


def read(source: Path, *, writer: Writer, encoding: str, first: bool) -> None:
    """Write every sheet of the file, or only the first with content. Raises BadFile."""
    with source.open("rb") as stream:
        packed = stream.read(4).startswith(archive.PACKED)
    if not packed:
        writer.begin("")
        delimited.read_rows(source, encoding=encoding, limits=writer.limits, emit=writer.emit)
        writer.finish()
        return
    with archive.opened(source) as book:
        named = parts.sheets_of(book)
        if len(named) > writer.limits.sheets:
            raise BadFile("too_many_sheets", str(writer.limits.sheets))
        around = workbook.surroundings(book)
        for name, part in named:
            writer.begin(name)
            merged = workbook.read_sheet(
                book, part=part, name=name, around=around, limits=writer.limits, emit=writer.emit
            )
            writer.sheets[-1]["merged"] = merged
            if first and writer.sheets[-1]["rows"]:
                break
    writer.finish()


def main() -> None:
    """Read, and say in the index how it went."""
    source, folder, options = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
    limits = Limits(**options["limits"])
    written = 4 * limits.written  # bytes, where `written` counts characters
    with bounded(memory=MEMORY_BYTES, seconds=limits.seconds, written=written):
        said = _read(source, folder, limits=limits, encoding=options["encoding"], first=options["first"])
        (folder / INDEX).write_text(json.dumps({**said, "peak_kb": _peak_kb()}), encoding="utf-8")


def _read(source: Path, folder: Path, *, limits: Limits, encoding: str, first: bool) -> dict[str, Any]:
    writer = Writer(folder=folder, limits=limits)
    try:
        read(source, writer=writer, encoding=encoding, first=first)
    except BadFile as bad:
        place = bad.place
        return {"bad": [bad.why, bad.detail, place.sheet, place.row, place.column]}
    return {"sheets": writer.sheets}


def _peak_kb() -> int:
    """The most memory this process has held, in KB; getrusage would count that of the process it was born from."""
    with Path("/proc/self/status").open(encoding="ascii", errors="replace") as stream:
        return next((int(line.split()[1]) for line in stream if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    main()
