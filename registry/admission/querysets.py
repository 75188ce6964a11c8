"""Who sees which admissions and tasks: those whom they concern, and whoever oversees the area."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.db.models import Q

from kernel.actors import Actor
from kernel.querysets import LockingQuerySet
from organizations.models import Unit
from registry.admission.choices import OPEN_STATES, OPEN_TASKS

if TYPE_CHECKING:
    pass

# Whoever holds one of these sees all of the area of their unit: keeper, director, supervisor.
OVERSEEING = frozenset({"registry.review", "registry.approve", "supervision.order"})
M = TypeVar("M", bound=models.Model)


def concerned(actor: Actor) -> Q:
    """Rows whose sides or townships are the actor's units, and those of the area that the actor oversees."""
    reach = Q(pk__in=[])
    for seat in actor.seats:
        if seat.unit_id is None:
            continue
        if OVERSEEING & seat.capabilities:
            # The keeper of the list oversees no ground, only the list: the area is that of the unit.
            reach |= Q(area_id__in=Unit.objects.filter(pk=seat.unit_id).values("area_id"))
        if "registry.opinion" in seat.capabilities:
            reach |= Q(townships__contains=[seat.unit_id])
        if "registry.propose" in seat.capabilities:
            reach |= Q(sides__contains=[seat.unit_id])
    return reach


class ConcernedQuerySet(LockingQuerySet[M]):
    """Rows that carry whom they concern as columns of their own."""

    def visible_to(self, actor: Actor) -> ConcernedQuerySet[M]:
        """Townships and departments see what concerns them, the overseers of the county all of it."""
        return self if actor.is_system else self.filter(concerned(actor))


class AdmissionQuerySet(ConcernedQuerySet["Admission"]):
    def open(self) -> AdmissionQuerySet:
        """Those not yet decided."""
        return self.filter(state__in=OPEN_STATES)


class TaskQuerySet(ConcernedQuerySet["AdHocTask"]):
    def open(self) -> TaskQuerySet:
        """Those not yet decided."""
        return self.filter(state__in=OPEN_TASKS)
