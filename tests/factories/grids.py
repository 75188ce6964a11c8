"""Square grids for tests."""

from __future__ import annotations

from typing import Any

from grids.choices import CellKind
from grids.models import Cell
from tests.factories.organizations import VILLAGE, area

SIDE = 0.01  # degrees


def square(lng: float, lat: float, side: float = SIDE) -> dict[str, Any]:
    """A GeoJSON square by its south-west corner."""
    east, north = lng + side, lat + side
    return {"type": "Polygon", "coordinates": [[[lng, lat], [east, lat], [east, north], [lng, north], [lng, lat]]]}


def cell(code: str = f"{VILLAGE}001", lng: float = 117.5, lat: float = 34.7, side: float = SIDE, **fields: Any) -> Cell:
    """A square grid by its south-west corner, with the village it lies in."""
    area(code[:12])
    given = {"name": f"grid {code}", "kind": CellKind.BASIC, "area_m2": 1_000_000} | fields
    return Cell.objects.create(
        code=code,
        village_id=code[:12],
        boundary=square(lng, lat, side),
        lng=lng + side / 2,
        lat=lat + side / 2,
        **given,
    )
