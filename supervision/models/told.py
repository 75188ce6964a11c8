"""Rungs that have been climbed: the unique key is what makes each fire exactly once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models import ClimbedRung
from petitions.models import Petition
from supervision.choices import Told


class Escalation(ClimbedRung):
    """Who was told, about which lateness, on which rung. `subject` is a supervision order or a listing."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+", verbose_name=_("petition"))
    clock = models.CharField(max_length=24)
    generation = models.PositiveSmallIntegerField(default=0)
    what = models.CharField(max_length=16, choices=Told)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "clock", "generation", "rung"], name="supervision_rung_fires_once"
            ),
        ]
        indexes = [models.Index(fields=["told_unit", "told_at"], name="supervision_told")]

    def __str__(self) -> str:
        return f"{self.clock} {self.rung}"
