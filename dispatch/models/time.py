"""Time that was asked for and decided, and the shares of a limit at which the lights change."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from dispatch.models.order import WorkOrder
from dispatch.querysets import TimeRequestQuerySet
from dispatch.times import Outcome, PauseEnd, PauseReason, TimeKind
from kernel.worktime import Pause
from organizations.models import Area, Unit
from petitions.models import Petition

USER = settings.AUTH_USER_MODEL
EXTENSION, PAUSE = Q(kind=TimeKind.EXTENSION), Q(kind=TimeKind.PAUSE)
GRANTED = Q(outcome=Outcome.GRANTED)


class TimeRequest(models.Model):
    """An extension or a suspension: asked for by the unit, decided by somebody else, never edited afterwards.

    An extension gives `days` calendar days once in a round. A suspension runs from `since` to `until`, or to
    `ended_at` where it ended early; its interval is what deadlines are computed from.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=9, choices=TimeKind)
    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="requests")
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    place = models.CharField(max_length=15, db_collation="C")
    round = models.PositiveSmallIntegerField(_("round"))
    reason = models.CharField(_("reason"), max_length=10, choices=PauseReason, blank=True)
    grounds = models.CharField(_("grounds"), max_length=500)
    days = models.PositiveSmallIntegerField(_("calendar days"), null=True, blank=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    asked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked for"))

    outcome = models.CharField(_("decision"), max_length=8, choices=Outcome, default=Outcome.ASKED)
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    note = models.CharField(_("grounds of the decision"), max_length=500, blank=True)
    from_due = models.DateTimeField(null=True, blank=True)
    to_due = models.DateTimeField(null=True, blank=True)

    since = models.DateTimeField(_("stands still since"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_how = models.CharField(max_length=10, choices=PauseEnd, blank=True)

    objects = TimeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for time")
        verbose_name_plural = _("requests for time")
        constraints = [
            models.CheckConstraint(
                condition=(EXTENSION & Q(days__range=(1, 30), until__isnull=True, reason="", since__isnull=True))
                | (PAUSE & Q(days__isnull=True, until__isnull=False) & ~Q(reason="")),
                name="dispatch_time_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="dispatch_time_by_another"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.ASKED, decided_at__isnull=True)
                | Q(outcome=Outcome.LAPSED, decided_at__isnull=False, decided_by__isnull=True)
                | Q(outcome__in=[Outcome.GRANTED, Outcome.REFUSED], decided_at__isnull=False, decided_by__isnull=False),
                name="dispatch_time_decided_by",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REFUSED) | ~Q(note=""), name="dispatch_time_refused_why"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | (GRANTED & PAUSE & Q(until__gt=F("since"))),
                name="dispatch_pause_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_how="")
                | (Q(ended_at__gte=F("since"), ended_at__lte=F("until")) & ~Q(ended_how="")),
                name="dispatch_pause_ends_within",
            ),
            models.UniqueConstraint(
                fields=["petition", "round"], condition=EXTENSION & GRANTED, name="dispatch_extended_once"
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(outcome=Outcome.ASKED), name="dispatch_one_request_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=EXTENSION & ~Q(outcome=Outcome.LAPSED),
                name="dispatch_extension_asked_once",
            ),
            ExclusionConstraint(
                name="dispatch_pauses_apart",
                expressions=[
                    ("petition", RangeOperators.EQUAL),
                    (
                        Func(
                            F("since"),
                            Func(F("ended_at"), F("until"), function="coalesce"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(since__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at", "id"], name="dispatch_time_asked", condition=Q(outcome=Outcome.ASKED)),
            models.Index(
                fields=["since", "id"],
                name="dispatch_pause_running",
                condition=Q(since__isnull=False, ended_at__isnull=True),
            ),
            models.Index(fields=["petition", "round"], name="dispatch_time_petition"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.order_id}"

    @property
    def interval(self) -> Pause:
        """When the limit stands still; only for a suspension that was granted."""
        assert self.since is not None
        return self.since, self.ended_at or self.until

    @property
    def running(self) -> bool:
        """Whether it is a suspension that has not ended."""
        return self.since is not None and self.ended_at is None


class LightRule(models.Model):
    """From which shares of its limit an order is blue and yellow, in one area from one instant on. Append-only."""

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    half = models.DecimalField(_("blue from"), max_digits=3, decimal_places=2)
    warn = models.DecimalField(_("yellow from"), max_digits=3, decimal_places=2)
    valid_from = models.DateTimeField(_("from"))
    set_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("shares of the lights")
        verbose_name_plural = _("shares of the lights")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(half__gt=Decimal(0), warn__gt=F("half"), warn__lt=Decimal(1)),
                name="dispatch_lights_in_order",
            ),
            models.UniqueConstraint(fields=["area", "valid_from"], name="dispatch_lights_once"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id}: {self.half} {self.warn}"

    def holds(self, *, at: datetime) -> bool:
        """Whether it was in force already."""
        return self.valid_from <= at
