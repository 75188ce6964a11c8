"""Rungs that have been climbed: the unique key is what makes each fire exactly once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dispatch.models.order import WorkOrder
from organizations.models import Unit


class Escalation(models.Model):
    """Who was told, about which lateness, on which rung."""

    order = models.ForeignKey(WorkOrder, models.CASCADE, related_name="escalations")
    clock = models.CharField(max_length=20)
    generation = models.PositiveSmallIntegerField(default=0)
    rung = models.PositiveSmallIntegerField(_("rung"))
    told_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("told"))
    what = models.CharField(max_length=20)
    told_at = models.DateTimeField(_("when"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "clock", "generation", "rung"], name="dispatch_rung_fires_once"),
        ]
        indexes = [models.Index(fields=["told_unit", "told_at"], name="dispatch_told")]

    def __str__(self) -> str:
        return f"{self.clock} {self.rung}"
