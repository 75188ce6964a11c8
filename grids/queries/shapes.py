"""The map level by level: outlines of townships, villages or grids, simplified for the level and small on the way."""

from __future__ import annotations

import gzip
from collections import defaultdict
from typing import Any

import numpy as np
import orjson
import shapely
from django.core.cache import cache

from grids.choices import CellKind
from grids.queries import index
from grids.queries.index import CellIndex
from organizations.models import Area

# How far a drawn border may be from the true one, in metres, by the digits that name a place: finer than the eye sees
# where the level fills a screen.
TOLERANCE_M = {4: 300.0, 6: 200.0, 9: 60.0, 12: 25.0, 15: 12.0}
COARSE_M = 40.0  # less than a point of a screen that shows a county
CELL_DIGITS = 15
FULL = 12
STEPS = 100_000  # of a degree: about a metre
KEPT_SECONDS = 24 * 3600
Extent = tuple[float, float, float, float]
FORMAT = 2  # of the answer: part of its name, so that a new release does not meet an old answer


def stamp_of_map() -> int | None:
    """The stamp of the map as it is; it changes with every change of a grid."""
    return index.stamp_now()


def outlines(*, within: str, digits: int, coarse: bool = False) -> bytes:
    """Gzipped JSON of the places with so many digits inside a prefix; kept until the map changes.

    `coarse`: grids for a picture of the whole that nobody magnifies.

    {"digits": 9, "shapes": [[code, name, kind, [[ring, …], …]], …]}: rings are longitudes and latitudes in turn, in
    hundred-thousandths of a degree, each but the first pair as the difference from the one before.
    """
    what = "coarse" if coarse else "outlines"
    kept = cache.get(_name(what, index.stamp_now(), within, digits))
    if isinstance(kept, bytes):
        return kept
    held = index.current()
    apart = COARSE_M if coarse else TOLERANCE_M[digits]
    shapes = _cells(held, within, apart) if digits == CELL_DIGITS else _areas(held, within, digits)
    body = gzip.compress(orjson.dumps({"digits": digits, "shapes": shapes}), compresslevel=6, mtime=0)
    cache.set(_name(what, held.stamp, within, digits), body, KEPT_SECONDS)
    return body


def extent_of(*, within: str) -> Extent | None:
    """West, south, east and north of all grids inside a prefix, in degrees; None where there are none.

    Kept like the outlines: a process that has not read the map yet opens its page without reading it.
    """
    kept = cache.get(_name("extent", index.stamp_now(), within))
    if kept is not None:
        return tuple(kept) or None
    held = index.current()
    found = _extent(held, within)
    cache.set(_name("extent", held.stamp, within), found or (), KEPT_SECONDS)
    return found


def _name(what: str, stamp: int | None, *more: str | int) -> str:
    return ":".join(map(str, (what, FORMAT, stamp, *more)))


def _extent(held: CellIndex, within: str) -> Extent | None:
    inside = [number for number, (code, _name, _kind) in enumerate(held.facts) if code.startswith(within)]
    if not inside:
        return None
    west, south, east, north = shapely.total_bounds(held.shapes[inside])
    return (*held.plane.degrees(x=west, y=south), *held.plane.degrees(x=east, y=north))


def _cells(held: CellIndex, within: str, apart: float) -> list[list[Any]]:
    """Basic grids simplified together, so that neighbours keep one border; dedicated ones, above them, one by one."""
    found = []
    for kind in (CellKind.BASIC, CellKind.DEDICATED):
        rows = [n for n, fact in enumerate(held.facts) if fact[2] == kind and fact[0].startswith(within)]
        shapes = held.shapes[rows]
        slim = _together(shapes, apart) if kind == CellKind.BASIC else shapely.simplify(shapes, 3.0)
        found += [[*held.facts[n], _rings(held, shape)] for n, shape in zip(rows, slim, strict=True)]
    return found


def _areas(held: CellIndex, within: str, digits: int) -> list[list[Any]]:
    """What the basic grids of each place cover together."""
    inside: defaultdict[str, list[int]] = defaultdict(list)
    for number, (code, _name, kind) in enumerate(held.facts):
        if kind == CellKind.BASIC and code.startswith(within):
            inside[code[:digits]].append(number)
    codes = sorted(inside)
    grounds = np.array([shapely.union_all(held.shapes[inside[code]]) for code in codes], dtype=object)
    full = {code: code.ljust(FULL, "0") for code in codes}
    names = dict(Area.objects.filter(pk__in=full.values()).values_list("pk", "name"))
    return [
        [code, names.get(full[code], code), "area", _rings(held, shape)]
        for code, shape in zip(codes, _together(grounds, TOLERANCE_M[digits]), strict=True)
    ]


def _together(shapes: Any, apart: float) -> Any:
    return shapely.coverage_simplify(shapes, apart) if len(shapes) else shapes


def _rings(held: CellIndex, shape: Any) -> list[list[list[int]]]:
    """The polygons of a shape as rings of differences."""
    parts = shapely.get_parts(shape)
    return [
        [_differences(held, ring) for ring in (part.exterior, *part.interiors)]
        for part in parts
        if part.geom_type == "Polygon" and not part.is_empty
    ]


def _differences(held: CellIndex, ring: Any) -> list[int]:
    scale = (held.plane.metres_per_degree_lng, held.plane.y(1.0))
    points = np.round(shapely.get_coordinates(ring) / scale * STEPS).astype(int)
    moved = np.diff(points, axis=0)
    moved = moved[moved.any(axis=1)]  # points that have become one
    found: list[int] = np.concatenate([points[:1], moved]).ravel().tolist()
    return found
