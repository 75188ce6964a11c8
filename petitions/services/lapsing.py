"""What happens to a petition when a clock of its own runs out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kernel.actors import SYSTEM
from kernel.deeds import deed
from kernel.events import record_many
from petitions.choices import State
from petitions.events import PetitionOverdue
from petitions.models import Petition
from petitions.services import closing
from petitions.services.stages import in_stage
from petitions.workflow import WORKFLOW


@deed
def note_overdue(*, petition_ids: Sequence[UUID], clock: str, at: datetime) -> int:
    """Put on record that a promised time is over, for those that still stand in the stage of this clock."""
    late = [one for one in in_stage(petition_ids=petition_ids, clock=clock) if one.stage_due_at <= at]
    record_many(
        [PetitionOverdue(case_id=one.pk, subject_id=str(one.pk), clock=clock) for one in late], actor=SYSTEM, at=at
    )
    return len(late)


@deed
def give_up_waiting(*, petition_ids: Sequence[UUID], at: datetime) -> None:
    """The citizen did not supply what was asked for: the petition counts as withdrawn."""
    for petition in in_stage(petition_ids=petition_ids, clock=WORKFLOW.clocks[State.WAITING]):
        closing.withdraw(petition_id=petition.pk, actor=SYSTEM, at=at, by="lapsed")


@deed
def close_unrated(*, petition_ids: Sequence[UUID], at: datetime) -> None:
    """The citizen did not rate: the case is closed without a rating, and counts as unrated."""
    for petition in in_stage(petition_ids=petition_ids, clock=WORKFLOW.clocks[State.VERIFIED]):
        closing.close(petition_id=petition.pk, how="lapsed", actor=SYSTEM, at=at)


@deed
def archive_closed(*, petition_ids: Sequence[UUID], at: datetime) -> None:
    """The time for objecting is over: closed cases are filed away."""
    for petition in in_stage(petition_ids=petition_ids, clock=WORKFLOW.clocks[State.CLOSED]):
        closing.archive(petition_id=petition.pk, actor=SYSTEM, at=at)


@deed
def close_joined(*, main_id: UUID, at: datetime) -> None:
    """The main petition is closed: so are those that were joined to it."""
    joined = Petition.objects.filter(joined_to=main_id, state=State.JOINED).order_by("pk").values_list("pk", flat=True)
    for petition_id in joined:
        closing.close(petition_id=petition_id, how="joined", actor=SYSTEM, at=at)
