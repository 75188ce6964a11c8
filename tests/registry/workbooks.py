"""Workbooks of the registry for tests: written, changed, handed in, and what came of them."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from kernel.sheets.limits import Limits
from kernel.sheets.reading import opened
from registry.choices import LineVerdict
from registry.models import Item, SheetImport
from registry.services import sheet_export, sheet_files, sheets
from registry.sheets import layout
from tests.registry.steps import LATER, duty, found, stall
from tests.world import COUNTY, MONDAY

HEADS = {name: [column.names[0] for column in layout.columns_of(sheet=name)] for name in (*layout.KINDS, *layout.BELOW)}


def exported(path: Path, *, on: date = LATER) -> Path:
    path.write_bytes(sheet_export.export_items(items=Item.objects.all(), on=on).read())
    return path


def changed(path: Path, target: Path, change) -> Path:
    """The workbook with its cells passed through `change(sheets)`: sheet → rows of texts."""
    with opened(path, limits=Limits()) as book:
        content = {sheet.name: [row.cells for row in sheet.rows()] for sheet in book.sheets}
    change(content)
    return written(target, content)


def written(target: Path, content: dict[str, list[list[Any]]], extra=None) -> Path:
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False})
    for name, rows in content.items():
        sheet = book.add_worksheet(name)
        for number, cells in enumerate(rows):
            for at, cell in enumerate(cells):
                sheet.write(number, at, cell)
        if extra:
            extra(name, sheet)
    book.close()
    return target


def handed_in(world, path: Path, *, name: str = "keeper", **options: Any) -> SheetImport:
    return sheet_files.open_import(
        file=path,
        filename=path.name,
        title="年度调整",
        reason="机构改革",
        effective=LATER,
        actor=world.actor(name),
        at=MONDAY,
        **options,
    )


def run(world, sheet: SheetImport, *, size: int = 2) -> SheetImport:
    while sheets.compare_chunk(import_id=sheet.pk, actor=world.actor("keeper"), at=MONDAY, size=size):
        pass
    sheet.refresh_from_db()
    return sheet


def imported(world, path: Path, **options: Any) -> SheetImport:
    return run(world, handed_in(world, path, **options))


def verdicts(sheet: SheetImport) -> dict[str, str]:
    return dict(sheet.rows.order_by("position").values_list("item_code", "verdict"))


def cell(content, sheet: str, code: str, heading: str, value: str) -> None:
    rows = content[layout.SHEET_NAMES[sheet][0]]
    at = rows[0].index(heading)
    row = next(one for one in rows if one[0] == code)
    row += [""] * (at + 1 - len(row))
    row[at] = value


def csv_of(path: Path, *rows: list[str], encoding: str = "gb18030", **more: str) -> Path:
    heads = ["编码", "清单", "名称", "领域", "所属单位", "区域", "牵头方式", "牵头单位", "主体责任", "乡镇角色", "依据"]
    out = StringIO()
    csv.writer(out).writerows([heads, *rows])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


ROW = ["D-GS-7", "部门职责", "水表检定", "城乡建设", "自来水公司", COUNTY, "", "自来水公司", "检定。", "", "供水条例"]
ROW[6], ROW[9] = "单位", "无"


def faults(sheet: SheetImport) -> list[tuple]:
    rows = sheet.rows.filter(verdict=LineVerdict.WRONG).order_by("position")
    return [(one["why"], *one["place"][:3]) for row in rows for one in row.faults]


def upload(path: Path, **said: str) -> dict[str, Any]:
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return {"file": file, "title": "年度调整", "reason": "机构改革", "effective": LATER.isoformat(), **said}


def founded() -> None:
    """Three items of two lists."""
    found(
        ("T-CG", stall(cooperations=[{"rule": "unit", "unit": "U-GS", "duty": "=协助供水"}])),
        ("D-GS-1", duty(lead_duty="-按规程维护\n第二行", safeguards="'=引号")),
        ("D-GS-2", duty(name="供水应急")),
    )
