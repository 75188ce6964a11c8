"""Who sees which work orders."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from dispatch.choices import IN_HAND, OPEN_ORDERS, Light
from dispatch.joint.choices import OPEN_TASKS, OfferState, TaskKind
from dispatch.times import Outcome
from kernel.actors import Actor
from kernel.querysets import LockingQuerySet
from petitions.queries import reach_of, reads_cases

if TYPE_CHECKING:
    from dispatch.models.first_unit import FirstUnit
    from dispatch.models.joint import JointTask
    from dispatch.models.offer import OrderOffer
    from dispatch.models.order import WorkOrder
    from dispatch.models.replay import Replay
    from dispatch.models.time import TimeRequest

REPLAYERS = ("registry.propose", "registry.review", "registry.approve")


class OrderQuerySet(LockingQuerySet["WorkOrder"]):
    def visible_to(self, actor: Actor) -> OrderQuerySet:
        """Orders of one's unit, lead or cooperating, and those in the territory one oversees."""
        if actor.is_system:
            return self
        return self.filter(reach_of(actor, of_unit=lambda unit: Q(unit_id=unit) | Q(assists__contains=[unit])))

    def open(self) -> OrderQuerySet:
        return self.filter(state__in=OPEN_ORDERS)

    def of_units(self, actor: Actor) -> OrderQuerySet:
        """The orders that the actor's own units lead."""
        return self.filter(unit_id__in=actor.unit_ids)

    def overdue(self, *, at: datetime) -> OrderQuerySet:
        """Past its limit while its clock runs: neither what rests nor what is done and awaits verification."""
        return self.filter(state__in=IN_HAND, handle_due_at__lt=at)

    def lit(self, *, light: str, at: datetime) -> OrderQuerySet:
        """Open orders that show this light: the same bounds as WorkOrder.light(), for those that are not done."""
        running = self.open()
        if light == Light.RED:
            return running.filter(handle_due_at__lt=Coalesce("completed_at", Value(at)))
        seen = running.annotate(seen_at=Coalesce("completed_at", Value(at))).filter(handle_due_at__gte=F("seen_at"))
        if light == Light.YELLOW:
            return seen.filter(yellow_at__lte=F("seen_at"))
        if light == Light.BLUE:
            return seen.filter(yellow_at__gt=F("seen_at"), half_at__lte=F("seen_at"))
        return seen.filter(yellow_at__gt=F("seen_at"), half_at__gt=F("seen_at"))


class TimeRequestQuerySet(QuerySet["TimeRequest"]):
    def visible_to(self, actor: Actor) -> TimeRequestQuerySet:
        """Those of one's unit, and those in the territory one oversees."""
        if actor.is_system:
            return self
        return self.filter(reach_of(actor, of_unit=lambda unit: Q(unit_id=unit)))

    def waiting(self) -> TimeRequestQuerySet:
        """Not decided yet."""
        return self.filter(outcome=Outcome.ASKED)

    def standing_still(self) -> TimeRequestQuerySet:
        """Suspensions that have not ended."""
        return self.filter(since__isnull=False, ended_at__isnull=True)

    def pauses(self) -> TimeRequestQuerySet:
        """Suspensions that took effect, in order."""
        return self.filter(since__isnull=False).order_by("since")


class JointTaskQuerySet(LockingQuerySet["JointTask"]):
    def visible_to(self, actor: Actor) -> JointTaskQuerySet:
        """Whoever sees an order sees who cooperates: its lead, the units with a task of it, and who oversees it."""
        if actor.is_system:
            return self
        return self.filter(
            reach_of(
                actor,
                of_unit=lambda unit: Q(order__unit_id=unit) | Q(order__assists__contains=[unit]),
                place="order__place",
            )
        )

    def open(self) -> JointTaskQuerySet:
        """Not finished with, whether a reply is asked for or not."""
        return self.filter(state__in=OPEN_TASKS)

    def owing(self) -> JointTaskQuerySet:
        """Those with a clock: asked for a reply, and not finished with."""
        return self.filter(kind=TaskKind.ASKED, state__in=OPEN_TASKS)


class OrderOfferQuerySet(LockingQuerySet["OrderOffer"]):
    def visible_to(self, actor: Actor) -> OrderOfferQuerySet:
        """Both units, and whoever oversees the place."""
        if actor.is_system:
            return self
        return self.filter(
            reach_of(actor, of_unit=lambda unit: Q(unit_id=unit) | Q(to_unit_id=unit), place="order__place")
        )

    def waiting(self) -> OrderOfferQuerySet:
        """Not answered yet."""
        return self.filter(state=OfferState.OFFERED)

    def open(self) -> OrderOfferQuerySet:
        """The same, by the name that every list of waiting work asks for."""
        return self.waiting()


class FirstUnitQuerySet(QuerySet["FirstUnit"]):
    def visible_to(self, actor: Actor) -> FirstUnitQuerySet:
        """Cases in the territory that one oversees, and those that one's units had first or have now."""
        if actor.is_system:
            return self
        reach = Q(pk__in=[])
        for seat in actor.seats:
            if not reads_cases(seat):
                continue
            if seat.territory:
                reach |= Q(place__startswith=seat.territory)
            elif seat.unit_id is not None:
                reach |= Q(first_unit_id=seat.unit_id) | Q(last_unit_id=seat.unit_id)
        return self.filter(reach)


class ReplayQuerySet(LockingQuerySet["Replay"]):
    def visible_to(self, actor: Actor) -> ReplayQuerySet:
        """For those who propose, review or approve the lists; a tally names units and numbers, never a case."""
        if actor.is_system or any(actor.holds(name) for name in REPLAYERS):
            return self
        return self.none()

    def running(self) -> ReplayQuerySet:
        """Neither finished nor cancelled."""
        return self.filter(finished_at__isnull=True, cancelled_at__isnull=True)
