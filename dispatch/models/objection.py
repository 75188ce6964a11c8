"""Objections: a unit says that an order is not its own; the centre rules, and the second time the director does."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dispatch.choices import Objected
from dispatch.models.order import ReturnReason, WorkOrder
from organizations.models import Unit
from petitions.models import Petition

USER = settings.AUTH_USER_MODEL
FIRST, SECOND = 1, 2


class Objection(models.Model):
    """What a unit said against an order, and what was decided (信访工作条例 23).

    `turn` is 1 for the first objection in a round of a petition and 2 for the second; a constraint refuses a third.
    The first is ruled on by the centre. The second is adjudicated: the director names a unit, with grounds and basis,
    and a trigger lets nobody in that round object after it. An order is returned only by an objection that was upheld.
    """

    order = models.OneToOneField(WorkOrder, models.PROTECT, related_name="objection")
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(_("round"))
    turn = models.PositiveSmallIntegerField(_("objection in the round"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    reason = models.ForeignKey(ReturnReason, models.PROTECT, related_name="+", verbose_name=_("reason"))
    note = models.CharField(_("grounds"), max_length=500)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Objected, default=Objected.OPEN)
    ruling = models.CharField(_("grounds of the ruling"), max_length=1000, blank=True)
    basis = models.CharField(_("legal basis"), max_length=255, blank=True)
    named_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit named by the adjudication")
    )
    ruled_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("ruled by"))
    ruled_at = models.DateTimeField(_("ruled"), null=True, blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "round", "turn"],
                condition=~Q(outcome=Objected.LAPSED),
                name="dispatch_objection_once_a_turn",
            ),
            models.CheckConstraint(condition=Q(turn__in=[FIRST, SECOND]), name="dispatch_objection_no_third"),
            models.CheckConstraint(condition=Q(outcome__in=Objected.values), name="dispatch_objection_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome=Objected.OPEN, ruled_at__isnull=True)
                | ~Q(outcome=Objected.OPEN) & Q(ruled_at__isnull=False),
                name="dispatch_objection_ruled_when",
            ),
            models.CheckConstraint(
                condition=~Q(turn=SECOND, outcome__in=[Objected.UPHELD, Objected.REFUSED])
                | Q(named_unit__isnull=False) & ~Q(ruling="") & ~Q(basis=""),
                name="dispatch_second_is_adjudicated",
            ),
        ]
        indexes = [models.Index(fields=["unit", "at"], name="dispatch_objection_of_unit")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.outcome}"
