"""Assignments: an official keeps in touch with a community (联社区) or looks after a grid (包网格)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from grids.models import Cell
from liaisons.choices import EndedBy
from liaisons.querysets import AssignmentQuerySet
from organizations.models import Area, Unit
from organizations.models.period import days

USER = settings.AUTH_USER_MODEL
PLACE = r"^[0-9]{9}(?!000)[0-9]{3}([0-9]{3})?$"


class Assignment(models.Model):
    """One official for one place, from a day on. `place` is the community's code, or that of a grid in it.

    `unit` is whom the official works for: when that ends, this ends too. Of a row that stands only the end is written,
    and only earlier than before (a trigger sees to it).
    """

    id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField(default=1)
    user = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("official"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("community"))
    cell = models.ForeignKey(Cell, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("grid"))
    place = models.CharField(_("place"), max_length=15, db_collation="C")
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=400)
    assigned_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    assigned_at = models.DateTimeField(_("assigned on"))
    ended_because = models.CharField(max_length=8, choices=EndedBy, blank=True)
    end_reason = models.CharField(_("reason for the end"), max_length=400, blank=True)
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment of an official")
        verbose_name_plural = _("assignments of officials")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="liaisons_dates_ordered",
            ),
            models.CheckConstraint(
                condition=Q(place__regex=PLACE)
                & (Q(cell__isnull=True, place=F("area_id")) | Q(cell__isnull=False, area=Left("place", 12))),
                name="liaisons_place_fits",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="liaisons_has_reason"),
            models.CheckConstraint(
                condition=Q(ended_because="", end_reason="")
                | Q(ended_because=EndedBy.POSTING, valid_until__isnull=False)
                | Q(ended_because=EndedBy.DEED, valid_until__isnull=False) & ~Q(end_reason=""),
                name="liaisons_end_has_reason",
            ),
            ExclusionConstraint(
                name="liaisons_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    (days("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["place"], name="liaisons_place"),
            models.Index(fields=["area"], name="liaisons_area"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.user_id}"

    def holds(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def get_state_display(self) -> str:
        """How it stands, for the page that says that somebody was faster."""
        return pgettext("assignment", "ending") if self.ended_because else pgettext("assignment", "in force")
