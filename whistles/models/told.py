"""Lateness that was told: the unique key is what makes each telling happen exactly once."""

from __future__ import annotations

from django.db import models

from organizations.models import ClimbedRung
from whistles.choices import Told
from whistles.models.whistle import Whistle


class Escalation(ClimbedRung):
    """Who was told, about which lateness. `subject` is the whistle, the summons of a unit, or a task."""

    whistle = models.ForeignKey(Whistle, models.CASCADE, related_name="+")
    clock = models.CharField(max_length=16)
    generation = models.PositiveSmallIntegerField(default=0)
    what = models.CharField(max_length=16, choices=Told)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "clock", "generation", "rung"], name="whistles_told_once"),
        ]
        indexes = [models.Index(fields=["told_unit", "told_at"], name="whistles_told")]

    def __str__(self) -> str:
        return f"{self.clock} {self.rung}"
