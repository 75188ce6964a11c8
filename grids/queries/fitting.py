"""Whether the grids of a file fit among each other and those that stay: overlaps, borders crossed, ground left open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _

from grids.auditing.ground import open_ground
from grids.auditing.thresholds import OUTSIDE_M2, OVERLAP_M2
from grids.choices import CellKind
from grids.geometry import Plane
from grids.models import Cell, Territory
from grids.queries.topology import TOUCHING, Fault, fault
from organizations.places import WIDTH

BESIDE_M = 1.0  # ground that is open so near to a grid of the file lies at its border
Line = dict[str, Any]
Misfit = tuple[Line, Fault]


def misfits(lines: Sequence[Line], *, held: Mapping[str, Cell]) -> list[Misfit]:
    """What does not fit, with the line it belongs to. `lines` are those to be drawn, with valid borders. One query.

    Overlaps and borders beyond the village are blocking; small overlaps and ground left open are remarks.
    """
    if not lines:
        return []
    shapes = np.array([shapely.geometry.shape(line["boundary"]) for line in lines], dtype=object)
    plane = Plane(float(shapely.bounds(shapes)[:, [1, 3]].mean()))
    drawn = list(zip(lines, plane.project(shapes), strict=True))
    outlines = _outlines(lines, plane=plane)
    found = list(_beyond(drawn, outlines=outlines, plane=plane))
    basic = [(line, shape) for line, shape in drawn if line["fields"]["kind"] == CellKind.BASIC]
    stay = _staying(held, named={line["code"] for line in lines}, plane=plane)
    if basic:
        found += [*_overlaps(basic, stay, plane=plane), *_open(basic, stay, outlines=outlines, plane=plane)]
    return found


def _outlines(lines: Sequence[Line], *, plane: Plane) -> dict[str, Any]:
    villages = {line["code"][:WIDTH] for line in lines}
    known = Territory.objects.filter(pk__in=villages).values_list("pk", "boundary")
    return {code: plane.project(shapely.geometry.shape(one)) for code, one in known}


def _staying(held: Mapping[str, Cell], *, named: set[str], plane: Plane) -> list[tuple[str, Any]]:
    """Code and ground of the basic grids that the file leaves as they are."""
    return [
        (code, plane.project(shapely.geometry.shape(one.boundary)))
        for code, one in held.items()
        if one.active and one.kind == CellKind.BASIC and code not in named
    ]


def _beyond(drawn: Sequence[tuple[Line, Any]], *, outlines: Mapping[str, Any], plane: Plane) -> Iterator[Misfit]:
    for line, shape in drawn:
        around = outlines.get(line["code"][:WIDTH])
        if around is None:
            continue
        beyond = shapely.difference(shape, around)
        if beyond.area > OUTSIDE_M2:
            yield (
                line,
                fault("outside", _("It reaches over the border of its village."), beyond, plane=plane, blocking=True),
            )


def _overlaps(basic: Sequence[tuple[Line, Any]], stay: Sequence[tuple[str, Any]], *, plane: Plane) -> Iterator[Misfit]:
    """Basic grids as they would lie: those of the file among themselves, and among the others that stay."""
    codes = [*(line["code"] for line, _shape in basic), *(code for code, _shape in stay)]
    shapes = np.array([shape for _named, shape in (*basic, *stay)], dtype=object)
    left, right = shapely.STRtree(shapes).query(shapes[: len(basic)], predicate="intersects")
    for a, b in zip(left, right, strict=True):
        both = shapely.intersection(shapes[a], shapes[b]) if a != b else shapely.Polygon()
        blocking = both.area > TOUCHING * min(shapes[a].area, shapes[b].area)
        if blocking or both.area > OVERLAP_M2:
            why = _("It lies over grid %(code)s; basic grids do not overlap.") % {"code": codes[b]}
            yield basic[a][0], fault("overlap", why, both, plane=plane, blocking=blocking, other=codes[b])


def _open(
    basic: Sequence[tuple[Line, Any]],
    stay: Sequence[tuple[str, Any]],
    *,
    outlines: Mapping[str, Any],
    plane: Plane,
) -> Iterator[Misfit]:
    """Ground that would lie open beside a grid of the file; what is open elsewhere is no matter of the file."""
    bare = open_ground([shape for _named, shape in (*basic, *stay)], outlines=list(outlines.values()))
    tree = shapely.STRtree([shape for _line, shape in basic])
    for part in bare:
        nearest = int(tree.nearest(part))
        line, shape = basic[nearest]
        if shapely.distance(shape, part) <= BESIDE_M:
            yield line, fault("gap", _("Beside it lies ground that no grid covers."), part, plane=plane, blocking=False)
