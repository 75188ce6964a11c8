"""Rounds that did not end the call: what a unit said and did before it was called again, or was let go."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from calls.choices import Outcome
from calls.models.call import Call
from organizations.models import ResponsibilityEntry, Unit

USER = settings.AUTH_USER_MODEL


class Round(models.Model):
    """Written once, when a round ends, and never changed (a trigger)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("round"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    note = models.CharField(_("note"), max_length=500)
    person = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_in_time = models.BooleanField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    result = models.TextField(_("result"), max_length=4000, blank=True)
    refusal_entry = models.ForeignKey(ResponsibilityEntry, models.PROTECT, null=True, blank=True, related_name="+")
    refusal_note = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(_("ended"))
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("round of a call")
        verbose_name_plural = _("rounds of calls")
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="calls_round_once")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.number}"
