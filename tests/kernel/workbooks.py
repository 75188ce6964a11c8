"""Workbooks as offices save them, and as nobody should: written part by part, so that any part can lie."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>'.encode()
FOOT = b"</sheetData></worksheet>"
WORKBOOK = (
    f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="事项" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="rId1" Target="worksheets/sheet1.xml" Type="{OFFICE}/worksheet"/></Relationships>'
)
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def row(number: int, *cells: str) -> bytes:
    """One row of plain texts."""
    inner = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{inner}</row>'.encode()


def workbook(path: Path, sheet: Iterable[bytes] = (), *, whole: bytes = b"", **parts: str | bytes) -> Path:
    """A workbook with one sheet. `parts` replaces or adds parts, "__" stands for "/" and "_dot_" for "."."""
    known: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
    }
    known |= {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in known.items():
            packed.writestr(name, content)
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            for piece in [whole] if whole else [HEAD, *sheet, FOOT]:
                out.write(piece)
    return path


def many_rows(path: Path, *, rows: int, cells: int = 10) -> Path:
    """A plain workbook of so many rows, each with so many texts and numbers of its own."""

    def lines() -> Iterable[bytes]:
        for number in range(1, rows + 1):
            pair = f"<c t='inlineStr'><is><t>第{number}行</t></is></c><c><v>{number * 7}</v></c>"
            yield f"<row r='{number}'>{pair * (cells // 2)}</row>".encode()

    return workbook(path, lines())


def expanding(path: Path, *, megabytes: int) -> Path:
    """A sheet of so many megabytes that packs to a thousandth."""
    return workbook(path, [b" " * 1024 * 1024 for _ in range(megabytes)])


def lying(path: Path, *, megabytes: int) -> Path:
    """The same of real rows, but the directory says that it unpacks to little."""
    piece = row(1, "0" * 1000).replace(b' r="1"', b"")
    workbook(path, [piece * 1000 for _ in range(megabytes)])
    with zipfile.ZipFile(path) as packed:
        entry = packed.getinfo("xl/worksheets/sheet1.xml")
    size = entry.file_size.to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (900_000).to_bytes(4, "little")))
    return path


def office(path: Path, fill: object) -> Path:
    """A workbook saved by a spreadsheet program; `fill` gets the workbook."""
    book = xlsxwriter.Workbook(path)
    fill(book)  # type: ignore[operator]
    book.close()
    return path
