"""Everything that the audit looks at, read in a handful of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from django.utils import timezone

from grids.auditing.seen import Grid
from grids.choices import CellKind, StaffKind
from grids.geometry import Plane
from grids.models import Cell, CellStaff, Territory
from organizations.choices import AreaLevel, Role
from organizations.models import Area, Posting

FIELDS = ("code", "name", "kind", "households", "residents", "phone", "lng", "lat", "boundary")


@dataclass(frozen=True, kw_only=True)
class MapFacts:
    """Grids and outlines in metres of one plane; names of villages and counts of staff by code."""

    plane: Plane
    grids: list[Grid]
    outlines: dict[str, Any]
    villages: dict[str, str]
    staff: dict[str, Counter[str]]
    posted: Counter[str]
    home: str


def map_facts(*, at: datetime) -> MapFacts:
    """The map and its people at an instant. Five queries."""
    rows = list(Cell.objects.drawn().order_by("code").values_list(*FIELDS))
    raw = np.array([shapely.geometry.shape(row[-1]) for row in rows], dtype=object)
    plane = Plane(float(np.mean(shapely.bounds(raw)[:, [1, 3]])) if rows else 0.0)
    shapes = plane.project(raw) if rows else raw
    grids = [_grid(row, shape) for row, shape in zip(rows, shapes, strict=True)]
    home = settings.HOME_AREA
    areas = Area.objects.inside(home).filter(level=AreaLevel.VILLAGE).values_list("code", "name")
    outlines = Territory.objects.filter(area__level=AreaLevel.VILLAGE).values_list("area_id", "boundary")
    posted = _posted(at)
    return MapFacts(
        plane=plane,
        grids=grids,
        outlines={code: plane.project(shapely.geometry.shape(one)) for code, one in outlines},
        villages=dict(areas),
        staff=staff_counts(posted, on=timezone.localtime(at).date()),
        posted=Counter(code for code, _role in posted.elements()),
        home=home,
    )


def staff_counts(posted: Counter[tuple[str, str]], *, on: date) -> dict[str, Counter[str]]:
    """Of each grid how many heads, instructors, police officers, full-time and part-time workers. One query."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (code, role), people in posted.items():
        counts[code]["head" if role == Role.GRID_LEADER else StaffKind.FULL_TIME.value] += people
    for code, kind in CellStaff.objects.in_force(on).values_list("cell__code", "kind"):
        counts[code][kind] += 1
    return dict(counts)


def _posted(at: datetime) -> Counter[tuple[str, str]]:
    held = Posting.objects.in_force(at).filter(user__is_active=True).exclude(cell_code="")
    return Counter(held.order_by().values_list("cell_code", "role"))


def _grid(row: tuple[Any, ...], shape: Any) -> Grid:
    code, name, kind, households, residents, phone, lng, lat, _boundary = row
    return Grid(
        code=code,
        name=name,
        basic=kind == CellKind.BASIC,
        households=households,
        residents=residents,
        phone=phone,
        lng=lng,
        lat=lat,
        shape=shape,
    )
