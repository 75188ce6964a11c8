"""The monthly report: a draft that may be made anew, and once published a snapshot that nothing touches."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessment.choices import Audience, Unranked
from assessment.indicators import TABLE
from assessment.querysets import LineQuerySet, ReportQuerySet
from organizations.models import Unit

USER = settings.AUTH_USER_MODEL


class Report(models.Model):
    """One month. A trigger refuses every change after publication, to the report as to its lines."""

    id = models.UUIDField(primary_key=True)
    month = models.CharField(_("month"), max_length=7, unique=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    scheme = models.CharField(_("scheme"), max_length=16)
    least = models.PositiveSmallIntegerField(_("fewest cases for a rank"))
    version = models.PositiveIntegerField(default=1)
    built_at = models.DateTimeField(_("made"))
    built_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(_("digest"), max_length=64)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment report")
        verbose_name_plural = _("assessment reports")
        constraints = [
            models.CheckConstraint(condition=Q(month__regex=r"^20[0-9]{2}-(0[1-9]|1[0-2])$"), name="assessment_month"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="assessment_report_period"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(published_at__gte=F("ends_at")),
                name="assessment_published_after_month",
            ),
        ]

    def __str__(self) -> str:
        return self.month


class ReportLine(models.Model):
    """One figure of one subject: what was counted, of how many, and exactly which."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="lines")
    audience = models.CharField(_("group"), max_length=12, choices=Audience)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    person = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("gridworker"))
    name = models.CharField(_("name"), max_length=64)
    place = models.CharField(max_length=15, db_collation="C")
    indicator = models.CharField(
        _("indicator"), max_length=20, choices=[(indicator.code, indicator.name) for indicator in TABLE]
    )
    numerator = models.PositiveIntegerField(_("numerator"))
    denominator = models.PositiveIntegerField(_("denominator"))
    rate = models.DecimalField(_("rate"), max_digits=7, decimal_places=6)
    low = models.DecimalField(_("from"), max_digits=7, decimal_places=6)
    high = models.DecimalField(_("to"), max_digits=7, decimal_places=6)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True)
    unranked = models.CharField(_("why not ranked"), max_length=8, choices=Unranked, blank=True)
    inputs = ArrayField(models.UUIDField())
    hits = ArrayField(models.UUIDField())

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a report")
        verbose_name_plural = _("lines of reports")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "audience", "unit", "person", "indicator"],
                nulls_distinct=False,
                name="assessment_line_once",
            ),
            models.CheckConstraint(
                condition=Q(numerator__lte=F("denominator"), denominator__gt=0), name="assessment_line_share"
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) & ~Q(unranked="") | Q(rank__gt=0, unranked=""),
                name="assessment_rank_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, person__isnull=True) | Q(unit__isnull=True, person__isnull=False),
                name="assessment_line_one_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.indicator}"
