"""Pure decisions about supervision: the unit answers, the issuer judges, and never the same person both."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.permissions import Denied, Verdict
from supervision.choices import State

ANSWER, ORDER = "supervision.answer", "supervision.order"
JUDGING = frozenset({"accept", "send_back"})


class OrderFacts(Protocol):
    unit_id: int
    issuer_id: int
    place: str
    state: str


class ListingFacts(Protocol):
    place: str


def verdict(*, capability: str, move: str, order: OrderFacts, actor: Actor, answered_by: int | None) -> Verdict:
    """Whether the actor may make a move on a supervision order; `answered_by` gave the answer that waits."""
    if capability == ANSWER:
        return actor.may(capability, units=[order.unit_id])
    if order.state == State.PROPOSED:
        return actor.may(capability, place=order.place)
    if move in JUDGING and answered_by in actor.persons:
        return Denied(_("Whoever answered does not judge the answer."))
    said = actor.may(capability, units=[order.issuer_id])
    if not said and actor.holds(capability):
        return Denied(_("Only the body that issued the order does this."))
    return said


def listing_verdict(*, listing: ListingFacts, actor: Actor) -> Verdict:
    """Whether the actor may extend a listing or end it."""
    return actor.may(ORDER, place=listing.place)
