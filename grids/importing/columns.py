"""What the columns of maps are called, and what their values mean here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grids.choices import CellKind

# Names of columns in maps as survey offices and makers of software hand them over; a .dbf cuts them at ten bytes.
# fmt: off
NAMES = {
    "code": (
        "code", "grid_code", "gridcode", "wgbm", "bm", "area_code", "xzqdm",
        "网格编码", "网格编号", "编码", "网格编", "区划代码", "行政区划代码",  # zh: names
    ),
    "name": ("name", "grid_name", "gridname", "wgmc", "mc", "网格名称", "名称", "网格名"),  # zh: names
    "kind": ("kind", "type", "wglx", "网格类型", "类型", "网格类"),  # zh: names
    "host_kind": ("host_kind", "host", "专属类型"),  # zh: names
    "households": ("households", "hs", "户数"),  # zh: names
    "residents": ("residents", "population", "rks", "人口", "人口数", "常住人口"),  # zh: names
    "phone": ("phone", "tel", "jddh", "监督电话", "电话"),  # zh: names
}
KINDS = {"基础网格": CellKind.BASIC.value, "专属网格": CellKind.DEDICATED.value}  # zh: values
# fmt: on


def fields_of(said: Mapping[str, str]) -> dict[str, Any]:
    """Code, name, kind, host, counts and telephone of one feature; what is not said is left out."""
    lowered = {name.strip().lower(): value.strip() for name, value in said.items()}
    found: dict[str, Any] = {}
    for field, names in NAMES.items():
        value = next((lowered[name] for name in names if lowered.get(name)), "")
        if value:
            found[field] = value
    if "kind" in found:
        found["kind"] = KINDS.get(found["kind"], found["kind"])
    for field in ("households", "residents"):
        if field in found:
            found[field] = _whole(found[field])
    return found


def _whole(value: str) -> int:
    """The number of a cell such as "312" or "312.0"; -1, which no grid has, for anything else."""
    head = value.removesuffix(".0")
    return int(head) if head.isascii() and head.isdigit() and len(head) < 8 else -1
