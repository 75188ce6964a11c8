"""Sessions: when, where, who was there, what was said."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from mediation.choices import Outcome
from mediation.models.case import MediationCase


class Session(models.Model):
    """One sitting of a mediation (人民调解法 27: the record of the work). The record is sealed."""

    case = models.ForeignKey(MediationCase, models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField(_("number"))
    held_at = models.DateTimeField(_("held"))
    place = models.CharField(_("place"), max_length=120)
    present = ArrayField(models.IntegerField(), verbose_name=_("parties present"))
    others = models.BinaryField(default=b"")
    record = models.BinaryField()
    salt = models.BinaryField()
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="mediation_session_number"),
            models.CheckConstraint(condition=~models.Q(record=b""), name="mediation_session_recorded"),
            models.CheckConstraint(
                condition=models.Q(held_at__lte=models.F("recorded_at")), name="mediation_session_before_record"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
