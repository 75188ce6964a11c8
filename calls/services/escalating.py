"""What nobody answers climbs the ladder by itself: each rung once, and people are told, not only units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from calls import tellings
from calls.choices import Kind, Whom
from calls.escalation import Rung, rung_of
from calls.events import CallEscalated
from calls.models import Call, Escalation, Part
from calls.services.calls import identity
from calls.workflow import CALLS, PARTS
from kernel import timers
from kernel.actors import SYSTEM
from kernel.deeds import deed
from kernel.events import record
from kernel.timers import TimerSpec
from notices.services.telling import tell
from organizations.choices import Role
from organizations.queries.people import people_posted
from petitions.services.stages import end_of

ROLES: dict[str, tuple[Role, ...]] = {
    Whom.HEAD: (Role.DEPARTMENT_HEAD, Role.TOWNSHIP_HEAD),
    Whom.LEADER: (Role.COUNTY_LEADER,),
    Whom.DIRECTOR: (Role.CENTER_DIRECTOR,),
    Whom.CALLER: (Role.DEPARTMENT_HEAD, Role.TOWNSHIP_HEAD),
}
# The township commands its own team: what that is late with climbs to its head, and not out of the house.
IN_HOUSE = (Whom.HEAD, Whom.CALLER)
# Whose lateness it is that the unit called has nothing to do with.
OF_CALLER, OF_CENTER = frozenset({"call.sign", "call.judge"}), frozenset({"call.triage", "call.rule"})


@deed
def climb(*, call_ids: Sequence[UUID], clock: str, at: datetime) -> int:
    """One rung up for every call that this clock still concerns and that is late; returns how many climbed."""
    states = [state for state, named in CALLS.clocks.items() if named == clock]
    rows = Call.objects.select_for_update(of=("self",)).filter(pk__in=call_ids, state__in=states, stage_due_at__lte=at)
    count = 0
    for call in rows.order_by("pk"):
        rung = rung_of(clock=clock, rung=call.rung + 1)
        if rung is not None and (call.team_id is None or rung.whom in IN_HOUSE):
            _tell(call, call, rung, _late_unit(call, clock), at)
            Call.objects.filter(pk=call.pk).update(rung=rung.rung)
            count += 1
    return count


@deed
def climb_parts(*, part_ids: Sequence[UUID], clock: str, at: datetime) -> int:
    """The same for the parts of cooperating units, whose calls are locked first."""
    wanted = Part.objects.filter(pk__in=part_ids).values("call_id")
    list(Call.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk").values_list("pk"))
    states = [state for state, named in PARTS.clocks.items() if named == clock]
    rows = Part.objects.select_for_update(of=("self",)).select_related("call")
    count = 0
    for part in rows.filter(pk__in=part_ids, state__in=states, stage_due_at__lte=at).order_by("pk"):
        rung = rung_of(clock=clock, rung=part.rung + 1)
        if rung is not None:
            late = part.call.center_id if clock == "call.part_rule" else part.unit_id
            _tell(part.call, part, rung, late, at)
            Part.objects.filter(pk=part.pk).update(rung=rung.rung)
            count += 1
    return count


def _late_unit(call: Call, clock: str) -> int:
    if clock in OF_CALLER:
        return call.caller_id
    return call.center_id if clock in OF_CENTER else call.lead_id or call.center_id


def _tell(call: Call, subject: Call | Part, rung: Rung, late: int, at: datetime) -> None:
    """Write the rung, tell the people of it, and set the alarm for the next."""
    told_unit = {Whom.DIRECTOR: call.center_id, Whom.CALLER: call.caller_id}.get(rung.whom, late)
    people = people_posted(unit_ids=[told_unit], roles=ROLES[rung.whom], at=at)
    Escalation.objects.create(
        call=call,
        subject=subject.pk,
        clock=rung.clock,
        round=call.round,
        rung=rung.rung,
        unit_id=late,
        told_unit_id=told_unit,
        whom=rung.whom,
        what=rung.told,
        people=len(people),
        told_at=at,
    )
    if rung_of(clock=rung.clock, rung=rung.rung + 1):
        due = end_of(limit=rung.wait(quick=call.kind == Kind.EMERGENCY), at=at)
        spec = TimerSpec(kind=rung.clock, case_id=call.case_id, subject_id=str(subject.pk), due_at=due)
        timers.start_many([spec], at=at)
    facts: dict[str, str | int] = {"unit": late, "what": rung.told.value, "rung": rung.rung}
    once = f"{subject.pk}:{rung.clock[5:]}:{call.round}:{rung.rung}"
    tell(kind=tellings.LATE.code, people=people, subject=str(call.pk), facts=facts, once=once, at=at)
    happened = CallEscalated(
        **identity(call), clock=rung.clock, rung=rung.rung, unit=late, told=told_unit, whom=rung.whom, what=rung.told
    )
    record(happened, actor=SYSTEM, at=at)
