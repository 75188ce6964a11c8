"""What nobody moves climbs the ladder by itself: each rung once, and people are told, not only units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from developments import tellings
from developments.choices import Whom
from developments.escalation import Rung, rung_of
from developments.events import DevelopmentEscalated
from developments.models import Development, Escalation, Step
from developments.services.cases import identity
from developments.workflow import DEVELOPMENTS, STEPS
from kernel import timers
from kernel.actors import SYSTEM
from kernel.deeds import deed
from kernel.events import record
from kernel.timers import TimerSpec
from notices.services.telling import tell
from organizations.choices import Role
from organizations.queries.people import people_posted
from petitions.models import Petition
from petitions.services.stages import end_of

ROLES: dict[str, tuple[Role, ...]] = {
    Whom.HEAD: (Role.DEPARTMENT_HEAD, Role.TOWNSHIP_HEAD),
    Whom.LEADER: (Role.COUNTY_LEADER,),
    Whom.DIRECTOR: (Role.CENTER_DIRECTOR,),
}
# Whose lateness it is although a unit's step stands still: the centre has to decide.
OF_CENTER = frozenset({"development.step_begin", "development.step_hold", "development.step_rule"})


@deed
def climb(*, development_ids: Sequence[UUID], clock: str, at: datetime) -> int:
    """One rung up for every case that this clock still concerns and that is late; returns how many climbed."""
    states = [state for state, named in DEVELOPMENTS.clocks.items() if named == clock]
    wanted = Development.objects.filter(pk__in=development_ids, state__in=states, stage_due_at__lte=at)
    lock_petitions(petition_ids=list(wanted.values_list("petition_id", flat=True)))
    count = 0
    for one in wanted.select_for_update(of=("self",)).select_related("enterprise").order_by("pk"):
        rung = rung_of(clock=clock, rung=one.rung + 1)
        if rung is not None:
            _tell(one, one, rung, one.center_id, at)
            Development.objects.filter(pk=one.pk).update(rung=rung.rung)
            count += 1
    return count


@deed
def climb_steps(*, step_ids: Sequence[UUID], clock: str, at: datetime) -> int:
    """The same for the steps of units, whose cases are locked first. A unit's lateness is its own."""
    states = [state for state, named in STEPS.clocks.items() if named == clock]
    rows = Step.objects.filter(pk__in=step_ids, state__in=states, stage_due_at__lte=at)
    lock_petitions(petition_ids=list(rows.values_list("development__petition_id", flat=True)))
    count = 0
    found = rows.select_for_update(of=("self",)).select_related("development__enterprise").order_by("pk")
    for step in found:
        rung = rung_of(clock=clock, rung=step.rung + 1)
        if rung is not None:
            late = step.development.center_id if clock in OF_CENTER else step.unit_id
            _tell(step.development, step, rung, late, at)
            Step.objects.filter(pk=step.pk).update(rung=rung.rung)
            count += 1
    return count


def lock_petitions(*, petition_ids: Sequence[UUID]) -> None:
    """Lock the petitions of cases, in one order: every deed of a case takes that lock first."""
    rows = Petition.objects.select_for_update(of=("self",)).filter(pk__in=petition_ids)
    list(rows.order_by("pk").values_list("pk"))


def _tell(development: Development, subject: Development | Step, rung: Rung, late: int, at: datetime) -> None:
    """Write the rung, tell the people of it, and set the alarm for the next."""
    told_unit = development.center_id if rung.whom == Whom.DIRECTOR else late
    people = people_posted(unit_ids=[told_unit], roles=ROLES[rung.whom], at=at)
    turn = subject.round if isinstance(subject, Step) else 0
    Escalation.objects.create(
        development=development,
        subject=subject.pk,
        clock=rung.clock,
        round=turn,
        rung=rung.rung,
        unit_id=late,
        told_unit_id=told_unit,
        whom=rung.whom,
        what=rung.told,
        told_at=at,
    )
    if rung_of(clock=rung.clock, rung=rung.rung + 1):
        due = end_of(limit=rung.wait(quick=development.green), at=at)
        case_id = development.petition_id
        spec = TimerSpec(kind=rung.clock, case_id=case_id, subject_id=str(subject.pk), due_at=due)
        timers.start_many([spec], at=at)
    facts: dict[str, str | int] = {
        "unit": late,
        "company_unit": development.company_unit_id,
        "what": rung.told.value,
        "rung": rung.rung,
    }
    once = f"{subject.pk}:{rung.clock[12:]}:{turn}:{rung.rung}"
    tell(kind=tellings.LATE.code, people=people, subject=str(development.pk), facts=facts, once=once, at=at)
    happened = DevelopmentEscalated(
        **identity(development), clock=rung.clock, rung=rung.rung, unit=late, whom=rung.whom, what=rung.told
    )
    record(happened, actor=SYSTEM, at=at)
