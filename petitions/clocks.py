"""The clock of the stage that a petition stands in: whose turn it is, and until when."""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.running import Running, running
from kernel.worktime import Limit, WorkCalendar
from petitions.choices import State
from petitions.deadlines import limit_for
from petitions.models import Petition
from petitions.workflow import WORKFLOW

NAMES: dict[str, str | Promise] = {
    "petition.accept": _("Accepting"),
    "petition.supply": _("Answer of the citizen"),
    "petition.dispatch": _("Dispatching"),
    "petition.resolve": _("Handling"),
    "petition.verify": _("Verifying"),
    "petition.rate": _("Rating by the citizen"),
    "petition.archive": _("Archiving"),
    "petition.joined": _("The main petition"),
    "petition.planned": _("The plan of steps"),
}
# The column that says since when a petition stands in a stage; the others begin with its last change.
SINCE: dict[str, str] = {
    State.FILED: "filed_at",
    State.ACCEPTED: "accepted_at",
    State.DISPATCHED: "dispatched_at",
    State.HANDLED: "handled_at",
    State.VERIFIED: "verified_at",
    State.CLOSED: "closed_at",
}
# Nobody is late with these: their end is an ending, not a breach.
PATIENT = frozenset({"petition.rate", "petition.archive"})


def stage_clock(*, petition: Petition, at: datetime, calendar: WorkCalendar) -> Running | None:
    """The clock that runs now, None where the life is over."""
    kind = WORKFLOW.clocks.get(petition.state)
    if kind is None:
        return None
    since = petition.stage_from or getattr(petition, SINCE.get(petition.state, "changed_at"))
    return running(
        kind=kind,
        name=NAMES[kind],
        limit=_limit(petition, kind),
        start=since or petition.changed_at,
        due_at=petition.stage_due_at,
        at=at,
        calendar=calendar,
        provisional=petition.due_provisional and kind == "petition.resolve",
        patient=kind in PATIENT,
    )


def clock_of_stage(state: str) -> str | None:
    """The kind of the clock that runs in a state, None where the life is over."""
    return WORKFLOW.clocks.get(state)


def _limit(petition: Petition, kind: str) -> Limit:
    if petition.stage_limit_value is not None:
        return Limit(petition.stage_limit_value, petition.stage_limit_unit)
    if kind == "petition.resolve" and petition.limit_value is not None:
        return Limit(petition.limit_value, petition.limit_unit)
    return limit_for(clock=kind, urgency=petition.urgency)
