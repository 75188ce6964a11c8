"""Who sees which assignments and visits: one's own, those of one's territory, and those of the people of one's unit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from kernel.actors import Actor
from kernel.querysets import LockingQuerySet
from organizations.places import WIDTH

if TYPE_CHECKING:
    from liaisons.models import Assignment, Visit

VIEW = "liaison.view"


class AssignmentQuerySet(LockingQuerySet["Assignment"]):
    """Assignments by day and by who may see them."""

    def in_force(self, on: date) -> Self:
        """Those whose period [valid_from, valid_until) holds the day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)

    def lasting(self, on: date) -> Self:
        """Those in force on the day or later."""
        began = self.exclude(valid_until=models.F("valid_from"))
        return began.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on))

    def visible_to(self, actor: Actor) -> Self:
        """One's own, those in the territory that one oversees or around one's grid, those of one's colleagues."""
        if actor.is_system:
            return self
        reach = Q(user_id=actor.user_id or 0)
        for seat in actor.seats:
            if VIEW not in seat.capabilities:
                continue
            if seat.territory:
                # A gridworker knows the official of the community too.
                reach |= Q(place__startswith=seat.territory) | Q(place=seat.territory[:WIDTH])
            if seat.unit_id is not None:
                reach |= Q(unit_id=seat.unit_id)
        return self.filter(reach)


class VisitQuerySet(models.QuerySet["Visit"]):
    """Records of visits by who may see them."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, those in the territory that one oversees, and of one's colleagues what was not passed on.

        What was passed on became a petition, perhaps about the very unit whose official heard of it: his colleagues
        read it where petitions are read, or not at all (信访工作条例 30).
        """
        if actor.is_system:
            return self
        reach = Q(user_id=actor.user_id or 0)
        for seat in actor.seats:
            if VIEW not in seat.capabilities:
                continue
            if seat.territory:
                reach |= Q(place__startswith=seat.territory)
            if seat.unit_id is not None:
                reach |= Q(unit_id=seat.unit_id, petition__isnull=True)
        return self.filter(reach)
