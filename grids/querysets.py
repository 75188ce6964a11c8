"""Scope of the map. By law the grids and their workers are published, so whoever may look sees all of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from grids.choices import STANDING, WAITING, JobWhat, PlanState
from grids.policies import KEEP, RUN, VIEW
from kernel.actors import Actor
from kernel.querysets import LockingQuerySet
from organizations.models import ReferenceQuerySet
from organizations.places import WIDTH

if TYPE_CHECKING:
    from grids.models import CellPlan, CellStaff, Finding, MapImport, MapJob


class CellQuerySet(ReferenceQuerySet):
    """Cells by state and place."""

    def drawn(self) -> Self:
        """Cells of the map as it is now."""
        return self.filter(active=True)

    def inside(self, prefix: str) -> Self:
        """Cells whose code begins with the prefix of an area."""
        return self.filter(code__startswith=prefix)


class TerritoryQuerySet(ReferenceQuerySet):
    """Outlines, as public as the grids inside of them."""


class ImportQuerySet(LockingQuerySet["MapImport"]):
    """Files that were read, for those alone who may put them on the map."""

    def visible_to(self, actor: Actor) -> Self:
        """All of them for whoever keeps the map."""
        return self if actor.is_system or actor.holds(KEEP) else self.none()


class JobQuerySet(LockingQuerySet["MapJob"]):
    """What is done on the map behind a page."""

    def visible_to(self, actor: Actor) -> Self:
        """Audits for whoever may start one, readings of files for whoever keeps the map."""
        if actor.is_system:
            return self
        seen = [what for what, right in ((JobWhat.AUDIT, RUN), (JobWhat.READING, KEEP)) if actor.holds(right)]
        return self.filter(what__in=seen)

    def running(self) -> Self:
        """Neither finished nor stopped."""
        return self.filter(finished_at__isnull=True, stopped_at__isnull=True)


class PlanQuerySet(LockingQuerySet["CellPlan"]):
    """Splits and mergers to come, and what became of them."""

    def visible_to(self, actor: Actor) -> Self:
        """All of them for whoever keeps the map; the card of a grid says to everybody what will become of it."""
        return self if actor.is_system or actor.holds(KEEP) else self.none()

    def standing(self) -> Self:
        """Those whose day is to come."""
        return self.filter(state=PlanState.PLANNED)


class StaffQuerySet(models.QuerySet["CellStaff"]):
    """People serving grids by day."""

    def visible_to(self, actor: Actor) -> Self:
        """All of them for whoever keeps the map; others read the cards, which show who serves now."""
        return self if actor.is_system or actor.holds(KEEP) else self.none()

    def in_force(self, on: date) -> Self:
        """Those whose period [valid_from, valid_until) holds the day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)


class FindingQuerySet(LockingQuerySet["Finding"]):
    """Findings by state and by who may see them."""

    def standing(self) -> Self:
        """Those that the last audit saw."""
        return self.filter(state__in=STANDING)

    def waiting(self) -> Self:
        """Those that somebody has yet to do something about."""
        return self.filter(state__in=WAITING)

    def visible_to(self, actor: Actor) -> Self:
        """All for whoever keeps the map; otherwise those of one's territory, of one's unit, and one's own."""
        if actor.is_system or (actor.holds(KEEP) and actor.holds(VIEW)):
            return self
        reach = Q(pk__in=[])
        for seat in actor.seats:
            if VIEW not in seat.capabilities:
                continue
            if seat.territory:
                # Whoever works in a grid knows what its whole village lacks.
                reach |= Q(place__startswith=seat.territory) | Q(place=seat.territory[:WIDTH])
            if seat.unit_id is not None:
                reach |= Q(unit_id=seat.unit_id) | Q(person_id=actor.user_id)
        return self.filter(reach)
