"""What is taken out of statistics: a job that makes a file, how far it is, and where the file lies."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.choices import TakenAs, TakenWhat
from assessment.querysets import TakenQuerySet

USER = settings.AUTH_USER_MODEL


class Taken(models.Model):
    """One file that somebody asked for. `query` is the address of what it holds; the file goes after some days.

    The id is the case of its own events. It is made with the rights that the person has at that moment.
    """

    id = models.UUIDField(primary_key=True)
    what = models.CharField(_("what"), max_length=8, choices=TakenWhat)
    form = models.CharField(_("form"), max_length=4, choices=TakenAs)
    query = models.JSONField()
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    language = models.CharField(max_length=10)
    begun_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(_("rows in all"), default=0)
    done = models.PositiveIntegerField(_("rows written"), default=0)
    capped = models.BooleanField(default=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    fault = models.CharField(_("why it stopped"), max_length=40, blank=True)
    path = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = TakenQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of statistics")
        verbose_name_plural = _("exports of statistics")
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(cancelled_at__isnull=True), name="assessment_taken_ends_once"
            ),
            models.CheckConstraint(
                condition=Q(path="") | Q(finished_at__isnull=False), name="assessment_taken_file_when_finished"
            ),
            models.CheckConstraint(condition=Q(what__in=TakenWhat.values), name="assessment_taken_what_known"),
            models.CheckConstraint(condition=Q(form__in=TakenAs.values), name="assessment_taken_form_known"),
        ]
        indexes = [
            models.Index(fields=["asked_by", "asked_at", "id"], name="assessment_taken_own"),
            models.Index(
                fields=["asked_at"],
                name="assessment_taken_running",
                condition=Q(finished_at__isnull=True, cancelled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_running(self) -> bool:
        """Neither finished nor stopped."""
        return self.finished_at is None and self.cancelled_at is None

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return 100 * self.done // self.total if self.total else 0
