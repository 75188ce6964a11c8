"""Who sees which admissions and tasks: those whom they concern, and whoever oversees the area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from kernel.actors import Actor
from kernel.querysets import LockingQuerySet
from organizations.models import Unit
from registry.admission.choices import OPEN_STATES, OPEN_TASKS

if TYPE_CHECKING:
    from registry.models.adhoc import AdHocTask
    from registry.models.admission import Admission

# Whoever holds one of these sees all of the area of their unit: keeper, director, supervisor.
OVERSEEING = frozenset({"registry.review", "registry.approve", "supervision.order"})

# The head of a house, and the leader above it, read what is to be put on it and what it applied for.
HEADING = frozenset({"assessment.view"})


def concerned(actor: Actor) -> Q:
    """Rows whose sides or townships are the actor's units, and those of the area that the actor oversees."""
    reach = Q(pk__in=[])
    for seat in actor.seats:
        if seat.unit_id is None:
            continue
        if OVERSEEING & seat.capabilities:
            # The keeper of the list oversees no ground, only the list: the area is that of the unit.
            reach |= Q(area_id__in=Unit.objects.filter(pk=seat.unit_id).values("area_id"))
        if HEADING & seat.capabilities or "registry.opinion" in seat.capabilities:
            reach |= Q(townships__contains=[seat.unit_id])
        if HEADING & seat.capabilities or "registry.propose" in seat.capabilities:
            reach |= Q(sides__contains=[seat.unit_id])
    return reach


class AdmissionQuerySet(LockingQuerySet["Admission"]):
    def visible_to(self, actor: Actor) -> AdmissionQuerySet:
        """Townships and departments see what concerns them, the overseers of the county all of it."""
        return self if actor.is_system else self.filter(concerned(actor))

    def open(self) -> AdmissionQuerySet:
        """Those not yet decided."""
        return self.filter(state__in=OPEN_STATES)


class TaskQuerySet(LockingQuerySet["AdHocTask"]):
    def visible_to(self, actor: Actor) -> TaskQuerySet:
        """As for admissions."""
        return self if actor.is_system else self.filter(concerned(actor))

    def open(self) -> TaskQuerySet:
        """Those not yet decided."""
        return self.filter(state__in=OPEN_TASKS)
