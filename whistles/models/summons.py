"""The summons of one unit: signed for or not, excused or not, there or not; and who of it checked in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Unit
from whistles.choices import CAME, Attendance
from whistles.models.whistle import Whistle

USER = settings.AUTH_USER_MODEL
NOT_CHECKED_IN = [Attendance.AWAITED, Attendance.EXCUSED, Attendance.ABSENT]


class Summons(models.Model):
    """One unit that is called to one assembly. While the whistle is only asked for, the unit that is wished for."""

    id = models.UUIDField(primary_key=True)
    whistle = models.ForeignKey(Whistle, models.CASCADE, related_name="summonses")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    summoned_at = models.DateTimeField(_("summoned"), null=True, blank=True)
    receipt_due_at = models.DateTimeField(_("receipt until"), null=True, blank=True)
    received_at = models.DateTimeField(_("signed for"), null=True, blank=True)
    received_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    attendees = models.CharField(_("who comes"), max_length=120, blank=True)

    leave_asked_at = models.DateTimeField(_("asked to be excused"), null=True, blank=True)
    leave_asked_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    leave_reason = models.CharField(_("reason"), max_length=300, blank=True)
    excused_at = models.DateTimeField(_("excused"), null=True, blank=True)
    excused_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    attendance = models.CharField(_("attendance"), max_length=8, choices=Attendance, default=Attendance.AWAITED)
    arrived_at = models.DateTimeField(_("checked in"), null=True, blank=True)
    absent_at = models.DateTimeField(_("recorded as absent"), null=True, blank=True)

    class Meta:
        verbose_name = _("summons")
        verbose_name_plural = _("summonses")
        constraints = [
            models.UniqueConstraint(fields=["whistle", "unit"], name="whistles_unit_summoned_once"),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True)
                | Q(received_at__gte=F("summoned_at"), received_by__isnull=False) & ~Q(attendees=""),
                name="whistles_receipt_names_people",
            ),
            models.CheckConstraint(
                condition=Q(summoned_at__isnull=True, receipt_due_at__isnull=True)
                | Q(summoned_at__isnull=False, receipt_due_at__gte=F("summoned_at")),
                name="whistles_receipt_has_a_limit",
            ),
            # Present or late: somebody checked in. Anything else: nobody did.
            models.CheckConstraint(
                condition=Q(attendance__in=CAME, arrived_at__isnull=False, summoned_at__isnull=False)
                | Q(attendance__in=NOT_CHECKED_IN, arrived_at__isnull=True),
                name="whistles_there_when_checked_in",
            ),
            # Absence is recorded once and never taken back; who comes after it is present late.
            models.CheckConstraint(
                condition=Q(absent_at__isnull=True) & ~Q(attendance=Attendance.ABSENT)
                | Q(absent_at__isnull=False, attendance__in=[Attendance.ABSENT, Attendance.LATE]),
                name="whistles_absence_recorded",
            ),
            models.CheckConstraint(
                condition=Q(excused_at__isnull=True) & ~Q(attendance=Attendance.EXCUSED)
                | Q(excused_at__isnull=False, attendance=Attendance.EXCUSED) & ~Q(leave_reason=""),
                name="whistles_excused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(leave_asked_by__isnull=True)
                | Q(excused_by__isnull=True)
                | ~Q(leave_asked_by=F("excused_by")),
                name="whistles_nobody_excuses_himself",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "attendance"], name="whistles_of_unit", condition=Q(summoned_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whistle_id} {self.unit_id}"


class CheckIn(models.Model):
    """One person who is there: by the own telephone, or called out by whoever writes the minutes. Written once."""

    summons = models.ForeignKey(Summons, models.CASCADE, related_name="check_ins")
    user = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=40, blank=True)
    checked_at = models.DateTimeField(_("when"))
    recorded_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    lng = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    metres = models.PositiveIntegerField(_("metres from the place"), null=True, blank=True)

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        constraints = [
            models.UniqueConstraint(
                fields=["summons", "user"], condition=Q(user__isnull=False), name="whistles_person_checks_in_once"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, name="") | Q(user__isnull=True) & ~Q(name=""),
                name="whistles_check_in_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(lng__isnull=True, lat__isnull=True)
                | Q(lng__gte=-180, lng__lte=180, lat__gte=-90, lat__lte=90),
                name="whistles_check_in_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.summons_id} {self.user_id or self.name}"
