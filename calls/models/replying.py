"""What a called unit says and does, whether it leads or cooperates: a person, a time, a check-in, a result."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models import ResponsibilityEntry

USER = settings.AUTH_USER_MODEL


class Replying(models.Model):
    """The columns of one unit's reply. Whether a step was in time is settled when it is taken: lateness stays."""

    answer_due_at = models.DateTimeField(_("answer until"), null=True, blank=True)
    work_due_at = models.DateTimeField(_("result until"), null=True, blank=True)
    person = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who comes")
    )
    promised_at = models.DateTimeField(_("promised for"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    answered_in_time = models.BooleanField(_("answered in time"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("on site since"), null=True, blank=True)
    arrived_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    arrived_in_time = models.BooleanField(_("on site in time"), null=True, blank=True)
    lng = models.FloatField(_("longitude"), null=True, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    accuracy_m = models.PositiveIntegerField(_("accuracy in metres"), null=True, blank=True)
    result = models.TextField(_("result"), max_length=4000, blank=True)
    reported_at = models.DateTimeField(_("reported"), null=True, blank=True)
    reported_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    reported_in_time = models.BooleanField(_("reported in time"), null=True, blank=True)
    refusal_entry = models.ForeignKey(
        ResponsibilityEntry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("refused by row")
    )
    refusal_note = models.CharField(_("reason for the refusal"), max_length=500, blank=True)
    refused_at = models.DateTimeField(_("refused"), null=True, blank=True)
    refused_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    bound = models.BooleanField(_("must come"), default=False)
    stage_due_at = models.DateTimeField(_("due"))
    rung = models.PositiveSmallIntegerField(_("rung"), default=0)

    class Meta:
        abstract = True


# What a new round begins without.
REPLY = (
    "person_id", "promised_at", "answered_at", "answered_by_id", "answered_in_time", "arrived_at", "arrived_by_id",
    "arrived_in_time", "lng", "lat", "accuracy_m", "result", "reported_at", "reported_by_id", "reported_in_time",
)  # fmt: skip
REFUSAL = ("refusal_entry_id", "refusal_note", "refused_at", "refused_by_id")
