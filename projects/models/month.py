"""The monthly dispatch 月调度 and the reports that are owed to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Unit
from projects.choices import MonthState
from projects.models.plan import ActionPlan
from projects.models.project import Project
from projects.querysets import MonthQuerySet, ReportQuerySet

USER = settings.AUTH_USER_MODEL


class Month(models.Model):
    """One month of one plan: from every project that runs a report by `due_at`, then it is held."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="months")
    month = models.DateField(_("month"))
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=MonthState, default=MonthState.COLLECTING)
    opened_at = models.DateTimeField(_("opened"))
    remind_at = models.DateTimeField()
    due_at = models.DateTimeField(_("reports due"))
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(_("collected"), null=True, blank=True)
    remarks = models.TextField(_("remarks"), max_length=4000, blank=True)
    held_at = models.DateTimeField(_("held"), null=True, blank=True)
    held_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    objects = MonthQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly dispatch")
        verbose_name_plural = _("monthly dispatches")
        constraints = [
            models.UniqueConstraint(fields=["plan", "month"], name="projects_month_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="projects_month_first_day"),
            models.CheckConstraint(
                condition=~Q(state=MonthState.HELD) | Q(held_at__isnull=False) & ~Q(remarks=""),
                name="projects_month_held_with_remarks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class MonthReport(models.Model):
    """What a project owes for a month. Filed once (a trigger); that it was missing stays when it comes late."""

    id = models.UUIDField(primary_key=True)
    month = models.ForeignKey(Month, models.CASCADE, related_name="reports")
    project = models.ForeignKey(Project, models.CASCADE, related_name="reports")
    done = models.CharField(_("what was done"), max_length=2000, blank=True)
    percent = models.PositiveSmallIntegerField(_("percent"), null=True, blank=True)
    obstacles = models.CharField(_("what stands in the way"), max_length=1000, blank=True)
    wanted = models.CharField(_("what is asked for"), max_length=500, blank=True)
    wanted_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked of")
    )
    filed_at = models.DateTimeField(_("filed"), null=True, blank=True)
    filed_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    missed_at = models.DateTimeField(_("missing since"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        constraints = [
            models.UniqueConstraint(fields=["month", "project"], name="projects_report_once"),
            models.CheckConstraint(
                condition=Q(filed_at__isnull=True, done="", percent__isnull=True)
                | Q(filed_at__isnull=False, percent__lte=100) & ~Q(done=""),
                name="projects_report_filed_whole",
            ),
            models.CheckConstraint(
                condition=Q(wanted="", wanted_unit__isnull=True) | ~Q(wanted="") & Q(wanted_unit__isnull=False),
                name="projects_report_asked_of_whom",
            ),
            models.CheckConstraint(
                condition=Q(missed_at__isnull=True) | Q(filed_at__isnull=True) | Q(filed_at__gte=F("missed_at")),
                name="projects_report_missed_before_filed",
            ),
        ]
        indexes = [models.Index(fields=["project", "month"], name="projects_report_of")]

    def __str__(self) -> str:
        return f"{self.month_id} {self.project_id}"
