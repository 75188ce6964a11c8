"""Who sees which reports and which lines of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from assessment.choices import Audience
from kernel.actors import Actor

if TYPE_CHECKING:
    from assessment.models.report import Report, ReportLine


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
