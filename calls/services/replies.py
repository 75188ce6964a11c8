"""What a called unit says and does, lead or cooperating: the same rules, on the call or on its part of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from calls import tellings
from calls.events import CallAnswered, CallArrived, CallRefused, CallReported
from calls.models import Call, Part
from calls.policies import RULE
from calls.queries import colleagues, rows_for_refusal
from calls.services import calls
from kernel import personal
from kernel.actors import Actor
from kernel.errors import Invalid
from kernel.events import instant, record
from kernel.workflow import Workflow
from notices.services.telling import tell
from organizations.models import ResponsibilityEntry

FARTHEST_M = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One unit's reply: the row that holds it, and whether the unit leads."""

    call: Call
    row: Call | Part
    unit_id: int
    workflow: Workflow
    leads: bool


def answer_with(reply: Reply, *, person_id: int, promised_at: datetime, actor: Actor, at: datetime) -> None:
    """Name who comes and when: one of the unit's own people, no later than the call's kind lets it take."""
    row = reply.row
    latest = calls.end_of_step(clock="call.arrive", call=reply.call, at=at)
    if not at <= promised_at <= latest:
        until = f"{timezone.localtime(latest):%Y-%m-%d %H:%M}"
        said = _("From now on, and no later than %(until)s.") % {"until": until}
        raise Invalid(_("This time cannot be promised."), fields={"promised_at": [said]})
    team_id = reply.call.team_id if reply.leads else None
    if not colleagues(unit_id=reply.unit_id, at=at, team_id=team_id).filter(pk=person_id).exists():
        raise Invalid(_("Name somebody of your own unit."), fields={"person": [_("Not one of your unit.")]})
    reply.workflow.advance(row, "answer", given={"person": person_id, "promised_at": promised_at})
    assert row.answer_due_at is not None  # a constraint: whoever is called has a limit
    row.person_id, row.promised_at = person_id, promised_at
    row.answered_at, row.answered_by_id, row.answered_in_time = at, actor.user_id, at <= row.answer_due_at
    happened = CallAnswered(
        **calls.identity(reply.call),
        unit=reply.unit_id,
        lead=reply.leads,
        person=person_id,
        promised_for=instant(promised_at),
        in_time=row.answered_in_time,
    )
    record(happened, actor=actor, at=at)


def arrive_at(
    reply: Reply, *, lng: float | None, lat: float | None, accuracy_m: int | None, actor: Actor, at: datetime
) -> None:
    """Check in on site, with the place where the device tells it; without one the time alone counts."""
    row = reply.row
    if (lng is None) != (lat is None):
        raise Invalid(_("A place has two coordinates."), fields={"lng": [_("Both or none.")]})
    if lng is not None and lat is not None and not (-180 <= lng <= 180 and -90 <= lat <= 90):
        raise Invalid(_("This is no place."), fields={"lng": [_("Outside of the earth.")]})
    reply.workflow.advance(row, "arrive")
    assert row.promised_at is not None  # a constraint: whoever answered has promised
    row.arrived_at, row.arrived_by_id, row.arrived_in_time = at, actor.user_id, at <= row.promised_at
    row.lng, row.lat = lng, lat
    row.accuracy_m = min(accuracy_m, FARTHEST_M) if accuracy_m is not None and lng is not None else None
    happened = CallArrived(
        **calls.identity(reply.call),
        unit=reply.unit_id,
        lead=reply.leads,
        in_time=row.arrived_in_time,
        located=lng is not None,
    )
    record(happened, actor=actor, at=at)


def refuse_with(reply: Reply, *, entry_id: int, note: str, actor: Actor, at: datetime) -> ResponsibilityEntry:
    """Refuse, on a row of the list that is in force and speaks of the matter. The caller lays the clock and records."""
    row = reply.row
    rows = rows_for_refusal(call=reply.call, unit_id=reply.unit_id, on=timezone.localtime(at).date())
    entry = rows.filter(pk=entry_id).first()
    if entry is None:
        said = _("A refusal rests on a row of the list that speaks of this matter.")
        raise Invalid(said, fields={"entry": [_("Not a row of this matter.")]})
    reply.workflow.advance(row, "refuse", given={"entry": entry.pk, "note": note.strip()})
    row.refusal_entry_id, row.refusal_note = entry.pk, note.strip()
    row.refused_at, row.refused_by_id = at, actor.user_id
    return entry


def refused(reply: Reply, entry: ResponsibilityEntry, *, actor: Actor, at: datetime) -> None:
    """Record a refusal and tell those who rule on it."""
    call, rule_by = reply.call, instant(reply.row.stage_due_at)
    happened = CallRefused(
        **calls.identity(call), unit=reply.unit_id, entry=entry.code, rule_by=rule_by, lead=reply.leads
    )
    record(happened, actor=actor, at=at)
    people = calls.who_may(capability=RULE, unit_ids=[call.center_id], at=at)
    facts: dict[str, str | int] = {"unit": reply.unit_id, "due_at": rule_by}
    once = f"{reply.row.pk}:{reply.row.version}"
    tell(kind=tellings.REFUSED.code, people=people, subject=str(call.pk), facts=facts, once=once, at=at)


def report_with(reply: Reply, *, result: str, actor: Actor, at: datetime) -> None:
    """Say what was done."""
    row, said = reply.row, result.strip()
    reply.workflow.advance(row, "report", given={"result": said})
    assert row.work_due_at is not None  # a constraint: whoever is called has a limit
    row.result, row.reported_at, row.reported_by_id = said, at, actor.user_id
    row.reported_in_time = at <= row.work_due_at
    happened = CallReported(
        **calls.identity(reply.call),
        unit=reply.unit_id,
        lead=reply.leads,
        in_time=row.reported_in_time,
        content=personal.commitment(said, salt=bytes(reply.call.salt)),
    )
    record(happened, actor=actor, at=at)
