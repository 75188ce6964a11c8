"""Lateness that was told: the unique key is what makes each telling happen exactly once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models import Unit
from whistles.choices import Told
from whistles.models.whistle import Whistle


class Escalation(models.Model):
    """Who was told, about which lateness. `subject` is the whistle, the summons of a unit, or a task."""

    whistle = models.ForeignKey(Whistle, models.CASCADE, related_name="+")
    subject = models.UUIDField()
    clock = models.CharField(max_length=16)
    generation = models.PositiveSmallIntegerField(default=0)
    rung = models.PositiveSmallIntegerField(_("rung"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    told_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("told"))
    what = models.CharField(max_length=16, choices=Told)
    told_at = models.DateTimeField(_("when"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "clock", "generation", "rung"], name="whistles_told_once"),
        ]
        indexes = [models.Index(fields=["told_unit", "told_at"], name="whistles_told")]

    def __str__(self) -> str:
        return f"{self.clock} {self.rung}"
