"""Splits and mergers from a day to come: tried at once, kept as they were said, done or refused when the day comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from grids.choices import ChangeKind, Part, PlanState
from grids.events import CellPlanDone, CellPlanMade, CellPlanRefused, CellPlanWithdrawn
from grids.models import Cell, CellChange, CellPlan, MapVersion, PlannedCell
from grids.policies import KEEP
from grids.queries import forget
from grids.queries.reshaping import serving
from grids.services.reshaping import Fresh, merge_cells, split_cell
from grids.tellings import PLAN_DONE, PLAN_REFUSED
from grids.workflow import PLAN_CLOCK, PLANS
from kernel import timers
from kernel.actors import PUBLIC, SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Conflict, DomainError, Invalid, Missing
from kernel.events import DomainEvent, record
from kernel.ids import new_id
from kernel.permissions import require
from kernel.querysets import check_version
from notices.services.telling import tell
from organizations.queries import actor_of, may_anywhere

FARTHEST = timedelta(days=366)


@deed
def plan_split(
    *,
    code: str,
    on: date,
    line: Mapping[str, Any],
    first: Fresh,
    second: Fresh,
    staff: Mapping[str, str],
    reason: str,
    rest: str = Part.FIRST,
    version: int | None = None,
    actor: Actor,
    at: datetime,
) -> CellPlan:
    """Have a grid end on a day to come, as split_cell() does it. What that would refuse today is refused at once.

    Raises as split_cell(), Invalid `on` for today, a day before, or one more than a year away, Conflict where
    something is planned for the grid already.
    """
    said = {"line": dict(line), "first": asdict(first), "second": asdict(second), "staff": dict(staff), "rest": rest}

    def tried() -> CellChange:
        return split_cell(
            code=code, line=line, first=first, second=second, staff=staff, reason=reason, rest=rest, version=version,
            actor=actor, at=at,
        )  # fmt: skip

    return _planned(ChangeKind.SPLIT, {code: version}, on=on, said=said, reason=reason, tried=tried, actor=actor, at=at)


@deed
def plan_merger(
    *,
    code: str,
    on: date,
    other: str,
    name: str,
    reason: str,
    version: int | None = None,
    other_version: int | None = None,
    actor: Actor,
    at: datetime,
) -> CellPlan:
    """Have two neighbours end on a day to come, as merge_cells() does it. Raises as it does, and as plan_split()."""

    def tried() -> CellChange:
        return merge_cells(
            code=code, other=other, name=name, reason=reason, version=version, other_version=other_version,
            actor=actor, at=at,
        )  # fmt: skip

    seen = {code: version, other: other_version}
    return _planned(ChangeKind.MERGE, seen, on=on, said={"name": name}, reason=reason, tried=tried, actor=actor, at=at)


@deed
def withdraw_plan(*, plan_id: Any, version: int | None = None, actor: Actor, at: datetime) -> CellPlan:
    """Take it back before its day. Raises NotAllowed, Missing, Stale, WrongState where it is over."""
    require(may_anywhere(actor, capability=KEEP))
    held: CellPlan = CellPlan.objects.locked(plan_id, version=version)
    PLANS.advance(held, "withdraw")
    _end(held, at=at)
    timers.cancel(subject_id=str(held.pk), at=at)
    record(CellPlanWithdrawn(**_identity(held)), actor=actor, at=at)
    return held


@deed
def take_effect(*, plan_id: UUID, at: datetime) -> CellPlan:
    """Its day has come: do it with the rights that whoever planned it has now, or say why it is not done.

    What is refused leaves nothing behind; a plan that is over stays as it is.
    """
    held: CellPlan = CellPlan.objects.locked(plan_id)
    if held.state != PlanState.PLANNED:
        return held
    happened: DomainEvent
    try:
        with transaction.atomic():
            held.change = _done(held, at=at)
        PLANS.advance(held, "effect")
        happened = CellPlanDone(**_identity(held), change=str(held.change.pk))
    except DomainError as error:
        forget()
        PLANS.advance(held, "refuse")
        held.fault = error.code[:40]
        happened = CellPlanRefused(**_identity(held), fault=held.fault)
    _end(held, at=at)
    record(happened, actor=SYSTEM, at=at)
    _tell(held, at=at)
    return held


def _planned(
    kind: str,
    seen: Mapping[str, int | None],
    *,
    on: date,
    said: dict[str, Any],
    reason: str,
    tried: Callable[[], CellChange],
    actor: Actor,
    at: datetime,
) -> CellPlan:
    require(may_anywhere(actor, capability=KEEP))
    today = timezone.localtime(at).date()
    if not today < on <= today + FARTHEST:
        raise Invalid.field("on", _("A day to come, within a year."))
    list(MapVersion.objects.select_for_update())  # the lock under which the map is changed
    cells = list(Cell.objects.drawn().select_for_update().filter(code__in=seen).order_by("code"))
    if len(cells) < len(seen):
        raise Missing(_("There is no such grid."))
    for one in cells:
        check_version(one, seen[one.code])
    if PlannedCell.objects.filter(cell__in=cells, standing=True).exists():
        raise Conflict(_("Something is planned for this grid already; withdraw that first."), code="planned")
    _try(tried)
    made = CellPlan.objects.create(
        id=new_id(at=at), kind=kind, on=on, said=said | {"codes": list(seen)}, reason=reason.strip(),
        made_by_id=actor.user_id, made_at=at,
    )  # fmt: skip
    PlannedCell.objects.bulk_create([PlannedCell(plan=made, cell=one, version=one.version) for one in cells])
    due_at = timezone.make_aware(datetime.combine(on, time.min))
    timers.start(kind=PLAN_CLOCK, case_id=made.pk, subject_id=str(made.pk), due_at=due_at, at=at)
    told = CellPlanMade(**_identity(made), kind=kind, cells=[one.code for one in cells], on=on.isoformat())
    record(told, actor=actor, at=at)
    return made


def _try(deed_of_today: Callable[[], CellChange]) -> None:
    """Do it, and take it back: whatever would be refused today is refused in the same words."""
    try:
        with transaction.atomic():
            deed_of_today()
            transaction.set_rollback(True)
    finally:
        forget()


def _done(held: CellPlan, *, at: datetime) -> CellChange:
    actor = SYSTEM
    if held.made_by is not None:
        actor = actor_of(held.made_by, at=at) if held.made_by.is_active else PUBLIC
    said = dict(held.said)
    codes = said.pop("codes")
    versions = dict(held.cells.values_list("cell__code", "version"))
    if held.kind == ChangeKind.MERGE:
        return merge_cells(
            code=codes[0], other=codes[1], name=said["name"], reason=held.reason, version=versions[codes[0]],
            other_version=versions[codes[1]], actor=actor, at=at,
        )  # fmt: skip
    # Whoever serves it no longer goes nowhere; whoever is new was not spoken of, and split_cell() says so.
    now = {one.key for one in serving(codes, at=at)}
    staff = {key: part for key, part in said["staff"].items() if key in now}
    return split_cell(
        code=codes[0], line=said["line"], first=Fresh(**said["first"]), second=Fresh(**said["second"]), staff=staff,
        rest=said["rest"], reason=held.reason, version=versions[codes[0]], actor=actor, at=at,
    )  # fmt: skip


def _end(held: CellPlan, *, at: datetime) -> None:
    held.ended_at, held.version = at, held.version + 1
    held.cells.update(standing=False)
    held.save()


def _tell(held: CellPlan, *, at: datetime) -> None:
    if held.made_by_id is None:
        return
    kind = PLAN_DONE if held.state == PlanState.DONE else PLAN_REFUSED
    facts = {"place": held.said["codes"][0], "kind": held.kind, "on": held.on.isoformat()}
    tell(kind=kind.code, people=[held.made_by_id], subject=str(held.pk), facts=facts, once=str(held.pk), at=at)


def _identity(held: CellPlan) -> dict[str, Any]:
    return {"case_id": held.pk, "subject_id": str(held.pk)}
