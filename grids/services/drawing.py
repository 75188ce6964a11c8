"""Drawing and retiring grids: inside one village, and basic grids without overlap (GB/T 34300)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import shapely
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grids.events import CellDrawn, CellRetired, cell
from grids.geometry import area_m2, geojson_of, read_boundary
from grids.models import Cell, MapVersion
from grids.policies import KEEP
from grids.queries import forget, workers_of
from grids.queries.topology import Fault, faults_of
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing
from kernel.events import record
from kernel.permissions import require
from kernel.querysets import check_version
from organizations.choices import AreaLevel
from organizations.models import Area
from organizations.places import WIDTH
from organizations.queries import may_anywhere


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
    confirmed: bool = True,
    version: int | None = None,
    actor: Actor,
    at: datetime,
) -> Cell:
    """Draw a grid, or draw the grid of this code anew. Its village is named by the first 12 digits of the code.

    `version` is that of the grid as it was seen, 0 for one that is new; `confirmed` says that strips and small overlaps
    were seen. Raises NotAllowed, Invalid (a field or the boundary), Missing (no such village), Stale, Conflict where it
    would lie over another basic grid, leave its village, or do something that was not confirmed.
    """
    require(may_anywhere(actor, capability=KEEP))
    shape = read_boundary(boundary=boundary)
    # Two grids are drawn one after the other, so that neither overlooks the other: the stamp's row is their lock.
    list(MapVersion.objects.select_for_update())
    if not Area.objects.filter(code=code[:12], level=AreaLevel.VILLAGE).exists():
        raise Missing(_("The code does not begin with that of a village here."))
    transaction.on_commit(forget)
    forget()  # what was drawn before us is committed now, and has to be seen
    drawn = Cell.objects.filter(code=code).first() or Cell(code=code, version=0)
    if drawn.ends_on is not None:
        raise Conflict(_("The grid of this code has ended; a code is not given twice."), code="ended")
    if drawn.active or version:  # what was taken off the map is drawn again like one that is new
        check_version(drawn, version)
    wanted = {"name": name, "kind": kind, "host_kind": host_kind, "phone": phone, "boundary": geojson_of(shape)}
    counted = {"households": households, "residents": residents, "village_id": code[:WIDTH], "active": True}
    for field, value in (wanted | counted | placed(shape)).items():
        setattr(drawn, field, value)
    drawn.version += 1
    _check(drawn)
    _refuse(faults_of(code=code, kind=kind, shape=shape), confirmed=confirmed)
    drawn.save()
    record(drawn_event(drawn), actor=actor, at=at)
    return drawn


@deed
def retire_cell(*, code: str, actor: Actor, at: datetime) -> None:
    """Take a grid off the map. Raises NotAllowed, Missing, Conflict while somebody is posted to it."""
    require(may_anywhere(actor, capability=KEEP))
    retired = Cell.objects.drawn().select_for_update().filter(code=code).first()
    if retired is None:
        raise Missing(_("There is no such grid."))
    if posted := workers_of(code, at=at):
        raise Conflict(_("People are still posted to this grid."), details={"users": [one.user_id for one in posted]})
    retired.active, retired.version = False, retired.version + 1
    retired.save(update_fields=["active", "version"])
    happened = CellRetired(case_id=cell(code=code), subject_id=f"cell:{code}", cell_code=code)
    record(happened, actor=actor, at=at)
    transaction.on_commit(forget)


def placed(shape: Any) -> dict[str, Any]:
    """A point inside, in degrees, and the area."""
    point = shapely.point_on_surface(shape)
    return {"lng": round(point.x, 6), "lat": round(point.y, 6), "area_m2": area_m2(shape)}


def drawn_event(drawn: Cell) -> CellDrawn:
    """That a grid is drawn, by whatever way."""
    return CellDrawn(
        case_id=cell(code=drawn.code),
        subject_id=f"cell:{drawn.code}",
        cell_code=drawn.code,
        kind=drawn.kind,
        area_m2=drawn.area_m2,
    )


def _check(drawn: Cell) -> None:
    try:
        drawn.clean_fields(exclude=["village"])
        drawn.validate_constraints()
    except ValidationError as error:
        raise Invalid(_("This grid cannot be drawn."), fields=error.message_dict) from error


def _refuse(faults: list[Fault], *, confirmed: bool) -> None:
    for fault in faults:
        details = {"cell": fault.other, "fault": fault.code, "area_m2": fault.area_m2}
        if fault.blocking:
            raise Conflict(fault.why, code="does_not_fit", details=details)
        if not confirmed:
            raise Conflict(fault.why, code="not_confirmed", details=details)
