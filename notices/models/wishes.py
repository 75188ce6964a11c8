"""How somebody wants to be told, and where they can be reached."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notices.choices import Means, Outward


def usual_quiet_from() -> time:
    """When the quiet hours of this installation begin."""
    start: time = settings.NOTICE_QUIET_HOURS[0]
    return start


def usual_quiet_until() -> time:
    """When they end."""
    end: time = settings.NOTICE_QUIET_HOURS[1]
    return end


class Preference(models.Model):
    """One row per person who chose something; whoever chose nothing hears outside only what is urgent.

    Quiet hours run on the clock of the office from `quiet_from` until `quiet_until`, over midnight where the end is
    earlier; equal ones mean none; whoever chose nothing has those of the installation. `digest_at` is when the daily
    message was made last.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+", verbose_name=_("user")
    )
    outward = models.CharField(_("outside of the product"), max_length=8, choices=Outward, default=Outward.URGENT)
    channel = models.CharField(_("first channel"), max_length=32, blank=True)
    digest_hour = models.PositiveSmallIntegerField(_("hour of the daily message"), default=8)
    quiet_from = models.TimeField(_("quiet from"), default=usual_quiet_from)
    quiet_until = models.TimeField(_("quiet until"), default=usual_quiet_until)
    digest_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outward__in=Outward.values), name="preference_outward_known"),
            models.CheckConstraint(condition=Q(digest_hour__lt=24), name="preference_hour_of_day"),
        ]
        indexes = [
            models.Index(fields=["digest_hour"], name="preference_daily", condition=Q(outward=Outward.DAILY)),
        ]
        verbose_name = _("preferences for notices")
        verbose_name_plural = _("preferences for notices")

    def __str__(self) -> str:
        return f"{self.user_id} {self.outward}"


class Contact(models.Model):
    """Where a person is reached by one means: sealed at rest, shown masked."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    means = models.CharField(_("means"), max_length=8, choices=Means)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "means"], name="contact_one_per_means"),
            models.CheckConstraint(condition=Q(means__in=Means.values), name="contact_means_known"),
        ]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return f"{self.user_id} {self.means}"
