"""The clocks of a mediation as people read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.calendars import current
from kernel.choices import LimitUnit
from kernel.running import Running, running
from kernel.worktime import Limit
from mediation.choices import State
from mediation.deadlines import LIMITS
from mediation.models import Agreement, MediationCase, Promise
from mediation.services.forcing import day_end
from mediation.workflow import WORKFLOW

NAMES: dict[str, str | Lazy] = {
    "mediation.assign": gettext_lazy("Naming a mediator"),
    "mediation.conclude": gettext_lazy("Mediating"),
    "mediation.perform": gettext_lazy("Performing"),
    "mediation.confirm": gettext_lazy("Asking the court to confirm"),
}
FULL = 100


def stage_clock(*, case: MediationCase, at: datetime) -> Running | None:
    """The clock of the state that a case stands in; None where it has ended. For an agreement its last promise."""
    kind = WORKFLOW.clocks.get(case.state)
    if kind is None:
        return None
    start = case.opened_at if case.state == State.OPENED else case.accepted_at or case.opened_at
    return _clock(kind, start, case.stage_due_at, at)


def faces_of(*, case: MediationCase, agreement: Agreement | None, at: datetime) -> list[dict[str, Any]]:
    """Every countdown of a case: its stage, each promise that is open, and the time left for the court."""
    stage = stage_clock(case=case, at=at)
    if stage is None:
        return []
    if case.state != State.AGREED or agreement is None or agreement.in_force_at is None:
        return [_face(stage, holder=str(case.mediator or case.committee), why=_why(case))]
    faces = [
        _face(_promised(agreement, promise, at), holder=promise.party.name_masked, why="")
        for promise in agreement.promises.all()
        if promise.kept_on is None
    ]
    if not agreement.confirmation and agreement.confirm_by is not None and agreement.confirm_by > at:
        court = _clock("mediation.confirm", agreement.in_force_at, agreement.confirm_by, at)
        faces.append(_face(court, holder=_("both parties together"), why=_("after that the court does not take it")))
    return faces


def _promised(agreement: Agreement, promise: Promise, at: datetime) -> Running:
    assert agreement.in_force_at is not None  # promises are remembered from the day the agreement binds
    return _clock("mediation.perform", agreement.in_force_at, day_end(promise), at)


def _clock(kind: str, start: datetime, due_at: datetime, at: datetime) -> Running:
    limit = LIMITS.get(kind) or Limit(max((due_at - start).days, 1), LimitUnit.CALENDAR_DAY)
    return running(kind=kind, name=NAMES[kind], limit=limit, start=start, due_at=due_at, at=at, calendar=current(at=at))


def _why(case: MediationCase) -> str:
    if case.extended_from is not None:
        return _("extended by agreement of the parties: %(reason)s") % {"reason": case.extension_reason}
    return ""


def _face(clock: Running, *, holder: str, why: str) -> dict[str, Any]:
    return {
        "name": clock.name,
        "holder": holder,
        "due_at": clock.due_at,
        "colour": clock.light,
        "left": clock.left,
        "working": clock.working,
        "share": min(clock.share * FULL, FULL),
        "why": why,
    }
