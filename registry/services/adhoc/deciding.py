"""The county decides on a one-off task; it ends on its day, or earlier, and never later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid
from kernel.events import record
from kernel.permissions import require
from organizations.models import Unit
from registry.admission.choices import APPROVED_TASKS, Stance, TaskState
from registry.admission.events import TaskApproved, TaskEnded, TaskLate, TaskRefused, TaskTownshipSilent
from registry.admission.workflow import TASK_WORKFLOW
from registry.models import AdHocTask
from registry.queries.admission import task_verdict
from registry.services.adhoc.applying import refuse_third
from registry.services.admission import cases
from registry.services.admission.deciding import morning_of
from registry.services.admission.lapsing import centre_of


@deed
def approve(
    *, task_id: Any, document: str, actor: Actor, at: datetime, grounds: str = "", version: int | None = None
) -> AdHocTask:
    """Approve the task for its period; against an objection `grounds` are given.

    Raises WrongState, NotAllowed (the applicant does not approve), Invalid, Conflict (`must_be_admitted`) for a third
    task of the same matter and township, also where two decisions race.
    """
    case: AdHocTask = AdHocTask.objects.locked(task_id, version=version)
    TASK_WORKFLOW.row(move="approve", state=case.state)
    require(task_verdict(move="approve", case=case, actor=actor))
    if case.stance == Stance.OBJECTS and not grounds.strip():
        raise Invalid(_("The township objects."), fields={"grounds": [_("Say why the task is approved all the same.")]})
    if case.ends_on < timezone.localtime(at).date():
        raise Conflict(_("The period of the task is over already."))
    # Two decisions on the same matter and township wait for each other at the township's row.
    Unit.objects.select_for_update(of=("self",)).get(pk=case.township_id)
    before = AdHocTask.objects.filter(
        subject=case.subject, township_id=case.township_id, state__in=APPROVED_TASKS
    ).count()
    refuse_third(approved=before)
    TASK_WORKFLOW.advance(case, "approve", given={"document": document.strip()})
    case.approved_by_id, case.approved_at, case.ordinal = actor.user_id, at, before + 1
    case.document, case.grounds = document.strip(), grounds.strip()
    case.stage_due_at, case.rung = morning_of(case.ends_on + timedelta(days=1)), 0
    cases.stop_clocks(case=case, at=at)
    cases.start_clock(case=case, kind="adhoc.end", due_at=case.stage_due_at, at=at)
    columns = ("approved_by_id", "approved_at", "ordinal", "document", "grounds", *cases.STAGE)
    cases.save(case=case, at=at, columns=columns)
    approved = TaskApproved(
        **cases.identity(case),
        ordinal=case.ordinal,
        begins_on=case.begins_on.isoformat(),
        ends_on=case.ends_on.isoformat(),
    )
    record(approved, actor=actor, at=at)
    return case


@deed
def refuse(*, task_id: Any, reason: str, actor: Actor, at: datetime, version: int | None = None) -> AdHocTask:
    """Decide against the task, with the reason. Raises WrongState, NotAllowed, Invalid."""
    case: AdHocTask = AdHocTask.objects.locked(task_id, version=version)
    TASK_WORKFLOW.row(move="refuse", state=case.state)
    require(task_verdict(move="refuse", case=case, actor=actor))
    stage = case.state
    TASK_WORKFLOW.advance(case, "refuse", given={"reason": reason.strip()})
    _finished(case, reason, at=at)
    record(TaskRefused(**cases.identity(case), stage=stage), actor=actor, at=at)
    return case


@deed
def stop(*, task_id: Any, reason: str, actor: Actor, at: datetime, version: int | None = None) -> AdHocTask:
    """End a task before its day. Raises WrongState, NotAllowed, Invalid."""
    case: AdHocTask = AdHocTask.objects.locked(task_id, version=version)
    TASK_WORKFLOW.row(move="stop", state=case.state)
    require(task_verdict(move="stop", case=case, actor=actor))
    TASK_WORKFLOW.advance(case, "stop", given={"reason": reason.strip()})
    _finished(case, reason, at=at)
    record(TaskEnded(**cases.identity(case), early=True), actor=actor, at=at)
    return case


@deed
def township_silent(*, task_ids: Sequence[UUID], at: datetime) -> None:
    """The limit for the opinion has run out: silence, and no consent; the decision is next."""
    for case in _in_state(task_ids, TaskState.ASKED):
        if case.opinion_due_at > at:
            continue
        TASK_WORKFLOW.advance(case, "lapse")
        case.silent_at = at
        cases.enter_stage(case=case, clock="adhoc.decide", at=at)
        cases.save(case=case, at=at, columns=("silent_at", *cases.STAGE))
        record(TaskTownshipSilent(**cases.identity(case), township=case.township_id), actor=SYSTEM, at=at)


@deed
def decision_overdue(*, task_ids: Sequence[UUID], at: datetime) -> None:
    """Nobody has decided: the centre of the county is told, and the clock runs anew."""
    for case in _in_state(task_ids, TaskState.HEARD):
        if case.stage_due_at > at:
            continue
        case.rung += 1
        case.stage_due_at = cases.until(clock="adhoc.decide", at=at)
        cases.start_clock(case=case, kind="adhoc.decide", due_at=case.stage_due_at, at=at)
        cases.save(case=case, at=at, columns=cases.STAGE)
        late = TaskLate(**cases.identity(case), rung=case.rung, told=centre_of(area_id=case.area_id))
        record(late, actor=SYSTEM, at=at)


@deed
def period_over(*, task_ids: Sequence[UUID], at: datetime) -> None:
    """The last day of the task has passed: it gives no decision a basis any more."""
    for case in _in_state(task_ids, TaskState.IN_FORCE):
        if case.stage_due_at > at:
            continue
        TASK_WORKFLOW.advance(case, "run_out")
        _finished(case, "", at=at)
        record(TaskEnded(**cases.identity(case), early=False), actor=SYSTEM, at=at)


def _finished(case: AdHocTask, reason: str, *, at: datetime) -> None:
    case.ended_at, case.end_reason = at, reason.strip()
    cases.stop_clocks(case=case, at=at)
    cases.save(case=case, at=at, columns=("ended_at", "end_reason"))


def _in_state(task_ids: Sequence[UUID], state: str) -> list[AdHocTask]:
    found = AdHocTask.objects.select_for_update(of=("self",)).filter(pk__in=task_ids, state=state)
    return list(found.order_by("pk"))
