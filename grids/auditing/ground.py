"""Ground: gaps, overlaps, and grids beyond their village (pure; shapely, in metres)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from grids.auditing.seen import Grid, Seen
from grids.auditing.thresholds import GAP_M2, OUTSIDE_M2, OVERLAP_M2, SLIVER_M
from grids.choices import FindingKind
from grids.geometry import METRES_PER_DEGREE, Plane

DECIMALS = 6
COARSE_M = 0.5  # a finding is shown, not measured: its outline needs no more


def overlaps(grids: Sequence[Grid], *, plane: Plane) -> Iterator[Seen]:
    """Each pair of basic grids that cover the same ground beyond the threshold."""
    basic = [one for one in grids if one.basic]
    shapes = np.array([one.shape for one in basic], dtype=object)
    if not len(shapes):
        return
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = left < right
    left, right = left[pairs], right[pairs]
    both = shapely.intersection(shapes[left], shapes[right])
    for a, b, shared in zip(left, right, both, strict=True):
        if shared.area <= OVERLAP_M2:
            continue
        one, other = sorted((basic[a], basic[b]), key=lambda grid: grid.code)
        yield _seen(
            FindingKind.OVERLAP,
            f"overlap:{one.code}:{other.code}",
            one.code,
            one.name,
            shared,
            limit=OVERLAP_M2,
            plane=plane,
            other=other.code,
        )


def gaps(
    grids: Sequence[Grid], *, outlines: Mapping[str, Any], names: Mapping[str, str], plane: Plane
) -> Iterator[Seen]:
    """Ground that no basic grid covers: inside the known outline of a village, or a hole or strip between grids.

    `outlines` and `names` by the 12 digits of the village; a gap belongs to the village around or beside it.
    """
    near = [one for one in grids if one.basic]
    tree = shapely.STRtree([one.shape for one in near])
    for part in open_ground([one.shape for one in near], outlines=list(outlines.values())):
        village = _village(part, outlines) or near[int(tree.nearest(part))].code[:12]
        yield _seen(FindingKind.GAP, "", village, names.get(village, village), part, limit=GAP_M2, plane=plane)


def open_ground(shapes: Sequence[Any], *, outlines: Sequence[Any]) -> list[Any]:
    """The parts beyond the threshold that none of the shapes covers: holes, strips, and what lies in an outline."""
    covered = shapely.union_all(list(shapes))
    bare = shapely.union_all([_holes(covered), strips(covered), *_uncovered(outlines, covered)])
    return [part for part in _polygons(bare) if part.area > GAP_M2]


def outside(grids: Sequence[Grid], *, outlines: Mapping[str, Any], plane: Plane) -> Iterator[Seen]:
    """Grids, dedicated ones too, that reach over the known outline of their village (a grid lies in one village)."""
    for one in grids:
        around = outlines.get(one.code[:12])
        if around is None or shapely.covers(around, one.shape):
            continue
        beyond = shapely.difference(one.shape, around)
        if beyond.area > OUTSIDE_M2:
            yield _seen(
                FindingKind.OUTSIDE,
                f"outside:{one.code}",
                one.code,
                one.name,
                beyond,
                limit=OUTSIDE_M2,
                plane=plane,
            )


def _holes(covered: Any) -> Any:
    rings = [ring for part in _polygons(covered) for ring in part.interiors]
    return shapely.union_all([shapely.Polygon(ring) for ring in rings]) if rings else shapely.Polygon()


def strips(covered: Any) -> Any:
    """What closing over a few metres fills in: slits between grids that were meant to touch."""
    half = SLIVER_M / 2
    closed = shapely.buffer(shapely.buffer(covered, half, join_style="mitre"), -half, join_style="mitre")
    # Corners are mitred both ways, which leaves them as they are; whatever is filled in beside slits is below the size.
    parts = [part for part in _polygons(shapely.difference(closed, covered)) if part.area > GAP_M2]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def _uncovered(outlines: Sequence[Any], covered: Any) -> list[Any]:
    return list(shapely.difference(np.array(outlines, dtype=object), covered)) if len(outlines) else []


def _village(part: Any, outlines: Mapping[str, Any]) -> str:
    shares: defaultdict[str, float] = defaultdict(float)
    for code, around in outlines.items():
        if shapely.intersects(around, part):
            shares[code] += shapely.intersection(around, part).area
    return max(sorted(shares), key=shares.__getitem__, default="")


def _polygons(shape: Any) -> list[Any]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and not part.is_empty]


def _seen(
    kind: str, key: str, place: str, name: str, ground: Any, *, limit: float, plane: Plane, other: str = ""
) -> Seen:
    shown = shapely.simplify(ground, COARSE_M)
    point = shapely.point_on_surface(ground)
    lng, lat = plane.degrees(x=point.x, y=point.y)
    return Seen(
        kind=kind,
        key=key,
        place=place,
        name=name,
        other=other,
        value=round(ground.area),
        limit=round(limit),
        lng=round(lng, DECIMALS),
        lat=round(lat, DECIMALS),
        shape=geojson(shown, plane=plane),
    )


def geojson(shape: Any, *, plane: Plane) -> dict[str, Any]:
    """A shape of the plane as GeoJSON in degrees."""
    scale = (plane.metres_per_degree_lng, METRES_PER_DEGREE)
    polygons = shapely.MultiPolygon(_polygons(shape))
    degrees = shapely.transform(polygons, lambda points: (points / scale).round(DECIMALS))
    rings = [[[list(map(float, point)) for point in ring.coords] for ring in (part.exterior, *part.interiors)]
             for part in degrees.geoms]  # fmt: skip
    return {"type": "MultiPolygon", "coordinates": rings}
