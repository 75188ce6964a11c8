"""How much time may be given, as an area decided it for one kind of unit, for a period."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from dispatch.times import EXTENSIONS, FIGURES, MOST_EXTENSION, MOST_PAUSE, PAUSES, Room, room_with
from organizations.choices import UnitKind
from organizations.models import Area
from organizations.models.period import instants

USER = settings.AUTH_USER_MODEL
EXTENSION_DAYS = Q(**{f"{name}__lte": MOST_EXTENSION for name in EXTENSIONS.values()})
PAUSE_DAYS = Q(**{f"{name}__lte": MOST_PAUSE for name in PAUSES.values()})


class TimeRule(models.Model):
    """One whole rule in one period [valid_from, valid_until), signed and with its grounds.

    Without an area it holds everywhere, without a kind for every unit. A change closes the period and opens another;
    nothing is overwritten, which a trigger refuses.
    """

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area"))
    unit_kind = models.CharField(_("kind of unit"), max_length=20, choices=UnitKind, blank=True)
    extension_ordinary = models.PositiveSmallIntegerField(_("extension, ordinary"))
    extension_urgent = models.PositiveSmallIntegerField(_("extension, urgent"))
    extension_critical = models.PositiveSmallIntegerField(_("extension, critical"))
    pause_appraisal = models.PositiveSmallIntegerField(_("suspension, expert appraisal"))
    pause_hearing = models.PositiveSmallIntegerField(_("suspension, hearing"))
    pause_season = models.PositiveSmallIntegerField(_("suspension, the season"))
    pause_relocation = models.PositiveSmallIntegerField(_("suspension, relocation"))
    pause_other_body = models.PositiveSmallIntegerField(_("suspension, another body"))
    quota_number = models.PositiveSmallIntegerField(_("suspended at once, orders"))
    quota_share = models.DecimalField(_("suspended at once, share"), max_digits=3, decimal_places=2)
    valid_from = models.DateTimeField(_("from"))
    valid_until = models.DateTimeField(_("until"), null=True, blank=True)
    grounds = models.CharField(_("grounds"), max_length=500)
    set_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("set by"))
    set_at = models.DateTimeField(_("set"))

    class Meta:
        verbose_name = _("rule on time")
        verbose_name_plural = _("rules on time")
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(condition=EXTENSION_DAYS & PAUSE_DAYS, name="dispatch_time_rule_days"),
            models.CheckConstraint(
                condition=Q(quota_share__gte=0, quota_share__lte=1), name="dispatch_time_rule_share"
            ),
            models.CheckConstraint(condition=~Q(grounds=""), name="dispatch_time_rule_grounds"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="dispatch_time_rule_period",
            ),
            ExclusionConstraint(
                name="dispatch_time_rule_one",
                expressions=[
                    (Coalesce("area_id", Value("")), RangeOperators.EQUAL),
                    ("unit_kind", RangeOperators.EQUAL),
                    (instants("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id or '*'} {self.unit_kind or '*'} {self.valid_from:%Y-%m-%d}"

    @property
    def room(self) -> Room:
        """What it allows."""
        return room_with(self.figures)

    @property
    def figures(self) -> dict[str, Any]:
        """Its figures by name."""
        return {name: getattr(self, name) for name in FIGURES}
