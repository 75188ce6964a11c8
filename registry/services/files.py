"""The files of the registry: items, and beside them who cooperates, the steps of the charts, the filing conditions."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kernel.errors import Invalid
from registry.services.founding import FileItem

DATA = Path(__file__).resolve().parents[1] / "data"
ITEMS = DATA / "items.csv"
# Table beside the items → the column of a line that its rows make.
BESIDE = {"cooperations.csv": "cooperations", "steps.csv": "chart", "conditions.csv": "conditions"}
BETWEEN = "|"


def read_items(*, file: Path = ITEMS) -> list[FileItem]:
    """The items of a CSV file, with the tables that lie beside it. Raises Invalid where a file cannot be read."""
    parts: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for name, column in BESIDE.items():
        beside = file.parent / name
        if beside.exists():
            parts[column] = _parts(beside)
    found = []
    for row in _rows(file):
        code = row.pop("code", "")
        payload: dict[str, Any] = {**row, "categories": _several(row.get("categories", ""))}
        payload |= {column: rows.get(code, []) for column, rows in parts.items()}
        found.append(FileItem(code=code, payload=payload))
    return found


def _parts(file: Path) -> dict[str, list[dict[str, Any]]]:
    """Rows of a table by the item that they belong to."""
    parts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(file):
        said: dict[str, Any] = dict(row)
        if "next" in said:
            said["next"] = _several(said["next"])
        parts[said.pop("item", "")].append(said)
    return parts


def _several(cell: str) -> list[str]:
    return [one for one in cell.split(BETWEEN) if one]


def _rows(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            return list(csv.DictReader(opened, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Invalid(_("This file cannot be read."), fields={file.name: [str(error)]}) from error
