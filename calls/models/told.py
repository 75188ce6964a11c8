"""Rungs that have been climbed: the unique key is what makes each fire exactly once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from calls.choices import Told, Whom
from calls.models.call import Call
from organizations.models import ClimbedRung


class Escalation(ClimbedRung):
    """Who was told about which lateness, on which rung. `subject` is the call, or a cooperating unit's part of it."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="escalations")
    clock = models.CharField(max_length=24)
    round = models.PositiveSmallIntegerField()
    whom = models.CharField(max_length=10, choices=Whom)
    what = models.CharField(max_length=16, choices=Told)
    people = models.PositiveSmallIntegerField(_("people told"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "clock", "round", "rung"], name="calls_rung_fires_once"),
        ]
        indexes = [models.Index(fields=["call", "told_at"], name="calls_told")]

    def __str__(self) -> str:
        return f"{self.clock} {self.rung}"
