"""The keeper of the list looks whether a duty is lawful and needed, and asks the townships or refuses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import instant, record
from kernel.permissions import require
from kernel.worktime import Limit
from petitions.services.stages import end_of
from registry.admission.deadlines import DAY, FEWEST_OPINION_DAYS, MOST_OPINION_DAYS, OPINION_DAYS, REMIND_BEFORE_DAYS
from registry.admission.events import AdmissionRefused, AdmissionReviewed
from registry.admission.workflow import WORKFLOW
from registry.models import Admission
from registry.queries.admission import move_verdict
from registry.services.admission import cases


@deed
def review(
    *,
    admission_id: Any,
    finding: str,
    actor: Actor,
    at: datetime,
    days: int = OPINION_DAYS,
    version: int | None = None,
) -> Admission:
    """Find the duty lawful and needed, in writing; each township has `days` working days for its opinion.

    Raises WrongState, NotAllowed (the applicant does not review), Invalid for a limit that is too short or too long.
    """
    case: Admission = Admission.objects.locked(admission_id, version=version)
    WORKFLOW.row(move="review", state=case.state)
    require(move_verdict(move="review", case=case, actor=actor))
    if not FEWEST_OPINION_DAYS <= days <= MOST_OPINION_DAYS:
        raise Invalid(
            _("The limit is too short or too long."),
            fields={
                "days": [
                    _("Between %(least)d and %(most)d.") % {"least": FEWEST_OPINION_DAYS, "most": MOST_OPINION_DAYS}
                ]
            },
        )
    WORKFLOW.advance(case, "review", given={"finding": finding.strip(), "days": days})
    due = end_of(limit=Limit(days, DAY), at=at)
    case.reviewed_by_id, case.reviewed_at, case.finding = actor.user_id, at, finding.strip()
    case.opinions_due_at = case.stage_due_at = due
    case.rung = 0
    columns = ("reviewed_by_id", "reviewed_at", "finding", "opinions_due_at", *cases.STAGE)
    case.opinions.update(due_at=due)
    cases.stop_clocks(case=case, at=at)
    cases.start_clock(case=case, kind="admission.opinion", due_at=due, at=at)
    remind_at = end_of(limit=Limit(max(days - REMIND_BEFORE_DAYS, 1), DAY), at=at)
    cases.start_clock(case=case, kind="admission.remind", due_at=remind_at, at=at)
    cases.save(case=case, at=at, columns=columns)
    record(AdmissionReviewed(**cases.identity(case), opinions_by=instant(due)), actor=actor, at=at)
    return case


@deed
def reject(*, admission_id: Any, reason: str, actor: Actor, at: datetime, version: int | None = None) -> Admission:
    """Find the duty not lawful or not needed: the application is refused with the reason, and nobody is asked."""
    return refused(move="reject", admission_id=admission_id, reason=reason, actor=actor, at=at, version=version)


@deed
def refuse(*, admission_id: Any, reason: str, actor: Actor, at: datetime, version: int | None = None) -> Admission:
    """Decide against the admission, with the reason. Raises WrongState, NotAllowed."""
    return refused(move="refuse", admission_id=admission_id, reason=reason, actor=actor, at=at, version=version)


def refused(*, move: str, admission_id: Any, reason: str, actor: Actor, at: datetime, version: int | None) -> Admission:
    """End an application with a reason, by the keeper's move or by that of whoever decides."""
    case: Admission = Admission.objects.locked(admission_id, version=version)
    WORKFLOW.row(move=move, state=case.state)
    require(move_verdict(move=move, case=case, actor=actor))
    stage = case.state
    WORKFLOW.advance(case, move, given={"reason": reason.strip()})
    case.ended_at, case.ended_by_id, case.end_reason = at, actor.user_id, reason.strip()
    cases.stop_clocks(case=case, at=at)
    cases.save(case=case, at=at, columns=("ended_at", "ended_by_id", "end_reason"))
    record(AdmissionRefused(**cases.identity(case), stage=stage), actor=actor, at=at)
    return case
