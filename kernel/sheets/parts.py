"""The XML parts of a workbook, parsed as a stream. Runs in the child."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from kernel.sheets.problems import BadFile

PIECE = 64 * 1024
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    OverflowError,
    RuntimeError,  # what zipfile says of a part that is encrypted after all
)


class Local(dict[str, str]):
    """A tag without its namespace: offices write the same part with and without prefixes."""

    def __missing__(self, tag: str) -> str:
        self[tag] = name = tag.rpartition(" ")[2]
        return name


Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def parse(
    packed: zipfile.ZipFile, part: str, *, start: Start, end: End | None = None, text: Text | None = None
) -> None:
    """Call the handlers for every element of a part. Raises BadFile for what is no plain XML.

    Expat loads nothing from outside by itself; a document type is refused as a whole, for it can only be meant to.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = PIECE
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        with packed.open(part) as stream:
            while piece := stream.read(PIECE):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
    except BROKEN as error:
        raise BadFile("damaged", part[-80:]) from error


def _refuse_doctype(*_args: Any) -> None:
    raise BadFile("doctype")


def sheets_of(packed: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Name and part of every sheet of cells, in the order of the tabs."""
    targets = _targets(packed)
    found: list[tuple[str, str]] = []

    def start(tag: str, said: Mapping[str, str]) -> None:
        if tag.rpartition(" ")[2] == "sheet":
            key = next((value for name, value in said.items() if name.endswith(" id")), "")
            if part := targets.get(key):
                found.append((said.get("name", ""), part))

    parse(packed, "xl/workbook.xml", start=start)
    if not found:
        raise BadFile("no_table")
    return found


def counts_from_1904(packed: zipfile.ZipFile) -> bool:
    """Whether day 0 of this workbook is 1 January 1904, as on old Macintoshes."""
    flags: list[str] = []

    def start(tag: str, said: Mapping[str, str]) -> None:
        if tag.rpartition(" ")[2] == "workbookPr":
            flags.append(said.get("date1904", ""))

    parse(packed, "xl/workbook.xml", start=start)
    return any(one in ("1", "true") for one in flags)


def _targets(packed: zipfile.ZipFile) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(tag: str, said: Mapping[str, str]) -> None:
        if tag.rpartition(" ")[2] == "Relationship" and said.get("Type", "").endswith("/worksheet"):
            target = said.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            found[said.get("Id", "")] = posixpath.normpath(path)

    parse(packed, "xl/_rels/workbook.xml.rels", start=start)
    return found


def has(packed: zipfile.ZipFile, part: str) -> bool:
    """Whether the archive holds this part."""
    return part in packed.NameToInfo
