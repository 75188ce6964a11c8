"""Who sees which reports and which lines of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from assessment.choices import Audience
from kernel.actors import Actor
from kernel.querysets import LockingQuerySet

if TYPE_CHECKING:
    from assessment.models.report import Report, ReportLine
    from assessment.models.saved import SavedReport, SavedRun
    from assessment.models.taken import Taken


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, actor: Actor) -> ReportQuerySet:
        """Published ones for whoever reads assessments; drafts only for those who may publish."""
        if actor.holds("assessment.publish"):
            return self
        return self.exclude(published_at=None) if actor.holds("assessment.view") else self.none()


class LineQuerySet(models.QuerySet["ReportLine"]):
    def visible_to(self, actor: Actor) -> LineQuerySet:
        """Figures of units for everyone who reads assessments; those of a gridworker for that person and superiors."""
        if actor.is_system:
            return self
        if not actor.holds("assessment.view"):
            return self.filter(person_id=actor.user_id or 0)
        reach = ~Q(audience=Audience.GRIDWORKERS) | Q(person_id=actor.user_id or 0)
        for seat in actor.seats:
            if "assessment.view" in seat.capabilities and seat.territory:
                reach |= Q(place__startswith=seat.territory)
        return self.filter(reach)


class TakenQuerySet(LockingQuerySet["Taken"]):
    def visible_to(self, actor: Actor) -> TakenQuerySet:
        """One's own exports and nobody else's."""
        return self if actor.is_system else self.filter(asked_by_id=actor.user_id or 0)

    def running(self) -> TakenQuerySet:
        """Neither finished nor stopped."""
        return self.filter(finished_at__isnull=True, cancelled_at__isnull=True)


class SavedQuerySet(LockingQuerySet["SavedReport"]):
    def visible_to(self, actor: Actor) -> SavedQuerySet:
        """One's own, and those shared with a unit one works for; for whoever reads statistics at all."""
        if actor.is_system:
            return self
        if not actor.holds("assessment.view"):
            return self.none()
        return self.filter(Q(owner_id=actor.user_id or 0) | Q(unit_id__in=actor.unit_ids), ended_at__isnull=True)

    def by_clock(self) -> SavedQuerySet:
        """Those that are asked by themselves."""
        return self.filter(ended_at__isnull=True).exclude(rhythm="")


class RunQuerySet(models.QuerySet["SavedRun"]):
    def visible_to(self, actor: Actor) -> RunQuerySet:
        """The answers that the owner got are the owner's: they were counted among what the owner sees."""
        return self if actor.is_system else self.filter(report__owner_id=actor.user_id or 0)
