"""What happens when a clock of mediation runs out: somebody is told, and at the very end the mediation ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from kernel import timers
from kernel.actors import SYSTEM
from kernel.deeds import deed
from kernel.events import record
from kernel.timers import TimerSpec
from mediation.choices import Ending, Stage, State
from mediation.deadlines import LIMITS, PROMISE_AGAIN_DAYS
from mediation.events import MediationLate, MediationPassedUp, PromiseRemembered
from mediation.models import MediationCase, Promise
from mediation.queries import committees_of
from mediation.services import cases
from mediation.services.ending import terminate
from mediation.services.forcing import day_end, subject_of
from mediation.workflow import WORKFLOW
from organizations.choices import UnitLevel
from petitions.models import Petition
from petitions.services.stages import end_of


@deed
def unassigned(*, case_ids: Sequence[UUID], at: datetime) -> None:
    """No mediator in time: the township's committee gives the case to the county's; the county's superior is told."""
    for case in _still(case_ids, "mediation.assign"):
        wider = [unit for unit in committees_of(place=case.place) if unit.level == UnitLevel.COUNTY]
        happened: MediationPassedUp | MediationLate
        case.rung += 1
        if wider and wider[0].pk != case.committee_id:
            before, case.committee = case.committee_id, wider[0]
            happened = MediationPassedUp(**cases.identity(case), from_committee=before, committee=wider[0].pk)
        else:
            told = case.committee.superior_id
            happened = MediationLate(**cases.identity(case), clock="mediation.assign", rung=case.rung, told=told)
        case.stage_due_at = end_of(limit=LIMITS["mediation.assign"], at=at)
        cases.save(case=case, at=at, columns=("rung", "committee", "stage_due_at"))
        cases.clock(case=case, kind="mediation.assign", due_at=case.stage_due_at, at=at)
        record(happened, actor=SYSTEM, at=at)


@deed
def nearly_over(*, case_ids: Sequence[UUID], at: datetime) -> None:
    """A few days are left: the mediator's committee is reminded to conclude or to extend by agreement."""
    for case in _still(case_ids, "mediation.conclude"):
        late = MediationLate(**cases.identity(case), clock="mediation.warn", rung=0, told=case.committee_id)
        record(late, actor=SYSTEM, at=at)


@deed
def not_concluded(*, case_ids: Sequence[UUID], at: datetime) -> None:
    """The time is over and was not extended: the mediation ends, and the parties are told the other ways."""
    for case in _still(case_ids, "mediation.conclude"):
        if case.conclude_by is not None and case.conclude_by <= at:
            terminate(case_id=case.pk, reason=Ending.LAPSED, actor=SYSTEM, at=at)


@deed
def confirmation_closing(*, case_ids: Sequence[UUID], at: datetime) -> None:
    """The court can be asked for a few days more: the committee reminds the parties, who may ask together only."""
    for case in _locked(case_ids).filter(state=State.AGREED):
        late = MediationLate(**cases.identity(case), clock="mediation.confirm", rung=0, told=case.committee_id)
        record(late, actor=SYSTEM, at=at)


@deed
def remember_promises(*, promise_ids: Sequence[int], at: datetime) -> None:
    """A promise falls due, or is overdue: it is remembered, and again every week until it is kept."""
    found = Promise.objects.filter(pk__in=promise_ids, kept_on=None).select_related("agreement")
    concerned = [promise.agreement.case_id for promise in found]
    standing = {case.pk: case for case in _locked(concerned).filter(state=State.AGREED)}
    for promise in found.order_by("pk"):
        case = standing.get(promise.agreement.case_id)
        if case is None:
            continue
        end = day_end(promise)
        stage = Stage.OVERDUE if at >= end else Stage.COMING
        Promise.objects.filter(pk=promise.pk).update(remembered=promise.remembered + 1)
        again = end if stage == Stage.COMING else at + timedelta(days=PROMISE_AGAIN_DAYS)
        spec = TimerSpec(
            kind="mediation.perform", case_id=case.petition_id, subject_id=subject_of(promise), due_at=again
        )
        timers.start_many([spec], at=at)
        happened = PromiseRemembered(
            **cases.identity(case), promise=promise.pk, stage=stage, due_on=promise.due_on.isoformat()
        )
        record(happened, actor=SYSTEM, at=at)


def _still(case_ids: Sequence[UUID], clock: str) -> list[MediationCase]:
    """The truth at the moment of firing: those that this clock still concerns."""
    states = [state for state, named in WORKFLOW.clocks.items() if named == clock]
    return list(_locked(case_ids).filter(state__in=states))


def _locked(case_ids: Sequence[UUID]) -> QuerySet[MediationCase]:
    """The cases, their petitions locked before them as every deed does."""
    petitions = list(MediationCase.objects.filter(pk__in=case_ids).values_list("petition_id", flat=True))
    list(Petition.objects.select_for_update(of=("self",)).filter(pk__in=petitions).order_by("pk").values_list("pk"))
    return MediationCase.objects.select_for_update(of=("self",)).filter(pk__in=case_ids).order_by("pk")
