"""Outlines of villages and townships: whether one fits among its siblings and over its grids, and which are missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from django.utils.translation import gettext as _

from grids.auditing.thresholds import OUTSIDE_M2, OVERLAP_M2
from grids.choices import CellKind
from grids.geometry import DECIMALS, Plane
from grids.models import Cell, Territory
from grids.queries.topology import TOUCHING, Fault, fault
from organizations.choices import AreaLevel
from organizations.models import Area

LEVELS = (AreaLevel.TOWNSHIP, AreaLevel.VILLAGE)
Outlines = Mapping[str, Any]  # shapes in degrees by the code of the area


def outlines_beside(area: Area) -> dict[str, Any]:
    """The known outlines of the other areas of its level in the county, in degrees. One query."""
    known = Territory.objects.filter(area__level=area.level, area__code__startswith=area.code[:6]).exclude(pk=area.pk)
    return {code: shapely.geometry.shape(one) for code, one in known.values_list("pk", "boundary")}


def outline_faults(*, code: str, shape: Any, beside: Outlines, cells: Outlines, around: Any = None) -> list[Fault]:
    """What is wrong with a valid shape (degrees) as the outline of an area, the blocking first.

    `beside` are the outlines of its siblings, `cells` its grids, `around` the outline of its township. Over a sibling
    it cannot lie; a grid of its own that it leaves out, and ground beyond the township, are remarks.
    """
    plane = Plane((shape.bounds[1] + shape.bounds[3]) / 2)
    own = plane.project(shape)
    found = [*_over(code, own, beside, plane=plane), *_left_out(own, cells, plane=plane)]
    if around is not None:
        beyond = shapely.difference(own, plane.project(around))
        if beyond.area > OUTSIDE_M2:
            why = _("It reaches over the outline of its township.")
            found.append(fault("outside", why, beyond, plane=plane, blocking=False))
    return sorted(found, key=lambda one: (not one.blocking, one.code, one.other))


def _over(code: str, own: Any, beside: Outlines, *, plane: Plane) -> Iterable[Fault]:
    for other, shape in beside.items():
        if other == code or not shapely.intersects(own, flat := plane.project(shape)):
            continue
        both = shapely.intersection(own, flat)
        blocking = both.area > TOUCHING * min(own.area, flat.area)
        if blocking or both.area > OVERLAP_M2:
            why = _("It lies over the outline of %(code)s; ground belongs to one area.") % {"code": other}
            yield fault("overlap", why, both, plane=plane, blocking=blocking, other=other)


def _left_out(own: Any, cells: Outlines, *, plane: Plane) -> Iterable[Fault]:
    for code, shape in cells.items():
        beyond = shapely.difference(plane.project(shape), own)
        if beyond.area > OUTSIDE_M2:
            why = _("It leaves out ground of grid %(code)s.") % {"code": code}
            yield fault("left_out", why, beyond, plane=plane, blocking=False, other=code)


def faults_of_outline(*, area: Area, shape: Any) -> list[Fault]:
    """The same over the map as it is. Three queries."""
    around = Territory.objects.filter(pk=area.parent_id).first() if area.level == AreaLevel.VILLAGE else None
    return outline_faults(
        code=area.code,
        shape=shape,
        beside=outlines_beside(area),
        cells=cells_in(area),
        around=shapely.geometry.shape(around.boundary) if around else None,
    )


def cells_in(area: Area) -> dict[str, Any]:
    """The grids of a village, in degrees; of a township none, since they lie in its villages. One query."""
    if area.level != AreaLevel.VILLAGE:
        return {}
    rows = Cell.objects.drawn().filter(village=area).values_list("code", "boundary")
    return {code: shapely.geometry.shape(one) for code, one in rows}


def ground_of(area: Area) -> dict[str, Any] | None:
    """What the basic grids of an area cover together, as GeoJSON; None where none is drawn. One query."""
    rows = Cell.objects.drawn().filter(kind=CellKind.BASIC).inside(area.prefix)
    shapes = [shapely.geometry.shape(one) for one in rows.values_list("boundary", flat=True)]
    if not shapes:
        return None
    whole = shapely.transform(shapely.union_all(shapes), lambda points: points.round(DECIMALS))
    return dict(shapely.geometry.mapping(whole if whole.is_valid else shapely.make_valid(whole)))
