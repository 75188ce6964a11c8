"""Rungs that have been climbed: the unique key is what makes each fire exactly once."""

from __future__ import annotations

from django.db import models

from developments.choices import Told, Whom
from developments.models.development import Development
from organizations.models import ClimbedRung


class Escalation(ClimbedRung):
    """Who was told of which lateness, on which rung. `subject` is the case or one of its steps."""

    development = models.ForeignKey(Development, models.CASCADE, related_name="escalations")
    clock = models.CharField(max_length=24)
    round = models.PositiveSmallIntegerField()
    whom = models.CharField(max_length=10, choices=Whom)
    what = models.CharField(max_length=16, choices=Told)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "clock", "round", "rung"], name="developments_rung_once")
        ]
        indexes = [models.Index(fields=["development", "told_at"], name="developments_told")]

    def __str__(self) -> str:
        return f"{self.clock} {self.rung}"
