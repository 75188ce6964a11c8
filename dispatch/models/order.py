"""The work order: one unit, one limit, one decision that can be explained."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from dispatch.choices import NOT_IN_HAND, OPEN_ORDERS, Light, OrderState, RecallReason, RouteReason
from dispatch.models.bases import FromListRow
from dispatch.querysets import OrderQuerySet
from dispatch.times import TimeKind
from kernel.choices import LimitUnit
from kernel.worktime import Limit
from organizations.models import Unit
from petitions.models import Petition

USER = settings.AUTH_USER_MODEL
HALF, WARN = Decimal("0.50"), Decimal("0.80")


class ReturnReason(models.Model):
    """Why a unit may say that an order is not its own."""

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("reason for returning")
        verbose_name_plural = _("reasons for returning")

    def __str__(self) -> str:
        return self.name


class WorkOrder(FromListRow):
    """A petition in the hands of one lead unit, in one round. Cooperating units see and report beside it."""

    id = models.UUIDField(primary_key=True)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+", verbose_name=_("petition"))
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=OrderState, default=OrderState.ASSIGNED)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    urgency = models.CharField(max_length=10)
    place = models.CharField(max_length=15, db_collation="C")

    # An order is looked for by few of its references; an index for each would cost every step of every order.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False, verbose_name=_("lead unit"))
    assists = ArrayField(models.IntegerField(), default=list, verbose_name=_("cooperating units"))
    reason = models.CharField(_("why this unit"), max_length=12, choices=RouteReason)
    decision = models.JSONField(default=dict)
    instruction = models.CharField(_("instruction"), max_length=500, blank=True)

    limit_value = models.DecimalField(max_digits=6, decimal_places=2)
    limit_unit = models.CharField(max_length=14, choices=LimitUnit)
    calendar_version = models.PositiveIntegerField(default=0)
    provisional = models.BooleanField(default=False)
    assigned_at = models.DateTimeField(_("assigned"))
    # Nobody where the list dispatched by itself. `waited_from`: since when the petition had waited to be dispatched.
    assigned_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    waited_from = models.DateTimeField(null=True, blank=True)
    sign_due_at = models.DateTimeField(_("sign by"))
    half_at = models.DateTimeField()
    yellow_at = models.DateTimeField()
    handle_due_at = models.DateTimeField(_("handle by"))
    # What these dates are computed from, again and again: never a date that somebody has edited.
    counted_from = models.DateTimeField(_("counted from"))
    counted_value = models.DecimalField(max_digits=6, decimal_places=2)
    counted_unit = models.CharField(max_length=14, choices=LimitUnit)
    extension_days = models.PositiveSmallIntegerField(_("extended by"), default=0, db_default=0)
    half_share = models.DecimalField(max_digits=3, decimal_places=2, default=HALF, db_default=HALF)
    warn_share = models.DecimalField(max_digits=3, decimal_places=2, default=WARN, db_default=WARN)
    laid = models.PositiveSmallIntegerField(default=0, db_default=0)
    asking = models.CharField(max_length=9, choices=TimeKind, blank=True, default="", db_default="")
    extension_asked = models.BooleanField(default=False, db_default=False)
    changed_at = models.DateTimeField()

    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    signed_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    completed_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    result = models.TextField(_("result"), max_length=4000, blank=True)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    verified_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    on_time = models.BooleanField(_("on time"), null=True, blank=True)

    return_reason = models.ForeignKey(
        ReturnReason, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    return_note = models.CharField(_("grounds"), max_length=500, blank=True)
    recall_reason = models.CharField(max_length=12, choices=RecallReason, blank=True, default="", db_default="")
    recall_note = models.CharField(max_length=500, blank=True, default="", db_default="")
    bound = models.BooleanField(_("may not be returned"), default=False)
    reworks = models.PositiveSmallIntegerField(_("reworked"), default=0)
    rung = models.PositiveSmallIntegerField(_("rung"), default=0)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("work order")
        verbose_name_plural = _("work orders")
        constraints = [
            models.UniqueConstraint(
                fields=["petition"], condition=models.Q(state__in=OPEN_ORDERS), name="dispatch_one_open_order"
            ),
            models.CheckConstraint(
                condition=models.Q(verified_by__isnull=True) | ~models.Q(verified_by=models.F("completed_by")),
                name="dispatch_verifier_is_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(bound=True, state__in=["returning", "disputed"]), name="dispatch_bound_stays"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="completed") | models.Q(completed_at__isnull=False),
                name="dispatch_completed_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="recalled")
                | models.Q(signed_at__isnull=True, ended_at__isnull=False) & ~models.Q(recall_reason=""),
                name="dispatch_recalled_unsigned",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "assigned_at", "id"], name="dispatch_unit"),
            models.Index(fields=["assigned_at", "id"], name="dispatch_newest"),
            models.Index(
                fields=["unit", "handle_due_at", "id"],
                name="dispatch_unit_due",
                condition=models.Q(state__in=OPEN_ORDERS),
            ),
            models.Index(fields=["place", "assigned_at"], name="dispatch_place"),
            GinIndex(fields=["assists"], name="dispatch_assists", opclasses=["array_ops"]),
            # Statistics ask which cases these few belong to.
            models.Index(
                fields=["state", "petition"],
                include=["round"],
                name="dispatch_not_in_hand",
                condition=models.Q(state__in=NOT_IN_HAND),
            ),
            models.Index(fields=["petition"], name="dispatch_reworked", condition=models.Q(reworks__gt=0)),
            # The few that wait for somebody to check them or to decide on time, among all that are in hand.
            models.Index(fields=["petition"], name="dispatch_completed", condition=models.Q(state="completed")),
            models.Index(fields=["handle_due_at", "id"], name="dispatch_asking", condition=~models.Q(asking="")),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def limit(self) -> Limit:
        """The limit that the unit has for handling it."""
        return Limit(self.limit_value, self.limit_unit)

    @property
    def counted(self) -> Limit:
        """The limit that its clock runs with: that of the promise, or, after it was broken, what was left to give."""
        return Limit(self.counted_value, self.counted_unit)

    def light(self, *, at: datetime) -> Light:
        """How far its limit is used up; an order that is done shows how it was when it was."""
        seen = min(at, self.completed_at or self.ended_at or at)
        if seen > self.handle_due_at:
            return Light.RED
        if seen >= self.yellow_at:
            return Light.YELLOW
        return Light.BLUE if seen >= self.half_at else Light.GREEN


class Progress(models.Model):
    """What a unit reports while it works, lead or cooperating."""

    order = models.ForeignKey(WorkOrder, models.CASCADE, related_name="progress")
    text = models.TextField(_("text"), max_length=2000)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    reported_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(_("reported"))

    def __str__(self) -> str:
        return self.text[:40]
