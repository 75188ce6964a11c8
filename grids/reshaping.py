"""Cutting one grid in two and making one of two: shapes in degrees, judged in metres (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
import shapely.ops
from django.utils.translation import gettext as _

from grids.auditing.ground import strips
from grids.auditing.thresholds import GAP_M2
from grids.choices import Cut
from grids.geometry import DECIMALS, MOST_POINTS, Plane
from kernel.errors import Conflict, Invalid

TURNS = 40  # of the search for the line that halves: each halves what is left of the extent
BEYOND = 0.001  # how far, in degrees, a straight cut reaches over the grid on both sides
NARROW_M = 0.5  # grids so near to each other touch: hands drew them
ROUNDING = 1e-4  # of the ground may come or go by rounding to centimetres


def read_line(line: Mapping[str, Any]) -> Any:
    """The line of a GeoJSON LineString. Raises Invalid naming the field `line`."""
    try:
        if line.get("type") != "LineString":
            raise ValueError
        read = shapely.geometry.shape(line)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, shapely.errors.ShapelyError) as error:
        raise _no_line(_("The line cannot be read: a GeoJSON LineString is needed.")) from error
    points = shapely.get_coordinates(read)
    if not 2 <= len(points) <= MOST_POINTS or not np.isfinite(points).all() or (np.abs(points) > (180, 90)).any():
        raise _no_line(_("The line cannot be read: a GeoJSON LineString is needed."))
    return read


def halving(shape: Any, *, cut: str) -> Any:
    """The straight line that makes two parts of the same size: from north to south, or from west to east."""
    across = 0 if cut == Cut.WEST_EAST else 1
    west, south, east, north = shape.bounds
    low, high = (west, east) if across == 0 else (south, north)
    begin, end = low, high
    for _turn in range(TURNS):
        middle = (low + high) / 2
        box = (west, south, middle, north) if across == 0 else (west, south, east, middle)
        if shapely.intersection(shape, shapely.box(*box)).area * 2 < shape.area:
            low = middle
        else:
            high = middle
    place = min(max((low + high) / 2, begin), end)
    if across == 0:
        return shapely.LineString([(place, south - BEYOND), (place, north + BEYOND)])
    return shapely.LineString([(west - BEYOND, place), (east + BEYOND, place)])


def cut_in_two(shape: Any, *, line: Any) -> tuple[Any, Any]:
    """The two parts, in the order in which grids are numbered: from west to east, then from north to south.

    Raises Conflict `does_not_fit` where the line does not make two pieces, or one too small to be a grid.
    """
    if shape.geom_type != "Polygon" and len(shapely.get_parts(shape)) > 1:
        raise _refused(_("The grid lies in several pieces; draw it in one piece first."))
    ground = shapely.get_parts(shape)[0]
    try:
        pieces = [rounded(one) for one in shapely.ops.split(ground, line).geoms]
    except (ValueError, shapely.errors.ShapelyError) as error:  # a line along the border
        raise _refused(_("The line has to cross the grid from one side to the other.")) from error
    if len(pieces) < 2:
        raise _refused(_("The line has to cross the grid from one side to the other."))
    if len(pieces) > 2:
        raise _refused(_("The line cuts the grid into %(n)d pieces; two are needed.") % {"n": len(pieces)})
    first, second = numbered(pieces)
    plane = _plane(shape)
    smaller = min(plane.project(first).area, plane.project(second).area)
    if smaller < GAP_M2:
        raise _refused(_("One of the two would have only %(area)d m².") % {"area": smaller})
    _same_ground(plane.project(shape), plane.project(shapely.union_all([first, second])))
    return first, second


def made_one(shapes: Sequence[Any], *, others: Sequence[Any]) -> Any:
    """What two neighbours cover together. `others`: the ground of the grids around, which may lie between them.

    Raises Conflict `does_not_fit` where they share no border, or ground between them would belong to nobody.
    """
    plane = _plane(shapely.union_all(list(shapes)))
    flat = [plane.project(one) for one in shapes]
    around = shapely.union_all([plane.project(one) for one in others])
    merged = shapely.union_all(flat)
    pieces = sum(len(shapely.get_parts(one)) for one in flat)
    if len(shapely.get_parts(merged)) >= pieces:  # hands drew them a hair's breadth apart
        closed = shapely.buffer(shapely.buffer(merged, NARROW_M, join_style="mitre"), -NARROW_M, join_style="mitre")
        merged = shapely.union(merged, shapely.difference(closed, around))
    bare = shapely.difference(strips(shapely.union_all(flat)), around)
    if bare.area > GAP_M2:
        said = {"area": round(bare.area)}
        raise _refused(
            _("Between the two lie %(area)d m² that no grid covers; draw their borders together first.") % said
        )
    if len(shapely.get_parts(merged)) >= pieces:
        raise _refused(_("The two share no border; only neighbours are merged."))
    _same_ground(shapely.union_all(flat), merged)
    scale = (plane.metres_per_degree_lng, plane.y(1.0))
    return rounded(shapely.transform(merged, lambda points: points / scale))


def numbered(pieces: Sequence[Any]) -> list[Any]:
    """In the order of the numbers of grids within a village (GB/T 30428): west to east, north to south."""
    return sorted(pieces, key=lambda one: (round(one.centroid.x, 4), -one.centroid.y))


def rounded(shape: Any) -> Any:
    """A valid shape to the centimetre."""
    found = shapely.transform(shape, lambda points: points.round(DECIMALS))
    return found if found.is_valid else shapely.make_valid(found)


def _plane(shape: Any) -> Plane:
    return Plane((shape.bounds[1] + shape.bounds[3]) / 2)


def _same_ground(before: Any, after: Any) -> None:
    """What comes out covers what went in, neither less nor more, but for rounding."""
    moved = shapely.symmetric_difference(before, after).area
    if moved > max(1.0, ROUNDING * before.area):
        raise _refused(_("It would leave %(area)d m² to nobody, or to two grids.") % {"area": round(moved)})


def _refused(why: str) -> Conflict:
    return Conflict(why, code="does_not_fit")


def _no_line(why: str) -> Invalid:
    return Invalid(why, fields={"line": [why]})
