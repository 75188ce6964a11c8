"""Applying for a one-off task 一事一议, and the township's word on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require
from organizations.models import Matter, Unit
from registry.admission.choices import APPROVED_TASKS, Stance
from registry.admission.deadlines import TASKS_BEFORE_ADMISSION
from registry.admission.events import TaskDropped, TaskFiled, TaskOpinionSigned
from registry.admission.proposals import TaskProposal, subject_of, task_faults_of
from registry.admission.workflow import TASK_WORKFLOW
from registry.models import AdHocTask
from registry.queries.admission import same_tasks, task_verdict, townships_of
from registry.services.admission import cases
from registry.services.admission.applying import known_applicant

NUMBER = "一事一议〔{year}〕{serial}号"  # zh: documents are numbered so


@deed
def apply(*, task: TaskProposal, actor: Actor, at: datetime) -> AdHocTask:
    """A department applies for one task in one township; the township is asked at once.

    A second task of the same matter and township is possible and pointed out; a third is refused (Conflict with the
    code `must_be_admitted`): what comes again and again is a duty. Raises NotAllowed, Invalid, Unprocessable.
    """
    require(actor.may("registry.propose", units=[task.applicant_id]))
    user_id = cases.person(actor)
    cases.refuse_faults(task_faults_of(task, today=timezone.localtime(at).date()))
    applicant = known_applicant(unit_id=task.applicant_id)
    if task.township_id not in [one.pk for one in townships_of(area_id=applicant.area_id)]:
        raise Invalid(_("There is no such township here."), fields={"township": [_("Unknown township.")]})
    matter = Matter.objects.filter(pk=task.matter_id).first() if task.matter_id is not None else None
    if task.matter_id is not None and matter is None:
        raise Invalid(_("There is no such matter."), fields={"matter": [_("Unknown matter.")]})
    before = _before(matter.code if matter else "", task)
    case = _written(task, applicant, matter, user_id=user_id, at=at)
    cases.start_clock(case=case, kind="adhoc.opinion", due_at=case.opinion_due_at, at=at)
    filed = TaskFiled(**cases.identity(case), applicant=applicant.pk, township=case.township_id, before=before)
    record(filed, actor=actor, at=at)
    return case


@deed
def opine(*, task_id: Any, stance: str, text: str, actor: Actor, at: datetime, version: int | None = None) -> AdHocTask:
    """Sign the township's opinion on the task; the decision is next. Raises WrongState, NotAllowed, Invalid."""
    case: AdHocTask = AdHocTask.objects.locked(task_id, version=version)
    TASK_WORKFLOW.row(move="opine", state=case.state)
    require(task_verdict(move="opine", case=case, actor=actor))
    if stance not in Stance.values:
        raise Invalid(_("Choose an opinion."), fields={"stance": [_("Unknown choice.")]})
    TASK_WORKFLOW.advance(case, "opine", given={"stance": stance, "text": text.strip()})
    case.stance, case.opinion = stance, text.strip()
    case.signed_by_id, case.signed_at = actor.user_id, at
    cases.enter_stage(case=case, clock="adhoc.decide", at=at)
    cases.save(case=case, at=at, columns=("stance", "opinion", "signed_by_id", "signed_at", *cases.STAGE))
    record(TaskOpinionSigned(**cases.identity(case), township=case.township_id, stance=stance), actor=actor, at=at)
    return case


@deed
def drop(*, task_id: Any, reason: str, actor: Actor, at: datetime, version: int | None = None) -> AdHocTask:
    """The applicant takes the application back. Raises WrongState, NotAllowed, Invalid."""
    case: AdHocTask = AdHocTask.objects.locked(task_id, version=version)
    TASK_WORKFLOW.row(move="drop", state=case.state)
    require(task_verdict(move="drop", case=case, actor=actor))
    stage = case.state
    TASK_WORKFLOW.advance(case, "drop", given={"reason": reason.strip()})
    case.ended_at, case.end_reason = at, reason.strip()
    cases.stop_clocks(case=case, at=at)
    cases.save(case=case, at=at, columns=("ended_at", "end_reason"))
    record(TaskDropped(**cases.identity(case), stage=stage), actor=actor, at=at)
    return case


def refuse_third(*, approved: int) -> None:
    """Raise Conflict where the matter was put on the township as a one-off task as often as it may be."""
    if approved >= TASKS_BEFORE_ADMISSION:
        raise Conflict(
            _("The same matter was put on this township twice as a one-off task: now it must be admitted as a duty."),
            code="must_be_admitted",
        )


def _before(matter_code: str, task: TaskProposal) -> int:
    """How often the same was approved before. Raises Conflict for a third, and while one is being decided."""
    same = list(same_tasks(matter_code=matter_code, name=task.name, township_id=task.township_id))
    approved = [one for one in same if one.state in APPROVED_TASKS]
    refuse_third(approved=len(approved))
    if len(approved) != len(same):
        raise Conflict(
            _("An application for the same matter and township is open already."), details={"open": str(same[-1].pk)}
        )
    return len(approved)


def _written(task: TaskProposal, applicant: Unit, matter: Matter | None, *, user_id: int, at: datetime) -> AdHocTask:
    year, serial = cases.next_serial(kind="adhoc", at=at)
    due = cases.until(clock="adhoc.opinion", at=at)
    prose = ("name", "content", "reason", "basis", "powers")
    return AdHocTask.objects.create(
        id=new_id(at=at),
        number=NUMBER.format(year=year, serial=serial),
        subject=subject_of(matter_code=matter.code if matter else "", name=task.name),
        matter=matter,
        area_id=applicant.area_id,
        township_id=task.township_id,
        applicant=applicant,
        proposed_by_id=user_id,
        sides=[applicant.pk],
        townships=[task.township_id],
        money_amount=task.money.amount,
        money_per=task.money.per,
        money_source=task.money.source.strip(),
        begins_on=task.begins_on,
        ends_on=task.ends_on,
        filed_at=at,
        changed_at=at,
        stage_due_at=due,
        opinion_due_at=due,
        **{name: getattr(task, name).strip() for name in prose},
    )
