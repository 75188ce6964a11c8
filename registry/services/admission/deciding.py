"""The decision: an admission is approved and published in one deed, looked at again, and one day withdrawn."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import record
from kernel.permissions import require
from kernel.worktime import SHANGHAI
from registry.admission import policies
from registry.admission.events import AdmissionApproved, AdmissionEnded, AdmissionReassessed
from registry.admission.workflow import WORKFLOW
from registry.models import Admission, Reassessment
from registry.queries.admission import move_verdict
from registry.services.admission import cases, drafting


@deed
def approve(
    *,
    admission_id: Any,
    document: str,
    effective: date,
    review_on: date,
    actor: Actor,
    at: datetime,
    grounds: str = "",
    version: int | None = None,
) -> Admission:
    """Approve and publish: the items, their versions and the entries that decide appear in the same transaction.

    Neither the applicant nor the reviewer approves; where a consultation ended apart, `grounds` say why all the same.
    Raises WrongState, NotAllowed, Unprocessable naming days or faults of the draft.
    """
    case: Admission = Admission.objects.select_related("matter", "lead_unit").locked(admission_id, version=version)
    WORKFLOW.row(move="approve", state=case.state)
    require(move_verdict(move="approve", case=case, actor=actor))
    last = case.consultations.order_by("-number").first()
    today = timezone.localtime(at).date()
    cases.refuse_faults(
        policies.approval_faults(
            effective=effective, review_on=review_on, outcome=last.outcome if last else "", grounds=grounds, today=today
        )
    )
    given = {"document": document.strip(), "effective": effective, "review_on": review_on}
    WORKFLOW.advance(case, "approve", given=given)
    case.approved_by_id, case.approved_at = actor.user_id, at
    case.document, case.grounds = document.strip(), grounds.strip()
    case.effective, case.review_on = effective, review_on
    case.stage_due_at, case.rung = morning_of(review_on), 0
    columns = ("approved_by_id", "approved_at", "document", "grounds", "effective", "review_on", *cases.STAGE)
    cases.save(case=case, at=at, columns=columns)
    _wait_for_review(case, at=at)
    # The registry asks whether the admission behind a draft is approved, so the draft comes after it.
    draft = drafting.enter(case=case, effective=effective, document=case.document, actor=actor, at=at)
    happened = AdmissionApproved(
        **cases.identity(case),
        draft=str(draft.pk),
        effective=effective.isoformat(),
        review_on=review_on.isoformat(),
    )
    record(happened, actor=actor, at=at)
    return case


@deed
def reassess(
    *, admission_id: Any, finding: str, next_on: date, actor: Actor, at: datetime, version: int | None = None
) -> Admission:
    """复评: the duty was looked at again and stays, until it is looked at the next time."""
    case: Admission = Admission.objects.locked(admission_id, version=version)
    WORKFLOW.row(move="reassess", state=case.state)
    require(move_verdict(move="reassess", case=case, actor=actor))
    today = timezone.localtime(at).date()
    wrong = policies.approval_faults(effective=today, review_on=next_on, outcome="", grounds="", today=today)
    if wrong:
        raise Invalid(_("The day is not possible."), fields={"next_on": list(wrong["review_on"])})
    WORKFLOW.advance(case, "reassess", given={"finding": finding.strip(), "next_on": next_on})
    Reassessment.objects.create(
        admission=case, found_at=at, found_by_id=cases.person(actor), finding=finding.strip(), next_on=next_on
    )
    case.review_on, case.reassess_asked_at = next_on, None
    case.stage_due_at, case.rung = morning_of(next_on), 0
    cases.save(case=case, at=at, columns=("review_on", "reassess_asked_at", *cases.STAGE))
    _wait_for_review(case, at=at)
    record(AdmissionReassessed(**cases.identity(case), review_on=next_on.isoformat()), actor=actor, at=at)
    return case


@deed
def end(
    *,
    admission_id: Any,
    reason: str,
    document: str,
    effective: date,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Admission:
    """退出: what the admission brought leaves the list on a day, with the reason. Raises WrongState, NotAllowed."""
    case: Admission = Admission.objects.select_related("matter", "lead_unit").locked(admission_id, version=version)
    WORKFLOW.row(move="end", state=case.state)
    require(move_verdict(move="end", case=case, actor=actor))
    started = case.effective
    if effective < timezone.localtime(at).date() or (started is not None and effective <= started):
        raise Invalid(_("The day is not possible."), fields={"effective": [_("After it took effect, and not past.")]})
    given = {"reason": reason.strip(), "document": document.strip(), "effective": effective}
    WORKFLOW.advance(case, "end", given=given)
    draft = drafting.leave(
        case=case, reason=reason.strip(), effective=effective, document=document.strip(), actor=actor, at=at
    )
    case.ended_at, case.ended_by_id, case.end_reason = at, actor.user_id, reason.strip()
    case.end_document, case.ends_on, case.reassess_asked_at = document.strip(), effective, None
    cases.stop_clocks(case=case, at=at)
    columns = ("ended_at", "ended_by_id", "end_reason", "end_document", "ends_on", "reassess_asked_at")
    cases.save(case=case, at=at, columns=columns)
    happened = AdmissionEnded(**cases.identity(case), draft=str(draft.pk), effective=effective.isoformat())
    record(happened, actor=actor, at=at)
    return case


def morning_of(day: date) -> datetime:
    """The first moment of a day in the county."""
    return datetime.combine(day, time(), tzinfo=SHANGHAI)


def _wait_for_review(case: Admission, *, at: datetime) -> None:
    cases.stop_clocks(case=case, at=at)
    cases.start_clock(case=case, kind="admission.reassess", due_at=case.stage_due_at, at=at)
