"""Drawing and retiring grids: inside one village, and basic grids without overlap (GB/T 34300)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import shapely
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from grids.choices import CellKind
from grids.events import CellDrawn, CellRetired, cell
from grids.geometry import area_m2, read_boundary
from grids.models import Cell, MapVersion
from grids.queries import forget, workers_of
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing
from kernel.events import record
from kernel.permissions import require
from organizations.choices import AreaLevel
from organizations.models import Area
from organizations.queries import may_anywhere

# Hand-drawn neighbours touch imperfectly: an overlap up to this share of the smaller grid is a shared border.
TOUCHING = 0.01


@deed
def draw_cell(
    *,
    code: str,
    name: str,
    kind: str,
    boundary: Mapping[str, Any],
    households: int = 0,
    residents: int = 0,
    host_kind: str = "",
    phone: str = "",
    actor: Actor,
    at: datetime,
) -> Cell:
    """Draw a grid, or draw the grid of this code anew. Its village is named by the first 12 digits of the code.

    Raises NotAllowed, Invalid (a field or the boundary), Missing (no such village), Conflict where a basic grid would
    lie over another basic one.
    """
    require(may_anywhere(actor, capability="reference.edit"))
    shape = read_boundary(boundary=boundary)
    # Two grids are drawn one after the other, so that neither overlooks the other: the stamp's row is their lock.
    list(MapVersion.objects.select_for_update())
    if not Area.objects.filter(code=code[:12], level=AreaLevel.VILLAGE).exists():
        raise Missing(_("The code does not begin with that of a village here."))
    drawn = Cell.objects.filter(code=code).first() or Cell(code=code)
    point = shapely.point_on_surface(shape)
    wanted = {"name": name, "kind": kind, "host_kind": host_kind, "phone": phone, "boundary": dict(boundary)}
    counted = {"households": households, "residents": residents, "area_m2": area_m2(shape), "active": True}
    placed = {"village_id": code[:12], "lng": round(point.x, 6), "lat": round(point.y, 6)}
    for field, value in (wanted | counted | placed).items():
        setattr(drawn, field, value)
    _check(drawn)
    if kind == CellKind.BASIC:
        _refuse_overlap(drawn, shape)
    drawn.save()
    happened = CellDrawn(
        case_id=cell(code=code), subject_id=f"cell:{code}", cell_code=code, kind=kind, area_m2=drawn.area_m2
    )
    record(happened, actor=actor, at=at)
    transaction.on_commit(forget)
    return drawn


@deed
def retire_cell(*, code: str, actor: Actor, at: datetime) -> None:
    """Take a grid off the map. Raises NotAllowed, Missing, Conflict while somebody is posted to it."""
    require(may_anywhere(actor, capability="reference.edit"))
    retired = Cell.objects.drawn().select_for_update().filter(code=code).first()
    if retired is None:
        raise Missing(_("There is no such grid."))
    if posted := workers_of(code, at=at):
        raise Conflict(_("People are still posted to this grid."), details={"users": [one.user_id for one in posted]})
    retired.active = False
    retired.save(update_fields=["active"])
    happened = CellRetired(case_id=cell(code=code), subject_id=f"cell:{code}", cell_code=code)
    record(happened, actor=actor, at=at)
    transaction.on_commit(forget)


def _check(drawn: Cell) -> None:
    try:
        drawn.clean_fields(exclude=["village"])
        drawn.validate_constraints()
    except ValidationError as error:
        raise Invalid(_("This grid cannot be drawn."), fields=error.message_dict) from error


def _refuse_overlap(drawn: Cell, shape: BaseGeometry) -> None:
    others = Cell.objects.drawn().filter(kind=CellKind.BASIC).exclude(code=drawn.code).order_by("code")
    west, south, east, north = shape.bounds
    for code, boundary in others.values_list("code", "boundary").iterator(chunk_size=500):
        other = shapely.geometry.shape(boundary)
        if not shapely.box(west, south, east, north).intersects(other):
            continue
        if shape.intersection(other).area > TOUCHING * min(shape.area, other.area):
            why = _("It lies over grid %(code)s; basic grids do not overlap.") % {"code": code}
            raise Conflict(why, details={"cell": code})
