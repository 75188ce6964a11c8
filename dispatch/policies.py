"""Pure decisions about work orders: the unit's deeds are the unit's, the centre's are the centre's."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dispatch.choices import RouteReason
from kernel.actors import Actor
from kernel.permissions import Allowed, Denied, Verdict
from kernel.workflow import Transition

BY_UNIT = frozenset({"order.sign", "order.progress", "order.return", "order.complete", "order.ask_time"})


class OrderFacts(Protocol):
    unit_id: int
    assists: list[int]
    place: str
    bound: bool
    reason: str
    assigned_by_id: int | None
    completed_by_id: int | None


def verdict(*, capability: str, order: OrderFacts, actor: Actor) -> Verdict:
    """Whether the actor may use a capability on this order."""
    if capability in BY_UNIT:
        units = [order.unit_id, *order.assists] if capability == "order.progress" else [order.unit_id]
        if capability == "order.return" and order.bound and not actor.is_system:
            return Denied(_("The centre has decided that your unit handles this; it cannot be returned again."))
        return actor.may(capability, units=units)
    if capability == "order.assign" and order.reason == RouteReason.BY_RULING and not actor.is_system:
        return Denied(_("The unit was named by adjudication, which binds the centre too."))
    if capability == "order.recall":
        return _recalling(order, actor)
    if capability == "order.verify" and order.completed_by_id in actor.persons:
        return Denied(_("Whoever handled it does not verify it."))
    return actor.may(capability, place=order.place)


def _recalling(order: OrderFacts, actor: Actor) -> Verdict:
    """Whoever dispatched it, or whose right reaches further; what the list dispatched by itself is the centre's."""
    if order.reason == RouteReason.BY_RULING and not actor.is_system:
        return Denied(_("The unit was named by adjudication, which binds the centre too."))
    said = actor.may("order.recall", place=order.place)
    own = order.assigned_by_id is None or order.assigned_by_id in actor.persons
    if own or isinstance(said, Denied) or actor.may("order.recall_any", place=order.place):
        return said
    return Denied(_("Whoever dispatched it takes it back, or the director of the centre."))


def move_verdict(*, row: Transition, order: OrderFacts, actor: Actor) -> Verdict:
    """The verdict on one row of the table, for buttons and for deeds alike."""
    return verdict(capability=row.capability, order=order, actor=actor)


class TimeFacts(Protocol):
    handle_due_at: datetime
    asking: str
    extension_days: int
    extension_asked: bool


def time_verdict(*, move: str, order: TimeFacts, at: datetime) -> Verdict:
    """Whether this move of time makes sense now: one request at a time, one extension, and nothing after the end."""
    if move in ("ask_extension", "ask_pause"):
        if order.asking:
            return Denied(_("The centre has not decided yet on what was asked for."))
        if at > order.handle_due_at:
            return Denied(_("The time is over: nothing can be added to it any more."))
    if move == "ask_extension":
        if order.extension_days:
            return Denied(_("It was extended already; time is extended once."))
        if order.extension_asked:
            return Denied(_("An extension was asked for already and refused."))
    return Allowed()
