"""Urging: a unit is told to get on with it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from dispatch.models import WorkOrder
from organizations.models import Unit
from petitions.models import Petition
from supervision.querysets import UrgingQuerySet

# [urged_at, again_at): the end belongs to the next urging.
PERIOD = Func(F("urged_at"), F("again_at"), RangeBoundary(), function="TSTZRANGE", output_field=DateTimeRangeField())


class Urging(models.Model):
    """One urging. `subject` is the work order, or the petition where no unit has it yet.

    An exclusion constraint refuses a second one within a working hour, whatever two people press at once; the table is
    append-only.
    """

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+", verbose_name=_("petition"))
    work_order = models.ForeignKey(
        WorkOrder, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("work order")
    )
    subject = models.UUIDField()
    number = models.PositiveSmallIntegerField(_("how often"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    place = models.CharField(max_length=15, db_collation="C")
    note = models.CharField(_("note"), max_length=300, blank=True)
    urged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("urged by")
    )
    urged_at = models.DateTimeField(_("urged"))
    again_at = models.DateTimeField(_("may be urged again from"))

    objects = UrgingQuerySet.as_manager()

    class Meta:
        verbose_name = _("urging")
        verbose_name_plural = _("urgings")
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="supervision_urging_counted"),
            models.CheckConstraint(condition=Q(again_at__gt=F("urged_at")), name="supervision_urging_times"),
            ExclusionConstraint(
                name="supervision_urged_once_an_hour",
                expressions=[("subject", RangeOperators.EQUAL), (PERIOD, RangeOperators.OVERLAPS)],
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "urged_at"], name="supervision_urged_unit"),
            models.Index(fields=["urged_at", "id"], name="supervision_urged_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.number}"
