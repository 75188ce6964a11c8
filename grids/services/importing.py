"""Grids from a file: first what it would change, then the change, all of it at once."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import shapely
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from grids.choices import ImportOf
from grids.events import MapExported, MapImported, MapPrepared
from grids.importing.reading import Read
from grids.models import Cell, MapImport, MapVersion
from grids.policies import KEEP
from grids.queries import cells_as_geojson, forget
from grids.queries.comparing import CHANGED, FAULTY, NEW, Line, compared
from grids.queries.comparing_outlines import compared_outlines
from grids.queries.fitting import misfits
from grids.services.drawing import drawn_event, placed
from grids.services.jobs import sweep_jobs
from grids.services.outlines import draw_outlines
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Stale
from kernel.events import DomainEvent, record, record_many
from kernel.exporting import export_stream
from kernel.ids import new_id
from kernel.permissions import require
from organizations.queries import may_anywhere

IMPORTS = uuid5(NAMESPACE_URL, "grids/imports")  # the chain of all imports
KEEP_IMPORTS = timedelta(days=90)
PLAIN = ("name", "kind", "host_kind", "households", "residents", "phone")


@deed
def prepare_import(*, read: Read, of: str = ImportOf.CELLS, actor: Actor, at: datetime) -> MapImport:
    """Keep what a file would change, to be looked at; nothing changes yet. Raises NotAllowed, Invalid."""
    require(may_anywhere(actor, capability=KEEP))
    if of not in ImportOf.values:
        raise Invalid(_("Unknown kind."), fields={"of": [_("Unknown kind.")]})
    forget()  # what somebody else has drawn a moment ago counts too
    lines, gone = compared(read.features) if of == ImportOf.CELLS else (compared_outlines(read.features), [])
    made = MapImport.objects.create(
        id=new_id(at=at), made_by_id=actor.user_id, made_at=at, system=read.system, of=of, lines=lines, gone=gone
    )
    verdicts = Counter(line["verdict"] for line in lines)
    told = MapPrepared(
        case_id=IMPORTS, subject_id=str(made.pk), of=of, new=verdicts[NEW], changed=verdicts[CHANGED],
        faulty=verdicts[FAULTY],
    )  # fmt: skip
    record(told, actor=actor, at=at)
    return made


@deed
def sweep_imports(*, at: datetime) -> int:
    """Forget files that were read long ago; returns how many. What they drew is on the map, and in the log."""
    sweep_jobs(before=at - KEEP_IMPORTS, at=at)
    return MapImport.objects.filter(made_at__lt=at - KEEP_IMPORTS).delete()[0]


@deed
def apply_import(*, import_id: Any, version: int | None = None, actor: Actor, at: datetime) -> MapImport:
    """Draw everything that is new or changed; what is faulty is left out, what the file lacks stays on the map.

    Raises NotAllowed, Missing, Conflict where it was applied already, Stale where the import, or a grid or an outline
    in it, was changed since it was looked at.
    """
    require(may_anywhere(actor, capability=KEEP))
    held: MapImport = MapImport.objects.locked(import_id, version=version)
    if held.applied_at is not None:
        raise Conflict(_("This import was applied already."))
    list(MapVersion.objects.select_for_update())
    lines = [line for line in held.lines if line["verdict"] in (NEW, CHANGED)]
    _check_still_fits(held, lines)
    happened = _draw_cells(lines) if held.of == ImportOf.CELLS else draw_outlines(lines)
    held.applied_at, held.version = at, held.version + 1
    held.save(update_fields=["applied_at", "version"])
    changed = sum(line["verdict"] == CHANGED for line in lines)
    told = MapImported(case_id=IMPORTS, subject_id=str(held.pk), new=len(lines) - changed, changed=changed)
    record_many([told, *happened], actor=actor, at=at)
    transaction.on_commit(forget)
    return held


def _check_still_fits(held: MapImport, lines: list[Line]) -> None:
    """Raise Stale where the map that the grids of a file would lie on is not the one that they were looked at with.

    A grid beside them, or the outline of their village, may have been drawn meanwhile.
    """
    if held.of != ImportOf.CELLS:
        return
    for line, fault in misfits(lines, held={one.code: one for one in Cell.objects.all()}):
        if fault.blocking:
            raise Stale(fault.why, details={"cell": line["code"], "fault": fault.code, "other": fault.other})


def _draw_cells(lines: list[Line]) -> list[DomainEvent]:
    codes = [line["code"] for line in lines]
    cells = {one.code: one for one in Cell.objects.select_for_update().filter(code__in=codes)}
    drawn = [_drawn(line, cells.get(line["code"])) for line in lines]
    Cell.objects.bulk_create([one for one in drawn if one.code not in cells], batch_size=500)
    written = [*PLAIN, "boundary", "lng", "lat", "area_m2", "active", "version"]
    Cell.objects.bulk_update([one for one in drawn if one.code in cells], written, batch_size=500)
    return [drawn_event(one) for one in drawn]


@deed
def export_map(*, cells: QuerySet[Cell], actor: Actor, at: datetime) -> dict[str, Any]:
    """The grids, scoped and narrowed already, as one GeoJSON; who took it is put on record."""
    found = cells_as_geojson(cells=cells)
    stream = export_stream(of="grids", actor=actor)
    record(MapExported(case_id=stream, subject_id=str(stream), rows=len(found["features"])), actor=actor, at=at)
    return found


def _drawn(line: Line, now: Cell | None) -> Cell:
    """The grid as the file has it. Raises Stale where it is no longer what the preview compared with."""
    if (now.version if now else 0) != line["version"]:
        raise Stale(_("This was changed in the meantime."), details={"cell": line["code"]})
    one = now or Cell(code=line["code"], village_id=line["code"][:12], version=0)
    for name, value in line["fields"].items():
        setattr(one, name, value)
    shape = shapely.geometry.shape(line["boundary"])
    for name, value in placed(shape).items():
        setattr(one, name, value)
    one.boundary, one.active, one.version = line["boundary"], True, one.version + 1
    return one
