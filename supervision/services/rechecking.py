"""A listed case is looked at again on its day, and leaves the list when the case itself ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from dispatch.services.escalating import ancestor, superiors
from kernel import timers
from kernel.actors import SYSTEM
from kernel.deeds import deed
from kernel.events import record
from kernel.timers import TimerSpec
from petitions.choices import FINISHED_STATES
from supervision.choices import Removal, Told
from supervision.events import SupervisionEscalated
from supervision.models import Escalation, Listing
from supervision.services.listing import KIND, identity, locked_in, morning, remove

# Whoever listed it first, then the body above: when the period is over and it still stands there.
LAST_RUNG = 2


@deed
def recheck(*, listing_ids: Sequence[UUID], at: datetime) -> int:
    """Tell whoever listed these cases to look at them again; after the period the body above is told too."""
    above, count = superiors(), 0
    for listing in locked_in(listing_ids=list(listing_ids)):
        if listing.petition.state in FINISHED_STATES:
            _off(listing, at)
            continue
        rung = listing.rung + 1
        told = ancestor(above, listing.issuer_id, rung - 1)
        if rung > LAST_RUNG or told is None:
            continue
        _tell(listing, rung, told, at)
        count += 1
    return count


def _tell(listing: Listing, rung: int, told: int, at: datetime) -> None:
    generation = 1 if listing.extended_from else 0
    Escalation.objects.create(
        petition_id=listing.petition_id,
        subject=listing.pk,
        clock=KIND,
        generation=generation,
        rung=rung,
        unit_id=listing.unit_id,
        told_unit_id=told,
        what=Told.RECHECK,
        told_at=at,
    )
    Listing.objects.filter(pk=listing.pk).update(rung=rung)
    if rung < LAST_RUNG:
        due = max(morning(listing.until + timedelta(days=1)), at)
        spec = TimerSpec(kind=KIND, case_id=listing.petition_id, subject_id=str(listing.pk), due_at=due)
        timers.start_many([spec], at=at)
    happened = SupervisionEscalated(
        **identity(listing), clock=KIND, rung=rung, unit=listing.unit_id, told=told, what=Told.RECHECK
    )
    record(happened, actor=SYSTEM, at=at)


@deed
def follow_ending(*, petition_ids: Sequence[UUID], at: datetime) -> None:
    """The cases are closed or withdrawn: those that were on the list leave it."""
    standing = Listing.objects.open().filter(petition_id__in=petition_ids).order_by("pk")
    for listing in list(standing):
        _off(listing, at)


def _off(listing: Listing, at: datetime) -> None:
    remove(listing_id=listing.pk, why=Removal.CLOSED, note=Removal.CLOSED, actor=SYSTEM, at=at)
