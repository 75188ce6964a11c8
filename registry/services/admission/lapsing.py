"""What happens when a clock of an admission runs out: somebody is told, again and again, and nothing is decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kernel.actors import SYSTEM
from kernel.deeds import deed
from kernel.events import record
from organizations.choices import UnitKind
from organizations.models import Unit
from registry.admission.choices import State
from registry.admission.events import AdmissionLate, ReassessmentDue
from registry.admission.workflow import WORKFLOW
from registry.services.admission import cases
from registry.services.admission.opining import in_state


@deed
def overdue(*, admission_ids: Sequence[UUID], clock: str, at: datetime) -> None:
    """A review, a consultation or a decision is overdue: the centre of the county is told, and the clock runs anew."""
    for state in (state for state, named in WORKFLOW.clocks.items() if named == clock):
        for case in in_state(admission_ids=admission_ids, state=state):
            if case.stage_due_at > at:
                continue
            case.rung += 1
            case.stage_due_at = cases.until(clock=clock, at=at)
            cases.start_clock(case=case, kind=clock, due_at=case.stage_due_at, at=at)
            cases.save(case=case, at=at, columns=cases.STAGE)
            late = AdmissionLate(
                **cases.identity(case), clock=clock, rung=case.rung, told=centre_of(area_id=case.area_id)
            )
            record(late, actor=SYSTEM, at=at)


@deed
def reassessment_due(*, admission_ids: Sequence[UUID], at: datetime) -> None:
    """The review date has come: the keeper is asked to look at the duty again."""
    for case in in_state(admission_ids=admission_ids, state=State.IN_FORCE):
        if case.review_on is None or case.stage_due_at > at or case.reassess_asked_at is not None:
            continue
        case.reassess_asked_at = at
        cases.save(case=case, at=at, columns=("reassess_asked_at",))
        record(
            ReassessmentDue(**cases.identity(case), review_on=case.review_on.isoformat()),
            actor=SYSTEM,
            at=at,
        )


def centre_of(*, area_id: str) -> int | None:
    """The command centre of a county, which is told what is late there."""
    found = Unit.objects.working().filter(kind=UnitKind.COMMAND_CENTER, area_id=area_id)
    return found.order_by("pk").values_list("pk", flat=True).first()
