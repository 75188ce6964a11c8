"""The calendar of working time, version by version: a new holiday notice is a new version, never a correction."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.choices import CalendarDayKind


class CalendarVersion(models.Model):
    """All days and hours that were known at one time. A deadline names the version it was computed with."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    announced_until = models.DateField(_("announced until"), help_text=_("Days after this date are provisional."))
    published_at = models.DateTimeField(_("published at"))
    spans = models.CharField(_("hours of work"), max_length=120)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="kernel_calendar_numbered_from_one",
            ),
            models.CheckConstraint(condition=~models.Q(spans=""), name="kernel_calendar_has_hours"),
        ]
        verbose_name = _("calendar version")
        verbose_name_plural = _("calendar versions")

    def __str__(self) -> str:
        return str(self.number)


class CalendarDay(models.Model):
    """One day that differs from what its weekday says."""

    version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="days", verbose_name=_("version"))
    date = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=9, choices=CalendarDayKind)
    name = models.CharField(_("name"), max_length=40)
    notice = models.CharField(_("source"), max_length=200)

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["version", "date"], name="kernel_calendar_day_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=CalendarDayKind.values),
                name="kernel_calendar_day_known_kind",
            ),
        ]
        verbose_name = _("day of the calendar")
        verbose_name_plural = _("days of the calendar")

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
