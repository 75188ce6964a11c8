"""Who sees what of supervision: the unit concerned its own, whoever issues the area, everybody the list of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from kernel.actors import Actor
from kernel.querysets import LockingQuerySet
from supervision.choices import NEVER_ISSUED, OPEN_STATES, ListingState

if TYPE_CHECKING:
    from supervision.models.listing import Listing
    from supervision.models.order import SupervisionOrder
    from supervision.models.urging import Urging

# Everybody who may look things up at all: the list of cases is published inside of the house.
READERS = "reference.view"
# Whoever answers for a unit, and who is at its head or above it: what was issued to a house is not kept from them.
CONCERNED = frozenset({"supervision.answer", "assessment.view"})


class OrderQuerySet(LockingQuerySet["SupervisionOrder"]):
    def visible_to(self, actor: Actor) -> OrderQuerySet:
        """What was issued to one's unit, and everything in the territory of whoever issues orders."""
        if actor.is_system:
            return self
        reach = Q(pk__in=[])
        for seat in actor.seats:
            if "supervision.order" in seat.capabilities and seat.territory:
                reach |= Q(place__startswith=seat.territory)
            if CONCERNED & seat.capabilities and seat.unit_id is not None:
                reach |= Q(unit_id=seat.unit_id) & ~Q(state__in=NEVER_ISSUED)
        return self.filter(reach)

    def open(self) -> OrderQuerySet:
        return self.filter(state__in=OPEN_STATES)

    def issued(self) -> OrderQuerySet:
        """Those that have a number, whatever became of them."""
        return self.exclude(state__in=NEVER_ISSUED)


class UrgingQuerySet(LockingQuerySet["Urging"]):
    def visible_to(self, actor: Actor) -> UrgingQuerySet:
        """What one's unit was told, and all of the territory of whoever urges."""
        if actor.is_system:
            return self
        reach = Q(pk__in=[])
        for seat in actor.seats:
            if "supervision.urge" in seat.capabilities and seat.territory:
                reach |= Q(place__startswith=seat.territory)
            if CONCERNED & seat.capabilities and seat.unit_id is not None:
                reach |= Q(unit_id=seat.unit_id)
        return self.filter(reach)


class ListingQuerySet(LockingQuerySet["Listing"]):
    def visible_to(self, actor: Actor) -> ListingQuerySet:
        """Public inside of the house: a row says unit, township, category and days, and nothing of a person."""
        return self if actor.is_system or actor.holds(READERS) else self.none()

    def open(self) -> ListingQuerySet:
        return self.filter(state=ListingState.LISTED)
