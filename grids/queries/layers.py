"""Cells as layers of a map."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from grids.models import Cell

PROPERTIES = ("code", "name", "kind", "host_kind", "households", "residents", "area_m2", "lng", "lat")


def cells_as_geojson(*, cells: QuerySet[Cell] | None = None, place: str = "", kind: str = "") -> dict[str, Any]:
    """A FeatureCollection of the cells inside a code prefix, if asked of one kind; basic ones lie below. One query.

    `cells` is a queryset already limited to what somebody may see; without it, the map that is published.
    """
    drawn = (Cell.objects.drawn() if cells is None else cells).filter(code__startswith=place).order_by("kind", "code")
    if kind:
        drawn = drawn.filter(kind=kind)
    features = [
        {
            "type": "Feature",
            "id": row["code"],
            "geometry": row.pop("boundary"),
            "properties": row,
        }
        for row in drawn.values("boundary", *PROPERTIES)
    ]
    return {"type": "FeatureCollection", "features": features}
