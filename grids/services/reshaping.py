"""Grids split in two, and neighbours merged into one. The old ones end, the new ones begin; nothing is left between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import shapely
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from grids.choices import ChangeKind, Cut, Part
from grids.events import CellMerged, CellSplit, cell
from grids.geometry import geojson_of
from grids.models import Cell, CellChange, MapVersion, Succession
from grids.policies import KEEP
from grids.queries import forget
from grids.queries.reshaping import Piece, faults_in, neighbours_of, pieces_of, shape_of
from grids.queries.topology import Fault
from grids.reshaping import cut_in_two, halving, made_one, read_line
from grids.services.drawing import drawn_event
from grids.services.handing_over import hand_over
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing
from kernel.events import record_many
from kernel.ids import new_id
from kernel.permissions import require
from kernel.querysets import check_version
from organizations.queries import may_anywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """What is said of a new grid; its telephone and its host are those of the old."""

    name: str
    households: int
    residents: int


@deed
def split_cell(
    *,
    code: str,
    line: Mapping[str, Any],
    first: Fresh,
    second: Fresh,
    staff: Mapping[str, str],
    reason: str,
    rest: str = Part.FIRST,
    version: int | None = None,
    actor: Actor,
    at: datetime,
) -> CellChange:
    """End a grid today; two begin on its ground, cut along a GeoJSON LineString in degrees.

    `staff` says of everybody who serves it, by the key of queries.reshaping.serving, where they go on: first, second
    or both. What is open follows its point; without one it goes on in `rest`, first or second. Raises NotAllowed,
    Missing, Stale, Invalid by field, Conflict `does_not_fit` where ground would be left over, or covered twice.
    """
    require(may_anywhere(actor, capability=KEEP))
    (old,) = _locked([code])
    check_version(old, version)
    pieces = planned_split(old, line=line)
    if rest not in (Part.FIRST, Part.SECOND):
        raise Invalid.field("rest", _("Unknown kind."))
    _check_counts([old], [first, second])
    _refuse(faults_in(pieces, olds=[old]))
    news = [_begun([old], piece, said, at=at) for piece, said in zip(pieces, (first, second), strict=True)]
    change = _changed(ChangeKind.SPLIT, [old], news, reason=reason, actor=actor, at=at)
    codes = [one.code for one in news]
    hand_over([old], {Part.FIRST: news[0], Part.SECOND: news[1]}, staff=staff, actor=actor, at=at)
    split = CellSplit(
        case_id=cell(code=code), subject_id=f"cell:{code}", cell_code=code, into=codes,
        rest=codes[rest == Part.SECOND], ends_on=change.on.isoformat(),
    )  # fmt: skip
    record_many([split, *map(drawn_event, news)], actor=actor, at=at)
    return change


@deed
def merge_cells(
    *,
    code: str,
    other: str,
    name: str,
    reason: str,
    version: int | None = None,
    other_version: int | None = None,
    actor: Actor,
    at: datetime,
) -> CellChange:
    """End two neighbours of one kind and village today; one grid begins on their ground, served by all who served them.

    Raises NotAllowed, Missing, Stale, Invalid by field, Conflict `does_not_fit` where they share no border, or ground
    between them would be left to nobody.
    """
    require(may_anywhere(actor, capability=KEEP))
    if code == other:
        raise Invalid.field("other", _("A grid is merged with another one."))
    olds = _locked([code, other])
    check_version(olds[0], version)
    check_version(olds[1], other_version)
    (piece,) = planned_merger(olds)
    _refuse(faults_in([piece], olds=olds))
    counts = [sum(getattr(one, field) for one in olds) for field in ("households", "residents")]
    made = _begun(olds, piece, Fresh(name=name, households=counts[0], residents=counts[1]), at=at)
    change = _changed(ChangeKind.MERGE, olds, [made], reason=reason, actor=actor, at=at)
    hand_over(olds, {Part.FIRST: made}, staff=None, actor=actor, at=at)
    merged = [
        CellMerged(
            case_id=cell(code=one.code), subject_id=f"cell:{one.code}", cell_code=one.code, into=made.code,
            ends_on=change.on.isoformat(),
        )
        for one in olds
    ]  # fmt: skip
    record_many([*merged, drawn_event(made)], actor=actor, at=at)
    return change


def line_for(old: Cell, *, cut: str, drawn: Mapping[str, Any] | None) -> dict[str, Any]:
    """The line of a cut as GeoJSON: the one drawn, or the one that halves. Raises Invalid where none was drawn."""
    if cut != Cut.LINE:
        return dict(shapely.geometry.mapping(halving(shape_of(old), cut=cut)))
    if not drawn:
        raise Invalid.field("line", _("Draw a line from one side of the grid to the other."))
    return dict(drawn)


def planned_split(old: Cell, *, line: Mapping[str, Any]) -> list[Piece]:
    """The two new grids that a line makes. Raises Invalid, Conflict."""
    return pieces_of(olds=[old], shapes=cut_in_two(shape_of(old), line=read_line(line)))


def planned_merger(olds: Sequence[Cell]) -> list[Piece]:
    """The one new grid. Raises Conflict where the two are no neighbours, or of two kinds or villages."""
    one, other = olds
    if (one.village_id, one.kind, one.host_kind) != (other.village_id, other.kind, other.host_kind):
        raise Conflict(_("Only grids of the same village and the same kind are merged."), code="does_not_fit")
    codes = {one.code, other.code}
    around = [near for held in olds for near in neighbours_of(held) if near.code not in codes]
    shape = made_one([shape_of(held) for held in olds], others=[shape_of(near) for near in around])
    return pieces_of(olds=olds, shapes=[shape])


def _locked(codes: Sequence[str]) -> list[Cell]:
    """The grids in the order asked for. The row of the stamp is the lock under which the map is changed."""
    list(MapVersion.objects.select_for_update())
    transaction.on_commit(forget)
    forget()  # what was drawn before us is committed now, and has to be seen
    held = {one.code: one for one in Cell.objects.drawn().select_for_update().filter(code__in=codes)}
    if len(held) < len(codes):
        raise Missing(_("There is no such grid."))
    return [held[code] for code in codes]


def _begun(olds: Sequence[Cell], piece: Piece, said: Fresh, *, at: datetime) -> Cell:
    first = olds[0]
    if not said.name.strip():
        raise Invalid.field("name", _("Required."))
    point = shapely.point_on_surface(piece.shape)
    return Cell(
        code=piece.code, name=said.name.strip(), kind=first.kind, village_id=first.village_id,
        boundary=geojson_of(piece.shape), lng=round(point.x, 6), lat=round(point.y, 6),
        area_m2=piece.area_m2, households=said.households, residents=said.residents, host_kind=first.host_kind,
        phone=next((one.phone for one in olds if one.phone), ""), begins_on=_today(at),
    )  # fmt: skip


def _changed(
    kind: str, olds: Sequence[Cell], news: Sequence[Cell], *, reason: str, actor: Actor, at: datetime
) -> CellChange:
    """The old grids off the map, the new ones on it, and which came of which."""
    if not reason.strip():
        raise Invalid.field("reason", _("Required."))
    on = _today(at)
    for old in olds:
        old.active, old.ends_on, old.version = False, on, old.version + 1
        old.save(update_fields=["active", "ends_on", "version"])
    for new in news:
        new.save(force_insert=True)
    change = CellChange.objects.create(
        id=new_id(at=at), kind=kind, on=on, made_by_id=actor.user_id, made_at=at, reason=reason.strip()
    )
    Succession.objects.bulk_create([Succession(change=change, old=old, new=new) for old in olds for new in news])
    return change


def _check_counts(olds: Sequence[Cell], news: Sequence[Fresh]) -> None:
    """Nobody is lost, and nobody counted twice."""
    for field in ("households", "residents"):
        before, parts = sum(getattr(one, field) for one in olds), [getattr(one, field) for one in news]
        if min(parts) < 0 or sum(parts) != before:
            raise Invalid.field(field, _("Together the parts have the %(n)d of the grid before.") % {"n": before})


def _refuse(faults: Sequence[Fault]) -> None:
    for fault in faults:
        details = {"cell": fault.other, "fault": fault.code, "area_m2": fault.area_m2}
        raise Conflict(fault.why, code="does_not_fit", details=details)


def _today(at: datetime) -> date:
    return timezone.localtime(at).date()
