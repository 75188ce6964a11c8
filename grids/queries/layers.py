"""Cells as layers of a map."""

from __future__ import annotations

import gzip
from typing import Any

import orjson
from django.db.models import QuerySet

from grids.models import Cell
from grids.queries.shapes import CELL_DIGITS, STEPS, outlines

COUNTY_DIGITS = 6

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


def cells_as_picture(*, cells: QuerySet[Cell], place: str = "") -> dict[str, Any]:
    """A FeatureCollection of these cells inside a code prefix for a map that is only looked at.

    Borders as the map of the grids draws them: a few metres off at most, a third of the weight. Properties: code, name
    and kind. One query, and the outlines that are kept anyway.
    """
    shown = set(cells.filter(code__startswith=place).values_list("code", flat=True))
    packed = outlines(within=place, digits=CELL_DIGITS, coarse=len(place) <= COUNTY_DIGITS)
    shapes = orjson.loads(gzip.decompress(packed))["shapes"]
    features = [
        {
            "type": "Feature",
            "id": code,
            "geometry": {"type": "MultiPolygon", "coordinates": [[_line(ring) for ring in part] for part in parts]},
            "properties": {"code": code, "name": name, "kind": kind},
        }
        for code, name, kind, parts in shapes
        if code in shown
    ]
    return {"type": "FeatureCollection", "features": features}


def _line(ring: list[int]) -> list[tuple[float, float]]:
    """Degrees from differences in hundred-thousandths of one."""
    lng = lat = 0
    line = []
    for east, north in zip(ring[::2], ring[1::2], strict=True):
        lng, lat = lng + east, lat + north
        line.append((lng / STEPS, lat / STEPS))
    return line
