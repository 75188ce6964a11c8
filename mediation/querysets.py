"""Who sees which mediation cases: confidential, so fewer than see the petition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from kernel.actors import Actor
from kernel.querysets import LockingQuerySet
from mediation.choices import OPEN_STATES

if TYPE_CHECKING:
    from mediation.models.case import MediationCase


class CaseQuerySet(LockingQuerySet["MediationCase"]):
    def visible_to(self, actor: Actor) -> CaseQuerySet:
        """The committee's own mediators, and whoever may open cases in the territory; no department, no handler."""
        if actor.is_system:
            return self
        reach = Q(pk__in=[])
        for seat in actor.seats:
            if "mediation.manage" in seat.capabilities and seat.unit_id is not None:
                reach |= Q(committee_id=seat.unit_id)
            if "mediation.open" in seat.capabilities and seat.territory:
                reach |= Q(place__startswith=seat.territory)
        return self.filter(reach)

    def open(self) -> CaseQuerySet:
        return self.filter(state__in=OPEN_STATES)
