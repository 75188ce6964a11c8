"""Hand-over of an item from one party to another, whatever kinds of body the two are."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Unit
from registry.choices import OPEN_HAND_OVERS, HandOverState
from registry.models.item import Item
from registry.querysets import HandOverQuerySet

USER = settings.AUTH_USER_MODEL


class HandOver(models.Model):
    """An agreement between two units; it takes effect with the second signature.

    The database asks for both signatures, of two persons, each posted to the unit that they sign for at the instant of
    signing (trigger). The id is the case of its event chain.
    """

    id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField(default=1)
    item = models.ForeignKey(Item, models.PROTECT, related_name="hand_overs", verbose_name=_("item"))
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("hands over"))
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("takes over"))
    text = models.TextField(_("what is agreed"), max_length=4000)
    effective = models.DateField(_("in force from"))
    state = models.CharField(_("state"), max_length=12, choices=HandOverState, default=HandOverState.PROPOSED)
    proposed_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"))
    from_signed_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed for the first unit")
    )
    from_signed_at = models.DateTimeField(null=True, blank=True)
    to_signed_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed for the second unit")
    )
    to_signed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    note = models.CharField(_("why withdrawn"), max_length=300, blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=HandOverState.values), name="registry_hand_over_state_known"),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="registry_hand_over_two_units"),
            models.CheckConstraint(condition=~Q(text=""), name="registry_hand_over_says"),
            models.CheckConstraint(
                condition=Q(from_signed_by__isnull=True, from_signed_at__isnull=True)
                | Q(from_signed_by__isnull=False, from_signed_at__isnull=False),
                name="registry_hand_over_first_when",
            ),
            models.CheckConstraint(
                condition=Q(to_signed_by__isnull=True, to_signed_at__isnull=True)
                | Q(to_signed_by__isnull=False, to_signed_at__isnull=False),
                name="registry_hand_over_second_when",
            ),
            models.CheckConstraint(
                condition=Q(from_signed_by__isnull=True)
                | Q(to_signed_by__isnull=True)
                | ~Q(from_signed_by=F("to_signed_by")),
                name="registry_hand_over_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state=HandOverState.EFFECTIVE)
                | Q(from_signed_by__isnull=False, to_signed_by__isnull=False, ended_at__isnull=False),
                name="registry_hand_over_both_signed",
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=OPEN_HAND_OVERS), name="registry_one_open_hand_over"
            ),
        ]
        indexes = [models.Index(fields=["proposed_at", "id"], name="registry_hand_over_newest")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.from_unit_id} → {self.to_unit_id}"
