"""Handing an order over: the lead has signed, and the other unit has to sign too."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dispatch.joint.choices import OfferState
from dispatch.models.order import WorkOrder
from dispatch.querysets import OrderOfferQuerySet
from organizations.models import Unit
from petitions.models import Petition

USER = settings.AUTH_USER_MODEL


class OrderOffer(models.Model):
    """One offer of an order from the unit that leads it to another. Agreed, `became` is the order of the new lead."""

    id = models.UUIDField(primary_key=True)
    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="offers")
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+", db_index=False, verbose_name=_("petition"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False, verbose_name=_("lead unit"))
    to_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", db_index=False, verbose_name=_("unit that would take it over")
    )
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=9, choices=OfferState, default=OfferState.OFFERED)
    grounds = models.CharField(_("grounds"), max_length=500)
    offered_at = models.DateTimeField(_("offered"))
    offered_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("signed by")
    )
    until = models.DateTimeField(_("answer until"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        USER,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("countersigned by"),
    )
    note = models.CharField(_("why not"), max_length=500, blank=True)
    became = models.ForeignKey(WorkOrder, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    objects = OrderOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer to hand an order over")
        verbose_name_plural = _("offers to hand an order over")
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(state=OfferState.OFFERED), name="dispatch_one_offer_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(unit=F("to_unit")), name="dispatch_offer_to_another"),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | Q(state=OfferState.WITHDRAWN) | ~Q(answered_by=F("offered_by")),
                name="dispatch_offer_two_signatures",
            ),
            models.CheckConstraint(
                condition=Q(state=OfferState.OFFERED, answered_at__isnull=True)
                | ~Q(state=OfferState.OFFERED) & Q(answered_at__isnull=False),
                name="dispatch_offer_answered_when",
            ),
            models.CheckConstraint(
                condition=Q(state=OfferState.AGREED, became__isnull=False, answered_by__isnull=False)
                | ~Q(state=OfferState.AGREED) & Q(became__isnull=True),
                name="dispatch_offer_became",
            ),
            models.CheckConstraint(
                condition=~Q(state=OfferState.REFUSED) | ~Q(note=""), name="dispatch_offer_refused_why"
            ),
        ]
        indexes = [
            models.Index(fields=["to_unit", "until"], name="dispatch_offered", condition=Q(state=OfferState.OFFERED))
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.state}"

    @property
    def rung(self) -> int:
        """An offer climbs nowhere: unanswered it lapses, and the lead goes on."""
        return 0
