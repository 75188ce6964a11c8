"""Questions that are kept under a name, asked again by the clock, and what was answered each time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.choices import Rhythm
from assessment.querysets import RunQuerySet, SavedQuerySet
from organizations.models import Unit

USER = settings.AUTH_USER_MODEL


class SavedReport(models.Model):
    """A question with a name. Whoever it is shared with asks it for themselves: nobody sees through another's eyes."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    query = models.JSONField()
    owner = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("kept by"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("shared with the unit")
    )
    rhythm = models.CharField(_("rhythm"), max_length=8, choices=Rhythm, blank=True)
    hour = models.PositiveSmallIntegerField(_("at the hour"), default=8)
    made_at = models.DateTimeField(_("kept since"))
    since = models.DateTimeField(_("by the clock since"))
    ended_at = models.DateTimeField(_("given up"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SavedQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved report")
        verbose_name_plural = _("saved reports")
        constraints = [
            models.CheckConstraint(condition=Q(hour__lt=24), name="assessment_saved_hour"),
            models.CheckConstraint(condition=Q(rhythm__in=["", *Rhythm.values]), name="assessment_saved_rhythm_known"),
        ]
        indexes = [
            models.Index(
                fields=["rhythm", "id"],
                name="assessment_saved_by_clock",
                condition=Q(ended_at__isnull=True) & ~Q(rhythm=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SavedRun(models.Model):
    """One answer as it was: the figures are kept, so that a later count can be held against them."""

    id = models.UUIDField(primary_key=True)
    report = models.ForeignKey(SavedReport, models.CASCADE, related_name="runs")
    due_at = models.DateTimeField(_("due"))
    made_at = models.DateTimeField(_("counted"))
    query = models.JSONField()
    figures = models.JSONField()
    digest = models.CharField(_("digest"), max_length=64)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a saved report")
        verbose_name_plural = _("runs of saved reports")
        constraints = [models.UniqueConstraint(fields=["report", "due_at"], name="assessment_run_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.due_at:%Y-%m-%d}"
