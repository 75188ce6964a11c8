"""Whether a border fits among the others: inside its village, over no sibling, and no strip left between."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import shapely
from django.utils.translation import gettext as _

from grids.auditing.ground import geojson, strips
from grids.auditing.thresholds import OUTSIDE_M2, OVERLAP_M2, SLIVER_M
from grids.choices import CellKind
from grids.geometry import Plane
from grids.models import Territory
from grids.queries import index
from grids.queries.index import CellIndex
from organizations.places import WIDTH

# Hand-drawn neighbours touch imperfectly: an overlap up to this share of the smaller grid is a shared border.
TOUCHING = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that does not fit. What is `blocking` cannot be saved; anything else asks to be confirmed."""

    code: str
    why: str
    area_m2: int
    blocking: bool
    shape: dict[str, Any]
    other: str = ""


def faults_of(*, code: str, kind: str, shape: Any, instead: Collection[str] = ()) -> list[Fault]:
    """What is wrong with a valid shape (degrees) as the border of this grid, the blocking first. One query, or two.

    `instead` are grids that give way to it: nobody minds its lying over them.
    """
    held = index.current()
    own = held.plane.project(shape) if held.facts else None
    found = _outside(code, shape)
    if own is not None and kind == CellKind.BASIC:
        near = [
            int(n)
            for n in held.tree.query(shapely.buffer(own, SLIVER_M))
            if held.facts[n][2] == CellKind.BASIC and held.facts[n][0] != code and held.facts[n][0] not in instead
        ]
        found += [*_overlaps(held, own, near), *_strips(held, own, near)]
    return sorted(found, key=lambda one: (not one.blocking, one.code, one.other))


def _outside(code: str, shape: Any) -> list[Fault]:
    boundary = Territory.objects.filter(pk=code[:WIDTH]).values_list("boundary", flat=True).first()
    if boundary is None:
        return []
    plane = Plane((shape.bounds[1] + shape.bounds[3]) / 2)
    around = plane.project(shapely.geometry.shape(boundary))
    beyond = shapely.difference(plane.project(shape), around)
    if beyond.area <= OUTSIDE_M2:
        return []
    why = _("It reaches over the border of its village.")
    return [fault("outside", why, beyond, plane=plane, blocking=True)]


def _overlaps(held: CellIndex, own: Any, near: list[int]) -> list[Fault]:
    found = []
    for number in near:
        other, code = held.shapes[number], held.facts[number][0]
        both = shapely.intersection(own, other)
        blocking = both.area > TOUCHING * min(own.area, other.area)
        if both.area > OVERLAP_M2 or blocking:
            why = _("It lies over grid %(code)s; basic grids do not overlap.") % {"code": code}
            found.append(fault("overlap", why, both, plane=held.plane, blocking=blocking, other=code))
    return found


def _strips(held: CellIndex, own: Any, near: list[int]) -> list[Fault]:
    if not near:
        return []
    edge = shapely.buffer(own, 1.0)
    slits = strips(shapely.union_all([own, *held.shapes[near]]))
    open_ground = [part for part in shapely.get_parts(slits) if shapely.intersects(part, edge)]
    why = _("It leaves a strip that no grid covers.")
    return [fault("strip", why, part, plane=held.plane, blocking=False) for part in open_ground]


def fault(code: str, why: str, ground: Any, *, plane: Any, blocking: bool, other: str = "") -> Fault:
    """One fault over some ground of the plane, which is told in degrees."""
    return Fault(
        code=code,
        why=why,
        area_m2=round(ground.area),
        blocking=blocking,
        shape=geojson(ground, plane=plane),
        other=other,
    )
