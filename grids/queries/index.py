"""Point → grid, from an index in memory."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from django.utils.translation import gettext as _

from grids.choices import CellKind
from grids.geometry import Plane, distance_m
from grids.models import Cell, MapVersion
from kernel.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where a point or an address lies.

    `place` is the most exact code known: the 15 digits of `cell_code`, or of an address that names no grid the prefix
    of its village or township, with `cell_code` empty. `distance_m` is 0 inside; `others` are the further grids that
    hold the point, such as the basic one under a dedicated one.
    """

    place: str
    cell_code: str
    cell_name: str
    kind: str
    distance_m: float = 0.0
    outside: bool = False
    others: tuple[str, ...] = ()


class CellIndex:
    """The cells of one map in a plane of metres, with a tree over them. Never changed once built."""

    def __init__(self, cells: list[tuple[str, str, str, dict[str, Any]]], *, stamp: int | None) -> None:
        self.stamp = stamp
        self.facts = [(code, name, kind) for code, name, kind, _boundary in cells]
        shapes = np.array([shapely.geometry.shape(boundary) for *_cell, boundary in cells], dtype=object)
        middle = float(np.mean(shapely.bounds(shapes)[:, [1, 3]])) if cells else 0.0
        self.plane = Plane(middle)
        self.shapes = self.plane.project(shapes) if cells else shapes
        shapely.prepare(self.shapes)
        self.tree = shapely.STRtree(self.shapes)
        # Dedicated before basic, then the smaller, then the lower code: always the same answer on a shared border.
        areas = shapely.area(self.shapes) if cells else []
        keys = [
            (kind != CellKind.DEDICATED, round(area), code)
            for (code, _name, kind), area in zip(self.facts, areas, strict=True)
        ]
        self.rank = {index: rank for rank, index in enumerate(sorted(range(len(keys)), key=keys.__getitem__))}

    def find(self, *, lng: float, lat: float) -> Located | None:
        """The grid around the point, or the nearest one; None on an empty map."""
        if not self.facts:
            return None
        x, y = self.plane.x(lng), self.plane.y(lat)
        point = shapely.Point(x, y)
        near = self.tree.query(point)
        held = near[shapely.intersects_xy(self.shapes[near], x, y)]
        if held.size == 0:
            return self._nearest(point, lng=lng, lat=lat)
        first, *others = sorted((int(index) for index in held), key=self.rank.__getitem__)
        return self._located(first, others=tuple(self.facts[index][0] for index in others))

    def _nearest(self, point: shapely.Point, *, lng: float, lat: float) -> Located:
        index = int(self.tree.nearest(point))
        edge = shapely.get_point(shapely.shortest_line(self.shapes[index], point), 0)
        to_lng, to_lat = self.plane.degrees(x=edge.x, y=edge.y)
        distance = distance_m(lng=lng, lat=lat, to_lng=to_lng, to_lat=to_lat)
        return self._located(index, distance=round(distance, 1), outside=True)

    def _located(
        self, index: int, *, distance: float = 0.0, outside: bool = False, others: tuple[str, ...] = ()
    ) -> Located:
        code, name, kind = self.facts[index]
        return Located(
            place=code, cell_code=code, cell_name=name, kind=kind, distance_m=distance, outside=outside, others=others
        )


class _Kept:
    """The index of this process, and when its stamp was last compared with the database's."""

    lock = threading.Lock()
    index: CellIndex | None = None
    checked = -math.inf


def locate(*, lng: float, lat: float) -> Located | None:
    """The grid at a point (WGS 84 degrees): dedicated before basic; outside of all, the nearest with its distance.

    None while the map is empty. Raises Invalid for a point that is not on the earth. No query, but for one every few
    seconds that asks whether the map has changed.
    """
    if not (math.isfinite(lng) and math.isfinite(lat) and abs(lng) <= 180 and abs(lat) <= 90):
        raise Invalid(_("This point is not on the earth."), fields={"lng": [_("Longitude −180…180, latitude −90…90.")]})
    return current().find(lng=lng, lat=lat)


def current() -> CellIndex:
    """The index of the map as it is, at most MAP_RECHECK_SECONDS (5) behind another process's change."""
    index = _Kept.index
    patience = getattr(settings, "MAP_RECHECK_SECONDS", 5)
    if index is not None and time.monotonic() - _Kept.checked < patience:
        return index
    with _Kept.lock:
        # The stamp is read before the cells: a change in between is seen as a newer stamp at the next comparison.
        stamp = MapVersion.objects.values_list("stamp", flat=True).first()
        if _Kept.index is None or stamp is None or _Kept.index.stamp != stamp:
            cells = Cell.objects.drawn().order_by("code").values_list("code", "name", "kind", "boundary")
            _Kept.index = CellIndex(list(cells), stamp=stamp)
        _Kept.checked = time.monotonic()
        return _Kept.index


def stamp_now() -> int | None:
    """The stamp of the map as it is, without reading the map: what is kept under it needs no index."""
    index = _Kept.index
    if index is not None and time.monotonic() - _Kept.checked < getattr(settings, "MAP_RECHECK_SECONDS", 5):
        return index.stamp
    return MapVersion.objects.values_list("stamp", flat=True).first()


def forget() -> None:
    """Compare with the database again before the next answer; called when this process changed the map."""
    _Kept.checked = -math.inf
