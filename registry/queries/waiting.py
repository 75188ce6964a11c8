"""What waits in the registry for a person: a decision, a signature, a draft of one's own to finish."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kernel.actors import Actor
from registry.choices import OPEN_HAND_OVERS, DraftState
from registry.models import Draft, HandOver
from registry.workflow import APPROVE, PROPOSE, SIGN


def waiting_drafts(*, actor: Actor) -> QuerySet[Draft]:
    """Submitted drafts that somebody else proposed, for those who approve; and one's own that are not submitted yet."""
    wanted = Q(pk__in=[])
    if actor.holds(APPROVE):
        wanted |= Q(state=DraftState.SUBMITTED) & ~Q(proposed_by_id__in=actor.persons)
    if actor.holds(PROPOSE):
        wanted |= Q(state=DraftState.PREPARING, proposed_by_id=actor.user_id)
    return Draft.objects.visible_to(actor).filter(wanted)


def waiting_hand_overs(*, actor: Actor) -> QuerySet[HandOver]:
    """Hand-overs that one of the units one signs for has not signed yet, and oneself for neither side."""
    units = [seat.unit_id for seat in actor.seats if SIGN in seat.capabilities and seat.unit_id is not None]
    open_ones = HandOver.objects.filter(state__in=OPEN_HAND_OVERS)
    unsigned = Q(from_unit_id__in=units, from_signed_by=None) | Q(to_unit_id__in=units, to_signed_by=None)
    # With a plain exclude() an unsigned side, which is null, would drop the row.
    signed = Q(from_signed_by_id=actor.user_id, from_signed_by__isnull=False)
    signed |= Q(to_signed_by_id=actor.user_id, to_signed_by__isnull=False)
    return open_ones.filter(unsigned).exclude(signed)
