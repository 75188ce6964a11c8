"""A workbook of the registry that the keeper handed in, for the table of access."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from kernel.uploads import on_disk
from registry.models import SheetImport
from registry.services import sheets
from registry.services.sheet_files import open_import
from tests.world import COUNTY, World

KINDS = (SheetImport,)
CREATING = ()
HEAD = "编码,清单,名称,领域,所属单位,区域,牵头方式,牵头单位,主体责任,乡镇角色,依据"
ROW = f"D-GS-7,部门职责,水表检定,城乡建设,自来水公司,{COUNTY},单位,自来水公司,检定。,无,供水条例"
WORDS = {"title": "年度调整", "reason": "机构改革", "effective": "2027-01-01"}


def book(*rows: str) -> BytesIO:
    """A CSV of items."""
    made = BytesIO("\n".join([HEAD, *(rows or (ROW,))]).encode())
    made.name = "items.csv"
    return made


def _file(_world: World, _thing: Any) -> dict[str, Any]:
    return {"file": book(), **WORDS}


SENT: dict[str, tuple[str, Any]] = {
    "GET /sheets/": ("sheet", None),
    "POST /sheets/": ("sheet", _file),
    "GET /sheets/{pk}/": ("sheet", None),
    "GET /sheets/{pk}/rows/": ("sheet", None),
    "GET /sheets/template/": ("sheet", None),
    "POST /sheets/{pk}/stop/": ("sheet", {}),
    "POST /sheets/{pk}/start/": ("sheet_stopped", {}),
    "POST /sheets/{pk}/discard/": ("sheet", {}),
    "GET /items/export/": ("sheet", None),
}


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """One that runs and one that was stopped, both of the keeper."""
    keeper = world.actor("keeper", on=at)
    made = []
    for _number in range(2):
        with on_disk(SimpleUploadedFile("items.csv", book().getvalue())) as path:
            given = {**WORDS, "effective": at.date(), "file": path, "filename": "items.csv"}
            made.append(open_import(**given, actor=keeper, at=at))
    return {"sheet": made[0], "sheet_stopped": sheets.stop(import_id=made[1].pk, actor=keeper)}
