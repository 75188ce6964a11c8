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
from petitions.workflow import WORKFLOW


@deed
def note_overdue(*, petition_ids: Sequence[UUID], clock: str, at: datetime) -> int:
    """Put on record that a promised time is over, for those that still stand in the stage of this clock."""
    late = _still(petition_ids, clock)
    record_many(
        [PetitionOverdue(case_id=one.pk, subject_id=str(one.pk), clock=clock) for one in late], actor=SYSTEM, at=at
    )
    return len(late)


@deed
def give_up_waiting(*, petition_ids: Sequence[UUID], at: datetime) -> None:
    """The citizen did not supply what was asked for: the petition counts as withdrawn."""
    for petition in _still(petition_ids, WORKFLOW.clocks[State.WAITING]):
        closing.withdraw(petition_id=petition.pk, actor=SYSTEM, at=at, by="lapsed")


@deed
def close_unrated(*, petition_ids: Sequence[UUID], at: datetime) -> None:
    """The citizen did not rate: the case is closed without a rating, and counts as unrated."""
    for petition in _still(petition_ids, WORKFLOW.clocks[State.VERIFIED]):
        closing.close(petition_id=petition.pk, how="lapsed", actor=SYSTEM, at=at)


@deed
def archive_closed(*, petition_ids: Sequence[UUID], at: datetime) -> None:
    for petition in _still(petition_ids, WORKFLOW.clocks[State.CLOSED]):
        closing.archive(petition_id=petition.pk, actor=SYSTEM, at=at)


@deed
def close_joined(*, main_id: UUID, at: datetime) -> None:
    """The main petition is closed: so are those that were joined to it."""
    joined = Petition.objects.filter(joined_to=main_id, state=State.JOINED).order_by("pk").values_list("pk", flat=True)
    for petition_id in joined:
        closing.close(petition_id=petition_id, how="joined", actor=SYSTEM, at=at)


def _still(petition_ids: Sequence[UUID], clock: str) -> list[Petition]:
    """The truth at the moment of firing: those among the petitions that this clock still concerns, locked."""
    states = [state for state, named in WORKFLOW.clocks.items() if named == clock]
    return list(
        Petition.objects.select_for_update(of=("self",)).filter(pk__in=petition_ids, state__in=states).order_by("pk")
    )
