"""What assessment hears from below: each of these may change what counts of a case. One line, one call."""

from __future__ import annotations

from assessment.services.facts import refresh
from dispatch.events import (
    OrderAdjudicated,
    OrderAssigned,
    OrderCancelled,
    OrderCompleted,
    OrderExtended,
    OrderRecalled,
    OrderRejected,
    OrderResumed,
    OrderReturned,
    OrderSigned,
    OrderSuspended,
    OrderVerified,
    ReturnRefused,
)
from kernel.events import Fact, subscribe_many
from petitions.events import PetitionClosed, PetitionDeclined, PetitionReplied, PetitionWithdrawn
from supervision.events import CaseListed, OrderIssued, OrderWithdrawn, Urged

# Filing, accepting and rating need no ear of their own: an order or the closing follows them, and what has no order yet
# is caught up with when a report is made. So is a holiday notice, which moves a hundred thousand dates at once.
HEARD = {
    OrderAssigned: "assessment.order_assigned",
    OrderSigned: "assessment.order_signed",
    OrderCompleted: "assessment.order_completed",
    OrderVerified: "assessment.order_verified",
    OrderRejected: "assessment.order_rejected",
    OrderReturned: "assessment.order_returned",
    ReturnRefused: "assessment.return_refused",
    OrderAdjudicated: "assessment.order_adjudicated",
    OrderCancelled: "assessment.order_cancelled",
    OrderRecalled: "assessment.order_recalled",
    OrderExtended: "assessment.order_extended",
    OrderSuspended: "assessment.order_suspended",
    OrderResumed: "assessment.order_resumed",
    PetitionReplied: "assessment.petition_replied",
    PetitionDeclined: "assessment.petition_declined",
    PetitionWithdrawn: "assessment.petition_withdrawn",
    PetitionClosed: "assessment.petition_closed",
    Urged: "assessment.urged",
    OrderIssued: "assessment.supervised",
    OrderWithdrawn: "assessment.supervision_withdrawn",
    CaseListed: "assessment.listed",
}


def changed(facts: list[Fact]) -> None:
    refresh(petition_ids=[fact.event.case_id for fact in facts])


for heard, name in HEARD.items():
    subscribe_many(heard, name=name)(changed)
