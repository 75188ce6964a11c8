"""Pure decisions about work orders: the unit's deeds are the unit's, the centre's are the centre's."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.permissions import Denied, Verdict
from kernel.workflow import Transition

BY_UNIT = frozenset({"order.sign", "order.progress", "order.return", "order.complete"})


class OrderFacts(Protocol):
    unit_id: int
    assists: list[int]
    place: str
    bound: bool
    completed_by_id: int | None


def verdict(*, capability: str, order: OrderFacts, actor: Actor) -> Verdict:
    """Whether the actor may use a capability on this order."""
    if capability in BY_UNIT:
        units = [order.unit_id, *order.assists] if capability == "order.progress" else [order.unit_id]
        if capability == "order.return" and order.bound and not actor.is_system:
            return Denied(_("The centre has decided that your unit handles this; it cannot be returned again."))
        return actor.may(capability, units=units)
    if capability == "order.verify" and actor.user_id is not None and actor.user_id == order.completed_by_id:
        return Denied(_("Whoever handled it does not verify it."))
    return actor.may(capability, place=order.place)


def move_verdict(*, row: Transition, order: OrderFacts, actor: Actor) -> Verdict:
    """The verdict on one row of the table, for buttons and for deeds alike."""
    return verdict(capability=row.capability, order=order, actor=actor)
