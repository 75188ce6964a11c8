"""Outlines of villages and townships: what the grids of a place have to cover."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import shapely
from django.utils.translation import gettext as _

from grids.events import OutlineDrawn, area_case
from grids.geometry import area_m2, geojson_of, read_boundary
from grids.models import MapVersion, Territory
from grids.policies import KEEP
from grids.queries.outlining import LEVELS, faults_of_outline
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Missing, Stale
from kernel.events import DomainEvent, record
from kernel.permissions import require
from kernel.querysets import check_version
from organizations.models import Area
from organizations.queries import may_anywhere

Line = dict[str, Any]


@deed
def draw_outline(
    *,
    area_code: str,
    boundary: Mapping[str, Any],
    confirmed: bool = False,
    version: int | None = None,
    actor: Actor,
    at: datetime,
) -> Territory:
    """Draw the outline of a village or a township, or draw it anew.

    `version` is that of the outline as it was seen, 0 for one that is new; `confirmed` says that the remarks were seen.
    Raises NotAllowed, Missing, Invalid (the boundary), Stale, Conflict where it lies over the outline of another area,
    or does something that was not confirmed.
    """
    require(may_anywhere(actor, capability=KEEP))
    area = Area.objects.filter(code=area_code, level__in=LEVELS).first()
    if area is None:
        raise Missing(_("There is no such area here."))
    shape = read_boundary(boundary=boundary)
    # Two outlines are drawn one after the other, so that neither overlooks the other.
    list(MapVersion.objects.select_for_update())
    drawn = Territory.objects.filter(pk=area_code).first() or Territory(pk=area_code, version=0)
    check_version(drawn, version)
    for fault in faults_of_outline(area=area, shape=shape):
        details = {"other": fault.other, "fault": fault.code, "area_m2": fault.area_m2}
        if fault.blocking:
            raise Conflict(fault.why, code="does_not_fit", details=details)
        if not confirmed:
            raise Conflict(fault.why, code="not_confirmed", details=details)
    drawn.boundary, drawn.area_m2, drawn.version = geojson_of(shape), area_m2(shape), drawn.version + 1
    drawn.save()
    record(_event(drawn), actor=actor, at=at)
    return drawn


def draw_outlines(lines: list[Line]) -> list[DomainEvent]:
    """The outlines of a file that was looked at, as they lie in it. Part of the deed that applies the file.

    Raises Stale where one was changed meanwhile.
    """
    held = {one.pk: one for one in Territory.objects.select_for_update().filter(pk__in=[one["code"] for one in lines])}
    drawn = [_drawn(line, held.get(line["code"])) for line in lines]
    Territory.objects.bulk_create([one for one in drawn if one.pk not in held], batch_size=500)
    changed = [one for one in drawn if one.pk in held]
    Territory.objects.bulk_update(changed, ["boundary", "area_m2", "version"], batch_size=500)
    return [_event(one) for one in drawn]


def _drawn(line: Line, now: Territory | None) -> Territory:
    if (now.version if now else 0) != line["version"]:
        raise Stale(_("This was changed in the meantime."), details={"area": line["code"]})
    one = now or Territory(pk=line["code"], version=0)
    one.boundary, one.version = line["boundary"], one.version + 1
    one.area_m2 = area_m2(shapely.geometry.shape(line["boundary"]))
    return one


def _event(drawn: Territory) -> OutlineDrawn:
    code = str(drawn.pk)
    return OutlineDrawn(
        case_id=area_case(code=code), subject_id=f"outline:{code}", area_code=code, area_m2=drawn.area_m2
    )
