"""Files as hotlines and mailboxes export them, and as nobody should."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import xlsxwriter

HEADING = [
    "工单编号",
    "标题",
    "诉求内容",
    "来电时间",
    "诉求人",
    "联系电话",
    "事发地址",
    "所属区域",
    "诉求类别",
    "工单类型",
]


def row(number: int, **changed: str) -> list[str]:
    said = {
        "工单编号": f"GD{number:05d}",
        "标题": "投诉门前占道经营",
        "诉求内容": f"第{number}次反映，摊贩每天占用人行道。",
        "来电时间": "2026/11/15 8:05:09",
        "诉求人": "王建国",
        "联系电话": "13812345678",
        "事发地址": "工农社区东门",
        "所属区域": "坛山街道",
        "诉求类别": "占道经营",
        "工单类型": "投诉",
    }
    return list((said | changed).values())


def text(rows: list[list[str]]) -> str:
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in one) for one in rows)
    return "\r\n".join(quoted) + "\r\n"


def csv_file(path: Path, rows: list[list[str]], *, encoding: str = "utf-8") -> Path:
    path.write_bytes(text([HEADING, *rows]).encode(encoding))
    return path


def xlsx_file(path: Path, rows: list[list[object]], *, heading: str = "") -> Path:
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss", "remove_timezone": True})
    book.add_worksheet("empty")
    sheet = book.add_worksheet("export")
    start = 0
    if heading:
        sheet.write(0, 0, heading)
        start = 1
    for number, cells in enumerate([HEADING, *rows], start=start):
        for position, cell in enumerate(cells):
            if isinstance(cell, datetime):
                sheet.write_datetime(number, position, cell)
            else:
                sheet.write(number, position, cell)
    book.close()
    return path


def bomb(path: Path, *, megabytes: int = 310) -> Path:
    """A workbook of some hundred kilobytes whose sheet unpacks to nearly a gigabyte."""
    sheet = io.BytesIO()
    with zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            for _ in range(megabytes):
                out.write(b"0" * 1024 * 1024)
    path.write_bytes(sheet.getvalue())
    return path
