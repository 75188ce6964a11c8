"""Who sees which work orders."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from dispatch.choices import OPEN_ORDERS
from kernel.actors import Actor
from kernel.querysets import LockingQuerySet
from petitions.queries import reads_cases


class OrderQuerySet(LockingQuerySet[Any]):
    def visible_to(self, actor: Actor) -> OrderQuerySet:
        """Orders of one's unit, lead or cooperating, and those in the territory one oversees."""
        if actor.is_system:
            return self
        reach = Q(pk__in=[])
        for seat in actor.seats:
            if not reads_cases(seat):
                continue
            if seat.territory:
                reach |= Q(place__startswith=seat.territory)
            if seat.unit_id is not None:
                reach |= Q(unit_id=seat.unit_id) | Q(assists__contains=[seat.unit_id])
        return self.filter(reach)

    def open(self) -> OrderQuerySet:
        return self.filter(state__in=OPEN_ORDERS)

    def of_units(self, actor: Actor) -> OrderQuerySet:
        """The orders that the actor's own units lead."""
        return self.filter(unit_id__in=actor.unit_ids)

    def overdue(self, *, at: datetime) -> OrderQuerySet:
        return self.open().filter(handle_due_at__lt=at)
