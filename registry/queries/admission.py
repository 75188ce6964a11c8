"""Questions about admissions and one-off tasks: what may be done, what waits, what is in force."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kernel.actors import Actor
from kernel.permissions import Verdict
from kernel.workflow import Move, Workflow
from organizations.choices import UnitKind
from organizations.models import Unit
from registry.admission import policies
from registry.admission.choices import APPROVED_TASKS, OPEN_STATES, OPEN_TASKS, State, TaskState
from registry.admission.proposals import subject_of
from registry.admission.workflow import APPROVE, BY_ITSELF, OPINION, PROPOSE, REVIEW, TASK_WORKFLOW, WORKFLOW
from registry.models import AdHocTask, Admission, Draft, Opinion

APPLICANTS = (UnitKind.DEPARTMENT, UnitKind.COMMAND_CENTER)
COUNTY_DIGITS, TOWNSHIP_DIGITS = 6, 9
NOTHING = Q(pk__in=[])


def keepers_of(*, area_id: str) -> frozenset[int]:
    """The units of the county itself: whoever keeps its list or directs its centre sits in one of them."""
    return frozenset(Unit.objects.filter(area_id=area_id).values_list("pk", flat=True))


def townships_of(*, area_id: str) -> list[Unit]:
    """The working township governments of a county, in the order of their codes."""
    found = Unit.objects.working().filter(kind=UnitKind.TOWNSHIP, area__code__startswith=area_id[:COUNTY_DIGITS])
    return list(found.order_by("area_id", "pk"))


def applicants_of(*, actor: Actor) -> list[Unit]:
    """The departments and centres that somebody may apply for. One query, none for whoever proposes nothing."""
    seats = [one.unit_id for one in actor.seats if one.unit_id is not None and PROPOSE in one.capabilities]
    if not seats:
        return []
    return list(Unit.objects.filter(pk__in=seats, kind__in=APPLICANTS).order_by("pk"))


def move_verdict(*, move: str, case: Admission, actor: Actor, keepers: frozenset[int] | None = None) -> Verdict:
    """Whether the actor may make a move on an admission now."""
    known = keepers_of(area_id=case.area_id) if keepers is None else keepers
    row = next(one for one in WORKFLOW.table if one.move == move)
    said = policies.verdict(capability=row.capability, case=case, actor=actor, keepers=known)
    if said and move == "opine":
        return policies.to_sign(opinions=list(case.opinions.all()), actor=actor)
    if said and move == "approve":
        return policies.may_approve(reviewed_by=case.reviewed_by_id, actor=actor)
    return said


def task_verdict(*, move: str, case: AdHocTask, actor: Actor, keepers: frozenset[int] | None = None) -> Verdict:
    """Whether the actor may make a move on a one-off task now."""
    known = keepers_of(area_id=case.area_id) if keepers is None else keepers
    row = next(one for one in TASK_WORKFLOW.table if one.move == move)
    return policies.verdict(capability=row.capability, case=case, actor=actor, keepers=known)


def moves_of(*, case: Admission, actor: Actor) -> list[Move]:
    """What the actor may do with an admission now, and why not where not."""
    keepers = keepers_of(area_id=case.area_id)
    return _offered(WORKFLOW, case, lambda move: move_verdict(move=move, case=case, actor=actor, keepers=keepers))


def task_moves_of(*, case: AdHocTask, actor: Actor) -> list[Move]:
    """What the actor may do with a one-off task now, and why not where not."""
    keepers = keepers_of(area_id=case.area_id)
    return _offered(TASK_WORKFLOW, case, lambda move: task_verdict(move=move, case=case, actor=actor, keepers=keepers))


def _offered(flow: Workflow, case: Any, verdict: Any) -> list[Move]:
    offered = flow.moves(
        state=case.state,
        verdict=lambda row: verdict(row.move) if row.move not in BY_ITSELF else policies.BY_THE_CLOCK,
    )
    return [move for move in offered if move.move not in BY_ITSELF]


def waiting_opinions(actor: Actor) -> Q:
    """Admissions that wait for the opinion of a township of the actor's."""
    silent = Opinion.objects.filter(admission_id=OuterRef("pk"), township_id__in=_signing_for(actor), stance="")
    return Q(Exists(silent), state=State.ASKED)


def waiting_reviews(actor: Actor) -> Q:
    """Admissions that wait for the keeper: to be reviewed, to be consulted on, to be looked at again."""
    if not actor.holds(REVIEW):
        return NOTHING
    asked = Q(state=State.IN_FORCE, reassess_asked_at__isnull=False)
    return (Q(state__in=[State.APPLIED, State.DISPUTED]) | asked) & ~Q(proposed_by_id__in=actor.persons)


def waiting_approvals(actor: Actor) -> Q:
    """Admissions that wait for a decision by somebody who neither applied nor reviewed."""
    if not actor.holds(APPROVE):
        return NOTHING
    return Q(state=State.READY) & ~Q(proposed_by_id__in=actor.persons) & ~Q(reviewed_by_id__in=actor.persons)


def waiting(actor: Actor) -> Q:
    """Admissions that wait for the actor, whatever for."""
    return waiting_opinions(actor) | waiting_reviews(actor) | waiting_approvals(actor)


def waiting_task_opinions(actor: Actor) -> Q:
    """One-off tasks that wait for the opinion of a township of the actor's."""
    return Q(state=TaskState.ASKED, township_id__in=_signing_for(actor))


def waiting_task_decisions(actor: Actor) -> Q:
    """One-off tasks that wait for a decision."""
    if not actor.holds(APPROVE):
        return NOTHING
    return Q(state=TaskState.HEARD) & ~Q(proposed_by_id__in=actor.persons)


def waiting_tasks(actor: Actor) -> Q:
    """One-off tasks that wait for the actor, whatever for."""
    return waiting_task_opinions(actor) | waiting_task_decisions(actor)


def _signing_for(actor: Actor) -> list[int]:
    """The units for which the actor signs opinions."""
    return [seat.unit_id for seat in actor.seats if seat.unit_id is not None and OPINION in seat.capabilities]


def same_tasks(*, matter_code: str, name: str, township_id: int) -> QuerySet[AdHocTask]:
    """One-off tasks of the same matter and township that were approved or are applied for, oldest first."""
    found: QuerySet[AdHocTask] = AdHocTask.objects.filter(
        subject=subject_of(matter_code=matter_code, name=name),
        township_id=township_id,
        state__in=[*APPROVED_TASKS, *OPEN_TASKS],
    )
    return found.order_by("filed_at", "pk")


def task_in_force(*, matter: str, place: str, on: date) -> AdHocTask | None:
    """The one-off task that gives a decision its basis: of the matter of this code, in the township of the place.

    A task that has ended since is found for the days before its end.
    """
    township = place[:TOWNSHIP_DIGITS].ljust(12, "0")
    found: AdHocTask | None = (
        AdHocTask.objects.filter(
            Q(ended_at__isnull=True) | Q(ended_at__date__gt=on),
            state__in=APPROVED_TASKS,
            matter__code=matter,
            township__area_id=township,
            begins_on__lte=on,
            ends_on__gte=on,
        )
        .order_by("-begins_on", "pk")
        .first()
    )
    return found


def past_date(*, at: datetime) -> Q:
    """Admissions and tasks whose date has passed and that nobody took up: reassessment, end, or a stage."""
    return Q(stage_due_at__lt=at, state__in=[*OPEN_STATES, *OPEN_TASKS, State.IN_FORCE])


def drafts_of(*, admission_id: Any) -> QuerySet[Draft]:
    """The drafts in which an admission ended: that of its entry and that of its withdrawal, oldest first."""
    found: QuerySet[Draft] = Draft.objects.filter(admission_id=admission_id)
    return found.order_by("opened_at", "pk")
