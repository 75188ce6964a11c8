"""The clocks of an admission and of a one-off task as people read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.calendars import current
from kernel.choices import LimitUnit
from kernel.running import Running, running
from kernel.worktime import Limit
from registry.admission.choices import State, TaskState
from registry.admission.deadlines import LIMITS, OPINION_DAYS
from registry.admission.workflow import TASK_WORKFLOW, WORKFLOW
from registry.models import AdHocTask, Admission

# The clock → its name, and whose it is.
NAMES: dict[str, tuple[str | Promise, str | Promise]] = {
    "admission.review": (_("Reviewing"), _("the keeper of the list")),
    "admission.opinion": (_("Opinions of the townships"), _("the townships")),
    "admission.consult": (_("Consulting"), _("the keeper of the list")),
    "admission.approve": (_("Deciding"), _("whoever approves")),
    "admission.reassess": (_("Until the reassessment"), _("the keeper of the list")),
    "adhoc.opinion": (_("Opinion of the township"), _("the township")),
    "adhoc.decide": (_("Deciding"), _("whoever approves")),
    "adhoc.end": (_("Until the task ends"), _("the township")),
}
# Their end is an appointment and no breach.
PATIENT = frozenset({"admission.reassess", "adhoc.end"})
FULL = 100


def stage_clock(*, case: Admission | AdHocTask, at: datetime) -> Running | None:
    """The clock of the state that a case stands in; None where it has ended."""
    flow = WORKFLOW if isinstance(case, Admission) else TASK_WORKFLOW
    kind = flow.clocks.get(case.state)
    if kind is None:
        return None
    start = _start(case)
    return running(
        kind=kind,
        name=NAMES[kind][0],
        limit=_limit(kind, start, case.stage_due_at),
        start=start,
        due_at=case.stage_due_at,
        at=at,
        calendar=current(at=at),
        patient=kind in PATIENT,
    )


def face_of(*, clock: Running) -> dict[str, Any]:
    """One countdown for the page."""
    return {
        "name": clock.name,
        "holder": NAMES[clock.kind][1],
        "due_at": clock.due_at,
        "colour": clock.light,
        "left": clock.left,
        "working": clock.working,
        "share": min(clock.share * FULL, FULL),
        "why": "",
    }


def _start(case: Admission | AdHocTask) -> datetime:
    """When the stage began."""
    if case.state in (State.APPLIED, TaskState.ASKED) and not (isinstance(case, Admission) and case.reviewed_at):
        return case.filed_at
    if isinstance(case, Admission) and case.state == State.ASKED:
        return case.reviewed_at or case.filed_at
    return case.approved_at or case.changed_at


def _limit(kind: str, start: datetime, due_at: datetime) -> Limit:
    if kind in PATIENT:
        return Limit(max((due_at - start).days, 1), LimitUnit.CALENDAR_DAY)
    return LIMITS.get(kind) or Limit(OPINION_DAYS, LimitUnit.WORKDAY)
