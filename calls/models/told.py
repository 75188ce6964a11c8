"""Rungs that have been climbed: the unique key is what makes each fire exactly once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from calls.choices import Told, Whom
from calls.models.call import Call
from organizations.models import Unit


class Escalation(models.Model):
    """Who was told about which lateness, on which rung. `subject` is the call, or a cooperating unit's part of it."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="escalations")
    subject = models.UUIDField()
    clock = models.CharField(max_length=24)
    round = models.PositiveSmallIntegerField()
    rung = models.PositiveSmallIntegerField(_("rung"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    told_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("told"))
    whom = models.CharField(max_length=10, choices=Whom)
    what = models.CharField(max_length=16, choices=Told)
    people = models.PositiveSmallIntegerField(_("people told"))
    told_at = models.DateTimeField(_("when"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "clock", "round", "rung"], name="calls_rung_fires_once"),
        ]
        indexes = [models.Index(fields=["call", "told_at"], name="calls_told")]

    def __str__(self) -> str:
        return f"{self.clock} {self.rung}"
